//! Attribution: a source that one version does not name.

use super::super::cue_match::{cues_with, match_cues, surrounding_coverage};
use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::placed_cue::PlacedCue;
use super::{Emits, FindingDraft, Rule, RuleExample, SURROUNDING_COVERAGE};
use crate::article::Role;
use crate::claims::{CueKind, Value};
use crate::segment::{self, split_clauses};
use crate::text::{Span, Which};

pub(super) const RULE: Rule = Rule {
    name: "attribution",
    finds: "A statement with a source on one side and without attribution on the other.",
    matters: "Always high.",
    emits: &[Emits {
        kind: FindingKind::Attribution,
        severities: &[Severity::High],
        examples: &[RuleExample {
            text: "According to the police, the driver of the bus was drunk.",
            fires: "Der Fahrer des Busses war betrunken.",
            silent: "Nach Angaben der Polizei war der Fahrer des Busses betrunken.",
        }],
    }],
    check: check_attribution,
};

/// Minimum coverage of the words around the source by the other side.
const MIN_SURROUNDING_COVERAGE: f32 = 0.5;

/// Number of context words before and after an attribution cue.
const WORDS_BEFORE: usize = 6;
const WORDS_AFTER: usize = 8;

fn check_attribution(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    // In texts on one event another sentence of the version may attribute the claim; a heading has no other sentence.
    (0..pair.groups.len())
        .filter(|group| pair.is_parallel || Which::BOTH_SIDES.iter().all(|w| is_heading(pair, *group, *w)))
        .flat_map(|group| find_lost_sources(pair, group))
        .collect()
}

const OWN_VOICE: (Change, FindingKind, Severity) =
    (Change::HedgeChanged, FindingKind::Attribution, Severity::High);

/// Maximum number of words of a heading.
const MAX_HEADING_WORDS: usize = 16;

/// Whether a group has a single sentence on this side, a headline or a short line without a full stop.
fn is_heading(pair: &VersionPair<'_>, group: usize, which: Which) -> bool {
    let version = pair.side_version(which);
    let [sentence] = pair.group_sentences(group, which) else { return false };
    let text = version.sentence_text(*sentence);
    let open = text.chars().next_back().is_some_and(char::is_alphanumeric);
    version.sentences[*sentence].role == Role::Headline
        || open && text.split_whitespace().count() <= MAX_HEADING_WORDS
}

/// Sources on one side of a group where the other side has no attribution and no quotation.
fn find_lost_sources(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let attribution_cues = cues_with(pair, group, is_attributive);
    let mut drafts = Vec::new();
    for which in Which::BOTH_SIDES {
        let quoted = pair.claims_in(group, which).chain(pair.claims_in(group, which.other_side()));
        if !attribution_cues[which.other_side()].is_empty()
            || quoted.into_iter().any(|c| matches!(c.claim.value, Value::Quote { speech: true, .. }))
        {
            continue;
        }
        let (_, unpaired) = match_cues(pair, &attribution_cues, |_, _| Some(0));
        // A heading has no room for two cues: any cue of distance attributes it.
        let source = unpaired[which].iter().find(|p| match p.cue.kind {
            CueKind::Source => true,
            CueKind::Attribution => pair.is_parallel && is_final_attribution(pair, which, p),
            CueKind::Accusation | CueKind::Hedge => !pair.is_parallel,
            _ => false,
        });
        let Some(source) = source else { continue };
        let coverage = surrounding_coverage(pair, which, source, WORDS_BEFORE, WORDS_AFTER);
        if coverage >= MIN_SURROUNDING_COVERAGE || !pair.is_parallel {
            let draft = FindingDraft::unpaired_cue(
                pair,
                group,
                (which, source),
                OWN_VOICE,
                ("attribution", "states it without attribution"),
            );
            drafts.push(draft.with_measurement(SURROUNDING_COVERAGE, coverage, MIN_SURROUNDING_COVERAGE));
        }
    }
    drafts
}

/// Maximum number of words of a final clause that only names the speaker: "he said", "a-t-il expliqué".
const MAX_LAST_CLAUSE_WORDS: usize = 5;

/// Whether an attribution cue is in a short final clause of its sentence.
fn is_final_attribution(pair: &VersionPair<'_>, which: Which, cue: &PlacedCue) -> bool {
    let text = pair.side_version(which).sentence_text(cue.sentence);
    let words: Vec<Span> = segment::word_spans(text).collect();
    let clauses = split_clauses(text, &words);
    clauses.len() > 1
        && clauses
            .last()
            .is_some_and(|last| last.len() <= MAX_LAST_CLAUSE_WORDS && last.contains(&cue.word_range.0))
}

fn is_attributive(kind: CueKind) -> bool {
    use CueKind::{Accusation, Admission, Attribution, Denial, Hedge, Possible, Source, Weak};
    matches!(kind, Attribution | Source | Denial | Admission | Accusation | Hedge | Possible | Weak)
}
