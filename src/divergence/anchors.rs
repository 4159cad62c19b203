//! The figures of sentences as anchors of the alignment.

use super::version::Version;
use crate::claims::{self, Value, bare_figure};
use crate::text::Lang;

/// The anchors of each compared sentence.
pub(super) fn sentence_anchors(version: &Version) -> Vec<Vec<String>> {
    let mut anchors = vec![Vec::new(); version.sentences.len()];
    for stated in &version.claims {
        anchors[stated.sentence].extend(value_anchor(&stated.claim.value));
    }
    version.compared_sentences.iter().map(|k| std::mem::take(&mut anchors[*k])).collect()
}

/// The figures of a sentence by value, in a form that is equal in all languages, for
/// [`AlignmentSide::anchors`](crate::align::AlignmentSide::anchors).
#[must_use]
pub fn figure_anchors(sentence: &str, lang: Lang) -> Vec<String> {
    claims::extract_figures(sentence, lang).iter().filter_map(|claim| value_anchor(&claim.value)).collect()
}

/// The anchor of a value; `None` for figures below 10, which are too frequent to align sentences by.
fn value_anchor(value: &Value) -> Option<String> {
    bare_figure(value).filter(|f| f.abs() >= 10.0).map(|f| format!("{f:.6e}"))
}
