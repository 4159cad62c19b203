//! Sentences to clauses.

use std::ops::Range;

use crate::text::Span;

/// Runs of words between the signs that separate clauses in English, German and French: commas, semicolons, colons, dashes,
/// brackets. `words` are those of `text`; the ranges are indices into them and leave none out.
#[must_use]
pub fn split_clauses(text: &str, words: &[Span]) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for k in 1..=words.len() {
        let parted = words.get(k).is_none_or(|next| {
            let between = &text[words[k - 1].end..next.start];
            between.contains([',', ';', ':', '–', '—', '(', ')', '[', ']'])
        });
        if parted {
            clauses.push(start..k);
            start = k;
        }
    }
    clauses
}
