//! The signs of a garbled text that stand alone: one file a sign, one registry.

mod capital;
mod contraction;
mod leftover;
mod listed;
mod note;
mod shape;

use super::text::{Line, Text};
use super::{Garbling, Sign, SignRule};
use crate::text::{Lang, Span};

/// How many there are.
pub(super) const COUNT: usize = 9;

/// All signs. One that overlaps a sign of an earlier rule is not counted.
pub static SIGNS: [SignRule; COUNT] = [
    listed::NAME,
    leftover::RULE,
    listed::PHRASE,
    listed::CALQUE,
    contraction::RULE,
    note::RULE,
    capital::RULE,
    shape::RULE,
    listed::WORD,
];

/// One place that a sign found.
#[derive(Debug)]
pub(super) struct Hit {
    sentence: usize,
    span: Span,
    meant: Vec<String>,
    from: Option<Lang>,
}

impl Hit {
    fn new(line: &Line, span: Span) -> Self {
        Self { sentence: line.sentence, span, meant: Vec::new(), from: None }
    }
}

/// What all signs find, in the order of the text.
pub(super) fn all(text: &Text<'_>) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    for rule in &SIGNS {
        let mut hits = (rule.check)(text);
        hits.retain(|hit| {
            let after = found.partition_point(|sign| sign.span.end <= hit.span.start);
            found.get(after).is_none_or(|sign| !sign.span.overlaps(hit.span))
        });
        let sign = |hit: Hit| Sign {
            rule,
            sentence: hit.sentence,
            span: hit.span,
            meant: hit.meant,
            from: hit.from,
        };
        found.extend(hits.into_iter().map(sign));
        found.sort_by_key(|sign| (sign.span.start, sign.span.end));
    }
    found
}
