//! Vectors of runs of consecutive sentences, by additive pooling.
//!
//! The network sums over tokens before its dense layers, so the sum of a run is the sum over its sentences, except for the
//! marks at both ends and the tokens whose context includes them, four on either side ([`CONTEXT_TOKENS`]). So the
//! document is encoded once as one stream without marks, and for every sentence the effect of a mark before or after it is
//! computed from a snippet of eight tokens. A run is then one addition and the dense layers; runs under eight tokens, where
//! the two effects would overlap, are encoded directly.
//!
//! The text of a run is its sentences joined by one space. Its ids are those of its sentences one after the other, because
//! no piece extends across a space.

use std::ops::Range;

use half::f16;
use half::slice::HalfFloatSliceExt;
use rayon::prelude::*;

use super::batch::{
    BATCH_TOKENS, EncoderCall, ThreadScratch, TokenSequences, add_features, split_by_sizes, take_zeros,
    with_scratch,
};
use super::context::{ContextSums, PooledContext, TokenizedText, push_marked};
use super::encoder::{EncodeRequest, Encoded};
use super::forward::{CONTEXT_TOKENS, FEATURES, WIDTH};
use super::sentence_windows::{SentenceWindows, window_ranges};
use super::tokenize::{BEGIN, END};
use crate::error::Result;

/// Rows of sums of a sentence: over its tokens; the effect of a mark before it; the effect of a mark after it.
const SUM_ROWS: usize = 3;

/// Most sentences, or runs, that one thread processes together.
const MAX_GROUP_SENTENCES: usize = 64;

/// Least tokens of a run that is computed as a sum.
const MIN_SUMMED_TOKENS: usize = 2 * CONTEXT_TOKENS;

/// The vectors that are requested for a text.
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

/// The vectors of all [`window_ranges`] from the three sums of each sentence.
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

/// Converts to half precision.
fn to_half(values: &[f32]) -> Vec<f16> {
    let mut out = vec![f16::ZERO; values.len()];
    out.convert_from_f32_slice(values);
    out
}

/// Groups of consecutive sentences of about [`BATCH_TOKENS`] each; `bounds` as in [`TokenizedText::bounds`].
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

/// The vectors of the sentences of `group`, where no longer runs are requested.
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

/// The three sums of each sentence of `group`, in the pooled space.
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
    // A correction subtracts the tokens next to the mark, up to three of which are in a neighbouring group; these need their
    // own context.
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
    // The snippet tokens that count; for each its sentence, the sum that it belongs to, and the token, `None` for a mark.
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
    // In a short sentence every token has both marks in its context.
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
