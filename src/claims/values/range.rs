//! What two figures share: in `5 to 10 million dollars` and `3 to 5 May 2020` the unit follows the second alone.
//!
//! A range remains two claims, one for each end, so that each can be compared by value.

use super::claim::TokenClaim;
use super::lexicon::{Glue, Sense};
use super::token::{TokenForm, TokenizedText};
use super::{period, year};
use crate::claims::value::{ClaimKind, Date, RangeEnd, Value};

/// Gives the first figure the unit and scale of the second (or the second day the month of the first), and marks
/// the ends of a range.
pub(super) fn join_range(text: &TokenizedText<'_>, first: &mut TokenClaim, second: &mut TokenClaim) {
    if is_part(text, first, second) {
        (first.range, second.range) = (Some(RangeEnd::Part), Some(RangeEnd::Whole));
        return;
    }
    if connector_end(text, first.end) != Some(second.start) {
        return;
    }
    share_unit_and_scale(text, first, second);
    if first.kind == second.kind && is_rising(&first.value, &second.value) && is_range(text, first) {
        (first.range, second.range) = (Some(RangeEnd::From), Some(RangeEnd::To));
    }
}

/// two of the three, zwei der drei, deux des trois: the first counts some of those that the second counts all of.
fn is_part(text: &TokenizedText<'_>, first: &TokenClaim, second: &TokenClaim) -> bool {
    let of = text.sense_end(first.end, Sense::Glue(Glue::Of));
    let Some(of) = of.or_else(|| text.sense_end(first.end, Sense::Glue(Glue::OutOf))) else { return false };
    let the = text.sense_end(of, Sense::Glue(Glue::The)).unwrap_or(of);
    (first.kind, second.kind) == (ClaimKind::Quantity, ClaimKind::Quantity)
        && the == second.start
        && is_rising(&first.value, &second.value)
}

/// Whether the words around the first figure make a range of it and the next: "to", a dash, or "and" after "between".
fn is_range(text: &TokenizedText<'_>, first: &TokenClaim) -> bool {
    if text.is_hyphen(first.end)
        || text.is_sign(first.end, '\u{2014}')
        || text.sense_end(first.end, Sense::Glue(Glue::Range)).is_some()
    {
        return true;
    }
    let start = text.sense_before_at(first.start, |s| {
        matches!(s, Sense::Qualifier(_) | Sense::Glue(Glue::The)).then_some(())
    });
    text.sense_end(first.end, Sense::Glue(Glue::And)).is_some()
        && [Some(first.start), start.map(|((), at)| at)]
            .into_iter()
            .flatten()
            .any(|at| text.has_sense_before(at, |s| s == Sense::Glue(Glue::Between)))
}

/// Whether the second value is greater: a range rises, a score or a vote falls (52-48). Unresolved times other than
/// weekdays do not compare.
fn is_rising(first: &Value, second: &Value) -> bool {
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

fn share_unit_and_scale(text: &TokenizedText<'_>, first: &mut TokenClaim, second: &mut TokenClaim) {
    if let (Value::Date(date), ClaimKind::Quantity) = (&first.value, second.kind) {
        extend_later_day(text, *date, second);
        return;
    }
    // "3 to 5 million people", but not "500 to 2 million", nor two bare figures in a list.
    let named = second.kind != ClaimKind::Quantity || text.form_at(second.end) == Some(TokenForm::Word);
    let scaled = |amount: f64, later_amount: f64| match second.scale {
        Some(scale) if named && first.scale.is_none() && amount < later_amount / scale => amount * scale,
        _ => amount,
    };
    let (Value::Number { amount, qualifier, unit: None }, ClaimKind::Quantity | ClaimKind::Ordinal) =
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
    if first.kind == ClaimKind::Ordinal && second.kind != ClaimKind::Date {
        return;
    }
    let shared = match &second.value {
        Value::Money { amount: whole, currency, among, .. } => Value::Money {
            amount: scaled(amount, *whole),
            currency: *currency,
            among: among.clone(),
            qualifier,
        },
        Value::Number { amount: whole, unit, .. } if second.kind != ClaimKind::Ordinal => {
            Value::Number { amount: scaled(amount, *whole), qualifier, unit: unit.clone() }
        }
        Value::Duration { unit, .. } => Value::Duration { amount, unit: *unit, qualifier },
        Value::Relative { offset, unit, .. } => {
            Value::Relative { offset: amount.copysign(*offset), unit: *unit, qualifier }
        }
        Value::Date(date) if first.kind == ClaimKind::Ordinal && date.day.is_none() => {
            match period::sibling_period(amount, date) {
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

/// May 5-7, 2013: the second day takes the month of the first, and the year behind it.
fn extend_later_day(text: &TokenizedText<'_>, first: Date, second: &mut TokenClaim) {
    let Value::Number { amount, unit: None, .. } = second.value else { return };
    let day = amount as u8;
    if first.day.is_none_or(|d| d >= day) || amount.fract() != 0.0 || day > 31 || first.year.is_none() {
        return;
    }
    if let Some(end) = year::year_behind(text, second.end) {
        second.end = end;
        (second.kind, second.value) = (ClaimKind::Date, Value::Date(Date { day: Some(day), ..first }));
    }
}

/// The token after a connector of two ends of a range.
pub(super) fn connector_end(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    if text.form_at(at) == Some(TokenForm::Sign) {
        let dash = text.is_hyphen(at) || text.is_sign(at, '/') || text.is_sign(at, '\u{2014}');
        return (dash && text.is_glued(at) == text.is_glued(at + 1)).then_some(at + 1);
    }
    text.sense_at(at, |s| matches!(s, Sense::Glue(Glue::Range | Glue::Onto | Glue::And)).then_some(()))
        .map(|((), end)| end)
}
