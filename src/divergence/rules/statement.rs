//! Whole sentences, and clauses of sentences, that the other version does not tell.

use std::ops::Range;

use super::super::finding::{FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::version::Version;
use super::{Emits, FindingDraft, Rule, RuleExample, claim_place, sentence_place, shorten_text};
use crate::article::Role;
use crate::claims::{self, CueKind, find_cues};
use crate::segment::{self, split_clauses};
use crate::text::{Lang, Span, Which};
use crate::words::WordMatch;

pub(super) const RULE: Rule = Rule {
    name: "statement",
    finds: "A sentence, or a clause of one, without a counterpart in the other version.",
    matters: "A sentence with money, a quotation, a denial or an accusation is high, another one medium, and so \
            is a clause. Low are headlines, captions, sentences of up to three words and, in texts that only \
            share an event, a sentence without a figure or date.",
    emits: &[Emits {
        kind: FindingKind::Statement,
        severities: &[Severity::High, Severity::Medium, Severity::Low],
        examples: &[
            RuleExample {
                text: "The port was closed after the storm. Forty families had to leave their houses near the river.",
                fires: "Der Hafen wurde nach dem Sturm geschlossen.",
                silent: "Nach dem Sturm wurde der Hafen geschlossen, und vierzig Familien mussten ihre Häuser am Fluss verlassen.",
            },
            RuleExample {
                text: "The mayor, who had borrowed millions for two failed casinos, approved the plan for the harbour.",
                fires: "Der Bürgermeister billigte den Plan für den Hafen.",
                silent: "Der Bürgermeister, der Millionen für zwei gescheiterte Kasinos geliehen hatte, billigte den Plan für den Hafen.",
            },
        ],
    }],
    check: check_statements,
};

/// A sentence whose information the nearest single sentence covers to this share is told there.
const MAX_NEAREST_COVERAGE: f32 = 0.62;

/// Sentences of fewer words tell too little to be missed.
const LEAST_WORDS: usize = 4;

fn check_statements(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    let mut drafts = Vec::new();
    for which in Which::BOTH_SIDES {
        drafts.extend(find_missing_sentences(pair, which));
        drafts.extend(find_missing_clauses(pair, which));
    }
    drafts
}

/// How far the words of a clause differ, less how near the nearest words come and how near those that are left for them,
/// all weighted by information, from which on the sentences that its own sentence goes with do not tell it. The
/// differences are those of the model that `words` prints, fitted on public gold sets; learnt from the clauses of the
/// corpus without the story it is tried on, the three parts had the weights 4.5, -4.5 and -4.3. At -0.5 four more clauses
/// of the corpus are found and two more named that are told, "The council decided" among them where the other says
/// "agreed".
const MIN_MISSING_SCORE: f32 = -0.42;

/// The same in texts that only share an event, where a sentence's partner often tells something beside it.
const MIN_MISSING_SCORE_COMPARABLE: f32 = -0.16;

/// A clause of at most this many words with a word of saying only names who speaks: "the mayor said".
const SPEAKER_WORDS: usize = 5;

/// The same of a clause right behind a quotation, whatever its verb: "launched the member of parliament".
const BEHIND_QUOTATION: usize = 9;

/// Information in nats, about three content words, under which a clause tells too little to be missed.
const LEAST_INFO: f32 = 31.0;

/// Clauses that are missing although their sentence has a partner; neighbours are one.
fn find_missing_clauses(pair: &VersionPair<'_>, which: Which) -> Vec<FindingDraft> {
    let version = pair.side_version(which);
    let line = if pair.is_parallel { MIN_MISSING_SCORE } else { MIN_MISSING_SCORE_COMPARABLE };
    let mut drafts = Vec::new();
    let body = version.compared_sentences.iter().filter(|k| version.sentences[**k].role == Role::Body);
    for k in body.filter(|k| !pair.groups_with(which, **k).is_empty()) {
        let text = version.sentence_text(*k);
        let words: Vec<Span> = segment::word_spans(text).collect();
        let matches = pair.matches_of(which, *k);
        let start = version.sentences[*k].span.start;
        let differs = |clause: &Range<usize>| {
            let marked = clause.clone().filter_map(|k| {
                let difference = pair.difference_at(which, words[k].start + start)?;
                Some((difference - matches[k].word_sim - matches[k].assigned_sim, matches[k].info))
            });
            let (sum, info) = marked.fold((0.0, 0.0), |(sum, all), (d, info)| (sum + d * info, all + info));
            if info > 0.0 { sum / info } else { f32::NEG_INFINITY }
        };
        let mut missing: Vec<Range<usize>> = Vec::new();
        for clause in split_clauses(text, &words).into_iter().filter(|clause| {
            clause_information(&matches[clause.clone()]) >= LEAST_INFO && differs(clause) >= line
        }) {
            // A translator's or editor's note is no part of what is told.
            if in_note(&text[..words[clause.start].start])
                || names_speaker(text, version.sentence_lang(*k), &words[clause.clone()])
            {
                continue;
            }
            match missing.last_mut() {
                Some(before) if before.end == clause.start => before.end = clause.end,
                _ => missing.push(clause),
            }
        }
        for clause in missing {
            let (differs, info) = (differs(&clause), clause_information(&matches[clause.clone()]));
            let span = Span::new(words[clause.start].start, words[clause.end - 1].end);
            let span = span.shifted_by(version.sentences[*k].span.start);
            let clause = shorten_text(span.slice(&version.article.text));
            let message = match which {
                Which::A => format!("clause missing from B: “{clause}”"),
                Which::B => format!("clause missing from A: “{clause}”"),
            };
            let at = claim_place(*k, span, None);
            let draft =
                FindingDraft::one_sided_claim(FindingKind::Statement, Severity::Medium, which, at, message);
            drafts.push(
                draft
                    .with_measurement(
                        "difference of the words of the clause, adjusted for near words elsewhere",
                        differs,
                        line,
                    )
                    .with_measurement("information of the clause in nats", info, LEAST_INFO),
            );
        }
    }
    drafts
}

/// Whether a square bracket is open where the text ends.
fn in_note(before: &str) -> bool {
    before.rfind('[').is_some_and(|open| !before[open..].contains(']'))
}

fn names_speaker(text: &str, lang: Lang, clause: &[Span]) -> bool {
    let span = Span::new(clause[0].start, clause[clause.len() - 1].end);
    let before = text[..span.start].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    if clause.len() <= BEHIND_QUOTATION && before.ends_with(['”', '“', '"', '»', '«']) {
        return true;
    }
    let says = |cue: claims::Cue| matches!(cue.kind, CueKind::Attribution | CueKind::Source);
    clause.len() <= SPEAKER_WORDS && find_cues(span.slice(text), lang).into_iter().any(says)
}

fn clause_information(clause: &[WordMatch]) -> f32 {
    clause.iter().map(|l| l.info).sum()
}

fn find_missing_sentences(pair: &VersionPair<'_>, which: Which) -> Vec<FindingDraft> {
    let version = pair.side_version(which);
    let mut drafts = Vec::new();
    for k in version.compared_sentences.iter().filter(|k| pair.groups_with(which, **k).is_empty()) {
        let covered =
            pair.nearest_sentence(which, *k).map_or(0.0, |(_, evidence)| evidence.lexical_coverage(which));
        if covered >= MAX_NEAREST_COVERAGE {
            continue;
        }
        let message = match which {
            Which::A => format!("sentence missing from B: “{}”", shorten_text(version.sentence_text(*k))),
            Which::B => format!("sentence missing from A: “{}”", shorten_text(version.sentence_text(*k))),
        };
        let (severity, at) = (statement_severity(pair, version, *k), sentence_place(version, *k));
        let draft = FindingDraft::one_sided_claim(FindingKind::Statement, severity, which, at, message);
        drafts.push(draft.with_measurement(
            "coverage by the nearest sentence",
            covered,
            MAX_NEAREST_COVERAGE,
        ));
    }
    drafts
}

/// High where the sentence carries money, a quotation, a denial or an accusation. In texts that only share an event
/// most sentences stand alone, so there what carries no figure and no date is background.
fn statement_severity(pair: &VersionPair<'_>, version: &Version, sentence: usize) -> Severity {
    let text = version.sentence_text(sentence);
    let words = text.split_whitespace().count();
    if version.sentences[sentence].role != Role::Body || words < LEAST_WORDS {
        return Severity::Low;
    }
    let claims = || version.claims.iter().filter(|c| c.sentence == sentence).map(|c| c.claim.kind);
    let weighty = claims().any(|kind| matches!(kind, claims::ClaimKind::Money | claims::ClaimKind::Quote));
    let charged = find_cues(text, version.sentence_lang(sentence))
        .iter()
        .any(|c| matches!(c.kind, CueKind::Denial | CueKind::Accusation));
    if weighty || charged {
        Severity::High
    } else if pair.is_parallel || claims().next().is_some() {
        Severity::Medium
    } else {
        Severity::Low
    }
}
