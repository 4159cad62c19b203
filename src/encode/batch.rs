//! Token ids to features, sums and vectors, in flat batches on all threads.

use std::cell::Cell;
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{CacheLookup, LexiconCache};
use super::encoder_file::EncoderFile;
use super::forward::{self, FEATURES, LexiconRow, NetworkWeights, TokenLexicon, WIDTH};
use super::pooling::{FinishTask, ProjectTask};
use super::simd::dispatch_simd;
use crate::error::Result;

/// Tokens of one batch: enough to read each weight matrix rarely, few enough for the processor's caches.
pub(super) const BATCH_TOKENS: usize = 384;

/// Tokens of one task of a thread, after which the dense layers run over its texts: their 7 MB of weights are not worth
/// reading for a few texts.
const TASK_TOKENS: usize = 4 * BATCH_TOKENS;

/// Most ids whose [`TokenLexicon`] entry is kept for a whole call, the most frequent ones: 14 KB each. The entries of rarer
/// ids are computed batch by batch.
const MAX_RESIDENT_IDS: usize = 8192;

/// Resident ids whose entries one thread computes at a time.
const IDS_PER_THREAD: usize = 128;

/// Texts as token ids, one after the other.
#[derive(Default)]
pub(super) struct TokenSequences {
    pub(super) ids: Vec<u32>,
    /// Number of tokens of each text, none 0.
    pub(super) lengths: Vec<usize>,
}

impl TokenSequences {
    /// Adds a text.
    pub(super) fn push_sequence(&mut self, ids: impl IntoIterator<Item = u32>) {
        let before = self.ids.len();
        self.ids.extend(ids);
        self.lengths.push(self.ids.len() - before);
    }
}

/// The network with the lexicon entries of the ids of one call.
pub(super) struct EncoderCall<'m> {
    net: NetworkWeights<'m>,
    pub(super) file: &'m EncoderFile,
    /// Cached ones, then those of this call.
    lexicons: Vec<Arc<TokenLexicon>>,
    /// The row of each id in `lexicons`, ordered by id.
    lexicon_rows: Vec<(u32, LexiconRow)>,
}

/// Working memory of one thread.
#[derive(Default)]
pub(super) struct ThreadScratch {
    forward: forward::ForwardScratch,
    lexicon: TokenLexicon,
    lexicon_rows: Vec<LexiconRow>,
    /// The tokens of a batch.
    all: Vec<usize>,
    pub(super) sums: Vec<f32>,
    counts: Vec<f32>,
    pooled: Vec<f32>,
    /// Sums over words and over marks.
    pub(super) context: [Vec<f32>; 2],
}

/// Takes the memory of `kept` for `count` zeros; the caller puts it back after use.
pub(super) fn take_zeros(kept: &mut Vec<f32>, count: usize) -> Vec<f32> {
    let mut values = std::mem::take(kept);
    values.clear();
    values.resize(count, 0.0);
    values
}

/// Splits `values` into consecutive parts of these sizes.
pub(super) fn split_by_sizes(mut values: &mut [f32], sizes: impl Iterator<Item = usize>) -> Vec<&mut [f32]> {
    sizes.map(|size| values.split_off_mut(..size).unwrap_or_default()).collect()
}

/// Most values of working memory that a thread keeps, some 16 MB: more than batches need, less than an overlong sentence
/// does.
const MAX_KEPT_VALUES: usize = 1 << 22;

/// Calls `work` with this thread's working memory, which is kept from call to call: each fresh page costs a page fault.
pub(super) fn with_scratch<T>(work: impl FnOnce(&mut ThreadScratch) -> T) -> T {
    thread_local!(static OWN: Cell<ThreadScratch> = Cell::default());
    let mut scratch = OWN.take();
    let done = work(&mut scratch);
    let [words, marks] = &scratch.context;
    let held =
        scratch.forward.value_capacity() + scratch.sums.capacity() + words.capacity() + marks.capacity();
    if held <= MAX_KEPT_VALUES {
        OWN.set(scratch);
    }
    done
}

impl<'m> EncoderCall<'m> {
    /// Computes the lexicon entries of the frequent ones among `ids`, as far as they are not cached.
    ///
    /// # Errors
    /// If the embedding table cannot be read.
    pub(super) fn new(
        net: &NetworkWeights<'m>,
        file: &'m EncoderFile,
        known: &LexiconCache,
        ids: &[u32],
    ) -> Result<Self> {
        let compute_lexicon = |ids: &[u32]| {
            let mut lexicon = TokenLexicon::default();
            lexicon.ids.extend_from_slice(ids);
            file.read_rows(ids, &mut lexicon.rows)?;
            lexicon.compute_entries(net);
            lexicon.free_levels();
            Ok(Arc::new(lexicon))
        };
        let CacheLookup { mut lexicons, lexicon_rows: mut places, to_cache: again, transient: new } =
            known.look_up_ids(&frequent_ids(ids));
        for (ids, is_kept) in [(again, true), (new, false)] {
            let filled: Vec<Arc<TokenLexicon>> =
                ids.par_chunks(IDS_PER_THREAD).map(compute_lexicon).collect::<Result<_>>()?;
            if is_kept {
                known.store_lexicons(&filled);
            }
            for lexicon in filled {
                let own = lexicon.ids.iter().zip(0..);
                places.extend(own.map(|(id, row)| (*id, (lexicons.len() as u32, row))));
                lexicons.push(lexicon);
            }
        }
        places.sort_unstable();
        Ok(Self { net: *net, file, lexicons, lexicon_rows: places })
    }

    /// One vector for each text, row after row.
    pub(super) fn encode_sequences(&self, texts: &TokenSequences) -> Result<Vec<f32>> {
        let mut out = vec![0.0; texts.lengths.len() * WIDTH];
        let mut tasks = Vec::new();
        let (mut ids, mut lengths) = (&texts.ids[..], &texts.lengths[..]);
        let size =
            (texts.ids.len() / (4 * rayon::current_num_threads())).clamp(BATCH_TOKENS / 3, TASK_TOKENS);
        while !lengths.is_empty() {
            let count = count_fitting(lengths, size);
            let (own, others) = lengths.split_at(count);
            let (own_ids, other_ids) = ids.split_at(own.iter().sum());
            tasks.push((own_ids, own));
            (ids, lengths) = (other_ids, others);
        }
        let rows = split_by_sizes(&mut out, tasks.iter().map(|(_, own)| own.len() * WIDTH));
        tasks.into_par_iter().zip(rows).try_for_each(|((ids, lengths), out)| {
            with_scratch(|scratch| self.encode_task(ids, lengths, out, scratch))
        })?;
        Ok(out)
    }

    /// Encodes the texts of one task into `out`.
    fn encode_task(
        &self,
        ids: &[u32],
        lengths: &[usize],
        out: &mut [f32],
        scratch: &mut ThreadScratch,
    ) -> Result<()> {
        let mut sums = take_zeros(&mut scratch.sums, lengths.len() * FEATURES);
        let (mut text, mut token) = (0, 0);
        while text < lengths.len() {
            let count = count_fitting(&lengths[text..], BATCH_TOKENS);
            let batch = &lengths[text..text + count];
            let end = token + batch.iter().sum::<usize>();
            let mut ends = batch.iter().scan(0, |end, length| {
                *end += length;
                Some(*end)
            });
            let (mut row, mut row_end) = (text, ends.next().unwrap_or(0));
            self.compute_features(&ids[token..end], batch, None, scratch, |t, features| {
                if t == row_end {
                    row += 1;
                    row_end = ends.next().unwrap_or(usize::MAX);
                }
                add_features(&mut sums[row * FEATURES..][..FEATURES], features, 1.0);
            })?;
            (text, token) = (text + count, end);
        }
        let mut counts = std::mem::take(&mut scratch.counts);
        counts.clear();
        counts.extend(lengths.iter().map(|length| *length as f32));
        let mut pooled = take_zeros(&mut scratch.pooled, counts.len() * WIDTH);
        self.project_sums(&mut sums, &counts, &mut pooled, scratch);
        self.finish_vectors(&mut pooled, &counts, out, scratch);
        (scratch.sums, scratch.counts, scratch.pooled) = (sums, counts, pooled);
        Ok(())
    }

    /// Calls `each` with the standardised contextual features of the `wanted` tokens of a batch, which ascend; of all tokens
    /// for `None`.
    pub(super) fn compute_features(
        &self,
        ids: &[u32],
        lengths: &[usize],
        wanted: Option<&[usize]>,
        scratch: &mut ThreadScratch,
        each: impl FnMut(usize, &[f32; FEATURES]),
    ) -> Result<()> {
        let ThreadScratch { forward, lexicon, lexicon_rows: places, all, .. } = scratch;
        lexicon.clear_ids();
        lexicon.ids.extend(ids.iter().filter(|id| self.lexicon_row(**id).is_none()));
        lexicon.ids.sort_unstable();
        lexicon.ids.dedup();
        self.file.read_rows(&lexicon.ids, &mut lexicon.rows)?;
        lexicon.compute_entries(&self.net);
        let last = self.lexicons.len() as u32;
        places.clear();
        places.extend(ids.iter().map(|id| {
            self.lexicon_row(*id)
                .unwrap_or_else(|| (last, lexicon.ids.binary_search(id).unwrap_or_default() as u32))
        }));
        let lexicons: Vec<&TokenLexicon> = self.lexicons.iter().map(|l| &**l).chain([&*lexicon]).collect();
        let (net, lexicons) = (&self.net, &lexicons[..]);
        let wanted = wanted.unwrap_or_else(|| {
            all.clear();
            all.extend(0..ids.len());
            all
        });
        let features = forward::FeaturesTask {
            net,
            lexicons,
            ids,
            lexicon_rows: places,
            lengths,
            wanted,
            scratch: forward,
            each,
        };
        dispatch_simd(features);
        Ok(())
    }

    /// Runs a [`ProjectTask`].
    pub(super) fn project_sums(
        &self,
        sums: &mut [f32],
        counts: &[f32],
        out: &mut [f32],
        scratch: &mut ThreadScratch,
    ) {
        dispatch_simd(ProjectTask { net: &self.net, sums, counts, scratch: &mut scratch.forward, out });
    }

    /// Runs a [`FinishTask`].
    pub(super) fn finish_vectors(
        &self,
        pooled: &mut [f32],
        counts: &[f32],
        out: &mut [f32],
        scratch: &mut ThreadScratch,
    ) {
        dispatch_simd(FinishTask { net: &self.net, pooled, counts, scratch: &mut scratch.forward, out });
    }

    /// The vectors of sums over rows of the pooled space. Each of `sums` is the first row, the other rows, and the number of
    /// tokens of all.
    pub(super) fn finish_sums<'r, R: Iterator<Item = &'r [f32]>>(
        &self,
        sums: impl Iterator<Item = (&'r [f32], R, usize)>,
        out: &mut [f32],
        scratch: &mut ThreadScratch,
    ) {
        let (mut pooled, mut counts) =
            (std::mem::take(&mut scratch.pooled), std::mem::take(&mut scratch.counts));
        pooled.clear();
        counts.clear();
        for (first, rows, tokens) in sums {
            let at = pooled.len();
            pooled.extend_from_slice(first);
            rows.for_each(|row| pooled[at..].iter_mut().zip(row).for_each(|(sum, value)| *sum += value));
            counts.push(tokens as f32);
        }
        self.finish_vectors(&mut pooled, &counts, out, scratch);
        (scratch.pooled, scratch.counts) = (pooled, counts);
    }

    /// The row of an id whose entry is kept for the call.
    fn lexicon_row(&self, id: u32) -> Option<LexiconRow> {
        let found = self.lexicon_rows.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.lexicon_rows[found].1)
    }
}

/// The number of first texts that together have at most `tokens` tokens, at least 1.
pub(super) fn count_fitting(lengths: &[usize], tokens: usize) -> usize {
    let mut sum = 0;
    let fit = lengths.iter().take_while(|length| {
        sum += **length;
        sum <= tokens
    });
    fit.count().max(1)
}

/// `sum += factor * features`
#[inline]
pub(super) fn add_features(sum: &mut [f32], features: &[f32; FEATURES], factor: f32) {
    for (sum, value) in sum.iter_mut().zip(features) {
        *sum += factor * value;
    }
}

/// The most frequent ids, at most [`MAX_RESIDENT_IDS`], ascending.
fn frequent_ids(ids: &[u32]) -> Vec<u32> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    let mut counted: Vec<(usize, u32)> =
        sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).collect();
    if counted.len() > MAX_RESIDENT_IDS {
        counted.sort_unstable_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
        counted.truncate(MAX_RESIDENT_IDS);
    }
    let mut ids: Vec<u32> = counted.into_iter().map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids
}
