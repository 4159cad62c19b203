//! Years in digits and in words.

use super::lexicon::{Glue, Sense};
use super::token::{TokenForm, TokenizedText};
use super::{numeral, percent};

/// Years with a word before them that announces a year ("in 1789"), or as part of a date.
pub(super) const CUED_YEARS: std::ops::RangeInclusive<i32> = 1000..=2199;

/// Two digits: 00 to 29 are 2000s, the others 1900s.
pub(super) fn short_year(n: i32) -> i32 {
    if n < 30 { 2000 + n } else { 1900 + n }
}

/// Past a sign or a word between the parts of one date.
pub(super) fn skip_separators(text: &TokenizedText<'_>, at: usize) -> usize {
    let mut next = at;
    if text.is_sign(next, ',') || text.is_hyphen(next) && text.is_glued(next) || text.is_sign(next, '/') {
        next += 1;
    }
    next = text.sense_end(next, Sense::Glue(Glue::Of)).unwrap_or(next);
    next = text.sense_end(next, Sense::Glue(Glue::The)).unwrap_or(next);
    if text.is_sign(next, '\'') || text.is_sign(next, '’') {
        next += 1;
    }
    next
}

/// A year at `at`: four digits, two digits behind a day and a month, or words behind a month. `month` and `day` are
/// whether these parts of the date are known.
pub(super) fn year_here(text: &TokenizedText<'_>, at: usize, month: bool, day: bool) -> Option<(i32, usize)> {
    if text.form_at(at) == Some(TokenForm::Digits) {
        let digits = text.text_at(at);
        let n: i32 = digits.parse().ok()?;
        let more = text.is_glued(at + 1)
            && (matches!(text.form_at(at + 1), Some(TokenForm::Digits))
                || text.is_glued(at + 2)
                    && text.form_at(at + 2) == Some(TokenForm::Digits)
                    && matches!(text.text_at(at + 1), "," | "." | ":"));
        let percent = percent::parse_percent_sign(text, at + 1).is_some();
        return match digits.len() {
            4 if CUED_YEARS.contains(&n) && !more => Some((n, at + 1)),
            2 if month && day && !more && !percent && short_year_ends(text, at + 1) => {
                Some((short_year(n), at + 1))
            }
            _ => None,
        };
    }
    month.then(|| year_words(text, at)).flatten()
}

/// Two digits are a year only where no word follows that they could count.
fn short_year_ends(text: &TokenizedText<'_>, at: usize) -> bool {
    text.ends_phrase(at) && !text.is_sign(at, '%')
}

/// nineteen seventy-eight, two thousand and five, zweitausendfünf, dix-neuf soixante-douze.
fn year_words(text: &TokenizedText<'_>, at: usize) -> Option<(i32, usize)> {
    let first =
        numeral::parse_number(text, at, false).filter(|n| n.plain.is_none() && n.amount.fract() == 0.0)?;
    let leading = first.amount as i32;
    if CUED_YEARS.contains(&leading) {
        return Some((leading, first.end));
    }
    let second = numeral::parse_number(text, first.end, false)
        .filter(|n| n.plain.is_none() && n.amount.fract() == 0.0)?;
    let fits = (10..=21).contains(&leading) && (1.0..100.0).contains(&second.amount);
    fits.then_some((leading * 100 + second.amount as i32, second.end))
}

/// The year behind a quarter or half, over "of", "des Jahres".
pub(super) fn year_of(text: &TokenizedText<'_>, at: usize) -> Option<(i32, usize)> {
    let next = skip_separators(text, at);
    let next = text.sense_end(next, Sense::Glue(Glue::Year)).unwrap_or(next);
    year_here(text, next, false, false)
}

/// The end of a year behind `at`, which closes `May 5-7, 2013`.
pub(super) fn year_behind(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    year_here(text, skip_separators(text, at), false, false).map(|(_, end)| end)
}
