//! Matrix products in 16-bit levels, with weights that were packed when the model was installed.
//!
//! A general library packs both sides anew for every product and chooses its blocking by the number of rows.
//! Here the weights never change: the file contains them as panels of 32 columns. Both sides are whole numbers with a
//! scale, of each column of the weights and of each [`BLOCK`] values of a row (block floating point). Their products
//! are exact in 32 bits, take half the time and half the memory of 32-bit floats, and have the same bits with any
//! instructions, for a row alone or among others, on any number of threads. The operations after a product (bias,
//! rectifier, residual) run while the values are in registers.
//!
//! Rounding changes a level by .29 (root mean square), where levels are some 2,000 to 4,000. Of the 314 texts of the encoder's test
//! the lowest cosine of a vector with that of the reference, which computes in 32-bit floats, is .999 999 7, the median .999 999 9.

#![expect(
    clippy::inline_always,
    reason = "every step must be compiled for the instruction set that its caller was chosen for"
)]

use std::array;
use std::ops::Range;

use pulp::Simd;
use pulp::bytemuck::{cast, cast_slice, cast_slice_mut};

use super::simd::{add_products, to_floats};

/// Columns of a panel: two AVX-512, four AVX2, eight NEON registers.
pub(super) const PANEL: usize = 32;

/// Values of a row that share a scale.
pub(super) const BLOCK: usize = 256;

/// Euclidean length of a block's levels before they are rounded: no level has more than 16 bits.
const BLOCK_LENGTH: f32 = 32_700.0;

/// Greatest Euclidean length of a column's levels, which are limited to 16 bits as well. By the Cauchy-Schwarz inequality
/// no sum of products of the two, complete or partial, exceeds 31 bits.
const COLUMN_LENGTH: f32 = 65_000.0;

/// A `depth` x `columns` matrix as panels: the rows of the first 32 columns, then those of the next.
#[derive(Clone, Copy)]
pub(super) struct PackedMatrix<'m> {
    /// The scale of each column.
    scales: &'m [f32],
    /// For each panel and each pair of rows the levels of both rows, column by column.
    pairs: &'m [i32],
    depth: usize,
}

impl<'m> PackedMatrix<'m> {
    /// The output of [`pack_matrix`] for a matrix of `depth` rows.
    pub(super) fn new(packed: &'m [i32], depth: usize, columns: usize) -> Self {
        let (scales, pairs) = packed.split_at(columns);
        Self { scales: cast_slice(scales), pairs, depth }
    }

    pub(super) fn matrix_depth(&self) -> usize {
        self.depth
    }

    pub(super) fn column_count(&self) -> usize {
        self.scales.len()
    }
}

/// 32-bit units of a packed matrix.
pub(super) const fn packed_size(depth: usize, columns: usize) -> usize {
    columns + depth * columns / 2
}

/// Packs a row-major matrix; `columns` is a multiple of [`PANEL`], the number of rows is even.
pub(super) fn pack_matrix(matrix: &[f32], columns: usize) -> Vec<i32> {
    let scales = (0..columns).map(|c| {
        let column = matrix[c..].iter().step_by(columns);
        let length = column.clone().map(|value| value * value).sum::<f32>().sqrt();
        let largest = column.fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
        (length / COLUMN_LENGTH).max(largest / BLOCK_LENGTH)
    });
    let scales: Vec<f32> = scales.collect();
    let mut packed: Vec<i32> = cast_slice(&scales).to_vec();
    for first in (0..columns).step_by(PANEL) {
        for rows in matrix.chunks_exact(2 * columns) {
            let level = |c: usize| (rows[c] / scales[c % columns]).round() as i16;
            packed.extend(
                (first..first + PANEL).map(|c| cast::<[i16; 2], i32>([level(c), level(columns + c)])),
            );
        }
    }
    packed
}

/// Rows of values as levels.
#[derive(Debug, Default)]
pub(super) struct LevelBlocks {
    /// [`BLOCK`] levels for each block, two in each number.
    pairs: Vec<i32>,
    /// The scale of each block. A block of scale 0 is all zeros, whatever its levels.
    scales: Vec<f32>,
}

impl LevelBlocks {
    /// Resets to `blocks` blocks of zeros.
    pub(super) fn reset_blocks(&mut self, blocks: usize) {
        self.scales.clear();
        self.scales.resize(blocks, 0.0);
        self.pairs.resize(blocks * BLOCK / 2, 0);
    }

    /// Sets a block to at most [`BLOCK`] values, a multiple of 64. The rest of the block is never read.
    #[inline(always)]
    pub(super) fn set_block(&mut self, block: usize, values: &[f32]) {
        /// 1.5 x 2^23: its sum with a number below 2^22 has the nearest integer in the lower bits.
        const ROUNDING: f32 = 12_582_912.0;
        let length = sum_terms(values, |value| value * value).sqrt().max(1e-30);
        self.scales[block] = length / BLOCK_LENGTH;
        let factor = BLOCK_LENGTH / length;
        let levels: &mut [i16] = cast_slice_mut(&mut self.pairs[block * BLOCK / 2..][..values.len() / 2]);
        for (level, value) in levels.iter_mut().zip(values) {
            *level = (value * factor + ROUNDING).to_bits() as i16;
        }
    }

    /// Resets to rows of `depth` values, each of which begins a block.
    #[inline(always)]
    pub(super) fn set_rows(&mut self, values: &[f32], depth: usize) {
        let blocks = count_blocks(depth);
        self.reset_blocks(values.len() / depth * blocks);
        for (row, values) in values.chunks_exact(depth).enumerate() {
            self.set_row(row * blocks, values);
        }
    }

    /// Sets a row of any number of values, which begins at `block`.
    #[inline(always)]
    pub(super) fn set_row(&mut self, block: usize, values: &[f32]) {
        for (k, values) in values.chunks(BLOCK).enumerate() {
            self.set_block(block + k, values);
        }
    }

    /// Number of values that the memory has room for.
    pub(super) fn value_capacity(&self) -> usize {
        self.pairs.capacity()
    }
}

/// Number of blocks of a row of `depth` values.
pub(super) const fn count_blocks(depth: usize) -> usize {
    depth.div_ceil(BLOCK)
}

/// Output of a product: rows of `stride` values, the columns from `column` on.
pub(super) struct Output<'o> {
    pub(super) values: &'o mut [f32],
    pub(super) stride: usize,
    pub(super) column: usize,
}

/// The operation after a product. Not a closure, because closures cannot be marked `inline(always)`.
pub(super) trait Epilogue: Copy {
    /// `sums` are those of a row in the columns from `column` on.
    fn apply_epilogue<S: Simd>(self, simd: S, sums: S::f32s, row: usize, column: usize) -> S::f32s;
}

impl Epilogue for () {
    #[inline(always)]
    fn apply_epilogue<S: Simd>(self, _: S, sums: S::f32s, _: usize, _: usize) -> S::f32s {
        sums
    }
}

/// `output[r] = then(input[start(r)..][..depth] . weights)` for each row `r` in `rows`, where `start` counts blocks.
///
/// Rows may overlap: a convolution's windows are rows that start one position apart.
#[inline(always)]
pub(super) fn multiply_matrix<S: Simd>(
    simd: S,
    input: &LevelBlocks,
    rows: Range<usize>,
    start: impl Fn(usize) -> usize + Copy,
    weights: PackedMatrix<'_>,
    output: &mut Output<'_>,
    then: impl Epilogue,
) {
    // As many sums as the registers hold beside the panel's own and, but for VNNI, the products.
    match S::F32_LANES {
        16 => multiply_panels::<S, 12, 2>(simd, input, rows, start, weights, output, then),
        8 => multiply_panels::<S, 2, 4>(simd, input, rows, start, weights, output, then),
        4 => multiply_panels::<S, 2, 8>(simd, input, rows, start, weights, output, then),
        _ => multiply_panels::<S, 1, 32>(simd, input, rows, start, weights, output, then),
    }
}

#[inline(always)]
fn multiply_panels<S: Simd, const ROWS: usize, const REGISTERS: usize>(
    simd: S,
    input: &LevelBlocks,
    rows: Range<usize>,
    start: impl Fn(usize) -> usize + Copy,
    weights: PackedMatrix<'_>,
    output: &mut Output<'_>,
    then: impl Epilogue,
) {
    let panels = weights.pairs.chunks_exact(weights.depth / 2 * PANEL);
    for (column, (panel, scales)) in (0..).step_by(PANEL).zip(panels.zip(weights.scales.chunks_exact(PANEL)))
    {
        let mut row = rows.start;
        while row + ROWS <= rows.end {
            multiply_tile::<S, ROWS, REGISTERS>(simd, input, row, start, panel, scales, column, output, then);
            row += ROWS;
        }
        while row + 4 <= rows.end && ROWS > 4 {
            multiply_tile::<S, 4, REGISTERS>(simd, input, row, start, panel, scales, column, output, then);
            row += 4;
        }
        while row < rows.end {
            multiply_tile::<S, 1, REGISTERS>(simd, input, row, start, panel, scales, column, output, then);
            row += 1;
        }
    }
}

/// The product of some rows and one panel.
#[expect(clippy::too_many_arguments, reason = "the innermost loop: everything in registers")]
#[inline(always)]
fn multiply_tile<S: Simd, const ROWS: usize, const REGISTERS: usize>(
    simd: S,
    input: &LevelBlocks,
    row: usize,
    start: impl Fn(usize) -> usize,
    panel: &[i32],
    scales: &[f32],
    column: usize,
    output: &mut Output<'_>,
    then: impl Epilogue,
) {
    let mut sums = [[simd.splat_f32s(0.0); REGISTERS]; ROWS];
    for (block, panel) in panel.chunks(BLOCK / 2 * PANEL).enumerate() {
        let blocks: [usize; ROWS] = array::from_fn(|i| start(row + i) + block);
        let lines: [&[i32]; ROWS] =
            array::from_fn(|i| &input.pairs[blocks[i] * BLOCK / 2..][..panel.len() / PANEL]);
        let zero: S::i32s = cast(simd.splat_u32s(0));
        let mut exact = [[zero; REGISTERS]; ROWS];
        for (k, weights) in panel.chunks_exact(PANEL).enumerate() {
            let weights: &[S::i32s; REGISTERS] =
                S::as_simd_i32s(weights).0.try_into().unwrap_or_else(|_| unreachable!());
            for i in 0..ROWS {
                let pair: S::i32s = cast(simd.splat_u32s(lines[i][k].cast_unsigned()));
                for v in 0..REGISTERS {
                    exact[i][v] = add_products(simd, exact[i][v], pair, weights[v]);
                }
            }
        }
        for i in 0..ROWS {
            let scale = simd.splat_f32s(input.scales[blocks[i]]);
            for v in 0..REGISTERS {
                // Not fused: not every processor can.
                let scaled = simd.mul_f32s(to_floats(simd, exact[i][v]), scale);
                sums[i][v] = simd.add_f32s(sums[i][v], scaled);
            }
        }
    }
    for (i, sums) in sums.into_iter().enumerate() {
        let line = &mut output.values[(row + i) * output.stride + output.column + column..][..PANEL];
        for (v, (sum, place)) in sums.into_iter().zip(S::as_mut_simd_f32s(line).0).enumerate() {
            let sum = simd.mul_f32s(sum, load_register::<S>(scales, v * S::F32_LANES));
            *place = then.apply_epilogue(simd, sum, row + i, column + v * S::F32_LANES);
        }
    }
}

/// The register that begins at `values[at]`.
#[inline(always)]
pub(super) fn load_register<S: Simd>(values: &[f32], at: usize) -> S::f32s {
    S::as_simd_f32s(&values[at..at + S::F32_LANES]).0[0]
}

/// The sum of `term` over `values`, whose number is a multiple of 64, in an order that does not depend on the width of
/// the machine's registers.
#[inline(always)]
pub(super) fn sum_terms(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 64];
    for chunk in values.chunks_exact(lanes.len()) {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += term(*value);
        }
    }
    let mut width = lanes.len() / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use pulp::WithSimd;

    use super::super::simd::dispatch_simd;
    use super::*;

    struct Times<'a> {
        input: &'a LevelBlocks,
        rows: usize,
        weights: PackedMatrix<'a>,
        out: &'a mut [f32],
    }

    impl WithSimd for Times<'_> {
        type Output = ();
        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) {
            let blocks = count_blocks(self.weights.matrix_depth());
            let mut output = Output { values: self.out, stride: self.weights.column_count(), column: 0 };
            multiply_matrix(simd, self.input, 0..self.rows, |r| r * blocks, self.weights, &mut output, Panel);
        }
    }

    /// Adds the number of the panel.
    #[derive(Clone, Copy)]
    struct Panel;

    impl Epilogue for Panel {
        #[inline(always)]
        fn apply_epilogue<S: Simd>(self, simd: S, sums: S::f32s, _: usize, column: usize) -> S::f32s {
            simd.add_f32s(sums, simd.splat_f32s((column / PANEL) as f32))
        }
    }

    #[test]
    fn is_near_the_plain_product_and_has_the_same_bits_with_any_instructions() {
        let columns = 2 * PANEL;
        for depth in [64, 256, 320, 1280] {
            let wave = |i: usize, step: usize| ((i * step) as f32 * 0.01).sin() * (1.0 + (i % 5) as f32);
            let matrix: Vec<f32> = (0..depth * columns).map(|i| wave(i, 7)).collect();
            let packed = pack_matrix(&matrix, columns);
            assert_eq!(packed.len(), packed_size(depth, columns));
            let weights = PackedMatrix::new(&packed, depth, columns);
            for rows in 0..30 {
                let values: Vec<f32> = (0..rows * depth).map(|i| wave(i, 11) * (i / depth) as f32).collect();
                let mut input = LevelBlocks::default();
                input.set_rows(&values, depth);
                let mut found = vec![0.0; rows * columns];
                dispatch_simd(Times { input: &input, rows, weights, out: &mut found });
                let mut without = vec![0.0; rows * columns];
                Times { input: &input, rows, weights, out: &mut without }.with_simd(pulp::Scalar::new());
                assert_eq!(found, without, "{rows} rows of {depth}");
                let length =
                    |values: &mut dyn Iterator<Item = f32>| values.map(|v| v * v).sum::<f32>().sqrt();
                for (at, found) in found.iter().enumerate() {
                    let (row, column) = (&values[at / columns * depth..][..depth], at % columns);
                    let column_of = || matrix[column..].iter().step_by(columns).copied();
                    let plain: f32 = row.iter().zip(column_of()).map(|(a, b)| a * b).sum();
                    let scale = length(&mut row.iter().copied()) * length(&mut column_of());
                    let off = (found - (column / PANEL) as f32 - plain).abs();
                    assert!(off <= 1e-4 * scale, "{rows} rows of {depth}: {off} of {scale}");
                }
            }
        }
    }

    #[test]
    fn nothing_overflows_at_the_edge() {
        // All the length in one value, or spread out evenly, with the same signs on both sides.
        for values in [vec![3e8; 256], [vec![-7e-9], vec![0.0; 255]].concat()] {
            let matrix: Vec<f32> = values.iter().flat_map(|value| [*value; PANEL]).collect();
            let packed = pack_matrix(&matrix, PANEL);
            let mut input = LevelBlocks::default();
            input.set_rows(&values, 256);
            let mut found = vec![0.0; PANEL];
            let weights = PackedMatrix::new(&packed, 256, PANEL);
            dispatch_simd(Times { input: &input, rows: 1, weights, out: &mut found });
            let plain: f64 = values.iter().map(|v| f64::from(*v).powi(2)).sum();
            assert!(
                found.iter().all(|sum| (f64::from(*sum) / plain - 1.0).abs() < 1e-3),
                "{found:?} {plain}"
            );
        }
    }

    #[test]
    fn zeros_stay_zeros() {
        let packed = pack_matrix(&vec![0.0; 64 * PANEL], PANEL);
        let mut input = LevelBlocks::default();
        input.set_rows(&[1.0; 128], 64);
        input.reset_blocks(2);
        input.set_block(1, &[0.0; 64]);
        let mut found = vec![1.0; 2 * PANEL];
        dispatch_simd(Times {
            input: &input,
            rows: 2,
            weights: PackedMatrix::new(&packed, 64, PANEL),
            out: &mut found,
        });
        assert!(found.iter().all(|sum| *sum == 0.0));
    }
}
