//! Currency signs, codes and nouns beside a figure.

use super::lexicon::{Glue, Sense};
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::Currency;

/// A currency sign, code or noun, and what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct CurrencyMarker {
    pub(super) end: usize,
    pub(super) currency: Option<Currency>,
    /// The noun, where it is of several currencies.
    pub(super) ambiguous_noun: Option<u8>,
    /// How many of it are one main unit: 100 for cents.
    pub(super) per: f64,
    /// A multiplier inside the marker: k€, MEUR.
    pub(super) times: f64,
    /// The least amount that is money, where the word has another meaning.
    pub(super) least: f64,
}

impl CurrencyMarker {
    /// A marker of whole main units.
    fn of_currency(currency: Option<Currency>, end: usize) -> Self {
        Self { end, currency, ambiguous_noun: None, per: 1.0, times: 1.0, least: 0.0 }
    }
}

/// A marker before a figure: a sign or a code.
pub(super) fn marker_before_figure(text: &TokenizedText<'_>, at: usize) -> Option<CurrencyMarker> {
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
        return Some(CurrencyMarker::of_currency(Some(code), end));
    }
    let (code, times) = currency_with_scale(text, at)?;
    Some(CurrencyMarker { times, ..CurrencyMarker::of_currency(Some(code), at + 1) })
}

/// A marker behind a figure (or a repeated one): sign, code or, where `nouns`, noun with its country.
pub(super) fn marker_at(text: &TokenizedText<'_>, at: usize, nouns: bool) -> Option<CurrencyMarker> {
    let code = text.sense_at(at, |s| match s {
        Sense::CurrencyCode { code, symbol, capital, .. }
            if symbol || !capital || text.tokens.get(at).is_some_and(|t| t.upper) =>
        {
            Some((code, symbol))
        }
        _ => None,
    });
    if let Some(((code, symbol), end)) = code {
        // A sign glued to the next figure belongs to that: "10 $ 30".
        let next = text.is_glued(end) && text.form_at(end) == Some(TokenForm::Digits) && !text.is_glued(at);
        if symbol && next {
            return None;
        }
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
        return Some(CurrencyMarker::of_currency(Some(code), end));
    }
    if let Some((code, times)) = currency_with_scale(text, at) {
        return Some(CurrencyMarker { times, ..CurrencyMarker::of_currency(Some(code), at + 1) });
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
    let (before, start) =
        country_at(text, at).map_or((None, at), |(c, end)| (Some(c), skip_glued_hyphen(text, end)));
    let (sense, end) = noun_at(text, start)?;
    let of = text.sense_end(end, Sense::Glue(Glue::Of)).unwrap_or(end);
    let (after, past_country) = match country_at(text, skip_glued_hyphen(text, of)) {
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
            if let Some((Sense::Subunit { per, .. }, behind)) = noun_at(text, skip_glued_hyphen(text, end)) {
                return Some(CurrencyMarker { per, ..CurrencyMarker::of_currency(code, behind) });
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
            let ambiguous_noun = code.is_none().then_some(noun);
            Some(CurrencyMarker { ambiguous_noun, least, ..CurrencyMarker::of_currency(code, end) })
        }
        Sense::Subunit { per, currency } => {
            // "US cents": the country's dollar.
            let dollars = stated_country.and_then(|c| text.lex.subunit_of(c));
            let end = if after.is_some() && dollars.is_some() { past_country } else { end };
            Some(CurrencyMarker { per, ..CurrencyMarker::of_currency(currency.or(dollars), end) })
        }
        _ => None,
    }
}

fn country_at(text: &TokenizedText<'_>, at: usize) -> Option<([u8; 3], usize)> {
    text.sense_at(at, |s| if let Sense::Country(c) = s { Some(c) } else { None })
}

/// The noun of a main unit or a sub-unit.
fn noun_at(text: &TokenizedText<'_>, at: usize) -> Option<(Sense, usize)> {
    text.sense_at(at, |s| matches!(s, Sense::CurrencyNoun(_) | Sense::Subunit { .. }).then_some(s))
}

fn skip_glued_hyphen(text: &TokenizedText<'_>, at: usize) -> usize {
    if text.is_hyphen(at) && text.is_glued(at) { at + 1 } else { at }
}

/// The least amount for which the noun at tokens `from..to` means money: 3 livres, the two won.
fn homonym_minimum(text: &TokenizedText<'_>, from: usize, to: usize) -> f64 {
    let least_and_end =
        text.sense_at(from, |s| if let Sense::Homonym(least) = s { Some(least) } else { None });
    least_and_end.filter(|(_, end)| *end == to).map_or(0.0, |(least, _)| least)
}

/// A code or sign with its multiplier in one word: `MEUR`, `TEUR`, `MUSD`.
pub(super) fn currency_with_scale(text: &TokenizedText<'_>, at: usize) -> Option<(Currency, f64)> {
    let token = text.tokens.get(at).filter(|t| t.upper && t.end - t.start == 4)?;
    let word = &text.source[token.start as usize..token.end as usize];
    let times = match word.as_bytes().first()? {
        b'M' => 1e6,
        b'T' | b'K' => 1e3,
        b'B' => 1e9,
        _ => return None,
    };
    let code = text.lex.find_sense(&word.get(1..)?.to_ascii_lowercase(), |s| match s {
        Sense::CurrencyCode { code, capital: false, .. } => Some(code),
        _ => None,
    })?;
    Some((code, times))
}
