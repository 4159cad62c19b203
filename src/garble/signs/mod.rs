//! The signs of a garbled text that stand alone: one file a sign, one registry.

mod capital;
mod contraction;
mod leftover;
mod listed;
mod note;
mod shape;

use super::text::{GarbleLine, GarbleText};
use super::{GarbleSign, Garbling, SignRule};
use crate::text::{Lang, Span};

/// How many there are.
pub(super) const SIGN_COUNT: usize = 9;

/// All signs. One that overlaps a sign of an earlier rule is not counted.
pub static SIGNS: [SignRule; SIGN_COUNT] = [
    listed::NAME_RULE,
    leftover::RULE,
    listed::PHRASE_RULE,
    listed::CALQUE_RULE,
    contraction::RULE,
    note::RULE,
    capital::RULE,
    shape::RULE,
    listed::WORD_RULE,
];

/// One place that a sign found.
#[derive(Debug)]
pub(super) struct SignHit {
    sentence: usize,
    span: Span,
    meant: Vec<String>,
    from_lang: Option<Lang>,
}

impl SignHit {
    fn new(line: &GarbleLine, span: Span) -> Self {
        Self { sentence: line.sentence, span, meant: Vec::new(), from_lang: None }
    }
}

/// What all signs find, in the order of the text.
pub(super) fn find_signs(text: &GarbleText<'_>) -> Vec<GarbleSign> {
    let mut signs: Vec<GarbleSign> = Vec::new();
    for rule in &SIGNS {
        let mut hits = (rule.find_hits)(text);
        hits.retain(|hit| {
            let after = signs.partition_point(|sign| sign.span.end <= hit.span.start);
            signs.get(after).is_none_or(|sign| !sign.span.overlaps_span(hit.span))
        });
        let sign = |hit: SignHit| GarbleSign {
            rule,
            sentence: hit.sentence,
            span: hit.span,
            meant: hit.meant,
            from_lang: hit.from_lang,
        };
        signs.extend(hits.into_iter().map(sign));
        signs.sort_by_key(|sign| (sign.span.start, sign.span.end));
    }
    signs
}
