//! Decades, centuries, quarters and halves of years.

use super::date::{self, TOLD_YEARS, short_year};
use super::lexicon::{DateGlue, Period, Sense};
use super::ordinal;
use super::token::{Form, Text};
use crate::claims::value::{Date, Part};

pub(super) fn read(text: &Text<'_>, at: usize) -> Option<(Date, usize)> {
    decade_in_digits(text, at)
        .or_else(|| decade_in_words(text, at))
        .or_else(|| sign(text, at))
        .or_else(|| counted(text, at))
}

/// 1990s, the '80s, 1980er Jahre, les années 1980.
fn decade_in_digits(text: &Text<'_>, at: usize) -> Option<(Date, usize)> {
    if text.form(at) != Some(Form::Digits)
        || text.glued(at) && !matches!(text.str(at - 1), "'" | "’" | "(" | "“" | "\"")
    {
        return None;
    }
    let digits = text.str(at);
    let n: i32 = digits.parse().ok().filter(|n| n % 10 == 0)?;
    let told = text.before(at, |s| (s == Sense::DateGlue(DateGlue::DecadeBefore)).then_some(())).is_some();
    let glued = |wanted| text.is(at + 1, Sense::DateGlue(wanted)).filter(|_| text.glued(at + 1));
    let noun = |at: usize| {
        let at = if text.is_hyphen(at) { at + 1 } else { at };
        text.is(at, Sense::DateGlue(DateGlue::DecadeAfter))
    };
    let adjective = glued(DateGlue::DecadeAdjective).and_then(noun);
    let end = adjective.or_else(|| glued(DateGlue::DecadeSuffix)).or(told.then_some(at + 1))?;
    let year = match digits.len() {
        4 if TOLD_YEARS.contains(&n) => n,
        2 => short_year(n),
        _ => return None,
    };
    Some((Date { year: Some(year), unspecified: 1, ..Date::default() }, end))
}

/// the nineties, die Neunzigerjahre, les années soixante.
fn decade_in_words(text: &Text<'_>, at: usize) -> Option<(Date, usize)> {
    let (year, end) = text.find(at, |s| if let Sense::Decade(year) = s { Some(year) } else { None })?;
    Some((Date { year: Some(year), unspecified: 1, ..Date::default() }, end))
}

/// Another one of the kind of `date`: the 11th of "11th and 12th century".
pub(super) fn of(n: f64, date: &Date) -> Option<Date> {
    let n = (1.0..=30.0).contains(&n).then_some(n as u8)?;
    match date.part {
        None if date.unspecified == 2 => Some(Date { year: Some((i32::from(n) - 1) * 100), ..*date }),
        Some(Part::Quarter(_)) if n <= 4 => Some(Date { part: Some(Part::Quarter(n)), ..*date }),
        Some(Part::Half(_)) if n <= 2 => Some(Date { part: Some(Part::Half(n)), ..*date }),
        _ => None,
    }
}

fn period(text: &Text<'_>, at: usize) -> Option<(Period, usize)> {
    text.find(at, |s| if let Sense::Period(period) = s { Some(period) } else { None })
}

/// Q3, Q3 2023, T3 2023.
fn sign(text: &Text<'_>, at: usize) -> Option<(Date, usize)> {
    let (sign, next) = period(text, at).filter(|_| text.tokens[at].upper)?;
    let digits = text.form(next) == Some(Form::Digits) && text.glued(next) && text.str(next).len() == 1;
    let n = text.str(next).parse::<u8>().ok().filter(|_| digits)?;
    let part = match sign {
        Period::QuarterSign | Period::QuarterSignWithYear if (1..=4).contains(&n) => Part::Quarter(n),
        Period::HalfSignWithYear if (1..=2).contains(&n) => Part::Half(n),
        _ => return None,
    };
    let year = date::year_of(text, next + 1);
    let closed = !text.glued(next + 1) || text.form(next + 1) == Some(Form::Sign) && !text.glued(next + 2);
    let alone = sign == Period::QuarterSign && closed;
    let named = text.glued(at) || text.before(at, |s| (s == Sense::Label).then_some(())).is_some();
    let end = year.map_or(next + 1, |(_, end)| end);
    let date = Date { year: year.map(|(year, _)| year), part: Some(part), ..Date::default() };
    (!named && (alone || year.is_some())).then_some((date, end))
}

/// the third quarter of 2023, das erste Halbjahr, le `XIXe` siècle.
fn counted(text: &Text<'_>, at: usize) -> Option<(Date, usize)> {
    let (n, next) = ordinal::in_digits(text, at)
        .or_else(|| ordinal::dotted(text, at))
        .or_else(|| ordinal::roman(text, at))
        .or_else(|| ordinal::in_words(text, at))?;
    let n = (1.0..=30.0).contains(&n).then_some(n as u8)?;
    let hyphen = text.is_hyphen(next) && text.glued(next) && text.glued(next + 1);
    let (period, end) = period(text, if hyphen { next + 1 } else { next })?;
    // "the second quarter-final"
    if text.is_hyphen(end) && text.glued(end) && text.glued(end + 1) {
        return None;
    }
    let part = match period {
        Period::Century => {
            let year = Some((i32::from(n) - 1) * 100);
            return Some((Date { year, unspecified: 2, ..Date::default() }, end));
        }
        Period::Quarter if n <= 4 => Part::Quarter(n),
        Period::Half | Period::HalfWithYear if n <= 2 => Part::Half(n),
        _ => return None,
    };
    let year = date::year_of(text, end);
    let date = Date { year: year.map(|(year, _)| year), part: Some(part), ..Date::default() };
    let told = year.is_some() || period != Period::HalfWithYear;
    told.then_some((date, year.map_or(end, |(_, end)| end)))
}
