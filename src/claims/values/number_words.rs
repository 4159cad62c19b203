//! Number words after a number: multipliers, further words, decimals and fractions.

use super::fraction;
use super::lexicon::{Glue, Sense};
use super::literal::{self, Literal};
use super::number::{Number, scale_at, skip_hyphen};
use super::sum::NumberSum;
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::Qualifier;

/// Extends `start`, which `sum` holds, by the number words behind it, then by decimals and fractions.
pub(super) fn extend_with_words(text: &TokenizedText<'_>, mut sum: NumberSum<'_>, start: Number) -> Number {
    let mut number = start;
    let mut digits_only = text.form_at(start.start) == Some(TokenForm::Digits) && start.end > start.start;
    loop {
        let at = skip_hyphen(text, number.end);
        let and = text.sense_end(at, Sense::Glue(Glue::And)).map(|after| skip_hyphen(text, after));
        if let Some(after) = and
            && let Some(part) = fraction::parse_mixed_fraction(text, after)
        {
            // "3 million and a quarter" means a quarter of a million, unless the fraction has its own multiplier.
            // Without a multiplier before it, the fraction's own is also the whole number's.
            let amount = match (sum.open_scale(), part.scale) {
                (Some(scale), None) if scale >= 1e6 => sum.total_value() + part.amount * scale,
                (None, Some(scale)) => sum.total_value() * scale + part.amount,
                _ => sum.total_value() + part.amount,
            };
            let after = Number { end: part.end, amount, plain: None, ..number };
            return if sum.open_scale().is_some() { after } else { fraction::scale_fraction(text, after) };
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
        // "twenty fifths": the next word may be a denominator.
        let Some(end) = fitting else {
            if let Some(fraction) = fraction::parse_denominator(text, at, before.total_value(), false)
                && and.is_none()
                && number.plain != Some(4)
            {
                return fraction::scale_fraction(text, Number { start: start.start, ..fraction });
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
    (digits || sum.tail_value() >= 20.0) && text.has_sense(at, |s| matches!(s, Sense::Subunit { .. }))
}

/// Digits inside words: `4 thousand 3 hundred and 21`.
fn digits_inside(text: &TokenizedText<'_>, at: usize, sum: &mut NumberSum<'_>, and: bool) -> Option<usize> {
    sum.open_scale().or_else(|| (and && sum.total_value() >= 100.0).then_some(100.0))?;
    let Some(Literal::Number(digits)) = literal::parse_literal(text, at) else { return None };
    let whole = digits.amount.fract() == 0.0 && digits.plain.is_some_and(|n| n < 4);
    let goes_on = and || scale_at(text, digits.end).is_some();
    (whole && goes_on && !text.is_glued(at) && sum.add_word(digits.amount, and)).then_some(digits.end)
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
