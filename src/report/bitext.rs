//! An alignment by itself, without findings.

use std::io::{self, Write};

use serde::Serialize;

use super::json::ToolRecord;

#[cfg(feature = "cli")]
use super::layout::{BOLD, DIM, Look, Style};
use super::round_score;
use crate::align::{Evidence, Relation};
use crate::encode::EncoderIdentity;
use crate::text::Lang;

/// Version of the JSON document's form.
const SCHEMA: &str = "claimdiff.align/1";

/// One of the two texts.
#[derive(Debug)]
pub struct BitextSide<'a> {
    /// Where it came from, as the user named it.
    pub path: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Its sentences; those that take no part as well.
    pub sentences: Vec<&'a str>,
}

/// Sentences of A and of B that tell the same; a sentence without a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct BitextRow {
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

impl BitextRow {
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
    pub sides: [BitextSide<'a>; 2],
    /// The groups and the sentences alone, in the order of A, then of B.
    pub rows: Vec<BitextRow>,
    /// Whether the two are versions of one text.
    pub parallel: bool,
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
}

pub(super) fn write_tsv(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
    for row in &bitext.rows {
        let strength = row.evidence.map_or(0.0, |e| e.match_strength());
        writeln!(out, "{:?}:{:?}:{strength:.4}", row.a, row.b)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct AlignDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    parallel: bool,
    texts: Vec<TextRecord<'a>>,
    alignment: Vec<BitextRowRecord<'a>>,
}

#[derive(Serialize)]
struct TextRecord<'a> {
    path: &'a str,
    language: &'a str,
    sentences: &'a [&'a str],
}

#[derive(Serialize)]
struct BitextRowRecord<'a> {
    a: &'a [usize],
    b: &'a [usize],
    /// `null` for a sentence alone.
    similarity: Option<f64>,
    strength: Option<f64>,
    relation: Option<&'static str>,
    moved: bool,
}

impl<'a> TextRecord<'a> {
    fn from_side(side: &'a BitextSide<'a>) -> Self {
        Self { path: side.path, language: side.lang.code(), sentences: &side.sentences }
    }
}

impl<'a> BitextRowRecord<'a> {
    fn from_row(row: &'a BitextRow) -> Self {
        Self {
            a: &row.a,
            b: &row.b,
            similarity: row.evidence.map(|e| round_score(e.cosine)),
            strength: row.evidence.map(|e| round_score(e.match_strength())),
            relation: row.evidence.map(|_| row.relation.name()),
            moved: row.moved,
        }
    }
}

pub(super) fn write_json(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = AlignDocument {
        schema: SCHEMA,
        tool: ToolRecord::with_encoder(bitext.encoder),
        parallel: bitext.parallel,
        texts: bitext.sides.iter().map(TextRecord::from_side).collect(),
        alignment: bitext.rows.iter().map(BitextRowRecord::from_row).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

#[cfg(feature = "cli")]
pub(super) fn write_text(bitext: &Bitext<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    for (name, side) in ["A", "B"].into_iter().zip(&bitext.sides) {
        let path = super::escape::escape_terminal(side.path);
        writeln!(
            out,
            "{} {path} ({}, {} sentences)",
            style.paint_text(BOLD, name),
            side.lang,
            side.sentences.len()
        )?;
    }
    writeln!(out, "{}\n", style.paint_text(DIM, super::text::relation_text(bitext.parallel)))?;
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
            _ => super::text::group_note(row.relation, row.moved),
        };
        style.write_row(&borrow_line(&left), &borrow_line(&right), &note, out)?;
    }
    Ok(())
}

#[cfg(feature = "cli")]
fn borrow_line(pieces: &[(String, Look)]) -> super::layout::StyledLine<'_> {
    pieces.iter().map(|(text, look)| (text.as_str(), *look)).collect()
}
