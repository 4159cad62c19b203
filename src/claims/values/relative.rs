//! Times relative to the publication day: yesterday, last week, on Tuesday, two years ago.

use super::claim::TokenClaim;
use super::lexicon::{Glue, Sense};
use super::token::TokenizedText;
use crate::claims::value::{ClaimKind, TimeUnit, Value};

pub(super) fn parse_relative(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let make_claim = |offset: f64, unit, end| {
        Some(TokenClaim::new(ClaimKind::Date, at, end, Value::Relative { offset, unit, qualifier: None }))
    };
    if let Some((offset, end)) =
        text.sense_at(at, |s| if let Sense::RelativeDay(n) = s { Some(n) } else { None })
    {
        // "am Morgen", "guten Morgen": the noun.
        if text.tokens[at].title && !text.starts_sentence(at) {
            return None;
        }
        return make_claim(f64::from(offset), TimeUnit::Day, end);
    }
    if let Some(((n, unit), end)) = text.time_unit_at(at)
        && let Some((offset, end)) = offset_behind(text, end)
    {
        return make_claim(f64::from(offset) * n, unit, end);
    }
    let next = text.sense_at(at, |s| if let Sense::RelativeNext(n) = s { Some(n) } else { None });
    if let Some((day, end)) = parse_weekday(text, next.map_or(at, |(_, end)| end)) {
        let (side, end) = match (next, offset_behind(text, end)) {
            (Some((side, _)), _) => (Some(side as i8), end),
            (None, Some((side, end))) => (Some(side as i8), end),
            (None, None) => (None, end),
        };
        return Some(TokenClaim::new(ClaimKind::Date, at, end, Value::Weekday { day, side }));
    }
    let (offset, next) = next?;
    let ((n, unit), end) = text.time_unit_at(next)?;
    matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year)
        .then(|| make_claim(f64::from(offset) * n, unit, end))
        .flatten()
}

/// la semaine dernière: an offset behind its unit.
fn offset_behind(text: &TokenizedText<'_>, at: usize) -> Option<(i32, usize)> {
    text.sense_at(at, |s| if let Sense::RelativeAfter(n) = s { Some(n) } else { None })
}

/// Bytes of a weekday without a date. Shorter ones have other meanings: So, Mi, mar., sun.
const MIN_WEEKDAY_LEN: u32 = 5;

/// A weekday without a date.
pub(super) fn parse_weekday(text: &TokenizedText<'_>, at: usize) -> Option<(u8, usize)> {
    let token = text.tokens.get(at).filter(|t| t.end - t.start >= MIN_WEEKDAY_LEN)?;
    let inside = token.glued && at > 0 && text.is_hyphen(at - 1);
    text.sense_at(at, |s| if let Sense::Weekday(n) = s { Some(n) } else { None }).filter(|_| !inside)
}

/// Whether a length of time at tokens `from..to` is an offset from the publication day: the sign of the direction
/// and the end of the words that mark it (two years ago, vor zwei Jahren, dans deux ans).
pub(super) fn time_direction(text: &TokenizedText<'_>, from: usize, to: usize) -> Option<(f64, usize)> {
    let behind = text.sense_at(to, |s| match s {
        Sense::Glue(Glue::AgoAfter) => Some(-1.0),
        Sense::Glue(Glue::AheadAfter) => Some(1.0),
        _ => None,
    });
    if behind.is_some() {
        return behind;
    }
    // "vor mehr als zwei Jahren": past the qualifier.
    let from = text
        .sense_before_at(from, |s| if let Sense::Qualifier(q) = s { Some(q) } else { None })
        .map_or(from, |(_, start)| start);
    let before = text.sense_before(from, |s| match s {
        Sense::Glue(Glue::AgoBefore) => Some(-1.0),
        Sense::Glue(Glue::AheadBefore) => Some(1.0),
        _ => None,
    });
    before.map(|sign| (sign, to))
}
