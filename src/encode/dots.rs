//! All dot products between two sets of vectors.

use pulp::{Simd, WithSimd};

use super::kernel::{Output, PANEL, Packed, product};
use super::simd::arch;

/// The dot product of every vector of `a` with every vector of `b`, as a row-major matrix with one row for each
/// vector of `a`. Both hold vectors of `dim` values one after the other.
///
/// The sum of one pair has the same bits whatever stands beside it.
#[must_use]
pub fn dots(a: &[f32], b: &[f32], dim: usize) -> Vec<f32> {
    let (rows, columns) = (a.len() / dim.max(1), b.len() / dim.max(1));
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let width = columns.next_multiple_of(PANEL);
    let panels = transposed(b, columns, width, dim);
    let mut values = vec![0.0; rows * width];
    arch().dispatch(Dots {
        a,
        rows,
        weights: Packed { panels: &panels, depth: dim },
        dim,
        width,
        values: &mut values,
    });
    if width > columns {
        for row in 1..rows {
            values.copy_within(row * width..row * width + columns, row * columns);
        }
        values.truncate(rows * columns);
    }
    values
}

/// The vectors as columns, in panels; the last panel is filled up with zeros.
fn transposed(vectors: &[f32], columns: usize, width: usize, dim: usize) -> Vec<f32> {
    let mut panels = vec![0.0; width * dim];
    for (panel, first) in panels.chunks_exact_mut(PANEL * dim).zip((0..columns).step_by(PANEL)) {
        for (column, vector) in vectors[first * dim..].chunks_exact(dim).take(PANEL).enumerate() {
            for (place, value) in panel[column..].iter_mut().step_by(PANEL).zip(vector) {
                *place = *value;
            }
        }
    }
    panels
}

struct Dots<'d> {
    a: &'d [f32],
    rows: usize,
    weights: Packed<'d>,
    dim: usize,
    width: usize,
    values: &'d mut [f32],
}

impl WithSimd for Dots<'_> {
    type Output = ();

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "must become part of the dispatched function to get its instructions"
    )]
    fn with_simd<S: Simd>(self, simd: S) {
        let dim = self.dim;
        let mut output = Output { values: self.values, stride: self.width, column: 0 };
        product(simd, self.a, 0..self.rows, |row| row * dim, self.weights, &mut output, |sum, _, _| sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_plain_loop() {
        let dim = 24;
        let vectors = |count: usize, seed: usize| -> Vec<f32> {
            (0..count * dim).map(|k| ((k * 37 + seed * 101) % 29) as f32 - 14.0).collect()
        };
        for (rows, columns) in [(1, 1), (3, 31), (13, 32), (17, 70), (0, 4), (4, 0)] {
            let (a, b) = (vectors(rows, 1), vectors(columns, 2));
            let plain: Vec<f32> = a
                .chunks(dim)
                .flat_map(|x| b.chunks(dim).map(move |y| x.iter().zip(y).map(|(x, y)| x * y).sum()))
                .collect();
            assert_eq!(dots(&a, &b, dim), plain, "{rows} x {columns}");
        }
    }
}
