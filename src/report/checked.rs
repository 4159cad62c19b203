//! The result of checking a corpus.

use strum::VariantArray;

use crate::divergence::{Change, DivergenceScores, FindingKind, Rule, Severity};
use crate::encode::EncoderIdentity;

/// A checked corpus.
#[derive(Debug)]
pub struct CheckedCorpus {
    /// The stories, by name.
    pub stories: Vec<CheckedStory>,
    /// Findings on the corpus's own files rather than on a version: suppressions that have expired.
    pub alerts: Vec<Alert>,
    /// Remarks that are no findings: baseline entries and suppressions that match nothing any more.
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
    /// Path of the version that the other is compared with.
    pub a: String,
    /// Path of the version that is checked.
    pub b: String,
    /// Whether they are versions of one text rather than texts on one event.
    pub parallel: bool,
    /// Their divergence, in all and by part.
    pub scores: DivergenceScores,
    /// Why the lack of findings would not mean agreement; `None` where it would.
    pub doubt: Option<String>,
    /// The findings at or above the level of the version.
    pub alerts: Vec<Alert>,
}

/// The verdict of a check on two versions; the last is the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
#[non_exhaustive]
pub enum CheckVerdict {
    /// No new finding.
    Clean,
    /// No new finding, which carries little information; see [`CheckedPair::doubt`].
    Unclear,
    /// A new finding.
    Findings,
    /// The story could not be checked.
    Failed,
}

/// The origin of a finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AlertSource {
    /// A rule found a difference.
    Rule(&'static Rule),
    /// A difference that the story's manifest expects and that was not found.
    Unmet,
    /// A score over its threshold.
    Threshold,
    /// A suppression that has expired.
    Expired,
}

/// Whether a finding is known already, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
#[non_exhaustive]
pub enum AlertState {
    /// It isn't known.
    New,
    /// It is in the baseline.
    Baselined,
    /// A suppression covers it.
    Suppressed,
    /// The story's manifest expects it.
    Expected,
}

/// One finding of a check.
#[derive(Clone, Debug)]
pub struct Alert {
    /// A stable id: depends on content, never on positions.
    pub id: String,
    /// Its origin.
    pub source: AlertSource,
    /// The change and the kind of the claim; `None` where the finding isn't about a claim.
    pub claim: Option<(Change, FindingKind)>,
    /// Its severity.
    pub severity: Severity,
    /// Probability that a careful editor agrees, 0 to 1; 1 for a finding that isn't a judgement.
    pub confidence: f32,
    /// Whether it is known already, and from where.
    pub state: AlertState,
    /// The reason given in the suppression or in the manifest that expects it.
    pub reason: Option<String>,
    /// The place in the version that is checked: the words that differ, or where something is missing.
    pub at: FileLocation,
    /// The place in the version that it is compared with.
    pub against: Option<FileLocation>,
    /// One sentence for people.
    pub message: String,
}

/// A location in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLocation {
    /// Path of the file.
    pub path: String,
    /// Line and column of the first character, from 1; columns count characters.
    pub start: (usize, usize),
    /// Line and column after the last character.
    pub end: (usize, usize),
    /// The text of the place; empty where something is missing.
    pub text: String,
    /// The whole line that it begins in.
    pub line: String,
}

impl Alert {
    /// Whether it isn't known yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.state == AlertState::New
    }

    /// Change and kind of claim, as `altered money`, or the origin where it isn't about a claim.
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
    /// The name used in all machine-readable output: that of the rule, or the name of what replaces one.
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
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

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
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

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
    /// The verdict on the pair.
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
    /// All findings; those on the corpus's own files last.
    pub fn all_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.all_pairs().flat_map(|pair| &pair.alerts).chain(&self.alerts)
    }

    /// The pairs of all stories.
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

    /// The pairs that have no new finding and of which that carries little information.
    pub(super) fn unclear_pairs(&self) -> impl Iterator<Item = &CheckedPair> {
        self.all_pairs().filter(|pair| pair.pair_verdict() == CheckVerdict::Unclear)
    }

    /// The numbers of stories, pairs, and findings by state, in one line.
    pub(super) fn summary_line(&self) -> String {
        let mut parts = vec![count_text(self.count_alerts(AlertState::New), "new finding", "new findings")];
        for state in [AlertState::Baselined, AlertState::Suppressed, AlertState::Expected] {
            let count = self.count_alerts(state);
            if count > 0 {
                parts.push(format!("{count} {}", state.name()));
            }
        }
        let unclear = self.unclear_pairs().count();
        if unclear > 0 {
            parts.push(format!("{unclear} cannot tell"));
        }
        let failed = self.failed_stories().count();
        if failed > 0 {
            parts.push(count_text(failed, "story failed", "stories failed"));
        }
        format!(
            "{}, {} of versions: {}",
            count_text(self.stories.len(), "story", "stories"),
            count_text(self.all_pairs().count(), "pair", "pairs"),
            parts.join(", ")
        )
    }
}

fn count_text(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
