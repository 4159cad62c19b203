//! What a check of a corpus found, and its formats: one file a format.

mod csv;
mod finding;
mod github;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

use std::io;

pub(super) use csv::escape_formula;
pub(super) use text::summary_line;

use super::html;
use super::layout::Style;
use crate::divergence::{Change, DivergenceScores, FindingKind, Rule, Severity};
use crate::encode::EncoderIdentity;

/// JSON schema of `claimdiff.check/1`.
pub const CHECK_JSON_SCHEMA: &str = include_str!("check.schema.json");

/// A checked corpus.
#[derive(Debug)]
pub struct CheckedCorpus {
    /// The stories, by name.
    pub stories: Vec<CheckedStory>,
    /// What is wrong with the corpus's own files rather than with a version: suppressions that have expired.
    pub alerts: Vec<Alert>,
    /// What is no finding and should be known: entries of the baseline and suppressions that nothing needs any more.
    pub notes: Vec<String>,
    /// The encoder that was used.
    pub encoder: EncoderIdentity,
}

/// One story.
#[derive(Debug)]
pub struct CheckedStory {
    /// Path of its folder.
    pub name: String,
    /// Why it could not be checked.
    pub failed: Option<String>,
    /// Its pairs of versions.
    pub pairs: Vec<CheckedPair>,
}

/// Two versions of a story.
#[derive(Debug)]
pub struct CheckedPair {
    /// Path of the version that the other is measured against.
    pub a: String,
    /// Path of the version that is checked.
    pub b: String,
    /// Whether they are versions of one text rather than texts on one event.
    pub parallel: bool,
    /// How far they are apart.
    pub scores: DivergenceScores,
    /// Why silence would not mean agreement.
    pub doubt: Option<String>,
    /// The findings at or above the level of the version.
    pub alerts: Vec<Alert>,
}

/// What a check says of two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckVerdict {
    /// Nothing new.
    Clean,
    /// Nothing new was found, and that says little, see [`Pair::doubt`].
    Unclear,
    /// Something new was found.
    Findings,
    /// It could not be checked.
    Failed,
}

/// What a finding is made by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AlertSource {
    /// A rule found a difference.
    Rule(&'static Rule),
    /// A difference that the story's manifest expects is not found.
    Unmet,
    /// A score is over its threshold.
    Threshold,
    /// A suppression has expired.
    Expired,
}

/// Whether somebody knows a finding already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertState {
    /// Nobody does.
    New,
    /// The baseline has it.
    Baselined,
    /// Somebody suppressed it.
    Suppressed,
    /// The story's manifest expects it.
    Expected,
}

/// One finding of a check.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Stable: depends on content, never on places.
    pub id: String,
    /// What it is made by.
    pub source: AlertSource,
    /// What happened to which kind of claim; `None` where the finding is about no claim.
    pub claim: Option<(Change, FindingKind)>,
    /// How much it matters.
    pub severity: Severity,
    /// The chance that a careful editor agrees, 0 to 1; 1 for what is no judgement.
    pub confidence: f32,
    /// Whether it is known already.
    pub state: AlertState,
    /// Why it is known: the reason of whoever suppressed or expects it.
    pub reason: Option<String>,
    /// Where to look: in the version that is checked, at what differs or where something is lacking.
    pub at: FileLocation,
    /// The place in the version that it is measured against.
    pub against: Option<FileLocation>,
    /// One sentence for a person.
    pub message: String,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLocation {
    /// The file.
    pub path: String,
    /// Line and column of the first character, from 1; columns count characters.
    pub start: (usize, usize),
    /// Line and column after the last character.
    pub end: (usize, usize),
    /// What stands there; empty where something is lacking.
    pub text: String,
    /// The line in which it begins.
    pub line: String,
}

impl Alert {
    /// Whether it counts: nobody knows it.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.state == AlertState::New
    }

    /// What it is, in words: `altered money`.
    #[must_use]
    pub fn alert_title(&self) -> String {
        match (self.source, self.claim) {
            (AlertSource::Unmet, Some((change, kind))) => format!("unmet {} {}", change.name(), kind.name()),
            (_, Some((change, kind))) => format!("{} {}", change.name(), kind.name()),
            (source, None) => source.name().to_owned(),
        }
    }
}

impl AlertSource {
    /// The name used in all machine-readable output: that of the rule, or what stands in for one.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::Unmet => "unmet",
            Self::Threshold => "threshold",
            Self::Expired => "suppression",
        }
    }
}

impl AlertState {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Baselined => "baselined",
            Self::Suppressed => "suppressed",
            Self::Expected => "expected",
        }
    }
}

impl CheckVerdict {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Unclear => "cannot_tell",
            Self::Findings => "findings",
            Self::Failed => "failed",
        }
    }
}

impl CheckedPair {
    /// The verdict on it.
    #[must_use]
    pub fn pair_verdict(&self) -> CheckVerdict {
        if self.alerts.iter().any(Alert::is_new) {
            CheckVerdict::Findings
        } else if self.doubt.is_some() {
            CheckVerdict::Unclear
        } else {
            CheckVerdict::Clean
        }
    }
}

impl CheckedCorpus {
    /// All findings, the corpus's own last.
    pub fn all_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.all_pairs().flat_map(|pair| &pair.alerts).chain(&self.alerts)
    }

    /// All pairs.
    pub fn all_pairs(&self) -> impl Iterator<Item = &CheckedPair> {
        self.stories.iter().flat_map(|story| &story.pairs)
    }

    /// The stories that could not be checked, each with the reason.
    pub fn failed_stories(&self) -> impl Iterator<Item = (&CheckedStory, &str)> {
        self.stories.iter().filter_map(|story| Some((story, story.failed.as_deref()?)))
    }

    /// How many findings are in this state.
    #[must_use]
    pub fn count_alerts(&self, state: AlertState) -> usize {
        self.all_alerts().filter(|alert| alert.state == state).count()
    }

    /// The gravest verdict.
    #[must_use]
    pub fn corpus_verdict(&self) -> CheckVerdict {
        let own =
            if self.alerts.iter().any(Alert::is_new) { CheckVerdict::Findings } else { CheckVerdict::Clean };
        let failed = self.failed_stories().map(|_| CheckVerdict::Failed);
        self.all_pairs().map(CheckedPair::pair_verdict).chain(failed).fold(own, CheckVerdict::max)
    }
}

/// A form in which a check is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckFormat {
    /// One line a finding, for a terminal and its editor.
    Text(Style),
    /// One JSON document, schema `claimdiff.check/1`.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A comment on a pull request, within its limit.
    Markdown,
    /// A sheet.
    Csv,
    /// One page for a browser.
    Html,
}

/// Writes a check in a format.
///
/// # Errors
/// If writing fails.
pub fn write_check(checked: &CheckedCorpus, format: CheckFormat, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        CheckFormat::Text(style) => text::write_check(checked, style, out),
        CheckFormat::Json => json::write_check(checked, out),
        CheckFormat::Sarif => sarif::write_check(checked, out),
        CheckFormat::Junit => junit::write_check(checked, out),
        CheckFormat::Github => github::write_check(checked, out),
        CheckFormat::Markdown => markdown::write_check(checked, out),
        CheckFormat::Csv => csv::write_check(checked, out),
        CheckFormat::Html => html::write_check(checked, out),
    }
}

/// Writes one finding with the lines of both sides that it stands in.
///
/// # Errors
/// If writing fails.
pub fn write_finding(alert: &Alert, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    finding::write_alert_lines(alert, style, out)
}
