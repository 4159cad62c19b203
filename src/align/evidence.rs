//! What speaks for a group, beside its score on the path.

use super::coverage::Coverage;
use super::score::{Scorer, Window};
use crate::encode::dot;

/// What a group looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Cosine of the two runs, -1 to 1.
    pub cosine: f32,
    /// That cosine above the mean cosine of either run with the other text's runs.
    pub margin: f32,
    /// Share of A's information that has a near word in B, above chance: about 0 to 1.
    pub lexical_coverage_a: f32,
    /// The same for B.
    pub lexical_coverage_b: f32,
    /// How many rare anchors (figures by value) both runs hold.
    pub anchors: u8,
}

/// What the first and each further shared anchor, at most two, add to [`Evidence::strength`].
const ANCHOR_STRENGTH: f32 = 0.2;

impl Evidence {
    /// One number for how sure it is that the two runs tell the same: about 0 for unrelated, 1.3 for equal texts.
    ///
    /// One side that is wholly covered counts most: the other may tell more.
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
    /// What speaks for one group.
    pub(super) fn window_evidence(&self, a: Window, b: Window) -> Evidence {
        self.evidence_within(a, b, &self.measure_coverage(a.0..a.0 + a.1, b.0..b.0 + b.1, a.1.max(b.1)))
    }

    /// The cosine of two runs.
    pub(super) fn window_cosine(&self, a: Window, b: Window) -> f32 {
        let (left, right) = (self.a.windows.window_vector(a.0, a.1), self.b.windows.window_vector(b.0, b.1));
        dot(&left, &right)
    }

    /// The same for a group inside sentences whose coverage is known.
    pub(super) fn evidence_within(&self, a: Window, b: Window, cover: &Coverage) -> Evidence {
        let cosine = self.window_cosine(a, b);
        let (room_a, room_b) =
            (self.chance[0].coverable_information(a, b.1), self.chance[1].coverable_information(b, a.1));
        Evidence {
            cosine,
            margin: self.cosine_margin(a, b, cosine),
            lexical_coverage_a: cover.covered_nats_a(a, b) / room_a.max(1.0),
            lexical_coverage_b: cover.covered_nats_b(a, b) / room_b.max(1.0),
            anchors: self.anchors.count_shared(a, b),
        }
    }
}
