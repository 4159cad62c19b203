//! The baseline: known findings of a corpus, which a check does not report as new.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind as IoErrorKind};
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::atomic_file;
use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{Alert, AlertSource, AlertState, CheckedPair};
use crate::report::record_schema;

const BASELINE_SCHEMA: &str = "claimdiff.baseline/1";

/// Findings by the paths of their two versions and their ids, which do not depend on positions in the texts.
#[derive(Debug, Default)]
pub struct Baseline {
    /// For each finding its description, and whether the check made it again.
    entries: BTreeMap<FindingKey, (String, bool)>,
}

/// The path of A, that of B, the id.
type FindingKey = [String; 3];

/// One finding of a baseline, as it is written.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BaselineEntry<'a> {
    a: Cow<'a, str>,
    b: Cow<'a, str>,
    id: Cow<'a, str>,
    /// For people who read the file.
    about: Cow<'a, str>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    schema: String,
    findings: Vec<BaselineEntry<'static>>,
}

/// The JSON schema of a baseline.
#[must_use]
pub fn baseline_schema() -> serde_json::Value {
    let mut schema = record_schema::<BaselineFile>(BASELINE_SCHEMA);
    schema["properties"]["schema"] = serde_json::json!({ "const": BASELINE_SCHEMA });
    schema
}

/// Differences between the old and the new baseline.
#[derive(Debug, Default)]
pub struct BaselineChanges {
    /// Number of findings in both.
    pub kept: usize,
    /// Findings in the new baseline only, one line each.
    pub new: Vec<String>,
    /// Findings in the old baseline only, one line each.
    pub dropped: Vec<String>,
}

/// One line about a finding; `None` where it cannot be part of a baseline.
fn describe_alert(alert: &Alert) -> Option<String> {
    let counts = matches!(alert.state, AlertState::New | AlertState::Baselined)
        && alert.source != AlertSource::Expired;
    counts.then(|| format!("{} {}: {}", alert.severity.name(), alert.alert_title(), alert.message))
}

fn finding_key([a, b]: [&str; 2], alert: &Alert) -> FindingKey {
    [a, b, &alert.id].map(str::to_owned)
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// [`ErrorKind::Corpus`] where it is missing or broken: without it every finding would count as new.
    pub fn read_file(path: &Path) -> Result<Self> {
        let display_path = path.display();
        let source = fs::read_to_string(path).map_err(|e| {
            let missing = e.kind() == IoErrorKind::NotFound;
            let error = Error::new(ErrorKind::Corpus, format!("{display_path}: the baseline cannot be read"))
                .with_cause(e);
            if missing { error.with_advice("claimdiff check --write-baseline writes it") } else { error }
        })?;
        let file: BaselineFile = serde_json::from_str(&source)
            .map_err(|e| broken_error(format!("{display_path}: is no baseline")).with_cause(e))?;
        if file.schema != BASELINE_SCHEMA {
            let message = format!("{display_path}: is of the form {:?}, not {BASELINE_SCHEMA}", file.schema);
            return Err(broken_error(message));
        }
        let entries = file
            .findings
            .into_iter()
            .map(|e| ([e.a, e.b, e.id].map(Cow::into_owned), (e.about.into_owned(), false)));
        Ok(Self { entries: entries.collect() })
    }

    /// Marks the pair's findings that are in the baseline. `keys` are the paths of A and B.
    pub(super) fn mark_baselined(&mut self, pair: &mut CheckedPair, keys: [&str; 2]) {
        for alert in &mut pair.alerts {
            if let Some((_, met)) = self.entries.get_mut(&finding_key(keys, alert)) {
                *met = true;
                if alert.state == AlertState::New {
                    alert.state = AlertState::Baselined;
                }
            }
        }
    }

    /// The entries without a finding in this check.
    pub(super) fn unmet_keys(&self) -> impl Iterator<Item = &FindingKey> {
        self.entries.iter().filter(|(_, (_, met))| !met).map(|(key, _)| key)
    }

    /// A baseline with the findings of these pairs, and its differences from this one.
    #[must_use]
    pub fn renew_from_pairs<'a>(
        &self,
        pairs: impl Iterator<Item = ([&'a str; 2], &'a CheckedPair)>,
    ) -> (Self, BaselineChanges) {
        let alerts = pairs.flat_map(|(keys, pair)| pair.alerts.iter().map(move |alert| (keys, alert)));
        let keyed_alerts = alerts
            .filter_map(|(keys, alert)| Some((finding_key(keys, alert), (describe_alert(alert)?, false))));
        let renewed = Self { entries: keyed_alerts.collect() };
        let (new, dropped) = (renewed.lines_not_in(self), self.lines_not_in(&renewed));
        let changes = BaselineChanges { kept: renewed.entries.len() - new.len(), new, dropped };
        (renewed, changes)
    }

    /// A line for each entry that `other` lacks.
    fn lines_not_in(&self, other: &Self) -> Vec<String> {
        let rest = self.entries.iter().filter(|(key, _)| !other.entries.contains_key(*key));
        rest.map(|([_, b, id], (about, _))| format!("{b}: {id} {about}")).collect()
    }

    /// Writes the baseline, one finding a line, so that a diff of it is readable.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_file(&self, path: &Path) -> Result<()> {
        let lines: std::result::Result<Vec<String>, _> = self.entries.iter().map(format_entry).collect();
        let lines = lines.map_err(|e| write_error(path, e.into()))?;
        let body = if lines.is_empty() { String::new() } else { format!("\n  {}\n", lines.join(",\n  ")) };
        let text = format!("{{\"schema\": \"{BASELINE_SCHEMA}\", \"findings\": [{body}]}}\n");
        atomic_file::replace_file(path, |out| out.write_all(text.as_bytes()))
            .map_err(|e| write_error(path, e))
    }
}

fn broken_error(message: String) -> Error {
    Error::new(ErrorKind::Corpus, message)
        .with_advice("restore it, or delete it and write it anew with claimdiff check --write-baseline")
}

fn write_error(path: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Output, format!("{}: cannot be written", path.display())).with_cause(cause)
}

/// One line of the file.
fn format_entry(([a, b, id], (about, _)): (&FindingKey, &(String, bool))) -> serde_json::Result<String> {
    let [a, b, id, about] = [a, b, id, about].map(|text| Cow::from(text.as_str()));
    serde_json::to_string(&BaselineEntry { a, b, id, about })
}
