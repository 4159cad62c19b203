//! The rules: one file per rule, and their [`registry`].
//!
//! A rule drafts findings from a [`VersionPair`]. It must be silent on a version compared with itself, and the drafts
//! from B to A must mirror those from A to B.

mod agent_patient;
mod attribution;
mod direction;
mod modality;
pub(super) mod name;
pub(super) mod polarity;
mod quantifier;
mod quote;
pub(super) mod registry;
mod speaker;
mod statement;
pub(super) mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::cue_match::facing_sentence;
use super::finding::{Change, ClaimPlace, FindingKind, Measurement, Severity};
use super::pair::VersionPair;
use super::placed_cue::PlacedCue;
use super::version::{SentenceClaim, Version};
use crate::claims::Value;
use crate::models;
use crate::text::Span;
use crate::text::Which;

/// A finding before it has its id and confidence.
#[derive(Clone, Debug)]
pub(super) struct FindingDraft {
    pub(super) change: Change,
    pub(super) kind: FindingKind,
    pub(super) severity: Severity,
    pub(super) a: Option<ClaimPlace>,
    pub(super) b: Option<ClaimPlace>,
    pub(super) message: String,
    pub(super) measurements: Vec<Measurement>,
}

impl FindingDraft {
    /// A claim in one version only: dropped if that is A, added if it is B.
    fn one_sided_claim(
        kind: FindingKind,
        severity: Severity,
        which: Which,
        place: ClaimPlace,
        message: String,
    ) -> Self {
        let (change, a, b) = match which {
            Which::A => (Change::Dropped, Some(place), None),
            Which::B => (Change::Added, None, Some(place)),
        };
        Self { change, kind, severity, a, b, message, measurements: Vec::new() }
    }

    /// A claim of both sides that differs: `difference` names how, as in "different amount".
    fn changed_claim(
        pair: &VersionPair<'_>,
        change: Change,
        (kind, severity): (FindingKind, Severity),
        [a, b]: [ClaimPlace; 2],
        difference: &str,
    ) -> Self {
        let [from, to] =
            [(&a, pair.a), (&b, pair.b)].map(|(p, v)| shorten_text(p.span.slice(&v.article.text)));
        let message = format!("“{from}” became “{to}”: {difference}");
        Self { change, kind, severity, a: Some(a), b: Some(b), message, measurements: Vec::new() }
    }

    /// A cue of one side of a group only, against the sentence that faces it: what the cue is ("negation"), and what the
    /// other side does ("says the same without it").
    fn unpaired_cue(
        pair: &VersionPair<'_>,
        group: usize,
        (which, cue): (Which, &PlacedCue),
        (change, kind, severity): (Change, FindingKind, Severity),
        (cue_name, other_side): (&str, &str),
    ) -> Self {
        let own = cue_place(pair, which, cue);
        let facing =
            sentence_place(pair.side_version(which.other_side()), facing_sentence(pair, group, which, cue));
        let word = shorten_text(own.span.slice(&pair.side_version(which).article.text));
        let message = format!(
            "{cue_name} “{word}” only in {}; {} {other_side}",
            which.side_letter(),
            which.other_side().side_letter()
        );
        let (a, b) = if which == Which::A { (own, facing) } else { (facing, own) };
        Self { change, kind, severity, a: Some(a), b: Some(b), message, measurements: Vec::new() }
    }

    /// Adds a measurement with its threshold.
    fn with_measurement(mut self, what: &'static str, value: f32, line: f32) -> Self {
        self.measurements.push(Measurement { what, value, threshold: line });
        self
    }
}

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable id: depends on kind, change and both contents, never on positions.
    pub id: String,
    /// How the claim differs.
    pub change: Change,
    /// Kind of the claim.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Probability that a careful editor agrees, 0 to 1: that of the rule.
    pub confidence: f32,
    /// The rule that made it.
    pub rule: &'static Rule,
    /// Place in A; `None` for a claim in B only.
    pub a: Option<ClaimPlace>,
    /// Place in B; `None` for a claim in A only.
    pub b: Option<ClaimPlace>,
    /// One sentence for a person: the difference and why it was reported.
    pub message: String,
    /// Measurements of the rule; empty where it only compared values.
    pub measurements: Vec<Measurement>,
}

/// One rule. Rules of one name are equal.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Rule {
    /// Name, also of the file.
    pub name: &'static str,
    /// The differences that it finds, in one sentence.
    pub finds: &'static str,
    /// The severities of its findings, in words.
    pub matters: &'static str,
    /// The kinds of its findings.
    pub emits: &'static [Emits],
    check: fn(&VersionPair<'_>) -> Vec<FindingDraft>,
}

/// One kind of finding that a rule emits.
#[derive(Clone, Copy, Debug)]
pub struct Emits {
    /// The kind.
    pub kind: FindingKind,
    /// The severities that its findings can have.
    pub severities: &'static [Severity],
    /// Texts with and without such a finding, at least one.
    pub examples: &'static [RuleExample],
}

/// An English text and two German versions, tested in `tests/rules.rs`.
#[derive(Clone, Copy, Debug)]
pub struct RuleExample {
    /// The English text.
    pub text: &'static str,
    /// A German version on which the rule makes a finding of the kind.
    pub fires: &'static str,
    /// A German version on which the rule makes none.
    pub silent: &'static str,
}

/// An editor's verdicts on the findings of a rule: those of medium severity and above on the graded pairs of `corpus/`,
/// counted by `tests/corpus.rs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Precision {
    /// Number of findings that the editor had marked too.
    pub right: u16,
    /// Number of findings that the editor had not marked.
    pub wrong: u16,
}

impl Precision {
    /// Probability that a careful editor agrees with a finding, 0 to 1: Laplace's rule of succession,
    /// `(right + 1) / (right + wrong + 2)`, so that a rule with few findings stays near 0.5.
    #[must_use]
    pub fn laplace_confidence(self) -> f32 {
        let [right, wrong] = [self.right, self.wrong].map(f32::from);
        (right + 1.0) / (right + wrong + 2.0)
    }
}

impl Rule {
    /// Precision of its findings on the graded corpus; zeros for a rule without any.
    #[must_use]
    pub fn measured_precision(&self) -> Precision {
        static COUNTS: LazyLock<BTreeMap<String, Precision>> =
            LazyLock::new(|| toml::from_str(models::RULE_PRECISION).expect("the tests read it"));
        COUNTS.get(self.name).copied().unwrap_or_default()
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rule").field(&self.name).finish()
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Description of the measurement of the rules on cues, see [`FindingDraft::with_measurement`].
const SURROUNDING_COVERAGE: &str = "coverage of the words around it by the other version";

/// The place of a whole sentence.
fn sentence_place(version: &Version, sentence: usize) -> ClaimPlace {
    ClaimPlace { sentence, span: version.sentences[sentence].span, value: None }
}

/// The place of a cue.
fn cue_place(pair: &VersionPair<'_>, which: Which, cue: &PlacedCue) -> ClaimPlace {
    let start = pair.side_version(which).sentences[cue.sentence].span.start;
    claim_place(cue.sentence, cue.cue.span.shifted_by(start), None)
}

/// Whether a place overlaps quoted speech, where any changed word is a change of the quotation.
fn is_quoted(version: &Version, at: &ClaimPlace) -> bool {
    version.claims.iter().any(|c| {
        matches!(c.claim.value, Value::Quote { speech: true, .. }) && c.claim.span.overlaps_span(at.span)
    })
}

fn claim_place(sentence: usize, span: Span, value: Option<Value>) -> ClaimPlace {
    ClaimPlace { sentence, span, value }
}

/// The place of a claim with its value.
fn place_with_value(stated: &SentenceClaim) -> ClaimPlace {
    claim_place(stated.sentence, stated.claim.span, Some(stated.claim.value.clone()))
}

/// A piece of a version's text for a message: one line, at most 80 characters.
fn shorten_text(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 80 {
        return line;
    }
    let cut: String = line.chars().take(79).collect();
    format!("{}…", cut.trim_end())
}
