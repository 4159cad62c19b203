//! Decades, centuries, quarters and halves of years.

use super::lexicon::{DateGlue, Period, Sense};
use super::ordinal;
use super::token::{TokenForm, TokenizedText};
use super::year::{self, CUED_YEARS, short_year};
use crate::claims::value::{Date, DatePart};

pub(super) fn parse_period(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    decade_in_digits(text, at)
        .or_else(|| decade_in_words(text, at))
        .or_else(|| parse_period_sign(text, at))
        .or_else(|| parse_counted_period(text, at))
}

/// 1990s, the '80s, 1980er Jahre, les années 1980.
fn decade_in_digits(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    if text.form_at(at) != Some(TokenForm::Digits)
        || text.is_glued(at) && !matches!(text.text_at(at - 1), "'" | "’" | "(" | "“" | "\"")
    {
        return None;
    }
    let digits = text.text_at(at);
    let n: i32 = digits.parse().ok().filter(|n| n % 10 == 0)?;
    let glued_end =
        |wanted| text.sense_end(at + 1, Sense::DateGlue(wanted)).filter(|_| text.is_glued(at + 1));
    let end = glued_end(DateGlue::DecadeAdjective)
        .and_then(|adjective| {
            let noun = if text.is_hyphen(adjective) { adjective + 1 } else { adjective };
            text.sense_end(noun, Sense::DateGlue(DateGlue::DecadeAfter))
        })
        .or_else(|| glued_end(DateGlue::DecadeSuffix))
        .or_else(|| {
            text.has_sense_before(at, |s| s == Sense::DateGlue(DateGlue::DecadeBefore)).then_some(at + 1)
        })?;
    let year = match digits.len() {
        4 if CUED_YEARS.contains(&n) => n,
        2 => short_year(n),
        _ => return None,
    };
    Some((Date { year: Some(year), unspecified: 1, ..Date::default() }, end))
}

/// the nineties, die Neunzigerjahre, les années soixante.
fn decade_in_words(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let (year, end) = text.sense_at(at, |s| if let Sense::Decade(year) = s { Some(year) } else { None })?;
    Some((Date { year: Some(year), unspecified: 1, ..Date::default() }, end))
}

/// The `n`th period of the kind of `date`: the 11th of "11th and 12th century".
pub(super) fn sibling_period(n: f64, date: &Date) -> Option<Date> {
    let n = (1.0..=30.0).contains(&n).then_some(n as u8)?;
    match date.part {
        None if date.unspecified == 2 => Some(Date { year: Some((i32::from(n) - 1) * 100), ..*date }),
        Some(DatePart::Quarter(_)) if n <= 4 => Some(Date { part: Some(DatePart::Quarter(n)), ..*date }),
        Some(DatePart::Half(_)) if n <= 2 => Some(Date { part: Some(DatePart::Half(n)), ..*date }),
        _ => None,
    }
}

fn parse_period_word(text: &TokenizedText<'_>, at: usize) -> Option<(Period, usize)> {
    text.sense_at(at, |s| if let Sense::Period(period) = s { Some(period) } else { None })
}

/// Q3, Q3 2023, T3 2023.
fn parse_period_sign(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let (sign, next) = parse_period_word(text, at).filter(|_| text.tokens[at].upper)?;
    let digits =
        text.form_at(next) == Some(TokenForm::Digits) && text.is_glued(next) && text.text_at(next).len() == 1;
    let n = text.text_at(next).parse::<u8>().ok().filter(|_| digits)?;
    let part = match sign {
        Period::QuarterSign | Period::QuarterSignWithYear if (1..=4).contains(&n) => DatePart::Quarter(n),
        Period::HalfSignWithYear if (1..=2).contains(&n) => DatePart::Half(n),
        _ => return None,
    };
    let year = year::year_of(text, next + 1);
    let closed = !text.is_glued(next + 1)
        || text.form_at(next + 1) == Some(TokenForm::Sign) && !text.is_glued(next + 2);
    let may_lack_year = sign == Period::QuarterSign && closed;
    let named = text.is_glued(at) || text.has_sense_before(at, |s| s == Sense::Label);
    let end = year.map_or(next + 1, |(_, end)| end);
    let date = Date { year: year.map(|(year, _)| year), part: Some(part), ..Date::default() };
    (!named && (may_lack_year || year.is_some())).then_some((date, end))
}

/// the third quarter of 2023, das erste Halbjahr, le `XIXe` siècle.
fn parse_counted_period(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let (n, next) = ordinal::parse_digit_ordinal(text, at)
        .or_else(|| ordinal::parse_dotted_ordinal(text, at))
        .or_else(|| ordinal::parse_roman_ordinal(text, at))
        .or_else(|| ordinal::parse_word_ordinal(text, at))?;
    let n = (1.0..=30.0).contains(&n).then_some(n as u8)?;
    let hyphen = text.is_hyphen(next) && text.is_glued(next) && text.is_glued(next + 1);
    let (period, end) = parse_period_word(text, if hyphen { next + 1 } else { next })?;
    // "the second quarter-final"
    if text.is_hyphen(end) && text.is_glued(end) && text.is_glued(end + 1) {
        return None;
    }
    let part = match period {
        Period::Century => {
            let year = Some((i32::from(n) - 1) * 100);
            return Some((Date { year, unspecified: 2, ..Date::default() }, end));
        }
        Period::Quarter if n <= 4 => DatePart::Quarter(n),
        Period::Half | Period::HalfWithYear if n <= 2 => DatePart::Half(n),
        _ => return None,
    };
    let year = year::year_of(text, end);
    let date = Date { year: year.map(|(year, _)| year), part: Some(part), ..Date::default() };
    let is_certain = year.is_some() || period != Period::HalfWithYear;
    is_certain.then_some((date, year.map_or(end, |(_, end)| end)))
}
