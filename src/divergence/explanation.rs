//! The evidence of a finding: the alignment of its sentences and the matches of its words.

use super::finding::ClaimPlace;
use super::pair::{AlignedGroup, VersionPair};
use super::rules::Finding;
use super::score::DivergenceScores;
use super::sentence_score::DivergencePart;
use crate::segment;
use crate::text::{Span, Which};

/// One finding with its evidence.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The finding.
    pub finding: Finding,
    /// Whether the two are versions of one text rather than texts on one event.
    pub is_parallel: bool,
    /// Scores of the two versions.
    pub scores: DivergenceScores,
    /// The groups with the sentences of all places of the finding; empty for an unaligned sentence.
    pub aligned_groups: Vec<ExplainedGroup>,
    /// For the place in A and in B, if its sentence is unaligned, the nearest sentence of the other version.
    pub nearest_sentences: [Option<NearestSentence>; 2],
    /// The words of the place in A and in B with some context, in order.
    pub place_words: [Vec<ExplainedWord>; 2],
}

/// A group of sentences with the parts of its divergence.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedGroup {
    /// The group.
    pub group: AlignedGroup,
    /// The terms of its divergence in log odds.
    pub parts: Vec<DivergencePart>,
}

/// The nearest sentence of the other version, too different to be aligned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestSentence {
    /// Index into the other version's sentences.
    pub sentence: usize,
    /// Cosine of the two sentences, -1 to 1.
    pub similarity: f32,
    /// Coverage of the place's own sentence by this one, weighted by information, about 0 to 1.
    pub lexical_coverage: f32,
}

/// A word and its nearest word of the other version.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExplainedWord {
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// Whether it belongs to the place of the finding, rather than to its context.
    pub inside: bool,
    /// Difference, 0 to 1, see [`WordDifference`](crate::words::WordDifference).
    pub difference: f32,
    /// The nearest word of the sentences of the other version that are aligned with its own, or else nearest to it.
    pub nearest_word: Option<NearestWord>,
}

/// A word of the other version.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestWord {
    /// Index into the other version's sentences.
    pub sentence: usize,
    /// Bytes of the other version's text.
    pub span: Span,
    /// Mean of the cosines of the two words by themselves and in their contexts, -1 to 1.
    pub similarity: f32,
    /// Whether each of the two is the nearest of the other.
    pub mutual: bool,
}

/// Number of context words before and after a place: as many as a cue is projected by.
const CONTEXT_WORDS: usize = 5;

pub(super) fn explain_finding(
    pair: &VersionPair<'_>,
    scores: DivergenceScores,
    finding: Finding,
) -> Explanation {
    let places = [(Which::A, finding.a.as_ref()), (Which::B, finding.b.as_ref())];
    let first = places.iter().find_map(|(which, place)| Some((*which, (*place)?.sentence)));
    let groups = first.map_or(&[][..], |(which, sentence)| pair.groups_with(which, sentence));
    let aligned_groups = groups
        .iter()
        .copied()
        .filter(|group| {
            let mut placed = places.iter().filter_map(|(which, place)| Some((*which, (*place)?)));
            placed.all(|(which, place)| pair.group_sentences(*group, which).contains(&place.sentence))
        })
        .map(|k| ExplainedGroup {
            group: pair.groups[k].clone(),
            parts: pair.score_group(k).divergence_parts(),
        })
        .collect();
    let nearest = places.map(|(which, place)| nearest_sentence(pair, which, place?.sentence));
    let words =
        places.map(|(which, place)| place.map_or_else(Vec::new, |place| place_words(pair, which, place)));
    Explanation {
        is_parallel: pair.is_parallel,
        scores,
        aligned_groups,
        nearest_sentences: nearest,
        place_words: words,
        finding,
    }
}

fn nearest_sentence(pair: &VersionPair<'_>, which: Which, sentence: usize) -> Option<NearestSentence> {
    if !pair.groups_with(which, sentence).is_empty() {
        return None;
    }
    let (nearest, evidence) = pair.nearest_sentence(which, sentence)?;
    Some(NearestSentence {
        sentence: nearest,
        similarity: evidence.cosine,
        lexical_coverage: evidence.lexical_coverage(which),
    })
}

fn place_words(pair: &VersionPair<'_>, which: Which, place: &ClaimPlace) -> Vec<ExplainedWord> {
    let version = pair.side_version(which);
    let mut words = Vec::new();
    // A quotation may extend over several sentences.
    for k in
        version.compared_sentences.iter().filter(|k| version.sentences[**k].span.overlaps_span(place.span))
    {
        let start = version.sentences[*k].span.start;
        for (span, link) in segment::word_spans(version.sentence_text(*k)).zip(pair.matches_of(which, *k)) {
            let span = span.shifted_by(start);
            let facing = link.target.and_then(|to| target_word(pair, which.other_side(), to)).map(
                |(sentence, span)| NearestWord {
                    sentence,
                    span,
                    similarity: link.context_sim,
                    mutual: link.mutual,
                },
            );
            let inside = span.overlaps_span(place.span);
            words.push(ExplainedWord {
                sentence: *k,
                span,
                inside,
                difference: span_difference(pair, which, span),
                nearest_word: facing,
            });
        }
    }
    let first = words.iter().position(|w| w.inside).unwrap_or(0);
    let last = words.iter().rposition(|w| w.inside).map_or(0, |last| last + 1);
    words.truncate(last + CONTEXT_WORDS);
    words.drain(..first.saturating_sub(CONTEXT_WORDS));
    words
}

/// The sentence and the span of the word that a match refers to.
fn target_word(pair: &VersionPair<'_>, which: Which, word: u32) -> Option<(usize, Span)> {
    let (sentence, _) = pair.word_place(which, word)?;
    Some((sentence, pair.words[which].get(word as usize)?.span))
}

fn span_difference(pair: &VersionPair<'_>, which: Which, span: Span) -> f32 {
    let marked = &pair.words[which];
    let word = marked.get(marked.partition_point(|w| w.span.start < span.start));
    word.filter(|w| w.span == span).map_or(0.0, |w| w.difference)
}
