//! The objects that several JSON documents share: a frozen copy of what other programs read, not a dump of our types.

use schemars::JsonSchema;
use serde::Serialize;

use super::schema_parts;
use crate::claims::Value;
use crate::divergence::{
    AlignedGroup, ClaimPlace, DivergenceScores, Finding, Precision, Rule, Unclear, Version,
};
use crate::encode::EncoderIdentity;
use crate::garble::GarbleJudgement;

/// A score rounded to four decimals: more would print the rounding errors of one processor.
pub(crate) fn round_score(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

/// The program and the encoder that made a document.
#[derive(Serialize, JsonSchema)]
pub(super) struct ToolRecord<'a> {
    name: &'static str,
    version: &'static str,
    /// Only where one was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoder: Option<EncoderRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct EncoderRecord<'a> {
    name: &'a str,
    sha256: &'a str,
}

impl<'a> ToolRecord<'a> {
    pub(super) fn with_encoder(encoder: &'a EncoderIdentity) -> Self {
        Self::with_optional_encoder(Some(encoder))
    }

    pub(super) fn with_optional_encoder(encoder: Option<&'a EncoderIdentity>) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            encoder: encoder.map(|encoder| EncoderRecord { name: encoder.name, sha256: encoder.sha256 }),
        }
    }
}

/// The scores of two versions, 0 to 1.
#[derive(Serialize, JsonSchema)]
pub(super) struct ScoresRecord {
    divergence: f64,
    content: f64,
    claims: f64,
    order: f64,
}

/// A group of aligned sentences.
#[derive(Serialize, JsonSchema)]
pub(super) struct GroupRecord<'a> {
    a: &'a [usize],
    b: &'a [usize],
    similarity: f64,
    divergence: f64,
    #[schemars(schema_with = "schema_parts::relation_schema")]
    relation: &'a str,
    moved: bool,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
pub(super) struct FindingRecord<'a> {
    id: &'a str,
    #[schemars(schema_with = "schema_parts::change_schema")]
    change: &'a str,
    #[schemars(schema_with = "schema_parts::kind_schema")]
    kind: &'a str,
    #[schemars(schema_with = "schema_parts::severity_schema")]
    severity: &'a str,
    confidence: f64,
    #[schemars(schema_with = "schema_parts::rule_schema")]
    rule: &'a str,
    a: Option<PlaceRecord<'a>>,
    b: Option<PlaceRecord<'a>>,
    message: &'a str,
}

/// A claim that cannot be judged.
#[derive(Serialize, JsonSchema)]
pub(super) struct UnclearRecord<'a> {
    #[schemars(schema_with = "schema_parts::kind_schema")]
    kind: &'a str,
    reason: &'a str,
    a: Option<PlaceRecord<'a>>,
    b: Option<PlaceRecord<'a>>,
    message: String,
}

/// A place in an article.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlaceRecord<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema_parts::value_schema")]
    value: Option<&'a Value>,
}

impl ScoresRecord {
    pub(super) fn from_scores(scores: &DivergenceScores) -> Self {
        Self {
            divergence: round_score(scores.divergence),
            content: round_score(scores.content),
            claims: round_score(scores.claims),
            order: round_score(scores.order),
        }
    }
}

impl<'a> GroupRecord<'a> {
    pub(super) fn from_group(group: &'a AlignedGroup) -> Self {
        Self {
            a: &group.a,
            b: &group.b,
            similarity: round_score(group.evidence.cosine),
            divergence: round_score(group.divergence),
            relation: group.relation.name(),
            moved: group.moved,
        }
    }
}

impl<'a> FindingRecord<'a> {
    pub(super) fn from_finding(finding: &'a Finding, [a, b]: [&'a Version; 2]) -> Self {
        Self {
            id: &finding.id,
            change: finding.change.name(),
            kind: finding.kind.name(),
            severity: finding.severity.name(),
            confidence: round_score(finding.confidence),
            rule: finding.rule.name,
            a: finding.a.as_ref().map(|p| PlaceRecord::from_place(a, p)),
            b: finding.b.as_ref().map(|p| PlaceRecord::from_place(b, p)),
            message: &finding.message,
        }
    }
}

impl<'a> UnclearRecord<'a> {
    pub(super) fn from_unclear(unclear: &'a Unclear, [a, b]: [&'a Version; 2]) -> Self {
        Self {
            kind: unclear.kind.name(),
            reason: unclear.reason.name(),
            a: unclear.a.as_ref().map(|p| PlaceRecord::from_place(a, p)),
            b: unclear.b.as_ref().map(|p| PlaceRecord::from_place(b, p)),
            message: unclear.reason.describe(),
        }
    }
}

impl<'a> PlaceRecord<'a> {
    pub(super) fn from_place(version: &'a Version, place: &'a ClaimPlace) -> Self {
        Self {
            sentence: place.sentence,
            start: place.span.start,
            end: place.span.end,
            text: place.span.slice(&version.article.text),
            value: place.value.as_ref(),
        }
    }
}

/// A rule without the kinds of its findings.
#[derive(Serialize, JsonSchema)]
pub(super) struct RuleHead<'a> {
    #[schemars(schema_with = "schema_parts::rule_schema")]
    name: &'a str,
    finds: &'a str,
    matters: &'a str,
    confidence: f64,
    graded: PrecisionRecord,
}

#[derive(Serialize, JsonSchema)]
struct PrecisionRecord {
    right: u16,
    #[serde(rename = "false")]
    wrong: u16,
}

impl<'a> RuleHead<'a> {
    pub(super) fn from_rule(rule: &'a Rule) -> Self {
        let Precision { right, wrong } = rule.measured_precision();
        Self {
            name: rule.name,
            finds: rule.finds,
            matters: rule.matters,
            confidence: round_score(rule.measured_precision().laplace_confidence()),
            graded: PrecisionRecord { right, wrong },
        }
    }
}

/// The verdict on a text, with the probabilities that it was garbled, spun and machine-translated.
#[derive(Serialize, JsonSchema)]
pub(super) struct VerdictRecord {
    #[serde(rename = "verdict")]
    #[schemars(schema_with = "schema_parts::garble_verdict_schema")]
    name: &'static str,
    score: f64,
    spun: f64,
    machine_translated: f64,
}

impl VerdictRecord {
    pub(super) fn from_garble(garble: &GarbleJudgement) -> Self {
        Self {
            name: garble.verdict.name(),
            score: round_score(garble.score),
            spun: round_score(garble.spun),
            machine_translated: round_score(garble.translated),
        }
    }
}
