//! The end of the forward pass: sums of features are projected to the pooled space, and the dense layers turn them into
//! vectors.

#![expect(
    clippy::inline_always,
    reason = "every step must be compiled for the instruction set that its caller was chosen for"
)]

use pulp::{Simd, WithSimd};

use super::forward::{DenseWeights, EPSILON, FEATURES, ForwardScratch, INNER, NetworkWeights, WIDTH};
use super::kernel::{
    Epilogue, LevelBlocks, Output, PackedMatrix, count_blocks, load_register, multiply_matrix, sum_terms,
};

/// Projects sums of standardised features (rows of [`FEATURES`]) to the pooled space: rows of [`WIDTH`] sums of
/// `(gain x + bias) W + b`.
pub(super) struct ProjectTask<'a, 'm> {
    pub(super) net: &'a NetworkWeights<'m>,
    /// Overwritten.
    pub(super) sums: &'a mut [f32],
    /// Number of tokens that each row is the sum of; it may be negative for a correction.
    pub(super) counts: &'a [f32],
    pub(super) scratch: &'a mut ForwardScratch,
    pub(super) out: &'a mut [f32],
}

impl WithSimd for ProjectTask<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { net, sums, counts, scratch: ForwardScratch { levels, .. }, out } = self;
        for (row, count) in sums.chunks_exact_mut(FEATURES).zip(counts) {
            for ((value, gain), bias) in row.iter_mut().zip(net.features_gain).zip(net.features_bias) {
                *value = *value * gain + count * bias;
            }
        }
        levels.set_rows(sums, FEATURES);
        let mut out = Output { values: out, stride: WIDTH, column: 0 };
        multiply_matrix(
            simd,
            levels,
            0..counts.len(),
            |r| r * count_blocks(FEATURES),
            net.pool,
            &mut out,
            CountedBias { bias: net.pool_bias, counts },
        );
    }
}

/// Turns pooled sums (rows of [`WIDTH`]) into finished vectors of unit length.
pub(super) struct FinishTask<'a, 'm> {
    pub(super) net: &'a NetworkWeights<'m>,
    /// Overwritten.
    pub(super) pooled: &'a mut [f32],
    /// Number of tokens of each row.
    pub(super) counts: &'a [f32],
    pub(super) scratch: &'a mut ForwardScratch,
    pub(super) out: &'a mut [f32],
}

impl WithSimd for FinishTask<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { net, pooled, counts, scratch, out } = self;
        for (row, count) in pooled.chunks_exact_mut(WIDTH).zip(counts) {
            let scale = count.sqrt().recip();
            scale_values(row, scale);
        }
        let ForwardScratch { levels, dense: [y0, m1, y1, y2, m3], .. } = scratch;
        let DenseWeights { d0, p1, d1, d2, p3, d3 } = net.dense;
        for (values, weights) in [(&mut *y0, d0), (m1, p1), (y1, d1), (y2, d2), (m3, p3)] {
            values.resize(counts.len() * weights.column_count(), 0.0);
        }
        let rows = counts.len();
        levels.set_rows(pooled, WIDTH);
        apply_layer(simd, levels, rows, d0, &[], y0, true);
        apply_layer(simd, levels, rows, p1, &[], m1, false);
        levels.set_rows(y0, INNER);
        apply_layer(simd, levels, rows, d1, m1, y1, true);
        levels.set_rows(y1, INNER);
        apply_layer(simd, levels, rows, d2, &[], y2, true);
        apply_layer(simd, levels, rows, p3, &[], m3, false);
        levels.set_rows(y2, WIDTH);
        apply_layer(simd, levels, rows, d3, m3, out, false);
        for row in out.chunks_exact_mut(WIDTH) {
            hyperbolic_tangent(row);
            let scale = sum_terms(row, |value| value * value).max(EPSILON).sqrt().recip();
            scale_values(row, scale);
        }
    }
}

/// One of the dense layers for the rows of `levels`, with `other` added if it is not empty.
#[inline(always)]
fn apply_layer<S: Simd>(
    simd: S,
    levels: &LevelBlocks,
    rows: usize,
    weights: PackedMatrix<'_>,
    other: &[f32],
    values: &mut [f32],
    rectify: bool,
) {
    let width = weights.column_count();
    let mut output = Output { values, stride: width, column: 0 };
    let start = |row| row * count_blocks(weights.matrix_depth());
    multiply_matrix(
        simd,
        levels,
        0..rows,
        start,
        weights,
        &mut output,
        LayerEpilogue { other, width, rectify },
    );
}

/// Adds the bias of each column, times the number of tokens that the row is the sum of.
#[derive(Clone, Copy)]
struct CountedBias<'a> {
    bias: &'a [f32],
    counts: &'a [f32],
}

impl Epilogue for CountedBias<'_> {
    #[inline(always)]
    fn apply_epilogue<S: Simd>(self, simd: S, sums: S::f32s, row: usize, column: usize) -> S::f32s {
        let count = simd.splat_f32s(self.counts[row]);
        simd.add_f32s(sums, simd.mul_f32s(count, load_register::<S>(self.bias, column)))
    }
}

/// Adds `other` if it is not empty, and rectifies if asked to, see [`apply_layer`].
#[derive(Clone, Copy)]
struct LayerEpilogue<'a> {
    other: &'a [f32],
    width: usize,
    rectify: bool,
}

impl Epilogue for LayerEpilogue<'_> {
    #[inline(always)]
    fn apply_epilogue<S: Simd>(self, simd: S, sums: S::f32s, row: usize, column: usize) -> S::f32s {
        let sums = match self.other {
            [] => sums,
            other => simd.add_f32s(sums, load_register::<S>(other, row * self.width + column)),
        };
        if self.rectify { simd.max_f32s(sums, simd.splat_f32s(0.0)) } else { sums }
    }
}

/// The hyperbolic tangent by the rational approximation of Eigen 3 (`generic_fast_tanh_float`), within 4e-7 of it.
#[inline(always)]
fn hyperbolic_tangent(values: &mut [f32]) {
    const ODD: [f32; 7] = [
        4.893_524_6e-3,
        6.372_619_3e-4,
        1.485_722_4e-5,
        5.122_297_1e-8,
        -8.604_672e-11,
        2.000_188e-13,
        -2.760_768_5e-16,
    ];
    const EVEN: [f32; 4] = [4.893_525e-3, 2.268_434_6e-3, 1.185_347_1e-4, 1.198_258_4e-6];
    /// From here on the result is 1.
    const END: f32 = 7.905_311;
    let polynomial = |factors: &[f32], x: f32| factors.iter().rev().fold(0.0, |sum, factor| sum * x + factor);
    for value in values {
        let x = value.clamp(-END, END);
        *value = x * polynomial(&ODD, x * x) / polynomial(&EVEN, x * x);
    }
}

#[inline(always)]
fn scale_values(values: &mut [f32], factor: f32) {
    for value in values {
        *value *= factor;
    }
}
