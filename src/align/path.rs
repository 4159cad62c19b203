//! The best monotone path through two documents.

use std::ops::Range;

use rayon::prelude::*;

use super::score::{Scorer, shapes};

/// A run of sentences of A and a run of B; one of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bead {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
}

/// Rows whose scores are computed together: enough for the matrix product, little enough for memory.
const ROWS: usize = 64;

/// Columns that the search may visit in each row: `columns[i]` for paths that have used up `i` sentences of A.
/// The first holds 0, the last holds the number of sentences of B, and both bounds never go back.
pub(super) type Band = Vec<Range<usize>>;

/// The band that leaves nothing out.
fn full(n: usize, m: usize) -> Band {
    vec![0..m + 1; n + 1]
}

/// Nodes that a search may visit: 6,300 sentences a side in full, 200 MB of memory.
const MAX_NODES: usize = 40_000_000;

/// The band for two documents: everything, or for long ones what lies about the diagonal.
pub(super) fn band(n: usize, m: usize) -> Band {
    if (n + 1) * (m + 1) <= MAX_NODES {
        return full(n, m);
    }
    let reach = MAX_NODES / (n + 1) / 2;
    let middle = |i: usize| i * m / n.max(1);
    (0..=n).map(|i| middle(i).saturating_sub(reach)..(middle(i) + reach).min(m) + 1).collect()
}

/// The beads of the best path from (0, 0) to (n, m), in order, by dynamic programming over the band (Viterbi on the
/// semi-Markov model of [`super::score`]).
pub(super) fn best(scorer: &Scorer<'_>, band: &Band) -> Vec<Bead> {
    let (n, m) = (scorer.a.len(), scorer.b.len());
    let shapes: Vec<(usize, usize)> = shapes().collect();
    let null = scorer.null();
    let mut value: Vec<Vec<f32>> =
        band.iter().map(|columns| vec![f32::NEG_INFINITY; columns.len()]).collect();
    // How each node was reached: sentences of A in the high half of the byte, of B in the low half.
    let mut step: Vec<Vec<u8>> = band.iter().map(|columns| vec![0; columns.len()]).collect();
    value[0][0] = 0.0;
    let chunks: Vec<Range<usize>> = (0..=n).step_by(ROWS).map(|r| r..(r + ROWS).min(n + 1)).collect();
    for group in chunks.chunks(2 * rayon::current_num_threads()) {
        let blocks: Vec<_> = group
            .par_iter()
            .map(|rows| {
                let columns = band[rows.start].start..band[rows.end - 1].end.min(m);
                scorer.block(rows.start..rows.end.min(n), columns.start.min(columns.end)..columns.end)
            })
            .collect();
        for (rows, block) in group.iter().zip(&blocks) {
            for i in rows.clone() {
                let columns = band[i].clone();
                // Nulls of B stay in the row, so they come first, from left to right.
                for j in columns.clone().skip(1) {
                    let at = j - columns.start;
                    let from = value[i][at - 1] + null;
                    if from > value[i][at] {
                        value[i][at] = from;
                        step[i][at] = 1;
                    }
                }
                if i == n {
                    continue;
                }
                let (here, below) = value.split_at_mut(i + 1);
                let here = &here[i];
                push(here, &columns, None, (1, 0), null, &mut below[0], &band[i + 1], &mut step[i + 1]);
                for (shape, (p, q)) in shapes.iter().copied().enumerate() {
                    if i + p <= n {
                        let scores = Some((block.row(shape, i), block.columns.start));
                        push(
                            here,
                            &columns,
                            scores,
                            (p, q),
                            0.0,
                            &mut below[p - 1],
                            &band[i + p],
                            &mut step[i + p],
                        );
                    }
                }
            }
        }
    }
    trace(&step, band, n, m)
}

/// Extends every node of a row by one shape.
#[expect(clippy::too_many_arguments, reason = "one inner loop over borrowed rows")]
fn push(
    here: &[f32],
    columns: &Range<usize>,
    scores: Option<(&[f32], usize)>,
    (p, q): (usize, usize),
    constant: f32,
    below: &mut [f32],
    below_columns: &Range<usize>,
    step: &mut [u8],
) {
    let code = (p << 4 | q) as u8;
    let first = columns.start.max(below_columns.start.saturating_sub(q));
    let end = columns.end.min(below_columns.end.saturating_sub(q));
    for j in first..end {
        let gain = match scores {
            Some((row, start)) => match row.get(j - start) {
                Some(score) => *score,
                None => break,
            },
            None => constant,
        };
        let to = j + q - below_columns.start;
        let new = here[j - columns.start] + gain;
        if new > below[to] {
            below[to] = new;
            step[to] = code;
        }
    }
}

fn trace(step: &[Vec<u8>], band: &Band, n: usize, m: usize) -> Vec<Bead> {
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while i > 0 || j > 0 {
        let code = step[i][j - band[i].start];
        let (p, q) = (usize::from(code >> 4), usize::from(code & 15));
        assert!(p + q > 0, "the band has no path through ({i}, {j})");
        beads.push(Bead { a: i - p..i, b: j - q..j });
        (i, j) = (i - p, j - q);
    }
    beads.reverse();
    beads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_begins_and_ends_in_the_corners_and_never_goes_back() {
        for (n, m) in [(0, 0), (3, 5), (9_000, 8_000), (20_000, 20_000), (20_000, 3_000)] {
            let band = band(n, m);
            assert_eq!((band.len(), band[0].start, band[n].end), (n + 1, 0, m + 1));
            assert!(
                band.windows(2)
                    .all(|w| w[0].start <= w[1].start && w[0].end <= w[1].end && w[1].start < w[0].end)
            );
            assert!(band.iter().map(Range::len).sum::<usize>() <= MAX_NODES + 2 * (n + 1));
        }
    }
}
