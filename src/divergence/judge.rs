//! Runs all rules on a pair: findings in order, unclear claims and scores.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::finding::{Change, ClaimPlace, FindingKind, finding_id, place_content};
use super::pair::{AlignedGroup, VersionPair};
use super::rules::polarity::unsure_negations;
use super::rules::registry::check_all;
use super::rules::value::undated_times;
use super::rules::{Finding, FindingDraft, Rule};
use super::score::{DivergenceScores, score_versions};
use super::unclear::{Unclear, UnclearReason};
use super::version::Version;
use crate::align::Relation;
use crate::claims::{self, Value};
use crate::text::{Sides, Span, Which};
use crate::words::WordDifference;

/// Findings and scores of a pair. Sets the relation of contradicting groups and the difference of words in findings.
pub(super) fn judge_pair(pair: &mut VersionPair<'_>) -> (DivergenceScores, Vec<Finding>) {
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen = BTreeSet::new();
    for (rule, draft) in check_all(pair) {
        let finding = build_finding(pair.a, pair.b, rule, draft);
        // A value that is dropped twice is one finding, at its first place.
        if seen.insert(finding.id.clone()) {
            findings.push(finding);
        }
    }
    drop_covered_statements(&mut findings);
    // By descending severity; differences on both sides before claims on one side only; then in the order of the texts.
    findings.sort_by(|x, y| report_order(x).cmp(&report_order(y)).then_with(|| x.id.cmp(&y.id)));
    let scores = score_versions(pair, &findings);
    mark_contradictions(&mut pair.groups, &findings);
    mark_differences(&mut pair.words, &findings);
    (scores, findings)
}

/// Sort key of a finding.
fn report_order(f: &Finding) -> impl Ord + use<> {
    let is_one_sided = f.a.is_none() || f.b.is_none();
    (Reverse(f.severity), is_one_sided, f.a.is_none(), place_spans(f))
}

/// The spans of a finding in A and in B.
fn place_spans(f: &Finding) -> [Option<Span>; 2] {
    [&f.a, &f.b].map(|place| place.as_ref().map(|place| place.span))
}

/// Removes the statement findings that contain the place of a finding on a cue.
fn drop_covered_statements(findings: &mut Vec<Finding>) {
    let words: Vec<[Option<Span>; 2]> =
        findings.iter().filter(|f| f.kind.is_of_cue()).map(place_spans).collect();
    findings.retain(|f| {
        let own = place_spans(f);
        f.kind != FindingKind::Statement
            || !words
                .iter()
                .any(|words| (0..2).any(|k| own[k].zip(words[k]).is_some_and(|(o, w)| o.contains_span(w))))
    });
}

/// Sets the relation of each group in which one side denies a claim of the other.
fn mark_contradictions(groups: &mut [AlignedGroup], findings: &[Finding]) {
    for finding in findings.iter().filter(|f| f.change == Change::Contradicted) {
        let (Some(a), Some(b)) = (&finding.a, &finding.b) else { continue };
        for group in groups.iter_mut().filter(|g| g.a.contains(&a.sentence) && g.b.contains(&b.sentence)) {
            group.relation = Relation::Contradicts;
        }
    }
}

/// Sets the difference of the words of each value or name in a finding to 1, whatever their vectors.
fn mark_differences(words: &mut Sides<Vec<WordDifference>>, findings: &[Finding]) {
    for finding in findings.iter().filter(|f| f.kind != FindingKind::Quote) {
        for (words, place) in [&mut words.a, &mut words.b].into_iter().zip([&finding.a, &finding.b]) {
            let own = place.as_ref().filter(|p| p.value.is_some());
            for word in words.iter_mut().filter(|w| own.is_some_and(|p| p.span.overlaps_span(w.span))) {
                word.difference = 1.0;
            }
        }
    }
}

fn build_finding(a: &Version, b: &Version, rule: &'static Rule, draft: FindingDraft) -> Finding {
    let content_a = draft.a.as_ref().map(|p| place_content(p, &a.article.text));
    let content_b = draft.b.as_ref().map(|p| place_content(p, &b.article.text));
    Finding {
        id: finding_id(draft.kind, draft.change, content_a.as_deref(), content_b.as_deref()),
        confidence: rule.measured_precision().laplace_confidence(),
        rule,
        change: draft.change,
        kind: draft.kind,
        severity: draft.severity,
        a: draft.a,
        b: draft.b,
        message: draft.message,
        measurements: draft.measurements,
    }
}

/// The claims of a pair that could not be compared, in the order of the texts.
pub(super) fn find_unclear(pair: &VersionPair<'_>) -> Vec<Unclear> {
    let mut all = unread_claims(pair);
    if pair.is_read() {
        all.extend(undated_times(pair));
        all.extend(unsure_negations(pair));
    }
    all.sort_by_key(|u| (u.a.as_ref().map(|p| p.span), u.b.as_ref().map(|p| p.span), u.kind, u.reason));
    all
}

/// The values and names of each version where the claims of the other version are not read.
fn unread_claims(pair: &VersionPair<'_>) -> Vec<Unclear> {
    let sides = Which::BOTH_SIDES.into_iter();
    let unread = sides.filter(|which| !pair.side_version(which.other_side()).is_read());
    unread
        .flat_map(|which| {
            let lang = pair.side_version(which.other_side()).article.lang;
            let claims = pair.side_version(which).claims.iter();
            claims.filter(|c| !matches!(c.claim.value, Value::Quote { .. })).map(move |stated| {
                let claims::Claim { kind, span, value, .. } = stated.claim.clone();
                let own = ClaimPlace { sentence: stated.sentence, span, value: Some(value) };
                Unclear::on_side(
                    FindingKind::from_claim(kind),
                    which,
                    own,
                    None,
                    UnclearReason::Language(lang),
                )
            })
        })
        .collect()
}
