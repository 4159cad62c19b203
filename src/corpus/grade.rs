//! Grades findings and alignments against those of an editor.

use std::collections::BTreeSet;

use super::case::{GradedFinding, GradedPair};
use crate::align::Relation;
use crate::divergence::{Change, ClaimPlace, Comparison, Finding, FindingKind, Severity};
use crate::text::Span;

/// Verdict on a finding or a graded difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingVerdict {
    /// Reported, and graded as a difference.
    Right,
    /// Reported, and not graded.
    False,
    /// Graded, and not reported.
    Missed,
}

/// One finding or graded difference with its verdict.
#[derive(Clone, Debug)]
pub struct JudgedFinding {
    /// The verdict.
    pub verdict: FindingVerdict,
    /// Kind of the finding, or of the graded difference where it was missed.
    pub kind: FindingKind,
    /// Its change.
    pub change: Change,
    /// Index into the findings; `None` for what was missed.
    pub finding: Option<usize>,
    /// Index into the pair's graded findings; `None` for what is false.
    pub graded: Option<usize>,
}

/// Verdicts on the findings of one pair.
#[derive(Clone, Debug, Default)]
pub struct FindingsGrade {
    /// All verdicts: findings in order, then what was missed.
    pub judged: Vec<JudgedFinding>,
    /// Harmless rewordings of the pair in which a finding is false.
    pub disturbed: usize,
}

impl FindingsGrade {
    /// Number of findings and graded differences with this verdict.
    #[must_use]
    pub fn count_verdict(&self, verdict: FindingVerdict) -> usize {
        self.judged.iter().filter(|j| j.verdict == verdict).count()
    }
}

/// Grades the findings at or above `level` against the graded differences of the pair.
///
/// A finding is right if it overlaps a graded difference on each side that both have, on at least one side, and is of
/// the same family of kinds (any value, name, quotation or attribution, statement, polarity or quantifier, modality).
/// Several findings on one graded difference are all right; the difference counts once. A value or name inside a
/// statement that is graded as added or dropped is right too, but does not count as finding the statement. A graded
/// difference below `level` may be reported, and need not be.
#[must_use]
pub fn grade_findings(pair: &GradedPair, findings: &[Finding], level: Severity) -> FindingsGrade {
    let mut matched = vec![false; pair.findings.len()];
    let mut judged = Vec::new();
    for (k, finding) in findings.iter().enumerate().filter(|(_, f)| f.severity >= level) {
        let mut matched_graded = None;
        for (g, graded) in pair.findings.iter().enumerate() {
            if matches_graded(graded, finding) {
                matched[g] = true;
                matched_graded = matched_graded.or(Some(g));
            } else if is_part_of_graded(graded, finding) {
                matched_graded = matched_graded.or(Some(g));
            }
        }
        judged.push(JudgedFinding {
            verdict: if matched_graded.is_some() { FindingVerdict::Right } else { FindingVerdict::False },
            kind: finding.kind,
            change: finding.change,
            finding: Some(k),
            graded: matched_graded,
        });
    }
    let false_places: Vec<&Finding> = judged
        .iter()
        .filter(|j| j.verdict == FindingVerdict::False)
        .filter_map(|j| j.finding.map(|k| &findings[k]))
        .collect();
    let disturbed = pair
        .silent
        .iter()
        .filter(|s| {
            false_places
                .iter()
                .any(|f| place_overlaps(f.a.as_ref(), s.a) || place_overlaps(f.b.as_ref(), s.b))
        })
        .count();
    for (g, graded) in pair.findings.iter().enumerate() {
        if !matched[g] && graded.severity >= level {
            judged.push(JudgedFinding {
                verdict: FindingVerdict::Missed,
                kind: graded.kind,
                change: graded.change,
                finding: None,
                graded: Some(g),
            });
        }
    }
    FindingsGrade { judged, disturbed }
}

fn place_overlaps(place: Option<&ClaimPlace>, span: Span) -> bool {
    place.is_some_and(|p| p.span.overlaps_span(span))
}

fn matches_graded(graded: &GradedFinding, finding: &Finding) -> bool {
    let sides = [(graded.a, &finding.a), (graded.b, &finding.b)]
        .map(|(span, place)| Some(place.as_ref()?.span.overlaps_span(span?)));
    let meets = sides.contains(&Some(true)) && !sides.contains(&Some(false));
    meets && kind_family(graded.kind) == kind_family(finding.kind)
}

/// Whether a finding lies inside a statement that is graded as added or dropped.
fn is_part_of_graded(graded: &GradedFinding, finding: &Finding) -> bool {
    graded.kind == FindingKind::Statement
        && matches!(graded.change, Change::Added | Change::Dropped)
        && [(graded.a, &finding.a), (graded.b, &finding.b)].into_iter().all(|sides| match sides {
            (Some(span), Some(place)) => span.overlaps_span(place.span),
            (None, None) => true,
            _ => false,
        })
}

/// Number of the family of a kind. A finding matches a graded difference of the same family.
fn kind_family(kind: FindingKind) -> u8 {
    match kind {
        FindingKind::Money
        | FindingKind::Quantity
        | FindingKind::Percent
        | FindingKind::Ordinal
        | FindingKind::Date
        | FindingKind::Duration => 0,
        FindingKind::Name => 1,
        FindingKind::Quote | FindingKind::Attribution => 2,
        FindingKind::Statement => 3,
        FindingKind::Polarity | FindingKind::Quantifier => 4,
        FindingKind::Modality => 5,
    }
}

/// Sizes of a reported set, a graded set and their intersection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Size of the intersection.
    pub shared: usize,
    /// Size of the reported set.
    pub reported: usize,
    /// Size of the graded set.
    pub graded: usize,
}

impl Overlap {
    /// F1, the harmonic mean of precision and recall, 0 to 1: `2 shared / (reported + graded)`; 1 where both sets are
    /// empty.
    #[must_use]
    pub fn f1_score(&self) -> f64 {
        let all = self.reported + self.graded;
        if all == 0 { 1.0 } else { 2.0 * self.shared as f64 / all as f64 }
    }

    fn count_overlap<T: Ord>(found: &BTreeSet<T>, graded: &BTreeSet<T>) -> Self {
        Self { shared: found.intersection(graded).count(), reported: found.len(), graded: graded.len() }
    }
}

impl std::ops::AddAssign for Overlap {
    fn add_assign(&mut self, other: Self) {
        self.shared += other.shared;
        self.reported += other.reported;
        self.graded += other.graded;
    }
}

/// Agreement of an alignment with the graded one of the pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupGrade {
    /// Whole groups with the same sentences on both sides.
    pub groups: Overlap,
    /// Links: pairs of a sentence of A and one of B in the same group.
    pub links: Overlap,
    /// Links in contradicting groups.
    pub contradicting: Overlap,
}

impl std::ops::AddAssign for GroupGrade {
    fn add_assign(&mut self, other: Self) {
        self.groups += other.groups;
        self.links += other.links;
        self.contradicting += other.contradicting;
    }
}

/// Grades the groups of a comparison; `None` where the pair's alignment is not graded.
#[must_use]
pub fn grade_groups(pair: &GradedPair, comparison: &Comparison) -> Option<GroupGrade> {
    let graded: Vec<GroupView<'_>> =
        pair.groups.as_ref()?.iter().map(|g| (&g.a[..], &g.b[..], g.relation)).collect();
    let reported: Vec<GroupView<'_>> =
        comparison.groups.iter().map(|g| (&g.a[..], &g.b[..], g.relation)).collect();
    Some(GroupGrade {
        groups: Overlap::count_overlap(&sentence_sets(&reported), &sentence_sets(&graded)),
        links: Overlap::count_overlap(&group_links(&reported), &group_links(&graded)),
        contradicting: Overlap::count_overlap(&contradicting_links(&reported), &contradicting_links(&graded)),
    })
}

/// The sentences of A, those of B, and their relation.
type GroupView<'g> = (&'g [usize], &'g [usize], Relation);

fn sentence_sets<'g>(groups: &[GroupView<'g>]) -> BTreeSet<(&'g [usize], &'g [usize])> {
    groups.iter().map(|(a, b, _)| (*a, *b)).collect()
}

fn group_links(groups: &[GroupView<'_>]) -> BTreeSet<(usize, usize)> {
    groups.iter().flat_map(|(a, b, _)| a.iter().flat_map(|i| b.iter().map(|j| (*i, *j)))).collect()
}

fn contradicting_links(groups: &[GroupView<'_>]) -> BTreeSet<(usize, usize)> {
    let contradicting = groups.iter().filter(|(_, _, relation)| *relation == Relation::Contradicts);
    group_links(&contradicting.copied().collect::<Vec<_>>())
}
