//! The page of a check: an index of the stories with their verdicts, and below it the findings of each.

use std::collections::BTreeSet;
use std::io;

use askama::Template;

use super::frame::{MAX_EAGER_ITEMS, PageAnchors, PageFrame, SEVERITIES};
use crate::divergence::Severity;
use crate::report::checked::{Alert, CheckVerdict, CheckedCorpus, CheckedPair, CheckedStory, FileLocation};
use crate::report::view::SIDE_NAMES;

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage<'a> {
    frame: PageFrame,
    checked: &'a CheckedCorpus,
    stories: Vec<StoryEntry<'a>>,
    /// The findings on the corpus's own files.
    own: Vec<AnchoredAlert<'a>>,
    kinds: BTreeSet<&'static str>,
}

/// A finding with its anchor.
type AnchoredAlert<'a> = (String, &'a Alert);

/// One story.
struct StoryEntry<'a> {
    story: &'a CheckedStory,
    /// For each pair of versions its findings, the new ones first.
    anchored_alerts: Vec<Vec<AnchoredAlert<'a>>>,
}

/// Writes a check as one HTML file.
pub(in crate::report) fn write_check_page(
    checked: &CheckedCorpus,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut anchors = PageAnchors::default();
    let mut stories = Vec::new();
    for (k, story) in checked.stories.iter().enumerate() {
        let mut anchored_alerts = Vec::new();
        for (p, pair) in story.pairs.iter().enumerate() {
            let place = format!("{}-{}", k + 1, p + 1);
            anchored_alerts.push(anchor_alerts(&pair.alerts, &place, &mut anchors));
        }
        stories.push(StoryEntry { story, anchored_alerts });
    }
    let own = anchor_alerts(&checked.alerts, "own", &mut anchors);
    let kinds = checked.all_alerts().map(alert_kind).collect();
    CheckPage { frame: PageFrame::new(), checked, stories, own, kinds }.write_into(out)
}

/// Findings with their anchors, the new ones first.
fn anchor_alerts<'a>(alerts: &'a [Alert], place: &str, anchors: &mut PageAnchors) -> Vec<AnchoredAlert<'a>> {
    let mut entries: Vec<_> =
        alerts.iter().map(|alert| (anchors.unique_anchor(&alert.id, place), alert)).collect();
    entries.sort_by_key(|(_, alert)| !alert.is_new());
    entries
}

/// The kind of claim that a finding is about, or the origin of a finding about no claim.
fn alert_kind(alert: &Alert) -> &'static str {
    alert.claim.map_or(alert.source.name(), |(_, kind)| kind.name())
}

/// A verdict in words, with a symbol.
fn verdict_text(verdict: CheckVerdict) -> &'static str {
    match verdict {
        CheckVerdict::Clean => "✓ clean",
        CheckVerdict::Unclear => "? cannot tell",
        CheckVerdict::Findings => "● findings",
        CheckVerdict::Failed => "✕ failed",
    }
}

impl StoryEntry<'_> {
    /// Its verdict in words. A story without pairs isn't clean: nothing was compared.
    fn verdict_text(&self) -> &'static str {
        match self.story_verdict() {
            CheckVerdict::Clean if self.story.pairs.is_empty() => "– nothing compared",
            verdict => verdict_text(verdict),
        }
    }

    /// The gravest verdict on its pairs.
    fn story_verdict(&self) -> CheckVerdict {
        let failed = self.story.failed.as_ref().map(|_| CheckVerdict::Failed);
        self.story
            .pairs
            .iter()
            .map(CheckedPair::pair_verdict)
            .chain(failed)
            .max()
            .unwrap_or(CheckVerdict::Clean)
    }

    fn count_new(&self) -> usize {
        self.story_alerts().filter(|alert| alert.is_new()).count()
    }

    fn count_known(&self) -> usize {
        self.story_alerts().count() - self.count_new()
    }

    fn story_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.story.pairs.iter().flat_map(|pair| &pair.alerts)
    }

    fn max_divergence(&self) -> Option<f32> {
        self.story.pairs.iter().map(|pair| pair.scores.divergence).reduce(f32::max)
    }
}

impl CheckPage<'_> {
    fn is_long(&self) -> bool {
        self.checked.all_alerts().count() > MAX_EAGER_ITEMS
    }

    fn verdict_text(&self) -> &'static str {
        verdict_text(self.checked.corpus_verdict())
    }

    fn count_of_severity(&self, severity: Severity) -> usize {
        self.checked.all_alerts().filter(|alert| alert.severity == severity).count()
    }

    /// What a finding is, in words: `hedge changed modality`.
    fn alert_title(alert: &Alert) -> String {
        alert.alert_title().replace('_', " ")
    }

    /// The places of a finding: A where it has one, and B, the version that is checked.
    fn alert_places(alert: &Alert) -> Vec<(&'static str, &FileLocation)> {
        let places = [alert.against.as_ref(), Some(&alert.at)];
        SIDE_NAMES.into_iter().zip(places).filter_map(|(name, spot)| Some((name, spot?))).collect()
    }
}
