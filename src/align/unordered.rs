//! Matching without order.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::comparable::{
    MIN_EVENT_PROBABILITY, MIN_MATCH_PROBABILITY, MIN_PAIR_STRENGTH, SentencePair, judge_pairs,
};
use super::evidence::Evidence;
use super::score::Scorer;
use super::side::AlignmentSide;
use super::{MIN_SURE_STRENGTH, SentenceGroup, build_group};
use crate::encode::{SentenceWindows, dot_products};

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
const MIN_INFORMATION: f32 = 25.0;

/// The best partner of each row and of each column among single sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NearestSentences {
    /// For each sentence of A the sentence of B that comes nearest, however far that is. `None` where it was not
    /// looked for.
    pub of_a: Vec<Option<(usize, Evidence)>>,
    /// The same for B.
    pub of_b: Vec<Option<(usize, Evidence)>>,
}

/// The pairs of the sentences `a` of A and `b` of B, both ascending, that may tell the same, ordered by A, then B.
pub(super) fn find_scored_pairs(
    scorer: &Scorer<'_>,
    a: &[usize],
    b: &[usize],
) -> Vec<(usize, usize, Evidence)> {
    // An empty line goes with nothing.
    let nonempty =
        |side: &AlignmentSide, of: &[usize]| of.iter().copied().filter(|k| side.chars[*k] > 0.0).collect();
    let (a, b): (Vec<usize>, Vec<usize>) = (nonempty(scorer.a, a), nonempty(scorer.b, b));
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > MAX_PAIRS {
        return Vec::new();
    }
    let judged = |(i, j)| (i, j, scorer.window_evidence((i, 1), (j, 1)));
    candidate_pairs(scorer, &a, &b).into_par_iter().map(judged).collect()
}

impl NearestSentences {
    /// The strongest pair of each sentence; of equals the first.
    pub(super) fn from_pairs(scorer: &Scorer<'_>, pairs: &[(usize, usize, Evidence)]) -> Self {
        let mut best = Self { of_a: vec![None; scorer.a.len()], of_b: vec![None; scorer.b.len()] };
        let raise = |old: &mut Option<(usize, Evidence)>, partner: usize, evidence: Evidence| {
            if old.is_none_or(|(_, e)| evidence.match_strength() > e.match_strength()) {
                *old = Some((partner, evidence));
            }
        };
        for (i, j, evidence) in pairs {
            raise(&mut best.of_a[*i], *j, *evidence);
            raise(&mut best.of_b[*j], *i, *evidence);
        }
        best
    }
}

/// The pairs that are worth a closer look, ordered: the nearest of each sentence, and those that share an anchor.
fn candidate_pairs(scorer: &Scorer<'_>, a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let (runs_a, runs_b) = (&scorer.a.windows, &scorer.b.windows);
    let of_a =
        top_candidates((runs_a, a), (runs_b, b), |i, j, cosine| scorer.cosine_margin((i, 1), (j, 1), cosine));
    let of_b =
        top_candidates((runs_b, b), (runs_a, a), |j, i, cosine| scorer.cosine_margin((i, 1), (j, 1), cosine));
    let (in_a, in_b) = (BTreeSet::from_iter(a), BTreeSet::from_iter(b));
    let known =
        scorer.anchors.anchored_pairs().into_iter().filter(|(i, j)| in_a.contains(i) && in_b.contains(j));
    let mut all: BTreeSet<(usize, usize)> = known.collect();
    all.extend(of_a);
    all.extend(of_b.into_iter().map(|(j, i)| (i, j)));
    all.into_iter().collect()
}

/// Each sentence of `from` with its [`CANDIDATES`] best of `to`.
fn top_candidates(
    (runs, from): (&SentenceWindows, &[usize]),
    (others, to): (&SentenceWindows, &[usize]),
    margin: impl Fn(usize, usize, f32) -> f32 + Sync,
) -> Vec<(usize, usize)> {
    let gather =
        |runs: &SentenceWindows, sentences: &[usize]| runs.gather_windows(sentences.iter().copied(), 1);
    let of_rows = |rows: &[usize]| -> Vec<(usize, usize)> {
        let mut best = vec![TopCandidates::default(); rows.len()];
        for columns in to.chunks(COLUMNS) {
            let cosines = dot_products(&gather(runs, rows), &gather(others, columns), runs.vector_dim());
            for ((i, cosines), top) in rows.iter().zip(cosines.chunks_exact(columns.len())).zip(&mut best) {
                columns
                    .iter()
                    .zip(cosines)
                    .for_each(|(j, cosine)| top.offer_candidate(margin(*i, *j, *cosine), *j));
            }
        }
        rows.iter().zip(best).flat_map(|(i, top)| top.0.into_iter().map(|(_, j)| (*i, j))).collect()
    };
    from.par_chunks(ROWS).flat_map_iter(of_rows).collect()
}

/// The best few, the best first; of equals the earlier.
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

/// Whether two sentences tell the same for sure, wherever they stand.
fn is_sure_match(scorer: &Scorer<'_>, i: usize, j: usize, evidence: &Evidence) -> bool {
    evidence.match_strength() >= MIN_SURE_STRENGTH && is_informative(scorer, i, j)
}

/// Whether both sentences tell enough to be known by themselves.
fn is_informative(scorer: &Scorer<'_>, i: usize, j: usize) -> bool {
    scorer.info_a((i, 1)).min(scorer.info_b((j, 1))) >= MIN_INFORMATION
}

/// Pairs that are each other's best and sure.
fn mutual_groups(scorer: &Scorer<'_>, best: &NearestSentences) -> Vec<SentenceGroup> {
    let mut groups = Vec::new();
    for (i, found) in best.of_a.iter().enumerate() {
        let Some((j, evidence)) = found else { continue };
        if is_sure_match(scorer, i, *j, evidence) && best.of_b[*j].is_some_and(|(k, _)| k == i) {
            groups.push(build_group(i..i + 1, *j..j + 1, *evidence));
        }
    }
    groups
}

/// Adds what was left alone on both sides and tells the same elsewhere.
pub(super) fn match_unaligned(scorer: &Scorer<'_>, groups: &mut Vec<SentenceGroup>) {
    let unaligned = |side: fn(&SentenceGroup) -> &Vec<usize>, len: usize| -> Vec<usize> {
        let mut free = vec![true; len];
        groups.iter().flat_map(side).for_each(|k| free[*k] = false);
        (0..len).filter(|k| free[*k]).collect()
    };
    let (a, b) = (unaligned(|g| &g.a, scorer.a.len()), unaligned(|g| &g.b, scorer.b.len()));
    groups.extend(mutual_groups(
        scorer,
        &NearestSentences::from_pairs(scorer, &find_scored_pairs(scorer, &a, &b)),
    ));
}

/// The groups of two comparable texts: the pairs that likely tell the same, if they are the likeliest of either of
/// their sentences. A sentence may stand in several.
pub(super) fn match_unordered(scorer: &Scorer<'_>, pairs: &[(usize, usize, Evidence)]) -> Vec<SentenceGroup> {
    let judged = judge_pairs(scorer, pairs);
    let (mut of_a, mut of_b) =
        (vec![MIN_MATCH_PROBABILITY; scorer.a.len()], vec![MIN_MATCH_PROBABILITY; scorer.b.len()]);
    for pair in &judged {
        of_a[pair.a] = of_a[pair.a].max(pair.match_probability());
        of_b[pair.b] = of_b[pair.b].max(pair.match_probability());
    }
    let links = judged.into_iter().filter(|pair| {
        pair.evidence.match_strength() >= MIN_PAIR_STRENGTH
            && pair.match_probability() >= of_a[pair.a].min(of_b[pair.b])
            && is_informative(scorer, pair.a, pair.b)
    });
    let links: Vec<SentencePair> = links.collect();
    if links.iter().any(|pair| pair.match_probability() >= MIN_EVENT_PROBABILITY) {
        join_neighbours(scorer, &links)
    } else {
        Vec::new()
    }
}

/// Makes one group of a sentence's two neighbouring partners where both together come nearer to it than either, the
/// largest gain first, and one of each other link. `links` are ordered by A, then B.
fn join_neighbours(scorer: &Scorer<'_>, links: &[SentencePair]) -> Vec<SentenceGroup> {
    let at = |a, b| links.binary_search_by_key(&(a, b), |link| (link.a, link.b)).ok();
    let mut joins = Vec::new();
    for (k, link) in links.iter().enumerate() {
        for (p, q) in [(1, 2), (2, 1)] {
            let Some(next) = at(link.a + p - 1, link.b + q - 1) else { continue };
            let joint_evidence = scorer.window_evidence((link.a, p), (link.b, q));
            let gain = joint_evidence.margin - link.evidence.margin.max(links[next].evidence.margin);
            if gain > 0.0 {
                joins.push((
                    gain,
                    [k, next],
                    build_group(link.a..link.a + p, link.b..link.b + q, joint_evidence),
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
    groups.extend(unjoined.map(|(l, _)| build_group(l.a..l.a + 1, l.b..l.b + 1, l.evidence)));
    groups
}
