//! Lengths of time and how often something happens.

use super::lexicon::{Glue, Sense};
use super::number::Number;
use super::token::Text;
use super::{Found, qualifier, relative};
use crate::claims::value::{Kind, Unit, Value};

/// two weeks, a decade, 5-year, 30 Jahre; told from now it is a time: two years ago.
pub(super) fn length(text: &Text<'_>, at: usize, number: Option<&Number>) -> Option<Found> {
    if let Some(((amount, unit), end)) =
        text.find(at, |s| if let Sense::Length(n, unit) = s { Some((n, unit)) } else { None })
    {
        let qualifier = qualifier::around(text, at, end);
        return Some(Found::new(Kind::Duration, at, end, Value::Duration { amount, unit, qualifier }));
    }
    let mut needs_half = false;
    let (start, mut amount, mut end, exact) = match number {
        Some(n) if n.share => {
            (n.start, n.amount, text.is(n.end, Sense::Glue(Glue::Article)).unwrap_or(n.end), n.qualifier)
        }
        Some(n) => (n.start, n.amount, n.end, n.qualifier),
        None => {
            // "a week" is a length where the words before say so; else it is "per week" or a point in time.
            let end = text.is(at, Sense::Glue(Glue::Article))?;
            let told = |s| matches!(s, Sense::Glue(Glue::ArticleTime) | Sense::Qualifier(_)).then_some(());
            let unit = time(text, end);
            needs_half = text.before(at, told).is_none()
                && unit.is_none_or(|(_, _, end)| relative::direction(text, at, end).is_none());
            (at, 1.0, end, None)
        }
    };
    if text.is_hyphen(end) && text.glued(end) && text.glued(end + 1) {
        end += 1;
    }
    let (times, unit, mut end) = time(text, text.is(end, Sense::Glue(Glue::Of)).unwrap_or(end))?;
    amount *= times;
    // "a year and a half"
    if let Some(and) = text.is(end, Sense::Glue(Glue::And))
        && let Some(part) = super::number::parse(text, and, false).filter(|n| n.share || n.amount == 0.5)
    {
        (amount, end) = (amount + part.amount * times, part.end);
        needs_half = false;
    } else if place(text, number) {
        return None;
    }
    let (amount, unit, whole) = and_more(text, (amount, unit, end));
    if needs_half && whole == end {
        return None;
    }
    let end = whole;
    let clock = |s| (s == Sense::Glue(Glue::ClockBefore)).then_some(());
    if unit == Unit::Hour && amount <= 24.0 && text.before(start, clock).is_some() {
        return None;
    }
    let qualifier = exact.or_else(|| qualifier::around(text, start, end));
    Some(match relative::direction(text, start, end) {
        Some((sign, end)) => {
            Found::new(Kind::Date, start, end, Value::Relative { offset: amount * sign, unit, qualifier })
        }
        None => Found::new(Kind::Duration, start, end, Value::Duration { amount, unit, qualifier }),
    })
}

/// "one hour and 20 minutes", "2 Jahre und 3 Monate": one length, told in the smaller unit.
fn and_more(text: &Text<'_>, (amount, unit, end): (f64, Unit, usize)) -> (f64, Unit, usize) {
    let (smaller, times) = match unit {
        Unit::Year => (Unit::Month, 12.0),
        Unit::Week => (Unit::Day, 7.0),
        Unit::Day => (Unit::Hour, 24.0),
        Unit::Hour => (Unit::Minute, 60.0),
        Unit::Minute => (Unit::Second, 60.0),
        Unit::Month | Unit::Second => return (amount, unit, end),
    };
    let more = super::number::parse(text, text.is(end, Sense::Glue(Glue::And)).unwrap_or(end), false)
        .and_then(|rest| Some((rest.amount, time(text, rest.end)?)));
    match more {
        Some((rest, (n, u, end))) if u == smaller => (amount * times + rest * n, smaller, end),
        _ => (amount, unit, end),
    }
}

/// "twenty-second", "thirty-second": words that end in the unit's singular are an ordinal.
fn place(text: &Text<'_>, number: Option<&Number>) -> bool {
    number.is_some_and(|n| {
        n.amount > 1.0
            && text.form(n.start) == Some(super::token::Form::Word)
            && super::ordinal::in_words(text, n.start).is_some_and(|(_, end)| end > n.end)
    })
}

fn time(text: &Text<'_>, at: usize) -> Option<(f64, Unit, usize)> {
    text.find(at, |s| if let Sense::Time(n, unit) = s { Some((n, unit)) } else { None })
        .map(|((n, u), end)| (n, u, end))
}

/// every two weeks, daily, twice a year.
pub(super) fn frequency(text: &Text<'_>, at: usize) -> Option<Found> {
    let (every, unit, ambiguous, end) =
        adverb(text, at).or_else(|| each(text, at)).or_else(|| times(text, at))?;
    Some(Found::new(Kind::Frequency, at, end, Value::Frequency { amount: every, unit, ambiguous }))
}

type Every = (f64, Unit, bool, usize);

fn adverb(text: &Text<'_>, at: usize) -> Option<Every> {
    let ((every, unit, ambiguous), end) = text.find(at, |s| match s {
        Sense::Frequency { every, unit, ambiguous } => Some((every, unit, ambiguous)),
        _ => None,
    })?;
    // "the Daily Mail": a capital inside a sentence names something.
    (!text.tokens[at].title || text.starts_sentence(at)).then_some((every, unit, ambiguous, end))
}

fn each(text: &Text<'_>, at: usize) -> Option<Every> {
    let mut next = text.is(at, Sense::Glue(Glue::Every))?;
    let mut every = 1.0;
    if let Some(other) = text.is(next, Sense::Glue(Glue::Other)) {
        (every, next) = (2.0, other);
    } else if let Some((n, end)) = super::ordinal::in_words(text, next) {
        (every, next) = (n, end);
    } else if let Some(number) = super::number::parse(text, next, false) {
        (every, next) = (number.amount, number.end);
    }
    // "every other Tuesday"
    let weekday = || relative::weekday(text, next).map(|(_, end)| (1.0, Unit::Week, end));
    let (n, unit, end) = time(text, next).or_else(weekday)?;
    Some((every * n, unit, false, end))
}

/// twice a year, drei Mal pro Woche, deux fois par mois.
fn times(text: &Text<'_>, at: usize) -> Option<Every> {
    let counted = text.find(at, |s| if let Sense::Count(n) = s { Some(n) } else { None });
    if let Some((count, next)) = counted
        && let Some((every, unit, ambiguous, end)) = adverb(text, next)
    {
        // zweimal täglich
        return Some((every / count, unit, ambiguous, end));
    }
    let (count, next) = counted.or_else(|| {
        let number = super::number::parse(text, at, false).filter(|n| n.amount > 0.0)?;
        Some((number.amount, text.is(number.end, Sense::Glue(Glue::Times))?))
    })?;
    let (n, unit, end) = time(text, text.is(next, Sense::Glue(Glue::Per))?)?;
    Some((n / count, unit, false, end))
}
