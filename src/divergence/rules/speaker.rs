//! Speakers: a quotation or reported speech that is attributed to another person.

use std::ops::Range;

use super::super::finding::{Change, ClaimPlace, FindingKind, Measurement, Severity};
use super::super::pair::VersionPair;
use super::super::version::{SentenceClaim, Version};
use super::{Emits, FindingDraft, Rule, RuleExample, claim_place, shorten_text};
use crate::claims::name::{NameValue, same_name};
use crate::claims::{CueKind, Value};
use crate::segment::{self, split_clauses};
use crate::text::{Sides, Span, Which};
use crate::words::{WordMatch, word_coverage};

pub(super) const RULE: Rule = Rule {
    name: "speaker",
    finds: "The same words with a different speaker.",
    matters: "Always high.",
    emits: &[Emits {
        kind: FindingKind::Attribution,
        severities: &[Severity::High],
        examples: &[
            RuleExample {
                text: "Ada Holm asked Eva Lund for help. “Nobody warned the families,” said Holm.",
                fires: "Ada Holm bat Eva Lund um Hilfe. „Niemand hat die Familien gewarnt“, sagte Lund.",
                silent: "Ada Holm bat Eva Lund um Hilfe. „Niemand hat die Familien gewarnt“, sagte Holm.",
            },
            RuleExample {
                text: "“The bridge was never inspected,” said Ada Holm.",
                fires: "„Die Brücke wurde nie geprüft“, sagte ein ehemaliger Ingenieur.",
                silent: "„Die Brücke wurde nie geprüft“, sagte sie.",
            },
        ],
    }],
    check: check_speakers,
};

fn check_speakers(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    if !pair.is_parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let named = find_other_speakers(pair, group);
        if named.is_empty() {
            drafts.extend(compare_speaker_clauses(pair, group));
        }
        drafts.extend(named);
    }
    drafts
}

/// Quotations of a group, paired in order, whose speakers are other persons.
fn find_other_speakers(pair: &VersionPair<'_>, group: usize) -> Vec<FindingDraft> {
    let Sides { a, b } = Sides::from_fn(|which| {
        let quotes = pair.claims_in(group, which).filter_map(|c| match &c.claim.value {
            Value::Quote { speaker: Some(speaker), speech: true, .. } => Some((c, speaker.as_str())),
            _ => None,
        });
        quotes.collect::<Vec<_>>()
    });
    if a.len() != b.len() {
        return Vec::new();
    }
    let couples = a.into_iter().zip(b);
    couples
        .filter(|((_, a), (_, b))| is_other_person(pair, a, b))
        .map(|((at_a, a), (at_b, b))| FindingDraft {
            change: Change::Altered,
            kind: FindingKind::Attribution,
            severity: Severity::High,
            message: format!("{} says in A what {} says in B", shorten_text(a), shorten_text(b)),
            a: Some(speaker_place(pair.a, at_a, a)),
            b: Some(speaker_place(pair.b, at_b, b)),
            measurements: Vec::new(),
        })
        .collect()
}

/// The place of the speaker in the sentence of the quotation or the next, else of the quotation.
fn speaker_place(version: &Version, quote: &SentenceClaim, speaker: &str) -> ClaimPlace {
    let text = &version.article.text;
    let start = version.sentences[quote.sentence].span.start;
    let next = (quote.sentence + 1).min(version.sentences.len() - 1);
    let end = version.sentences[next].span.end.max(quote.claim.span.end);
    let own = quote.claim.span;
    let sides = [Span::new(own.end, end), Span::new(start, own.start)];
    let place = sides.into_iter().find_map(|side| find_words(text, side, speaker));
    claim_place(quote.sentence, place.unwrap_or(own), None)
}

/// The first occurrence of these words, with any whitespace between them.
fn find_words(text: &str, within: Span, wanted: &str) -> Option<Span> {
    let words: Vec<Span> =
        segment::word_spans(within.slice(text)).map(|w| w.shifted_by(within.start)).collect();
    let wanted: Vec<&str> = segment::word_spans(wanted).map(|w| w.slice(wanted)).collect();
    let mut runs = words.windows(wanted.len().max(1));
    let run = runs.find(|run| run.iter().map(|w| w.slice(text)).eq(wanted.iter().copied()))?;
    Some(Span::new(run[0].start, run[run.len() - 1].end))
}

/// Whether two speakers are named, and differently. A description may be of the person that the other version names,
/// and where neither name occurs in the other version, one of them is probably garbled.
fn is_other_person(pair: &VersionPair<'_>, a: &str, b: &str) -> bool {
    let (in_a, in_b) = (speaker_names(pair.a, a), speaker_names(pair.b, b));
    let shared = long_words(a).iter().any(|w| long_words(b).contains(w));
    !in_a.is_empty()
        && !in_b.is_empty()
        && !shared
        && (has_last_word(pair.b, a) || has_last_word(pair.a, b))
        && !in_a.iter().any(|x| in_b.iter().any(|y| same_name(x, y)))
}

/// Whether a version has the last word of a speaker's name.
fn has_last_word(version: &Version, speaker: &str) -> bool {
    speaker.split_whitespace().next_back().is_some_and(|last| version.article.text.contains(last))
}

/// The words of a speaker with more than 3 bytes, in lower case.
fn long_words(speaker: &str) -> Vec<String> {
    speaker.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|w| w.len() > 3).collect()
}

/// The names of a version that are part of a speaker's name, or have the same last word.
fn speaker_names(version: &Version, speaker: &str) -> Vec<NameValue> {
    let last = speaker.split_whitespace().next_back();
    let named = version.claims.iter().filter_map(|c| match &c.claim.value {
        Value::Name(name) => {
            let text = version.claim_text(c);
            let is_same = speaker.contains(text) || last == text.split_whitespace().next_back();
            is_same.then(|| NameValue::new(name, version.article.lang))
        }
        _ => None,
    });
    named.collect()
}

/// Maximum number of words of a clause that only names the speaker.
const MAX_SPEAKER_CLAUSE: usize = 9;

/// Minimum information in nats of a word that identifies the speaker.
const MIN_SPEAKER_INFO: f32 = 9.0;

/// Maximum coverage of the identifying words of a clause that the other side does not have. Of the 423 groups of the
/// corpus' parallel pairs with speaker clauses on both sides, 16 are uncovered on both sides by this measure and name
/// somebody on one; 14 of these have another speaker.
const MAX_SPEAKER_COVERAGE: f32 = 0.61;

/// What is measured for [`MAX_SPEAKER_COVERAGE`], of each side.
const SPEAKER_COVERAGE: &str = "coverage of the speaker's words by the other version";

/// A clause that names a speaker.
struct SpeakerClause {
    sentence: usize,
    span: Span,
    coverage: f32,
    /// Its words that identify the speaker, with their information in nats.
    speaker_words: Vec<(Span, f32)>,
}

/// The least covered speaker clauses of both sides, where neither is covered by the other side, one of them names a
/// person, and the other names or describes another one.
fn compare_speaker_clauses(pair: &VersionPair<'_>, group: usize) -> Option<FindingDraft> {
    let Sides { a, b } = Sides::from_fn(|which| {
        let clauses = speaker_clauses(pair, group, which).into_iter();
        clauses.min_by(|x, y| x.coverage.total_cmp(&y.coverage))
    });
    let (a, b) = (a?, b?);
    if a.coverage > MAX_SPEAKER_COVERAGE || b.coverage > MAX_SPEAKER_COVERAGE {
        return None;
    }
    let (in_a, in_b) = (names_in(pair.a, a.span), names_in(pair.b, b.span));
    let differ = match (in_a.is_empty(), in_b.is_empty()) {
        (true, true) => false,
        (false, false) => {
            let [text_a, text_b] = [&pair.a.article.text, &pair.b.article.text];
            in_a.iter().any(|x| in_b.iter().any(|y| is_other_person(pair, x.slice(text_a), y.slice(text_b))))
        }
        (false, true) => !is_described(pair.a, &in_a, pair.b, &b.speaker_words),
        (true, false) => !is_described(pair.b, &in_b, pair.a, &a.speaker_words),
    };
    let measured = [a.coverage, b.coverage].map(|value| Measurement {
        what: SPEAKER_COVERAGE,
        value,
        threshold: MAX_SPEAKER_COVERAGE,
    });
    let places = [claim_place(a.sentence, a.span, None), claim_place(b.sentence, b.span, None)];
    let kind = (FindingKind::Attribution, Severity::High);
    differ.then(|| FindingDraft {
        measurements: measured.into(),
        ..FindingDraft::changed_claim(pair, Change::Altered, kind, places, "different speaker")
    })
}

fn speaker_clauses(pair: &VersionPair<'_>, group: usize, which: Which) -> Vec<SpeakerClause> {
    let version = pair.side_version(which);
    let cues =
        pair.cues_in(group, which).filter(|p| matches!(p.cue.kind, CueKind::Attribution | CueKind::Source));
    let clauses = cues.filter_map(|cue| {
        let text = version.sentence_text(cue.sentence);
        let start = version.sentences[cue.sentence].span.start;
        let words: Vec<Span> = segment::word_spans(text).collect();
        let (first, last) = cue.word_range;
        let clause: Range<usize> = split_clauses(text, &words).into_iter().find(|c| c.contains(&first))?;
        let matches = pair.matches_of(which, cue.sentence);
        let who: Vec<usize> = clause
            .clone()
            .filter(|k| !(first..last).contains(k) && matches[*k].info >= MIN_SPEAKER_INFO)
            .collect();
        let who_matches: Vec<WordMatch> = who.iter().map(|k| matches[*k]).collect();
        (clause.len() <= MAX_SPEAKER_CLAUSE && !who.is_empty()).then(|| SpeakerClause {
            sentence: cue.sentence,
            span: Span::new(words[clause.start].start, words[clause.end - 1].end).shifted_by(start),
            coverage: word_coverage(&who_matches),
            speaker_words: who.iter().map(|k| (words[*k].shifted_by(start), matches[*k].info)).collect(),
        })
    });
    clauses.collect()
}

fn names_in(version: &Version, span: Span) -> Vec<Span> {
    let names = version.claims.iter().filter(|c| matches!(c.claim.value, Value::Name(_)));
    names.map(|c| c.claim.span).filter(|s| s.overlaps_span(span)).collect()
}

/// Number of words before and after a name in which an apposition is searched.
const APPOSITION: usize = 6;

/// Number of letters that are compared as the stem of a word.
const STEM_LETTERS: usize = 5;

/// Whether `version` has, near any mention of one of these names of the other version, more than half of the words by
/// information: "the economist" is Ruth Amsinck where she is "the economist Ruth Amsinck".
fn is_described(other: &Version, names: &[Span], version: &Version, words: &[(Span, f32)]) -> bool {
    let text = &version.article.text;
    let names: Vec<_> =
        names.iter().map(|name| name.slice(&other.article.text).split_whitespace().next_back()).collect();
    let mentions = version.claims.iter().filter(|c| matches!(c.claim.value, Value::Name(_)));
    let around: Vec<String> = mentions
        .filter(|mention| names.contains(&version.claim_text(mention).split_whitespace().next_back()))
        .flat_map(|mention| {
            let start = version.sentences[mention.sentence].span.start;
            let all: Vec<Span> = segment::word_spans(version.sentence_text(mention.sentence))
                .map(|w| w.shifted_by(start))
                .collect();
            let first = all.partition_point(|w| w.end <= mention.claim.span.start);
            let last = all.partition_point(|w| w.start < mention.claim.span.end);
            let context = first.saturating_sub(APPOSITION)..(last + APPOSITION).min(all.len());
            context.map(|k| word_stem(all[k].slice(text))).collect::<Vec<_>>()
        })
        .collect();
    let known = words.iter().filter(|(word, _)| around.contains(&word_stem(word.slice(text))));
    let (known, all) =
        (known.map(|(_, info)| info).sum::<f32>(), words.iter().map(|(_, info)| info).sum::<f32>());
    known > all / 2.0
}

fn word_stem(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).take(STEM_LETTERS).collect()
}
