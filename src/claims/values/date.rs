//! Calendar dates in digits and words, cut to what is told.

use super::lexicon::{DateGlue, Glue, Sense};
use super::number::{self, Number};
use super::token::{TokenForm, TokenizedText};
use super::{TokenClaim, ordinal, period, relative};
use crate::claims::value::{ClaimKind, Date, DatePart, Value};

/// A bare number of four digits is taken for a year from here on, without a word that says so ...
const BARE_YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;
/// ... and with one ("in 1789").
pub(super) const CUED_YEARS: std::ops::RangeInclusive<i32> = 1000..=2199;

pub(super) fn parse_date(text: &TokenizedText<'_>, at: usize, number: Option<&Number>) -> Option<TokenClaim> {
    // Digits in the middle of a longer run (telephone numbers, file numbers) are no date.
    let first = skip_weekday(text, at).unwrap_or(at);
    let parsed = parse_full_date(text, first).or_else(|| {
        let parse_partial = || {
            period::parse_period(text, at)
                .or_else(|| parse_bare_year(text, at, number))
                .or_else(|| parse_bare_month(text, at))
        };
        (first == at).then(parse_partial).flatten()
    });
    if let Some((date, end)) = parsed {
        let date = Date { part: date.part.or_else(|| part_before(text, at)), ..date };
        return Some(TokenClaim::new(ClaimKind::Date, at, end, Value::Date(date)));
    }
    relative::parse_relative(text, at)
}

fn parse_full_date(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    parse_numeric_date(text, at).or_else(|| parse_named_date(text, at))
}

/// A weekday and the comma behind it.
fn skip_weekday(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    let (_, end) = text.sense_at(at, |s| if let Sense::Weekday(n) = s { Some(n) } else { None })?;
    let end = if text.is_sign(end, ',') || text.is_sign(end, '.') { end + 1 } else { end };
    Some(text.sense_end(end, Sense::Glue(Glue::The)).unwrap_or(end))
}

/// A date that exists; without a year, in a leap year.
fn existing_date(year: Option<i32>, month: u8, day: Option<u8>) -> Option<Date> {
    Date::new(year.unwrap_or(2000), month, day.unwrap_or(1)).map(|date| Date { year, day, ..date })
}

/// Two digits: 00 to 29 are 2000s, the others 1900s.
pub(super) fn short_year(n: i32) -> i32 {
    if n < 30 { 2000 + n } else { 1900 + n }
}

/// 2013-08-05, 5.8.2013, 8/5/13, 2016 10 16, 12-2015.
fn parse_numeric_date(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let run = |at: usize| (text.form_at(at) == Some(TokenForm::Digits)).then(|| text.text_at(at));
    let first = run(at).filter(|d| d.len() <= 4)?;
    let inside =
        text.is_glued(at) && !matches!(text.text_at(at - 1), "(" | "[" | "=" | "\"" | "“" | "„" | "«" | "'");
    if inside {
        return None;
    }
    // The sign between the parts: the same one twice, glued on both sides, or one blank; "8/12,15" ends in a comma.
    let part = |at: usize| -> Option<(&str, usize)> {
        if run(at).is_some() && !text.is_glued(at) {
            let (a, b) = (text.tokens[at - 1].end as usize, text.tokens[at].start as usize);
            return (b - a == 1).then_some((" ", at));
        }
        let sign = text.text_at(at);
        let fits = matches!(sign, "-" | "/" | "." | "," | "\u{2011}" | "\u{2010}");
        (fits && text.is_glued(at) && text.is_glued(at + 1) && run(at + 1).is_some())
            .then_some((sign, at + 1))
    };
    let (sign, second) = part(at + 1)?;
    let number = |d: &str| d.parse::<i32>().ok();
    let (a, b) = (number(first)?, number(run(second)?)?);
    let third = part(second + 1).filter(|(s, _)| *s == sign || (sign == "/" && *s == ","));
    let closed = |end: usize| {
        let goes_on = text.is_glued(end)
            && (text.form_at(end) != Some(TokenForm::Sign)
                || (text.is_glued(end + 1)
                    && matches!(text.form_at(end + 1), Some(TokenForm::Digits | TokenForm::Word))
                    && matches!(text.text_at(end), "-" | "/" | "." | "," | ":" | "_")));
        // "2013-08-05T10:00": the time is not part of the value.
        !goes_on || text.text_at(end) == "T"
    };
    if let Some((_, last)) = third {
        let c = run(last)?;
        if !closed(last + 1) {
            return None;
        }
        let spaced = sign == " ";
        if spaced && (part(last + 1).is_some() || at > 0 && run(at - 1).is_some() && !text.is_glued(at)) {
            return None;
        }
        let date = if first.len() == 4 && c.len() <= 2 && run(second)?.len() <= 2 {
            let (year, day) = (a, number(c)?);
            existing_date(Some(year), b as u8, Some(day as u8)).filter(|_| CUED_YEARS.contains(&year))?
        } else {
            let year = match c.len() {
                4 => number(c)?,
                2 if sign != "," => short_year(number(c)?),
                _ => return None,
            };
            if first.len() > 2 || run(second)?.len() > 2 || !CUED_YEARS.contains(&year) {
                return None;
            }
            let (day, month) = if text.lex.style.day_first { (a, b) } else { (b, a) };
            existing_date(Some(year), month as u8, Some(day as u8))
                .or_else(|| existing_date(Some(year), day as u8, Some(month as u8)))?
        };
        return Some((date, last + 1));
    }
    // Month and year alone: 12-2015, 2015-12, 08/2013; a blank or a dot would be something else.
    if !matches!(sign, "-" | "/") || !closed(second + 1) {
        return None;
    }
    let (year, month) = match (first.len(), run(second)?.len()) {
        (1 | 2, 4) => (b, a),
        (4, 1 | 2) => (a, b),
        _ => return None,
    };
    let season = sign == "/" && first.len() == 4;
    (!season && BARE_YEARS.contains(&year))
        .then(|| existing_date(Some(year), month as u8, None))
        .flatten()
        .map(|d| (d, second + 1))
}

/// A date with its month in words (or as an ordinal: `7. vierter 2016`), in any order of its parts.
fn parse_named_date(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let (mut day, mut month, mut year) = (None, None, None);
    let mut end = at;
    let mut next = at;
    while day.is_none() || month.is_none() || year.is_none() {
        if month.is_none()
            && let Some((m, after)) = month_word(text, next)
        {
            (month, end) = (Some(m), after);
        } else if month.is_none() && day.is_some() && year.is_none() && month_ordinal(text, next).is_some() {
            let (m, after) = month_ordinal(text, next)?;
            (month, end) = (Some(m), after);
        } else if year.is_none()
            && let Some((y, after)) = year_here(text, next, month.is_some(), day.is_some())
        {
            (year, end) = (Some(y), after);
        } else if day.is_none()
            // "im März 2021 vier Schiffe": behind both a number in words counts something.
            && (month.is_none() || year.is_none() || text.form_at(next) == Some(TokenForm::Digits))
            && let Some((d, after)) = ordinal::parse_month_day(text, next)
        {
            // A day in words without a month right behind it is some number.
            (day, end) = (Some(d), after);
        } else {
            break;
        }
        next = skip_separators(text, end);
        if month.is_none() && year.is_some() && text.is_sign(end, ',') {
            return None;
        }
        // Only a month keeps parts together that stand before it.
        if month.is_none() && month_word(text, next).is_none() && month_ordinal(text, next).is_none() {
            let year_between = year.is_none() && year_here(text, next, false, false).is_some();
            if !(year_between && text.is_glued(next)) {
                return None;
            }
        }
    }
    let month = month?;
    if text.is_sign(end - 1, '.') && text.form_at(end - 2) == Some(TokenForm::Digits) {
        // "on April 2.": with nothing behind it the dot is the sentence's.
        end -= 1;
    }
    if year.is_none()
        && day.is_some()
        && let Some((_, last)) =
            super::range::connector_end(text, end).and_then(|at| ordinal::parse_month_day(text, at))
    {
        // "May 5-7, 2013": the year stands behind the second day.
        year = year_here(text, skip_separators(text, last), false, false).map(|(year, _)| year);
    }
    if year.is_none()
        && day.is_none()
        && let Some((_, last)) = super::range::connector_end(text, end).and_then(|at| month_word(text, at))
    {
        // "between January and March 2024"
        year = year_here(text, skip_separators(text, last), false, false).map(|(year, _)| year);
    }
    if text.form_at(at) == Some(TokenForm::Digits)
        && text.is_glued(at)
        && !matches!(text.text_at(at - 1), "(" | "\"" | "“" | "„" | "«")
    {
        return None;
    }
    if day.is_none() && year.is_none() {
        return None;
    }
    // The day's dot or the blank sign before a missing part is not taken: `end` is the last part's own end.
    existing_date(year, month, day).or_else(|| existing_date(year, month, None)).map(|date| (date, end))
}

/// Past a sign or a word that stands between the parts of one date.
fn skip_separators(text: &TokenizedText<'_>, at: usize) -> usize {
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

fn month_word(text: &TokenizedText<'_>, at: usize) -> Option<(u8, usize)> {
    text.sense_at(at, |s| if let Sense::Month(n) = s { Some(n) } else { None })
}

/// `7. vierter 2016`: a month by its number, only between a day and a year.
fn month_ordinal(text: &TokenizedText<'_>, at: usize) -> Option<(u8, usize)> {
    if !text.lex.style.ordinal_dot || at == 0 || !text.is_sign(at - 1, '.') {
        return None;
    }
    let (n, end) = ordinal::parse_word_ordinal(text, at).filter(|(n, _)| *n <= 12.0)?;
    year_here(text, end, true, true).map(|_| (n as u8, end))
}

/// A year beside a month: four digits, two behind a day and month, or words.
fn year_here(text: &TokenizedText<'_>, at: usize, month: bool, day: bool) -> Option<(i32, usize)> {
    if text.form_at(at) == Some(TokenForm::Digits) {
        let digits = text.text_at(at);
        let n: i32 = digits.parse().ok()?;
        let more = text.is_glued(at + 1)
            && (matches!(text.form_at(at + 1), Some(TokenForm::Digits))
                || text.is_glued(at + 2)
                    && text.form_at(at + 2) == Some(TokenForm::Digits)
                    && matches!(text.text_at(at + 1), "," | "." | ":"));
        let percent = super::percent::parse_percent_sign(text, at + 1).is_some();
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

/// Two digits are a year only where nothing that they could count follows.
fn short_year_ends(text: &TokenizedText<'_>, at: usize) -> bool {
    text.ends_phrase(at) && !text.is_sign(at, '%')
}

/// nineteen seventy-eight, two thousand and five, zweitausendfünf, dix-neuf soixante-douze.
fn year_words(text: &TokenizedText<'_>, at: usize) -> Option<(i32, usize)> {
    let first =
        number::parse_number(text, at, false).filter(|n| n.plain.is_none() && n.amount.fract() == 0.0)?;
    let leading = first.amount as i32;
    if CUED_YEARS.contains(&leading) {
        return Some((leading, first.end));
    }
    let second = number::parse_number(text, first.end, false)
        .filter(|n| n.plain.is_none() && n.amount.fract() == 0.0)?;
    let fits = (10..=21).contains(&leading) && (1.0..100.0).contains(&second.amount);
    fits.then_some((leading * 100 + second.amount as i32, second.end))
}

/// A bare year, where the words around it make it one.
fn parse_bare_year(text: &TokenizedText<'_>, at: usize, number: Option<&Number>) -> Option<(Date, usize)> {
    // "im Jahr 2001", "année 2010": the word is not part of the date.
    let number = number.filter(|n| n.plain == Some(4) && n.end == at + 1)?;
    let year_at = |at: usize| text.form_at(at) == Some(TokenForm::Digits) && text.text_at(at).len() == 4;
    let range = at > 1 && text.is_hyphen(at - 1) && year_at(at - 2);
    if text.is_glued(at)
        && text.is_hyphen(at - 1)
        && text.form_at(at - 2) == Some(TokenForm::Digits)
        && !range
    {
        return None;
    }
    let year = number.amount as i32;
    let before = text.sense_before(at, |s| {
        (s == Sense::DateGlue(DateGlue::BeforeYear) || s == Sense::Glue(Glue::Year)).then_some(())
    });
    let has_cue = before.is_some() || range;
    let date = Date { year: Some(year), ..Date::default() };
    if !(has_cue && CUED_YEARS.contains(&year) || BARE_YEARS.contains(&year))
        || counts_something(text, at + 1, has_cue, year)
    {
        return None;
    }
    if text.sense_before(at, |s| (s == Sense::Label).then_some(())).is_some() {
        return None;
    }
    Some((date, at + 1))
}

/// Whether the figure before `at` counts something: 2000 people, 1950 km.
fn counts_something(text: &TokenizedText<'_>, at: usize, has_cue: bool, year: i32) -> bool {
    let known = text.sense_at(at, |s| match s {
        Sense::Unit(_)
        | Sense::Time(..)
        | Sense::CurrencyNoun(_)
        | Sense::Scale { .. }
        | Sense::Subunit { .. } => Some(()),
        Sense::CurrencyCode { symbol, .. } => symbol.then_some(()),
        _ => None,
    });
    let over = text.sense_end(at, Sense::Glue(Glue::Over)).is_some() && text.lex.style.ordinal_fractions;
    let round = year % 100 == 0 && !has_cue;
    let noun = text.form_at(at) == Some(TokenForm::Word)
        && round
        && (text.lex.style.inverted_tens && text.tokens[at].title
            || !text.lex.style.inverted_tens && text.text_at(at).ends_with('s'));
    known.is_some() || over && round || noun || round && text.len() == 1
}

/// in May, seit April: a month without a year, only behind a word that says so.
fn parse_bare_month(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let (month, end) =
        month_word(text, at).filter(|_| text.tokens[at].title || !text.lex.style.inverted_tens)?;
    let is_month_cue =
        |s| matches!(s, Sense::DateGlue(DateGlue::MonthAlone) | Sense::RelativeNext(_)).then_some(());
    let has_cue = text.sense_before(at, is_month_cue).is_some();
    (has_cue && (text.tokens[at].title || text.lex.style.vigesimal))
        .then(|| existing_date(None, month, None))
        .flatten()
        .map(|d| (d, end))
}

/// early 2019, Mitte 2010, fin 2011.
fn part_before(text: &TokenizedText<'_>, at: usize) -> Option<DatePart> {
    text.sense_before(at, |s| if let Sense::Part(p) = s { Some(p) } else { None })
}

/// The year behind a quarter or half, over "of", "des Jahres".
pub(super) fn year_of(text: &TokenizedText<'_>, at: usize) -> Option<(i32, usize)> {
    let next = skip_separators(text, at);
    let next = text.sense_end(next, Sense::Glue(Glue::Year)).unwrap_or(next);
    year_here(text, next, false, false)
}

/// A comma and a year: what closes `May 5-7, 2013`.
pub(super) fn year_behind(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    year_here(text, skip_separators(text, at), false, false).map(|(_, end)| end)
}
