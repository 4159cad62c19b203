//! Agent and patient: events whose two participants are swapped in the other version.

use std::rc::Rc;

use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::version::Version;
use super::value::is_value;
use super::{Emits, FindingDraft, Rule, RuleExample, claim_place};
use crate::align::Relation;
use crate::claims::{Event, Value, events};
use crate::segment;
use crate::text::{Sides, Span, Which};

pub(super) const RULE: Rule = Rule {
    name: "agent_patient",
    finds: "An event such as to pay, lend, sue or accuse whose agent and patient are swapped.",
    matters: "Always high.",
    emits: &[Emits {
        kind: FindingKind::Statement,
        severities: &[Severity::High],
        examples: &[RuleExample {
            text: "Last year the manufacturer paid the hospital 2.4 million euros.",
            fires: "Im vergangenen Jahr zahlte das Krankenhaus dem Hersteller 2,4 Millionen Euro.",
            silent: "Im vergangenen Jahr zahlte der Hersteller dem Krankenhaus 2,4 Millionen Euro.",
        }],
    }],
    check: check_agent_patient,
};

/// Minimum information in nats of a participant's word, and minimum mean cosine with its match.
const MIN_PARTICIPANT_INFO: f32 = 9.0;
const MIN_PARTICIPANT_SIM: f32 = 0.5;

fn check_agent_patient(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    (0..pair.groups.len())
        .filter(|group| pair.is_parallel || pair.groups[*group].relation == Relation::Equivalent)
        .flat_map(|group| find_swapped_events(pair, group))
        .collect()
}

/// An event, its sentence, and that sentence's words as spans of the version's text.
struct SentenceEvent {
    sentence: usize,
    words: Rc<[Span]>,
    event: Event,
}

fn find_swapped_events(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let Sides { a, b } = Sides::from_fn(|which| {
        let (version, sentences) = (pair.side_version(which), pair.group_sentences(group, which));
        sentences.iter().flat_map(|sentence| sentence_events(version, *sentence)).collect::<Vec<_>>()
    });
    let couples = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    couples
        .filter(|(x, y)| {
            x.event.predicate == y.event.predicate
                && is_only_event(&a, x.event.predicate)
                && is_only_event(&b, y.event.predicate)
        })
        .filter(|(x, y)| is_swapped(pair, x, y))
        .map(|(x, y)| {
            let places = [(pair.a, x), (pair.b, y)].map(|(version, done)| {
                let start = version.sentences[done.sentence].span.start;
                claim_place(done.sentence, done.event.span.shifted_by(start), None)
            });
            let kind = (FindingKind::Statement, Severity::High);
            FindingDraft::changed_claim(pair, Change::Altered, kind, places, "agent and patient are swapped")
        })
        .collect()
}

fn sentence_events(version: &Version, sentence: usize) -> impl Iterator<Item = SentenceEvent> + use<> {
    let (text, start) = (version.sentence_text(sentence), version.sentences[sentence].span.start);
    let words: Rc<[Span]> = segment::word_spans(text).map(|word| word.shifted_by(start)).collect();
    let events = events(text, version.sentence_lang(sentence)).into_iter();
    events.map(move |event| SentenceEvent { sentence, words: words.clone(), event })
}

/// Whether one event only has this predicate: of two it is not known which corresponds to which.
fn is_only_event(events: &[SentenceEvent], predicate: &str) -> bool {
    events.iter().filter(|done| done.event.predicate == predicate).count() == 1
}

/// Whether agent and patient are swapped: both of them, or one that is named if both agents are named.
fn is_swapped(pair: &VersionPair<'_>, a: &SentenceEvent, b: &SentenceEvent) -> bool {
    let mut matches = matched_participants(pair, Which::A, a, b);
    matches.extend(matched_participants(pair, Which::B, b, a).into_iter().map(|(b, a, named)| (a, b, named)));
    let any = |of_a: &[usize], of_b: &[usize], also: fn(bool) -> bool| {
        matches.iter().any(|(x, y, named)| of_a.contains(x) && of_b.contains(y) && also(*named))
    };
    let straight = any(&a.event.agent, &b.event.agent, |_| true)
        || any(&a.event.patient, &b.event.patient, |named| named);
    let crossed =
        |also| [any(&a.event.agent, &b.event.patient, also), any(&a.event.patient, &b.event.agent, also)];
    let both_crossed = crossed(|_| true) == [true; 2];
    let is_named = names_agent(pair.a, a) && names_agent(pair.b, b);
    !straight && (both_crossed || is_named && crossed(|named| named) != [false; 2])
}

/// The participants' words with a match in the other sentence: own word, matched word, whether both are one name.
fn matched_participants(
    pair: &VersionPair<'_>,
    which: Which,
    own: &SentenceEvent,
    other: &SentenceEvent,
) -> Vec<(usize, usize, bool)> {
    let matches = pair.matches_of(which, own.sentence);
    let version = pair.side_version(which);
    let matched = own.event.agent.iter().chain(&own.event.patient).filter_map(|k| {
        let (link, span) = (&matches[*k], own.words[*k]);
        let (sentence, word) = pair.word_place(which.other_side(), link.target?)?;
        let is_figure = version
            .claims
            .iter()
            .any(|c| c.sentence == own.sentence && is_value(c) && c.claim.span.overlaps_span(span));
        let is_same = link.identical || link.mutual && link.context_sim >= MIN_PARTICIPANT_SIM;
        let is_participant =
            link.info >= MIN_PARTICIPANT_INFO && is_same && !is_figure && sentence == other.sentence;
        is_participant.then(|| (*k, word, link.identical && is_name(version, span)))
    });
    matched.collect()
}

/// Whether a word of the agent is a name.
fn names_agent(version: &Version, done: &SentenceEvent) -> bool {
    done.event.agent.iter().any(|k| is_name(version, done.words[*k]))
}

fn is_name(version: &Version, span: Span) -> bool {
    version.claims.iter().any(|c| matches!(c.claim.value, Value::Name(_)) && c.claim.span.overlaps_span(span))
}
