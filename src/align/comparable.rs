//! The probability that two sentences of comparable texts have the same content.
//!
//! Comparable texts share no order, so a pair is judged by its own similarity, by that of its neighbours, and by its lead
//! over the other pairs of either sentence. A logistic model combines these features.

use std::sync::LazyLock;

use super::evidence::Evidence;
use super::score::Scorer;
use super::side::{AlignmentSide, Window};
use crate::models::{self, LinearModel};

/// Names of the features of a pair of sentences.
pub const PAIR_FEATURES: [&str; 6] = ["bias", "covered", "anchors", "around", "apart", "typical"];

/// Values of [`PAIR_FEATURES`] for one pair.
///
/// - `bias`: 1.
/// - `covered`: the larger of [`Evidence::lexical_coverage_a`] and [`Evidence::lexical_coverage_b`].
/// - `anchors`: [`Evidence::anchors`], at most 3.
/// - `around`: margin of the two sentences together with their neighbours: two newsrooms spread a fact over a stretch.
/// - `apart`: lead in [`Evidence::match_strength`] over the best other pair of either sentence, at least -1 each, summed.
/// - `typical`: mean margin of the best pairs of all sentences of both texts: low for texts on two events.
pub type PairFeatures = [f32; PAIR_FEATURES.len()];

/// The margin of the pair, the coverage of the less covered side, and the information of the sentences were tried as well
/// and did not improve the model.
static MODEL: LazyLock<LinearModel<{ PAIR_FEATURES.len() }>> =
    LazyLock::new(|| LinearModel::load(models::COMPARABLE_LINKS, &PAIR_FEATURES));

/// Least probability of a link. With one story left out, seven links of ten are correct from here on, and eight of ten of
/// those that also reach [`MIN_PAIR_STRENGTH`].
pub(super) const MIN_MATCH_PROBABILITY: f32 = 0.25;

/// Least [`Evidence::match_strength`] of a link, whatever its neighbours: beside sure neighbours a pair with nothing in
/// common would be probable too.
pub(super) const MIN_PAIR_STRENGTH: f32 = 0.4;

/// Least probability of the best link of two texts on one event; without such a link nothing is aligned. The graded
/// comparable pairs have .85 and more, unrelated ones .7 and less, each with its story left out.
pub(super) const MIN_EVENT_PROBABILITY: f32 = 0.8;

/// A pair of sentences with its evidence and features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SentencePair {
    /// Index of the sentence of A.
    pub a: usize,
    /// Index of the sentence of B.
    pub b: usize,
    /// Similarity of the two sentences by themselves.
    pub evidence: Evidence,
    /// Features of the logistic model.
    pub features: PairFeatures,
}

impl SentencePair {
    /// The probability that a careful reader links the two sentences, as equivalent or partial: 0 to 1.
    #[must_use]
    pub fn match_probability(&self) -> f32 {
        MODEL.probability(&self.features)
    }
}

/// The features of all candidate pairs (A, B, evidence), which are ordered by A, then B.
pub(super) fn judge_pairs(scorer: &Scorer<'_>, pairs: &[(usize, usize, Evidence)]) -> Vec<SentencePair> {
    let (mut best_a, mut best_b) =
        (vec![BestPairs::default(); scorer.a.len()], vec![BestPairs::default(); scorer.b.len()]);
    for (i, j, evidence) in pairs {
        best_a[*i].offer_evidence(evidence);
        best_b[*j].offer_evidence(evidence);
    }
    let typical = mean_margin(&best_a).midpoint(mean_margin(&best_b));
    let judged = pairs.iter().map(|(i, j, evidence)| {
        let features = [
            1.0,
            evidence.lexical_coverage_a.max(evidence.lexical_coverage_b),
            f32::from(evidence.anchors.min(3)),
            neighbourhood_margin(scorer, *i, *j),
            best_a[*i].lead_over_rest(evidence) + best_b[*j].lead_over_rest(evidence),
            typical,
        ];
        SentencePair { a: *i, b: *j, evidence: *evidence, features }
    });
    judged.collect()
}

/// The two strongest pairs of one sentence.
#[derive(Clone, Default)]
struct BestPairs {
    /// Their [`Evidence::match_strength`], at least 0, in descending order.
    strengths: [f32; 2],
    /// The largest margin of any pair, at least 0; `None` without a pair.
    margin: Option<f32>,
}

impl BestPairs {
    fn offer_evidence(&mut self, evidence: &Evidence) {
        let strength = evidence.match_strength();
        let [first, second] = self.strengths;
        self.strengths = [first.max(strength), second.max(strength.min(first))];
        self.margin = Some(self.margin.unwrap_or(0.0).max(evidence.margin));
    }

    /// The lead in strength of a pair of this sentence over its best other pair, at least -1.
    fn lead_over_rest(&self, evidence: &Evidence) -> f32 {
        let strength = evidence.match_strength();
        let other = if strength >= self.strengths[0] { self.strengths[1] } else { self.strengths[0] };
        (strength - other).max(-1.0)
    }
}

/// The mean of the largest margins of the sentences that have a pair.
fn mean_margin(best: &[BestPairs]) -> f32 {
    let known: Vec<f32> = best.iter().filter_map(|b| b.margin).collect();
    known.iter().sum::<f32>() / known.len().max(1) as f32
}

/// The margin of the two sentences together with their neighbours.
fn neighbourhood_margin(scorer: &Scorer<'_>, i: usize, j: usize) -> f32 {
    let (a, b) = (neighbourhood(i, scorer.a), neighbourhood(j, scorer.b));
    scorer.cosine_margin(a, b, scorer.window_cosine(a, b))
}

/// A sentence with its neighbours; alone where no run of that length is encoded.
fn neighbourhood(sentence: usize, side: &AlignmentSide) -> Window {
    let (first, last) = (sentence.saturating_sub(1), (sentence + 1).min(side.len() - 1));
    if last - first < side.windows.max_window() { (first, last + 1 - first) } else { (sentence, 1) }
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
        let leads = all.map(|e| best.lead_over_rest(&e));
        for (lead, expected) in leads.iter().zip([-0.5, 0.3, -0.3]) {
            assert!((lead - expected).abs() < 1e-6, "{leads:?}");
        }
    }

    #[test]
    fn every_feature_raises_the_probability() {
        let pair = |features| SentencePair { a: 0, b: 0, evidence: evidence(0.5), features };
        let plain = [1.0, 0.3, 0.0, 0.2, 0.0, 0.3];
        for k in 1..plain.len() {
            let mut more = plain;
            more[k] += 0.2;
            assert!(pair(more).match_probability() > pair(plain).match_probability(), "{}", PAIR_FEATURES[k]);
        }
    }
}
