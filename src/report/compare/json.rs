//! `claimdiff.compare/1`: a frozen copy of what other programs read, not a dump of our types.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use crate::divergence::{Comparison, Version};
use crate::garble::GarbleJudgement;
use crate::report::contents::Report;
use crate::report::records::{
    FindingRecord, GroupRecord, ScoresRecord, ToolRecord, UnclearRecord, VerdictRecord,
};
use crate::report::schema_parts;

pub(in crate::report) const SCHEMA: &str = "claimdiff.compare/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct CompareDocument<'a> {
    schema: &'a str,
    tool: ToolRecord<'a>,
    articles: Vec<ArticleRecord<'a>>,
    comparisons: Vec<ComparisonRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ArticleRecord<'a> {
    path: &'a str,
    language: &'a str,
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    /// Remarks on how the file was read.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    /// Only where the text isn't the file's own bytes, so that offsets can be resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// Only where the text reads as garbled.
    #[serde(skip_serializing_if = "Option::is_none")]
    garble: Option<VerdictRecord>,
    sentences: Vec<SentenceRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct SentenceRecord<'a> {
    id: usize,
    start: usize,
    end: usize,
    #[schemars(schema_with = "schema_parts::role_schema")]
    role: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct ComparisonRecord<'a> {
    a: usize,
    b: usize,
    parallel: bool,
    /// The bounds that were reached.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    scores: ScoresRecord,
    alignment: Vec<GroupRecord<'a>>,
    findings: Vec<FindingRecord<'a>>,
    unclear: Vec<UnclearRecord<'a>>,
}

/// Writes the report as one JSON document, schema `claimdiff.compare/1`.
///
/// # Errors
/// If writing fails.
pub fn write_json(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
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
