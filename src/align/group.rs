//! Groups of aligned sentences, and the alignment that they make up.

use std::collections::BTreeSet;
use std::ops::Range;

use strum::VariantArray;

use super::evidence::Evidence;
use super::side::MAX_PAIRS;

/// Least [`Alignment::parallel_share`] of parallel texts. The graded parallel pairs have .85 and more, the comparable ones
/// .59 and less.
pub(super) const MIN_PARALLEL_SHARE: f32 = 0.72;

/// Least difference between the lexical coverages of the two sides of a partial group. Across languages and in garbled
/// text both coverages are low, and alike.
const MIN_PARTIAL_DIFFERENCE: f32 = 0.25;

/// Relation between the two sides of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
#[non_exhaustive]
pub enum Relation {
    /// The same content on both sides.
    Equivalent,
    /// One side has part of the content of the other.
    Partial,
    /// One side denies the content of the other.
    Contradicts,
}

impl Relation {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Its name in reports and gradings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::Partial => "partial",
            Self::Contradicts => "contradicts",
        }
    }
}

/// An aligned group (bead): sentences of A and sentences of B with the same content.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceGroup {
    /// Indices of A's sentences, ascending and consecutive.
    pub a: Vec<usize>,
    /// Indices of B's sentences, ascending and consecutive.
    pub b: Vec<usize>,
    /// Similarity of the two sides.
    pub evidence: Evidence,
    /// Relation between the two sides.
    pub relation: Relation,
    /// Whether it crosses the common order of the other groups.
    pub moved: bool,
}

impl SentenceGroup {
    /// A group of the sentences `a` of A and `b` of B in their order, partial where the coverage of the two differs much.
    pub(super) fn from_ranges(a: Range<usize>, b: Range<usize>, evidence: Evidence) -> Self {
        let coverage_difference = (evidence.lexical_coverage_a - evidence.lexical_coverage_b).abs();
        let relation = if coverage_difference > MIN_PARTIAL_DIFFERENCE {
            Relation::Partial
        } else {
            Relation::Equivalent
        };
        Self { a: a.collect(), b: b.collect(), evidence, relation, moved: false }
    }
}

/// The sentence alignment of two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Ordered by A, then by B. Sentences in no group are unaligned.
    pub groups: Vec<SentenceGroup>,
    /// Share of the information of the shorter version in sure matches of the monotone path, 0 to 1.
    pub parallel_share: f32,
}

impl Alignment {
    /// Whether the two are parallel, versions of one text in one order, rather than two texts on one event.
    #[must_use]
    pub fn is_parallel(&self) -> bool {
        self.parallel_share >= MIN_PARALLEL_SHARE
    }

    /// The note for the reader where the two share no order and have too many sentences, `counts` in A and B, to be
    /// matched without one.
    #[must_use]
    pub fn unmatched_note(&self, counts: [usize; 2]) -> Option<String> {
        let [a, b] = counts;
        (!self.is_parallel() && a.saturating_mul(b) > MAX_PAIRS).then(|| {
            format!(
                "the two keep no common order, and {a} x {b} sentences are too many to be matched without one \
                 (at most {MAX_PAIRS} pairs)"
            )
        })
    }

    /// A subset of the groups without overlap, ordered by A, then B: greedily the strongest that shares no sentence with
    /// those chosen before.
    #[must_use]
    pub fn disjoint_groups(&self) -> Vec<SentenceGroup> {
        let mut strongest: Vec<&SentenceGroup> = self.groups.iter().collect();
        strongest.sort_by(|x, y| y.evidence.match_strength().total_cmp(&x.evidence.match_strength()));
        let (mut used_a, mut used_b): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
        let mut chosen: Vec<SentenceGroup> = Vec::new();
        for group in strongest {
            if group.a.iter().all(|i| !used_a.contains(i)) && group.b.iter().all(|j| !used_b.contains(j)) {
                used_a.extend(&group.a);
                used_b.extend(&group.b);
                chosen.push(group.clone());
            }
        }
        chosen.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        chosen
    }
}
