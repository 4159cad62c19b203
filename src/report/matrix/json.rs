//! `claimdiff.matrix/1`: a frozen copy of what other programs read, not a dump of our types.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use crate::divergence::{Severity, Version};
use crate::matrix::{MatrixCell, MatrixRow, OutlierKind};
use crate::report::contents::MatrixTable;
use crate::report::records::{PlaceRecord, ToolRecord};
use crate::report::schema_parts;

pub(in crate::report) const SCHEMA: &str = "claimdiff.matrix/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct MatrixDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    articles: Vec<ArticleRecord<'a>>,
    rows: Vec<ClaimRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ArticleRecord<'a> {
    path: &'a str,
    language: &'a str,
    title: Option<&'a str>,
    /// Remarks on how the file was read.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    /// Only where the text isn't the file's own bytes, so that offsets can be resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// The number of rows in which the article is the outlier.
    alone: OutlierCounts,
}

#[derive(Serialize, JsonSchema)]
struct OutlierCounts {
    differs: usize,
    lacks: usize,
    adds: usize,
}

#[derive(Serialize, JsonSchema)]
struct ClaimRecord<'a> {
    #[schemars(schema_with = "schema_parts::kind_schema")]
    kind: &'static str,
    #[schemars(schema_with = "schema_parts::optional_severity_schema")]
    severity: Option<&'static str>,
    alone: Option<OutlierRecord>,
    /// One for each article.
    cells: Vec<CellRecord<'a>>,
    findings: Vec<FindingRefRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct OutlierRecord {
    article: usize,
    how: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct CellRecord<'a> {
    state: &'static str,
    /// The first article with the same value.
    #[serde(skip_serializing_if = "Option::is_none")]
    like: Option<usize>,
    #[serde(flatten)]
    place: Option<PlaceRecord<'a>>,
}

/// A finding of `compare` on the two articles.
#[derive(Serialize, JsonSchema)]
struct FindingRefRecord<'a> {
    a: usize,
    b: usize,
    id: &'a str,
}

pub(super) fn write_table(table: &MatrixTable<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = MatrixDocument {
        schema: SCHEMA,
        tool: ToolRecord::with_encoder(table.encoder),
        articles: (0..table.versions.len()).map(|version| build_article(table, version)).collect(),
        rows: table.matrix.rows.iter().map(|row| build_claim(table, row)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn build_article<'a>(table: &'a MatrixTable<'_>, version: usize) -> ArticleRecord<'a> {
    let article = &table.versions[version].article;
    let [differs, lacks, adds] = table.count_outliers(version);
    ArticleRecord {
        path: &table.paths[version],
        language: article.lang.code(),
        title: article.headline_text(),
        notes: &article.notes,
        text: (!article.verbatim).then_some(article.text.as_str()),
        alone: OutlierCounts { differs, lacks, adds },
    }
}

fn build_claim<'a>(table: &'a MatrixTable<'_>, row: &'a MatrixRow) -> ClaimRecord<'a> {
    ClaimRecord {
        kind: row.kind.name(),
        severity: row.severity.map(Severity::name),
        alone: row
            .outlier
            .map(|outlier| OutlierRecord { article: outlier.version, how: OutlierKind::name(outlier.kind) }),
        cells: row
            .cells
            .iter()
            .zip(table.versions)
            .map(|(cell, version)| build_cell(cell, version))
            .collect(),
        findings: row
            .findings
            .iter()
            .map(|named| FindingRefRecord { a: named.a, b: named.b, id: &named.id })
            .collect(),
    }
}

fn build_cell<'a>(cell: &'a MatrixCell, version: &'a Version) -> CellRecord<'a> {
    match cell {
        MatrixCell::Present { place, same_as } => CellRecord {
            state: "present",
            like: Some(*same_as),
            place: Some(PlaceRecord::from_place(version, place)),
        },
        MatrixCell::Absent => CellRecord { state: "absent", like: None, place: None },
        MatrixCell::Unclear => CellRecord { state: "unclear", like: None, place: None },
    }
}
