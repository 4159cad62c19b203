//! Quotations: still a quotation, the same words, the same speaker.

use similar::TextDiff;

use super::super::counterpart::{Placed, told_around};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::super::version::{Stated, Version};
use super::{Draft, Example, Makes, Rule, TOLD_AROUND, cue_place, place, shown};
use crate::claims::{Effect, Value};
use crate::segment;
use crate::text::{Sides, Which};
use crate::words::Marked;

pub(super) const RULE: Rule = Rule {
    name: "quote",
    finds: "A quotation that is none any more in the sentence that goes with its own, or in which a word has no \
            equal.",
    matters: "Other words in the mouth of a speaker are high; a quotation that is told without its marks is \
            medium.",
    makes: &[Makes {
        kind: Kind::Quote,
        severities: &[Severity::High, Severity::Medium],
        examples: &[
            Example {
                text: "“We never knew anything about these payments,” said the mayor.",
                fires: "Der Bürgermeister sagte, man habe von diesen Zahlungen nie etwas gewusst.",
                silent: "„Wir haben von diesen Zahlungen nie etwas gewusst“, sagte der Bürgermeister.",
            },
            Example {
                text: "“The tests were carried out by our own laboratory,” said the director of the clinic.",
                fires: "„Die Tests wurden von einem rumänischen Schlachthof durchgeführt“, sagte die Direktorin der Klinik.",
                silent: "„Die Tests wurden von unserem eigenen Labor durchgeführt“, sagte die Direktorin der Klinik.",
            },
        ],
    }],
    check,
};

/// Fewer words in quotation marks are a term or a title more often than speech.
const SPEECH_WORDS: usize = 4;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for which in Which::BOTH {
        for group in 0..pair.groups.len() {
            let other = which.other();
            // A quotation may run over a sentence boundary, so neighbours count.
            let near = |partners: &[usize], c: &Stated| {
                partners.iter().any(|s| s.abs_diff(c.sentence) <= 1)
                    && matches!(c.claim.value, Value::Quote { .. })
            };
            let quoted = |group: &usize| {
                let partners = pair.sentences_of(*group, other);
                pair.version(other).claims.iter().any(|c| near(partners, c))
            };
            for quote in pair.claims_in(group, which).filter(|c| is_speech(c)) {
                // A sentence of one text may be told over several of the other.
                if !pair.groups_of(which, quote.sentence).iter().any(quoted) {
                    drafts.push(lost(pair, which, quote));
                }
            }
        }
    }
    drafts.extend(misquoted(pair));
    for group in 0..pair.groups.len() {
        drafts.extend(quoted_twice(pair, group));
        let reworded = reworded(pair, group);
        if reworded.is_empty() {
            drafts.extend(otherwise_far(pair, group));
        }
        drafts.extend(reworded);
    }
    drafts
}

/// Quotations that one sentence has twice, where the other side has fewer of them: a broken sentence.
fn quoted_twice(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let quotes = |which: Which| -> Vec<(&Stated, String)> {
        let quotes = pair.claims_in(group, which).filter_map(|c| match &c.claim.value {
            Value::Quote { words, .. } if words.contains(' ') => Some((c, words.to_lowercase())),
            _ => None,
        });
        quotes.collect()
    };
    let sides = Sides::from_fn(quotes);
    let mut drafts = Vec::new();
    for which in Which::BOTH {
        let own = &sides[which];
        let again = own.iter().enumerate().filter(|(k, (quote, words))| {
            own[..*k].iter().any(|(first, same)| first.sentence == quote.sentence && same == words)
        });
        let more = own.len().saturating_sub(sides[which.other()].len());
        drafts.extend(again.take(more).map(|(_, (quote, _))| Draft {
            message: format!("{} quotes it twice in one sentence", which.letter()),
            ..lost(pair, which, quote)
        }));
    }
    drafts
}

/// Share of words that two texts of one language have in common, in order, from which one speaker's quotations are the
/// same quotation.
const SAME_QUOTATION: f32 = 0.5;

/// In texts that only share an event: one speaker's quotation in the same language with a word that differs.
fn misquoted(pair: &Pair<'_>) -> Vec<Draft> {
    if pair.parallel || pair.a.article.lang != pair.b.article.lang {
        return Vec::new();
    }
    let said = |version: &'_ Version| -> Vec<(usize, String, Vec<String>)> {
        let quotes = version.claims.iter().enumerate().filter_map(|(k, c)| match &c.claim.value {
            Value::Quote { words, speaker: Some(speaker), speech: true } => {
                let last = speaker.split_whitespace().next_back()?.to_lowercase();
                Some((k, last, segment::words(words).map(|w| w.of(words).to_lowercase()).collect()))
            }
            _ => None,
        });
        quotes.collect()
    };
    let (a, b) = (said(pair.a), said(pair.b));
    let mut drafts = Vec::new();
    for (i, speaker, words_a) in &a {
        let same = b.iter().filter(|(_, other, words)| other == speaker && words.len() == words_a.len());
        let ratios =
            same.map(|(j, _, words)| (TextDiff::from_slices(&strs(words_a), &strs(words)).ratio(), *j));
        let near = ratios.filter(|(ratio, _)| *ratio >= SAME_QUOTATION);
        let Some((ratio, j)) = near.max_by(|x, y| x.0.total_cmp(&y.0)) else { continue };
        if ratio < 1.0 {
            drafts.push(differing(&pair.a.claims[*i], &pair.b.claims[j], "the quotation has another word"));
        }
    }
    drafts
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// The quotations of a group of parallel texts, in order; none where their number differs.
fn couples<'a>(pair: &Pair<'a>, group: usize) -> Vec<(&'a Stated, &'a Stated)> {
    let said = |which| pair.claims_in(group, which).filter(|c| is_speech(c)).collect::<Vec<_>>();
    let (a, b) = (said(Which::A), said(Which::B));
    if pair.parallel && a.len() == b.len() { a.into_iter().zip(b).collect() } else { Vec::new() }
}

/// Words around a word for how far.
const AROUND: usize = 5;

/// Quotations of a group that say how far (largely, entirely, seriously) on one side alone.
fn otherwise_far(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let far = |which, quote: &Stated| -> Vec<&Placed> {
        let within = |p: &Placed| quote.claim.span.overlaps(cue_place(pair, which, p).span);
        let tells =
            |e| matches!(e, Effect::Degree | Effect::Most | Effect::All | Effect::Some | Effect::Many);
        pair.cues_in(group, which).filter(|p| tells(p.cue.effect) && within(p)).collect()
    };
    let mut drafts = Vec::new();
    for (a, b) in couples(pair, group) {
        let (which, cue) = match (&far(Which::A, a)[..], &far(Which::B, b)[..]) {
            ([cue], []) => (Which::A, *cue),
            ([], [cue]) => (Which::B, *cue),
            _ => continue,
        };
        let told = told_around(pair, which, cue, AROUND, AROUND);
        if cue.cue.effect != Effect::Degree || told < TOLD {
            continue;
        }
        let word = cue_place(pair, which, cue).span;
        let word = shown(word.of(&pair.version(which).article.text));
        let draft = differing(a, b, format!("the quotation says “{word}” in {} alone", which.letter()));
        drafts.push(draft.measuring(TOLD_AROUND, told, TOLD));
    }
    drafts
}

/// The words around a word for how far have to stand on the other side too, this far on average.
const TOLD: f32 = 0.5;

/// From this difference on a word of a quotation is another one.
const OTHER: f32 = 0.5;

/// Quotations of a group, in order, in one of which a word has no equal in the other.
fn reworded(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (a, b) in couples(pair, group) {
        let words = [other_word(pair, Which::A, a), other_word(pair, Which::B, b)];
        if words.iter().all(Option::is_none) {
            continue;
        }
        let [word_a, word_b] = words.map(|w| w.map_or(0.0, |w| w.difference));
        let which = usize::from(word_b > word_a);
        let word = words[which].map_or("", |w| w.span.of(&[pair.a, pair.b][which].article.text));
        let draft = differing(a, b, format!("the quotation differs in “{}”", shown(word)));
        drafts.push(draft.measuring("difference of that word", word_a.max(word_b), OTHER));
    }
    drafts
}

fn differing(a: &Stated, b: &Stated, message: impl Into<String>) -> Draft {
    Draft {
        change: Change::Altered,
        kind: Kind::Quote,
        severity: Severity::High,
        message: message.into(),
        a: Some(place(a.sentence, a.claim.span, Some(a.claim.value.clone()))),
        b: Some(place(b.sentence, b.claim.span, Some(b.claim.value.clone()))),
        measured: Vec::new(),
    }
}

/// The word of a quotation that differs most, if any does.
fn other_word(pair: &Pair<'_>, which: Which, quote: &Stated) -> Option<Marked> {
    let words = pair.words[which].iter().filter(|w| w.span.overlaps(quote.claim.span));
    words.filter(|w| w.difference >= OTHER).max_by(|x, y| x.difference.total_cmp(&y.difference)).copied()
}

fn is_speech(stated: &Stated) -> bool {
    matches!(&stated.claim.value, Value::Quote { words, speech: true, .. }
        if words.split_whitespace().count() >= SPEECH_WORDS)
}

fn lost(pair: &Pair<'_>, which: Which, quote: &Stated) -> Draft {
    let text = shown(quote.claim.span.of(&pair.version(which).article.text));
    let at = place(quote.sentence, quote.claim.span, Some(quote.claim.value.clone()));
    let message = match which {
        Which::A => format!("B does not quote: {text}"),
        Which::B => format!("A does not quote: {text}"),
    };
    Draft::alone(Kind::Quote, Severity::Medium, which, at, message)
}
