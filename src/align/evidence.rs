//! Evidence of a group: its similarity, independent of its score on the path.

use super::coverage::Coverage;
use super::score::Scorer;
use super::side::Window;
use crate::encode::dot;

/// How similar the two runs of a group are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Cosine of the two runs, -1 to 1.
    pub cosine: f32,
    /// The cosine minus its chance level, the mean cosine of either run with the other text's runs.
    pub margin: f32,
    /// Share of A's information that has a similar word in B, above chance: about 0 to 1.
    pub lexical_coverage_a: f32,
    /// The same for B.
    pub lexical_coverage_b: f32,
    /// Number of rare anchors (figures by value) that occur in both runs.
    pub anchors: u8,
}

/// What each of the first two shared anchors adds to [`Evidence::match_strength`]. Set by hand.
const ANCHOR_STRENGTH: f32 = 0.2;

/// Least [`Evidence::match_strength`] of a sure match. Read off the five pairs of real comparable reports in development:
/// correct pairs start at .62, the best incorrect ones end at .55.
pub const MIN_SURE_STRENGTH: f32 = 0.58;

/// Least [`Evidence::match_strength`] of a group that the order of parallel texts supports as well.
pub const MIN_ORDERED_STRENGTH: f32 = 0.25;

impl Evidence {
    /// One number for how similar the two runs are: about 0 for unrelated texts, about 1.3 for equal ones.
    ///
    /// `margin + 0.4 high + 0.2 low + 0.2 anchors`, where `high` and `low` are the coverages of the better and the less
    /// covered side, at least 0, and at most two anchors count. The factors are set by hand, not fitted. The better
    /// covered side weighs more, because the other may contain more.
    #[must_use]
    pub fn match_strength(&self) -> f32 {
        let (low, high) = (
            self.lexical_coverage_a.min(self.lexical_coverage_b).max(0.0),
            self.lexical_coverage_a.max(self.lexical_coverage_b).max(0.0),
        );
        self.margin + 0.4 * high + 0.2 * low + ANCHOR_STRENGTH * f32::from(self.anchors.min(2))
    }
}

impl Scorer<'_> {
    /// The evidence of one group.
    pub(super) fn window_evidence(&self, a: Window, b: Window) -> Evidence {
        self.evidence_within(a, b, &self.measure_coverage(a.0..a.0 + a.1, b.0..b.0 + b.1, a.1.max(b.1)))
    }

    /// The cosine of two runs.
    pub(super) fn window_cosine(&self, a: Window, b: Window) -> f32 {
        let (left, right) = (self.a.windows.window_vector(a.0, a.1), self.b.windows.window_vector(b.0, b.1));
        dot(&left, &right)
    }

    /// The evidence of a group whose sentences lie within the rectangle of `cover`.
    pub(super) fn evidence_within(&self, a: Window, b: Window, cover: &Coverage) -> Evidence {
        let cosine = self.window_cosine(a, b);
        let (coverable_a, coverable_b) =
            (self.chance[0].coverable_information(a, b.1), self.chance[1].coverable_information(b, a.1));
        Evidence {
            cosine,
            margin: self.cosine_margin(a, b, cosine),
            lexical_coverage_a: cover.covered_nats_a(a, b) / coverable_a.max(1.0),
            lexical_coverage_b: cover.covered_nats_b(a, b) / coverable_b.max(1.0),
            anchors: self.anchors.count_shared(a, b),
        }
    }
}
