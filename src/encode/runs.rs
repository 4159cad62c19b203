//! Vectors of runs of consecutive sentences, by additive pooling.
//!
//! The network sums over tokens before its dense layers, so a run's sum is the sum over its sentences: but for the
//! marks at both ends and the tokens whose context reaches over them, four on either side (`CONTEXT`). So the
//! document is encoded once as one stream without marks, and for every sentence the difference that a mark before
//! or after it makes is worked out from a snippet of eight tokens. A run is then one addition and the dense layers;
//! runs under eight tokens, where the two differences would overlap, are encoded as they are.
//!
//! The run's text is its sentences joined by one space. Its ids are those of its sentences one after the other,
//! because no piece reaches over a space.

use std::ops::Range;

use half::f16;
use half::slice::HalfFloatSliceExt;
use rayon::prelude::*;

use super::batch::{Call, Scratch, TOKENS, Texts, add};
use super::forward::{CONTEXT, FEATURES, WIDTH};
use super::tokenize::{BEGIN, END, UNKNOWN};
use crate::error::Result;

/// Vectors of all runs of 1 to `longest` consecutive sentences, kept in half precision: 20,000 sentences with runs of
/// seven take 143 MB, and a cosine is off by less than 1e-4.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    sentences: usize,
    longest: usize,
    dim: usize,
    vectors: Vec<f16>,
    truncated: Vec<usize>,
}

/// Sums over a sentence's tokens; what a mark before it adds; what a mark after it adds.
const ROWS: usize = 3;

/// Sentences that one thread looks at together.
const GROUP: usize = 64;

/// A run at least this long in tokens is a sum.
const SUMMED: usize = 2 * CONTEXT;

impl Runs {
    /// `vectors` holds one row of `dim` values for each of [`places`].
    pub(super) fn new(
        sentences: usize,
        longest: usize,
        dim: usize,
        vectors: Vec<f16>,
        truncated: Vec<usize>,
    ) -> Self {
        Self { sentences, longest, dim, vectors, truncated }
    }

    /// The vector of `count` sentences from `first` on.
    ///
    /// # Panics
    /// If the run is empty, longer than asked for, or goes past the last sentence.
    #[must_use]
    pub fn vector(&self, first: usize, count: usize) -> Vec<f32> {
        self.gather([first], count)
    }

    /// The vectors of the runs of `count` sentences that start at each of `firsts`, one after the other.
    ///
    /// # Panics
    /// As [`Runs::vector`], for the last of them.
    #[must_use]
    pub fn gather(&self, firsts: impl IntoIterator<Item = usize>, count: usize) -> Vec<f32> {
        let mut out = Vec::new();
        for first in firsts {
            assert!(
                (1..=self.longest).contains(&count) && first + count <= self.sentences,
                "no run of {count} sentences from {first} on"
            );
            let row = row(self.sentences, self.longest, first) + count - 1;
            let at = out.len();
            out.resize(at + self.dim, 0.0);
            self.vectors[row * self.dim..][..self.dim].convert_to_f32_slice(&mut out[at..]);
        }
        out
    }

    /// Values of a vector.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Number of sentences.
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// The sentences that were longer than [`super::MAX_TOKENS`]; their runs hold their beginning alone.
    #[must_use]
    pub fn truncated(&self) -> &[usize] {
        &self.truncated
    }

    /// Sentences of the longest run.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }
}

/// The runs in order: by first sentence, then by length.
pub(super) fn places(sentences: usize, longest: usize) -> impl Iterator<Item = Range<usize>> {
    (0..sentences)
        .flat_map(move |first| (1..=longest.min(sentences - first)).map(move |count| first..first + count))
}

/// How many runs begin before sentence `first`.
fn row(sentences: usize, longest: usize, first: usize) -> usize {
    // From the first sentence on that has fewer than `longest` left, one run less for each.
    let short = (sentences + 1).saturating_sub(longest).min(first);
    let (from, to) = (sentences - first, sentences - short);
    short * longest.min(sentences) + (from + 1 + to) * (to - from) / 2
}

/// Vectors of all [`places`]; `sentences` are ids without marks, and may be empty.
pub(super) fn vectors(call: &Call<'_>, sentences: &Texts, longest: usize) -> Result<Vec<f16>> {
    if longest == 1 {
        return Ok(half(&call.vectors(&marked(sentences))?));
    }
    let ends: Vec<usize> = std::iter::once(0)
        .chain(sentences.lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        }))
        .collect();
    let ids = &sentences.ids[..];
    let parts: Vec<Vec<f32>> = groups(&ends)
        .into_par_iter()
        .map_init(Scratch::default, |scratch, group| group_sums(call, ids, &ends, group, scratch))
        .collect::<Result<_>>()?;
    let parts = parts.concat();
    let part = |sentence: usize, row: usize| &parts[(sentence * ROWS + row) * WIDTH..][..WIDTH];

    let runs: Vec<Range<usize>> = places(sentences.lengths.len(), longest).collect();
    let mut out = vec![f16::ZERO; runs.len() * WIDTH];
    runs.par_chunks(GROUP).zip(out.par_chunks_mut(GROUP * WIDTH)).for_each_init(
        || (Scratch::default(), Vec::new(), vec![0.0; GROUP * WIDTH]),
        |(scratch, pooled, vectors), (runs, out)| {
            pooled.clear();
            for run in runs {
                let at = pooled.len();
                pooled.extend_from_slice(part(run.start, 1));
                let rows = run.clone().map(|s| part(s, 0)).chain([part(run.end - 1, 2)]);
                for row in rows {
                    pooled[at..].iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
                }
            }
            let counts: Vec<f32> =
                runs.iter().map(|run| (ends[run.end] - ends[run.start] + 2) as f32).collect();
            let vectors = &mut vectors[..out.len()];
            call.finish(pooled, &counts, vectors, scratch);
            out.convert_from_f32_slice(vectors);
        },
    );

    let mut short = Texts::default();
    let mut short_rows = Vec::new();
    for (row, run) in runs.iter().enumerate() {
        let ids = &ids[ends[run.start]..ends[run.end]];
        if ids.len() < SUMMED {
            push_marked(&mut short, ids);
            short_rows.push(row);
        }
    }
    for (row, vector) in short_rows.into_iter().zip(call.vectors(&short)?.chunks_exact(WIDTH)) {
        out[row * WIDTH..][..WIDTH].convert_from_f32_slice(vector);
    }
    Ok(out)
}

fn half(values: &[f32]) -> Vec<f16> {
    let mut out = vec![f16::ZERO; values.len()];
    out.convert_from_f32_slice(values);
    out
}

/// Each text between the marks.
fn marked(texts: &Texts) -> Texts {
    let mut out = Texts::default();
    let mut ids = &texts.ids[..];
    for length in &texts.lengths {
        let (own, rest) = ids.split_at(*length);
        push_marked(&mut out, own);
        ids = rest;
    }
    out
}

/// Of an empty text the network is given one unknown piece, as in the reference.
fn push_marked(texts: &mut Texts, ids: &[u32]) {
    let ids = if ids.is_empty() { &[UNKNOWN] } else { ids };
    texts.push([BEGIN].into_iter().chain(ids.iter().copied()).chain([END]));
}

/// Consecutive sentences of about a batch's tokens together.
fn groups(ends: &[usize]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut first = 0;
    for next in 1..ends.len() {
        let full = next - first >= GROUP || ends.get(next + 1).is_none_or(|end| end - ends[first] > TOKENS);
        if full {
            groups.push(first..next);
            first = next;
        }
    }
    groups
}

/// The three sums of each sentence in `group`, in the pooled space.
fn group_sums(
    call: &Call<'_>,
    ids: &[u32],
    ends: &[usize],
    group: Range<usize>,
    scratch: &mut Scratch,
) -> Result<Vec<f32>> {
    let mut sums = vec![0.0; group.len() * ROWS * FEATURES];
    let sum = |sentence: usize, row: usize| {
        let at = ((sentence - group.start) * ROWS + row) * FEATURES;
        at..at + FEATURES
    };
    // A correction takes off the tokens next to the mark, up to three of which stand in a neighbouring group; they
    // in turn need their context.
    let reach = 2 * CONTEXT - 1;
    let from = ends[group.start].saturating_sub(reach);
    let to = (ends[group.end] + reach).min(ids.len());
    if from < to {
        call.features(&ids[from..to], &[to - from], None, scratch, |t, features| {
            let token = from + t;
            for s in group.clone() {
                let (start, end) = (ends[s], ends[s + 1]);
                if (start..end).contains(&token) {
                    add(&mut sums[sum(s, 0)], features, 1.0);
                }
                if (start..start + CONTEXT).contains(&token) {
                    add(&mut sums[sum(s, 1)], features, -1.0);
                }
                if (end.saturating_sub(CONTEXT)..end).contains(&token) {
                    add(&mut sums[sum(s, 2)], features, -1.0);
                }
            }
        })?;
    }
    let mut snippets = Texts::default();
    // The snippet tokens that count, and the sum that each belongs to.
    let (mut wanted, mut targets) = (Vec::new(), Vec::new());
    for s in group.clone() {
        let (start, end) = (ends[s], ends[s + 1]);
        let ahead = &ids[start..(start + SUMMED).min(ids.len())];
        let first = snippets.ids.len();
        snippets.push([BEGIN].into_iter().chain(ahead.iter().copied()));
        wanted.extend(first..snippets.ids.len().min(first + CONTEXT + 1));
        targets.resize(wanted.len(), sum(s, 1));
        let behind = &ids[end.saturating_sub(SUMMED)..end];
        let first = snippets.ids.len();
        snippets.push(behind.iter().copied().chain([END]));
        wanted.extend(first.max(snippets.ids.len().saturating_sub(CONTEXT + 1))..snippets.ids.len());
        targets.resize(wanted.len(), sum(s, 2));
    }
    let mut targets = targets.into_iter();
    call.features(&snippets.ids, &snippets.lengths, Some(&wanted), scratch, |_, features| {
        if let Some(target) = targets.next() {
            add(&mut sums[target], features, 1.0);
        }
    })?;
    let counts: Vec<f32> = group.flat_map(|s| [(ends[s + 1] - ends[s]) as f32, 1.0, 1.0]).collect();
    let mut out = vec![0.0; counts.len() * WIDTH];
    call.project(&mut sums, &counts, &mut out);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_has_its_row() {
        for sentences in 0..7 {
            for longest in 0..9 {
                for (i, run) in places(sentences, longest).enumerate() {
                    assert_eq!(row(sentences, longest, run.start) + run.len() - 1, i, "{run:?}");
                }
            }
        }
    }

    #[test]
    fn groups_cover_every_sentence_once() {
        for lengths in [vec![], vec![0; 200], vec![1000, 2, 3, 1000], vec![20; 100]] {
            let mut ends = vec![0];
            ends.extend(lengths.iter().scan(0, |end, length| {
                *end += length;
                Some(*end)
            }));
            let sentences: Vec<usize> = groups(&ends).into_iter().flatten().collect();
            assert!(sentences.into_iter().eq(0..lengths.len()), "{lengths:?}");
        }
    }
}
