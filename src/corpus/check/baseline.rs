//! The baseline: findings that were there when a corpus began to be checked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind as IoErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::atomic_file;
use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{Alert, Pair, Source, State};

const SCHEMA: &str = "claimdiff.baseline/1";

/// Findings by content: two versions and the id of what differs between them. Lines may move freely.
#[derive(Debug, Default)]
pub struct Baseline {
    /// For each finding what it is about, and whether one was met.
    entries: BTreeMap<Key, (String, bool)>,
}

/// The path of A, that of B, the id.
type Key = [String; 3];

/// One finding of a baseline, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry<'a> {
    a: Cow<'a, str>,
    b: Cow<'a, str>,
    id: Cow<'a, str>,
    /// For people who read the file.
    about: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry<'static>>,
}

/// What writing a baseline changed.
#[derive(Debug, Default)]
pub struct Taken {
    /// Findings that it had before and has now.
    pub kept: usize,
    /// Findings that are new in it.
    pub new: Vec<String>,
    /// Findings that are no longer in it.
    pub dropped: Vec<String>,
}

/// What a finding is about, where it can be part of a baseline.
fn about(alert: &Alert) -> Option<String> {
    let counts = matches!(alert.state, State::New | State::Baselined) && alert.source != Source::Expired;
    counts.then(|| format!("{} {}: {}", alert.severity.name(), alert.title(), alert.message))
}

fn key([a, b]: [&str; 2], alert: &Alert) -> Key {
    [a, b, &alert.id].map(str::to_owned)
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// [`ErrorKind::Corpus`] where it is missing or broken: going on without would call everything new, or nothing.
    pub fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let source = fs::read_to_string(path).map_err(|e| {
            let missing = e.kind() == IoErrorKind::NotFound;
            let error =
                Error::new(ErrorKind::Corpus, format!("{shown}: the baseline cannot be read")).because(e);
            if missing { error.advise("claimdiff check --write-baseline writes it") } else { error }
        })?;
        let broken = |error: Error| {
            error.advise("restore it, or delete it and write it anew with claimdiff check --write-baseline")
        };
        let file: File = serde_json::from_str(&source).map_err(|e| {
            broken(Error::new(ErrorKind::Corpus, format!("{shown}: is no baseline")).because(e))
        })?;
        if file.schema != SCHEMA {
            let message = format!("{shown}: is of the form {:?}, not {SCHEMA}", file.schema);
            return Err(broken(Error::new(ErrorKind::Corpus, message)));
        }
        let entry = |e: Entry<'_>| ([e.a, e.b, e.id].map(Cow::into_owned), (e.about.into_owned(), false));
        Ok(Self { entries: file.findings.into_iter().map(entry).collect() })
    }

    /// Marks what the baseline has.
    pub(super) fn mark(&mut self, pair: &mut Pair, keys: [&str; 2]) {
        for alert in &mut pair.alerts {
            if let Some((_, met)) = self.entries.get_mut(&key(keys, alert)) {
                *met = true;
                if alert.state == State::New {
                    alert.state = State::Baselined;
                }
            }
        }
    }

    /// The entries that no finding met.
    pub(super) fn unmet(&self) -> impl Iterator<Item = &Key> {
        self.entries.iter().filter(|(_, (_, met))| !met).map(|(key, _)| key)
    }

    /// A baseline with the findings of these pairs, and what is different in it.
    #[must_use]
    pub fn renewed<'a>(&self, pairs: impl Iterator<Item = ([&'a str; 2], &'a Pair)>) -> (Self, Taken) {
        let found = pairs.flat_map(|(keys, pair)| pair.alerts.iter().map(move |alert| (keys, alert)));
        let found = found.filter_map(|(keys, alert)| Some((key(keys, alert), (about(alert)?, false))));
        let entries: BTreeMap<Key, (String, bool)> = found.collect();
        let without = |entries: &BTreeMap<Key, (String, bool)>, other: &BTreeMap<Key, (String, bool)>| {
            let rest = entries.iter().filter(|(key, _)| !other.contains_key(*key));
            rest.map(|([_, b, id], (about, _))| format!("{b}: {id} {about}")).collect::<Vec<String>>()
        };
        let (new, dropped) = (without(&entries, &self.entries), without(&self.entries, &entries));
        let taken = Taken { kept: entries.len() - new.len(), new, dropped };
        (Self { entries }, taken)
    }

    /// Writes it, one finding a line, so that a change of it reads well.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write(&self, path: &Path) -> Result<()> {
        let failed =
            |e| Error::new(ErrorKind::Output, format!("{}: cannot be written", path.display())).because(e);
        let lines: std::result::Result<Vec<String>, _> = self.entries.iter().map(written).collect();
        let lines = lines.map_err(|e| failed(e.into()))?;
        let body = if lines.is_empty() { String::new() } else { format!("\n  {}\n", lines.join(",\n  ")) };
        let text = format!("{{\"schema\": \"{SCHEMA}\", \"findings\": [{body}]}}\n");
        atomic_file::replace(path, |out| out.write_all(text.as_bytes())).map_err(failed)
    }
}

/// One line of the file.
fn written(([a, b, id], (about, _)): (&Key, &(String, bool))) -> serde_json::Result<String> {
    let [a, b, id, about] = [a, b, id, about].map(|text| Cow::from(text.as_str()));
    serde_json::to_string(&Entry { a, b, id, about })
}
