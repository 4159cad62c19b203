//! `claimdiff.check/1`; its schema is `check.schema.json`.

use std::io;

use serde::Serialize;

use super::{Alert, Checked, Pair, Spot, State, Story, Verdict};
use crate::report::json::{Scores, Tool};
use crate::report::rounded;

const SCHEMA: &str = "claimdiff.check/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    verdict: &'static str,
    summary: Summary,
    stories: Vec<StoryRecord<'a>>,
    findings: Vec<Record<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Summary {
    stories: usize,
    pairs: usize,
    new: usize,
    baselined: usize,
    suppressed: usize,
    expected: usize,
    cannot_tell: usize,
    failed: usize,
}

#[derive(Serialize)]
struct StoryRecord<'a> {
    name: &'a str,
    error: Option<&'a str>,
    pairs: Vec<PairRecord<'a>>,
}

#[derive(Serialize)]
struct PairRecord<'a> {
    a: &'a str,
    b: &'a str,
    verdict: &'static str,
    doubt: Option<&'a str>,
    parallel: bool,
    scores: Scores,
    findings: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    rule: &'static str,
    change: Option<&'static str>,
    kind: Option<&'static str>,
    severity: &'static str,
    confidence: f64,
    state: &'static str,
    reason: Option<&'a str>,
    at: Place<'a>,
    against: Option<Place<'a>>,
    message: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

pub(super) fn write(checked: &Checked, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        tool: Tool::with(&checked.encoder),
        verdict: checked.verdict().name(),
        summary: Summary {
            stories: checked.stories.len(),
            pairs: checked.pairs().count(),
            new: checked.count(State::New),
            baselined: checked.count(State::Baselined),
            suppressed: checked.count(State::Suppressed),
            expected: checked.count(State::Expected),
            cannot_tell: checked.pairs().filter(|p| p.verdict() == Verdict::CannotTell).count(),
            failed: checked.failures().count(),
        },
        stories: checked.stories.iter().map(story).collect(),
        findings: checked.alerts.iter().map(record).collect(),
        notes: &checked.notes,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn story(story: &Story) -> StoryRecord<'_> {
    StoryRecord {
        name: &story.name,
        error: story.failed.as_deref(),
        pairs: story.pairs.iter().map(pair).collect(),
    }
}

fn pair(pair: &Pair) -> PairRecord<'_> {
    PairRecord {
        a: &pair.a,
        b: &pair.b,
        verdict: pair.verdict().name(),
        doubt: pair.doubt.as_deref(),
        parallel: pair.parallel,
        scores: Scores::of(&pair.scores),
        findings: pair.alerts.iter().map(record).collect(),
    }
}

fn record(alert: &Alert) -> Record<'_> {
    Record {
        id: &alert.id,
        rule: alert.source.name(),
        change: alert.claim.map(|(change, _)| change.name()),
        kind: alert.claim.map(|(_, kind)| kind.name()),
        severity: alert.severity.name(),
        confidence: rounded(alert.confidence),
        state: alert.state.name(),
        reason: alert.reason.as_deref(),
        at: place(&alert.at),
        against: alert.against.as_ref().map(place),
        message: &alert.message,
    }
}

fn place(spot: &Spot) -> Place<'_> {
    Place {
        path: &spot.path,
        line: spot.start.0,
        column: spot.start.1,
        end_line: spot.end.0,
        end_column: spot.end.1,
        text: &spot.text,
    }
}
