//! Quotations: whether they are still quoted, and with the same words.

use similar::TextDiff;

use super::super::cue_match::surrounding_coverage;
use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::placed_cue::PlacedCue;
use super::super::version::{SentenceClaim, Version};
use super::{
    Emits, FindingDraft, Rule, RuleExample, SURROUNDING_COVERAGE, cue_place, place_with_value, shorten_text,
};
use crate::claims::{CueKind, Value};
use crate::segment;
use crate::text::{Sides, Which};
use crate::words::WordDifference;

pub(super) const RULE: Rule = Rule {
    name: "quote",
    finds: "A quotation that lost its marks in the aligned sentence, or that has a different word in it.",
    matters: "Different words of a speaker are high; a quotation without its marks is medium.",
    emits: &[Emits {
        kind: FindingKind::Quote,
        severities: &[Severity::High, Severity::Medium],
        examples: &[
            RuleExample {
                text: "“We never knew anything about these payments,” said the mayor.",
                fires: "Der Bürgermeister sagte, man habe von diesen Zahlungen nie etwas gewusst.",
                silent: "„Wir haben von diesen Zahlungen nie etwas gewusst“, sagte der Bürgermeister.",
            },
            RuleExample {
                text: "“The tests were carried out by our own laboratory,” said the director of the clinic.",
                fires: "„Die Tests wurden von einem rumänischen Schlachthof durchgeführt“, sagte die Direktorin der Klinik.",
                silent: "„Die Tests wurden von unserem eigenen Labor durchgeführt“, sagte die Direktorin der Klinik.",
            },
        ],
    }],
    check: check_quotes,
};

/// Minimum number of words of quoted speech: fewer words in quotation marks are more often a term or a title.
const SPEECH_WORDS: usize = 4;

fn check_quotes(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    let mut drafts = Vec::new();
    for which in Which::BOTH_SIDES {
        for group in 0..pair.groups.len() {
            let other = which.other_side();
            for quote in pair.claims_in(group, which).filter(|c| is_speech(c)) {
                // A sentence may be in several groups in texts on one event.
                let mut groups = pair.groups_with(which, quote.sentence).iter();
                if !groups.any(|group| {
                    has_quotation_near(pair.side_version(other), pair.group_sentences(*group, other))
                }) {
                    drafts.push(draft_lost_quotation(pair, which, quote));
                }
            }
        }
    }
    drafts.extend(find_misquotations(pair));
    for group in 0..pair.groups.len() {
        drafts.extend(quoted_twice(pair, group));
        let reworded = find_rewordings(pair, group);
        if reworded.is_empty() {
            drafts.extend(find_degree_changes(pair, group));
        }
        drafts.extend(reworded);
    }
    drafts
}

/// Whether a version has a quotation in or next to one of these sentences: a quotation may extend over a sentence
/// boundary.
fn has_quotation_near(version: &Version, sentences: &[usize]) -> bool {
    let mut quotes = version.claims.iter().filter(|c| matches!(c.claim.value, Value::Quote { .. }));
    quotes.any(|c| sentences.iter().any(|s| s.abs_diff(c.sentence) <= 1))
}

/// Quotations that occur twice in one sentence while the other side has fewer quotations: a corrupted sentence.
fn quoted_twice(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let sides = Sides::from_fn(|which| {
        let quotes = pair.claims_in(group, which).filter_map(|c| match &c.claim.value {
            Value::Quote { words, .. } if words.contains(' ') => Some((c, words.to_lowercase())),
            _ => None,
        });
        quotes.collect::<Vec<_>>()
    });
    let mut drafts = Vec::new();
    for which in Which::BOTH_SIDES {
        let own = &sides[which];
        let again = own.iter().enumerate().filter(|(k, (quote, words))| {
            own[..*k].iter().any(|(first, same)| first.sentence == quote.sentence && same == words)
        });
        let more = own.len().saturating_sub(sides[which.other_side()].len());
        drafts.extend(again.take(more).map(|(_, (quote, _))| FindingDraft {
            message: format!("{} has the quotation twice in one sentence", which.side_letter()),
            ..draft_lost_quotation(pair, which, quote)
        }));
    }
    drafts
}

/// Minimum ratio of common words in order ([`TextDiff::ratio`]) of two quotations of one speaker that are the same
/// quotation.
const SAME_QUOTATION: f32 = 0.5;

/// In texts on one event in one language: quotations of one speaker with a different word.
fn find_misquotations(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    if pair.is_parallel || pair.a.article.lang != pair.b.article.lang {
        return Vec::new();
    }
    let [a, b] = [pair.a, pair.b].map(|version| {
        let quotes = version.claims.iter().enumerate().filter_map(|(k, c)| match &c.claim.value {
            Value::Quote { words, speaker: Some(speaker), speech: true } => {
                let last = speaker.split_whitespace().next_back()?.to_lowercase();
                let words = segment::word_spans(words).map(|w| w.slice(words).to_lowercase());
                Some((k, last, words.collect::<Vec<String>>()))
            }
            _ => None,
        });
        quotes.collect::<Vec<_>>()
    });
    let mut drafts = Vec::new();
    for (i, speaker, words_a) in &a {
        let same = b.iter().filter(|(_, other, words)| other == speaker && words.len() == words_a.len());
        let ratios = same.map(|(j, _, words)| {
            (TextDiff::from_slices(&str_slices(words_a), &str_slices(words)).ratio(), *j)
        });
        let similar = ratios.filter(|(ratio, _)| *ratio >= SAME_QUOTATION);
        let Some((ratio, j)) = similar.max_by(|x, y| x.0.total_cmp(&y.0)) else { continue };
        if ratio < 1.0 {
            drafts.push(draft_changed_quotation(
                &pair.a.claims[*i],
                &pair.b.claims[j],
                "different word in the quotation",
            ));
        }
    }
    drafts
}

fn str_slices(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// The quotations of a group of parallel texts paired in order; none where their numbers differ.
fn pair_quotations<'a>(pair: &VersionPair<'a>, group: usize) -> Vec<(&'a SentenceClaim, &'a SentenceClaim)> {
    let Sides { a, b } =
        Sides::from_fn(|which| pair.claims_in(group, which).filter(|c| is_speech(c)).collect::<Vec<_>>());
    if pair.is_parallel && a.len() == b.len() { a.into_iter().zip(b).collect() } else { Vec::new() }
}

/// Number of context words before and after a degree word.
const WORDS_AROUND: usize = 5;

/// Quotations of a group with a degree word (largely, entirely, seriously) on one side only.
fn find_degree_changes(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let mut drafts = Vec::new();
    for (a, b) in pair_quotations(pair, group) {
        let cues =
            [(Which::A, a), (Which::B, b)].map(|(which, quote)| degree_cues(pair, group, which, quote));
        let (which, cue) = match (&cues[0][..], &cues[1][..]) {
            ([cue], []) => (Which::A, *cue),
            ([], [cue]) => (Which::B, *cue),
            _ => continue,
        };
        let coverage = surrounding_coverage(pair, which, cue, WORDS_AROUND, WORDS_AROUND);
        if cue.cue.kind != CueKind::Degree || coverage < MIN_SURROUNDING_COVERAGE {
            continue;
        }
        let word = cue_place(pair, which, cue).span;
        let word = shorten_text(word.slice(&pair.side_version(which).article.text));
        let draft = draft_changed_quotation(
            a,
            b,
            format!("“{word}” in the quotation only in {}", which.side_letter()),
        );
        drafts.push(draft.with_measurement(SURROUNDING_COVERAGE, coverage, MIN_SURROUNDING_COVERAGE));
    }
    drafts
}

/// The cues of degree and quantity inside a quotation.
fn degree_cues<'p>(
    pair: &'p VersionPair<'_>,
    group: usize,
    which: Which,
    quote: &SentenceClaim,
) -> Vec<&'p PlacedCue> {
    let cues = pair.cues_in(group, which).filter(|p| {
        matches!(p.cue.kind, CueKind::Degree | CueKind::Most | CueKind::All | CueKind::Some | CueKind::Many)
    });
    cues.filter(|p| quote.claim.span.overlaps_span(cue_place(pair, which, p).span)).collect()
}

/// Minimum coverage of the words around a degree word by the other side.
const MIN_SURROUNDING_COVERAGE: f32 = 0.5;

/// Minimum difference of a changed word in a quotation.
const MIN_WORD_DIFFERENCE: f32 = 0.5;

/// Quotations of a group with a word that has no counterpart on the other side.
fn find_rewordings(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let mut drafts = Vec::new();
    for (a, b) in pair_quotations(pair, group) {
        let words = [most_different_word(pair, Which::A, a), most_different_word(pair, Which::B, b)];
        if words.iter().all(Option::is_none) {
            continue;
        }
        let [word_a, word_b] = words.map(|w| w.map_or(0.0, |w| w.difference));
        let which = usize::from(word_b > word_a);
        let word = words[which].map_or("", |w| w.span.slice(&[pair.a, pair.b][which].article.text));
        let draft =
            draft_changed_quotation(a, b, format!("the quotation differs in “{}”", shorten_text(word)));
        drafts.push(draft.with_measurement(
            "difference of that word",
            word_a.max(word_b),
            MIN_WORD_DIFFERENCE,
        ));
    }
    drafts
}

fn draft_changed_quotation(a: &SentenceClaim, b: &SentenceClaim, message: impl Into<String>) -> FindingDraft {
    FindingDraft {
        change: Change::Altered,
        kind: FindingKind::Quote,
        severity: Severity::High,
        message: message.into(),
        a: Some(place_with_value(a)),
        b: Some(place_with_value(b)),
        measurements: Vec::new(),
    }
}

/// The word of a quotation with the greatest difference, from [`MIN_WORD_DIFFERENCE`] on.
fn most_different_word(
    pair: &VersionPair<'_>,
    which: Which,
    quote: &SentenceClaim,
) -> Option<WordDifference> {
    let words = pair.words[which].iter().filter(|w| w.span.overlaps_span(quote.claim.span));
    words
        .filter(|w| w.difference >= MIN_WORD_DIFFERENCE)
        .max_by(|x, y| x.difference.total_cmp(&y.difference))
        .copied()
}

fn is_speech(stated: &SentenceClaim) -> bool {
    matches!(&stated.claim.value, Value::Quote { words, speech: true, .. }
        if words.split_whitespace().count() >= SPEECH_WORDS)
}

fn draft_lost_quotation(pair: &VersionPair<'_>, which: Which, quote: &SentenceClaim) -> FindingDraft {
    let text = shorten_text(pair.side_version(which).claim_text(quote));
    let message = match which {
        Which::A => format!("quotation missing from B: {text}"),
        Which::B => format!("quotation missing from A: {text}"),
    };
    FindingDraft::one_sided_claim(
        FindingKind::Quote,
        Severity::Medium,
        which,
        place_with_value(quote),
        message,
    )
}
