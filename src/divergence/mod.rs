//! Compares two versions, in any two languages: findings and scores.

mod anchors;
mod bounds;
mod cue_match;
mod explanation;
mod finding;
pub mod glossary;
mod judge;
mod pair;
mod placed_cue;
mod rules;
mod score;
mod sentence_score;
mod unclear;
mod version;

pub use anchors::figure_anchors;
pub use explanation::{ExplainedGroup, ExplainedWord, Explanation, NearestSentence, NearestWord};
pub(crate) use finding::place_content;
pub use finding::{Change, ClaimPlace, FindingKind, Measurement, Severity};
pub use pair::AlignedGroup;
pub(crate) use pair::VersionPair;
pub(crate) use rules::name::{NameLikeness, name_likeness};
pub use rules::registry::RULES;
pub use rules::value::describe_value;
pub(crate) use rules::value::{equal_values, is_value};
pub use rules::{Emits, Finding, Precision, Rule, RuleExample};
pub use score::DivergenceScores;
pub use sentence_score::{DivergenceFeatures, DivergencePart, PairScore, score_pairs};
pub use unclear::{Unclear, UnclearReason};
pub use version::{SentenceClaim, Version};

use crate::encode::Encoder;
use crate::error::Result;
use crate::text::Sides;
use crate::words::WordDifference;
use glossary::Glossary;

/// The result of comparing two versions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// Divergence scores.
    pub scores: DivergenceScores,
    /// Whether they are versions of one text (a translation, a copy) rather than two texts on one event.
    pub is_parallel: bool,
    /// Share of the information of the shorter version that is aligned with the other in order, 0 to 1.
    pub parallel_share: f32,
    /// Aligned sentence groups, ordered by A, then by B. Sentences in no group are unaligned.
    pub groups: Vec<AlignedGroup>,
    /// The differences, by descending severity, then in the order of the texts.
    pub findings: Vec<Finding>,
    /// Claims that could not be compared, in the order of the texts.
    pub unclear: Vec<Unclear>,
    /// Word differences, 0 to 1, of all compared sentences of A and of B, ordered by span in the text.
    pub words: Sides<Vec<WordDifference>>,
    /// Notes on bounds that the comparison reached.
    pub notes: Vec<String>,
}

/// Compares two versions. A is the reference.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn compare_versions(a: &Version, b: &Version, encoder: &dyn Encoder) -> Result<Comparison> {
    compare_with_glossary(a, b, encoder, &Glossary::default())
}

/// As [`compare_versions`], with equivalents that a glossary allows.
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
    let (scores, findings) = judge::judge_pair(&mut pair);
    Ok(build_comparison(pair, scores, findings))
}

/// As [`compare_with_glossary`], with the evidence of each finding, in the order of the findings.
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
    let (scores, findings) = judge::judge_pair(&mut pair);
    let explained = findings.iter().map(|f| explanation::explain_finding(&pair, scores, f.clone())).collect();
    Ok((build_comparison(pair, scores, findings), explained))
}

/// Compares two versions and explains the findings whose id begins with `id`, in the order of
/// [`compare_with_glossary`].
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
    let (scores, mut findings) = judge::judge_pair(&mut pair);
    findings.retain(|finding| finding.id.starts_with(id));
    Ok(findings.into_iter().map(|finding| explanation::explain_finding(&pair, scores, finding)).collect())
}

fn build_comparison(pair: VersionPair<'_>, scores: DivergenceScores, findings: Vec<Finding>) -> Comparison {
    Comparison {
        unclear: judge::find_unclear(&pair),
        scores,
        is_parallel: pair.is_parallel,
        parallel_share: pair.parallel_share,
        groups: pair.groups,
        findings,
        words: pair.words,
        notes: pair.notes,
    }
}
