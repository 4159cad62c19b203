//! Matching without order.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::evidence::Evidence;
use super::score::Scorer;
use super::side::Side;
use super::{Group, SURE, group};
use crate::encode::{Runs, dots};

/// Rows whose cosines are computed together.
const ROWS: usize = 64;

/// And columns.
const COLUMNS: usize = 4096;

/// Most pairs of sentences that are looked at without order: two texts of 10,000 sentences. Past it sentences stay
/// where the path left them.
pub const MAX_PAIRS: usize = 100_000_000;

/// How many sentences of the other side, the nearest by cosine above chance, are looked at word by word.
const CANDIDATES: usize = 8;

/// Information in nats from which on a sentence tells enough to be known by itself, wherever it stands: a name alone
/// ("© Meta", 15) is like any sentence that names it.
const TELLS: f32 = 25.0;

/// A sentence that is wholly told inside a longer one, as a second partner of that one, needs this coverage.
const TOLD_INSIDE: f32 = 0.6;

/// The best partner of each row and of each column among single sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearest {
    /// For each sentence of A the sentence of B that comes nearest, however far that is. `None` where it was not
    /// looked for.
    pub of_a: Vec<Option<(usize, Evidence)>>,
    /// The same for B.
    pub of_b: Vec<Option<(usize, Evidence)>>,
}

/// Looks at the sentences `a` of A and `b` of B, ascending.
pub(super) fn nearest(scorer: &Scorer<'_>, a: &[usize], b: &[usize]) -> Nearest {
    let mut best = Nearest { of_a: vec![None; scorer.a.len()], of_b: vec![None; scorer.b.len()] };
    // An empty line goes with nothing.
    let told = |side: &Side, of: &[usize]| of.iter().copied().filter(|k| side.chars[*k] > 0.0).collect();
    let (a, b): (Vec<usize>, Vec<usize>) = (told(scorer.a, a), told(scorer.b, b));
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > MAX_PAIRS {
        return best;
    }
    let raise = |old: &mut Option<(usize, Evidence)>, partner: usize, evidence: Evidence| {
        if old.is_none_or(|(_, e)| evidence.strength() > e.strength()) {
            *old = Some((partner, evidence));
        }
    };
    let pairs = candidates(scorer, &a, &b);
    let evidence: Vec<Evidence> = pairs.par_iter().map(|(i, j)| scorer.evidence((*i, 1), (*j, 1))).collect();
    for ((i, j), evidence) in pairs.into_iter().zip(evidence) {
        raise(&mut best.of_a[i], j, evidence);
        raise(&mut best.of_b[j], i, evidence);
    }
    best
}

/// The pairs that are worth a closer look, ordered: the nearest of each sentence, and those that share an anchor.
fn candidates(scorer: &Scorer<'_>, a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let (runs_a, runs_b) = (&scorer.a.runs, &scorer.b.runs);
    let of_a = tops((runs_a, a), (runs_b, b), |i, j, cosine| scorer.margin((i, 1), (j, 1), cosine));
    let of_b = tops((runs_b, b), (runs_a, a), |j, i, cosine| scorer.margin((i, 1), (j, 1), cosine));
    let (in_a, in_b) = (BTreeSet::from_iter(a), BTreeSet::from_iter(b));
    let known = scorer.anchors.pairs().into_iter().filter(|(i, j)| in_a.contains(i) && in_b.contains(j));
    let mut all: BTreeSet<(usize, usize)> = known.collect();
    all.extend(of_a);
    all.extend(of_b.into_iter().map(|(j, i)| (i, j)));
    all.into_iter().collect()
}

/// Each sentence of `from` with its [`CANDIDATES`] best of `to`.
fn tops(
    (runs, from): (&Runs, &[usize]),
    (others, to): (&Runs, &[usize]),
    margin: impl Fn(usize, usize, f32) -> f32 + Sync,
) -> Vec<(usize, usize)> {
    let gather = |runs: &Runs, sentences: &[usize]| runs.gather(sentences.iter().copied(), 1);
    let of_rows = |rows: &[usize]| -> Vec<(usize, usize)> {
        let mut best = vec![Top::default(); rows.len()];
        for columns in to.chunks(COLUMNS) {
            let cosines = dots(&gather(runs, rows), &gather(others, columns), runs.dim());
            for ((i, cosines), top) in rows.iter().zip(cosines.chunks_exact(columns.len())).zip(&mut best) {
                columns.iter().zip(cosines).for_each(|(j, cosine)| top.offer(margin(*i, *j, *cosine), *j));
            }
        }
        rows.iter().zip(best).flat_map(|(i, top)| top.0.into_iter().map(|(_, j)| (*i, j))).collect()
    };
    from.par_chunks(ROWS).flat_map_iter(of_rows).collect()
}

/// The best few, the best first; of equals the earlier.
#[derive(Clone, Default)]
struct Top(Vec<(f32, usize)>);

impl Top {
    fn offer(&mut self, value: f32, place: usize) {
        if self.0.len() == CANDIDATES && self.0.last().is_some_and(|(least, _)| *least >= value) {
            return;
        }
        let at = self.0.partition_point(|(other, _)| *other >= value);
        self.0.insert(at, (value, place));
        self.0.truncate(CANDIDATES);
    }
}

/// Whether two sentences tell the same for sure, wherever they stand.
fn sure(scorer: &Scorer<'_>, i: usize, j: usize, evidence: &Evidence) -> bool {
    evidence.strength() >= SURE && scorer.info_a((i, 1)).min(scorer.info_b((j, 1))) >= TELLS
}

/// Pairs that are each other's best and sure.
fn mutual(scorer: &Scorer<'_>, best: &Nearest) -> Vec<Group> {
    let mut groups = Vec::new();
    for (i, found) in best.of_a.iter().enumerate() {
        let Some((j, evidence)) = found else { continue };
        if sure(scorer, i, *j, evidence) && best.of_b[*j].is_some_and(|(k, _)| k == i) {
            groups.push(group(i..i + 1, *j..j + 1, *evidence));
        }
    }
    groups
}

/// Adds what was left alone on both sides and tells the same elsewhere.
pub(super) fn match_alone(scorer: &Scorer<'_>, groups: &mut Vec<Group>) {
    let alone = |side: fn(&Group) -> &Vec<usize>, len: usize| -> Vec<usize> {
        let mut free = vec![true; len];
        groups.iter().flat_map(side).for_each(|k| free[*k] = false);
        (0..len).filter(|k| free[*k]).collect()
    };
    let (a, b) = (alone(|g| &g.a, scorer.a.len()), alone(|g| &g.b, scorer.b.len()));
    groups.extend(mutual(scorer, &nearest(scorer, &a, &b)));
}

/// The groups of two comparable texts: mutual best pairs, and sentences that are told inside a longer one.
pub(super) fn match_all(scorer: &Scorer<'_>, best: &Nearest) -> Vec<Group> {
    let mut groups = mutual(scorer, best);
    let mut inside = Vec::new();
    for (i, found) in best.of_a.iter().enumerate() {
        if let Some((j, evidence)) = found
            && evidence.covered_a >= TOLD_INSIDE
            && sure(scorer, i, *j, evidence)
            && !groups.iter().any(|g| g.a == [i])
        {
            inside.push(group(i..i + 1, *j..j + 1, *evidence));
        }
    }
    for (j, found) in best.of_b.iter().enumerate() {
        if let Some((i, evidence)) = found
            && evidence.covered_b >= TOLD_INSIDE
            && sure(scorer, *i, j, evidence)
            && !groups.iter().any(|g| g.b == [j])
        {
            inside.push(group(*i..i + 1, j..j + 1, *evidence));
        }
    }
    groups.extend(inside);
    groups
}
