//! Lengths of time and how often something happens.

use super::claim::TokenClaim;
use super::lexicon::{Glue, Sense};
use super::number::Number;
use super::token::{TokenForm, TokenizedText};
use super::{numeral, ordinal, qualifier, relative};
use crate::claims::value::{ClaimKind, TimeUnit, Value};

/// two weeks, a decade, 5-year, 30 Jahre; as an offset from the publication day it is a date: two years ago.
pub(super) fn parse_duration(
    text: &TokenizedText<'_>,
    at: usize,
    number: Option<&Number>,
) -> Option<TokenClaim> {
    if let Some(((amount, unit), end)) =
        text.sense_at(at, |s| if let Sense::Length(n, unit) = s { Some((n, unit)) } else { None })
    {
        let qualifier = qualifier::qualifier_around(text, at, end);
        return Some(TokenClaim::new(
            ClaimKind::Duration,
            at,
            end,
            Value::Duration { amount, unit, qualifier },
        ));
    }
    let mut needs_half = false;
    let (start, mut amount, mut end, exact) = match number {
        Some(n) if n.share => (
            n.start,
            n.amount,
            text.sense_end(n.end, Sense::Glue(Glue::Article)).unwrap_or(n.end),
            n.qualifier,
        ),
        Some(n) => (n.start, n.amount, n.end, n.qualifier),
        None => {
            // "a week" is a length only behind a word that marks one; else it is "per week" or a point in time.
            let end = text.sense_end(at, Sense::Glue(Glue::Article))?;
            let unit = parse_time_unit(text, end);
            needs_half = !text
                .has_sense_before(at, |s| matches!(s, Sense::Glue(Glue::ArticleTime) | Sense::Qualifier(_)))
                && unit.is_none_or(|(_, _, end)| relative::time_direction(text, at, end).is_none());
            (at, 1.0, end, None)
        }
    };
    if text.is_hyphen(end) && text.is_glued(end) && text.is_glued(end + 1) {
        end += 1;
    }
    let (times, unit, mut end) =
        parse_time_unit(text, text.sense_end(end, Sense::Glue(Glue::Of)).unwrap_or(end))?;
    amount *= times;
    // "a year and a half"
    if let Some(and) = text.sense_end(end, Sense::Glue(Glue::And))
        && let Some(part) = numeral::parse_number(text, and, false).filter(|n| n.share || n.amount == 0.5)
    {
        (amount, end) = (amount + part.amount * times, part.end);
        needs_half = false;
    } else if is_ordinal_place(text, number) {
        return None;
    }
    let (amount, unit, full_end) = extend_duration(text, (amount, unit, end));
    if needs_half && full_end == end {
        return None;
    }
    let end = full_end;
    if unit == TimeUnit::Hour
        && amount <= 24.0
        && text.has_sense_before(start, |s| s == Sense::Glue(Glue::ClockBefore))
    {
        return None;
    }
    let qualifier = exact.or_else(|| qualifier::qualifier_around(text, start, end));
    Some(match relative::time_direction(text, start, end) {
        Some((sign, end)) => TokenClaim::new(
            ClaimKind::Date,
            start,
            end,
            Value::Relative { offset: amount * sign, unit, qualifier },
        ),
        None => TokenClaim::new(ClaimKind::Duration, start, end, Value::Duration { amount, unit, qualifier }),
    })
}

/// "one hour and 20 minutes", "2 Jahre und 3 Monate": one length, in the smaller unit.
fn extend_duration(
    text: &TokenizedText<'_>,
    (amount, unit, end): (f64, TimeUnit, usize),
) -> (f64, TimeUnit, usize) {
    let (smaller, times) = match unit {
        TimeUnit::Year => (TimeUnit::Month, 12.0),
        TimeUnit::Week => (TimeUnit::Day, 7.0),
        TimeUnit::Day => (TimeUnit::Hour, 24.0),
        TimeUnit::Hour => (TimeUnit::Minute, 60.0),
        TimeUnit::Minute => (TimeUnit::Second, 60.0),
        TimeUnit::Month | TimeUnit::Second => return (amount, unit, end),
    };
    let more = numeral::parse_number(text, text.sense_end(end, Sense::Glue(Glue::And)).unwrap_or(end), false)
        .and_then(|rest| Some((rest.amount, parse_time_unit(text, rest.end)?)));
    match more {
        Some((rest, (n, u, end))) if u == smaller => (amount * times + rest * n, smaller, end),
        _ => (amount, unit, end),
    }
}

/// Whether the number continues as an ordinal whose last word is also a unit: "twenty-second", "thirty-second".
fn is_ordinal_place(text: &TokenizedText<'_>, number: Option<&Number>) -> bool {
    number.is_some_and(|n| {
        n.amount > 1.0
            && text.form_at(n.start) == Some(TokenForm::Word)
            && ordinal::parse_word_ordinal(text, n.start).is_some_and(|(_, end)| end > n.end)
    })
}

fn parse_time_unit(text: &TokenizedText<'_>, at: usize) -> Option<(f64, TimeUnit, usize)> {
    text.time_unit_at(at).map(|((n, unit), end)| (n, unit, end))
}

/// every two weeks, daily, twice a year.
pub(super) fn parse_frequency(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let (every, unit, ambiguous, end) = parse_frequency_adverb(text, at)
        .or_else(|| parse_every(text, at))
        .or_else(|| parse_times_per(text, at))?;
    Some(TokenClaim::new(ClaimKind::Frequency, at, end, Value::Frequency { amount: every, unit, ambiguous }))
}

type FrequencyParts = (f64, TimeUnit, bool, usize);

fn parse_frequency_adverb(text: &TokenizedText<'_>, at: usize) -> Option<FrequencyParts> {
    let ((every, unit, ambiguous), end) = text.sense_at(at, |s| match s {
        Sense::Frequency { every, unit, ambiguous } => Some((every, unit, ambiguous)),
        _ => None,
    })?;
    // "the Daily Mail": a capital inside a sentence marks a name.
    (!text.tokens[at].title || text.starts_sentence(at)).then_some((every, unit, ambiguous, end))
}

fn parse_every(text: &TokenizedText<'_>, at: usize) -> Option<FrequencyParts> {
    let mut next = text.sense_end(at, Sense::Glue(Glue::Every))?;
    let mut every = 1.0;
    if let Some(other) = text.sense_end(next, Sense::Glue(Glue::Other)) {
        (every, next) = (2.0, other);
    } else if let Some((n, end)) = ordinal::parse_word_ordinal(text, next) {
        (every, next) = (n, end);
    } else if let Some(number) = numeral::parse_number(text, next, false) {
        (every, next) = (number.amount, number.end);
    }
    // "every other Tuesday"
    let (n, unit, end) = parse_time_unit(text, next)
        .or_else(|| relative::parse_weekday(text, next).map(|(_, end)| (1.0, TimeUnit::Week, end)))?;
    Some((every * n, unit, false, end))
}

/// twice a year, drei Mal pro Woche, deux fois par mois.
fn parse_times_per(text: &TokenizedText<'_>, at: usize) -> Option<FrequencyParts> {
    let counted = text.sense_at(at, |s| if let Sense::Count(n) = s { Some(n) } else { None });
    if let Some((count, next)) = counted
        && let Some((every, unit, ambiguous, end)) = parse_frequency_adverb(text, next)
    {
        // zweimal täglich
        return Some((every / count, unit, ambiguous, end));
    }
    let (count, next) = counted.or_else(|| {
        let number = numeral::parse_number(text, at, false).filter(|n| n.amount > 0.0)?;
        Some((number.amount, text.sense_end(number.end, Sense::Glue(Glue::Times))?))
    })?;
    let (n, unit, end) = parse_time_unit(text, text.sense_end(next, Sense::Glue(Glue::Per))?)?;
    Some((n / count, unit, false, end))
}
