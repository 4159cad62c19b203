//! Counts and measures: the number that is left when nothing else claimed it.

use super::lexicon::{Glue, One, Sense};
use super::number::Number;
use super::token::{Form, Text};
use super::{Found, lookalike, qualifier};
use crate::claims::value::{Kind, Value};

pub(super) fn read(text: &Text<'_>, number: &Number) -> Option<Found> {
    let Number { start, end, amount, scale, .. } = *number;
    if lookalike::is(text, number) || number.share && !is_share(text, number) {
        return None;
    }
    if number.one && !is_one(text, number) {
        return None;
    }
    let unit = unit(text, end);
    // "two-faced", "mille-feuille": part of a word; "three-member" and "27-nation" count something.
    let joined = text.is_hyphen(end) && text.glued(end) && text.glued(end + 1);
    if joined
        && unit.is_none()
        && text.form(start) == Some(Form::Word)
        && text.form(end + 1) == Some(Form::Word)
    {
        return None;
    }
    let qualifier = number.qualifier.or_else(|| qualifier::around(text, start, end));
    let value = Value::Number { amount, qualifier, unit };
    Some(Found { scale, ..Found::new(Kind::Quantity, start, end, value) })
}

/// "half of them", "a quarter of it"; "the first half of" and "the third quarter of" are times.
fn is_share(text: &Text<'_>, number: &Number) -> bool {
    let place = text.before(number.start, |s| matches!(s, Sense::Ordinal(_)).then_some(())).is_some();
    let article = text.is(number.start, Sense::Glue(Glue::Article)).is_some();
    text.is(number.end, Sense::Glue(Glue::Of)).is_some() && !place && (article || number.amount == 0.5)
}

/// Whether a bare "one" counts.
fn is_one(text: &Text<'_>, number: &Number) -> bool {
    let around = |sense| move |s: Sense| (s == Sense::One(sense)).then_some(());
    text.before(number.start, around(One::NotAfter)).is_none()
        && text.find(number.end, around(One::NotBefore)).is_none()
}

fn unit(text: &Text<'_>, at: usize) -> Option<String> {
    let of = text.is(at, Sense::Glue(Glue::Of)).unwrap_or(at);
    let of = text.is(of, Sense::Glue(Glue::Article)).filter(|_| of > at).unwrap_or(of);
    let at = if text.is_hyphen(of) && text.glued(of) && text.glued(of + 1) { of + 1 } else { of };
    text.find(at, |s| if let Sense::Unit(u) = s { Some(u) } else { None })
        .map(|(u, _)| text.lex.unit(u).to_owned())
}
