//! An index over the stories of a check: a verdict for each, and below it its findings.

use std::collections::BTreeSet;
use std::io;

use askama::Template;

use super::{Anchors, Frame, LONG};
use crate::divergence::Severity;
use crate::report::check::{Alert, Checked, Pair, Spot, Story, Verdict, summary};

#[derive(Template)]
#[template(path = "check.html")]
struct Document<'a> {
    frame: Frame,
    checked: &'a Checked,
    stories: Vec<Tale<'a>>,
    /// Findings on the corpus's own files.
    own: Vec<Entry<'a>>,
    kinds: BTreeSet<&'static str>,
}

/// A finding with its anchor.
type Entry<'a> = (String, &'a Alert);

/// One story.
struct Tale<'a> {
    story: &'a Story,
    /// For each pair of versions its findings, the new ones first.
    entries: Vec<Vec<Entry<'a>>>,
}

pub(in crate::report) fn write(checked: &Checked, out: &mut dyn io::Write) -> io::Result<()> {
    let mut anchors = Anchors::default();
    let mut stories = Vec::new();
    for (k, story) in checked.stories.iter().enumerate() {
        let pairs = story.pairs.iter().enumerate();
        let pairs =
            pairs.map(|(p, pair)| entries(&pair.alerts, &format!("{}-{}", k + 1, p + 1), &mut anchors));
        stories.push(Tale { story, entries: pairs.collect() });
    }
    let own = entries(&checked.alerts, "own", &mut anchors);
    let kinds = checked.alerts().map(kind).collect();
    Document { frame: Frame::new(), checked, stories, own, kinds }.write_into(out)
}

/// Findings with their anchors, the new ones first.
fn entries<'a>(alerts: &'a [Alert], place: &str, anchors: &mut Anchors) -> Vec<Entry<'a>> {
    let mut entries: Vec<_> = alerts.iter().map(|alert| (anchors.of(&alert.id, place), alert)).collect();
    entries.sort_by_key(|(_, alert)| !alert.is_new());
    entries
}

/// The kind of claim that a finding is about, or what stands in for one.
fn kind(alert: &Alert) -> &'static str {
    alert.claim.map_or(alert.source.name(), |(_, kind)| kind.name())
}

/// A verdict in words, with a mark.
fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clean => "✓ clean",
        Verdict::CannotTell => "? cannot tell",
        Verdict::Findings => "● findings",
        Verdict::Failed => "✕ failed",
    }
}

impl Tale<'_> {
    /// Its verdict in words. Nothing is no agreement.
    fn said(&self) -> &'static str {
        match self.verdict() {
            Verdict::Clean if self.story.pairs.is_empty() => "– nothing compared",
            verdict => said(verdict),
        }
    }

    /// The gravest verdict on its pairs.
    fn verdict(&self) -> Verdict {
        let failed = self.story.failed.as_ref().map(|_| Verdict::Failed);
        self.story.pairs.iter().map(Pair::verdict).chain(failed).max().unwrap_or(Verdict::Clean)
    }

    fn fresh(&self) -> usize {
        self.alerts().filter(|alert| alert.is_new()).count()
    }

    fn known(&self) -> usize {
        self.alerts().count() - self.fresh()
    }

    fn alerts(&self) -> impl Iterator<Item = &Alert> {
        self.story.pairs.iter().flat_map(|pair| &pair.alerts)
    }

    fn divergence(&self) -> Option<f32> {
        self.story.pairs.iter().map(|pair| pair.scores.divergence).reduce(f32::max)
    }
}

impl Document<'_> {
    fn summary(&self) -> String {
        summary(self.checked)
    }

    fn is_long(&self) -> bool {
        self.checked.alerts().count() > LONG
    }

    fn verdict(&self) -> Verdict {
        self.checked.verdict()
    }

    fn severities() -> [Severity; 3] {
        [Severity::High, Severity::Medium, Severity::Low]
    }

    fn said(&self) -> &'static str {
        said(self.verdict())
    }

    fn of_severity(&self, severity: Severity) -> usize {
        self.checked.alerts().filter(|alert| alert.severity == severity).count()
    }

    fn kind(alert: &Alert) -> &'static str {
        kind(alert)
    }

    /// What a finding is, in words: `hedge changed modality`.
    fn title(alert: &Alert) -> String {
        alert.title().replace('_', " ")
    }

    /// The two places of a finding, as far as there is something in them: A, what is checked is B.
    fn places(alert: &Alert) -> Vec<(&'static str, &Spot)> {
        let places = [("A", alert.against.as_ref()), ("B", Some(&alert.at))];
        places.into_iter().filter_map(|(name, spot)| Some((name, spot?))).collect()
    }
}
