//! The best monotone path through two texts.

use std::ops::Range;

use rayon::prelude::*;

use super::band::Band;
use super::score::{GroupFeatures, Scorer, Weights, group_shapes};
use super::side::MAX_WINDOW;

/// A run of sentences of A and a run of B; one of them is empty for a null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bead {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
}

/// Most rows of a rectangle whose scores are computed together.
const ROWS: usize = 64;

/// Most nodes of such a rectangle, where the band is wide: bounds the memory.
const NODES: usize = ROWS * 512;

/// Folds the features of all groups that start in a rectangle of sentences and lie within both texts: one result for each
/// of [`group_shapes`], which begins as `empty`. `add` gets it with the start (i, j) and the features of each group, row
/// by row; the features are `None` for a group with an empty line.
pub(super) fn each_group<T: Clone + Send + Sync>(
    scorer: &Scorer<'_>,
    rows: &Range<usize>,
    columns: &Range<usize>,
    empty: &T,
    add: impl Fn(&mut T, (usize, usize), Option<GroupFeatures>) + Sync,
) -> Vec<T> {
    let [reached_rows, reached_columns] = [(rows, scorer.a), (columns, scorer.b)]
        .map(|(range, side)| range.start..(range.end + MAX_WINDOW - 1).min(side.len()));
    let cover = scorer.measure_coverage(reached_rows, reached_columns, MAX_WINDOW);
    let results = group_shapes().collect::<Vec<_>>().into_par_iter().map(|(p, q)| {
        let mut result = empty.clone();
        scorer.each_of_shape((rows.clone(), p), (columns.clone(), q), &cover, |i, j, features| {
            add(&mut result, (i, j), features);
        });
        result
    });
    results.collect()
}

/// Scores in nats of all groups that start in a rectangle of sentences.
struct ScoreBlock {
    rows: Range<usize>,
    columns: Range<usize>,
    /// `[shape][row * width + column]`, in the order of [`group_shapes`].
    scores: Vec<Vec<f32>>,
}

impl ScoreBlock {
    fn new(scorer: &Scorer<'_>, weights: &Weights, rows: Range<usize>, columns: Range<usize>) -> Self {
        let width = columns.len();
        let empty = vec![f32::NEG_INFINITY; rows.len() * width];
        let scores = each_group(scorer, &rows, &columns, &empty, |scores, (i, j), features| {
            scores[(i - rows.start) * width + j - columns.start] =
                features.map_or(f32::NEG_INFINITY, |f| weights.group.iter().zip(f).map(|(w, f)| w * f).sum());
        });
        Self { rows, columns, scores }
    }

    fn score_row(&self, shape: usize, i: usize) -> &[f32] {
        let width = self.columns.len();
        let at = (i - self.rows.start) * width;
        &self.scores[shape][at..at + width]
    }
}

/// The band in rectangles that are computed together: rows, and the columns that any of them visits. The last row of the
/// band starts no group and is left out.
pub(super) fn band_rectangles(band: &Band, m: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut rectangles = Vec::new();
    let (mut start, n) = (0, band.len() - 1);
    while start < n {
        let first = band[start].start;
        let fitting = (start..n).take_while(|i| {
            *i == start || (i - start < ROWS && (i + 1 - start) * (band[*i].end - first) <= NODES)
        });
        let end = fitting.last().map_or(start + 1, |i| i + 1);
        rectangles.push((start..end, first.min(m)..band[end - 1].end.min(m)));
        start = end;
    }
    rectangles
}

/// The beads of the best path from (0, 0) to (n, m), in order, by dynamic programming over the band (Viterbi on the
/// semi-Markov model of [`super::score`]). `progress` is called with the share of the rows done, 0 to 1.
pub(super) fn best_beads(
    scorer: &Scorer<'_>,
    weights: &Weights,
    band: &Band,
    progress: &mut dyn FnMut(f64),
) -> Vec<Bead> {
    let (n, m) = (scorer.a.len(), scorer.b.len());
    let shapes: Vec<(usize, usize)> = group_shapes().collect();
    let mut value: Vec<Vec<f32>> =
        band.iter().map(|columns| vec![f32::NEG_INFINITY; columns.len()]).collect();
    // How each node was reached: sentences of A in the high half of the byte, of B in the low half.
    let mut step: Vec<Vec<u8>> = band.iter().map(|columns| vec![0; columns.len()]).collect();
    value[0][0] = 0.0;
    for group in band_rectangles(band, m).chunks(2 * rayon::current_num_threads()) {
        let blocks: Vec<ScoreBlock> = group
            .par_iter()
            .map(|(rows, columns)| ScoreBlock::new(scorer, weights, rows.clone(), columns.clone()))
            .collect();
        for (i, block) in blocks.iter().flat_map(|block| block.rows.clone().map(move |i| (i, block))) {
            let columns = &band[i];
            nulls_of_b(&mut value[i], &mut step[i], weights.null);
            let (here, below) = value.split_at_mut(i + 1);
            let from = NodeRow { values: &here[i], columns };
            extend_row(
                &from,
                &StepGain::Null(weights.null),
                (1, 0),
                &mut below[0],
                &band[i + 1],
                &mut step[i + 1],
            );
            for (shape, (p, q)) in shapes.iter().copied().enumerate().filter(|(_, (p, _))| i + p <= n) {
                let gain = StepGain::Group(block.score_row(shape, i), block.columns.start);
                extend_row(&from, &gain, (p, q), &mut below[p - 1], &band[i + p], &mut step[i + p]);
            }
            value[i] = Vec::new();
        }
        progress(blocks.last().map_or(1.0, |block| block.rows.end as f64 / n as f64));
    }
    nulls_of_b(&mut value[n], &mut step[n], weights.null);
    trace_beads(&step, band, n, m)
}

/// Nulls of B stay in the row, so they come first, from left to right.
fn nulls_of_b(value: &mut [f32], step: &mut [u8], null: f32) {
    for at in 1..value.len() {
        if value[at - 1] + null > value[at] {
            value[at] = value[at - 1] + null;
            step[at] = 1;
        }
    }
}

/// A row of nodes.
struct NodeRow<'r> {
    values: &'r [f32],
    columns: &'r Range<usize>,
}

/// The score that a step adds: of a group, by its start on the other side, or of a null.
enum StepGain<'r> {
    Group(&'r [f32], usize),
    Null(f32),
}

/// Extends every node of a row by a group of `p` and `q` sentences, where that improves the node it leads to.
fn extend_row(
    from: &NodeRow<'_>,
    gain: &StepGain<'_>,
    (p, q): (usize, usize),
    below: &mut [f32],
    below_columns: &Range<usize>,
    step: &mut [u8],
) {
    let code = (p << 4 | q) as u8;
    let first = from.columns.start.max(below_columns.start.saturating_sub(q));
    let end = from.columns.end.min(below_columns.end.saturating_sub(q));
    for j in first..end {
        let gain = match gain {
            StepGain::Group(row, start) => match row.get(j - start) {
                Some(score) => *score,
                None => break,
            },
            StepGain::Null(null) => *null,
        };
        let to = j + q - below_columns.start;
        let new = from.values[j - from.columns.start] + gain;
        if new > below[to] {
            below[to] = new;
            step[to] = code;
        }
    }
}

/// The beads of the best path in order, read backwards from the last node.
fn trace_beads(step: &[Vec<u8>], band: &Band, n: usize, m: usize) -> Vec<Bead> {
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
