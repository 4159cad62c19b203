//! Numbers in digits and words, with their multiplier: `2.5 million`, `half a dozen`, `quatre-vingt-dix-sept`.

use super::lexicon::{Glue, One, Sense};
use super::literal::{self, DigitNumber, Literal};
use super::number::{Number, is_part_of_name, scale_at, skip_hyphen};
use super::number_words::extend_with_words;
use super::sum::NumberSum;
use super::token::{TokenForm, TokenizedText};
use super::{fraction, ordinal};
use crate::claims::measure::in_base_unit;
use crate::claims::value::Qualifier;

/// The number at `at`. `money` admits multipliers that have another meaning beside other units (`£5m`).
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

/// The token after a minus sign or word.
fn skip_minus(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    if text.is_hyphen(at) {
        // "-5" at a word's start; 10-15 is a range, and a dash has blanks on both sides.
        let free = at == 0
            || !text.is_glued(at)
            || matches!(text.text_at(at - 1), "(" | "[" | "\"" | "“" | "„" | "«");
        let digits =
            text.form_at(at + 1) == Some(TokenForm::Digits) || text.is_sign(at + 1, text.lex.style.decimal);
        return (free && text.is_glued(at + 1) && digits).then_some(at + 1);
    }
    let after = text.sense_end(at, Sense::Glue(Glue::Minus))?;
    // "au moins deux": the word is part of a qualifier.
    let qualifier = text.has_sense_before(after, |s| matches!(s, Sense::Qualifier(_)));
    (!qualifier).then_some(after)
}

fn parse_unsigned(text: &TokenizedText<'_>, at: usize, money: bool) -> Option<Number> {
    let number = parse_digit_number(text, at, money)
        .or_else(|| parse_word_number(text, at))
        .or_else(|| fraction::parse_share(text, at))
        .or_else(|| parse_several(text, at))?;
    Some(apply_out_of(text, apply_over(text, number))).filter(|n| n.amount.is_finite())
}

pub(super) fn parse_digit_number(text: &TokenizedText<'_>, at: usize, money: bool) -> Option<Number> {
    if let Some(part) = literal::fraction_sign(text, at) {
        return Some(fraction::scale_fraction(text, Number::new(at, at + 1, part)));
    }
    if let Some(fraction) = fraction::parse_slash_fraction(text, at) {
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
        && let Some(part) = fraction::parse_slash_fraction(text, end)
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

/// Whether the unit at `at` is counted and not measured: 2.3m visitors are millions, a 100m race is metres.
fn counts_things(text: &TokenizedText<'_>, at: usize) -> bool {
    let unit = text.sense_at(at, |s| if let Sense::Unit(unit) = s { Some(unit) } else { None });
    unit.is_some_and(|(unit, _)| in_base_unit(1.0, text.lex.unit_name(unit)).is_none())
}

pub(super) fn parse_word_number(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let article = text.sense_end(at, Sense::Glue(Glue::Article));
    if let Some(after) = article {
        // "a hundred", "ein Dutzend", "un cinquième"; alone an article is no number.
        if let Some(fraction) = fraction::parse_denominator(text, after, 1.0, true) {
            return Some(Number { start: at, fraction: true, ..fraction::scale_fraction(text, fraction) });
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
        let share = apply_out_of(text, Number::new(at, after, 1.0));
        if share.end > after {
            return Some(share);
        }
    }
    if let Some(share) = parse_every_nth(text, at) {
        return Some(share);
    }
    if let Some(after) = article
        && text.sense_end(after, Sense::Glue(Glue::Over)).is_some()
    {
        // "un sur trois"
        let number = apply_over(text, Number::new(at, after, 1.0));
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
    let one = number.end == first.1 && text.sense_end(at, Sense::One(One::Word)).is_some();
    Some(Number { one, ..number })
}

fn cardinal_sense(sense: Sense) -> Option<Sense> {
    matches!(sense, Sense::Cardinal(_) | Sense::Scale { bare: true, .. }).then_some(sense)
}

/// dozens, hundreds of thousands, several million, mehrere Hundert.
fn parse_several(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let (mut amount, mut end) = match text.sense_end(at, Sense::Several) {
        Some(after) => any_scale_behind_of(text, after)?,
        None => text.sense_at(at, |s| if let Sense::SeveralScale(n) = s { Some(n) } else { None })?,
    };
    while let Some((times, after)) = any_scale_behind_of(text, end) {
        if times < amount && amount >= 1e6 || amount * times > 1e18 {
            break;
        }
        (amount, end) = (amount * times, after);
    }
    Some(Number { qualifier: Some(Qualifier::Several), scale: Some(amount), ..Number::new(at, end, amount) })
}

/// A multiplier, singular or plural, at `at` or behind an "of" there.
fn any_scale_behind_of(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    text.sense_at(text.sense_end(at, Sense::Glue(Glue::Of)).unwrap_or(at), |s| match s {
        Sense::Scale { times, .. } | Sense::RoundScale(times) | Sense::SeveralScale(times) => Some(times),
        _ => None,
    })
}

/// The divisor of a share. A word number behind an article is excluded: it would look for a share in turn, to the
/// end of the text.
fn parse_divisor(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    parse_digit_number(text, at, false).or_else(|| {
        let article = text.sense_end(at, Sense::Glue(Glue::Article)).is_some();
        if article { None } else { parse_word_number(text, at) }
    })
}

/// one over three, un sur trois: a share only at the end of a phrase, unlike `10 million over 3 years`.
fn apply_over(text: &TokenizedText<'_>, number: Number) -> Number {
    let Some(at) = text.sense_end(number.end, Sense::Glue(Glue::Over)) else { return number };
    let below = parse_divisor(text, at);
    match below {
        Some(b)
            if b.amount > 0.0
                && b.scale.is_none_or(|s| s < 1000.0)
                && text.ends_phrase(b.end)
                && number.scale.is_none() =>
        {
            Number {
                end: b.end,
                amount: number.amount / b.amount,
                plain: None,
                share: false,
                one: false,
                ..number
            }
        }
        _ => number,
    }
}

/// one in five, zwei von drei, deux Français sur trois: a share of two small whole numbers.
fn apply_out_of(text: &TokenizedText<'_>, number: Number) -> Number {
    if !is_small_count(&number) || number.amount > 99.0 {
        return number;
    }
    let noun = text.form_at(number.end) == Some(TokenForm::Word) && !is_time_at(text, number.end);
    let at = text
        .sense_end(number.end, Sense::Glue(Glue::OutOf))
        .or_else(|| text.sense_end(number.end, Sense::Glue(Glue::OutOfAll)))
        .or_else(|| text.sense_end(number.end + 1, Sense::Glue(Glue::OutOfAll)).filter(|_| noun));
    let below = at.and_then(|at| parse_divisor(text, at));
    match below {
        Some(b) if is_small_count(&b) && b.amount > number.amount && !counts_other(text, b.end) => Number {
            end: b.end,
            amount: number.amount / b.amount,
            plain: None,
            one: false,
            share: false,
            ..number
        },
        _ => number,
    }
}

/// A whole number without a multiplier, with at most three digits.
fn is_small_count(number: &Number) -> bool {
    number.scale.is_none()
        && number.amount.fract() == 0.0
        && number.amount > 0.0
        && number.plain.is_none_or(|digits| digits < 4)
}

/// jeder fünfte Wähler: a share, unless a time follows (every fifth day).
fn parse_every_nth(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let ordinal_at = text.sense_end(at, Sense::Glue(Glue::Every))?;
    let (n, end) = ordinal::parse_word_ordinal(text, ordinal_at).filter(|(n, _)| *n > 1.0)?;
    (text.form_at(end) == Some(TokenForm::Word) && ![end, ordinal_at].iter().any(|at| is_time_at(text, *at)))
        .then(|| Number::new(at, end, 1.0 / n))
}

fn is_time_at(text: &TokenizedText<'_>, at: usize) -> bool {
    text.has_sense(at, |s| matches!(s, Sense::Time(..) | Sense::Weekday(_)))
}

/// Whether the word at `at` makes the number before it another kind of claim: two in three days, one in 10 per cent.
fn counts_other(text: &TokenizedText<'_>, at: usize) -> bool {
    text.has_sense(at, |s| match s {
        Sense::Time(..)
        | Sense::Month(_)
        | Sense::CurrencyNoun(_)
        | Sense::CurrencyCode { .. }
        | Sense::Ordinal(_) => true,
        Sense::Glue(glue) => matches!(glue, Glue::Percent | Glue::PercentagePoint),
        _ => false,
    })
}
