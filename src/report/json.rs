//! `claimdiff.compare/1`: a frozen copy of what others read, not a dump of our types.

use std::io;

use serde::Serialize;

use super::garble::VerdictRecord;
use super::{Report, round_score};
use crate::claims::Value;
use crate::divergence::{self, AlignedGroup, ClaimPlace, Comparison, Finding, Unclear, Version};
use crate::encode::EncoderIdentity;
use crate::garble::GarbleJudgement;

const SCHEMA: &str = "claimdiff.compare/1";

#[derive(Serialize)]
struct CompareDocument<'a> {
    schema: &'a str,
    tool: ToolRecord<'a>,
    articles: Vec<ArticleRecord<'a>>,
    comparisons: Vec<ComparisonRecord<'a>>,
}

/// What made a document.
#[derive(Serialize)]
pub(super) struct ToolRecord<'a> {
    name: &'static str,
    version: &'static str,
    /// Only where one was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoder: Option<EncoderRecord<'a>>,
}

#[derive(Serialize)]
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

#[derive(Serialize)]
struct ArticleRecord<'a> {
    path: &'a str,
    language: &'a str,
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    /// What a reader has to know of how it was read.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    /// Only where it is not the file's own bytes, so that offsets can be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// Only where the text reads as garbled.
    #[serde(skip_serializing_if = "Option::is_none")]
    garble: Option<VerdictRecord>,
    sentences: Vec<SentenceRecord<'a>>,
}

#[derive(Serialize)]
struct SentenceRecord<'a> {
    id: usize,
    start: usize,
    end: usize,
    role: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct ComparisonRecord<'a> {
    a: usize,
    b: usize,
    parallel: bool,
    /// Bounds that were reached.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    scores: ScoresRecord,
    alignment: Vec<GroupRecord<'a>>,
    findings: Vec<FindingRecord<'a>>,
    unclear: Vec<UnclearRecord<'a>>,
}

#[derive(Serialize)]
pub(super) struct ScoresRecord {
    divergence: f64,
    content: f64,
    claims: f64,
    order: f64,
}

/// One group.
#[derive(Serialize)]
pub(super) struct GroupRecord<'a> {
    a: &'a [usize],
    b: &'a [usize],
    similarity: f64,
    divergence: f64,
    relation: &'a str,
    moved: bool,
}

/// One finding.
#[derive(Serialize)]
pub(super) struct FindingRecord<'a> {
    id: &'a str,
    change: &'a str,
    kind: &'a str,
    severity: &'a str,
    confidence: f64,
    rule: &'a str,
    a: Option<PlaceRecord<'a>>,
    b: Option<PlaceRecord<'a>>,
    message: &'a str,
}

/// What cannot be told.
#[derive(Serialize)]
pub(super) struct UnclearRecord<'a> {
    kind: &'a str,
    reason: &'a str,
    a: Option<PlaceRecord<'a>>,
    b: Option<PlaceRecord<'a>>,
    message: String,
}

/// A place in an article.
#[derive(Serialize)]
pub(super) struct PlaceRecord<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
}

pub(super) fn write_report(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = CompareDocument {
        schema: SCHEMA,
        tool: ToolRecord::with_encoder(report.encoder),
        articles: report
            .paths
            .iter()
            .zip(report.versions)
            .zip(report.garbles)
            .map(|((path, v), garble)| build_article(path, v, garble))
            .collect(),
        comparisons: report
            .comparisons
            .iter()
            .enumerate()
            .map(|(k, c)| build_comparison(report, k + 1, c))
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn build_article<'a>(path: &'a str, version: &'a Version, garble: &GarbleJudgement) -> ArticleRecord<'a> {
    let blocks = &version.article.blocks;
    ArticleRecord {
        path,
        language: version.article.lang.code(),
        title: version.article.headline_text(),
        published: version.article.meta.published.as_deref(),
        notes: &version.article.notes,
        text: (!version.article.verbatim).then_some(version.article.text.as_str()),
        garble: garble.verdict.is_garbled().then(|| VerdictRecord::from_garble(garble)),
        sentences: version
            .sentences
            .iter()
            .enumerate()
            .map(|(id, s)| SentenceRecord {
                id,
                start: s.span.start,
                end: s.span.end,
                role: s.role.name(),
                reason: blocks[s.block].reason,
                text: s.span.slice(&version.article.text),
            })
            .collect(),
    }
}

fn build_comparison<'a>(
    report: &'a Report<'_>,
    b: usize,
    comparison: &'a Comparison,
) -> ComparisonRecord<'a> {
    let versions = [&report.versions[0], &report.versions[b]];
    ComparisonRecord {
        a: 0,
        b,
        parallel: comparison.is_parallel,
        notes: &comparison.notes,
        scores: ScoresRecord::from_scores(&comparison.scores),
        alignment: comparison.groups.iter().map(GroupRecord::from_group).collect(),
        findings: report
            .findings_at_level(comparison)
            .map(|f| FindingRecord::from_finding(f, versions))
            .collect(),
        unclear: comparison
            .unclear
            .iter()
            .map(|unclear| UnclearRecord::from_unclear(unclear, versions))
            .collect(),
    }
}

impl ScoresRecord {
    pub(super) fn from_scores(scores: &divergence::DivergenceScores) -> Self {
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
