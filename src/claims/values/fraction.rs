//! Parts of a whole: `two thirds`, `half a million`, `3/4`, `one in five`.

use super::lexicon::{Glue, Sense};
use super::number::{Number, is_part_of_name, skip_hyphen};
use super::ordinal;
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::Qualifier;

/// 3/4, with a usual denominator; 24/7 and 9/11 are no fractions.
pub(super) fn parse_slash_fraction(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    if !(text.form_at(at) == Some(TokenForm::Digits)
        && text.is_sign(at + 1, '/')
        && text.form_at(at + 2) == Some(TokenForm::Digits)
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
    let fraction = if let Some(after) = text.sense_end(at, Sense::Glue(Glue::Article)) {
        parse_denominator(text, after, 1.0, false)
    } else if let Some((n, after)) = text.cardinal_at(at) {
        let (n, after) = match text.cardinal_at(skip_hyphen(text, after)) {
            Some((m, end)) if n >= 20.0 && n % 10.0 == 0.0 && m < 10.0 => (n + m, end),
            _ => (n, after),
        };
        parse_denominator(text, skip_hyphen(text, after), n, false)
    } else {
        share_at(text, at).map(|(n, end)| Number { scale: None, ..Number::new(at, end, n) })
    }?;
    Some(scale_fraction(text, fraction))
}

/// The fraction with numerator `top` and the denominator at `at`: thirds, quarter, fifths, or an ordinal in the
/// singular. `article` is whether the numerator is an article.
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
    let multiple = text.has_sense(at, |s| matches!(s, Sense::Scale { .. }));
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

/// A fraction times the multiplier behind it: `two thirds of a million`, `three quarters billion`.
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

/// half a million, une demi-douzaine, eine halbe Million; without a multiplier it needs a unit.
pub(super) fn parse_share(text: &TokenizedText<'_>, at: usize) -> Option<Number> {
    let first = text.sense_end(at, Sense::Glue(Glue::Article)).unwrap_or(at);
    let (amount, end) = share_at(text, first)?;
    let unscaled = Number { share: true, ..Number::new(at, end, amount) };
    Some(scale_fraction(text, unscaled))
}

/// A word such as half or quarter at `at`, and the token after it.
fn share_at(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    text.sense_at(at, |s| if let Sense::Share(n) = s { Some(n) } else { None })
}
