//! Polarity: a negation that was added or dropped.

use super::super::cue_match::{changed_cues, facing_sentence, match_cues, surrounding_coverage};
use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::placed_cue::PlacedCue;
use super::super::unclear::{Unclear, UnclearReason};
use super::{
    Emits, FindingDraft, Rule, RuleExample, SURROUNDING_COVERAGE, cue_place, is_quoted, sentence_place,
};
use crate::align::Relation;
use crate::claims::CueKind;
use crate::segment;
use crate::text::{Sides, Which};

pub(super) const RULE: Rule = Rule {
    name: "polarity",
    finds: "A negation in only one of two aligned sentences, or a denial in one and an admission in the other.",
    matters: "Always high. Inside a quotation it is a change of the quotation.",
    emits: &[
        Emits {
            kind: FindingKind::Polarity,
            severities: &[Severity::High],
            examples: &[
                RuleExample {
                    text: "The ministry did not inform the parents about the results of the test.",
                    fires: "Das Ministerium informierte die Eltern über die Ergebnisse des Tests.",
                    silent: "Das Ministerium informierte die Eltern nicht über die Ergebnisse des Tests.",
                },
                RuleExample {
                    text: "The mayor denied that he had known about the payments.",
                    fires: "Der Bürgermeister gab zu, von den Zahlungen gewusst zu haben.",
                    silent: "Der Bürgermeister bestritt, von den Zahlungen gewusst zu haben.",
                },
            ],
        },
        Emits {
            kind: FindingKind::Quote,
            severities: &[Severity::High],
            examples: &[RuleExample {
                text: "“We did not inform the parents about the results of the test,” said the minister.",
                fires: "„Wir haben die Eltern über die Ergebnisse des Tests informiert“, sagte der Minister.",
                silent: "„Wir haben die Eltern nicht über die Ergebnisse des Tests informiert“, sagte der Minister.",
            }],
        },
    ],
    check: check_polarity,
};

/// Minimum coverage of the words around the negation by the other side: below it the whole clause is missing, not only
/// the negation.
const MIN_SURROUNDING_COVERAGE: f32 = 0.46;

/// Number of context words before and after a negation.
const WORDS_BEFORE: usize = 3;
const WORDS_AFTER: usize = 6;

fn check_polarity(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    let mut drafts = Vec::new();
    for group in comparable_groups(pair) {
        drafts.extend(denied_and_admitted(pair, group));
        for UnmatchedNegation { which, cue: not, coverage, is_sure: _ } in
            unmatched_negations(pair, group).into_iter().filter(|negation| negation.is_sure)
        {
            drafts.push(draft_lost_negation(pair, group, which, not).with_measurement(
                SURROUNDING_COVERAGE,
                coverage,
                MIN_SURROUNDING_COVERAGE,
            ));
        }
    }
    drafts
}

/// The unmatched negations that may be explained by other negations of their sentences.
pub(in crate::divergence) fn unsure_negations(pair: &VersionPair<'_>) -> Vec<Unclear> {
    let mut unclear = Vec::new();
    for group in comparable_groups(pair) {
        for UnmatchedNegation { which, cue: not, .. } in
            unmatched_negations(pair, group).into_iter().filter(|negation| !negation.is_sure)
        {
            let own = cue_place(pair, which, not);
            let facing = sentence_place(
                pair.side_version(which.other_side()),
                facing_sentence(pair, group, which, not),
            );
            let reason = UnclearReason::Negations;
            unclear.push(Unclear::on_side(FindingKind::Polarity, which, own, Some(facing), reason));
        }
    }
    unclear
}

/// The groups in which polarity is compared: in texts on one event an aligned sentence often has a clause of its own.
fn comparable_groups(pair: &VersionPair<'_>) -> impl Iterator<Item = usize> {
    (0..pair.groups.len()).filter(|g| pair.is_parallel || pair.groups[*g].relation == Relation::Equivalent)
}

/// A negation without a counterpart on the other side.
struct UnmatchedNegation<'p> {
    which: Which,
    cue: &'p PlacedCue,
    /// Coverage of the words around it by the other side, 0 to 1.
    coverage: f32,
    /// Whether it is the only polarity cue of its sentence and the facing sentence has none. With several cues the
    /// difference can be a rephrased clause or a double negation.
    is_sure: bool,
}

fn unmatched_negations<'p>(pair: &'p VersionPair<'_>, group: usize) -> Vec<UnmatchedNegation<'p>> {
    let mut sides = Sides::from_fn(|which| polarity_cues(pair, group, which));
    // "Ruled out" may be the counterpart of a "not", unless both sides rule something out.
    if sides.iter_sides().all(|(_, side)| side.iter().any(|p| p.cue.kind == CueKind::Exclusion)) {
        for which in Which::BOTH_SIDES {
            sides[which].retain(|p| p.cue.kind != CueKind::Exclusion);
        }
    }
    let (_, unpaired) = match_cues(pair, &sides, |_, _| Some(0));
    let mut unmatched = Vec::new();
    for which in Which::BOTH_SIDES {
        let (own_cues, other_cues) = (&sides[which], &sides[which.other_side()]);
        for not in unpaired[which].iter().filter(|placed| placed.cue.kind.is_negation()) {
            let coverage = surrounding_coverage(pair, which, not, WORDS_BEFORE, WORDS_AFTER);
            if coverage >= MIN_SURROUNDING_COVERAGE
                && !has_negative_adjective(pair, group, which.other_side())
            {
                let facing = facing_sentence(pair, group, which, not);
                let is_sure = count_cues(own_cues, not.sentence) == 1 && count_cues(other_cues, facing) == 0;
                unmatched.push(UnmatchedNegation { which, cue: not, coverage, is_sure });
            }
        }
    }
    unmatched
}

fn count_cues(cues: &[&PlacedCue], sentence: usize) -> usize {
    cues.iter().filter(|p| p.sentence == sentence).count()
}

/// Matched cues of a denial on one side and an admission on the other.
fn denied_and_admitted(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let contradictions =
        changed_cues(pair, group, |kind| matches!(kind, CueKind::Denial | CueKind::Admission), |x, y| x == y);
    contradictions
        .into_iter()
        .map(|(a, b)| {
            let places = [cue_place(pair, Which::A, a), cue_place(pair, Which::B, b)];
            let kind = (FindingKind::Polarity, Severity::High);
            FindingDraft::changed_claim(
                pair,
                Change::Contradicted,
                kind,
                places,
                "one is a denial, the other an admission",
            )
        })
        .collect()
}

/// The cues on one side of a group that reverse polarity.
fn polarity_cues<'p>(pair: &'p VersionPair<'_>, group: usize, which: Which) -> Vec<&'p PlacedCue> {
    let cues = pair.cues_in(group, which);
    cues.filter(|p| {
        p.cue.kind.is_negation()
            || matches!(p.cue.kind, CueKind::Ended | CueKind::Exclusion | CueKind::Denial)
    })
    .collect()
}

/// Whether one side has a word such as "unprotected", which may be the counterpart of a "not".
fn has_negative_adjective(pair: &VersionPair<'_>, group: usize, which: Which) -> bool {
    let version = pair.side_version(which);
    let sentences = pair.group_sentences(group, which).iter();
    sentences
        .map(|s| version.sentence_text(*s))
        .any(|text| segment::word_spans(text).any(|w| has_negative_prefix(w.slice(text))))
}

fn has_negative_prefix(word: &str) -> bool {
    let word = word.to_lowercase();
    word == "non" || (word.len() > 6 && ["un", "non-"].iter().any(|p| word.starts_with(p)))
}

fn draft_lost_negation(pair: &VersionPair<'_>, group: usize, which: Which, not: &PlacedCue) -> FindingDraft {
    let (change, kind) = if is_quoted(pair.side_version(which), &cue_place(pair, which, not)) {
        (Change::Altered, FindingKind::Quote)
    } else {
        (Change::Contradicted, FindingKind::Polarity)
    };
    let wording = ("negation", "says the same without it");
    FindingDraft::unpaired_cue(pair, group, (which, not), (change, kind, Severity::High), wording)
}
