//! Who says so: a source that went, and a quotation in another mouth.

use super::super::counterpart::{Placed, matched, placed, told_around};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::{Pair, Which};
use super::super::version::{Stated, Version};
use super::{
    Draft, Example, Graded, Makes, Rule, TOLD_AROUND, cue_place, place, sentence_place, shown, side,
};
use crate::claims::name::{NameValue, same_name};
use crate::claims::{Effect, Value};
use crate::segment;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "attribution",
    finds: "A quotation that another person says, or a thing that is given to a source on one side and told in \
            the article's own voice on the other.",
    matters: "Always high.",
    makes: &[Makes {
        kind: Kind::Attribution,
        severities: &[Severity::High],
        examples: &[
            Example {
                text: "Ada Holm asked Eva Lund for help. “Nobody warned the families,” said Holm.",
                fires: "Ada Holm bat Eva Lund um Hilfe. „Niemand hat die Familien gewarnt“, sagte Lund.",
                silent: "Ada Holm bat Eva Lund um Hilfe. „Niemand hat die Familien gewarnt“, sagte Holm.",
            },
            Example {
                text: "According to the police, the driver of the bus was drunk.",
                fires: "Der Fahrer des Busses war betrunken.",
                silent: "Nach Angaben der Polizei war der Fahrer des Busses betrunken.",
            },
        ],
    }],
    graded: Graded { right: 14, wrong: 1 },
    check,
};

/// What stands around the source has to stand on the other side too, this far on average.
const AROUND: f32 = 0.5;

/// Words before and after a word of saying that it is read with.
const BEFORE: usize = 6;
const AFTER: usize = 8;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        drafts.extend(speakers(pair, group));
        drafts.extend(sources(pair, group));
    }
    drafts
}

/// Quotations of a group, in order, whose speakers have names with no word in common.
fn speakers(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let said = |which| -> Vec<(&Stated, &str)> {
        let quotes = pair.claims_in(group, which).filter_map(|c| match &c.claim.value {
            Value::Quote { speaker: Some(speaker), speech: true, .. } => Some((c, speaker.as_str())),
            _ => None,
        });
        quotes.collect()
    };
    let (a, b) = (said(Which::A), said(Which::B));
    if a.len() != b.len() {
        return Vec::new();
    }
    let couples = a.into_iter().zip(b);
    couples
        .filter(|((_, a), (_, b))| other_person(pair, a, b))
        .map(|((at_a, a), (at_b, b))| Draft {
            change: Change::Altered,
            kind: Kind::Attribution,
            severity: Severity::High,
            message: format!("{} says in A what {} says in B", shown(a), shown(b)),
            a: Some(speaker_place(pair.a, at_a, a)),
            b: Some(speaker_place(pair.b, at_b, b)),
            measured: Vec::new(),
        })
        .collect()
}

/// The speaker where it stands in the sentence of the quotation or the next, else the quotation.
fn speaker_place(version: &Version, quote: &Stated, speaker: &str) -> super::Place {
    let text = &version.article.text;
    let start = version.sentences[quote.sentence].span.start;
    let next = (quote.sentence + 1).min(version.sentences.len() - 1);
    let end = version.sentences[next].span.end.max(quote.claim.span.end);
    let own = quote.claim.span;
    let sides = [Span::new(own.end, end), Span::new(start, own.start)];
    let found = sides.into_iter().find_map(|side| find(text, side, speaker));
    place(quote.sentence, found.unwrap_or(own), None)
}

/// The first place of these words, however the lines are wrapped.
fn find(text: &str, within: Span, wanted: &str) -> Option<Span> {
    let words: Vec<Span> = segment::words(within.of(text)).map(|w| w.shifted(within.start)).collect();
    let wanted: Vec<&str> = segment::words(wanted).map(|w| w.of(wanted)).collect();
    let mut runs = words.windows(wanted.len().max(1));
    let run = runs.find(|run| run.iter().map(|w| w.of(text)).eq(wanted.iter().copied()))?;
    Some(Span::new(run[0].start, run[run.len() - 1].end))
}

/// Whether two speakers are named, and differently. A description may well be of the person that the other names, and a
/// name that the other version does not know is a garbled one.
fn other_person(pair: &Pair<'_>, a: &str, b: &str) -> bool {
    let (in_a, in_b) = (names(pair.a, a), names(pair.b, b));
    let known = |version: &Version, speaker: &str| {
        speaker.split_whitespace().next_back().is_some_and(|last| version.article.text.contains(last))
    };
    let shared = words(a).iter().any(|w| words(b).contains(w));
    !in_a.is_empty()
        && !in_b.is_empty()
        && !shared
        && (known(pair.b, a) || known(pair.a, b))
        && !in_a.iter().any(|x| in_b.iter().any(|y| same_name(x, y)))
}

/// The longer words of a speaker, folded.
fn words(speaker: &str) -> Vec<String> {
    speaker.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|w| w.len() > 3).collect()
}

/// The names of a version that a speaker's name is, or ends.
fn names(version: &Version, speaker: &str) -> Vec<NameValue> {
    let last = speaker.split_whitespace().next_back();
    let named = version.claims.iter().filter_map(|c| match &c.claim.value {
        Value::Name(name) => {
            let text = c.claim.span.of(&version.article.text);
            let is = speaker.contains(text) || last == text.split_whitespace().next_back();
            is.then(|| NameValue::new(name, version.article.lang))
        }
        _ => None,
    });
    named.collect()
}

/// Sources of one side for which nothing stands on the other.
fn sources(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let sides = [placed(pair, group, Which::A), placed(pair, group, Which::B)];
    let given = [0, 1].map(|k| sides[k].iter().filter(|p| gives(p.cue.effect)).collect::<Vec<_>>());
    let mut drafts = Vec::new();
    for which in [Which::A, Which::B] {
        let quoted = pair.claims_in(group, which).chain(pair.claims_in(group, which.other()));
        if !given[which.other() as usize].is_empty()
            || quoted.into_iter().any(|c| matches!(c.claim.value, Value::Quote { speech: true, .. }))
        {
            continue;
        }
        let (_, alone) = matched(pair, &given[0], &given[1], |_, _| Some(0));
        let own = alone[which as usize].iter().find(|p| p.cue.effect == Effect::Source);
        let Some(source) = own else { continue };
        let told = told_around(pair, which, source, BEFORE, AFTER);
        if told >= AROUND {
            drafts.push(own_voice(pair, group, which, source).measuring(TOLD_AROUND, told, AROUND));
        }
    }
    drafts
}

fn gives(effect: Effect) -> bool {
    use Effect::{Accusation, Admission, Attribution, Denial, Hedge, Possible, Source, Weak};
    matches!(effect, Attribution | Source | Denial | Admission | Accusation | Hedge | Possible | Weak)
}

fn own_voice(pair: &Pair<'_>, group: usize, which: Which, source: &Placed) -> Draft {
    let own = cue_place(pair, which, source);
    let word = shown(own.span.of(&pair.version(which).article.text));
    let facing = sentence_place(pair.version(which.other()), pair.sentences_of(group, which.other())[0]);
    let (a, b) = if which == Which::A { (own, facing) } else { (facing, own) };
    Draft {
        change: Change::HedgeChanged,
        kind: Kind::Attribution,
        severity: Severity::High,
        message: format!("“{word}” stands in {} alone: the other tells it in its own voice", side(which)),
        a: Some(a),
        b: Some(b),
        measured: Vec::new(),
    }
}
