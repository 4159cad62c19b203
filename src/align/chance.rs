//! The similarity that two texts have by chance: a long run contains some similar word for every word, and a narrow topic
//! makes every pair of sentences similar.
//!
//! In a text of a few sentences the true partner would dominate the estimate. So the best value is left out of the mean,
//! as often as runs of a length can contain it, and [`PRIOR_COUNT`] observations of other texts are added. A repeated
//! sentence counts once: in ten thousand equal lines similarity is not chance.

use std::ops::Range;

use super::side::{AlignmentSide, MAX_GROUP, MAX_WINDOW, WordLexicon};
use super::word_cosines::{SideWords, TILE_WORDS, nearest_word_cosines};
use crate::encode::dot_products;

/// Weight of the prior, in observations.
const PRIOR_COUNT: f32 = 8.0;

/// Prior of the best cosine of a word with a run of 1 to 7 sentences: its mean, weighted by information, on the document
/// that [`super::Weights`] were fitted on.
const WORD_PRIOR: [f32; MAX_WINDOW] = [0.51, 0.55, 0.58, 0.59, 0.60, 0.61, 0.62];

/// Prior of the cosine of a run of `p` sentences and one of `q`: sentences on one event have more than .06, the mean of
/// that document, and less than the .3 of one short report.
fn window_prior(p: usize, q: usize) -> f32 {
    0.15 + 0.03 * (p + q - 2) as f32
}

/// Sentences of the other side from which the expected word cosines are estimated.
const SAMPLE_SENTENCES: usize = 96;

/// Number of sentences from which on leaving the best one out makes no difference, so that the mean vector yields all
/// means at once.
const MIN_MEAN_SENTENCES: usize = 64;

/// Rows of a matrix product.
const ROWS: usize = 1024;

/// The similarity that one side is expected to have with the other by chance.
#[derive(Debug)]
pub(super) struct ChanceLevel {
    /// Mean cosine of the run of `p + 1` sentences from `i` on with the other side's runs of `q + 1`: `[q][p][i]`.
    window_cosines: Vec<Vec<Vec<f32>>>,
    /// Expected best cosine of a word with a run of `k + 1` sentences of the other side: `[k][word]`.
    word_cosines: Vec<Vec<f32>>,
    /// Running sums of the information in nats that could be covered above that: `[k][sentence]`.
    coverable_sums: Vec<Vec<f32>>,
}

impl ChanceLevel {
    /// Estimates the chance level of `side` against `other`.
    pub(super) fn new(side: &AlignmentSide, other: &AlignmentSide, lexicon: &WordLexicon) -> Self {
        let words = word_chance(side, other, lexicon);
        Self {
            window_cosines: window_chance(side, other),
            coverable_sums: coverable_sums(side, &words, lexicon),
            word_cosines: words,
        }
    }

    /// Expected cosine of the run of `p` sentences from `i` on with a run of `q`.
    pub(super) fn expected_cosine(&self, (i, p): (usize, usize), q: usize) -> f32 {
        self.window_cosines[q - 1][p - 1][i]
    }

    /// Expected best cosine of a word with a run of `q` sentences.
    pub(super) fn expected_word_cosine(&self, q: usize, word: usize) -> f32 {
        self.word_cosines[q - 1][word]
    }

    /// Information in nats of `p` sentences from `i` on that a run of `q` could cover above chance.
    pub(super) fn coverable_information(&self, (i, p): (usize, usize), q: usize) -> f32 {
        self.coverable_sums[q - 1][i + p] - self.coverable_sums[q - 1][i]
    }
}

/// The mean of `count` values without the `best` one, left out `times` times, shrunk towards `prior`.
fn expected_mean(sum: f32, count: f32, best: f32, times: f32, prior: f32) -> f32 {
    let times = times.min(count);
    (sum - times * best + PRIOR_COUNT * prior) / (count - times + PRIOR_COUNT)
}

/// Number of runs of `count` sentences.
fn count_runs(side: &AlignmentSide, count: usize) -> usize {
    (side.len() + 1).saturating_sub(count)
}

/// [`ChanceLevel::window_cosines`].
fn window_chance(from: &AlignmentSide, to: &AlignmentSide) -> Vec<Vec<Vec<f32>>> {
    let (dim, is_first) = (from.windows.vector_dim(), to.first_occurrences());
    let mut chance = vec![vec![Vec::new(); from.windows.max_window()]; to.windows.max_window()];
    for (q, chance) in (1..).zip(&mut chance) {
        let firsts: Vec<usize> = (0..count_runs(to, q)).filter(|j| is_first[*j]).collect();
        let count = firsts.len();
        let mut sum = vec![0.0; dim];
        let mut others = Vec::new();
        for firsts in firsts.chunks(ROWS) {
            others = to.windows.gather_windows(firsts.iter().copied(), q);
            for other in others.chunks_exact(dim) {
                sum.iter_mut().zip(other).for_each(|(s, v)| *s += v);
            }
        }
        let few = count > 0 && count < MIN_MEAN_SENTENCES;
        let times = if few { q as f32 } else { 0.0 };
        // The last column is the sum of all vectors.
        let columns = if few { [others, sum].concat() } else { sum };
        for (p, chance) in (1..).zip(chance) {
            for start in (0..count_runs(from, p)).step_by(ROWS) {
                let own = from.windows.gather_windows(start..(start + ROWS).min(count_runs(from, p)), p);
                let cosines = dot_products(&own, &columns, dim);
                chance.extend(cosines.chunks_exact(columns.len() / dim).map(|row| {
                    let (sum, cosines) = row.split_last().unwrap_or((&0.0, &[]));
                    let best = cosines.iter().copied().fold(0.0, f32::max);
                    expected_mean(*sum, count as f32, best, times, window_prior(p, q))
                }));
            }
        }
    }
    chance
}

/// [`ChanceLevel::word_cosines`], from evenly spread stretches of `to`.
fn word_chance(from: &AlignmentSide, to: &AlignmentSide, lexicon: &WordLexicon) -> Vec<Vec<f32>> {
    let is_first = to.first_occurrences();
    let stretches: Vec<(SideWords, &[bool])> = sample_stretches(&is_first)
        .into_iter()
        .map(|range| (SideWords::new(to, range.clone()), &is_first[range]))
        .collect();
    let mut counts = [0.0_f32; MAX_WINDOW];
    for (_, is_first) in &stretches {
        for (k, count) in counts.iter_mut().enumerate().take(is_first.len()) {
            *count += is_first[..is_first.len() - k].iter().filter(|is_first| **is_first).count() as f32;
        }
    }
    let mut chance = vec![vec![0.0; lexicon.weights.len()]; MAX_WINDOW];
    for tile in SideWords::new(from, 0..from.len()).distinct.chunks(TILE_WORDS) {
        let own = lexicon.vectors.gather_rows(tile);
        let mut best = vec![0.0; tile.len()];
        let mut sums = vec![vec![0.0; tile.len()]; MAX_WINDOW];
        for (stretch, is_first) in &stretches {
            let single = nearest_word_cosines(stretch, &own, tile.len(), lexicon);
            single.chunks_exact(tile.len()).for_each(|row| raise_to(&mut best, row));
            let mut runs = single.clone();
            for (k, sums) in sums.iter_mut().enumerate().take(stretch.sentences.len()) {
                let reach = runs.len() - k * tile.len();
                if k > 0 {
                    raise_to(&mut runs[..reach], &single[k * tile.len()..]);
                }
                let runs = runs[..reach].chunks_exact(tile.len()).zip(*is_first);
                for (run, _) in runs.filter(|(_, is_first)| **is_first) {
                    sums.iter_mut().zip(run).for_each(|(sum, value)| *sum += value);
                }
            }
        }
        for (k, sums) in sums.iter().enumerate() {
            for ((word, sum), best) in tile.iter().zip(sums).zip(&best) {
                chance[k][*word as usize] =
                    expected_mean(*sum, counts[k], *best, (k + 1) as f32, WORD_PRIOR[k]);
            }
        }
    }
    chance
}

/// Raises each value to at least that of `others`.
fn raise_to(values: &mut [f32], others: &[f32]) {
    values.iter_mut().zip(others).for_each(|(value, other)| *value = value.max(*other));
}

/// The whole text where it is short, else stretches that begin with an unrepeated sentence, spread evenly over it.
fn sample_stretches(is_first: &[bool]) -> Vec<Range<usize>> {
    if is_first.len() <= SAMPLE_SENTENCES {
        return std::iter::once(0..is_first.len()).filter(|r| !r.is_empty()).collect();
    }
    let firsts: Vec<usize> = (0..=is_first.len() - MAX_GROUP).filter(|j| is_first[*j]).collect();
    let count = (SAMPLE_SENTENCES / MAX_GROUP).min(firsts.len());
    (0..count)
        .map(|k| firsts[k * (firsts.len() - 1) / (count - 1).max(1)])
        .map(|start| start..start + MAX_GROUP)
        .collect()
}

/// [`ChanceLevel::coverable_sums`].
fn coverable_sums(side: &AlignmentSide, chance: &[Vec<f32>], lexicon: &WordLexicon) -> Vec<Vec<f32>> {
    let by_length = chance.iter().map(|chance| {
        running_sums(side.words.iter().map(|words| {
            words.iter().map(|w| lexicon.weights[*w as usize] * (1.0 - chance[*w as usize])).sum()
        }))
    });
    by_length.collect()
}

/// `sums[k]` is the sum of the first `k` values.
pub(super) fn running_sums(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    sums
}
