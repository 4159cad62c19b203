//! Checks a corpus: which versions are compared, and which of their differences are new.

mod baseline;
mod comparison_cache;
mod config;
mod discover;
mod judge;
mod path_globs;
mod plan;
mod story;
mod suppress;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

pub use baseline::{Baseline, BaselineChanges, baseline_schema};
pub use comparison_cache::ComparisonCache;
pub use config::{CONFIG_FILE, CorpusConfig};
pub use story::{StoryVersions, read_story};

use crate::claims::Date;
use crate::divergence::glossary::Glossary;
use crate::encode::Encoder;
use crate::error::{Error, Result};
use crate::report::check::{Alert, CheckedCorpus, CheckedPair, CheckedStory};
use discover::StoryFolder;
use judge::PairJudge;
use plan::{PlannedPair, StoryPlan};
use suppress::SuppressionRule;

/// What is to be checked, and how.
#[expect(missing_debug_implementations, reason = "neither encoders nor functions implement Debug")]
pub struct CheckJob<'a> {
    /// The folder.
    pub corpus: &'a Path,
    /// Its configuration.
    pub config: &'a CorpusConfig,
    /// The changed files with symbolic links resolved: only pairs with one of them are checked. `None` checks all.
    pub changed: Option<&'a BTreeSet<PathBuf>>,
    /// Today, for suppressions that expire.
    pub today: Date,
    /// The encoder.
    pub encoder: &'a dyn Encoder,
    /// Allowed equivalents.
    pub glossary: &'a Glossary,
    /// Comparisons of earlier runs.
    pub cache: Option<&'a ComparisonCache>,
    /// Called after each story with the number of finished stories and of all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// The result of a check.
#[derive(Debug)]
pub struct CheckOutcome {
    /// The findings and verdicts.
    pub checked: CheckedCorpus,
    /// Whether the corpus has no pair of versions at all.
    pub is_empty: bool,
    /// The paths of each pair as the baseline writes them, in the order of [`CheckedCorpus::all_pairs`].
    keys: Vec<[String; 2]>,
}

/// A planned comparison, or the reason why there is none.
#[derive(Debug, PartialEq, Eq)]
pub enum ListedVersion {
    /// Two versions: the reference, and the version that is compared with it.
    Pair(String, String),
    /// A file that is compared with nothing, and why.
    LeftOut(String, String),
    /// A story that cannot be checked, and why.
    Failed(String, String),
}

/// A story that was checked, or failed.
struct StoryOutcome {
    story: CheckedStory,
    keys: Vec<[String; 2]>,
    suppressions: Vec<SuppressionRule>,
    /// The bounds that its pairs reached.
    notes: Vec<String>,
    /// Number of pairs, including unchanged ones.
    pair_count: usize,
}

/// Checks a corpus. A story that cannot be read fails without stopping the others.
///
/// # Errors
/// If the corpus cannot be searched for stories.
pub fn check_corpus(job: &CheckJob<'_>, mut baseline: Option<&mut Baseline>) -> Result<CheckOutcome> {
    let discovered = discover::find_stories(job.corpus, job.config)?;
    let count = discovered.stories.len();
    let finished_count = AtomicUsize::new(0);
    let stories: Vec<StoryOutcome> = discovered
        .stories
        .par_iter()
        .map(|folder| {
            let story = check_story(job, folder);
            (job.progress)(finished_count.fetch_add(1, Ordering::Relaxed) + 1, count);
            story
        })
        .collect();
    let is_empty = stories.iter().all(|outcome| outcome.pair_count == 0 && outcome.story.failed.is_none());
    let mut alerts = Vec::new();
    let mut notes = Vec::new();
    let global: Vec<&SuppressionRule> = job.config.suppressions.iter().collect();
    let mut used = vec![false; global.len()];
    let (mut checked, mut keys) = (Vec::new(), Vec::new());
    for mut outcome in stories {
        let own: Vec<&SuppressionRule> = outcome.suppressions.iter().collect();
        let mut used_own = vec![false; own.len()];
        for (pair, keys) in outcome.story.pairs.iter_mut().zip(&outcome.keys) {
            let name = keys[1].rsplit('/').next().unwrap_or_default();
            merge_used(&mut used_own, &judge::apply_suppressions(pair, name, &own, &job.today));
            merge_used(&mut used, &judge::apply_suppressions(pair, &keys[1], &global, &job.today));
            if let Some(baseline) = baseline.as_deref_mut() {
                baseline.mark_baselined(pair, [&keys[0], &keys[1]]);
            }
        }
        notes.append(&mut outcome.notes);
        let own_all_checked = outcome.keys.len() == outcome.pair_count && outcome.story.failed.is_none();
        report_stale_suppressions(&own, &used_own, own_all_checked, &job.today, &mut alerts, &mut notes);
        keys.append(&mut outcome.keys);
        // A story without a changed pair is left out.
        if job.changed.is_none() || !outcome.story.pairs.is_empty() || outcome.story.failed.is_some() {
            checked.push(outcome.story);
        }
    }
    let all_checked = job.changed.is_none() && checked.iter().all(|story| story.failed.is_none());
    report_stale_suppressions(&global, &used, all_checked, &job.today, &mut alerts, &mut notes);
    if let Some(baseline) = baseline {
        let checked_keys: BTreeSet<[&str; 2]> = keys.iter().map(|[a, b]| [a.as_str(), b.as_str()]).collect();
        let stale = baseline
            .unmet_keys()
            .filter(|[a, b, _]| all_checked || checked_keys.contains(&[a.as_str(), b.as_str()]));
        notes.extend(stale.map(|[_, b, id]| format!("the baseline has {id} of {b}, which is gone")));
    }
    let encoder = job.encoder.encoder_identity().clone();
    Ok(CheckOutcome { checked: CheckedCorpus { stories: checked, alerts, notes, encoder }, is_empty, keys })
}

fn merge_used(used: &mut [bool], more: &[bool]) {
    used.iter_mut().zip(more).for_each(|(used, more)| *used |= more);
}

/// Reports expired suppressions and, where every version that they may apply to was checked, unused ones.
fn report_stale_suppressions(
    rules: &[&SuppressionRule],
    used: &[bool],
    whole: bool,
    today: &Date,
    alerts: &mut Vec<Alert>,
    notes: &mut Vec<String>,
) {
    for (rule, used) in rules.iter().zip(used) {
        if rule.has_expired(today) {
            alerts.push(judge::expired_alert(rule));
        } else if whole && !used {
            notes.push(format!("{}: the suppression of {} means no finding", rule.file, rule.id));
        }
    }
}

fn check_story(job: &CheckJob<'_>, folder: &StoryFolder) -> StoryOutcome {
    let name = folder.display_path.clone();
    if !is_touched(job.changed, job.config, folder) {
        let story = CheckedStory { name, failed: None, pairs: Vec::new() };
        // The story is not read, so its number of pairs is unknown; 1 means "not empty".
        return StoryOutcome {
            story,
            keys: Vec::new(),
            suppressions: Vec::new(),
            notes: Vec::new(),
            pair_count: 1,
        };
    }
    let checked = StoryPlan::read_story(folder, job.config).and_then(|plan| {
        let mut pairs = Vec::new();
        let (mut keys, mut notes) = (Vec::new(), Vec::new());
        for planned in plan.pairs.iter().filter(|pair| is_changed(job.changed, job.config, &plan, pair)) {
            let (a, b) = (&plan.texts[planned.a], &plan.texts[planned.b]);
            let compared = comparison_cache::compare_cached(a, b, (job.encoder, job.glossary), job.cache)?;
            notes.extend(
                compared.notes.iter().map(|n| format!("{} against {}: {n}", b.display_path, a.display_path)),
            );
            pairs.push(PairJudge { a, b, planned }.judge_pair(compared)?);
            keys.push([a.path_key.clone(), b.path_key.clone()]);
        }
        Ok((pairs, keys, notes, plan.pairs.len(), plan.suppressions))
    });
    match checked {
        Ok((pairs, keys, notes, all, suppressions)) => StoryOutcome {
            story: CheckedStory { name, failed: None, pairs },
            keys,
            suppressions,
            notes,
            pair_count: all,
        },
        Err(error) => StoryOutcome {
            story: CheckedStory { name, failed: Some(error_chain_with_advice(&error)), pairs: Vec::new() },
            keys: Vec::new(),
            suppressions: Vec::new(),
            notes: Vec::new(),
            pair_count: 0,
        },
    }
}

/// The changed files with symbolic links resolved; `None` for all files.
type ChangedFiles<'a> = Option<&'a BTreeSet<PathBuf>>;

/// Whether something in a story's folder changed, or the configuration.
fn is_touched(changed: ChangedFiles<'_>, config: &CorpusConfig, folder: &StoryFolder) -> bool {
    changed.is_none_or(|changed| {
        config.file.as_ref().is_some_and(|file| changed.contains(file))
            || changed.iter().any(|path| path.parent() == Some(folder.real_path.as_path()))
    })
}

/// Whether a pair has to be checked: one of its versions changed, or its story's reference or manifest, or the
/// configuration.
fn is_changed(
    changed: ChangedFiles<'_>,
    config: &CorpusConfig,
    plan: &StoryPlan,
    pair: &PlannedPair,
) -> bool {
    let texts = [pair.a, pair.b, plan.reference].map(|k| &plan.texts[k].real_path);
    let mut files = texts.into_iter().chain([&plan.manifest]).chain(&config.file);
    changed.is_none_or(|changed| files.any(|file| changed.contains(file)))
}

/// An error with its causes and advice in one line.
fn error_chain_with_advice(error: &Error) -> String {
    let mut text = error.to_string();
    for cause in error.cause_chain() {
        text.extend([": ", cause.to_string().trim()]);
    }
    if let Some(advice) = error.advice_text() {
        text.extend(["; ", advice]);
    }
    text
}

/// The display paths of all articles in a folder, as [`check_corpus`] finds them, in ascending order.
///
/// # Errors
/// As [`check_corpus`].
pub fn list_articles(folder: &Path, config: &CorpusConfig) -> Result<Vec<String>> {
    let discovered = discover::find_stories(folder, config)?;
    let in_stories = discovered.stories.iter();
    let in_stories = in_stories.flat_map(|story| {
        story.files.iter().map(|name| discover::join_display_path(&story.display_path, name))
    });
    let mut paths: Vec<String> = in_stories.chain(discovered.lone_articles.iter().cloned()).collect();
    paths.sort();
    Ok(paths)
}

/// The comparisons that [`check_corpus`] would make.
///
/// # Errors
/// As [`check_corpus`].
pub fn list_comparisons(
    corpus: &Path,
    config: &CorpusConfig,
    changed: Option<&BTreeSet<PathBuf>>,
) -> Result<Vec<ListedVersion>> {
    let discovered = discover::find_stories(corpus, config)?;
    let mut listed = Vec::new();
    for folder in discovered.stories.iter().filter(|folder| is_touched(changed, config, folder)) {
        match StoryPlan::read_story(folder, config) {
            Ok(plan) => {
                let pairs = plan.pairs.iter().filter(|pair| is_changed(changed, config, &plan, pair));
                listed.extend(pairs.map(|pair| {
                    let [a, b] = [pair.a, pair.b].map(|k| plan.texts[k].display_path.clone());
                    ListedVersion::Pair(a, b)
                }));
                let left_out = plan.left_out.iter().cloned();
                listed.extend(left_out.map(|(path, why)| ListedVersion::LeftOut(path, why.to_owned())));
            }
            Err(error) => listed
                .push(ListedVersion::Failed(folder.display_path.clone(), error_chain_with_advice(&error))),
        }
    }
    let lone_articles = discovered.lone_articles.into_iter();
    listed.extend(lone_articles.map(|path| ListedVersion::LeftOut(path, "alone in its folder".to_owned())));
    Ok(listed)
}

impl CheckOutcome {
    /// A baseline with all findings of this check, and its differences from the old one.
    #[must_use]
    pub fn renew_baseline(&self, before: &Baseline) -> (Baseline, BaselineChanges) {
        before.renew_from_pairs(self.pairs_by_key())
    }

    /// Each pair with the paths of A and B as the configuration writes them.
    fn pairs_by_key(&self) -> impl Iterator<Item = ([&str; 2], &CheckedPair)> {
        self.keys.iter().map(|[a, b]| [a.as_str(), b.as_str()]).zip(self.checked.all_pairs())
    }

    /// The new findings, each with the path of its version as the configuration writes it.
    pub fn new_findings(&self) -> impl Iterator<Item = (&str, &Alert)> {
        let all =
            self.pairs_by_key().flat_map(|([_, b], pair)| pair.alerts.iter().map(move |alert| (b, alert)));
        all.filter(|(_, alert)| alert.is_new())
    }

    /// The ids that begin with `id`, each with the versions (as the configuration writes them) that have the finding.
    #[must_use]
    pub fn findings_with_id(&self, id: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut matching: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ([_, b], pair) in self.pairs_by_key() {
            for alert in pair.alerts.iter().filter(|alert| alert.id.starts_with(id)) {
                matching.entry(alert.id.clone()).or_default().insert(b.to_owned());
            }
        }
        matching
    }
}
