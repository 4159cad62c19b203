//! Parts of a whole: `two thirds`, `half a million`, `3/4`, `one in five`.

use super::lexicon::{Glue, Sense};
use super::number::{Number, is_part_of_name, parse_digit_number, parse_word_number, skip_hyphen};
use super::ordinal;
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::Qualifier;

/// 3/4, with a denominator that people use; 24/7 and 9/11 are none.
pub(super) fn parse_slash_fraction(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let digits = |at| text.form_at(at) == Some(TokenForm::Digits);
    if !(digits(at)
        && text.is_sign(at + 1, '/')
        && digits(at + 2)
        && text.is_glued(at + 1)
        && text.is_glued(at + 2))
    {
        return None;
    }
    if is_part_of_name(text, at)
        || text.is_glued(at + 3) && !matches!(text.text_at(at + 3), "." | "," | ")" | ";" | "-" | "%")
    {
        return None;
    }
    let (top, bottom): (f64, f64) = (text.text_at(at).parse().ok()?, text.text_at(at + 2).parse().ok()?);
    let usual =
        (2.0..=10.0).contains(&bottom) || [12.0, 16.0, 20.0, 32.0, 64.0, 100.0, 1000.0].contains(&bottom);
    (usual && top < bottom && top > 0.0).then(|| scale_fraction(text, Number::new(at, at + 3, top / bottom)))
}

/// A fraction behind "and": `and a half`, `et trois quarts`, `and two thirds`.
pub(super) fn parse_mixed_fraction(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let share = |at| {
        text.sense_at(at, |s| match s {
            Sense::Share(n) => Some(n),
            _ => None,
        })
    };
    let fraction = if let Some(after) = text.sense_end(at, Sense::Glue(Glue::Article)) {
        parse_denominator(text, after, 1.0, false)
    } else if let Some((n, after)) =
        text.sense_at(at, |s| if let Sense::Cardinal(n) = s { Some(n) } else { None })
    {
        let (n, after) = match text
            .sense_at(skip_hyphen(text, after), |s| if let Sense::Cardinal(m) = s { Some(m) } else { None })
        {
            Some((m, end)) if n >= 20.0 && n % 10.0 == 0.0 && m < 10.0 => (n + m, end),
            _ => (n, after),
        };
        parse_denominator(text, skip_hyphen(text, after), n, false)
    } else {
        share(at).map(|(n, end)| Number { scale: None, ..Number::new(at, end, n) })
    }?;
    let scaled = scale_fraction(text, fraction);
    Some(scaled)
}

/// What makes a fraction of the numerator `top`: thirds, quarter, fifths, or an ordinal in the singular.
pub(super) fn parse_denominator(
    text: &TokenizedText<'_>,
    at: usize,
    top: f64,
    article: bool,
) -> Option<Number> {
    if top.fract() != 0.0 || top <= 0.0 {
        return None;
    }
    let at = skip_hyphen(text, at);
    if let Some((bottom, end)) =
        text.sense_at(at, |s| if let Sense::Denominator(n) = s { Some(n) } else { None })
    {
        return Some(Number::new(at, end, top / bottom));
    }
    let multiple = text.sense_at(at, |s| matches!(s, Sense::Scale { .. }).then_some(())).is_some();
    if !text.lex.style.ordinal_fractions || article && multiple {
        return None;
    }
    let (bottom, end) = ordinal::parse_word_ordinal(text, at).filter(|(n, _)| *n > 2.0)?;
    // "a third party" is no fraction; "a third of it" and "two third" are.
    let fraction = !article
        || bottom >= 100.0
        || text.ends_phrase(end)
        || text.sense_end(end, Sense::Glue(Glue::Of)).is_some();
    fraction.then(|| Number::new(at, end, top / bottom))
}

/// A fraction times what follows: `two thirds of a million`, `three quarters billion`.
pub(super) fn scale_fraction(text: &TokenizedText<'_>, fraction: Number) -> Number {
    let of = text.sense_end(fraction.end, Sense::Glue(Glue::Of)).unwrap_or(fraction.end);
    let at = skip_hyphen(text, text.sense_end(of, Sense::Glue(Glue::Article)).unwrap_or(of));
    let multiplier = text.sense_at(at, |s| match s {
        Sense::Scale { times, .. } => Some((times, fraction.qualifier)),
        Sense::RoundScale(times) => Some((times, Some(Qualifier::About))),
        _ => None,
    });
    match multiplier {
        Some(((times, qualifier), end)) => Number {
            end,
            amount: fraction.amount * times,
            qualifier,
            scale: Some(times),
            share: false,
            plain: None,
            ..fraction
        },
        None => fraction,
    }
}

/// half a million, une demi-douzaine, eine halbe Million; alone it waits for a unit.
pub(super) fn parse_share(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let first = text.sense_end(at, Sense::Glue(Glue::Article)).unwrap_or(at);
    let (amount, end) = text.sense_at(first, |s| if let Sense::Share(n) = s { Some(n) } else { None })?;
    let unscaled = Number { share: true, ..Number::new(at, end, amount) };
    Some(scale_fraction(text, unscaled))
}

/// The number below: not one that an article begins, which would look for a share of its own, and so on to the end.
fn parse_divisor(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let words = || {
        text.sense_end(at, Sense::Glue(Glue::Article))
            .is_none()
            .then(|| parse_word_number(text, at))
            .flatten()
    };
    parse_digit_number(text, at, false).or_else(words)
}

/// one over three, un sur trois: only with nothing behind it, because `10 million over 3 years` is none.
pub(super) fn apply_over(text: &TokenizedText<'_>, number: Number) -> Number {
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

/// one in five, zwei von drei, deux Français sur trois: small whole numbers that make a share.
pub(super) fn apply_out_of(text: &TokenizedText<'_>, number: Number) -> Number {
    let small = |n: &Number| {
        n.scale.is_none()
            && n.amount.fract() == 0.0
            && n.amount > 0.0
            && n.plain.is_none_or(|digits| digits < 4)
    };
    if !small(&number) || number.amount > 99.0 {
        return number;
    }
    let all = |at| text.sense_end(at, Sense::Glue(Glue::OutOfAll));
    let time = text
        .sense_at(number.end, |s| matches!(s, Sense::Time(..) | Sense::Weekday(_)).then_some(()))
        .is_some();
    let noun = text.form_at(number.end) == Some(TokenForm::Word) && !time;
    let at = text
        .sense_end(number.end, Sense::Glue(Glue::OutOf))
        .or_else(|| all(number.end))
        .or_else(|| all(number.end + 1).filter(|_| noun));
    let below = at.and_then(|at| parse_divisor(text, at));
    match below {
        Some(b) if small(&b) && b.amount > number.amount && !counts_other(text, b.end) => Number {
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

/// jeder fünfte Wähler: a share, where no time follows (every fifth day).
pub(super) fn parse_every_nth(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let ordinal = text.sense_end(at, Sense::Glue(Glue::Every))?;
    let (n, end) = ordinal::parse_word_ordinal(text, ordinal).filter(|(n, _)| *n > 1.0)?;
    let time =
        |at| text.sense_at(at, |s| matches!(s, Sense::Time(..) | Sense::Weekday(_)).then_some(())).is_some();
    (text.form_at(end) == Some(TokenForm::Word) && !time(end) && !time(ordinal))
        .then(|| Number::new(at, end, 1.0 / n))
}

/// Whether what stands at `at` makes the number before it another claim: two in three days, one in 10 per cent.
fn counts_other(text: &TokenizedText<'_>, at: usize) -> bool {
    let other = |s| match s {
        Sense::Time(..)
        | Sense::Month(_)
        | Sense::CurrencyNoun(_)
        | Sense::CurrencyCode { .. }
        | Sense::Ordinal(_) => Some(()),
        Sense::Glue(glue) => matches!(glue, Glue::Percent | Glue::PercentagePoint).then_some(()),
        _ => None,
    };
    text.sense_at(at, other).is_some()
}
