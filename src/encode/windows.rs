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

use super::batch::{
    BATCH_TOKENS, EncoderCall, ThreadScratch, TokenSequences, add_features, split_by_sizes, take_zeros,
    with_scratch,
};
use super::context::{ContextSums, PooledContext, TokenizedText, push_marked};
use super::forward::{CONTEXT_TOKENS, FEATURES, WIDTH};
use super::tokenize::{BEGIN, END};
use super::{EncodeRequest, Encoded};
use crate::error::Result;

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

/// Sums over a sentence's tokens; what a mark before it adds; what a mark after it adds.
const SUM_ROWS: usize = 3;

/// Sentences that one thread looks at together.
const MAX_GROUP_SENTENCES: usize = 64;

/// A run at least this long in tokens is a sum.
const MIN_SUMMED_TOKENS: usize = 2 * CONTEXT_TOKENS;

impl SentenceWindows {
    /// `vectors` holds one row of `dim` values for each of [`places`].
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
    /// As [`Runs::vector`], for the last of them.
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

    /// Values of a vector.
    #[must_use]
    pub fn vector_dim(&self) -> usize {
        self.dim
    }

    /// Number of sentences.
    #[must_use]
    pub fn sentence_count(&self) -> usize {
        self.sentence_count
    }

    /// The sentences that were longer than [`super::MAX_TOKENS`]; their runs hold their beginning alone.
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

/// The runs in order: by first sentence, then by length.
pub(super) fn window_ranges(sentences: usize, longest: usize) -> impl Iterator<Item = Range<usize>> {
    (0..sentences)
        .flat_map(move |first| (1..=longest.min(sentences - first)).map(move |count| first..first + count))
}

/// How many runs begin before sentence `first`.
fn count_windows_before(sentences: usize, longest: usize, first: usize) -> usize {
    // From the first sentence on that has fewer than `longest` left, one run less for each.
    let short = (sentences + 1).saturating_sub(longest).min(first);
    let (from, to) = (sentences - first, sentences - short);
    short * longest.min(sentences) + (from + 1 + to) * (to - from) / 2
}

/// Everything that is asked about a text.
pub(super) fn encode_request(
    call: &EncoderCall<'_>,
    text: &TokenizedText,
    asked: &EncodeRequest<'_>,
) -> Result<Encoded> {
    let single = asked.max_window == 1;
    let mut pooled = PooledContext::new(text);
    let vectors = if single && asked.words.is_empty() {
        call.encode_sentences(text)?
    } else {
        let rows = if single { 1 } else { SUM_ROWS };
        let mut sentences = vec![0.0; text.sentence_count() * rows * WIDTH];
        let groups = group_sentences(&text.bounds);
        let parts = split_by_sizes(&mut sentences, groups.iter().map(|group| group.len() * rows * WIDTH));
        let parts = parts.into_par_iter().zip(pooled.split_groups(text, &groups));
        groups.par_iter().zip(parts).try_for_each(|(group, (sentences, pooled))| {
            with_scratch(|scratch| {
                let mut words = ContextSums::new(text, group.clone(), scratch);
                if single {
                    group_vectors(call, group, &mut words, sentences, scratch)?;
                } else {
                    group_sums(call, text, group, &mut words, sentences, scratch)?;
                }
                words.write_pooled(call, pooled, scratch);
                Ok(())
            })
        })?;
        if single { to_half(&sentences) } else { sums_to_windows(call, text, &sentences, asked.max_window)? }
    };
    let windows =
        SentenceWindows::new(text.sentence_count(), asked.max_window, WIDTH, vectors, text.truncated.clone());
    let phrases = pooled.phrase_vectors(call, text, asked.phrases);
    let words = if asked.words.is_empty() { Vec::new() } else { pooled.word_vectors(text) };
    Ok(Encoded { windows, word_vectors: words, phrase_vectors: phrases })
}

/// The vectors of all [`places`] from the three sums of each sentence.
fn sums_to_windows(
    call: &EncoderCall<'_>,
    text: &TokenizedText,
    parts: &[f32],
    longest: usize,
) -> Result<Vec<f16>> {
    let part = |sentence: usize, row: usize| &parts[(sentence * SUM_ROWS + row) * WIDTH..][..WIDTH];
    let windows: Vec<Range<usize>> = window_ranges(text.sentence_count(), longest).collect();
    let mut out = vec![f16::ZERO; windows.len() * WIDTH];
    windows
        .par_chunks(MAX_GROUP_SENTENCES)
        .zip(out.par_chunks_mut(MAX_GROUP_SENTENCES * WIDTH))
        .for_each_init(
            || vec![0.0; MAX_GROUP_SENTENCES * WIDTH],
            |vectors, (runs, out)| {
                let summed = runs.iter().map(|run| {
                    let rows = run.clone().map(|s| part(s, 0)).chain([part(run.end - 1, 2)]);
                    (part(run.start, 1), rows, text.window_tokens(run).len() + 2)
                });
                let vectors = &mut vectors[..out.len()];
                with_scratch(|scratch| call.finish_sums(summed, vectors, scratch));
                out.convert_from_f32_slice(vectors);
            },
        );

    let mut short = TokenSequences::default();
    let mut short_rows = Vec::new();
    for (row, run) in windows.iter().enumerate() {
        let tokens = text.window_tokens(run);
        if tokens.len() < MIN_SUMMED_TOKENS {
            push_marked(&mut short, &text.ids[tokens]);
            short_rows.push(row);
        }
    }
    for (row, vector) in short_rows.into_iter().zip(call.encode_sequences(&short)?.chunks_exact(WIDTH)) {
        out[row * WIDTH..][..WIDTH].convert_from_f32_slice(vector);
    }
    Ok(out)
}

fn to_half(values: &[f32]) -> Vec<f16> {
    let mut out = vec![f16::ZERO; values.len()];
    out.convert_from_f32_slice(values);
    out
}

/// Consecutive sentences of about a batch's tokens together.
fn group_sentences(bounds: &[usize]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut first = 0;
    for next in 1..bounds.len() {
        let full = next - first >= MAX_GROUP_SENTENCES
            || bounds.get(next + 1).is_none_or(|end| end - bounds[first] > BATCH_TOKENS);
        if full {
            groups.push(first..next);
            first = next;
        }
    }
    groups
}

/// The vectors of the sentences in `group`, of which no runs are asked.
fn group_vectors(
    call: &EncoderCall<'_>,
    group: &Range<usize>,
    words: &mut ContextSums<'_>,
    out: &mut [f32],
    scratch: &mut ThreadScratch,
) -> Result<()> {
    let mut sums = take_zeros(&mut scratch.sums, group.len() * FEATURES);
    let mut counts = vec![0.0; group.len()];
    let which: Vec<usize> = group.clone().collect();
    words.add_sentences(call, &which, scratch, |s, features| {
        add_features(&mut sums[(s - group.start) * FEATURES..][..FEATURES], features, 1.0);
        counts[s - group.start] += 1.0;
    })?;
    let mut pooled = vec![0.0; counts.len() * WIDTH];
    call.project_sums(&mut sums, &counts, &mut pooled, scratch);
    call.finish_vectors(&mut pooled, &counts, out, scratch);
    scratch.sums = sums;
    Ok(())
}

/// The three sums of each sentence in `group`, in the pooled space.
fn group_sums(
    call: &EncoderCall<'_>,
    text: &TokenizedText,
    group: &Range<usize>,
    words: &mut ContextSums<'_>,
    out: &mut [f32],
    scratch: &mut ThreadScratch,
) -> Result<()> {
    let ids = &text.ids[..];
    let mut sums = take_zeros(&mut scratch.sums, group.len() * SUM_ROWS * FEATURES);
    let sum = |sentence: usize, row: usize| {
        let at = ((sentence - group.start) * SUM_ROWS + row) * FEATURES;
        at..at + FEATURES
    };
    // A correction takes off the tokens next to the mark, up to three of which stand in a neighbouring group; they
    // in turn need their context.
    let reach = 2 * CONTEXT_TOKENS - 1;
    let from = text.bounds[group.start].saturating_sub(reach);
    let to = (text.bounds[group.end] + reach).min(ids.len());
    if from < to {
        call.compute_features(&ids[from..to], &[to - from], None, scratch, |t, features| {
            let token = from + t;
            for s in group.clone() {
                let Range { start, end } = text.sentence_tokens(s);
                if (start..end).contains(&token) {
                    add_features(&mut sums[sum(s, 0)], features, 1.0);
                    if (start + CONTEXT_TOKENS..end.saturating_sub(CONTEXT_TOKENS)).contains(&token) {
                        words.add_token(token, features);
                    }
                }
                if (start..start + CONTEXT_TOKENS).contains(&token) {
                    add_features(&mut sums[sum(s, 1)], features, -1.0);
                }
                if (end.saturating_sub(CONTEXT_TOKENS)..end).contains(&token) {
                    add_features(&mut sums[sum(s, 2)], features, -1.0);
                }
            }
        })?;
    }
    let mut snippets = TokenSequences::default();
    // The snippet tokens that count, with their sentences; the sum that each belongs to; the token that each is.
    let (mut wanted, mut targets) = (Vec::new(), Vec::new());
    for s in group.clone() {
        let Range { start, end } = text.sentence_tokens(s);
        let ahead = &ids[start..(start + MIN_SUMMED_TOKENS).min(ids.len())];
        let first = snippets.ids.len();
        snippets.push_sequence([BEGIN].into_iter().chain(ahead.iter().copied()));
        for k in 0..(snippets.ids.len() - first).min(CONTEXT_TOKENS + 1) {
            wanted.push(first + k);
            targets.push((s, sum(s, 1), k.checked_sub(1).map(|k| start + k)));
        }
        let behind = &ids[end.saturating_sub(MIN_SUMMED_TOKENS)..end];
        let first = snippets.ids.len();
        snippets.push_sequence(behind.iter().copied().chain([END]));
        let last = snippets.ids.len() - 1;
        for t in first.max(last.saturating_sub(CONTEXT_TOKENS))..=last {
            wanted.push(t);
            targets.push((s, sum(s, 2), (t < last).then(|| end + t - last)));
        }
    }
    let is_short = |s: &usize| text.sentence_tokens(*s).len() < MIN_SUMMED_TOKENS;
    let mut targets = targets.into_iter();
    call.compute_features(&snippets.ids, &snippets.lengths, Some(&wanted), scratch, |_, features| {
        let Some((s, target, token)) = targets.next() else { return };
        add_features(&mut sums[target], features, 1.0);
        match token {
            _ if is_short(&s) => {}
            Some(token) => words.add_token(token, features),
            None => words.add_mark(s, features),
        }
    })?;
    // What is short has both its marks in every context.
    let short: Vec<usize> = group.clone().filter(is_short).collect();
    if !words.is_empty() {
        words.add_sentences(call, &short, scratch, |_, _| {})?;
    }
    let counts: Vec<f32> =
        group.clone().flat_map(|s| [text.sentence_tokens(s).len() as f32, 1.0, 1.0]).collect();
    call.project_sums(&mut sums, &counts, out, scratch);
    scratch.sums = sums;
    Ok(())
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

    #[test]
    fn groups_cover_every_sentence_once() {
        for lengths in [vec![], vec![0; 200], vec![1000, 2, 3, 1000], vec![20; 100]] {
            let mut ends = vec![0];
            ends.extend(lengths.iter().scan(0, |end, length| {
                *end += length;
                Some(*end)
            }));
            let sentences: Vec<usize> = group_sentences(&ends).into_iter().flatten().collect();
            assert!(sentences.into_iter().eq(0..lengths.len()), "{lengths:?}");
        }
    }
}
