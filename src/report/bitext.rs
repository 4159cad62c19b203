//! An alignment by itself, without findings.

use std::io::{self, Write};

use serde::Serialize;

use super::json::Tool;

#[cfg(feature = "cli")]
use super::layout::{BOLD, DIM, Look, Style};
use super::rounded;
use crate::align::{Evidence, Relation};
use crate::encode::Identity;
use crate::text::Lang;

/// Version of the JSON document's form.
const SCHEMA: &str = "claimdiff.align/1";

/// One of the two texts.
#[derive(Debug)]
pub struct Side<'a> {
    /// Where it came from, as the user named it.
    pub path: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Its sentences; those that take no part as well.
    pub sentences: Vec<&'a str>,
}

/// Sentences of A and of B that tell the same; a sentence without a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Indices of A's sentences, ascending.
    pub a: Vec<usize>,
    /// Indices of B's sentences, ascending.
    pub b: Vec<usize>,
    /// What speaks for the group; `None` for a sentence alone.
    pub evidence: Option<Evidence>,
    /// How the two sides stand to each other.
    pub relation: Relation,
    /// Whether the group crosses the order of the others.
    pub moved: bool,
}

impl Row {
    /// A sentence of A alone.
    #[must_use]
    pub fn only_a(sentence: usize) -> Self {
        Self {
            a: vec![sentence],
            b: Vec::new(),
            evidence: None,
            relation: Relation::Equivalent,
            moved: false,
        }
    }

    /// A sentence of B alone.
    #[must_use]
    pub fn only_b(sentence: usize) -> Self {
        Self {
            a: Vec::new(),
            b: vec![sentence],
            evidence: None,
            relation: Relation::Equivalent,
            moved: false,
        }
    }
}

/// Two texts and how their sentences go together.
#[derive(Debug)]
pub struct Bitext<'a> {
    /// A and B.
    pub sides: [Side<'a>; 2],
    /// The groups and the sentences alone, in the order of A, then of B.
    pub rows: Vec<Row>,
    /// Whether the two are versions of one text.
    pub parallel: bool,
    /// The encoder that was used.
    pub encoder: &'a Identity,
}

pub(super) fn write_tsv(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
    for row in &bitext.rows {
        let strength = row.evidence.map_or(0.0, |e| e.strength());
        writeln!(out, "{:?}:{:?}:{strength:.4}", row.a, row.b)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    parallel: bool,
    texts: Vec<Text<'a>>,
    alignment: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    path: &'a str,
    language: &'a str,
    sentences: &'a [&'a str],
}

#[derive(Serialize)]
struct Group<'a> {
    a: &'a [usize],
    b: &'a [usize],
    /// `null` for a sentence alone.
    similarity: Option<f64>,
    strength: Option<f64>,
    relation: Option<&'static str>,
    moved: bool,
}

impl<'a> Text<'a> {
    fn of(side: &'a Side<'a>) -> Self {
        Self { path: side.path, language: side.lang.code(), sentences: &side.sentences }
    }
}

impl<'a> Group<'a> {
    fn of(row: &'a Row) -> Self {
        Self {
            a: &row.a,
            b: &row.b,
            similarity: row.evidence.map(|e| rounded(e.cosine)),
            strength: row.evidence.map(|e| rounded(e.strength())),
            relation: row.evidence.map(|_| row.relation.name()),
            moved: row.moved,
        }
    }
}

pub(super) fn write_json(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        tool: Tool::with(bitext.encoder),
        parallel: bitext.parallel,
        texts: bitext.sides.iter().map(Text::of).collect(),
        alignment: bitext.rows.iter().map(Group::of).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

#[cfg(feature = "cli")]
pub(super) fn write_text(bitext: &Bitext<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.readable();
    for (name, side) in ["A", "B"].into_iter().zip(&bitext.sides) {
        let path = super::escape::terminal(side.path);
        writeln!(
            out,
            "{} {path} ({}, {} sentences)",
            style.paint(BOLD, name),
            side.lang,
            side.sentences.len()
        )?;
    }
    writeln!(out, "{}\n", style.paint(DIM, super::text::relation(bitext.parallel)))?;
    for row in &bitext.rows {
        let [left, right] = [(0, &row.a), (1, &row.b)].map(|(side, sentences)| -> Vec<(String, Look)> {
            let texts = sentences.iter().map(|k| (k, bitext.sides[side].sentences[*k]));
            texts
                .flat_map(|(k, text)| [(format!("{k} "), Look::Dim), (format!("{text} "), Look::Plain)])
                .collect()
        });
        let note = match (row.a.is_empty(), row.b.is_empty()) {
            (_, true) => "only in A".to_owned(),
            (true, _) => "only in B".to_owned(),
            _ => super::text::note(row.relation, row.moved),
        };
        style.row(&borrowed(&left), &borrowed(&right), &note, out)?;
    }
    Ok(())
}

#[cfg(feature = "cli")]
fn borrowed(pieces: &[(String, Look)]) -> super::layout::Line<'_> {
    pieces.iter().map(|(text, look)| (text.as_str(), *look)).collect()
}
