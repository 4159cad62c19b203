//! Modality: a hedge that was added or dropped.

use super::super::cue_match::{cues_with, match_cues, surrounding_coverage};
use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::placed_cue::PlacedCue;
use super::{Emits, FindingDraft, Rule, RuleExample, SURROUNDING_COVERAGE, cue_place, is_quoted};
use crate::claims::CueKind;
use crate::text::Which;

pub(super) const RULE: Rule = Rule {
    name: "modality",
    finds: "A hedge (allegedly, soll, aurait, may, vielleicht) in only one of two aligned sentences.",
    matters: "High for hearsay (allegedly), medium for a possibility (may). Inside a quotation it is a change of \
            the quotation, and high.",
    emits: &[
        Emits {
            kind: FindingKind::Modality,
            severities: &[Severity::High, Severity::Medium],
            examples: &[RuleExample {
                text: "Two other nurses have reportedly supported her account of the accident.",
                fires: "Zwei weitere Pflegerinnen haben ihre Schilderung des Unfalls gestützt.",
                silent: "Zwei weitere Pflegerinnen sollen ihre Schilderung des Unfalls gestützt haben.",
            }],
        },
        Emits {
            kind: FindingKind::Quote,
            severities: &[Severity::High],
            examples: &[RuleExample {
                text: "“The company has allegedly paid the men for their silence,” said the judge.",
                fires: "„Das Unternehmen hat die Männer für ihr Schweigen bezahlt“, sagte der Richter.",
                silent: "„Das Unternehmen soll die Männer für ihr Schweigen bezahlt haben“, sagte der Richter.",
            }],
        },
    ],
    check: check_modality,
};

/// Minimum coverage of the words around the hedge by the other side.
const MIN_SURROUNDING_COVERAGE: f32 = 0.5;

/// Number of context words before and after a hedge.
const WORDS_BEFORE: usize = 4;
const WORDS_AFTER: usize = 6;

fn check_modality(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    if !pair.is_parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let (_, unpaired) = match_cues(pair, &cues_with(pair, group, is_softening), substitution_rank);
        for which in Which::BOTH_SIDES {
            let hedges = unpaired[which].iter().filter(|p| is_hedge(p.cue.kind));
            // Each unmatched cue of the other side may be the counterpart of a hedge at a greater distance.
            let open = unpaired[which.other_side()]
                .iter()
                .filter(|p| matches!(p.cue.kind, CueKind::Weak | CueKind::Hedge | CueKind::Possible))
                .count();
            for hedge in hedges.skip(open) {
                let coverage = surrounding_coverage(pair, which, hedge, WORDS_BEFORE, WORDS_AFTER);
                if coverage >= MIN_SURROUNDING_COVERAGE {
                    drafts.push(draft_lost_hedge(pair, group, which, hedge).with_measurement(
                        SURROUNDING_COVERAGE,
                        coverage,
                        MIN_SURROUNDING_COVERAGE,
                    ));
                }
            }
        }
    }
    drafts
}

fn is_hedge(kind: CueKind) -> bool {
    matches!(kind, CueKind::Hedge | CueKind::Possible)
}

fn is_softening(kind: CueKind) -> bool {
    is_hedge(kind)
        || matches!(kind, CueKind::Weak | CueKind::Attribution | CueKind::Source | CueKind::Accusation)
}

/// Rank of a match of two softening cues, see [`match_cues`]: the same kind first, then two hedges, then a hedge as an
/// attribution or a subjunctive.
fn substitution_rank(x: CueKind, y: CueKind) -> Option<u8> {
    match (x, y) {
        _ if x == y => Some(0),
        _ if is_hedge(x) && is_hedge(y) => Some(1),
        (CueKind::Hedge, _)
        | (_, CueKind::Hedge)
        | (CueKind::Possible, CueKind::Weak)
        | (CueKind::Weak, CueKind::Possible) => Some(2),
        _ => None,
    }
}

fn draft_lost_hedge(pair: &VersionPair<'_>, group: usize, which: Which, hedge: &PlacedCue) -> FindingDraft {
    let (change, kind, severity) = if is_quoted(pair.side_version(which), &cue_place(pair, which, hedge)) {
        (Change::Altered, FindingKind::Quote, Severity::High)
    } else if hedge.cue.kind == CueKind::Hedge {
        (Change::HedgeChanged, FindingKind::Modality, Severity::High)
    } else {
        (Change::HedgeChanged, FindingKind::Modality, Severity::Medium)
    };
    FindingDraft::unpaired_cue(
        pair,
        group,
        (which, hedge),
        (change, kind, severity),
        ("hedge", "states it as certain"),
    )
}
