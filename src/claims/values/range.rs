//! What two figures share: in `5 to 10 million dollars` and `3 to 5 May 2020` the first is told only with the second.
//!
//! A range stays two claims, one for each end, so that each can be compared by value.

use super::Found;
use super::lexicon::{Glue, Sense};
use super::token::{Form, Text};
use crate::claims::value::{Date, End, Kind, Value};

/// Gives the earlier figure what it shares with the later (or a later day the month before it), and marks both where
/// they are the ends of a range.
pub(super) fn join(text: &Text<'_>, first: &mut Found, second: &mut Found) {
    if is_part(text, first, second) {
        (first.range, second.range) = (Some(End::Part), Some(End::Whole));
        return;
    }
    if connector(text, first.end) != Some(second.start) {
        return;
    }
    share(text, first, second);
    if first.kind == second.kind && rises(&first.value, &second.value) && is_range(text, first) {
        (first.range, second.range) = (Some(End::From), Some(End::To));
    }
}

/// two of the three, zwei der drei, deux des trois: the first counts some of those that the second counts all of.
fn is_part(text: &Text<'_>, first: &Found, second: &Found) -> bool {
    let glue = |at, glue| text.is(at, Sense::Glue(glue));
    let Some(of) = glue(first.end, Glue::Of).or_else(|| glue(first.end, Glue::OutOf)) else { return false };
    let the = glue(of, Glue::The).unwrap_or(of);
    (first.kind, second.kind) == (Kind::Quantity, Kind::Quantity)
        && the == second.start
        && rises(&first.value, &second.value)
}

/// Whether the words around the first figure make a range of it and the next: "to", a dash, or "and" after "between".
fn is_range(text: &Text<'_>, first: &Found) -> bool {
    if text.is_hyphen(first.end)
        || text.is_sign(first.end, '\u{2014}')
        || text.is(first.end, Sense::Glue(Glue::Range)).is_some()
    {
        return true;
    }
    let start = text
        .before_at(first.start, |s| matches!(s, Sense::Qualifier(_) | Sense::Glue(Glue::The)).then_some(()));
    text.is(first.end, Sense::Glue(Glue::And)).is_some()
        && [Some(first.start), start.map(|((), at)| at)]
            .into_iter()
            .flatten()
            .any(|at| text.before(at, |s| (s == Sense::Glue(Glue::Between)).then_some(())).is_some())
}

/// A score or a vote falls (52-48); a range rises. Of times that are not resolved nothing is known.
fn rises(first: &Value, second: &Value) -> bool {
    match (first, second) {
        (Value::Number { amount: x, unit: u, .. }, Value::Number { amount: y, unit: v, .. }) => {
            x < y && u == v
        }
        (Value::Money { amount: x, currency: c, .. }, Value::Money { amount: y, currency: d, .. }) => {
            x < y && c == d
        }
        (Value::Duration { amount: x, unit: u, .. }, Value::Duration { amount: y, unit: v, .. }) => {
            u != v || x < y
        }
        (Value::Date(x), Value::Date(y)) => (x.year, x.month, x.day) < (y.year, y.month, y.day),
        (Value::Weekday { .. }, Value::Weekday { .. }) => true,
        _ => false,
    }
}

fn share(text: &Text<'_>, first: &mut Found, second: &mut Found) {
    if let (Value::Date(date), Kind::Quantity) = (&first.value, second.kind) {
        later_day(text, *date, second);
        return;
    }
    // "3 to 5 million people", but "500 to 2 million" as it stands, and so two bare figures in a list.
    let named = second.kind != Kind::Quantity || text.form(second.end) == Some(Form::Word);
    let scaled = |amount: f64, whole: f64| match second.scale {
        Some(scale) if named && first.scale.is_none() && amount < whole / scale => amount * scale,
        _ => amount,
    };
    let (Value::Number { amount, qualifier, unit: None }, Kind::Quantity | Kind::Ordinal) =
        (&first.value, first.kind)
    else {
        if let (Value::Money { amount, .. }, Value::Money { amount: whole, .. }) =
            (&mut first.value, &second.value)
        {
            *amount = scaled(*amount, *whole);
        }
        return;
    };
    let (amount, qualifier) = (*amount, *qualifier);
    if first.kind == Kind::Ordinal && second.kind != Kind::Date {
        return;
    }
    let shared = match &second.value {
        Value::Money { amount: whole, currency, among, .. } => Value::Money {
            amount: scaled(amount, *whole),
            currency: *currency,
            among: among.clone(),
            qualifier,
        },
        Value::Number { amount: whole, unit, .. } if second.kind != Kind::Ordinal => {
            Value::Number { amount: scaled(amount, *whole), qualifier, unit: unit.clone() }
        }
        Value::Duration { unit, .. } => Value::Duration { amount, unit: *unit, qualifier },
        Value::Relative { offset, unit, .. } => {
            Value::Relative { offset: amount.copysign(*offset), unit: *unit, qualifier }
        }
        Value::Date(date) if first.kind == Kind::Ordinal && date.day.is_none() => {
            match super::period::of(amount, date) {
                Some(date) => Value::Date(date),
                None => return,
            }
        }
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

/// The token after what joins two ends of a range.
pub(super) fn connector(text: &Text<'_>, at: usize) -> Option<usize> {
    if text.form(at) == Some(Form::Sign) {
        let dash = text.is_hyphen(at) || text.is_sign(at, '/') || text.is_sign(at, '\u{2014}');
        return (dash && text.glued(at) == text.glued(at + 1)).then_some(at + 1);
    }
    text.find(at, |s| matches!(s, Sense::Glue(Glue::Range | Glue::Onto | Glue::And)).then_some(()))
        .map(|((), end)| end)
}
