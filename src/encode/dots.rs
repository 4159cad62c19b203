//! All dot products between two sets of vectors.

#![expect(
    clippy::inline_always,
    reason = "every step must become part of the dispatched function to get its instructions"
)]

use std::array;

use pulp::{Simd, WithSimd};

use super::simd::dispatch_simd;

/// Vectors of `b` in one panel: two AVX-512, four AVX2, eight NEON registers.
const PANEL: usize = 32;

/// The dot product of every vector of `a` with every vector of `b`, as a row-major matrix with one row for each
/// vector of `a`. Both hold vectors of `dim` values one after the other.
///
/// The sum of one pair is one chain of multiply-adds: it has the same bits whatever the other vectors are, and in either
/// order of the two.
#[must_use]
pub fn dot_products(a: &[f32], b: &[f32], dim: usize) -> Vec<f32> {
    let (rows, columns) = (a.len() / dim.max(1), b.len() / dim.max(1));
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let width = columns.next_multiple_of(PANEL);
    let panels = transpose_panels(b, columns, width, dim);
    let mut values = vec![0.0; rows * width];
    dispatch_simd(DotProductsTask { a: &a[..rows * dim], panels: &panels, dim, width, values: &mut values });
    if width > columns {
        for row in 1..rows {
            values.copy_within(row * width..row * width + columns, row * columns);
        }
        values.truncate(rows * columns);
    }
    values
}

/// The dot product of two vectors, in an order that does not depend on the width of the machine's registers.
#[must_use]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (whole_a, whole_b) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    for (a, b) in whole_a.0.iter().zip(whole_b.0) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    let rest: f32 = whole_a.1.iter().zip(whole_b.1).map(|(a, b)| a * b).sum();
    lanes.iter().sum::<f32>() + rest
}

/// Values of a vector that are copied into their panel together, so that the target stays in the cache.
const TRANSPOSED_TOGETHER: usize = 32;

/// The vectors as columns, in panels; the last panel is padded with zeros.
fn transpose_panels(vectors: &[f32], columns: usize, width: usize, dim: usize) -> Vec<f32> {
    let mut panels = vec![0.0; width * dim];
    for (panel, first) in panels.chunks_exact_mut(PANEL * dim).zip((0..columns).step_by(PANEL)) {
        for (part, at) in
            panel.chunks_mut(PANEL * TRANSPOSED_TOGETHER).zip((0..dim).step_by(TRANSPOSED_TOGETHER))
        {
            for (column, vector) in vectors[first * dim..].chunks_exact(dim).take(PANEL).enumerate() {
                for (row, value) in part.chunks_exact_mut(PANEL).zip(&vector[at..]) {
                    row[column] = *value;
                }
            }
        }
    }
    panels
}

struct DotProductsTask<'d> {
    a: &'d [f32],
    panels: &'d [f32],
    dim: usize,
    width: usize,
    values: &'d mut [f32],
}

impl WithSimd for DotProductsTask<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // As many sums as the registers hold beside the panel's own.
        match S::F32_LANES {
            16 => self.multiply_panels::<S, 12, 2>(simd),
            8 => self.multiply_panels::<S, 3, 4>(simd),
            4 => self.multiply_panels::<S, 3, 8>(simd),
            _ => self.multiply_panels::<S, 1, 32>(simd),
        }
    }
}

impl DotProductsTask<'_> {
    #[inline(always)]
    fn multiply_panels<S: Simd, const ROWS: usize, const REGISTERS: usize>(self, simd: S) {
        let Self { a, panels, dim, width, values } = self;
        for (panel, column) in panels.chunks_exact(dim * PANEL).zip((0..).step_by(PANEL)) {
            let rows = a.chunks_exact(dim * ROWS);
            let whole = rows.len() * ROWS;
            let single = rows.remainder().chunks_exact(dim).zip(whole..);
            for (rows, first) in rows.zip((0..).step_by(ROWS)) {
                let out = &mut values[first * width + column..];
                multiply_tile::<S, ROWS, REGISTERS>(simd, rows, panel, width, out);
            }
            for (row, first) in single {
                multiply_tile::<S, 1, REGISTERS>(
                    simd,
                    row,
                    panel,
                    width,
                    &mut values[first * width + column..],
                );
            }
        }
    }
}

/// The products of `ROWS` vectors and one panel.
#[inline(always)]
fn multiply_tile<S: Simd, const ROWS: usize, const REGISTERS: usize>(
    simd: S,
    rows: &[f32],
    panel: &[f32],
    width: usize,
    out: &mut [f32],
) {
    let dim = panel.len() / PANEL;
    let lines: [&[f32]; ROWS] = array::from_fn(|i| &rows[i * dim..][..dim]);
    let mut sums = [[simd.splat_f32s(0.0); REGISTERS]; ROWS];
    for (k, column) in panel.chunks_exact(PANEL).enumerate() {
        let column: &[S::f32s; REGISTERS] =
            S::as_simd_f32s(column).0.try_into().unwrap_or_else(|_| unreachable!());
        for i in 0..ROWS {
            let value = simd.splat_f32s(lines[i][k]);
            for v in 0..REGISTERS {
                sums[i][v] = simd.mul_add_e_f32s(value, column[v], sums[i][v]);
            }
        }
    }
    for (i, sums) in sums.iter().enumerate() {
        S::as_mut_simd_f32s(&mut out[i * width..][..PANEL]).0.copy_from_slice(sums);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_plain_loop() {
        let dim = 40;
        let vectors = |count: usize, seed: usize| -> Vec<f32> {
            (0..count * dim).map(|k| ((k * 37 + seed * 101) % 29) as f32 - 14.0).collect()
        };
        for (rows, columns) in [(1, 1), (3, 31), (13, 32), (17, 70), (0, 4), (4, 0)] {
            let (a, b) = (vectors(rows, 1), vectors(columns, 2));
            let plain: Vec<f32> = a
                .chunks(dim)
                .flat_map(|x| b.chunks(dim).map(move |y| x.iter().zip(y).map(|(x, y)| x * y).sum()))
                .collect();
            assert_eq!(dot_products(&a, &b, dim), plain, "{rows} x {columns}");
            if rows > 0 && columns > 0 {
                assert!((dot(&a[..dim], &b[..dim]) - plain[0]).abs() < 0.5);
            }
        }
    }
}
