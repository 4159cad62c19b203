//! Findings against graded ones.

use std::collections::BTreeSet;

use super::case::{GradedFinding, GradedPair};
use crate::align::Relation;
use crate::divergence::{Change, Comparison, Finding, Kind, Place, Severity};
use crate::text::Span;

/// What became of one finding or of one graded difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Reported, and graded as a difference.
    Right,
    /// Reported, and not graded.
    False,
    /// Graded, and not reported.
    Missed,
}

/// One finding or graded difference with its verdict.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What became of it.
    pub verdict: Verdict,
    /// Kind of the finding, or of the graded difference where it was missed.
    pub kind: Kind,
    /// Its change.
    pub change: Change,
    /// Index into the findings; `None` for what was missed.
    pub finding: Option<usize>,
    /// Index into the pair's graded findings; `None` for what is false.
    pub graded: Option<usize>,
}

/// How one pair went.
#[derive(Clone, Debug, Default)]
pub struct Grade {
    /// All verdicts: findings in order, then what was missed.
    pub judged: Vec<Judged>,
    /// Harmless rewordings of the pair in which a finding is false.
    pub disturbed: usize,
}

impl Grade {
    /// How many have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.judged.iter().filter(|j| j.verdict == verdict).count()
    }
}

/// Grades the findings at or above `level` against the graded differences of the pair.
///
/// A finding is right if it shares words with a graded difference on each side that both have, and at least one, and
/// says the same of it: both name a value, or both a whole statement, or both have the same kind. Several findings
/// on one graded difference are all right; a graded difference counts once. So is a figure that is named as added or
/// dropped inside a statement that is graded as added or dropped; the statement itself is not found by that. A graded difference below `level` may be
/// reported, and need not be.
#[must_use]
pub fn grade(pair: &GradedPair, findings: &[Finding], level: Severity) -> Grade {
    let mut found = vec![false; pair.findings.len()];
    let mut judged = Vec::new();
    for (k, finding) in findings.iter().enumerate().filter(|(_, f)| f.severity >= level) {
        let mut right = None;
        for (g, graded) in pair.findings.iter().enumerate() {
            if agrees(graded, finding) {
                found[g] = true;
                right = right.or(Some(g));
            } else if part_of(graded, finding) {
                right = right.or(Some(g));
            }
        }
        judged.push(Judged {
            verdict: if right.is_some() { Verdict::Right } else { Verdict::False },
            kind: finding.kind,
            change: finding.change,
            finding: Some(k),
            graded: right,
        });
    }
    let false_places: Vec<&Finding> = judged
        .iter()
        .filter(|j| j.verdict == Verdict::False)
        .filter_map(|j| j.finding.map(|k| &findings[k]))
        .collect();
    let disturbed = pair
        .silent
        .iter()
        .filter(|s| false_places.iter().any(|f| touches(f.a.as_ref(), s.a) || touches(f.b.as_ref(), s.b)))
        .count();
    for (g, graded) in pair.findings.iter().enumerate() {
        if !found[g] && graded.severity >= level {
            judged.push(Judged {
                verdict: Verdict::Missed,
                kind: graded.kind,
                change: graded.change,
                finding: None,
                graded: Some(g),
            });
        }
    }
    Grade { judged, disturbed }
}

fn touches(place: Option<&Place>, span: Span) -> bool {
    place.is_some_and(|p| p.span.overlaps(span))
}

fn agrees(graded: &GradedFinding, finding: &Finding) -> bool {
    let side = |graded: Option<Span>, place: Option<&Place>| match (graded, place) {
        (Some(span), Some(place)) => Some(place.span.overlaps(span)),
        _ => None,
    };
    let sides = [side(graded.a, finding.a.as_ref()), side(graded.b, finding.b.as_ref())];
    let meets = sides.contains(&Some(true)) && !sides.contains(&Some(false));
    meets && family(graded.kind) == family(finding.kind)
}

/// A figure or name of a statement that is graded as missing whole: right to name, though not what was asked for.
fn part_of(graded: &GradedFinding, finding: &Finding) -> bool {
    let inside = |graded: Option<Span>, place: Option<&Place>| match (graded, place) {
        (Some(span), Some(place)) => span.overlaps(place.span),
        (None, None) => true,
        _ => false,
    };
    graded.kind == Kind::Statement
        && matches!(graded.change, Change::Added | Change::Dropped)
        && inside(graded.a, finding.a.as_ref())
        && inside(graded.b, finding.b.as_ref())
}

/// Kinds that say the same of a place: which figure it is, who says it, how surely, whether at all.
fn family(kind: Kind) -> u8 {
    match kind {
        Kind::Money | Kind::Quantity | Kind::Percent | Kind::Ordinal | Kind::Date | Kind::Duration => 0,
        Kind::Name => 1,
        Kind::Quote | Kind::Attribution => 2,
        Kind::Statement => 3,
        Kind::Polarity | Kind::Quantifier => 4,
        Kind::Modality => 5,
    }
}

/// How many groups were found, were graded, and are in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Found and graded.
    pub both: usize,
    /// Found.
    pub found: usize,
    /// Graded.
    pub graded: usize,
}

impl Overlap {
    /// Harmonic mean of precision and recall, 0 to 1; 1 where there is nothing to find and nothing was found.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let all = self.found + self.graded;
        if all == 0 { 1.0 } else { 2.0 * self.both as f64 / all as f64 }
    }

    fn of<T: Ord>(found: &BTreeSet<T>, graded: &BTreeSet<T>) -> Self {
        Self { both: found.intersection(graded).count(), found: found.len(), graded: graded.len() }
    }
}

impl std::ops::AddAssign for Overlap {
    fn add_assign(&mut self, other: Self) {
        self.both += other.both;
        self.found += other.found;
        self.graded += other.graded;
    }
}

/// An alignment against the graded one of the pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupGrade {
    /// Whole groups: the same sentences on both sides.
    pub groups: Overlap,
    /// Links: pairs of a sentence of A and one of B that stand in one group.
    pub links: Overlap,
    /// Links in groups that contradict.
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
    type Group<'g> = (&'g [usize], &'g [usize], Relation);
    let graded: Vec<Group> = pair.groups.as_ref()?.iter().map(|g| (&g.a[..], &g.b[..], g.relation)).collect();
    let found: Vec<Group> = comparison.groups.iter().map(|g| (&g.a[..], &g.b[..], g.relation)).collect();
    let whole = |groups: &[Group]| -> BTreeSet<(Vec<usize>, Vec<usize>)> {
        groups.iter().map(|(a, b, _)| (a.to_vec(), b.to_vec())).collect()
    };
    let links = |groups: &[Group], of: fn(Relation) -> bool| -> BTreeSet<(usize, usize)> {
        let groups = groups.iter().filter(|(_, _, relation)| of(*relation));
        groups.flat_map(|(a, b, _)| a.iter().flat_map(|i| b.iter().map(|j| (*i, *j)))).collect()
    };
    let contradicts = |relation| relation == Relation::Contradicts;
    Some(GroupGrade {
        groups: Overlap::of(&whole(&found), &whole(&graded)),
        links: Overlap::of(&links(&found, |_| true), &links(&graded, |_| true)),
        contradicting: Overlap::of(&links(&found, contradicts), &links(&graded, contradicts)),
    })
}
