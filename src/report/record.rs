//! One compact line a pair of articles, with scores, groups, findings and what is unclear as `claimdiff.compare/1` has them.

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::Record;
use super::json::{Found, Group, Open, Scores};

#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    scores: Scores,
    languages: [&'a str; 2],
    parallel: bool,
    /// What a reader has to know of how the two were read.
    #[serde(skip_serializing_if = "Notes::is_empty")]
    notes: Notes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alignment: Option<Vec<Group<'a>>>,
    findings: Vec<Found<'a>>,
    unclear: Vec<Open<'a>>,
}

#[derive(Serialize)]
struct Notes<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    a: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    b: &'a [String],
}

impl Notes<'_> {
    fn is_empty(&self) -> bool {
        self.a.is_empty() && self.b.is_empty()
    }
}

#[derive(Serialize)]
struct Failure<'a> {
    id: &'a Value,
    line: u64,
    error: &'a str,
}

pub(super) fn write(record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Record { id, versions, comparison, .. } = *record;
    let [a, b] = versions.map(|version| &version.article);
    let findings = comparison.findings.iter().filter(|f| f.severity >= record.level);
    let line = Line {
        id,
        scores: Scores::of(&comparison.scores),
        languages: [a.lang.code(), b.lang.code()],
        parallel: comparison.parallel,
        notes: Notes { a: &a.notes, b: &b.notes },
        alignment: record.alignment.then(|| comparison.groups.iter().map(Group::of).collect()),
        findings: findings.map(|f| Found::of(f, versions)).collect(),
        unclear: comparison.unclear.iter().map(|unclear| Open::of(unclear, versions)).collect(),
    };
    finish(&line, out)
}

pub(super) fn fail(id: &Value, line: u64, error: &str, out: &mut dyn io::Write) -> io::Result<()> {
    finish(&Failure { id, line, error }, out)
}

fn finish(line: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
