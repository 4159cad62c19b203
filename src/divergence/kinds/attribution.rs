//! Who says so: a source that went, and a quotation in another mouth.

use super::super::counterpart::{Placed, matched, placed, told_around};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::{Pair, Which};
use super::super::version::Stated;
use super::{Draft, Rule, cue_place, place, sentence_place, shown, side};
use crate::claims::name::{NameValue, same_name};
use crate::claims::{Effect, Value};

pub(super) const RULE: Rule = Rule {
    name: "attribution",
    kinds: &[Kind::Attribution],
    confidence: 0.5,
    finds: "A quotation that another person says, or a thing that is given to a source on one side and told in the \
            article's own voice on the other.",
    fires: (
        "“Nobody warned the families,” said Ada Holm.",
        "„Niemand hat die Familien gewarnt“, sagte Eva Lund.",
    ),
    silent: (
        "“Nobody warned the families,” said Ada Holm.",
        "„Niemand hat die Familien gewarnt“, sagte Holm.",
    ),
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
        })
        .collect()
}

/// The speaker where it stands in the sentence of the quotation or the next, else the quotation.
fn speaker_place(version: &super::Version, quote: &Stated, speaker: &str) -> super::Place {
    let text = &version.article.text;
    let start = version.sentences[quote.sentence].span.start;
    let next = (quote.sentence + 1).min(version.sentences.len() - 1);
    let end = version.sentences[next].span.end.max(quote.claim.span.end);
    let own = quote.claim.span;
    let found = [own.end..end, start..own.start]
        .into_iter()
        .find_map(|range| Some(range.start + text[range.clone()].find(speaker)?));
    match found {
        Some(at) => place(quote.sentence, crate::text::Span::new(at, at + speaker.len()), None),
        None => place(quote.sentence, own, None),
    }
}

/// Whether two speakers are named, and differently. A description may well be of the person that the other names.
fn other_person(pair: &Pair<'_>, a: &str, b: &str) -> bool {
    let names = |which: Which, speaker: &str| -> Vec<NameValue> {
        let version = pair.version(which);
        let named = version.claims.iter().filter_map(|c| match &c.claim.value {
            Value::Name(name) if speaker.contains(c.claim.span.of(&version.article.text)) => {
                Some(NameValue::new(name, version.article.lang))
            }
            _ => None,
        });
        named.collect()
    };
    let (in_a, in_b) = (names(Which::A, a), names(Which::B, b));
    let words = |speaker: &str| -> Vec<String> {
        speaker.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|w| w.len() > 3).collect()
    };
    let shared = words(a).iter().any(|w| words(b).contains(w));
    !in_a.is_empty()
        && !in_b.is_empty()
        && !shared
        && !in_a.iter().any(|x| in_b.iter().any(|y| same_name(x, y)))
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
        if let Some(source) = own
            && told_around(pair, which, source, BEFORE, AFTER) >= AROUND
        {
            drafts.push(own_voice(pair, group, which, source));
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
    }
}
