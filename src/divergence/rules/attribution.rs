//! A source that went.

use super::super::counterpart::{Placed, cues_with, matched, told_around};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::{Draft, Example, Makes, Rule, TOLD_AROUND};
use crate::article::Role;
use crate::claims::{Effect, Value};
use crate::segment::{self, clauses};
use crate::text::{Span, Which};

pub(super) const RULE: Rule = Rule {
    name: "attribution",
    finds: "A thing that is given to a source on one side and told in the article's own voice on the other.",
    matters: "Always high.",
    makes: &[Makes {
        kind: Kind::Attribution,
        severities: &[Severity::High],
        examples: &[Example {
            text: "According to the police, the driver of the bus was drunk.",
            fires: "Der Fahrer des Busses war betrunken.",
            silent: "Nach Angaben der Polizei war der Fahrer des Busses betrunken.",
        }],
    }],
    check,
};

/// What stands around the source has to stand on the other side too, this far on average.
const AROUND: f32 = 0.5;

/// Words before and after a word of saying that it is read with.
const BEFORE: usize = 6;
const AFTER: usize = 8;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    // In texts that only share an event what one sentence gives to a source another one may; a heading stands alone.
    let by_itself = |group: &usize| pair.parallel || Which::BOTH.iter().all(|w| is_heading(pair, *group, *w));
    (0..pair.groups.len()).filter(by_itself).flat_map(|group| sources(pair, group)).collect()
}

const OWN_VOICE: (Change, Kind, Severity) = (Change::HedgeChanged, Kind::Attribution, Severity::High);

/// Words of a heading at most.
const HEADING: usize = 16;

/// Whether a group has one sentence on this and that is a headline or a line without a full stop.
fn is_heading(pair: &Pair<'_>, group: usize, which: Which) -> bool {
    let version = pair.version(which);
    let [sentence] = pair.sentences_of(group, which) else { return false };
    let text = version.text_of(*sentence);
    let open = text.chars().next_back().is_some_and(char::is_alphanumeric);
    version.sentences[*sentence].role == Role::Headline || open && text.split_whitespace().count() <= HEADING
}

/// Sources of one side for which nothing stands on the other.
fn sources(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let given = cues_with(pair, group, gives);
    let mut drafts = Vec::new();
    for which in Which::BOTH {
        let quoted = pair.claims_in(group, which).chain(pair.claims_in(group, which.other()));
        if !given[which.other()].is_empty()
            || quoted.into_iter().any(|c| matches!(c.claim.value, Value::Quote { speech: true, .. }))
        {
            continue;
        }
        let (_, alone) = matched(pair, &given, |_, _| Some(0));
        // A heading has no room for two of them: whatever gives it away is its source.
        let is_source = |p: &&&Placed| match p.cue.effect {
            Effect::Source => true,
            Effect::Attribution => pair.parallel && ends_with(pair, which, p),
            Effect::Accusation | Effect::Hedge => !pair.parallel,
            _ => false,
        };
        let own = alone[which].iter().find(is_source);
        let Some(source) = own else { continue };
        let told = told_around(pair, which, source, BEFORE, AFTER);
        if told >= AROUND || !pair.parallel {
            let draft = Draft::lone(pair, group, (which, source), OWN_VOICE, "tells it in its own voice");
            drafts.push(draft.measuring(TOLD_AROUND, told, AROUND));
        }
    }
    drafts
}

/// Words of a last clause at most that only says who says it: "he said", "a-t-il expliqué".
const LAST: usize = 5;

/// Whether a word of saying stands in a short clause that a sentence ends with.
fn ends_with(pair: &Pair<'_>, which: Which, cue: &Placed) -> bool {
    let text = pair.version(which).text_of(cue.sentence);
    let words: Vec<Span> = segment::words(text).collect();
    let clauses = clauses(text, &words);
    clauses.len() > 1 && clauses.last().is_some_and(|last| last.len() <= LAST && last.contains(&cue.words.0))
}

fn gives(effect: Effect) -> bool {
    use Effect::{Accusation, Admission, Attribution, Denial, Hedge, Possible, Source, Weak};
    matches!(effect, Attribution | Source | Denial | Admission | Accusation | Hedge | Possible | Weak)
}
