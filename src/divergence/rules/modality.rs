//! How sure it is said to be: a hedge that came or went.

use super::super::counterpart::{Placed, cues_with, matched, told_around};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::{Draft, Example, Makes, Rule, TOLD_AROUND, cue_place, is_quoted};
use crate::claims::Effect;
use crate::text::Which;

pub(super) const RULE: Rule = Rule {
    name: "modality",
    finds: "A hedge (allegedly, soll, aurait, may, vielleicht) in one of two sentences that tell the same, for \
            which nothing stands in the other.",
    matters: "High where a thing is told as hearsay (allegedly), medium where it is told as possible (may). \
            Inside a quotation it is a change of the quotation, and high.",
    makes: &[
        Makes {
            kind: Kind::Modality,
            severities: &[Severity::High, Severity::Medium],
            examples: &[Example {
                text: "Two other nurses have reportedly supported her account of the accident.",
                fires: "Zwei weitere Pflegerinnen haben ihre Schilderung des Unfalls gestützt.",
                silent: "Zwei weitere Pflegerinnen sollen ihre Schilderung des Unfalls gestützt haben.",
            }],
        },
        Makes {
            kind: Kind::Quote,
            severities: &[Severity::High],
            examples: &[Example {
                text: "“The company has allegedly paid the men for their silence,” said the judge.",
                fires: "„Das Unternehmen hat die Männer für ihr Schweigen bezahlt“, sagte der Richter.",
                silent: "„Das Unternehmen soll die Männer für ihr Schweigen bezahlt haben“, sagte der Richter.",
            }],
        },
    ],
    check,
};

/// What stands around the hedge has to stand on the other side too, this far on average.
const AROUND: f32 = 0.5;

/// Words before and after a hedge that it is read with.
const BEFORE: usize = 4;
const AFTER: usize = 6;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let (_, alone) = matched(pair, &cues_with(pair, group, softens), stands_for);
        for which in Which::BOTH {
            let hedges = alone[which].iter().filter(|p| hedges(p.cue.effect));
            // What is left over on the other side may stand for it from further off: cannot tell.
            let open = alone[which.other()]
                .iter()
                .filter(|p| matches!(p.cue.effect, Effect::Weak | Effect::Hedge | Effect::Possible))
                .count();
            for hedge in hedges.skip(open) {
                let told = told_around(pair, which, hedge, BEFORE, AFTER);
                if told >= AROUND {
                    drafts.push(lost(pair, group, which, hedge).measuring(TOLD_AROUND, told, AROUND));
                }
            }
        }
    }
    drafts
}

fn hedges(effect: Effect) -> bool {
    matches!(effect, Effect::Hedge | Effect::Possible)
}

fn softens(effect: Effect) -> bool {
    hedges(effect)
        || matches!(effect, Effect::Weak | Effect::Attribution | Effect::Source | Effect::Accusation)
}

/// A hedge stands best for its own kind; told as somebody's word or in the subjunctive a thing
/// told as hearsay is hedged too.
fn stands_for(x: Effect, y: Effect) -> Option<u8> {
    match (x, y) {
        _ if x == y => Some(0),
        _ if hedges(x) && hedges(y) => Some(1),
        (Effect::Hedge, _)
        | (_, Effect::Hedge)
        | (Effect::Possible, Effect::Weak)
        | (Effect::Weak, Effect::Possible) => Some(2),
        _ => None,
    }
}

fn lost(pair: &Pair<'_>, group: usize, which: Which, hedge: &Placed) -> Draft {
    let (change, kind, severity) = if is_quoted(pair.version(which), &cue_place(pair, which, hedge)) {
        (Change::Altered, Kind::Quote, Severity::High)
    } else if hedge.cue.effect == Effect::Hedge {
        (Change::HedgeChanged, Kind::Modality, Severity::High)
    } else {
        (Change::HedgeChanged, Kind::Modality, Severity::Medium)
    };
    Draft::lone(pair, group, (which, hedge), (change, kind, severity), "says it for sure")
}
