//! A folder of stories to verdicts: which versions are compared, and which differences nobody knows yet.

mod baseline;
mod compared;
mod config;
mod find;
mod judge;
mod plan;
mod story;
mod suppress;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

pub use baseline::{Baseline, Taken};
pub use compared::Cache;
pub use config::{CONFIG, Config};
pub use story::{Versions, versions};

use crate::claims::Date;
use crate::divergence::glossary::Glossary;
use crate::encode::Encoder;
use crate::error::{Error, Result};
use crate::report::check::{Alert, Checked, Pair, Story};
use find::Folder;
use judge::Judged;
use plan::{Plan, PlannedPair};
use suppress::Rule;

/// What is to be checked, and how.
#[expect(missing_debug_implementations, reason = "an encoder and a function cannot be shown")]
pub struct Job<'a> {
    /// The folder.
    pub corpus: &'a Path,
    /// Its configuration.
    pub config: &'a Config,
    /// The files that changed, without links: only pairs with one of them are checked. `None` checks all.
    pub changed: Option<&'a BTreeSet<PathBuf>>,
    /// Today, for suppressions that expire.
    pub today: Date,
    /// The encoder.
    pub encoder: &'a dyn Encoder,
    /// What may differ.
    pub glossary: &'a Glossary,
    /// What earlier runs compared.
    pub cache: Option<&'a Cache>,
    /// Called after each story with how many are done and how many there are.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    /// The findings and verdicts.
    pub checked: Checked,
    /// Whether the corpus has no pair of versions at all.
    pub is_empty: bool,
    /// The paths of each pair as the baseline writes them, in the order of [`Checked::pairs`].
    keys: Vec<[String; 2]>,
}

/// One version, and what it would be compared with.
#[derive(Debug, PartialEq, Eq)]
pub enum Listed {
    /// Two versions: the one that the other is measured against, and the other.
    Pair(String, String),
    /// A file that is compared with nothing, and why.
    LeftOut(String, String),
    /// A story that cannot be checked, and why.
    Failed(String, String),
}

/// A story that was planned and, if that went well, checked.
struct Done {
    story: Story,
    keys: Vec<[String; 2]>,
    suppressions: Vec<Rule>,
    /// The bounds that its pairs reached.
    notes: Vec<String>,
    /// Pairs that it has, also those that did not change.
    all: usize,
}

/// Checks a corpus. A story that cannot be read fails by itself.
///
/// # Errors
/// If the corpus cannot be looked through.
pub fn check(job: &Job<'_>, mut baseline: Option<&mut Baseline>) -> Result<Outcome> {
    let found = find::find(job.corpus, job.config)?;
    let count = found.stories.len();
    let done = AtomicUsize::new(0);
    let stories: Vec<Done> = found
        .stories
        .par_iter()
        .map(|folder| {
            let story = story(job, folder);
            (job.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, count);
            story
        })
        .collect();
    let is_empty = stories.iter().all(|done| done.all == 0 && done.story.failed.is_none());
    let mut alerts = Vec::new();
    let mut notes = Vec::new();
    let global: Vec<&Rule> = job.config.suppressions.iter().collect();
    let mut used = vec![false; global.len()];
    let (mut checked, mut keys) = (Vec::new(), Vec::new());
    for mut done in stories {
        let own: Vec<&Rule> = done.suppressions.iter().collect();
        let mut used_own = vec![false; own.len()];
        for (pair, keys) in done.story.pairs.iter_mut().zip(&done.keys) {
            let name = keys[1].rsplit('/').next().unwrap_or_default();
            merge(&mut used_own, &judge::suppress(pair, name, &own, &job.today));
            merge(&mut used, &judge::suppress(pair, &keys[1], &global, &job.today));
            if let Some(baseline) = baseline.as_deref_mut() {
                baseline.mark(pair, [&keys[0], &keys[1]]);
            }
        }
        notes.append(&mut done.notes);
        let whole = done.keys.len() == done.all && done.story.failed.is_none();
        close(&own, &used_own, whole, &job.today, &mut alerts, &mut notes);
        keys.append(&mut done.keys);
        // Nothing of it changed.
        if job.changed.is_none() || !done.story.pairs.is_empty() || done.story.failed.is_some() {
            checked.push(done.story);
        }
    }
    let whole = job.changed.is_none() && checked.iter().all(|story| story.failed.is_none());
    close(&global, &used, whole, &job.today, &mut alerts, &mut notes);
    if let Some(baseline) = baseline {
        let seen: BTreeSet<[&str; 2]> = keys.iter().map(|[a, b]| [a.as_str(), b.as_str()]).collect();
        let stale = baseline.unmet().filter(|[a, b, _]| whole || seen.contains(&[a.as_str(), b.as_str()]));
        notes.extend(stale.map(|[_, b, id]| format!("the baseline has {id} of {b}, which is gone")));
    }
    let encoder = job.encoder.identity().clone();
    Ok(Outcome { checked: Checked { stories: checked, alerts, notes, encoder }, is_empty, keys })
}

fn merge(used: &mut [bool], more: &[bool]) {
    used.iter_mut().zip(more).for_each(|(used, more)| *used |= more);
}

/// Says which suppressions have expired and, where all that they may mean was checked, which mean nothing.
fn close(
    rules: &[&Rule],
    used: &[bool],
    whole: bool,
    today: &Date,
    alerts: &mut Vec<Alert>,
    notes: &mut Vec<String>,
) {
    for (rule, used) in rules.iter().zip(used) {
        if rule.has_expired(today) {
            alerts.push(judge::expired(rule));
        } else if whole && !used {
            notes.push(format!("{}: the suppression of {} means no finding", rule.file, rule.id));
        }
    }
}

fn story(job: &Job<'_>, folder: &Folder) -> Done {
    let name = folder.shown.clone();
    if !is_touched(job.changed, job.config, folder) {
        let story = Story { name, failed: None, pairs: Vec::new() };
        // It is not read, so that it is not known how many pairs it has.
        return Done { story, keys: Vec::new(), suppressions: Vec::new(), notes: Vec::new(), all: 1 };
    }
    let checked = Plan::read(folder, job.config).and_then(|plan| {
        let mut pairs = Vec::new();
        let (mut keys, mut notes) = (Vec::new(), Vec::new());
        for planned in plan.pairs.iter().filter(|pair| is_changed(job.changed, job.config, &plan, pair)) {
            let (a, b) = (&plan.texts[planned.a], &plan.texts[planned.b]);
            let compared = compared::compare(a, b, (job.encoder, job.glossary), job.cache)?;
            notes.extend(compared.notes.iter().map(|n| format!("{} against {}: {n}", b.shown, a.shown)));
            pairs.push(Judged { a, b, planned }.pair(compared)?);
            keys.push([a.key.clone(), b.key.clone()]);
        }
        Ok((pairs, keys, notes, plan.pairs.len(), plan.suppressions))
    });
    match checked {
        Ok((pairs, keys, notes, all, suppressions)) => {
            Done { story: Story { name, failed: None, pairs }, keys, suppressions, notes, all }
        }
        Err(error) => Done {
            story: Story { name, failed: Some(told(&error)), pairs: Vec::new() },
            keys: Vec::new(),
            suppressions: Vec::new(),
            notes: Vec::new(),
            all: 0,
        },
    }
}

/// The files that changed, without links; all of them where it is `None`.
type Changed<'a> = Option<&'a BTreeSet<PathBuf>>;

/// Whether something in a story's folder changed, or the configuration.
fn is_touched(changed: Changed<'_>, config: &Config, folder: &Folder) -> bool {
    let all = |changed: &BTreeSet<PathBuf>| config.file.as_ref().is_some_and(|file| changed.contains(file));
    changed.is_none_or(|changed| {
        all(changed) || changed.iter().any(|path| path.parent() == Some(folder.real.as_path()))
    })
}

/// Whether a pair has to be checked: one of its versions changed, or its story's reference or manifest, or the
/// configuration.
fn is_changed(changed: Changed<'_>, config: &Config, plan: &Plan, pair: &PlannedPair) -> bool {
    let texts = [pair.a, pair.b, plan.reference].map(|k| &plan.texts[k].real);
    let mut files = texts.into_iter().chain([&plan.manifest]).chain(&config.file);
    changed.is_none_or(|changed| files.any(|file| changed.contains(file)))
}

/// An error in one line, with its causes and what to do.
fn told(error: &Error) -> String {
    let mut text = error.to_string();
    for cause in error.causes() {
        text.extend([": ", cause.to_string().trim()]);
    }
    if let Some(advice) = error.advice() {
        text.extend(["; ", advice]);
    }
    text
}

/// The paths of all articles in a folder, as [`check`] finds them, in order.
///
/// # Errors
/// As [`check`].
pub fn articles(folder: &Path, config: &Config) -> Result<Vec<String>> {
    let found = find::find(folder, config)?;
    let in_stories = found.stories.iter();
    let in_stories =
        in_stories.flat_map(|story| story.files.iter().map(|name| find::join(&story.shown, name)));
    let mut paths: Vec<String> = in_stories.chain(found.alone.iter().cloned()).collect();
    paths.sort();
    Ok(paths)
}

/// What [`check`] would compare with what, without comparing.
///
/// # Errors
/// As [`check`].
pub fn list(corpus: &Path, config: &Config, changed: Option<&BTreeSet<PathBuf>>) -> Result<Vec<Listed>> {
    let found = find::find(corpus, config)?;
    let mut listed = Vec::new();
    for folder in found.stories.iter().filter(|folder| is_touched(changed, config, folder)) {
        match Plan::read(folder, config) {
            Ok(plan) => {
                let shown = |k: usize| plan.texts[k].shown.clone();
                let pairs = plan.pairs.iter().filter(|pair| is_changed(changed, config, &plan, pair));
                listed.extend(pairs.map(|pair| Listed::Pair(shown(pair.a), shown(pair.b))));
                let left_out = plan.left_out.iter().cloned();
                listed.extend(left_out.map(|(path, why)| Listed::LeftOut(path, why.to_owned())));
            }
            Err(error) => listed.push(Listed::Failed(folder.shown.clone(), told(&error))),
        }
    }
    let alone = found.alone.into_iter();
    listed.extend(alone.map(|path| Listed::LeftOut(path, "alone in its folder".to_owned())));
    Ok(listed)
}

impl Outcome {
    /// A baseline with everything that is found now, and what is different in it.
    #[must_use]
    pub fn baseline(&self, before: &Baseline) -> (Baseline, Taken) {
        before.renewed(self.by_key())
    }

    /// For each pair its paths as the configuration writes them.
    fn by_key(&self) -> impl Iterator<Item = ([&str; 2], &Pair)> {
        self.keys.iter().map(|[a, b]| [a.as_str(), b.as_str()]).zip(self.checked.pairs())
    }

    /// The findings that nobody knows, each with the path of its version as the configuration writes it.
    pub fn new_findings(&self) -> impl Iterator<Item = (&str, &Alert)> {
        let all = self.by_key().flat_map(|([_, b], pair)| pair.alerts.iter().map(move |alert| (b, alert)));
        all.filter(|(_, alert)| alert.is_new())
    }

    /// The ids that begin with `id`, each with the versions (as the configuration writes them) that have the finding.
    #[must_use]
    pub fn with_id(&self, id: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ([_, b], pair) in self.by_key() {
            for alert in pair.alerts.iter().filter(|alert| alert.id.starts_with(id)) {
                found.entry(alert.id.clone()).or_default().insert(b.to_owned());
            }
        }
        found
    }
}
