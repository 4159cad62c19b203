//! A "not" that came or went.

use super::super::counterpart::{Placed, facing, matched, told_around, turned};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::super::unclear::{Reason, Unclear};
use super::{Draft, Example, Makes, Rule, TOLD_AROUND, cue_place, is_quoted, sentence_place};
use crate::align::Relation;
use crate::claims::Effect;
use crate::segment;
use crate::text::{Sides, Which};

pub(super) const RULE: Rule = Rule {
    name: "polarity",
    finds: "Two sentences that tell the same, of which exactly one is negated, or of which one denies what the \
            other admits.",
    matters: "Always high. Inside a quotation it is a change of the quotation.",
    makes: &[
        Makes {
            kind: Kind::Polarity,
            severities: &[Severity::High],
            examples: &[
                Example {
                    text: "The ministry did not inform the parents about the results of the test.",
                    fires: "Das Ministerium informierte die Eltern über die Ergebnisse des Tests.",
                    silent: "Das Ministerium informierte die Eltern nicht über die Ergebnisse des Tests.",
                },
                Example {
                    text: "The mayor denied that he had known about the payments.",
                    fires: "Der Bürgermeister gab zu, von den Zahlungen gewusst zu haben.",
                    silent: "Der Bürgermeister bestritt, von den Zahlungen gewusst zu haben.",
                },
            ],
        },
        Makes {
            kind: Kind::Quote,
            severities: &[Severity::High],
            examples: &[Example {
                text: "“We did not inform the parents about the results of the test,” said the minister.",
                fires: "„Wir haben die Eltern über die Ergebnisse des Tests informiert“, sagte der Minister.",
                silent: "„Wir haben die Eltern nicht über die Ergebnisse des Tests informiert“, sagte der Minister.",
            }],
        },
    ],
    check,
};

/// What stands around the "not" has to stand on the other side too, this far on average: else a clause is missing,
/// not a "not".
const AROUND: f32 = 0.46;

/// Words before and after a cue that it is read with.
const BEFORE: usize = 3;
const AFTER: usize = 6;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for group in groups(pair) {
        drafts.extend(denied_and_admitted(pair, group));
        for Alone { which, not, told, sure: _ } in alone(pair, group).into_iter().filter(|alone| alone.sure) {
            drafts.push(lost(pair, group, which, not).measuring(TOLD_AROUND, told, AROUND));
        }
    }
    drafts
}

/// Each "not" that stands alone beside others, in words that stand on both sides.
pub(in crate::divergence) fn negations_that_do_not_match(pair: &Pair<'_>) -> Vec<Unclear> {
    let unsure = |group: usize| alone(pair, group).into_iter().filter(|a| !a.sure).map(move |a| (group, a));
    let unclear = groups(pair).flat_map(unsure).map(|(group, Alone { which, not, .. })| {
        let own = cue_place(pair, which, not);
        let facing = sentence_place(pair.version(which.other()), facing(pair, group, which, not));
        Unclear::of(Kind::Polarity, which, own, Some(facing), Reason::Negations)
    });
    unclear.collect()
}

/// The groups in which a "not" counts: in texts that only share an event a sentence's partner often tells something
/// beside it.
fn groups(pair: &Pair<'_>) -> impl Iterator<Item = usize> {
    (0..pair.groups.len()).filter(|g| pair.parallel || pair.groups[*g].relation == Relation::Equivalent)
}

/// A "not" for which nothing stands on the other side.
struct Alone<'p> {
    which: Which,
    not: &'p Placed,
    /// How far the words around it stand on the other side.
    told: f32,
    /// Whether it is the only one of its sentence, and the sentence that faces it has none. Several cues against fewer
    /// can be one clause turned or a double negation.
    sure: bool,
}

fn alone<'p>(pair: &'p Pair<'_>, group: usize) -> Vec<Alone<'p>> {
    let mut sides = Sides::from_fn(|which| turning(pair, group, which));
    // "Ruled out" may stand for a "not", but where both sides rule something out the "not" beside it counts.
    let excludes = |placed: &&Placed| placed.cue.effect == Effect::Exclusion;
    if sides.iter().all(|(_, side)| side.iter().any(excludes)) {
        for which in Which::BOTH {
            sides[which].retain(|placed| !excludes(placed));
        }
    }
    let (_, lone) = matched(pair, &sides, |_, _| Some(0));
    let mut found = Vec::new();
    for which in Which::BOTH {
        let in_sentence = |which: Which, sentence: usize| {
            sides[which].iter().filter(|placed| placed.sentence == sentence).count()
        };
        for not in lone[which].iter().filter(|placed| placed.cue.effect.negates()) {
            let told = told_around(pair, which, not, BEFORE, AFTER);
            if told >= AROUND && !negative_adjective(pair, group, which.other()) {
                let facing = facing(pair, group, which, not);
                let sure = in_sentence(which, not.sentence) == 1 && in_sentence(which.other(), facing) == 0;
                found.push(Alone { which, not, told, sure });
            }
        }
    }
    found
}

/// What one side denies and the other admits, in the same place.
fn denied_and_admitted(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let charged = |effect| matches!(effect, Effect::Denial | Effect::Admission);
    let both = turned(pair, group, charged, |x, y| x == y).into_iter();
    both.map(|(a, b)| {
        let places = [cue_place(pair, Which::A, a), cue_place(pair, Which::B, b)];
        let kind = (Kind::Polarity, Severity::High);
        Draft::became(pair, Change::Contradicted, kind, places, "one denies what the other admits")
    })
    .collect()
}

/// The cues of one side of a group that turn what is said.
fn turning<'p>(pair: &'p Pair<'_>, group: usize, which: Which) -> Vec<&'p Placed> {
    let turns = |e: Effect| e.negates() || matches!(e, Effect::Ended | Effect::Exclusion | Effect::Denial);
    pair.cues_in(group, which).filter(|p| turns(p.cue.effect)).collect()
}

/// Whether one side has a word such as "unprotected", which a "not" on the other side may stand for.
fn negative_adjective(pair: &Pair<'_>, group: usize, which: Which) -> bool {
    let version = pair.version(which);
    let negative = |word: &str| {
        let word = word.to_lowercase();
        word == "non" || (word.len() > 6 && ["un", "non-"].iter().any(|p| word.starts_with(p)))
    };
    let sentences = pair.sentences_of(group, which).iter();
    sentences.map(|s| version.text_of(*s)).any(|text| segment::words(text).any(|w| negative(w.of(text))))
}

fn lost(pair: &Pair<'_>, group: usize, which: Which, not: &Placed) -> Draft {
    let (change, kind) = if is_quoted(pair.version(which), &cue_place(pair, which, not)) {
        (Change::Altered, Kind::Quote)
    } else {
        (Change::Contradicted, Kind::Polarity)
    };
    let what = "tells the same without it";
    Draft::lone(pair, group, (which, not), (change, kind, Severity::High), what)
}
