//! Shares in per cent and differences in percentage points.

use super::claim::TokenClaim;
use super::lexicon::{Glue, Sense};
use super::number::Number;
use super::token::TokenizedText;
use super::{numeral, qualifier};
use crate::claims::value::{ClaimKind, Value};

pub(super) fn parse_percent(
    text: &TokenizedText<'_>,
    at: usize,
    number: Option<&Number>,
) -> Option<TokenClaim> {
    let Some(number) = number else {
        return parse_one_percent(text, at).or_else(|| parse_prefixed_percent(text, at));
    };
    let mut end = number.end;
    if number.share {
        // half a percent
        end = text.sense_end(end, Sense::Glue(Glue::Article)).unwrap_or(end);
    }
    let hyphen = text.is_glued(end) && text.is_hyphen(end) && text.is_glued(end + 1);
    let (point, end) = parse_percent_sign(text, if hyphen { end + 1 } else { end }).or_else(|| {
        text.sense_end(end, Sense::Glue(Glue::Of)).and_then(|of| {
            // a quarter of a percent
            parse_percent_sign(text, text.sense_end(of, Sense::Glue(Glue::Article)).unwrap_or(of))
        })
    })?;
    Some(make_percent_claim(text, number.start, end, number, point))
}

/// "ein Prozent", where the article is also the number's word.
fn parse_one_percent(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let article = text.sense_end(at, Sense::Glue(Glue::Article))?;
    text.sense_end(at, Sense::Cardinal(1.0))?;
    let (point, end) = parse_percent_sign(text, article)?;
    Some(make_percent_claim(text, at, end, &Number::new(at, article, 1.0), point))
}

/// A percent sign or word at `at`: whether it means percentage points, and the token after it.
pub(super) fn parse_percent_sign(text: &TokenizedText<'_>, at: usize) -> Option<(bool, usize)> {
    text.sense_at(at, |s| match s {
        Sense::Glue(Glue::PercentagePoint) => Some(true),
        Sense::Glue(Glue::Percent) => Some(false),
        _ => None,
    })
}

/// The word before the figure: `per cent of 210`.
fn parse_prefixed_percent(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let (point, of) = parse_percent_sign(text, at)?;
    let number = numeral::parse_number(text, text.sense_end(of, Sense::Glue(Glue::Of))?, false)?;
    (text.ends_phrase(number.end) && !number.share)
        .then(|| make_percent_claim(text, at, number.end, &number, point))
}

fn make_percent_claim(
    text: &TokenizedText<'_>,
    start: usize,
    end: usize,
    number: &Number,
    point: bool,
) -> TokenClaim {
    let value = Value::Number {
        amount: number.amount,
        qualifier: number.qualifier.or_else(|| qualifier::qualifier_around(text, start, end)),
        unit: point.then(|| "percentage point".to_owned()),
    };
    TokenClaim::new(ClaimKind::Percent, start, end, value)
}
