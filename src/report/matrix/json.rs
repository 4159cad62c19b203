//! `claimdiff.matrix/1`: a frozen copy of what others read, not a dump of our types.

use std::io;

use serde::Serialize;

use super::Table;
use crate::matrix::{Cell, How, Row};
use crate::report::json::{Spot, Tool};

const SCHEMA: &str = "claimdiff.matrix/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    articles: Vec<Article<'a>>,
    rows: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Article<'a> {
    path: &'a str,
    language: &'a str,
    title: Option<&'a str>,
    /// What a reader has to know of how it was read.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    /// Only where it is not the file's own bytes, so that offsets can be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// In how many rows it stands alone.
    alone: Counts,
}

#[derive(Serialize)]
struct Counts {
    otherwise: usize,
    lacks: usize,
    adds: usize,
}

#[derive(Serialize)]
struct Claim<'a> {
    kind: &'static str,
    severity: Option<&'static str>,
    alone: Option<Alone>,
    /// One for each article.
    cells: Vec<Told<'a>>,
    findings: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Alone {
    article: usize,
    how: &'static str,
}

#[derive(Serialize)]
struct Told<'a> {
    state: &'static str,
    /// The first article that tells it in this way.
    #[serde(skip_serializing_if = "Option::is_none")]
    like: Option<usize>,
    #[serde(flatten)]
    place: Option<Spot<'a>>,
}

/// A finding that `compare` makes of the two articles.
#[derive(Serialize)]
struct Named<'a> {
    a: usize,
    b: usize,
    id: &'a str,
}

pub(super) fn write(table: &Table<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        tool: Tool::with(table.encoder),
        articles: (0..table.versions.len()).map(|version| article(table, version)).collect(),
        rows: table.matrix.rows.iter().map(|row| claim(table, row)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn article<'a>(table: &'a Table<'_>, version: usize) -> Article<'a> {
    let article = &table.versions[version].article;
    let [otherwise, lacks, adds] = table.alone(version);
    Article {
        path: &table.paths[version],
        language: article.lang.code(),
        title: article.title(),
        notes: &article.notes,
        text: (!article.verbatim).then_some(article.text.as_str()),
        alone: Counts { otherwise, lacks, adds },
    }
}

fn claim<'a>(table: &'a Table<'_>, row: &'a Row) -> Claim<'a> {
    let told = |(cell, version)| match cell {
        &Cell::Tells { ref place, like } => {
            Told { state: "tells", like: Some(like), place: Some(Spot::of(version, place)) }
        }
        Cell::Lacks => Told { state: "absent", like: None, place: None },
        Cell::Unclear => Told { state: "unclear", like: None, place: None },
    };
    Claim {
        kind: row.kind.name(),
        severity: row.severity.map(crate::divergence::Severity::name),
        alone: row.alone.map(|alone| Alone { article: alone.version, how: How::name(alone.how) }),
        cells: row.cells.iter().zip(table.versions).map(told).collect(),
        findings: row.findings.iter().map(|named| Named { a: named.a, b: named.b, id: &named.id }).collect(),
    }
}
