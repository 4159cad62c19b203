//! Matrix products with weights that were packed when the model was installed.
//!
//! A general library has to pack both sides anew for every product and chooses its blocking by the number of rows.
//! Here the weights never change: they lie in the file as panels of 32 columns, and each output is one chain of
//! multiply-adds in the order of the depth. So a row's result does not depend on the rows beside it (a sentence has
//! the same bits in any batch, on any number of threads), nothing is allocated, and what follows a product (bias,
//! rectifier, residual) is done while the values are in registers.

#![expect(
    clippy::inline_always,
    reason = "every step must be compiled for the instruction set that its caller was chosen for"
)]

use std::array;
use std::ops::Range;

use pulp::Simd;

/// Columns of a panel: two AVX-512, four AVX2, eight NEON registers.
pub(super) const PANEL: usize = 32;

/// A `depth` x `columns` matrix as panels: the rows of the first 32 columns, then those of the next.
#[derive(Clone, Copy)]
pub(super) struct Packed<'m> {
    pub(super) panels: &'m [f32],
    pub(super) depth: usize,
}

/// Packs a row-major matrix; `columns` is a multiple of [`PANEL`].
pub(super) fn pack(matrix: &[f32], columns: usize) -> Vec<f32> {
    let mut panels = Vec::with_capacity(matrix.len());
    for first in (0..columns).step_by(PANEL) {
        for row in matrix.chunks_exact(columns) {
            panels.extend_from_slice(&row[first..first + PANEL]);
        }
    }
    panels
}

/// Output of a product: rows of `stride` values, the columns from `column` on.
pub(super) struct Output<'o> {
    pub(super) values: &'o mut [f32],
    pub(super) stride: usize,
    pub(super) column: usize,
}

/// `output[r] = finish(input[start(r)..][..depth] . weights)` for each row `r` in `rows`.
///
/// Rows may overlap: a convolution's windows are rows that start one position apart. `finish` gets the sums, the
/// row and the column of the first of them.
#[inline(always)]
pub(super) fn product<S: Simd>(
    simd: S,
    input: &[f32],
    rows: Range<usize>,
    start: impl Fn(usize) -> usize + Copy,
    weights: Packed<'_>,
    output: &mut Output<'_>,
    finish: impl Fn(S::f32s, usize, usize) -> S::f32s + Copy,
) {
    // As many sums as the registers hold beside the panel's own.
    match S::F32_LANES {
        16 => blocks::<S, 12, 2>(simd, input, rows, start, weights, output, finish),
        8 => blocks::<S, 3, 4>(simd, input, rows, start, weights, output, finish),
        4 => blocks::<S, 3, 8>(simd, input, rows, start, weights, output, finish),
        _ => blocks::<S, 1, 32>(simd, input, rows, start, weights, output, finish),
    }
}

#[inline(always)]
fn blocks<S: Simd, const ROWS: usize, const REGISTERS: usize>(
    simd: S,
    input: &[f32],
    rows: Range<usize>,
    start: impl Fn(usize) -> usize + Copy,
    weights: Packed<'_>,
    output: &mut Output<'_>,
    finish: impl Fn(S::f32s, usize, usize) -> S::f32s + Copy,
) {
    for (column, panel) in (0..).step_by(PANEL).zip(weights.panels.chunks_exact(weights.depth * PANEL)) {
        let mut row = rows.start;
        while row + ROWS <= rows.end {
            block::<S, ROWS, REGISTERS>(simd, input, row, start, panel, column, output, finish);
            row += ROWS;
        }
        while row + 4 <= rows.end && ROWS > 4 {
            block::<S, 4, REGISTERS>(simd, input, row, start, panel, column, output, finish);
            row += 4;
        }
        while row < rows.end {
            block::<S, 1, REGISTERS>(simd, input, row, start, panel, column, output, finish);
            row += 1;
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "the innermost loop: everything in registers")]
#[inline(always)]
fn block<S: Simd, const ROWS: usize, const REGISTERS: usize>(
    simd: S,
    input: &[f32],
    row: usize,
    start: impl Fn(usize) -> usize,
    panel: &[f32],
    column: usize,
    output: &mut Output<'_>,
    finish: impl Fn(S::f32s, usize, usize) -> S::f32s,
) {
    let depth = panel.len() / PANEL;
    let lines: [&[f32]; ROWS] = array::from_fn(|i| &input[start(row + i)..][..depth]);
    let mut sums = [[simd.splat_f32s(0.0); REGISTERS]; ROWS];
    for (k, weights) in panel.chunks_exact(PANEL).enumerate() {
        let weights: &[S::f32s; REGISTERS] =
            S::as_simd_f32s(weights).0.try_into().unwrap_or_else(|_| unreachable!());
        for i in 0..ROWS {
            let value = simd.splat_f32s(lines[i][k]);
            for v in 0..REGISTERS {
                sums[i][v] = simd.mul_add_e_f32s(value, weights[v], sums[i][v]);
            }
        }
    }
    for (i, sums) in sums.into_iter().enumerate() {
        let line = &mut output.values[(row + i) * output.stride + output.column + column..][..PANEL];
        for (v, (sum, place)) in sums.into_iter().zip(S::as_mut_simd_f32s(line).0).enumerate() {
            *place = finish(sum, row + i, column + v * S::F32_LANES);
        }
    }
}

/// The register that begins at `values[at]`.
#[inline(always)]
pub(super) fn load<S: Simd>(values: &[f32], at: usize) -> S::f32s {
    S::as_simd_f32s(&values[at..at + S::F32_LANES]).0[0]
}

#[cfg(test)]
mod tests {
    use pulp::WithSimd;

    use super::*;

    struct Times<'a> {
        input: &'a [f32],
        rows: usize,
        weights: Packed<'a>,
        out: &'a mut [f32],
    }

    impl WithSimd for Times<'_> {
        type Output = ();
        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) {
            let depth = self.weights.depth;
            let mut output = Output { values: self.out, stride: 2 * PANEL, column: 0 };
            product(
                simd,
                self.input,
                0..self.rows,
                |r| r * depth,
                self.weights,
                &mut output,
                |sum, _, column| simd.add_f32s(sum, simd.splat_f32s((column / PANEL) as f32)),
            );
        }
    }

    #[test]
    fn is_the_plain_product_for_any_number_of_rows() {
        let depth = 5;
        let matrix: Vec<f32> = (0..depth * 2 * PANEL).map(|i| (i * 7 % 23) as f32 - 11.0).collect();
        let panels = pack(&matrix, 2 * PANEL);
        for rows in 0..30 {
            let input: Vec<f32> = (0..rows * depth).map(|i| (i * 5 % 17) as f32 - 8.0).collect();
            let weights = Packed { panels: &panels, depth };
            let mut found = vec![0.0; rows * 2 * PANEL];
            pulp::Arch::new().dispatch(Times { input: &input, rows, weights, out: &mut found });
            let mut without = vec![0.0; rows * 2 * PANEL];
            Times { input: &input, rows, weights, out: &mut without }.with_simd(pulp::Scalar::new());
            let plain = (0..rows * 2 * PANEL).map(|i| {
                let (row, column) = (i / (2 * PANEL), i % (2 * PANEL));
                let sum: f32 =
                    (0..depth).map(|k| input[row * depth + k] * matrix[k * 2 * PANEL + column]).sum();
                sum + (column / PANEL) as f32
            });
            // Whole numbers: exact in any order.
            assert!(plain.eq(found.iter().copied()) && found == without, "{rows} rows");
        }
    }
}
