//! What two texts have in common by chance: a long run finds some near word for everything, and a dense topic makes
//! every pair of sentences similar.
//!
//! In a text of a few sentences the partner itself would be most of what is taken for chance. So the best is left out
//! of the mean, as often as runs of a length can hold it, and [`PRIOR_COUNT`] observations of other texts are put in.
//! A sentence that comes again counts once: in ten thousand equal lines likeness is not chance.

use std::ops::Range;

use super::cover::{TILE, Words, nearest_words};
use super::side::{Lexicon, MAX_GROUP, MAX_RUN, Side};
use crate::encode::dots;

/// Observations of other texts that stand beside those of the text itself.
const PRIOR_COUNT: f32 = 8.0;

/// Chance in other texts: the best cosine of a word with a run of 1 to 7 sentences, weighted by information, on the
/// document that [`super::Weights`] were fitted on.
const WORD_PRIOR: [f32; MAX_RUN] = [0.51, 0.55, 0.58, 0.59, 0.60, 0.61, 0.62];

/// The same for two runs: sentences on one event have more than .06, the mean of that document, and less than the
/// .3 of one short report.
fn run_prior(p: usize, q: usize) -> f32 {
    0.15 + 0.03 * (p + q - 2) as f32
}

/// Sentences of the other side from which the chance of words is estimated.
const SAMPLE: usize = 96;

/// Sentences from which on leaving the best one out changes nothing, so that the mean vector gives all means at once.
const MANY: usize = 64;

/// Rows that are looked at together.
const ROWS: usize = 1024;

/// What one side has in common with the other by chance.
#[derive(Debug)]
pub(super) struct Chance {
    /// Mean cosine of each run with the other side's runs of `q + 1` sentences: `[q][p][i]`.
    runs: Vec<Vec<Vec<f32>>>,
    /// Expected best cosine of a word with a run of `k + 1` sentences of the other side: `[k][word]`.
    words: Vec<Vec<f32>>,
    /// Running sums of the information that could be covered above that: `[k][sentence]`.
    room: Vec<Vec<f32>>,
}

impl Chance {
    pub(super) fn new(side: &Side, other: &Side, lexicon: &Lexicon) -> Self {
        let words = word_chance(side, other, lexicon);
        Self { runs: run_chance(side, other), room: room(side, &words, lexicon), words }
    }

    /// Expected cosine of the run of `p` sentences from `i` on with a run of `q`.
    pub(super) fn run(&self, (i, p): (usize, usize), q: usize) -> f32 {
        self.runs[q - 1][p - 1][i]
    }

    /// Expected best cosine of a word with a run of `q` sentences.
    pub(super) fn word(&self, q: usize, word: usize) -> f32 {
        self.words[q - 1][word]
    }

    /// Information of `p` sentences from `i` on that a run of `q` could cover above chance.
    pub(super) fn room(&self, (i, p): (usize, usize), q: usize) -> f32 {
        self.room[q - 1][i + p] - self.room[q - 1][i]
    }
}

fn expected(sum: f32, count: f32, best: f32, times: f32, prior: f32) -> f32 {
    let times = times.min(count);
    (sum - times * best + PRIOR_COUNT * prior) / (count - times + PRIOR_COUNT)
}

fn run_chance(from: &Side, to: &Side) -> Vec<Vec<Vec<f32>>> {
    let starts = |side: &Side, count: usize| (side.len() + 1).saturating_sub(count);
    let (dim, told) = (from.runs.dim(), to.first_told());
    let mut chance = vec![vec![Vec::new(); from.runs.longest()]; to.runs.longest()];
    for (q, chance) in (1..).zip(&mut chance) {
        let firsts: Vec<usize> = (0..starts(to, q)).filter(|j| told[*j]).collect();
        let count = firsts.len();
        let mut sum = vec![0.0; dim];
        let mut others = Vec::new();
        for firsts in firsts.chunks(ROWS) {
            others = to.runs.gather(firsts.iter().copied(), q);
            for other in others.chunks_exact(dim) {
                sum.iter_mut().zip(other).for_each(|(s, v)| *s += v);
            }
        }
        let few = count > 0 && count < MANY;
        let times = if few { q as f32 } else { 0.0 };
        // The sum comes last.
        let columns = if few { [others, sum].concat() } else { sum };
        for (p, chance) in (1..).zip(chance) {
            for start in (0..starts(from, p)).step_by(ROWS) {
                let own = from.runs.gather(start..(start + ROWS).min(starts(from, p)), p);
                let one = |row: &[f32]| {
                    let (sum, cosines) = row.split_last().unwrap_or((&0.0, &[]));
                    let best = cosines.iter().copied().fold(0.0, f32::max);
                    expected(*sum, count as f32, best, times, run_prior(p, q))
                };
                chance.extend(dots(&own, &columns, dim).chunks_exact(columns.len() / dim).map(one));
            }
        }
    }
    chance
}

/// From evenly spread stretches of `to`.
fn word_chance(from: &Side, to: &Side, lexicon: &Lexicon) -> Vec<Vec<f32>> {
    let told = to.first_told();
    let stretches: Vec<(Words, &[bool])> =
        stretches(&told).into_iter().map(|range| (Words::new(to, range.clone()), &told[range])).collect();
    let mut counts = [0.0_f32; MAX_RUN];
    for (_, told) in &stretches {
        for (k, count) in counts.iter_mut().enumerate().take(told.len()) {
            *count += told[..told.len() - k].iter().filter(|told| **told).count() as f32;
        }
    }
    let mut chance = vec![vec![0.0; lexicon.weights.len()]; MAX_RUN];
    let raise = |to: &mut [f32], from: &[f32]| to.iter_mut().zip(from).for_each(|(t, f)| *t = t.max(*f));
    for tile in Words::new(from, 0..from.len()).distinct.chunks(TILE) {
        let own = lexicon.vectors.gather(tile);
        let mut best = vec![0.0; tile.len()];
        let mut sums = vec![vec![0.0; tile.len()]; MAX_RUN];
        for (stretch, told) in &stretches {
            let single = nearest_words(stretch, &own, tile.len(), lexicon);
            single.chunks_exact(tile.len()).for_each(|row| raise(&mut best, row));
            let mut runs = single.clone();
            for (k, sums) in sums.iter_mut().enumerate().take(stretch.sentences.len()) {
                let reach = runs.len() - k * tile.len();
                if k > 0 {
                    raise(&mut runs[..reach], &single[k * tile.len()..]);
                }
                let runs = runs[..reach].chunks_exact(tile.len()).zip(*told);
                for (run, _) in runs.filter(|(_, told)| **told) {
                    sums.iter_mut().zip(run).for_each(|(sum, value)| *sum += value);
                }
            }
        }
        for (k, sums) in sums.iter().enumerate() {
            for ((word, sum), best) in tile.iter().zip(sums).zip(&best) {
                chance[k][*word as usize] = expected(*sum, counts[k], *best, (k + 1) as f32, WORD_PRIOR[k]);
            }
        }
    }
    chance
}

/// The whole text where it is short, else stretches that begin with something new, spread evenly over it.
fn stretches(told: &[bool]) -> Vec<Range<usize>> {
    if told.len() <= SAMPLE {
        return std::iter::once(0..told.len()).filter(|r| !r.is_empty()).collect();
    }
    let firsts: Vec<usize> = (0..=told.len() - MAX_GROUP).filter(|j| told[*j]).collect();
    let count = (SAMPLE / MAX_GROUP).min(firsts.len());
    (0..count)
        .map(|k| firsts[k * (firsts.len() - 1) / (count - 1).max(1)])
        .map(|start| start..start + MAX_GROUP)
        .collect()
}

fn room(side: &Side, chance: &[Vec<f32>], lexicon: &Lexicon) -> Vec<Vec<f32>> {
    let open = |words: &[u32], chance: &[f32]| -> f32 {
        words.iter().map(|w| lexicon.weights[*w as usize] * (1.0 - chance[*w as usize])).sum()
    };
    let sums = |chance: &Vec<f32>| running(side.words.iter().map(|words| open(words, chance)));
    chance.iter().map(sums).collect()
}

/// `sums[k]` is the sum of the first `k` values.
pub(super) fn running(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    sums
}
