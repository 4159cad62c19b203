//! Numbers in digits and words, with their multiplier: `2.5 million`, `half a dozen`, `quatre-vingt-dix-sept`.

use super::lexicon::{Glue, Sense};
use super::literal::{self, DigitNumber, Literal};
use super::share;
use super::sum::NumberSum;
use super::token::{TokenForm, TokenizedText};
use crate::claims::in_base_unit;
use crate::claims::value::Qualifier;

/// A number at a place, before it is known what is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) start: usize,
    /// The token after it.
    pub(super) end: usize,
    pub(super) amount: f64,
    /// One run of so many digits and nothing else.
    pub(super) plain: Option<usize>,
    /// `several` for dozens, `about` for une centaine.
    pub(super) qualifier: Option<Qualifier>,
    /// The last multiplier, which a range shares: 5 to 10 million.
    pub(super) scale: Option<f64>,
    /// A half or a quarter without numerator and multiplier: a number only with something behind it.
    pub(super) share: bool,
    /// The bare word for one, which is mostly a pronoun or an article.
    pub(super) one: bool,
    /// An article with a denominator, which might else be read as an ordinal: un centième.
    pub(super) fraction: bool,
}

impl Number {
    pub(super) fn new(start: usize, end: usize, amount: f64) -> Self {
        Self {
            start,
            end,
            amount,
            plain: None,
            qualifier: None,
            scale: None,
            share: false,
            one: false,
            fraction: false,
        }
    }
}

/// The number at `at`. `money` admits multipliers that mean something else elsewhere (`£5m`).
pub(super) fn parse_number(text: &TokenizedText<'_>, at: usize, money: bool) -> Option<Number> {
    if let Some(body) = skip_minus(text, at)
        && let Some(mut number) = parse_unsigned(text, body, money)
    {
        if number.share || number.qualifier.is_some() {
            return None;
        }
        (number.start, number.amount, number.plain, number.one) = (at, -number.amount, None, false);
        return Some(number);
    }
    parse_unsigned(text, at, money)
}

/// The token behind a minus sign or word.
fn skip_minus(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    if text.is_hyphen(at) {
        // "-5" at a word's start; 10-15 is a range, and a dash stands between blanks.
        let free = at == 0
            || !text.is_glued(at)
            || matches!(text.text_at(at - 1), "(" | "[" | "\"" | "“" | "„" | "«");
        let digits =
            text.form_at(at + 1) == Some(TokenForm::Digits) || text.is_sign(at + 1, text.lex.style.decimal);
        return (free && text.is_glued(at + 1) && digits).then_some(at + 1);
    }
    let after = text.sense_end(at, Sense::Glue(Glue::Minus))?;
    // "au moins deux": the word is part of a qualifier.
    let qualifier = text.sense_before(after, |s| matches!(s, Sense::Qualifier(_)).then_some(())).is_some();
    (!qualifier).then_some(after)
}

fn parse_unsigned(text: &TokenizedText<'_>, at: usize, money: bool) -> Option<Number> {
    let number = parse_digit_number(text, at, money)
        .or_else(|| parse_word_number(text, at))
        .or_else(|| share::parse_share(text, at))
        .or_else(|| parse_several(text, at))?;
    Some(share::apply_out_of(text, share::apply_over(text, number))).filter(|n| n.amount.is_finite())
}

/// Whether the digits at `at` belong to a name that stands right before them (COVID-19, A4).
pub(super) fn is_part_of_name(text: &TokenizedText<'_>, at: usize) -> bool {
    if !text.is_glued(at) {
        return false;
    }
    let known = |at: usize| {
        text.sense_at(at, |s| matches!(s, Sense::CurrencyCode { .. } | Sense::CurrencyNoun(_)).then_some(()))
            .is_some()
    };
    match text.form_at(at - 1) {
        Some(TokenForm::Word) => !known(at - 1) && text.lex.money_prefix(text, at - 1).is_none(),
        Some(TokenForm::Sign) if text.is_hyphen(at - 1) => {
            text.is_glued(at - 1)
                && at > 1
                && text.form_at(at - 2) == Some(TokenForm::Word)
                && text
                    .sense_before(at - 1, |s| matches!(s, Sense::Part(_) | Sense::Qualifier(_)).then_some(()))
                    .is_none()
        }
        Some(TokenForm::Sign) => {
            matches!(text.text_at(at - 1), "/" | "_" | "." | ":" | "=" | "&" | "^") && text.is_glued(at - 1)
        }
        _ => false,
    }
}

pub(super) fn parse_digit_number(text: &TokenizedText<'_>, at: usize, money: bool) -> Option<Number> {
    if let Some(part) = literal::fraction_sign(text, at) {
        return Some(share::scale_fraction(text, Number::new(at, at + 1, part)));
    }
    if let Some(fraction) = share::parse_slash_fraction(text, at) {
        return Some(fraction);
    }
    let Some(Literal::Number(DigitNumber { mut end, mut amount, plain })) = literal::parse_literal(text, at)
    else {
        return None;
    };
    if is_part_of_name(text, at) {
        return None;
    }
    let mut plain = plain;
    if let Some(part) = literal::fraction_sign(text, end) {
        (amount, end, plain) = (amount + part, end + 1, None);
    } else if plain.is_some()
        && let Some(part) = share::parse_slash_fraction(text, end)
    {
        (amount, end, plain) = (amount + part.amount, part.end, None);
    }
    let mut sum = NumberSum::new(&text.lex.style);
    sum.start_with(amount);
    let start = Number { plain, ..Number::new(at, end, amount) };
    let tight = text.is_glued(end);
    let abbreviation = text.sense_at(end, |s| match s {
        Sense::Abbreviation { times, capital, money: only } => {
            let applies = (!capital || text.tokens[end].upper)
                && (money || !only || tight && counts_things(text, end + 1));
            applies.then_some(times)
        }
        _ => None,
    });
    if let Some((times, end)) =
        abbreviation.filter(|(_, end)| !text.is_glued(*end) || text.form_at(*end) != Some(TokenForm::Word))
    {
        return Some(Number { plain: None, end, amount: amount * times, scale: Some(times), ..start });
    }
    Some(extend_with_words(text, sum, start))
}

/// Whether what follows is counted and not measured: 2.3m visitors are millions, a 100m race is none.
fn counts_things(text: &TokenizedText<'_>, at: usize) -> bool {
    let unit = text.sense_at(at, |s| if let Sense::Unit(unit) = s { Some(unit) } else { None });
    unit.is_some_and(|(unit, _)| in_base_unit(1.0, text.lex.unit_name(unit)).is_none())
}

pub(super) fn parse_word_number(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let article = text.sense_end(at, Sense::Glue(Glue::Article));
    if let Some(after) = article {
        // "a hundred", "ein Dutzend", "un cinquième"; alone an article is no number.
        if let Some(fraction) = share::parse_denominator(text, after, 1.0, true) {
            return Some(Number { start: at, fraction: true, ..share::scale_fraction(text, fraction) });
        }
        let after = skip_hyphen(text, after);
        if let Some((times, qualifier)) = scale_at(text, after) {
            let mut sum = NumberSum::new(&text.lex.style);
            sum.start_with(1.0);
            let number = extend_with_words(text, sum, Number::new(at, after, 1.0));
            return (number.end > after && times > 0.0)
                .then_some(Number { qualifier: number.qualifier.or(qualifier), ..number });
        }
    }
    if let Some(after) = article {
        let share = share::apply_out_of(text, Number::new(at, after, 1.0));
        if share.end > after {
            return Some(share);
        }
    }
    if let Some(share) = share::parse_every_nth(text, at) {
        return Some(share);
    }
    if let Some(after) = article
        && text.sense_end(after, Sense::Glue(Glue::Over)).is_some()
    {
        // "un sur trois"; `over` looks at what follows.
        let number = share::apply_over(text, Number::new(at, after, 1.0));
        return (number.end > after).then_some(number);
    }
    let first = text.sense_at(at, cardinal_sense)?;
    let mut sum = NumberSum::new(&text.lex.style);
    match first.0 {
        Sense::Cardinal(n) => sum.add_word(n, false),
        Sense::Scale { times, .. } => sum.apply_scale(times),
        _ => false,
    };
    let first_number = Number::new(at, first.1, sum.total_value());
    let number = extend_with_words(text, sum, first_number);
    let only_article = article.is_some() && number.end == first.1;
    if only_article {
        return None;
    }
    let one = number.end == first.1 && text.sense_end(at, Sense::One(super::lexicon::One::Word)).is_some();
    Some(Number { one, ..number })
}

fn cardinal_sense(sense: Sense) -> Option<Sense> {
    matches!(sense, Sense::Cardinal(_) | Sense::Scale { bare: true, .. }).then_some(sense)
}

fn scale_at(text: &TokenizedText<'_>, at: usize) -> Option<(f64, Option<Qualifier>)> {
    text.sense_at(at, |s| match s {
        Sense::Scale { times, .. } => Some((times, None)),
        Sense::RoundScale(times) => Some((times, Some(Qualifier::About))),
        _ => None,
    })
    .map(|(scale, _)| scale)
}

/// Past a hyphen between two number words, glued to both or between blanks.
pub(super) fn skip_hyphen(text: &TokenizedText<'_>, at: usize) -> usize {
    if text.is_hyphen(at) && text.is_glued(at) == text.is_glued(at + 1) { at + 1 } else { at }
}

/// Goes on from what `sum` holds as long as words fit, then looks for decimals and fractions.
fn extend_with_words(text: &TokenizedText<'_>, mut sum: NumberSum<'_>, start: Number) -> Number {
    let mut number = start;
    let mut digits_only = text.form_at(start.start) == Some(TokenForm::Digits) && start.end > start.start;
    loop {
        let at = skip_hyphen(text, number.end);
        let and = text.sense_end(at, Sense::Glue(Glue::And)).map(|after| skip_hyphen(text, after));
        if let Some(after) = and
            && let Some(part) = share::parse_mixed_fraction(text, after)
        {
            // "3 million and a quarter" means a quarter of a million, unless the fraction has its own multiplier.
            // Without a multiplier before it, the fraction's own is also the whole number's.
            let amount = match (sum.open_scale(), part.scale) {
                (Some(scale), None) if scale >= 1e6 => sum.total_value() + part.amount * scale,
                (None, Some(scale)) => sum.total_value() * scale + part.amount,
                _ => sum.total_value() + part.amount,
            };
            let after = Number { end: part.end, amount, plain: None, ..number };
            return if sum.open_scale().is_some() { after } else { share::scale_fraction(text, after) };
        }
        let next = and.unwrap_or(at);
        let next_sense = text.sense_at(next, |s| {
            matches!(s, Sense::Cardinal(_) | Sense::Scale { .. } | Sense::RoundScale(_)).then_some(s)
        });
        let before = sum.clone();
        let fitting = match next_sense {
            // Digits take multipliers, not further words: "$100 and fifty" are two figures.
            Some((Sense::Cardinal(n), end)) => {
                (!digits_only && sum.add_word(n, and.is_some())).then_some(end)
            }
            Some((Sense::Scale { times, .. }, end)) => {
                (and.is_none() && !is_coin_cents(text, next, &sum, digits_only) && sum.apply_scale(times))
                    .then_some(end)
            }
            Some((Sense::RoundScale(times), end)) => {
                number.qualifier = Some(Qualifier::About);
                (and.is_none() && sum.apply_scale(times)).then_some(end)
            }
            _ => digits_inside(text, next, &mut sum, and.is_some()),
        };
        // "twenty fifths": what comes may be the numerator's end or an ordinal's; both are looked at from here.
        let Some(end) = fitting else {
            if let Some(fraction) = share::parse_denominator(text, at, before.total_value(), false)
                && and.is_none()
                && number.plain != Some(4)
            {
                return share::scale_fraction(text, Number { start: start.start, ..fraction });
            }
            break;
        };
        let scale = match next_sense {
            Some((Sense::Scale { times, .. } | Sense::RoundScale(times), _)) => Some(times),
            _ => None,
        };
        number = Number { end, amount: sum.total_value(), plain: None, scale, ..number };
        digits_only = false;
    }
    extend_with_decimals(text, number)
}

/// Whether a French "cents" is the coin: behind digits, or where no hundreds can be (quarante-cinq cents).
fn is_coin_cents(text: &TokenizedText<'_>, at: usize, sum: &NumberSum<'_>, digits: bool) -> bool {
    (digits || sum.tail_value() >= 20.0)
        && text.sense_at(at, |s| matches!(s, Sense::Subunit { .. }).then_some(())).is_some()
}

/// Digits inside words: `4 thousand 3 hundred and 21`.
fn digits_inside(text: &TokenizedText<'_>, at: usize, sum: &mut NumberSum<'_>, and: bool) -> Option<usize> {
    sum.open_scale().or_else(|| (and && sum.total_value() >= 100.0).then_some(100.0))?;
    let Some(Literal::Number(digits)) = literal::parse_literal(text, at) else { return None };
    let whole = digits.amount.fract() == 0.0 && digits.plain.is_some_and(|n| n < 4);
    let goes_on = and || scale_at(text, digits.end).is_some();
    (whole && goes_on && !text.is_glued(at) && sum.add_word(digits.amount, and)).then_some(digits.end)
}

/// dozens, hundreds of thousands, several million, mehrere Hundert.
fn parse_several(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let plural = |at| text.sense_at(at, |s| if let Sense::SeveralScale(n) = s { Some(n) } else { None });
    let scale = |at| {
        text.sense_at(at, |s| match s {
            Sense::Scale { times, .. } | Sense::RoundScale(times) | Sense::SeveralScale(times) => Some(times),
            _ => None,
        })
    };
    let (mut amount, mut end) = match text.sense_end(at, Sense::Several) {
        Some(after) => scale(text.sense_end(after, Sense::Glue(Glue::Of)).unwrap_or(after))?,
        None => plural(at)?,
    };
    while let Some((times, after)) = scale(text.sense_end(end, Sense::Glue(Glue::Of)).unwrap_or(end)) {
        if times < amount && amount >= 1e6 || amount * times > 1e18 {
            break;
        }
        (amount, end) = (amount * times, after);
    }
    Some(Number { qualifier: Some(Qualifier::Several), scale: Some(amount), ..Number::new(at, end, amount) })
}

/// Decimals in words: `five point five`, `deux cent virgule trois`, `nought point nought four`.
fn extend_with_decimals(text: &TokenizedText<'_>, number: Number) -> Number {
    let Some(mut at) = text.sense_end(number.end, Sense::Glue(Glue::Point)) else { return number };
    if number.scale.is_some_and(|s| s >= 1e6) || number.amount.fract() != 0.0 {
        return number;
    }
    let mut digits = String::from("0.");
    let mut end = number.end;
    while let Some((n, after)) =
        text.sense_at(at, |s| if let Sense::Cardinal(n) = s { Some(n) } else { None })
    {
        if n >= 100.0 || digits.len() > 20 {
            break;
        }
        digits.push_str(&n.to_string());
        (at, end) = (after, after);
    }
    if end == number.end {
        return number;
    }
    let amount = number.amount + digits.parse().unwrap_or(0.0);
    let mut sum = NumberSum::new(&text.lex.style);
    sum.start_with(amount);
    let point = Number { end, amount, plain: None, ..number };
    match scale_at(text, end) {
        Some(_) => extend_with_words(text, sum, point),
        None => point,
    }
}
