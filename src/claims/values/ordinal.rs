//! Places in an order, in digits and words.

use super::Found;
use super::lexicon::{Glue, Sense};
use super::literal::{self, Literal};
use super::sum::Sum;
use super::token::{Form, Text};
use crate::claims::value::{Kind, Value};

pub(super) fn read(text: &Text<'_>, at: usize) -> Option<Found> {
    let (start, (amount, end)) = match in_digits(text, at) {
        Some(found) => (at, found),
        None => (at, roman(text, at).filter(|_| !text.is_name(at)).or_else(|| claimed(text, at))?),
    };
    Some(Found::new(Kind::Ordinal, start, end, Value::Number { amount, qualifier: None, unit: None }))
}

/// An ordinal in words that stands as one: `second` is also a unit, and "per second" no place.
fn claimed(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    // "a hundred trillionth": the article belongs to the number.
    if let Some(after) = text.is(at, Sense::Glue(Glue::Article))
        && let Some((n, end)) = in_words(text, after)
        && text.find(after, |s| matches!(s, Sense::Scale { .. }).then_some(())).is_some()
    {
        return Some((n, end));
    }
    let (n, end) = in_words(text, at)?;
    if text.is_name(at) {
        return None;
    }
    let unit = text.find(at, |s| matches!(s, Sense::Time(..)).then_some(())).is_some();
    let after = at > 0 && text.before(at, |s| (s == Sense::OrdinalNotAfter).then_some(())).is_some();
    (!(unit && after)).then_some((n, end))
}

/// 21st, 2e, 1er; in German 3. where what stands around it says so.
pub(super) fn in_digits(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    if text.form(at) != Some(Form::Digits) || text.glued(at) && !matches!(text.form(at - 1), Some(Form::Sign))
    {
        return None;
    }
    let Some(Literal::Number(digits)) = literal::read(text, at) else { return None };
    let whole = digits.amount.fract() == 0.0;
    if whole && text.glued(digits.end) && text.is(digits.end, Sense::OrdinalSuffix).is_some() {
        let free = !text.glued(digits.end + 1) || text.form(digits.end + 1) != Some(Form::Digits);
        return free.then_some((digits.amount, digits.end + 1));
    }
    let (n, end) = dotted(text, at)?;
    let dot = at > 0
        && text.before(at, |s| (s == Sense::OrdinalAfter).then_some(())).is_some()
        // "am 15. Die ...": an article in capitals begins the next sentence.
        && !(text.tokens[end].title && text.is(end, Sense::OrdinalAfter).is_some());
    dot.then_some((n, end))
}

/// A whole number with a dot and a word behind it, whatever stands before: `3. Quartal`.
pub(super) fn dotted(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    if !text.lex.reading.ordinal_dot {
        return None;
    }
    let Some(Literal::Number(digits)) = literal::read(text, at) else { return None };
    let dot = digits.plain.is_some_and(|n| n <= 3)
        && text.is_sign(digits.end, '.')
        && text.glued(digits.end)
        && !text.glued(digits.end + 1)
        && text.form(digits.end + 1) == Some(Form::Word);
    dot.then_some((digits.amount, digits.end + 1))
}

/// `XIXe`, `XVIth`: Roman digits up to 39 in capitals with an ordinal's ending; more letters would make Le and De
/// numbers.
pub(super) fn roman(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let word = text.str(at);
    let digits = word.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    if digits == 0
        || digits > 6
        || text.lex.sense(&word[digits..], |s| (s == Sense::RomanSuffix).then_some(())).is_none()
    {
        return None;
    }
    (1..40).find(|n| written(*n) == word[..digits]).map(|n| (f64::from(n), at + 1))
}

/// A number under 40 in Roman digits.
fn written(n: u8) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat(usize::from(n / 10)) + ONES[usize::from(n % 10)]
}

/// An ordinal in words: `twenty-first`, `one hundred and fifth`, `vingt et unième`.
pub(super) fn in_words(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let mut sum = Sum::new(&text.lex.reading);
    let mut end = at;
    loop {
        let hyphen = end > at && text.is_hyphen(end) && text.glued(end) == text.glued(end + 1);
        let plain = if hyphen { end + 1 } else { end };
        let and = if end > at { text.is(plain, Sense::Glue(Glue::And)) } else { None };
        let and = and.map(|after| if text.is_hyphen(after) && text.glued(after) { after + 1 } else { after });
        let next = and.unwrap_or(plain);
        let last = text.find(next, |s| if let Sense::Ordinal(n) = s { Some(n) } else { None });
        if let Some((n, after)) = last
            && let Some(value) = sum.clone().ordinal(n, and.is_some())
        {
            return Some((value, after));
        }
        let part = text.find(next, |s| matches!(s, Sense::Cardinal(_) | Sense::Scale { .. }).then_some(s));
        let fits = match part {
            Some((Sense::Cardinal(n), after)) => sum.add(n, and.is_some()).then_some(after),
            Some((Sense::Scale { times, .. }, after)) => (and.is_none() && sum.scale(times)).then_some(after),
            _ => None,
        };
        end = fits?;
    }
}

/// The day of a month: 1 to 31 in digits, with suffix or dot, or as a word.
pub(super) fn day(text: &Text<'_>, at: usize) -> Option<(u8, usize)> {
    let (n, end) = if text.form(at) == Some(Form::Digits) {
        let n = text.str(at).parse::<u8>().ok().filter(|_| text.str(at).len() <= 2)?;
        let suffix = text.is(at + 1, Sense::OrdinalSuffix).is_some();
        // "16. Nov. 2016" also stands in English texts.
        let dot = text.is_sign(at + 1, '.') && (text.lex.reading.day_first || !text.glued(at + 2));
        let end = if text.glued(at + 1) && (suffix || dot) { at + 2 } else { at + 1 };
        (n, end)
    } else if let Some((n, end)) = in_words(text, at) {
        (n as u8, end)
    } else {
        let number =
            super::number::parse(text, at, false).filter(|n| n.plain.is_none() && n.qualifier.is_none())?;
        (number.amount as u8, number.end)
    };
    (1..=31).contains(&n).then_some((n, end))
}
