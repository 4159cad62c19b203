//! Calendar dates in digits and words, possibly partial.

use super::claim::TokenClaim;
use super::lexicon::{DateGlue, Glue, Sense};
use super::number::Number;
use super::token::{TokenForm, TokenizedText};
use super::year::{CUED_YEARS, short_year, skip_separators, year_here};
use super::{numeral, ordinal, period, range, relative};
use crate::claims::value::{ClaimKind, Date, DatePart, Value};

/// Numbers of four digits that are years without a word that announces one.
const BARE_YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

pub(super) fn parse_date(text: &TokenizedText<'_>, at: usize, number: Option<&Number>) -> Option<TokenClaim> {
    // Digits in the middle of a longer run (telephone numbers, file numbers) are no date.
    let first = skip_weekday(text, at).unwrap_or(at);
    let parsed = parse_full_date(text, first).or_else(|| {
        if first != at {
            return None;
        }
        period::parse_period(text, at)
            .or_else(|| parse_bare_year(text, at, number))
            .or_else(|| parse_bare_month(text, at))
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

/// The token after a weekday and its comma.
fn skip_weekday(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    let (_, end) = text.sense_at(at, |s| if let Sense::Weekday(n) = s { Some(n) } else { None })?;
    let end = if text.is_sign(end, ',') || text.is_sign(end, '.') { end + 1 } else { end };
    Some(text.sense_end(end, Sense::Glue(Glue::The)).unwrap_or(end))
}

/// The date, where it exists; without a year, where it exists in a leap year.
fn existing_date(year: Option<i32>, month: u8, day: Option<u8>) -> Option<Date> {
    Date::new(year.unwrap_or(2000), month, day.unwrap_or(1)).map(|date| Date { year, day, ..date })
}

/// 2013-08-05, 5.8.2013, 8/5/13, 2016 10 16, 12-2015.
fn parse_numeric_date(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let first = digits_at(text, at).filter(|d| d.len() <= 4)?;
    let inside =
        text.is_glued(at) && !matches!(text.text_at(at - 1), "(" | "[" | "=" | "\"" | "“" | "„" | "«" | "'");
    if inside {
        return None;
    }
    let (sign, second) = next_date_part(text, at + 1)?;
    let second_digits = digits_at(text, second)?;
    let (a, b) = (first.parse::<i32>().ok()?, second_digits.parse::<i32>().ok()?);
    // "8/12,15" ends in a comma.
    let third = next_date_part(text, second + 1).filter(|(s, _)| *s == sign || (sign == "/" && *s == ","));
    if let Some((_, last)) = third {
        let c = digits_at(text, last)?;
        if !ends_numeric_date(text, last + 1) {
            return None;
        }
        let runs_on = next_date_part(text, last + 1).is_some()
            || at > 0 && digits_at(text, at - 1).is_some() && !text.is_glued(at);
        if sign == " " && runs_on {
            return None;
        }
        let third_number = c.parse::<i32>().ok();
        let date = if first.len() == 4 && c.len() <= 2 && second_digits.len() <= 2 {
            let (year, day) = (a, third_number?);
            existing_date(Some(year), b as u8, Some(day as u8)).filter(|_| CUED_YEARS.contains(&year))?
        } else {
            let year = match c.len() {
                4 => third_number?,
                2 if sign != "," => short_year(third_number?),
                _ => return None,
            };
            if first.len() > 2 || second_digits.len() > 2 || !CUED_YEARS.contains(&year) {
                return None;
            }
            let (day, month) = if text.lex.style.day_first { (a, b) } else { (b, a) };
            existing_date(Some(year), month as u8, Some(day as u8))
                .or_else(|| existing_date(Some(year), day as u8, Some(month as u8)))?
        };
        return Some((date, last + 1));
    }
    // Month and year alone: 12-2015, 2015-12, 08/2013; not with a blank or a dot.
    if !matches!(sign, "-" | "/") || !ends_numeric_date(text, second + 1) {
        return None;
    }
    let (year, month) = match (first.len(), second_digits.len()) {
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

fn digits_at<'a>(text: &TokenizedText<'a>, at: usize) -> Option<&'a str> {
    (text.form_at(at) == Some(TokenForm::Digits)).then(|| text.text_at(at))
}

/// The separator at `at`, a sign glued on both sides or one blank, and the digits behind it.
fn next_date_part<'a>(text: &TokenizedText<'a>, at: usize) -> Option<(&'a str, usize)> {
    if digits_at(text, at).is_some() && !text.is_glued(at) {
        let (a, b) = (text.tokens[at - 1].end as usize, text.tokens[at].start as usize);
        return (b - a == 1).then_some((" ", at));
    }
    let sign = text.text_at(at);
    let fits = matches!(sign, "-" | "/" | "." | "," | "\u{2011}" | "\u{2010}");
    (fits && text.is_glued(at) && text.is_glued(at + 1) && digits_at(text, at + 1).is_some())
        .then_some((sign, at + 1))
}

/// Whether a date in digits can end before `end`: no letter, digit or further part is glued to it.
fn ends_numeric_date(text: &TokenizedText<'_>, end: usize) -> bool {
    let goes_on = text.is_glued(end)
        && (text.form_at(end) != Some(TokenForm::Sign)
            || (text.is_glued(end + 1)
                && matches!(text.form_at(end + 1), Some(TokenForm::Digits | TokenForm::Word))
                && matches!(text.text_at(end), "-" | "/" | "." | "," | ":" | "_")));
    // "2013-08-05T10:00": the time is not part of the value.
    !goes_on || text.text_at(end) == "T"
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
            // "im März 2021 vier Schiffe": a number in words behind month and year is a quantity.
            && (month.is_none() || year.is_none() || text.form_at(next) == Some(TokenForm::Digits))
            && let Some((d, after)) = parse_month_day(text, next)
        {
            (day, end) = (Some(d), after);
        } else {
            break;
        }
        next = skip_separators(text, end);
        if month.is_none() && year.is_some() && text.is_sign(end, ',') {
            return None;
        }
        // Parts before the month belong together only where the month follows.
        if month.is_none() && month_word(text, next).is_none() && month_ordinal(text, next).is_none() {
            let year_between = year.is_none() && year_here(text, next, false, false).is_some();
            if !(year_between && text.is_glued(next)) {
                return None;
            }
        }
    }
    let month = month?;
    if text.is_sign(end - 1, '.') && text.form_at(end - 2) == Some(TokenForm::Digits) {
        // "on April 2.": the dot ends the sentence.
        end -= 1;
    }
    if year.is_none()
        && day.is_some()
        && let Some((_, last)) = range::connector_end(text, end).and_then(|at| parse_month_day(text, at))
    {
        // "May 5-7, 2013": the year follows the second day.
        year = year_here(text, skip_separators(text, last), false, false).map(|(year, _)| year);
    }
    if year.is_none()
        && day.is_none()
        && let Some((_, last)) = range::connector_end(text, end).and_then(|at| month_word(text, at))
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
    existing_date(year, month, day).or_else(|| existing_date(year, month, None)).map(|date| (date, end))
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

/// A year without month, where the words around it allow one.
fn parse_bare_year(text: &TokenizedText<'_>, at: usize, number: Option<&Number>) -> Option<(Date, usize)> {
    // "im Jahr 2001", "année 2010": the word is not part of the date.
    let number = number.filter(|n| n.plain == Some(4) && n.end == at + 1)?;
    let range =
        at > 1 && text.is_hyphen(at - 1) && digits_at(text, at - 2).is_some_and(|digits| digits.len() == 4);
    if text.is_glued(at)
        && text.is_hyphen(at - 1)
        && text.form_at(at - 2) == Some(TokenForm::Digits)
        && !range
    {
        return None;
    }
    let year = number.amount as i32;
    let has_cue = range
        || text.has_sense_before(at, |s| {
            matches!(s, Sense::DateGlue(DateGlue::BeforeYear) | Sense::Glue(Glue::Year))
        });
    let date = Date { year: Some(year), ..Date::default() };
    if !(has_cue && CUED_YEARS.contains(&year) || BARE_YEARS.contains(&year))
        || counts_something(text, at + 1, has_cue, year)
    {
        return None;
    }
    if text.has_sense_before(at, |s| s == Sense::Label) {
        return None;
    }
    Some((date, at + 1))
}

/// Whether the figure before `at` counts something: 2000 people, 1950 km.
fn counts_something(text: &TokenizedText<'_>, at: usize, has_cue: bool, year: i32) -> bool {
    let known = text.has_sense(at, |s| match s {
        Sense::Unit(_)
        | Sense::Time(..)
        | Sense::CurrencyNoun(_)
        | Sense::Scale { .. }
        | Sense::Subunit { .. } => true,
        Sense::CurrencyCode { symbol, .. } => symbol,
        _ => false,
    });
    let over = text.sense_end(at, Sense::Glue(Glue::Over)).is_some() && text.lex.style.ordinal_fractions;
    let round = year % 100 == 0 && !has_cue;
    let noun = text.form_at(at) == Some(TokenForm::Word)
        && round
        && (text.lex.style.inverted_tens && text.tokens[at].title
            || !text.lex.style.inverted_tens && text.text_at(at).ends_with('s'));
    known || over && round || noun || round && text.len() == 1
}

/// in May, seit April: a month without a year, only behind a word that announces one.
fn parse_bare_month(text: &TokenizedText<'_>, at: usize) -> Option<(Date, usize)> {
    let (month, end) =
        month_word(text, at).filter(|_| text.tokens[at].title || !text.lex.style.inverted_tens)?;
    let has_cue = text.has_sense_before(at, |s| {
        matches!(s, Sense::DateGlue(DateGlue::MonthAlone) | Sense::RelativeNext(_))
    });
    (has_cue && (text.tokens[at].title || text.lex.style.vigesimal))
        .then(|| existing_date(None, month, None))
        .flatten()
        .map(|d| (d, end))
}

/// early 2019, Mitte 2010, fin 2011.
fn part_before(text: &TokenizedText<'_>, at: usize) -> Option<DatePart> {
    text.sense_before(at, |s| if let Sense::Part(p) = s { Some(p) } else { None })
}

/// The day of a month: 1 to 31 in digits, with suffix or dot, or as a word.
fn parse_month_day(text: &TokenizedText<'_>, at: usize) -> Option<(u8, usize)> {
    let (n, end) = if text.form_at(at) == Some(TokenForm::Digits) {
        let n = text.text_at(at).parse::<u8>().ok().filter(|_| text.text_at(at).len() <= 2)?;
        let suffix = text.sense_end(at + 1, Sense::OrdinalSuffix).is_some();
        // "16. Nov. 2016" also occurs in English texts.
        let dot = text.is_sign(at + 1, '.') && (text.lex.style.day_first || !text.is_glued(at + 2));
        let end = if text.is_glued(at + 1) && (suffix || dot) { at + 2 } else { at + 1 };
        (n, end)
    } else if let Some((n, end)) = ordinal::parse_word_ordinal(text, at) {
        (n as u8, end)
    } else {
        let number =
            numeral::parse_number(text, at, false).filter(|n| n.plain.is_none() && n.qualifier.is_none())?;
        (number.amount as u8, number.end)
    };
    (1..=31).contains(&n).then_some((n, end))
}
