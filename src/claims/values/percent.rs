//! Shares in per cent and differences in percentage points.

use super::lexicon::{Glue, Sense};
use super::number::Number;
use super::token::Text;
use super::{Found, qualifier};
use crate::claims::value::{Kind, Value};

pub(super) fn read(text: &Text<'_>, at: usize, number: Option<&Number>) -> Option<Found> {
    let Some(number) = number else { return one(text, at).or_else(|| before(text, at)) };
    let mut end = number.end;
    if number.share {
        // half a percent
        end = text.is(end, Sense::Glue(Glue::Article)).unwrap_or(end);
    }
    let hyphen = text.glued(end) && text.is_hyphen(end) && text.glued(end + 1);
    let (point, end) = sign(text, if hyphen { end + 1 } else { end }).or_else(|| {
        text.is(end, Sense::Glue(Glue::Of)).and_then(|of| {
            // a quarter of a percent
            sign(text, text.is(of, Sense::Glue(Glue::Article)).unwrap_or(of))
        })
    })?;
    Some(found(text, number.start, end, number, point))
}

/// "ein Prozent", where the article is also the number's word.
fn one(text: &Text<'_>, at: usize) -> Option<Found> {
    let article = text.is(at, Sense::Glue(Glue::Article))?;
    text.is(at, Sense::Cardinal(1.0))?;
    let (point, end) = sign(text, article)?;
    Some(found(text, at, end, &Number::new(at, article, 1.0), point))
}

/// Whether the sign or word at `at` means points, and the token after it.
pub(super) fn sign(text: &Text<'_>, at: usize) -> Option<(bool, usize)> {
    text.find(at, |s| match s {
        Sense::Glue(Glue::PercentagePoint) => Some(true),
        Sense::Glue(Glue::Percent) => Some(false),
        _ => None,
    })
}

/// The word before the figure: `per cent of 210`.
fn before(text: &Text<'_>, at: usize) -> Option<Found> {
    let (point, of) = sign(text, at)?;
    let number = super::number::parse(text, text.is(of, Sense::Glue(Glue::Of))?, false)?;
    (text.ends(number.end) && !number.share).then(|| found(text, at, number.end, &number, point))
}

fn found(text: &Text<'_>, start: usize, end: usize, number: &Number, point: bool) -> Found {
    let value = Value::Number {
        amount: number.amount,
        qualifier: number.qualifier.or_else(|| qualifier::around(text, start, end)),
        unit: point.then(|| "percentage point".to_owned()),
    };
    Found::new(Kind::Percent, start, end, value)
}
