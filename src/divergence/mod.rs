//! Two versions as meaning: findings and scores. The only room where two languages meet.

mod bounds;
mod cue_match;
mod explanation;
mod finding;
pub mod glossary;
mod pair;
mod rules;
mod score;
mod unclear;
mod version;

pub use explanation::{ExplainedGroup, ExplainedWord, Explanation, NearestSentence, NearestWord};
pub(crate) use finding::place_content;
pub use finding::{Change, ClaimPlace, Finding, FindingKind, Measurement, Severity};
pub(crate) use pair::VersionPair;
pub use pair::{AlignedGroup, figure_anchors};
pub use rules::{Emits, Precision, RULES, Rule, RuleExample, describe_value};
pub(crate) use rules::{NameLikeness, equal_values, is_value, name_likeness};
pub use score::{DivergenceFeatures, DivergencePart, DivergenceScores, PairScore, score_pairs};
pub use unclear::{Unclear, UnclearReason};
pub use version::{SentenceClaim, Version};

use std::collections::BTreeSet;

use crate::align::Relation;
use crate::encode::Encoder;
use crate::error::Result;
use crate::text::{Sides, Span};
use crate::words::WordDifference;
use glossary::Glossary;
use rules::FindingDraft;

/// What two versions have to do with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How far apart they are, and in what.
    pub scores: DivergenceScores,
    /// Whether they are versions of one text (a translation, a copy) rather than two texts on one event.
    pub is_parallel: bool,
    /// Share of the information of the shorter version that goes with the other in one order, 0 to 1.
    pub parallel_share: f32,
    /// Sentences that tell the same, ordered by A, then by B. Sentences in no group are unaligned.
    pub groups: Vec<AlignedGroup>,
    /// The differences, the gravest first, then in the order of the texts.
    pub findings: Vec<Finding>,
    /// What cannot be told, in the order of the texts.
    pub unclear: Vec<Unclear>,
    /// For each sentence of A and of B that takes part its words' differences, 0 to 1, by span in the text.
    pub words: Sides<Vec<WordDifference>>,
    /// What a reader has to know of how they were compared: bounds that were reached.
    pub notes: Vec<String>,
}

/// Compares two versions: A is what B is measured against.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn compare_versions(a: &Version, b: &Version, encoder: &dyn Encoder) -> Result<Comparison> {
    compare_with_glossary(a, b, encoder, &Glossary::default())
}

/// As [`compare`], where what a glossary allows is no difference.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn compare_with_glossary(
    a: &Version,
    b: &Version,
    encoder: &dyn Encoder,
    glossary: &Glossary,
) -> Result<Comparison> {
    let mut pair = VersionPair::new(a, b, encoder, glossary)?;
    let (scores, findings) = judge_pair(&mut pair);
    Ok(build_comparison(pair, scores, findings))
}

/// As [`compare_with`], with what each finding rests on, in the order of the findings.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn compare_explained(
    a: &Version,
    b: &Version,
    encoder: &dyn Encoder,
    glossary: &Glossary,
) -> Result<(Comparison, Vec<Explanation>)> {
    let mut pair = VersionPair::new(a, b, encoder, glossary)?;
    let (scores, findings) = judge_pair(&mut pair);
    let explained = findings.iter().map(|f| explanation::explain_finding(&pair, scores, f.clone())).collect();
    Ok((build_comparison(pair, scores, findings), explained))
}

/// Compares two versions and explains the findings whose id begins with `id`, in the order of [`compare_with`].
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn explain_findings(
    a: &Version,
    b: &Version,
    encoder: &dyn Encoder,
    glossary: &Glossary,
    id: &str,
) -> Result<Vec<Explanation>> {
    let mut pair = VersionPair::new(a, b, encoder, glossary)?;
    let (scores, mut findings) = judge_pair(&mut pair);
    findings.retain(|finding| finding.id.starts_with(id));
    Ok(findings.into_iter().map(|finding| explanation::explain_finding(&pair, scores, finding)).collect())
}

fn build_comparison(pair: VersionPair<'_>, scores: DivergenceScores, findings: Vec<Finding>) -> Comparison {
    Comparison {
        unclear: unclear::find_unclear(&pair),
        scores,
        is_parallel: pair.is_parallel,
        parallel_share: pair.parallel_share,
        groups: pair.groups,
        findings,
        words: pair.words,
        notes: pair.notes,
    }
}

/// Findings and scores of a pair. Marks in it what a finding says of a group or of a word.
fn judge_pair(pair: &mut VersionPair<'_>) -> (DivergenceScores, Vec<Finding>) {
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen = BTreeSet::new();
    for (rule, draft) in rules::check_all(pair) {
        let finding = build_finding(pair.a, pair.b, rule, draft);
        // The same amount dropped twice over is one finding, at its first place.
        if seen.insert(finding.id.clone()) {
            findings.push(finding);
        }
    }
    drop_covered_statements(&mut findings);
    // The gravest first; what both tell otherwise before what one does not tell; then in the order of the texts.
    let is_one_sided = |f: &Finding| f.a.is_none() || f.b.is_none();
    let at = |f: &Finding| (f.a.is_none(), f.a.as_ref().map(|p| p.span), f.b.as_ref().map(|p| p.span));
    findings.sort_by(|x, y| {
        let grave = y.severity.cmp(&x.severity).then_with(|| is_one_sided(x).cmp(&is_one_sided(y)));
        grave.then_with(|| at(x).cmp(&at(y))).then_with(|| x.id.cmp(&y.id))
    });
    let scores = score::score_versions(pair, &findings);
    mark_contradictions(&mut pair.groups, &findings);
    mark_differences(&mut pair.words, &findings);
    (scores, findings)
}

/// What a finding says of a word in a clause is not said again of the clause.
fn drop_covered_statements(findings: &mut Vec<Finding>) {
    let of_words = |f: &&Finding| {
        matches!(f.kind, FindingKind::Polarity | FindingKind::Modality | FindingKind::Attribution)
    };
    let spans = |f: &Finding| [&f.a, &f.b].map(|place| place.as_ref().map(|place| place.span));
    let words: Vec<[Option<Span>; 2]> = findings.iter().filter(of_words).map(spans).collect();
    findings.retain(|f| {
        let own = spans(f);
        let holds = |words: &[Option<Span>; 2]| {
            (0..2).any(|k| own[k].zip(words[k]).is_some_and(|(o, w)| o.contains_span(w)))
        };
        f.kind != FindingKind::Statement || !words.iter().any(holds)
    });
}

/// A group contradicts where one side of it denies what the other tells.
fn mark_contradictions(groups: &mut [AlignedGroup], findings: &[Finding]) {
    for finding in findings.iter().filter(|f| f.change == Change::Contradicted) {
        let (Some(a), Some(b)) = (&finding.a, &finding.b) else { continue };
        for group in groups.iter_mut().filter(|g| g.a.contains(&a.sentence) && g.b.contains(&b.sentence)) {
            group.relation = Relation::Contradicts;
        }
    }
}

/// The words of a value or a name that a finding names differ, whatever their vectors say.
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
        id: finding::finding_id(draft.kind, draft.change, content_a.as_deref(), content_b.as_deref()),
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
