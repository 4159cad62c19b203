//! `claimdiff.check/1`.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::checked::{Alert, AlertState, CheckedCorpus, CheckedPair, CheckedStory, FileLocation};
use crate::report::records::{ScoresRecord, ToolRecord, round_score};
use crate::report::schema_parts;

pub(in crate::report) const SCHEMA: &str = "claimdiff.check/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct CheckDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    #[schemars(schema_with = "schema_parts::check_verdict_schema")]
    verdict: &'static str,
    summary: CheckSummary,
    stories: Vec<StoryRecord<'a>>,
    findings: Vec<AlertRecord<'a>>,
    notes: &'a [String],
}

#[derive(Serialize, JsonSchema)]
struct CheckSummary {
    stories: usize,
    pairs: usize,
    new: usize,
    baselined: usize,
    suppressed: usize,
    expected: usize,
    cannot_tell: usize,
    failed: usize,
}

#[derive(Serialize, JsonSchema)]
struct StoryRecord<'a> {
    name: &'a str,
    error: Option<&'a str>,
    pairs: Vec<PairRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PairRecord<'a> {
    a: &'a str,
    b: &'a str,
    #[schemars(schema_with = "schema_parts::check_verdict_schema")]
    verdict: &'static str,
    doubt: Option<&'a str>,
    parallel: bool,
    scores: ScoresRecord,
    findings: Vec<AlertRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct AlertRecord<'a> {
    id: &'a str,
    rule: &'static str,
    #[schemars(schema_with = "schema_parts::optional_change_schema")]
    change: Option<&'static str>,
    #[schemars(schema_with = "schema_parts::optional_kind_schema")]
    kind: Option<&'static str>,
    #[schemars(schema_with = "schema_parts::severity_schema")]
    severity: &'static str,
    confidence: f64,
    #[schemars(schema_with = "schema_parts::alert_state_schema")]
    state: &'static str,
    reason: Option<&'a str>,
    at: LocationRecord<'a>,
    against: Option<LocationRecord<'a>>,
    message: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct LocationRecord<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

pub(super) fn write_check(checked: &CheckedCorpus, out: &mut dyn io::Write) -> io::Result<()> {
    let document = CheckDocument {
        schema: SCHEMA,
        tool: ToolRecord::with_encoder(&checked.encoder),
        verdict: checked.corpus_verdict().name(),
        summary: CheckSummary {
            stories: checked.stories.len(),
            pairs: checked.all_pairs().count(),
            new: checked.count_alerts(AlertState::New),
            baselined: checked.count_alerts(AlertState::Baselined),
            suppressed: checked.count_alerts(AlertState::Suppressed),
            expected: checked.count_alerts(AlertState::Expected),
            cannot_tell: checked.unclear_pairs().count(),
            failed: checked.failed_stories().count(),
        },
        stories: checked.stories.iter().map(build_story).collect(),
        findings: checked.alerts.iter().map(build_alert).collect(),
        notes: &checked.notes,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn build_story(story: &CheckedStory) -> StoryRecord<'_> {
    StoryRecord {
        name: &story.name,
        error: story.failed.as_deref(),
        pairs: story.pairs.iter().map(build_pair).collect(),
    }
}

fn build_pair(pair: &CheckedPair) -> PairRecord<'_> {
    PairRecord {
        a: &pair.a,
        b: &pair.b,
        verdict: pair.pair_verdict().name(),
        doubt: pair.doubt.as_deref(),
        parallel: pair.parallel,
        scores: ScoresRecord::from_scores(&pair.scores),
        findings: pair.alerts.iter().map(build_alert).collect(),
    }
}

fn build_alert(alert: &Alert) -> AlertRecord<'_> {
    AlertRecord {
        id: &alert.id,
        rule: alert.source.name(),
        change: alert.claim.map(|(change, _)| change.name()),
        kind: alert.claim.map(|(_, kind)| kind.name()),
        severity: alert.severity.name(),
        confidence: round_score(alert.confidence),
        state: alert.state.name(),
        reason: alert.reason.as_deref(),
        at: build_location(&alert.at),
        against: alert.against.as_ref().map(build_location),
        message: &alert.message,
    }
}

fn build_location(spot: &FileLocation) -> LocationRecord<'_> {
    LocationRecord {
        path: &spot.path,
        line: spot.start.0,
        column: spot.start.1,
        end_line: spot.end.0,
        end_column: spot.end.1,
        text: &spot.text,
    }
}
