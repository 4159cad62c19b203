//! The forward pass of *universal-sentence-encoder-multilingual v3* (Yang et al. 2020, "Multilingual Universal
//! Sentence Encoder for Semantic Retrieval"; the convolutional variant), up to the contextual features of tokens. The end
//! is in [`super::pooling`].
//!
//! Batches are flat: the tokens of several texts are the rows of one matrix. Three properties of the network save more than
//! half of the computation:
//! - projection and first layer norm depend on the token id alone, and so does each token's share in the first
//!   convolution (a window's product is the sum of one product per slot): [`TokenLexicon`] holds both, once for each id;
//! - a convolution's windows are overlapping rows of one matrix, so that no windows are copied;
//! - the sum over tokens comes before the last projection, which then runs once for each text.

#![expect(
    clippy::inline_always,
    reason = "every step must be compiled for the instruction set that its caller was chosen for"
)]

use std::array;

use pulp::{Simd, WithSimd};

use super::kernel::{
    Epilogue, LevelBlocks, Output, PackedMatrix, count_blocks, load_register, multiply_matrix, sum_terms,
};
use super::simd::dispatch_simd;

/// Values of a raw embedding, and of a finished vector.
pub(super) const WIDTH: usize = 512;
/// Channels of one convolution branch.
pub(super) const CHANNELS: usize = 256;
/// Window length and left context of the three branches.
pub(super) const ORDERS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// Channels of all branches.
pub(super) const BRANCHES: usize = ORDERS.len() * CHANNELS;
/// Values of a token's contextual features: its raw embedding and the branches.
pub(super) const FEATURES: usize = WIDTH + BRANCHES;
/// Window slots of all branches.
const SLOTS: usize = ORDERS[0].0 + ORDERS[1].0 + ORDERS[2].0;
/// Tokens on either side that a token's features depend on: two layers of the widest window.
pub(super) const CONTEXT_TOKENS: usize = 4;
/// Width of the inner dense layers.
pub(super) const INNER: usize = 320;
/// Interleaved parts of the quantised embedding table, each with a scale and an offset.
pub(super) const TABLE_CHUNKS: usize = 17;
/// Rows of zeros between two texts, the padding of the widest window.
const PADDING: usize = 2;
/// Added to a variance, as in the reference.
pub(super) const EPSILON: f32 = 1e-12;

/// The weights, borrowed from the mapped file.
#[derive(Clone, Copy)]
pub(super) struct NetworkWeights<'m> {
    pub(super) scale: &'m [f32],
    pub(super) offset: &'m [f32],
    pub(super) projection: PackedMatrix<'m>,
    pub(super) projection_bias: &'m [f32],
    pub(super) norm_gain: &'m [f32],
    pub(super) norm_bias: &'m [f32],
    /// First convolution of each branch: [`CHANNELS`] deep, [`CHANNELS`] columns for each slot.
    pub(super) first: [PackedMatrix<'m>; 3],
    pub(super) first_bias: [&'m [f32]; 3],
    /// Second convolution: [`CHANNELS`] deep for each slot, [`CHANNELS`] columns.
    pub(super) second: [PackedMatrix<'m>; 3],
    pub(super) second_bias: [&'m [f32]; 3],
    pub(super) features_gain: &'m [f32],
    pub(super) features_bias: &'m [f32],
    pub(super) pool: PackedMatrix<'m>,
    pub(super) pool_bias: &'m [f32],
    pub(super) dense: DenseWeights<'m>,
}

/// The residual dense layers after pooling: y0 = relu(m D0), y1 = relu(m P1 + y0 D1), y2 = relu(y1 D2),
/// z = tanh(y1 P3 + y2 D3).
#[derive(Clone, Copy)]
pub(super) struct DenseWeights<'m> {
    pub(super) d0: PackedMatrix<'m>,
    pub(super) p1: PackedMatrix<'m>,
    pub(super) d1: PackedMatrix<'m>,
    pub(super) d2: PackedMatrix<'m>,
    pub(super) p3: PackedMatrix<'m>,
    pub(super) d3: PackedMatrix<'m>,
}

/// Everything that depends on a token id alone, for a set of ids.
#[derive(Debug, Default)]
pub(super) struct TokenLexicon {
    /// Ascending.
    pub(super) ids: Vec<u32>,
    /// Quantised embeddings, [`WIDTH`] bytes each.
    pub(super) rows: Vec<u8>,
    /// Projected and normalised, [`BRANCHES`] values each.
    projected: Vec<f32>,
    /// Products with each slot of the first convolutions, [`SLOTS`] x [`CHANNELS`] values each.
    slot_products: Vec<f32>,
    levels: LevelBlocks,
}

impl TokenLexicon {
    /// Computes the entries of `self.ids` from `self.rows`.
    pub(super) fn compute_entries(&mut self, net: &NetworkWeights<'_>) {
        let count = self.ids.len();
        self.projected.resize(count * BRANCHES, 0.0);
        self.slot_products.resize(count * SLOTS * CHANNELS, 0.0);
        dispatch_simd(FillTask { lexicon: self, net });
    }

    /// Removes all entries and keeps the memory.
    pub(super) fn clear_ids(&mut self) {
        self.ids.clear();
        self.rows.clear();
    }

    /// Frees the memory that only [`TokenLexicon::compute_entries`] needs.
    pub(super) fn free_levels(&mut self) {
        self.levels = LevelBlocks::default();
    }
}

struct FillTask<'a, 'm> {
    lexicon: &'a mut TokenLexicon,
    net: &'a NetworkWeights<'m>,
}

impl WithSimd for FillTask<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { lexicon: TokenLexicon { ids, rows, projected, slot_products: shares, levels }, net } =
            self;
        let blocks = count_blocks(WIDTH);
        levels.reset_blocks(ids.len() * blocks);
        let mut embedding = [0.0; WIDTH];
        for (r, (id, row)) in ids.iter().zip(rows.chunks_exact(WIDTH)).enumerate() {
            dequantise_row(net, *id, row, &mut embedding);
            levels.set_row(r * blocks, &embedding);
        }
        let mut out = Output { values: projected, stride: BRANCHES, column: 0 };
        multiply_matrix(
            simd,
            levels,
            0..ids.len(),
            |r| r * blocks,
            net.projection,
            &mut out,
            ColumnBias(net.projection_bias),
        );
        for row in projected.chunks_exact_mut(BRANCHES) {
            standardise_values(row);
            for ((value, gain), bias) in row.iter_mut().zip(net.norm_gain).zip(net.norm_bias) {
                *value = *value * gain + bias;
            }
        }
        levels.set_rows(projected, CHANNELS);
        let mut slot = 0;
        for (branch, (slots, _)) in ORDERS.into_iter().enumerate() {
            let mut out = Output { values: shares, stride: SLOTS * CHANNELS, column: slot * CHANNELS };
            let start = |r| r * ORDERS.len() + branch;
            multiply_matrix(simd, levels, 0..ids.len(), start, net.first[branch], &mut out, ());
            slot += slots;
        }
    }
}

/// The entry of a token: the index of the lexicon, and the row in it.
pub(super) type LexiconRow = (u32, u32);

/// Working memory of one thread, kept from batch to batch.
#[derive(Default)]
pub(super) struct ForwardScratch {
    /// Block of each token among `levels`, which have blocks of zeros between the texts.
    padded: Vec<u32>,
    hidden: Vec<f32>,
    branches: Vec<f32>,
    pub(super) levels: LevelBlocks,
    pub(super) dense: [Vec<f32>; 5],
}

impl ForwardScratch {
    /// Number of values that the memory has room for.
    pub(super) fn value_capacity(&self) -> usize {
        self.hidden.capacity() + self.branches.capacity() + self.levels.value_capacity()
    }
}

/// Computes the contextual features of some tokens of a flat batch: `each(token, features)` is called in order, with
/// features that are standardised (mean 0, variance 1), before gain and bias.
pub(super) struct FeaturesTask<'a, 'm, F: FnMut(usize, &[f32; FEATURES])> {
    pub(super) net: &'a NetworkWeights<'m>,
    pub(super) lexicons: &'a [&'a TokenLexicon],
    pub(super) ids: &'a [u32],
    pub(super) lexicon_rows: &'a [LexiconRow],
    /// Tokens of each text.
    pub(super) lengths: &'a [usize],
    /// The tokens whose features are computed, ascending.
    pub(super) wanted: &'a [usize],
    pub(super) scratch: &'a mut ForwardScratch,
    pub(super) each: F,
}

impl<F: FnMut(usize, &[f32; FEATURES])> WithSimd for FeaturesTask<'_, '_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { net, lexicons, ids, lexicon_rows: places, lengths, wanted, scratch, mut each } = self;
        let ForwardScratch { hidden, branches, padded, levels, .. } = scratch;
        let tokens = places.len();
        branches.resize(wanted.len() * BRANCHES, 0.0);
        hidden.resize(tokens * CHANNELS, 0.0);
        levels.reset_blocks(tokens + (lengths.len() + 1) * PADDING);
        padded.clear();
        for (text, length) in lengths.iter().enumerate() {
            let block = padded.len() + (text + 1) * PADDING;
            padded.extend(block as u32..(block + length) as u32);
        }
        let (projected, shares) = (
            |(lexicon, row): LexiconRow| {
                &lexicons[lexicon as usize].projected[row as usize * BRANCHES..][..BRANCHES]
            },
            |(lexicon, row): LexiconRow| {
                &lexicons[lexicon as usize].slot_products[row as usize * SLOTS * CHANNELS..]
                    [..SLOTS * CHANNELS]
            },
        );
        let mut first_slot = 0;
        for (branch, (slots, left)) in ORDERS.into_iter().enumerate() {
            let mut first = 0;
            for length in lengths {
                let places = &places[first..first + length];
                for t in 0..*length {
                    // The window's slots that lie inside the text; the others would add products with zero.
                    let mut window = [&net.first_bias[branch][..CHANNELS]; 5];
                    let mut inside = 0;
                    for slot in left.saturating_sub(t)..slots.min(length + left - t) {
                        let column = (first_slot + slot) * CHANNELS;
                        window[inside] = &shares(places[t + slot - left])[column..column + CHANNELS];
                        inside += 1;
                    }
                    let window: [&[S::f32s]; 5] = array::from_fn(|i| S::as_simd_f32s(window[i]).0);
                    let bias = S::as_simd_f32s(net.first_bias[branch]).0;
                    let own = S::as_simd_f32s(&projected(places[t])[branch * CHANNELS..][..CHANNELS]).0;
                    let out = &mut hidden[(first + t) * CHANNELS..][..CHANNELS];
                    for (c, out) in S::as_mut_simd_f32s(out).0.iter_mut().enumerate() {
                        let mut sum = bias[c];
                        for slot in &window[..inside] {
                            sum = simd.add_f32s(sum, slot[c]);
                        }
                        *out = simd.add_f32s(simd.max_f32s(sum, simd.splat_f32s(0.0)), own[c]);
                    }
                    levels.set_block(padded[first + t] as usize, out);
                }
                first += length;
            }
            first_slot += slots;

            let mut output = Output { values: branches, stride: BRANCHES, column: branch * CHANNELS };
            let start = |row: usize| padded[wanted[row]] as usize - left;
            multiply_matrix(
                simd,
                levels,
                0..wanted.len(),
                start,
                net.second[branch],
                &mut output,
                ResidualEpilogue { bias: net.second_bias[branch], hidden, wanted },
            );
        }
        let mut features = [0.0; FEATURES];
        for (token, branches) in wanted.iter().zip(branches.chunks_exact(BRANCHES)) {
            let place = places[*token];
            let row = &lexicons[place.0 as usize].rows[place.1 as usize * WIDTH..][..WIDTH];
            dequantise_row(net, ids[*token], row, &mut features[..WIDTH]);
            features[WIDTH..].copy_from_slice(branches);
            standardise_values(&mut features);
            each(*token, &features);
        }
    }
}

/// Adds the bias of each column.
#[derive(Clone, Copy)]
struct ColumnBias<'a>(&'a [f32]);

impl Epilogue for ColumnBias<'_> {
    #[inline(always)]
    fn apply_epilogue<S: Simd>(self, simd: S, sums: S::f32s, _: usize, column: usize) -> S::f32s {
        simd.add_f32s(sums, load_register::<S>(self.0, column))
    }
}

/// Adds the bias of each column, rectifies, and adds the output of the layer before at the same token.
#[derive(Clone, Copy)]
struct ResidualEpilogue<'a> {
    bias: &'a [f32],
    hidden: &'a [f32],
    wanted: &'a [usize],
}

impl Epilogue for ResidualEpilogue<'_> {
    #[inline(always)]
    fn apply_epilogue<S: Simd>(self, simd: S, sums: S::f32s, row: usize, column: usize) -> S::f32s {
        let sums = simd.add_f32s(sums, load_register::<S>(self.bias, column));
        let before = load_register::<S>(self.hidden, self.wanted[row] * CHANNELS + column);
        simd.add_f32s(simd.max_f32s(sums, simd.splat_f32s(0.0)), before)
    }
}

/// The embedding of a token from its quantised row.
#[inline(always)]
fn dequantise_row(net: &NetworkWeights<'_>, id: u32, row: &[u8], out: &mut [f32]) {
    let chunk = id as usize % TABLE_CHUNKS;
    let (scale, offset) = (net.scale[chunk], net.offset[chunk]);
    for (out, level) in out.iter_mut().zip(row) {
        *out = f32::from(*level) * scale + offset;
    }
}

/// Subtracts the mean and divides by the standard deviation.
#[inline(always)]
fn standardise_values(values: &mut [f32]) {
    let count = values.len() as f32;
    let mean = sum_terms(values, |value| value) / count;
    let variance = sum_terms(values, |value| (value - mean) * (value - mean)) / count;
    let scale = (variance + EPSILON).sqrt().recip();
    for value in values {
        *value = (*value - mean) * scale;
    }
}
