//! Findings against graded ones.

use super::case::{GradedFinding, GradedPair};
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
    /// Index into the comparison's findings; `None` for what was missed.
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
pub fn grade(pair: &GradedPair, comparison: &Comparison, level: Severity) -> Grade {
    let mut found = vec![false; pair.findings.len()];
    let mut judged = Vec::new();
    for (k, finding) in comparison.findings.iter().enumerate().filter(|(_, f)| f.severity >= level) {
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
        .filter_map(|j| j.finding.map(|k| &comparison.findings[k]))
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
