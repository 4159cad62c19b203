//! Amounts of money: figure, multiplier and currency in whichever order they stand.

use super::lexicon::{Glue, Sense, ValueLexicon};
use super::number::{self, Number};
use super::token::{TokenForm, TokenizedText};
use super::{TokenClaim, qualifier};
use crate::claims::value::{ClaimKind, Currency, Value};

/// What a currency marker says.
#[derive(Clone, Copy, Debug)]
struct CurrencyMarker {
    end: usize,
    currency: Option<Currency>,
    /// The noun that does not tell it.
    ambiguous_noun: Option<u8>,
    /// How many of it make one main unit.
    per: f64,
    /// A multiplier inside the marker: k€, MEUR.
    times: f64,
    /// The least amount that is money, where the word also means something else.
    least: f64,
}

pub(super) fn parse_money(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let MoneyFigure { start, end, amount, currency, ambiguous_noun, number, is_main_unit } =
        parse_prefixed_money(text, at).or_else(|| parse_suffixed_money(text, at))?;
    let (amount, end) = match parse_subunit(text, end, currency).filter(|_| is_main_unit) {
        Some((part, end)) => (amount + part.copysign(amount), end),
        None => (amount, end),
    };
    let qualifier = number.qualifier.or_else(|| qualifier::qualifier_around(text, start, end));
    let value = Value::Money {
        amount,
        currency,
        among: ambiguous_noun.map_or(Vec::new(), |noun| text.lex.noun_currencies(noun)),
        qualifier,
    };
    amount
        .is_finite()
        .then(|| TokenClaim { scale: number.scale, ..TokenClaim::new(ClaimKind::Money, start, end, value) })
}

/// A figure and a currency as they stand.
struct MoneyFigure {
    start: usize,
    end: usize,
    /// Of main units.
    amount: f64,
    currency: Option<Currency>,
    ambiguous_noun: Option<u8>,
    number: Number,
    /// Whether it counts main units.
    is_main_unit: bool,
}

/// $5 million, EUR 1000, US$ 20 bn; a minus may stand before the sign.
fn parse_prefixed_money(text: &TokenizedText<'_>, at: usize) -> Option<MoneyFigure> {
    let minus = text.is_hyphen(at) && text.is_glued(at + 1) && (at == 0 || !text.is_glued(at));
    let sign = if minus { at + 1 } else { at };
    let marker = marker_before_figure(text, sign)?;
    let number = number::parse_number(text, marker.end, true)
        .filter(|n| !n.share && !n.one && starts_with_figure(text, n))?;
    // "US$ 5 dollars" repeats itself; "50 dollar 40 rmb" does not.
    let end = match marker_at(text, skip_joiner(text, number.end), false) {
        Some(again)
            if again.currency == marker.currency
                && again.per == marker.per
                && !text.is_glued(number.start) =>
        {
            let number_follows = number::parse_number(text, again.end, true).is_some();
            if number_follows { number.end } else { again.end }
        }
        _ => number.end,
    };
    let amount = number.amount * marker.times / marker.per * if minus { -1.0 } else { 1.0 };
    Some(MoneyFigure {
        start: at,
        end,
        amount,
        currency: marker.currency,
        ambiguous_noun: None,
        number,
        is_main_unit: true,
    })
}

/// Behind a sign stand digits, or the figure in words; a lone scale is none.
fn starts_with_figure(text: &TokenizedText<'_>, number: &Number) -> bool {
    text.form_at(number.start) != Some(TokenForm::Word) || number.scale.is_none_or(|s| s != number.amount)
}

/// 5 million dollars, 16,4 Mio. kanadische Dollar, 90 millions de $.
fn parse_suffixed_money(text: &TokenizedText<'_>, at: usize) -> Option<MoneyFigure> {
    let number = [true, false].into_iter().find_map(|money| {
        let number = number::parse_number(text, at, money)?;
        let mut next = skip_joiner(text, number.end);
        if number.share {
            next = text.sense_end(next, Sense::Glue(Glue::Article)).unwrap_or(next);
        }
        let marker = marker_at(text, next, true)?;
        let money = number.scale.is_some() || number.amount >= marker.least;
        money.then_some((number, marker))
    });
    let (number, marker) = match number {
        Some(figure_and_marker) => figure_and_marker,
        None => parse_article_money(text, at)?,
    };
    let amount = number.amount * marker.times / marker.per;
    Some(MoneyFigure {
        start: number.start,
        end: marker.end,
        amount,
        currency: marker.currency,
        ambiguous_noun: marker.ambiguous_noun,
        number,
        is_main_unit: marker.per <= 1.0,
    })
}

/// "a dollar", "une livre": here the article is the figure.
fn parse_article_money(text: &TokenizedText<'_>, at: usize) -> Option<(Number, CurrencyMarker)> {
    let end = text.sense_end(at, Sense::Glue(Glue::Article))?;
    let marker = marker_at(text, end, true).filter(|_| text.form_at(end) != Some(TokenForm::Sign))?;
    let number = Number::new(at, end, 1.0);
    // "the dollar", "a euro zone", "a dollar store": a noun behind it makes the currency an adjective.
    text.ends_phrase(marker.end).then_some((number, marker)).or_else(|| {
        let per = text.sense_end(marker.end, Sense::Glue(Glue::Per)).is_some();
        per.then_some((number, marker))
    })
}

/// Past the hyphen of "50-dollar" and the "of" of "millions of dollars", "millions de francs".
fn skip_joiner(text: &TokenizedText<'_>, at: usize) -> usize {
    if text.is_glued(at) && text.is_hyphen(at) && text.is_glued(at + 1) {
        return at + 1;
    }
    text.sense_end(at, Sense::Glue(Glue::Of)).unwrap_or(at)
}

/// A marker that may stand before a figure: signs and codes.
fn marker_before_figure(text: &TokenizedText<'_>, at: usize) -> Option<CurrencyMarker> {
    let plain = |currency, end, times| CurrencyMarker {
        end,
        currency: Some(currency),
        ambiguous_noun: None,
        per: 1.0,
        times,
        least: 0.0,
    };
    let article = text.sense_end(at, Sense::Glue(Glue::Article)).is_some();
    if let Some((code, end)) = text.sense_at(at, |s| match s {
        // "a $5 fee": the article is no country, unless it touches the sign.
        Sense::CurrencyCode { symbol: true, .. } if article && !text.is_glued(at + 1) => None,
        Sense::CurrencyCode { code, capital, behind, .. }
            if !behind && (!capital || text.tokens[at].upper) =>
        {
            Some(code)
        }
        _ => None,
    }) {
        // "hk $", "c $": a country's letters before the sign are part of the phrase in the data.
        return Some(plain(code, end, 1.0));
    }
    let (code, times) = text.lex.money_prefix(text, at)?;
    Some(plain(code, at + 1, times))
}

/// A marker that stands behind a figure (or repeats one): sign, code or noun, with a country beside it.
fn marker_at(text: &TokenizedText<'_>, at: usize, nouns: bool) -> Option<CurrencyMarker> {
    let code = text.sense_at(at, |s| match s {
        Sense::CurrencyCode { code, symbol, capital, .. }
            if symbol || !capital || text.tokens.get(at).is_some_and(|t| t.upper) =>
        {
            Some((code, symbol))
        }
        _ => None,
    });
    if let Some(((code, symbol), end)) = code {
        // A sign that stands before the next figure belongs there: "10 $ 30".
        let next = text.is_glued(end) && text.form_at(end) == Some(TokenForm::Digits) && !text.is_glued(at);
        let times = if symbol && next { return None } else { 1.0 };
        let again = text.sense_at(end, |s| match s {
            Sense::CurrencyCode { code: c, symbol, capital, .. }
                if symbol || !capital || text.tokens[end].upper =>
            {
                (c == code).then_some(())
            }
            _ => None,
        });
        let end = match again {
            Some(((), after)) if symbol && !text.is_sign(end, '$') => after,
            _ => end,
        };
        return Some(CurrencyMarker {
            end,
            currency: Some(code),
            ambiguous_noun: None,
            per: 1.0,
            times,
            least: 0.0,
        });
    }
    if let Some((code, times)) = text.lex.money_prefix(text, at) {
        return Some(CurrencyMarker {
            end: at + 1,
            currency: Some(code),
            ambiguous_noun: None,
            per: 1.0,
            times,
            least: 0.0,
        });
    }
    // k€: the multiplier and the sign are glued.
    if let Some((times, sign)) = text.sense_at(at, |s| match s {
        Sense::Abbreviation { times, .. } => Some(times),
        _ => None,
    }) && text.is_glued(sign)
        && let Some(marker) = marker_at(text, sign, false)
    {
        return Some(CurrencyMarker { times, ..marker });
    }
    if nouns { parse_currency_noun(text, at) } else { None }
}

/// Canadian dollars, dollars canadiens, US-Dollar, euro cents.
fn parse_currency_noun(text: &TokenizedText<'_>, at: usize) -> Option<CurrencyMarker> {
    let country = |at| text.sense_at(at, |s| if let Sense::Country(c) = s { Some(c) } else { None });
    let past = |at| if text.is_hyphen(at) && text.is_glued(at) { at + 1 } else { at };
    let (before, start) = country(at).map_or((None, at), |(c, end)| (Some(c), past(end)));
    let unit = |at| {
        text.sense_at(at, |s| match s {
            Sense::CurrencyNoun(_) | Sense::Subunit { .. } => Some(s),
            _ => None,
        })
    };
    let (sense, end) = unit(start)?;
    let (after, past_country) = match country(past(text.sense_end(end, Sense::Glue(Glue::Of)).unwrap_or(end)))
    {
        Some((c, past)) if before.is_none() => (Some(c), past),
        _ => (None, end),
    };
    let stated_country = before.or(after);
    let noun_end = end;
    match sense {
        Sense::CurrencyNoun(noun) => {
            let code = text.lex.noun_code(noun, stated_country);
            let fits = after.is_some_and(|c| text.lex.noun_has(noun, c));
            let mut end = if fits { past_country } else { end };
            // "euro cents": the main unit names the sub-unit's currency.
            if let Some((Sense::Subunit { per, .. }, behind)) = unit(past(end)) {
                return Some(CurrencyMarker {
                    end: behind,
                    currency: code,
                    ambiguous_noun: None,
                    per,
                    times: 1.0,
                    least: 0.0,
                });
            }
            // "10 dollars US"
            if after.is_none()
                && let Some((c, behind)) = text.sense_at(end, |s| match s {
                    Sense::CurrencyCode { code, symbol: false, .. } if text.tokens[end].upper => Some(code),
                    _ => None,
                })
                && Some(c) == code
            {
                end = behind;
            }
            let least = if stated_country.is_none() && end == noun_end {
                homonym_minimum(text, start, end)
            } else {
                0.0
            };
            Some(CurrencyMarker {
                end,
                currency: code,
                ambiguous_noun: code.is_none().then_some(noun),
                per: 1.0,
                times: 1.0,
                least,
            })
        }
        Sense::Subunit { per, currency } => {
            // "US cents": the country's dollar.
            let dollars = stated_country.and_then(|c| text.lex.subunit_of(c));
            let end = if after.is_some() && dollars.is_some() { past_country } else { end };
            Some(CurrencyMarker {
                end,
                currency: currency.or(dollars),
                ambiguous_noun: None,
                per,
                times: 1.0,
                least: 0.0,
            })
        }
        _ => None,
    }
}

/// The least amount of which the noun at tokens `from..to` is money and no other thing: 3 livres, the two won.
fn homonym_minimum(text: &TokenizedText<'_>, from: usize, to: usize) -> f64 {
    let least_and_end =
        text.sense_at(from, |s| if let Sense::Homonym(least) = s { Some(least) } else { None });
    least_and_end.filter(|(_, end)| *end == to).map_or(0.0, |(least, _)| least)
}

/// What follows a whole amount and belongs to it: `and 45 cents`, `and 15`, `50`.
fn parse_subunit(text: &TokenizedText<'_>, end: usize, currency: Option<Currency>) -> Option<(f64, usize)> {
    let and = text.sense_end(end, Sense::Glue(Glue::And));
    let at = and.unwrap_or(end);
    if text.is_glued(at) {
        return None;
    }
    let number = number::parse_number(text, at, false)
        .filter(|n| n.amount.fract() == 0.0 && (1.0..100.0).contains(&n.amount) && n.scale.is_none())?;
    if let Some(marker) = marker_at(text, skip_joiner(text, number.end), true) {
        let same = marker.currency.is_none() || currency.is_none() || marker.currency == currency;
        return (marker.per > 1.0 && same).then(|| (number.amount / marker.per, marker.end));
    }
    let loose = text.ends_phrase(number.end) || text.sense_end(number.end, Sense::Glue(Glue::And)).is_some();
    let percent =
        super::percent::parse_percent_sign(text, number.end).is_some() || text.is_sign(number.end, '$');
    (loose && !percent && !text.is_glued(number.end + 1)).then(|| (number.amount / 100.0, number.end))
}

impl ValueLexicon {
    /// A code or sign with its multiplier in one word: `MEUR`, `TEUR`, `MUSD`.
    pub(super) fn money_prefix(&self, text: &TokenizedText<'_>, at: usize) -> Option<(Currency, f64)> {
        let token = text.tokens.get(at).filter(|t| t.upper && t.end - t.start == 4)?;
        let word = &text.source[token.start as usize..token.end as usize];
        let times = match word.as_bytes().first()? {
            b'M' => 1e6,
            b'T' | b'K' => 1e3,
            b'B' => 1e9,
            _ => return None,
        };
        let code = self.find_sense(&word.get(1..)?.to_ascii_lowercase(), |s| match s {
            Sense::CurrencyCode { code, capital: false, .. } => Some(code),
            _ => None,
        })?;
        Some((code, times))
    }
}
