//! What speaks for a group, beside its score on the path.

use super::cover::Cover;
use super::score::{Run, Scorer};
use crate::encode::dot;

/// What a group looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Cosine of the two runs, -1 to 1.
    pub cosine: f32,
    /// That cosine above the mean cosine of either run with the other text's runs.
    pub margin: f32,
    /// Share of A's information that has a near word in B, above chance: about 0 to 1.
    pub covered_a: f32,
    /// The same for B.
    pub covered_b: f32,
    /// How many rare anchors (figures by value) both runs hold.
    pub anchors: u8,
}

/// What the first and each further shared anchor, at most two, add to [`Evidence::strength`].
const ANCHOR: f32 = 0.2;

impl Evidence {
    /// One number for how sure it is that the two runs tell the same: about 0 for unrelated, 1.3 for equal texts.
    ///
    /// One side that is wholly covered counts most: the other may tell more.
    #[must_use]
    pub fn strength(&self) -> f32 {
        let (low, high) =
            (self.covered_a.min(self.covered_b).max(0.0), self.covered_a.max(self.covered_b).max(0.0));
        self.margin + 0.4 * high + 0.2 * low + ANCHOR * f32::from(self.anchors.min(2))
    }
}

impl Scorer<'_> {
    /// What speaks for one group.
    pub(super) fn evidence(&self, a: Run, b: Run) -> Evidence {
        self.evidence_within(a, b, &self.cover(a.0..a.0 + a.1, b.0..b.0 + b.1, a.1.max(b.1)))
    }

    /// The cosine of two runs.
    pub(super) fn cosine(&self, a: Run, b: Run) -> f32 {
        let (left, right) = (self.a.runs.vector(a.0, a.1), self.b.runs.vector(b.0, b.1));
        dot(&left, &right)
    }

    /// The same for a group inside sentences whose coverage is known.
    pub(super) fn evidence_within(&self, a: Run, b: Run, cover: &Cover) -> Evidence {
        let cosine = self.cosine(a, b);
        let (room_a, room_b) = (self.chance[0].room(a, b.1), self.chance[1].room(b, a.1));
        Evidence {
            cosine,
            margin: self.margin(a, b, cosine),
            covered_a: cover.of_a(a, b) / room_a.max(1.0),
            covered_b: cover.of_b(a, b) / room_b.max(1.0),
            anchors: self.anchors.shared(a, b),
        }
    }
}
