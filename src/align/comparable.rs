//! How likely two sentences of comparable texts tell the same.
//!
//! Without order to lean on, a pair is judged by itself, by what stands around it, and by how far it stands out from
//! the other pairs of either sentence. A logistic model weighs that.

use std::sync::LazyLock;

use super::evidence::Evidence;
use super::score::Scorer;
use super::side::AlignmentSide;
use crate::models::{self, LinearModel};

/// What a pair of sentences is judged by, by name.
pub const PAIR_FEATURES: [&str; 6] = ["bias", "covered", "anchors", "around", "apart", "typical"];

/// Values of [`PAIR_FEATURES`] for one pair.
///
/// - `bias`: 1.
/// - `covered`: the larger of [`Evidence::covered_a`] and [`Evidence::covered_b`].
/// - `anchors`: [`Evidence::anchors`], at most 3.
/// - `around`: margin of the two sentences together with their neighbours: two newsrooms tell a thing over a stretch.
/// - `apart`: how much stronger the pair is than the best other one of either sentence, at least -1 each, added.
/// - `typical`: mean margin of the best pairs of all sentences of both texts: low for texts on two events.
pub type PairFeatures = [f32; PAIR_FEATURES.len()];

/// The margin of the pair, what the less covered side is covered, and the sentences' information were tried beside these
/// and added nothing.
static MODEL: LazyLock<LinearModel<{ PAIR_FEATURES.len() }>> =
    LazyLock::new(|| LinearModel::load(models::COMPARABLE_LINKS, &PAIR_FEATURES));

/// Chance from which on a pair counts as telling the same. Leaving one story out, seven links of ten are right from
/// here on, and of those that are kept by [`BY_ITSELF`] as well eight of ten.
pub(super) const MIN_MATCH_PROBABILITY: f32 = 0.25;

/// Least [`Evidence::strength`] of a pair, whatever stands around it: next to sure neighbours a pair with nothing in
/// common would be likely too.
pub(super) const MIN_PAIR_STRENGTH: f32 = 0.4;

/// Texts on one event have a pair of at least this chance; without one nothing goes together. The graded comparable
/// pairs have .85 and more, unrelated ones .7 and less, each leaving its story out.
pub(super) const MIN_EVENT_PROBABILITY: f32 = 0.8;

/// A pair of sentences and what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SentencePair {
    /// Sentence of A.
    pub a: usize,
    /// Sentence of B.
    pub b: usize,
    /// What speaks for the pair by itself.
    pub evidence: Evidence,
    /// What it is judged by.
    pub features: PairFeatures,
}

impl SentencePair {
    /// The chance that a careful reader says that the two tell the same, at least in part: 0 to 1.
    #[must_use]
    pub fn match_probability(&self) -> f32 {
        MODEL.probability(&self.features)
    }
}

/// Judges pairs of sentences, given with their evidence and ordered by A, then B: all that may tell the same.
pub(super) fn judge_pairs(scorer: &Scorer<'_>, pairs: &[(usize, usize, Evidence)]) -> Vec<SentencePair> {
    let (mut of_a, mut of_b) =
        (vec![BestPairs::default(); scorer.a.len()], vec![BestPairs::default(); scorer.b.len()]);
    for (i, j, evidence) in pairs {
        of_a[*i].offer_evidence(evidence);
        of_b[*j].offer_evidence(evidence);
    }
    let typical = mean_margin(&of_a).midpoint(mean_margin(&of_b));
    let judged = pairs.iter().map(|(i, j, evidence)| {
        let features = [
            1.0,
            evidence.lexical_coverage_a.max(evidence.lexical_coverage_b),
            f32::from(evidence.anchors.min(3)),
            neighbourhood_margin(scorer, *i, *j),
            of_a[*i].lead_over_rest(evidence) + of_b[*j].lead_over_rest(evidence),
            typical,
        ];
        SentencePair { a: *i, b: *j, evidence: *evidence, features }
    });
    judged.collect()
}

/// The two strongest pairs of one sentence.
#[derive(Clone, Default)]
struct BestPairs {
    /// Their strengths, at least 0.
    strengths: [f32; 2],
    /// The largest margin, at least 0; `None` where there is no pair.
    margin: Option<f32>,
}

impl BestPairs {
    fn offer_evidence(&mut self, evidence: &Evidence) {
        let strength = evidence.match_strength();
        let [first, second] = self.strengths;
        self.strengths = [first.max(strength), second.max(strength.min(first))];
        self.margin = Some(self.margin.unwrap_or(0.0).max(evidence.margin));
    }

    /// How far a pair of this sentence is ahead of its best other one.
    fn lead_over_rest(&self, evidence: &Evidence) -> f32 {
        let strength = evidence.match_strength();
        let other = if strength >= self.strengths[0] { self.strengths[1] } else { self.strengths[0] };
        (strength - other).max(-1.0)
    }
}

fn mean_margin(best: &[BestPairs]) -> f32 {
    let known: Vec<f32> = best.iter().filter_map(|b| b.margin).collect();
    known.iter().sum::<f32>() / known.len().max(1) as f32
}

/// The margin of the two sentences with their neighbours.
fn neighbourhood_margin(scorer: &Scorer<'_>, i: usize, j: usize) -> f32 {
    let wide = |k: usize, side: &AlignmentSide| {
        let (first, last) = (k.saturating_sub(1), (k + 1).min(side.len() - 1));
        if last - first < side.windows.max_window() { (first, last + 1 - first) } else { (k, 1) }
    };
    let (a, b) = (wide(i, scorer.a), wide(j, scorer.b));
    scorer.cosine_margin(a, b, scorer.window_cosine(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(margin: f32) -> Evidence {
        Evidence { cosine: margin, margin, lexical_coverage_a: 0.0, lexical_coverage_b: 0.0, anchors: 0 }
    }

    #[test]
    fn the_best_pair_is_ahead_of_the_second_and_the_others_behind_the_best() {
        let mut best = BestPairs::default();
        let all = [0.2, 0.7, 0.4].map(evidence);
        for e in &all {
            best.offer_evidence(e);
        }
        let ahead = all.map(|e| best.lead_over_rest(&e));
        for (found, expected) in ahead.iter().zip([-0.5, 0.3, -0.3]) {
            assert!((found - expected).abs() < 1e-6, "{ahead:?}");
        }
    }

    #[test]
    fn every_sign_of_the_same_raises_the_chance() {
        let pair = |features| SentencePair { a: 0, b: 0, evidence: evidence(0.5), features };
        let plain = [1.0, 0.3, 0.0, 0.2, 0.0, 0.3];
        for k in 1..plain.len() {
            let mut more = plain;
            more[k] += 0.2;
            assert!(pair(more).match_probability() > pair(plain).match_probability(), "{}", PAIR_FEATURES[k]);
        }
    }
}
