//! The vectors of all runs of consecutive sentences of a text.

use std::ops::Range;

use half::f16;
use half::slice::HalfFloatSliceExt;

/// Vectors of all runs of 1 to `longest` consecutive sentences, kept in half precision: 20,000 sentences with runs of
/// seven take 143 MB, and a cosine is off by less than 1e-4.
#[derive(Clone, Debug, Default)]
pub struct SentenceWindows {
    sentence_count: usize,
    max_window: usize,
    dim: usize,
    vectors: Vec<f16>,
    truncated_sentences: Vec<usize>,
}

impl SentenceWindows {
    /// `vectors` holds one row of `dim` values for each of [`window_ranges`].
    pub(super) fn new(
        sentences: usize,
        longest: usize,
        dim: usize,
        vectors: Vec<f16>,
        truncated: Vec<usize>,
    ) -> Self {
        Self { sentence_count: sentences, max_window: longest, dim, vectors, truncated_sentences: truncated }
    }

    /// The vector of `count` sentences from `first` on.
    ///
    /// # Panics
    /// If the run is empty, longer than asked for, or goes past the last sentence.
    #[must_use]
    pub fn window_vector(&self, first: usize, count: usize) -> Vec<f32> {
        self.gather_windows([first], count)
    }

    /// The vectors of the runs of `count` sentences that start at each of `firsts`, one after the other.
    ///
    /// # Panics
    /// As [`SentenceWindows::window_vector`], for each of them.
    #[must_use]
    pub fn gather_windows(&self, firsts: impl IntoIterator<Item = usize>, count: usize) -> Vec<f32> {
        let mut out = Vec::new();
        for first in firsts {
            assert!(
                (1..=self.max_window).contains(&count) && first + count <= self.sentence_count,
                "no run of {count} sentences from {first} on"
            );
            let row = count_windows_before(self.sentence_count, self.max_window, first) + count - 1;
            let at = out.len();
            out.resize(at + self.dim, 0.0);
            self.vectors[row * self.dim..][..self.dim].convert_to_f32_slice(&mut out[at..]);
        }
        out
    }

    /// Number of values of a vector.
    #[must_use]
    pub fn vector_dim(&self) -> usize {
        self.dim
    }

    /// Number of sentences.
    #[must_use]
    pub fn sentence_count(&self) -> usize {
        self.sentence_count
    }

    /// The sentences that were longer than [`super::MAX_TOKENS`]; their runs represent their beginning alone.
    #[must_use]
    pub fn truncated_sentences(&self) -> &[usize] {
        &self.truncated_sentences
    }

    /// Sentences of the longest run.
    #[must_use]
    pub fn max_window(&self) -> usize {
        self.max_window
    }
}

/// All runs of up to `longest` of `sentences` sentences, by first sentence, then by length.
pub(super) fn window_ranges(sentences: usize, longest: usize) -> impl Iterator<Item = Range<usize>> {
    (0..sentences)
        .flat_map(move |first| (1..=longest.min(sentences - first)).map(move |count| first..first + count))
}

/// Number of runs that begin before sentence `first`.
fn count_windows_before(sentences: usize, longest: usize, first: usize) -> usize {
    // Each sentence with fewer than `longest` sentences from it on begins one run less than the one before.
    let short = (sentences + 1).saturating_sub(longest).min(first);
    let (from, to) = (sentences - first, sentences - short);
    short * longest.min(sentences) + (from + 1 + to) * (to - from) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_has_its_row() {
        for sentences in 0..7 {
            for longest in 0..9 {
                for (i, run) in window_ranges(sentences, longest).enumerate() {
                    assert_eq!(
                        count_windows_before(sentences, longest, run.start) + run.len() - 1,
                        i,
                        "{run:?}"
                    );
                }
            }
        }
    }
}
