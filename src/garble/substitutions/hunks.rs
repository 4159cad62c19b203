//! Substitutions between copies in one language: runs of words that differ, paired by meaning.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::aligned_words::{AlignedWords, MIN_INFORMATION, max_value, phrase_span};
use super::row::{Basis, SubstitutionPlace};
use super::text_vectors::TextVectors;
use crate::claims::ClaimKind;
use crate::divergence::Version;
use crate::segment::FoldedWord;
use crate::text::Span;

/// Most words of a phrase that is replaced as one.
pub(super) const MAX_PHRASE_WORDS: usize = 3;

/// Most words of a hunk; longer runs were written anew, not replaced one by one.
const MAX_HUNK_WORDS: usize = 8;

/// Least share of equal words in sentences that are copies of one another.
const MIN_COPIED_SHARE: f32 = 0.4;

/// Least cosine of synonyms: the nearest words with another meaning have less.
const MIN_SYNONYM_COSINE: f32 = 0.45;

/// A run of words in the place of another one, as indices into the words of the two sides.
pub(super) struct ChangedHunk {
    pub(super) own: Range<usize>,
    pub(super) other: Range<usize>,
}

impl AlignedWords {
    /// The runs of words that differ, where the two sides are copies.
    pub(super) fn changed_hunks(&self) -> Vec<ChangedHunk> {
        let [own, other] = [&self.own, &self.other]
            .map(|words| words.iter().map(|w| w.bare_form(false).to_owned()).collect::<Vec<_>>());
        let ops = capture_diff_slices(Algorithm::Myers, &own, &other);
        let equal: usize =
            ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(|op| op.old_range().len()).sum();
        if (equal as f32) < MIN_COPIED_SHARE * own.len().max(other.len()) as f32 {
            return Vec::new();
        }
        let replaced = ops.iter().filter(|op| matches!(op, DiffOp::Replace { .. }));
        let hunks = replaced.map(|op| ChangedHunk { own: op.old_range(), other: op.new_range() });
        hunks.filter(|hunk| hunk.own.len().max(hunk.other.len()) <= MAX_HUNK_WORDS).collect()
    }

    /// The pairs of phrases of each hunk that have a near meaning.
    pub(super) fn aligned_places(
        &self,
        versions: [&Version; 2],
        vectors: &TextVectors,
    ) -> Vec<SubstitutionPlace> {
        let texts = versions.map(|version| version.article.text.as_str());
        let mut places = Vec::new();
        for hunk in self.changed_hunks() {
            for (own, other) in pair_phrases(&hunk, |own, other| {
                vectors.text_cosine(
                    phrase_span(&self.own[own], texts[0]).slice(texts[0]),
                    phrase_span(&self.other[other], texts[1]).slice(texts[1]),
                )
            }) {
                // One function word for another is grammar.
                let information = max_value(&self.information[0][own.clone()])
                    .min(max_value(&self.information[1][other.clone()]));
                let (garbled, original) = (&self.own[own], &self.other[other]);
                let ending = differs_in_ending(garbled, original);
                let (garbled, original) = (phrase_span(garbled, texts[0]), phrase_span(original, texts[1]));
                let similarity = vectors.text_cosine(garbled.slice(texts[0]), original.slice(texts[1]));
                // Another figure is no synonym.
                let figure = has_value(versions[0], garbled) || has_value(versions[1], original);
                if similarity >= MIN_SYNONYM_COSINE && information >= MIN_INFORMATION && !ending && !figure {
                    places.push(SubstitutionPlace {
                        garbled,
                        original,
                        meant: None,
                        basis: Basis::Aligned,
                        similarity,
                    });
                }
            }
        }
        places
    }
}

/// Whether a span overlaps a figure, a date or a time.
fn has_value(version: &Version, span: Span) -> bool {
    version.claims.iter().any(|c| {
        !matches!(c.claim.kind, ClaimKind::Name | ClaimKind::Quote) && c.claim.span.overlaps_span(span)
    })
}

/// Whether two words differ in their endings alone.
fn differs_in_ending(garbled: &[FoldedWord], original: &[FoldedWord]) -> bool {
    let ([x], [y]) = (garbled, original) else { return false };
    let (x, y) = (x.bare_form(false), y.bare_form(false));
    let common = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
    let longest = x.chars().count().max(y.chars().count());
    common >= 3 && common * 3 >= longest * 2
}

/// Pairs of phrases of a hunk, in one order, by dynamic programming: those with the highest sum of gains, the cosine
/// above [`MIN_SYNONYM_COSINE`] for each word. One word for one is better than two for two.
fn pair_phrases(
    hunk: &ChangedHunk,
    cosine: impl Fn(Range<usize>, Range<usize>) -> f32,
) -> Vec<(Range<usize>, Range<usize>)> {
    const PHRASE_LENGTH_COST: f32 = 0.1;
    let (rows, columns) = (hunk.own.len(), hunk.other.len());
    // The best sum of gains before each pair of positions, and the lengths of the pair of phrases that ends there.
    let mut best = vec![vec![(0.0f32, 0usize, 0usize); columns + 1]; rows + 1];
    for i in 0..=rows {
        for j in 0..=columns {
            if i > 0 {
                best[i][j] = (best[i - 1][j].0, 1, 0);
            }
            if j > 0 && (i == 0 || best[i][j - 1].0 > best[i][j].0) {
                best[i][j] = (best[i][j - 1].0, 0, 1);
            }
            for m in 1..=i.min(MAX_PHRASE_WORDS) {
                for n in 1..=j.min(MAX_PHRASE_WORDS) {
                    let own = hunk.own.start + i - m..hunk.own.start + i;
                    let other = hunk.other.start + j - n..hunk.other.start + j;
                    let words = (m + n) as f32 / 2.0;
                    let gain = (cosine(own, other) - MIN_SYNONYM_COSINE) * words
                        - PHRASE_LENGTH_COST * (words - 1.0);
                    if gain > 0.0 && best[i - m][j - n].0 + gain > best[i][j].0 {
                        best[i][j] = (best[i - m][j - n].0 + gain, m, n);
                    }
                }
            }
        }
    }
    let (mut i, mut j) = (rows, columns);
    let mut pairs = Vec::new();
    while i + j > 0 {
        let (_, m, n) = best[i][j];
        if m > 0 && n > 0 {
            let own = hunk.own.start + i - m..hunk.own.start + i;
            pairs.push((own, hunk.other.start + j - n..hunk.other.start + j));
        }
        (i, j) = (i - m, j - n);
    }
    pairs.reverse();
    pairs
}
