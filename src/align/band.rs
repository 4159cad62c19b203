//! The part of the table of all pairs of sentences in which the best path is searched.
//!
//! Coarse to fine (Thompson and Koehn 2019, "Vecalign"): both texts are halved in length, two neighbours to one mean
//! vector, until the whole table is small. The heaviest chain through it, widened, bounds the search in the next finer
//! table. Time and memory grow with the sum of the two lengths.

use std::ops::Range;

use super::side::{AlignmentSide, Window};
use crate::encode::{dot, dot_products};

/// Columns that the search may visit in each row: `band[i]` for paths that have consumed `i` sentences of A.
/// The first contains 0, the last the number of sentences of B, and neither bound ever decreases.
pub(super) type Band = Vec<Range<usize>>;

/// Largest number of nodes of a table that is searched in full.
const MAX_FULL_NODES: usize = 1 << 16;

/// How far the path may deviate from the heaviest chain, in rows and columns. More than twice the longest run, because the
/// chain consists of single pairs and ignores the words.
const BAND_REACH: usize = 16;

/// Rows whose cosines are computed together.
const ROWS: usize = 64;

/// The band of the whole table of `n` x `m` pairs.
pub(super) fn full_band(n: usize, m: usize) -> Band {
    vec![0..m + 1; n + 1]
}

/// The band for two texts: the whole table where it is small, the neighbourhood of the heaviest coarse chain where not.
pub(super) fn search_band(a: &AlignmentSide, b: &AlignmentSide) -> Band {
    let (n, m) = (a.len(), b.len());
    if (n + 1) * (m + 1) <= MAX_FULL_NODES {
        return full_band(n, m);
    }
    let dim = a.windows.vector_dim();
    let mut levels =
        vec![CoarseLevel { a: a.windows.gather_windows(0..n, 1), b: b.windows.gather_windows(0..m, 1), dim }];
    while let Some(finest) = levels.last().filter(|l| l.table_size() > MAX_FULL_NODES) {
        let coarser = CoarseLevel { a: halve_vectors(&finest.a, dim), b: halve_vectors(&finest.b, dim), dim };
        levels.push(coarser);
    }
    let mut band = None;
    while let Some(level) = levels.pop() {
        let (n, m) = (level.a.len() / dim, level.b.len() / dim);
        let searched = band.map_or_else(|| full_band(n, m), |coarse: Band| refine_band(&coarse, n, m));
        band = Some(widen_chain(&level.heaviest_chain(&searched), n, m));
    }
    band.unwrap_or_else(|| full_band(n, m))
}

/// One vector for each stretch of sentences of both texts, row after row.
struct CoarseLevel {
    a: Vec<f32>,
    b: Vec<f32>,
    dim: usize,
}

impl CoarseLevel {
    fn table_size(&self) -> usize {
        (self.a.len() / self.dim + 1) * (self.b.len() / self.dim + 1)
    }

    /// The nodes of the chain of pairs with the largest sum of margins (cosine above chance), from corner to corner. Where
    /// no pair has a margin it follows the diagonal.
    fn heaviest_chain(&self, band: &Band) -> Vec<Window> {
        let (n, m) = (self.a.len() / self.dim, self.b.len() / self.dim);
        let (chance_a, chance_b) =
            (mean_cosines(&self.a, &self.b, self.dim), mean_cosines(&self.b, &self.a, self.dim));
        let mut steps: Vec<Vec<ChainStep>> =
            band.iter().map(|columns| vec![ChainStep::Left; columns.len()]).collect();
        let mut above: Vec<f32> = Vec::new();
        let mut margins: (Range<usize>, Range<usize>, Vec<f32>) = (0..0, 0..0, Vec::new());
        for (i, columns) in band.iter().enumerate() {
            if i > 0 && !margins.0.contains(&(i - 1)) {
                let rows = i - 1..(i - 1 + ROWS).min(n);
                let columns = band[i - 1].start..band[rows.end].end.min(m);
                let rows_a = &self.a[rows.start * self.dim..rows.end * self.dim];
                let rows_b = &self.b[columns.start * self.dim..columns.end * self.dim];
                margins = (rows, columns, dot_products(rows_a, rows_b, self.dim));
            }
            let mut here = vec![f32::NEG_INFINITY; columns.len()];
            if i == 0 {
                here.fill(0.0);
            }
            for j in columns.clone() {
                let at = j - columns.start;
                if i > 0 {
                    let from = &band[i - 1];
                    if j > 0 && from.contains(&(j - 1)) {
                        let (rows, wide, cosines) = &margins;
                        let cosine = cosines[(i - 1 - rows.start) * wide.len() + j - 1 - wide.start];
                        let margin = cosine - chance_a[i - 1].midpoint(chance_b[j - 1]);
                        here[at] = above[j - 1 - from.start] + margin.max(0.0);
                        steps[i][at] = ChainStep::Diagonal;
                    }
                    if from.contains(&j) && above[j - from.start] > here[at] {
                        here[at] = above[j - from.start];
                        steps[i][at] = ChainStep::Up;
                    }
                }
                if at > 0 && here[at - 1] > here[at] {
                    here[at] = here[at - 1];
                    steps[i][at] = ChainStep::Left;
                }
            }
            above = here;
        }
        trace_chain(&steps, band, n, m)
    }
}

/// How a node of the chain was reached.
#[derive(Clone, Copy)]
enum ChainStep {
    Diagonal,
    Up,
    Left,
}

/// The nodes of the chain in order, read backwards from the last corner.
fn trace_chain(steps: &[Vec<ChainStep>], band: &Band, n: usize, m: usize) -> Vec<Window> {
    let (mut i, mut j) = (n, m);
    let mut nodes = vec![(i, j)];
    while (i, j) != (0, 0) {
        match steps[i][j - band[i].start] {
            ChainStep::Diagonal => (i, j) = (i - 1, j - 1),
            ChainStep::Up => i -= 1,
            ChainStep::Left => j -= 1,
        }
        nodes.push((i, j));
    }
    nodes.reverse();
    nodes
}

/// Mean cosine of each vector of `own` with all vectors of `others`.
fn mean_cosines(own: &[f32], others: &[f32], dim: usize) -> Vec<f32> {
    let mut mean = vec![0.0; dim];
    let count = (others.len() / dim).max(1) as f32;
    for other in others.chunks_exact(dim) {
        mean.iter_mut().zip(other).for_each(|(m, v)| *m += v / count);
    }
    dot_products(own, &mean, dim)
}

/// The normalised sum of each two neighbouring vectors.
fn halve_vectors(vectors: &[f32], dim: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(vectors.len() / 2 + dim);
    for pair in vectors.chunks(2 * dim) {
        let at = out.len();
        out.extend_from_slice(&pair[..dim]);
        out[at..].iter_mut().zip(&pair[dim..]).for_each(|(sum, value)| *sum += value);
        let length = dot(&out[at..], &out[at..]).sqrt().max(f32::MIN_POSITIVE);
        out[at..].iter_mut().for_each(|v| *v /= length);
    }
    out
}

/// The nodes within [`BAND_REACH`] of the nodes of `path`, by rows.
fn widen_chain(path: &[Window], n: usize, m: usize) -> Band {
    let (mut first, mut last) = (0, 0);
    let rows = (0..=n).map(|i| {
        while path[first].0 + BAND_REACH < i {
            first += 1;
        }
        while last + 1 < path.len() && path[last + 1].0 <= i + BAND_REACH {
            last += 1;
        }
        path[first].1.saturating_sub(BAND_REACH)..(path[last].1 + BAND_REACH).min(m) + 1
    });
    rows.collect()
}

/// The band of the table of `n` x `m` pairs that corresponds to `coarse` in the table of half the size.
fn refine_band(coarse: &Band, n: usize, m: usize) -> Band {
    let rows = (0..=n).map(|i| {
        let (upper, lower) = (&coarse[i / 2], &coarse[i.div_ceil(2)]);
        2 * upper.start..(2 * (lower.end - 1)).min(m) + 1
    });
    let mut band: Band = rows.collect();
    band[n].end = m + 1;
    band
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sound(band: &Band, n: usize, m: usize) -> bool {
        let forward =
            |w: &[Range<usize>]| w[0].start <= w[1].start && w[0].end <= w[1].end && w[1].start < w[0].end;
        band.len() == n + 1 && (band[0].start, band[n].end) == (0, m + 1) && band.windows(2).all(forward)
    }

    /// A path with long horizontal and vertical stretches.
    fn path(n: usize, m: usize) -> Vec<Window> {
        let mut nodes = vec![(0, 0)];
        let (mut i, mut j) = (0, 0);
        while (i, j) != (n, m) {
            match (i + j) / 50 % 3 {
                0 if i < n => i += 1,
                1 if j < m => j += 1,
                _ if i < n && j < m => (i, j) = (i + 1, j + 1),
                _ if i < n => i += 1,
                _ => j += 1,
            }
            nodes.push((i, j));
        }
        nodes
    }

    #[test]
    fn a_band_begins_and_ends_in_the_corners_and_never_goes_back() {
        for (n, m) in [(0, 0), (3, 5), (1, 900), (900, 1), (701, 800), (5000, 3001)] {
            let path = path(n, m);
            let band = widen_chain(&path, n, m);
            assert!(is_sound(&band, n, m), "{n} {m}");
            assert!(path.iter().all(|(i, j)| band[*i].contains(j)));
            let (n, m) = (2 * n, 2 * m);
            for (n, m) in [(n, m), (n.saturating_sub(1), m), (n, m.saturating_sub(1))] {
                assert!(is_sound(&refine_band(&band, n, m), n, m), "{n} {m}");
            }
            assert!(band.iter().map(Range::len).sum::<usize>() <= (4 * BAND_REACH + 2) * (n + m + 2));
        }
    }
}
