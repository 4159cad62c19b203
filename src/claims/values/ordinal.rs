//! Ordinals in digits and words.

use super::claim::TokenClaim;
use super::lexicon::{Glue, Sense};
use super::literal::{self, Literal};
use super::sum::NumberSum;
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::{ClaimKind, Value};

pub(super) fn parse_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let (start, (amount, end)) = match parse_digit_ordinal(text, at) {
        Some(ordinal) => (at, ordinal),
        None => (
            at,
            parse_roman_ordinal(text, at)
                .filter(|_| !text.begins_name(at))
                .or_else(|| parse_genuine_ordinal(text, at))?,
        ),
    };
    Some(TokenClaim::new(
        ClaimKind::Ordinal,
        start,
        end,
        Value::Number { amount, qualifier: None, unit: None },
    ))
}

/// An ordinal in words, and no unit: "per second".
fn parse_genuine_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    // "a hundred trillionth": the article belongs to the number.
    if let Some(after) = text.sense_end(at, Sense::Glue(Glue::Article))
        && let Some((n, end)) = parse_word_ordinal(text, after)
        && text.has_sense(after, |s| matches!(s, Sense::Scale { .. }))
    {
        return Some((n, end));
    }
    let (n, end) = parse_word_ordinal(text, at)?;
    if text.begins_name(at) {
        return None;
    }
    let unit = text.has_sense(at, |s| matches!(s, Sense::Time(..)));
    let after = at > 0 && text.has_sense_before(at, |s| s == Sense::OrdinalNotAfter);
    (!(unit && after)).then_some((n, end))
}

/// 21st, 2e, 1er; in German 3. behind a word that precedes ordinals.
pub(super) fn parse_digit_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    if text.form_at(at) != Some(TokenForm::Digits)
        || text.is_glued(at) && !matches!(text.form_at(at - 1), Some(TokenForm::Sign))
    {
        return None;
    }
    let Some(Literal::Number(digits)) = literal::parse_literal(text, at) else { return None };
    let is_integer = digits.amount.fract() == 0.0;
    if is_integer && text.is_glued(digits.end) && text.sense_end(digits.end, Sense::OrdinalSuffix).is_some() {
        let free = !text.is_glued(digits.end + 1) || text.form_at(digits.end + 1) != Some(TokenForm::Digits);
        return free.then_some((digits.amount, digits.end + 1));
    }
    let (n, end) = parse_dotted_ordinal(text, at)?;
    let dot = at > 0
        && text.has_sense_before(at, |s| s == Sense::OrdinalAfter)
        // "am 15. Die ...": an article in capitals begins the next sentence.
        && !(text.tokens[end].title && text.sense_end(end, Sense::OrdinalAfter).is_some());
    dot.then_some((n, end))
}

/// A whole number with a dot and a word behind it, with any word before it: `3. Quartal`.
pub(super) fn parse_dotted_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    if !text.lex.style.ordinal_dot {
        return None;
    }
    let Some(Literal::Number(digits)) = literal::parse_literal(text, at) else { return None };
    let dot = digits.plain.is_some_and(|n| n <= 3)
        && text.is_sign(digits.end, '.')
        && text.is_glued(digits.end)
        && !text.is_glued(digits.end + 1)
        && text.form_at(digits.end + 1) == Some(TokenForm::Word);
    dot.then_some((digits.amount, digits.end + 1))
}

/// `XIXe`, `XVIth`: Roman digits up to 39 in capitals with an ordinal's ending; more letters would make Le and De
/// numbers.
pub(super) fn parse_roman_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    let word = text.text_at(at);
    let digits = word.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    if digits == 0
        || digits > 6
        || text.lex.find_sense(&word[digits..], |s| (s == Sense::RomanSuffix).then_some(())).is_none()
    {
        return None;
    }
    (1..40).find(|n| roman_numeral(*n) == word[..digits]).map(|n| (f64::from(n), at + 1))
}

/// A number under 40 in Roman digits.
fn roman_numeral(n: u8) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat(usize::from(n / 10)) + ONES[usize::from(n % 10)]
}

/// An ordinal in words: `twenty-first`, `one hundred and fifth`, `vingt et unième`.
pub(super) fn parse_word_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    let mut sum = NumberSum::new(&text.lex.style);
    let mut end = at;
    loop {
        let hyphen = end > at && text.is_hyphen(end) && text.is_glued(end) == text.is_glued(end + 1);
        let plain = if hyphen { end + 1 } else { end };
        let and = if end > at { text.sense_end(plain, Sense::Glue(Glue::And)) } else { None };
        let and =
            and.map(|after| if text.is_hyphen(after) && text.is_glued(after) { after + 1 } else { after });
        let next = and.unwrap_or(plain);
        let last = text.sense_at(next, |s| if let Sense::Ordinal(n) = s { Some(n) } else { None });
        if let Some((n, after)) = last
            && let Some(value) = sum.clone().finish_ordinal(n, and.is_some())
        {
            return Some((value, after));
        }
        let part =
            text.sense_at(next, |s| matches!(s, Sense::Cardinal(_) | Sense::Scale { .. }).then_some(s));
        let fits = match part {
            Some((Sense::Cardinal(n), after)) => sum.add_word(n, and.is_some()).then_some(after),
            Some((Sense::Scale { times, .. }, after)) => {
                (and.is_none() && sum.apply_scale(times)).then_some(after)
            }
            _ => None,
        };
        end = fits?;
    }
}
