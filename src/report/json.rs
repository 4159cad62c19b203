//! `claimdiff.compare/1`: a frozen copy of what others read, not a dump of our types.

use std::io;

use serde::Serialize;

use super::garble::Verdict;
use super::{Report, rounded};
use crate::claims::Value;
use crate::divergence::{self, Aligned, Comparison, Finding, Place, Unclear, Version};
use crate::encode::Identity;
use crate::garble::Garble;

const SCHEMA: &str = "claimdiff.compare/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    tool: Tool<'a>,
    articles: Vec<Article<'a>>,
    comparisons: Vec<Pair<'a>>,
}

/// What made a document.
#[derive(Serialize)]
pub(super) struct Tool<'a> {
    name: &'static str,
    version: &'static str,
    /// Only where one was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoder: Option<Encoder<'a>>,
}

#[derive(Serialize)]
struct Encoder<'a> {
    name: &'a str,
    sha256: &'a str,
}

impl<'a> Tool<'a> {
    pub(super) fn with(encoder: &'a Identity) -> Self {
        Self::perhaps_with(Some(encoder))
    }

    pub(super) fn perhaps_with(encoder: Option<&'a Identity>) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            encoder: encoder.map(|encoder| Encoder { name: encoder.name, sha256: encoder.sha256 }),
        }
    }
}

#[derive(Serialize)]
struct Article<'a> {
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
    garble: Option<Verdict>,
    sentences: Vec<Sentence<'a>>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    id: usize,
    start: usize,
    end: usize,
    role: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct Pair<'a> {
    a: usize,
    b: usize,
    parallel: bool,
    /// Bounds that were reached.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    scores: Scores,
    alignment: Vec<Group<'a>>,
    findings: Vec<Found<'a>>,
    unclear: Vec<Open<'a>>,
}

#[derive(Serialize)]
pub(super) struct Scores {
    divergence: f64,
    content: f64,
    claims: f64,
    order: f64,
}

/// One group.
#[derive(Serialize)]
pub(super) struct Group<'a> {
    a: &'a [usize],
    b: &'a [usize],
    similarity: f64,
    divergence: f64,
    relation: &'a str,
    moved: bool,
}

/// One finding.
#[derive(Serialize)]
pub(super) struct Found<'a> {
    id: &'a str,
    change: &'a str,
    kind: &'a str,
    severity: &'a str,
    confidence: f64,
    rule: &'a str,
    a: Option<Spot<'a>>,
    b: Option<Spot<'a>>,
    message: &'a str,
}

/// What cannot be told.
#[derive(Serialize)]
pub(super) struct Open<'a> {
    kind: &'a str,
    reason: &'a str,
    a: Option<Spot<'a>>,
    b: Option<Spot<'a>>,
    message: String,
}

/// A place in an article.
#[derive(Serialize)]
pub(super) struct Spot<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        tool: Tool::with(report.encoder),
        articles: report
            .paths
            .iter()
            .zip(report.versions)
            .zip(report.garbles)
            .map(|((path, v), garble)| article(path, v, garble))
            .collect(),
        comparisons: report.comparisons.iter().enumerate().map(|(k, c)| pair(report, k + 1, c)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn article<'a>(path: &'a str, version: &'a Version, garble: &Garble) -> Article<'a> {
    let blocks = &version.article.blocks;
    Article {
        path,
        language: version.article.lang.code(),
        title: version.article.title(),
        published: version.article.meta.published.as_deref(),
        notes: &version.article.notes,
        text: (!version.article.verbatim).then_some(version.article.text.as_str()),
        garble: garble.verdict.is_garbled().then(|| Verdict::of(garble)),
        sentences: version
            .sentences
            .iter()
            .enumerate()
            .map(|(id, s)| Sentence {
                id,
                start: s.span.start,
                end: s.span.end,
                role: s.role.name(),
                reason: blocks[s.block].reason,
                text: s.span.of(&version.article.text),
            })
            .collect(),
    }
}

fn pair<'a>(report: &'a Report<'_>, b: usize, comparison: &'a Comparison) -> Pair<'a> {
    let versions = [&report.versions[0], &report.versions[b]];
    Pair {
        a: 0,
        b,
        parallel: comparison.parallel,
        notes: &comparison.notes,
        scores: Scores::of(&comparison.scores),
        alignment: comparison.groups.iter().map(Group::of).collect(),
        findings: report.findings(comparison).map(|f| Found::of(f, versions)).collect(),
        unclear: comparison.unclear.iter().map(|unclear| Open::of(unclear, versions)).collect(),
    }
}

impl Scores {
    pub(super) fn of(scores: &divergence::Scores) -> Self {
        Self {
            divergence: rounded(scores.divergence),
            content: rounded(scores.content),
            claims: rounded(scores.claims),
            order: rounded(scores.order),
        }
    }
}

impl<'a> Group<'a> {
    pub(super) fn of(group: &'a Aligned) -> Self {
        Self {
            a: &group.a,
            b: &group.b,
            similarity: rounded(group.evidence.cosine),
            divergence: rounded(group.divergence),
            relation: group.relation.name(),
            moved: group.moved,
        }
    }
}

impl<'a> Found<'a> {
    pub(super) fn of(finding: &'a Finding, [a, b]: [&'a Version; 2]) -> Self {
        Self {
            id: &finding.id,
            change: finding.change.name(),
            kind: finding.kind.name(),
            severity: finding.severity.name(),
            confidence: rounded(finding.confidence),
            rule: finding.rule.name,
            a: finding.a.as_ref().map(|p| Spot::of(a, p)),
            b: finding.b.as_ref().map(|p| Spot::of(b, p)),
            message: &finding.message,
        }
    }
}

impl<'a> Open<'a> {
    pub(super) fn of(unclear: &'a Unclear, [a, b]: [&'a Version; 2]) -> Self {
        Self {
            kind: unclear.kind.name(),
            reason: unclear.reason.name(),
            a: unclear.a.as_ref().map(|p| Spot::of(a, p)),
            b: unclear.b.as_ref().map(|p| Spot::of(b, p)),
            message: unclear.reason.told(),
        }
    }
}

impl<'a> Spot<'a> {
    pub(super) fn of(version: &'a Version, place: &'a Place) -> Self {
        Self {
            sentence: place.sentence,
            start: place.span.start,
            end: place.span.end,
            text: place.span.of(&version.article.text),
            value: place.value.as_ref(),
        }
    }
}
