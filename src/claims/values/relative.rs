//! Days and years that are told from the text's own day: yesterday, last week, on Tuesday, two years ago.

use super::TokenClaim;
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
    let time = |at| text.sense_at(at, |s| if let Sense::Time(n, unit) = s { Some((n, unit)) } else { None });
    let after = |at| text.sense_at(at, |s| if let Sense::RelativeAfter(n) = s { Some(n) } else { None });
    if let Some(((n, unit), end)) = time(at)
        && let Some((offset, end)) = after(end)
    {
        return make_claim(f64::from(offset) * n, unit, end);
    }
    let next = text.sense_at(at, |s| if let Sense::RelativeNext(n) = s { Some(n) } else { None });
    if let Some((day, end)) = parse_weekday(text, next.map_or(at, |(_, end)| end)) {
        let (side, end) = match (next, after(end)) {
            (Some((side, _)), _) => (Some(side as i8), end),
            (None, Some((side, end))) => (Some(side as i8), end),
            (None, None) => (None, end),
        };
        return Some(TokenClaim::new(ClaimKind::Date, at, end, Value::Weekday { day, side }));
    }
    let (offset, next) = next?;
    let ((n, unit), end) = time(next)?;
    matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year)
        .then(|| make_claim(f64::from(offset) * n, unit, end))
        .flatten()
}

/// Shorter words for a day of the week mean something else alone: So, Mi, mar., sun.
const MIN_WEEKDAY_LEN: u32 = 5;

/// A weekday that stands alone.
pub(super) fn parse_weekday(text: &TokenizedText<'_>, at: usize) -> Option<(u8, usize)> {
    let token = text.tokens.get(at).filter(|t| t.end - t.start >= MIN_WEEKDAY_LEN)?;
    let inside = token.glued && at > 0 && text.is_hyphen(at - 1);
    text.sense_at(at, |s| if let Sense::Weekday(n) = s { Some(n) } else { None }).filter(|_| !inside)
}

/// Whether a length of time at tokens `from..to` is told from now, with the sign of the direction and the end of the
/// words that say so: two years ago, vor zwei Jahren, dans deux ans.
pub(super) fn time_direction(text: &TokenizedText<'_>, from: usize, to: usize) -> Option<(f64, usize)> {
    let side = |s| match s {
        Sense::Glue(Glue::AgoAfter) => Some((-1.0, true)),
        Sense::Glue(Glue::AheadAfter) => Some((1.0, true)),
        Sense::Glue(Glue::AgoBefore) => Some((-1.0, false)),
        Sense::Glue(Glue::AheadBefore) => Some((1.0, false)),
        _ => None,
    };
    if let Some(((sign, _), end)) = text.sense_at(to, |s| side(s).filter(|(_, after)| *after)) {
        return Some((sign, end));
    }
    // "vor mehr als zwei Jahren": past the qualifier.
    let from = text
        .sense_before_at(from, |s| if let Sense::Qualifier(q) = s { Some(q) } else { None })
        .map_or(from, |(_, start)| start);
    text.sense_before(from, |s| side(s).filter(|(_, after)| !after)).map(|(sign, _)| (sign, to))
}
