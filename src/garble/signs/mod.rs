//! The signs of a garbled text that need no second version: one file a sign, one registry.

mod capital;
mod contraction;
mod leftover;
mod listed;
mod note;
mod shape;
mod sign;

pub use sign::{GarbleSign, Garbling, SignRule};

use super::text::GarbleText;

/// The number of [`SIGNS`].
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

/// The signs in a text, in its order.
pub(super) fn find_signs(text: &GarbleText<'_>) -> Vec<GarbleSign> {
    let mut signs: Vec<GarbleSign> = Vec::new();
    for rule in &SIGNS {
        let mut hits = (rule.find_hits)(text);
        hits.retain(|hit| {
            let after = signs.partition_point(|sign| sign.span.end <= hit.span.start);
            signs.get(after).is_none_or(|sign| !sign.span.overlaps_span(hit.span))
        });
        signs.extend(hits.into_iter().map(|hit| GarbleSign {
            rule,
            sentence: hit.sentence,
            span: hit.span,
            meant: hit.meant,
            from_lang: hit.from_lang,
        }));
        signs.sort_by_key(|sign| (sign.span.start, sign.span.end));
    }
    signs
}
