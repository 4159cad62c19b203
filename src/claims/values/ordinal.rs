//! Places in an order, in digits and words.

use super::TokenClaim;
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

/// An ordinal in words that stands as one: `second` is also a unit, and "per second" no place.
fn parse_genuine_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(f64, usize)> {
    // "a hundred trillionth": the article belongs to the number.
    if let Some(after) = text.sense_end(at, Sense::Glue(Glue::Article))
        && let Some((n, end)) = parse_word_ordinal(text, after)
        && text.sense_at(after, |s| matches!(s, Sense::Scale { .. }).then_some(())).is_some()
    {
        return Some((n, end));
    }
    let (n, end) = parse_word_ordinal(text, at)?;
    if text.begins_name(at) {
        return None;
    }
    let unit = text.sense_at(at, |s| matches!(s, Sense::Time(..)).then_some(())).is_some();
    let after = at > 0 && text.sense_before(at, |s| (s == Sense::OrdinalNotAfter).then_some(())).is_some();
    (!(unit && after)).then_some((n, end))
}

/// 21st, 2e, 1er; in German 3. where what stands around it says so.
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
        && text.sense_before(at, |s| (s == Sense::OrdinalAfter).then_some(())).is_some()
        // "am 15. Die ...": an article in capitals begins the next sentence.
        && !(text.tokens[end].title && text.sense_end(end, Sense::OrdinalAfter).is_some());
    dot.then_some((n, end))
}

/// A whole number with a dot and a word behind it, whatever stands before: `3. Quartal`.
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

/// The day of a month: 1 to 31 in digits, with suffix or dot, or as a word.
pub(super) fn parse_month_day(text: &TokenizedText<'_>, at: usize) -> Option<(u8, usize)> {
    let (n, end) = if text.form_at(at) == Some(TokenForm::Digits) {
        let n = text.text_at(at).parse::<u8>().ok().filter(|_| text.text_at(at).len() <= 2)?;
        let suffix = text.sense_end(at + 1, Sense::OrdinalSuffix).is_some();
        // "16. Nov. 2016" also stands in English texts.
        let dot = text.is_sign(at + 1, '.') && (text.lex.style.day_first || !text.is_glued(at + 2));
        let end = if text.is_glued(at + 1) && (suffix || dot) { at + 2 } else { at + 1 };
        (n, end)
    } else if let Some((n, end)) = parse_word_ordinal(text, at) {
        (n as u8, end)
    } else {
        let number = super::number::parse_number(text, at, false)
            .filter(|n| n.plain.is_none() && n.qualifier.is_none())?;
        (number.amount as u8, number.end)
    };
    (1..=31).contains(&n).then_some((n, end))
}
