//! How exactly a figure is meant: the words right before it, or right behind.

use super::lexicon::Sense;
use super::token::TokenizedText;
use crate::claims::value::Qualifier;

/// The qualifier of the figure at tokens `from..to`.
pub(super) fn qualifier_around(text: &TokenizedText<'_>, from: usize, to: usize) -> Option<Qualifier> {
    let before = text.sense_before(from, |s| match s {
        Sense::Qualifier(q) => Some(Some(q)),
        Sense::Unqualified => Some(None),
        _ => None,
    });
    before.flatten().or_else(|| {
        text.sense_at(to, |s| if let Sense::QualifierAfter(q) = s { Some(q) } else { None }).map(|(q, _)| q)
    })
}
