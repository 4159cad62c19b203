//! The baseline: findings that were there when a corpus began to be checked.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind as IoErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{Alert, Pair, Source, State};

const SCHEMA: &str = "claimdiff.baseline/1";

/// Findings by content: two versions and the id of what differs between them. Lines may move freely.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<Entry, bool>,
}

/// One finding of a baseline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) id: String,
    /// For people who read the file.
    about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry>,
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

impl Entry {
    /// What stands for a finding of the pair of these two files; `None` where it cannot be part of a baseline.
    fn of(alert: &Alert, [a, b]: [&str; 2]) -> Option<Self> {
        let counts = matches!(alert.state, State::New | State::Baselined);
        let about = || format!("{} {}: {}", alert.severity.name(), alert.title(), alert.message);
        (counts && alert.source != Source::Expired).then(|| Self {
            a: a.to_owned(),
            b: b.to_owned(),
            id: alert.id.clone(),
            about: about(),
        })
    }

    fn shown(&self) -> String {
        format!("{}: {} {}", self.b, self.id, self.about)
    }

    fn is_same(&self, other: &Self) -> bool {
        (&self.a, &self.b, &self.id) == (&other.a, &other.b, &other.id)
    }
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
        Ok(Self { entries: file.findings.into_iter().map(|entry| (entry, false)).collect() })
    }

    /// Marks what the baseline has.
    pub(super) fn mark(&mut self, pair: &mut Pair, keys: [&str; 2]) {
        for (entry, met) in self.entries.iter_mut().filter(|(e, _)| [e.a.as_str(), e.b.as_str()] == keys) {
            for alert in pair.alerts.iter_mut().filter(|alert| alert.id == entry.id) {
                *met = true;
                if alert.state == State::New {
                    alert.state = State::Baselined;
                }
            }
        }
    }

    /// The entries that no finding met.
    pub(super) fn unmet(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|(_, met)| !**met).map(|(entry, _)| entry)
    }

    /// A baseline with the findings of these pairs, and what is different in it.
    #[must_use]
    pub fn renewed<'a>(&self, pairs: impl Iterator<Item = ([&'a str; 2], &'a Pair)>) -> (Self, Taken) {
        let mut entries = BTreeMap::new();
        let mut taken = Taken::default();
        for (keys, pair) in pairs {
            for entry in pair.alerts.iter().filter_map(|alert| Entry::of(alert, keys)) {
                entries.insert(entry, false);
            }
        }
        let has = |entries: &BTreeMap<Entry, bool>, entry: &Entry| entries.keys().any(|e| e.is_same(entry));
        for entry in entries.keys() {
            if has(&self.entries, entry) {
                taken.kept += 1;
            } else {
                taken.new.push(entry.shown());
            }
        }
        taken.dropped = self.entries.keys().filter(|e| !has(&entries, e)).map(Entry::shown).collect();
        (Self { entries }, taken)
    }

    /// Writes it, one finding a line, so that a change of it reads well.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write(&self, path: &Path) -> Result<()> {
        let failed =
            |e| Error::new(ErrorKind::Output, format!("{}: cannot be written", path.display())).because(e);
        let lines: std::result::Result<Vec<String>, _> =
            self.entries.keys().map(serde_json::to_string).collect();
        let lines = lines.map_err(|e| failed(e.into()))?;
        let body = if lines.is_empty() { String::new() } else { format!("\n  {}\n", lines.join(",\n  ")) };
        let text = format!("{{\"schema\": \"{SCHEMA}\", \"findings\": [{body}]}}\n");
        let beside: PathBuf = path.with_extension("tmp");
        fs::File::create(&beside)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&beside, path))
            .map_err(failed)
    }
}
