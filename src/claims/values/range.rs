//! What two figures share: in `5 to 10 million dollars` and `3 to 5 May 2020` the first is told only with the second.
//!
//! A range stays two claims, one for each end, so that each can be compared by value.

use super::Found;
use super::lexicon::{Glue, Sense};
use super::token::{Form, Text};
use crate::claims::value::{Date, Kind, Value};

/// Gives the earlier figure what it shares with the later (or a later day the month before it).
pub(super) fn share(text: &Text<'_>, first: &mut Found, second: &mut Found) {
    if !connected(text, first.end, second.start) {
        return;
    }
    if let (Value::Date(date), Kind::Quantity) = (&first.value, second.kind) {
        later_day(text, *date, second);
        return;
    }
    let (Value::Number { amount, qualifier, unit: None }, Kind::Quantity | Kind::Ordinal) =
        (&first.value, first.kind)
    else {
        if let (Value::Money { amount, .. }, Value::Money { .. }) = (&mut first.value, &second.value)
            && let (None, Some(scale)) = (first.scale, second.scale)
            && *amount < 1000.0
        {
            *amount *= scale;
        }
        return;
    };
    let (amount, qualifier) = (*amount, *qualifier);
    if first.kind == Kind::Ordinal && second.kind != Kind::Date {
        return;
    }
    let shared = match &second.value {
        Value::Money { currency, .. } => {
            let scale = second.scale.filter(|_| first.scale.is_none() && amount < 1000.0).unwrap_or(1.0);
            Value::Money { amount: amount * scale, currency: *currency, qualifier }
        }
        Value::Number { unit, .. } if second.kind != Kind::Ordinal => {
            Value::Number { amount, qualifier, unit: unit.clone() }
        }
        Value::Duration { unit, .. } => Value::Duration { amount, unit: *unit, qualifier },
        Value::Date(date)
            if date.day.is_some() && amount.fract() == 0.0 && (1.0..=31.0).contains(&amount) =>
        {
            Value::Date(Date { day: Some(amount as u8), ..*date })
        }
        _ => return,
    };
    (first.kind, first.value) = (second.kind, shared);
}

/// May 5-7, 2013: the second day takes the month, and the year behind it.
fn later_day(text: &Text<'_>, first: Date, second: &mut Found) {
    let Value::Number { amount, unit: None, .. } = second.value else { return };
    let day = amount as u8;
    if first.day.is_none_or(|d| d >= day) || amount.fract() != 0.0 || day > 31 || first.year.is_none() {
        return;
    }
    if let Some(end) = super::date::year_behind(text, second.end) {
        second.end = end;
        (second.kind, second.value) = (Kind::Date, Value::Date(Date { day: Some(day), ..first }));
    }
}

/// Whether only "to", "and", a dash or a slash stands between two figures.
pub(super) fn connected(text: &Text<'_>, end: usize, start: usize) -> bool {
    connector(text, end) == Some(start)
}

/// The token after what joins two ends of a range.
pub(super) fn connector(text: &Text<'_>, at: usize) -> Option<usize> {
    if text.form(at) == Some(Form::Sign) {
        let dash = text.is_hyphen(at) || text.is_sign(at, '/') || text.is_sign(at, '\u{2014}');
        return (dash && text.glued(at) == text.glued(at + 1)).then_some(at + 1);
    }
    text.find(at, |s| matches!(s, Sense::Glue(Glue::Range | Glue::And)).then_some(())).map(|((), end)| end)
}
