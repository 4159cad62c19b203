//! `claimdiff.align/1`: a sentence alignment with its sentences.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::contents::{Bitext, BitextRow, BitextSide};
use crate::report::records::{ToolRecord, round_score};
use crate::report::schema_parts;

pub(in crate::report) const SCHEMA: &str = "claimdiff.align/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct AlignDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    parallel: bool,
    texts: Vec<TextRecord<'a>>,
    alignment: Vec<BitextRowRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct TextRecord<'a> {
    path: &'a str,
    language: &'a str,
    sentences: &'a [&'a str],
}

#[derive(Serialize, JsonSchema)]
struct BitextRowRecord<'a> {
    a: &'a [usize],
    b: &'a [usize],
    /// `null` for an unaligned sentence, as are the next two.
    similarity: Option<f64>,
    strength: Option<f64>,
    #[schemars(schema_with = "schema_parts::optional_relation_schema")]
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

/// Writes an alignment with its sentences as one JSON document, schema `claimdiff.align/1`.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_json(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
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
