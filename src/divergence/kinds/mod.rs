//! The rules: one file a rule, one registry.
//!
//! A rule looks at a [`Pair`] and drafts findings. It must be silent on a version against itself, and drafting from
//! B to A must mirror drafting from A to B.

mod attribution;
mod modality;
mod name;
mod polarity;
mod quantifier;
mod quote;
mod speaker;
mod statement;
mod value;

use super::counterpart::Placed;
use super::finding::{Change, Kind, Place, Severity};
use super::pair::{Pair, Which};
use super::version::Version;
use crate::claims::Value;
use crate::text::Span;

/// A finding before it has its id.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) change: Change,
    pub(super) kind: Kind,
    pub(super) severity: Severity,
    pub(super) a: Option<Place>,
    pub(super) b: Option<Place>,
    pub(super) message: String,
}

impl Draft {
    /// A claim that stands in one version only: dropped where that is A, added where it is B.
    fn alone(kind: Kind, severity: Severity, which: Which, place: Place, message: String) -> Self {
        let (change, a, b) = match which {
            Which::A => (Change::Dropped, Some(place), None),
            Which::B => (Change::Added, None, Some(place)),
        };
        Self { change, kind, severity, a, b, message }
    }
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, also that of its file.
    pub name: &'static str,
    /// The kinds of its findings.
    pub kinds: &'static [Kind],
    /// The chance that a careful editor agrees with a finding of it: (right + 1) / (right + false + 2) over its findings
    /// at medium and above in `tests/corpus.rs`, so that a rule that fired seldom stays near 0.5.
    pub confidence: f32,
    /// What it finds, in one sentence.
    pub finds: &'static str,
    /// A pair of sentences on which it fires.
    pub fires: (&'static str, &'static str),
    /// A pair of sentences on which it stays silent.
    pub silent: (&'static str, &'static str),
    check: fn(&Pair<'_>) -> Vec<Draft>,
}

/// All rules, in the order in which they are run.
pub static RULES: [Rule; 9] = [
    value::RULE,
    quote::RULE,
    name::RULE,
    polarity::RULE,
    modality::RULE,
    quantifier::RULE,
    attribution::RULE,
    speaker::RULE,
    statement::RULE,
];

/// All drafts, each with the rule that made it.
pub(super) fn check_all(pair: &Pair<'_>) -> Vec<(&'static Rule, Draft)> {
    RULES.iter().flat_map(|rule| (rule.check)(pair).into_iter().map(move |draft| (rule, draft))).collect()
}

/// The place of a whole sentence.
fn sentence_place(version: &Version, sentence: usize) -> Place {
    Place { sentence, span: version.sentences[sentence].span, value: None }
}

/// The place of a cue.
fn cue_place(pair: &Pair<'_>, which: Which, cue: &Placed) -> Place {
    let start = pair.version(which).sentences[cue.sentence].span.start;
    place(cue.sentence, cue.cue.span.shifted(start), None)
}

/// Whether a place lies in words that somebody is quoted with: there a change of any word is one of the quotation.
fn is_quoted(version: &Version, at: &Place) -> bool {
    version
        .claims
        .iter()
        .any(|c| matches!(c.claim.value, Value::Quote { speech: true, .. }) && c.claim.span.overlaps(at.span))
}

fn side(which: Which) -> &'static str {
    match which {
        Which::A => "A",
        Which::B => "B",
    }
}

fn place(sentence: usize, span: Span, value: Option<Value>) -> Place {
    Place { sentence, span, value }
}

/// A piece of a version's text for a message: one line, at most 80 characters.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 80 {
        return line;
    }
    let cut: String = line.chars().take(79).collect();
    format!("{}…", cut.trim_end())
}
