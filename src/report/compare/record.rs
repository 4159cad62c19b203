//! One line of JSON for each pair of a batch, with scores, groups, findings and unclear claims as in
//! `claimdiff.compare/1`.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::report::contents::BatchRecord;
use crate::report::records::{FindingRecord, GroupRecord, ScoresRecord, UnclearRecord};

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct PairLine<'a> {
    id: &'a Value,
    scores: ScoresRecord,
    languages: [&'a str; 2],
    parallel: bool,
    /// Remarks on how the two were read.
    #[serde(skip_serializing_if = "PairNotes::is_empty")]
    notes: PairNotes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alignment: Option<Vec<GroupRecord<'a>>>,
    findings: Vec<FindingRecord<'a>>,
    unclear: Vec<UnclearRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PairNotes<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    a: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    b: &'a [String],
}

impl PairNotes<'_> {
    fn is_empty(&self) -> bool {
        self.a.is_empty() && self.b.is_empty()
    }
}

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct FailureLine<'a> {
    id: &'a Value,
    line: u64,
    error: &'a str,
}

/// Writes two versions as one line of JSON.
///
/// # Errors
/// If writing fails.
pub fn write_record(record: &BatchRecord<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let BatchRecord { id, versions, comparison, .. } = *record;
    let [a, b] = versions.map(|version| &version.article);
    let findings = comparison.findings.iter().filter(|f| f.severity >= record.level);
    let line = PairLine {
        id,
        scores: ScoresRecord::from_scores(&comparison.scores),
        languages: [a.lang.code(), b.lang.code()],
        parallel: comparison.is_parallel,
        notes: PairNotes { a: &a.notes, b: &b.notes },
        alignment: record.alignment.then(|| comparison.groups.iter().map(GroupRecord::from_group).collect()),
        findings: findings.map(|f| FindingRecord::from_finding(f, versions)).collect(),
        unclear: comparison
            .unclear
            .iter()
            .map(|unclear| UnclearRecord::from_unclear(unclear, versions))
            .collect(),
    };
    write_line(&line, out)
}

/// Writes the error of a pair as one line of JSON; `line` is its line in the input, from 1.
///
/// # Errors
/// If writing fails.
pub fn write_failure(id: &Value, line: u64, error: &str, out: &mut dyn io::Write) -> io::Result<()> {
    write_line(&FailureLine { id, line, error }, out)
}

fn write_line(line: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
