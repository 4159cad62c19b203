//! Matching of single sentences without regard to order.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::comparable::{
    MIN_EVENT_PROBABILITY, MIN_MATCH_PROBABILITY, MIN_PAIR_STRENGTH, SentencePair, judge_pairs,
};
use super::evidence::{Evidence, MIN_SURE_STRENGTH};
use super::group::SentenceGroup;
use super::score::Scorer;
use super::side::MAX_PAIRS;
use crate::encode::{SentenceWindows, dot_products};

/// Rows of a block of cosines.
const ROWS: usize = 64;

/// Columns of a block of cosines.
const COLUMNS: usize = 4096;

/// Sentences of the other side, the best by margin, that a sentence is compared with word by word.
const CANDIDATES: usize = 8;

/// Least information in nats of a sentence that is identifiable by itself, without its position: a name alone
/// ("© Meta", 15) resembles any sentence with that name.
const MIN_INFORMATION: f32 = 25.0;

/// The most similar single sentence of each sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NearestSentences {
    /// For each sentence of A the most similar sentence of B, by [`Evidence::match_strength`], however weak. `None`
    /// without a candidate.
    pub of_a: Vec<Option<(usize, Evidence)>>,
    /// The same for B.
    pub of_b: Vec<Option<(usize, Evidence)>>,
}

/// The candidate pairs of the sentences `a` of A and `b` of B, both ascending, with their evidence, ordered by A, then B.
/// None beyond [`MAX_PAIRS`].
pub(super) fn find_scored_pairs(
    scorer: &Scorer<'_>,
    a: &[usize],
    b: &[usize],
) -> Vec<(usize, usize, Evidence)> {
    // An empty line is never aligned.
    let [a, b] = [(scorer.a, a), (scorer.b, b)].map(|(side, sentences)| -> Vec<usize> {
        sentences.iter().copied().filter(|k| side.chars[*k] > 0.0).collect()
    });
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > MAX_PAIRS {
        return Vec::new();
    }
    let candidates = candidate_pairs(scorer, &a, &b).into_par_iter();
    candidates.map(|(i, j)| (i, j, scorer.window_evidence((i, 1), (j, 1)))).collect()
}

impl NearestSentences {
    /// The strongest of `pairs` of each sentence; of equals the first.
    pub(super) fn from_pairs(scorer: &Scorer<'_>, pairs: &[(usize, usize, Evidence)]) -> Self {
        let mut best = Self { of_a: vec![None; scorer.a.len()], of_b: vec![None; scorer.b.len()] };
        for (i, j, evidence) in pairs {
            for (best, partner) in [(&mut best.of_a[*i], *j), (&mut best.of_b[*j], *i)] {
                if best.is_none_or(|(_, e)| evidence.match_strength() > e.match_strength()) {
                    *best = Some((partner, *evidence));
                }
            }
        }
        best
    }
}

/// The candidate pairs in order: the best of each sentence by margin, and those that share an anchor.
fn candidate_pairs(scorer: &Scorer<'_>, a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let (runs_a, runs_b) = (&scorer.a.windows, &scorer.b.windows);
    let candidates_of_a =
        top_candidates((runs_a, a), (runs_b, b), |i, j, cosine| scorer.cosine_margin((i, 1), (j, 1), cosine));
    let candidates_of_b =
        top_candidates((runs_b, b), (runs_a, a), |j, i, cosine| scorer.cosine_margin((i, 1), (j, 1), cosine));
    let (in_a, in_b) = (BTreeSet::from_iter(a), BTreeSet::from_iter(b));
    let anchored =
        scorer.anchors.anchored_pairs().into_iter().filter(|(i, j)| in_a.contains(i) && in_b.contains(j));
    let mut all: BTreeSet<(usize, usize)> = anchored.collect();
    all.extend(candidates_of_a);
    all.extend(candidates_of_b.into_iter().map(|(j, i)| (i, j)));
    all.into_iter().collect()
}

/// Pairs of each sentence of `from` with its [`CANDIDATES`] best of `to`.
fn top_candidates(
    (runs, from): (&SentenceWindows, &[usize]),
    (others, to): (&SentenceWindows, &[usize]),
    margin: impl Fn(usize, usize, f32) -> f32 + Sync,
) -> Vec<(usize, usize)> {
    let pairs = from.par_chunks(ROWS).flat_map_iter(|rows| {
        let vectors = runs.gather_windows(rows.iter().copied(), 1);
        let mut best = vec![TopCandidates::default(); rows.len()];
        for columns in to.chunks(COLUMNS) {
            let other_vectors = others.gather_windows(columns.iter().copied(), 1);
            let cosines = dot_products(&vectors, &other_vectors, runs.vector_dim());
            for ((i, cosines), top) in rows.iter().zip(cosines.chunks_exact(columns.len())).zip(&mut best) {
                columns
                    .iter()
                    .zip(cosines)
                    .for_each(|(j, cosine)| top.offer_candidate(margin(*i, *j, *cosine), *j));
            }
        }
        rows.iter().zip(best).flat_map(|(i, top)| top.0.into_iter().map(move |(_, j)| (*i, j)))
    });
    pairs.collect()
}

/// The [`CANDIDATES`] best with their values, in descending order; of equals the earlier.
#[derive(Clone, Default)]
struct TopCandidates(Vec<(f32, usize)>);

impl TopCandidates {
    fn offer_candidate(&mut self, value: f32, place: usize) {
        if self.0.len() == CANDIDATES && self.0.last().is_some_and(|(least, _)| *least >= value) {
            return;
        }
        let at = self.0.partition_point(|(other, _)| *other >= value);
        self.0.insert(at, (value, place));
        self.0.truncate(CANDIDATES);
    }
}

/// Whether the match of two sentences is sure, whatever their positions.
fn is_sure_match(scorer: &Scorer<'_>, i: usize, j: usize, evidence: &Evidence) -> bool {
    evidence.match_strength() >= MIN_SURE_STRENGTH && is_informative(scorer, i, j)
}

/// Whether both sentences have at least [`MIN_INFORMATION`].
fn is_informative(scorer: &Scorer<'_>, i: usize, j: usize) -> bool {
    scorer.info_a((i, 1)).min(scorer.info_b((j, 1))) >= MIN_INFORMATION
}

/// Groups of two sentences that are each other's best match, and a sure one.
fn mutual_groups(scorer: &Scorer<'_>, best: &NearestSentences) -> Vec<SentenceGroup> {
    let mut groups = Vec::new();
    for (i, partner) in best.of_a.iter().enumerate() {
        let Some((j, evidence)) = partner else { continue };
        if is_sure_match(scorer, i, *j, evidence) && best.of_b[*j].is_some_and(|(k, _)| k == i) {
            groups.push(SentenceGroup::from_ranges(i..i + 1, *j..j + 1, *evidence));
        }
    }
    groups
}

/// Adds groups of sentences that `groups` leave unaligned on both sides.
pub(super) fn match_unaligned(scorer: &Scorer<'_>, groups: &mut Vec<SentenceGroup>) {
    let a = unaligned_sentences(groups.iter().flat_map(|g| &g.a), scorer.a.len());
    let b = unaligned_sentences(groups.iter().flat_map(|g| &g.b), scorer.b.len());
    groups.extend(mutual_groups(
        scorer,
        &NearestSentences::from_pairs(scorer, &find_scored_pairs(scorer, &a, &b)),
    ));
}

/// The sentences below `count` that are not among the `aligned`.
fn unaligned_sentences<'g>(aligned: impl Iterator<Item = &'g usize>, count: usize) -> Vec<usize> {
    let mut free = vec![true; count];
    aligned.for_each(|k| free[*k] = false);
    (0..count).filter(|k| free[*k]).collect()
}

/// The groups of two comparable texts: the probable links that are the most probable of at least one of their sentences. A
/// sentence may be in several groups.
pub(super) fn match_unordered(scorer: &Scorer<'_>, pairs: &[(usize, usize, Evidence)]) -> Vec<SentenceGroup> {
    let judged = judge_pairs(scorer, pairs);
    let (mut best_a, mut best_b) =
        (vec![MIN_MATCH_PROBABILITY; scorer.a.len()], vec![MIN_MATCH_PROBABILITY; scorer.b.len()]);
    for pair in &judged {
        best_a[pair.a] = best_a[pair.a].max(pair.match_probability());
        best_b[pair.b] = best_b[pair.b].max(pair.match_probability());
    }
    let links = judged.into_iter().filter(|pair| {
        pair.evidence.match_strength() >= MIN_PAIR_STRENGTH
            && pair.match_probability() >= best_a[pair.a].min(best_b[pair.b])
            && is_informative(scorer, pair.a, pair.b)
    });
    let links: Vec<SentencePair> = links.collect();
    if links.iter().any(|pair| pair.match_probability() >= MIN_EVENT_PROBABILITY) {
        join_neighbours(scorer, &links)
    } else {
        Vec::new()
    }
}

/// Joins two links of one sentence with neighbouring partners into a 1:2 or 2:1 group where the margin of both partners
/// together exceeds that of either, the largest gain first; every other link becomes a group. `links` are ordered by A,
/// then B.
fn join_neighbours(scorer: &Scorer<'_>, links: &[SentencePair]) -> Vec<SentenceGroup> {
    let mut joins = Vec::new();
    for (k, link) in links.iter().enumerate() {
        for (p, q) in [(1, 2), (2, 1)] {
            let target = (link.a + p - 1, link.b + q - 1);
            let Ok(next) = links.binary_search_by_key(&target, |link| (link.a, link.b)) else { continue };
            let joint_evidence = scorer.window_evidence((link.a, p), (link.b, q));
            let gain = joint_evidence.margin - link.evidence.margin.max(links[next].evidence.margin);
            if gain > 0.0 {
                joins.push((
                    gain,
                    [k, next],
                    SentenceGroup::from_ranges(link.a..link.a + p, link.b..link.b + q, joint_evidence),
                ));
            }
        }
    }
    joins.sort_by(|x, y| y.0.total_cmp(&x.0));
    let mut used = vec![false; links.len()];
    let mut groups = Vec::new();
    for (_, pair, group) in joins {
        if pair.iter().all(|k| !used[*k]) {
            for k in pair {
                used[k] = true;
            }
            groups.push(group);
        }
    }
    let unjoined = links.iter().zip(used).filter(|(_, used)| !used);
    groups.extend(unjoined.map(|(l, _)| SentenceGroup::from_ranges(l.a..l.a + 1, l.b..l.b + 1, l.evidence)));
    groups
}
