//! `--schema`: the JSON schema of a document, a record or a file.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use serde_json::Value;

use super::exit::Exit;
use super::inspect::{ClaimRecord, SentenceRecord};
use super::output;
use super::pairs::{ScoreRecord, WordsRecord};
use crate::corpus;
use crate::error::Result;
use crate::report::{self, SCHEMAS, record_schema};

/// A schema that no report has: its name, and how to make it.
type OwnSchema = (&'static str, fn() -> Value);

/// Lines that a command prints itself, and files of a corpus.
const OWN_SCHEMAS: [OwnSchema; 7] = [
    ("baseline", corpus::baseline_schema),
    ("case", || parse_schema(corpus::CASE_SCHEMA)),
    ("claims", || record_schema::<ClaimRecord<'_>>("A line of claimdiff claims --format jsonl")),
    ("config", || parse_schema(corpus::CONFIG_SCHEMA)),
    ("score", || record_schema::<ScoreRecord<'_>>("A line of claimdiff score")),
    ("segment", || record_schema::<SentenceRecord<'_>>("A line of claimdiff segment --format jsonl")),
    ("words", || record_schema::<WordsRecord<'_>>("A line of claimdiff words")),
];

/// The names that `--schema` takes.
pub(super) fn schema_names() -> PossibleValuesParser {
    let mut names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    names.extend(OWN_SCHEMAS.iter().map(|(name, _)| *name));
    names.sort_unstable();
    PossibleValuesParser::new(names)
}

/// Prints the schema of that name.
pub(super) fn run(name: &str) -> Result<Exit> {
    let of_report = SCHEMAS.iter().find(|schema| schema.name == name).map(report::NamedSchema::to_json);
    let own = || OWN_SCHEMAS.iter().find(|(own, _)| *own == name).map(|(_, build)| build());
    let schema = of_report.or_else(own).unwrap_or_default();
    output::write_stdout(|out| writeln!(out, "{schema:#}"))?;
    Ok(Exit::Clean)
}

fn parse_schema(text: &str) -> Value {
    serde_json::from_str(text).expect("the tests read every schema")
}
