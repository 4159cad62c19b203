//! What a finding rests on: how its sentences stand together, and what its words are led to.

use super::finding::ClaimPlace;
use super::pair::{AlignedGroup, VersionPair};
use super::rules::Finding;
use super::score::DivergenceScores;
use super::sentence_score::DivergencePart;
use crate::align::Evidence;
use crate::segment;
use crate::text::{Span, Which};

/// One finding and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The finding.
    pub finding: Finding,
    /// Whether the two are versions of one text rather than texts on one event.
    pub is_parallel: bool,
    /// How far the two versions are apart.
    pub scores: DivergenceScores,
    /// The groups in which the sentences of all places of the finding stand; none for a sentence without a partner.
    pub aligned_groups: Vec<ExplainedGroup>,
    /// For the place in A and in B, where its sentence stands in no group, what comes nearest.
    pub nearest_sentences: [Option<NearestSentence>; 2],
    /// The words of the place in A and in B with some before and after, in order.
    pub place_words: [Vec<ExplainedWord>; 2],
}

/// A group of sentences, and what its divergence comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedGroup {
    /// The group.
    pub group: AlignedGroup,
    /// What its divergence is the sum of.
    pub parts: Vec<DivergencePart>,
}

/// A sentence of the other version that is too far off to be a partner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestSentence {
    /// Index into the other version's sentences.
    pub sentence: usize,
    /// Cosine of the two sentences, -1 to 1.
    pub similarity: f32,
    /// Share of what the place's own sentence tells that stands in it, about 0 to 1.
    pub lexical_coverage: f32,
}

/// A word, and the one that it is led to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExplainedWord {
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// Whether it belongs to the place of the finding; the others stand around it.
    pub inside: bool,
    /// How different it is, 0 to 1, see [`Marked`](super::Marked).
    pub difference: f32,
    /// The nearest word of the sentences of the other version that go with its own, or that come nearest to it.
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

/// Words before and after a place that are shown with it: as many as lead a single word over to the other side.
const CONTEXT_WORDS: usize = 5;

pub(super) fn explain_finding(
    pair: &VersionPair<'_>,
    scores: DivergenceScores,
    finding: Finding,
) -> Explanation {
    let places = [(Which::A, finding.a.as_ref()), (Which::B, finding.b.as_ref())];
    let holds = |group: &usize| {
        let mut placed = places.iter().filter_map(|(which, place)| Some((*which, (*place)?)));
        placed.all(|(which, place)| pair.group_sentences(*group, which).contains(&place.sentence))
    };
    let first = places.iter().find_map(|(which, place)| Some((*which, (*place)?.sentence)));
    let groups = first.map_or(&[][..], |(which, sentence)| pair.groups_with(which, sentence));
    let together = groups.iter().copied().filter(holds);
    let together = together
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
        aligned_groups: together,
        nearest_sentences: nearest,
        place_words: words,
        finding,
    }
}

fn nearest_sentence(pair: &VersionPair<'_>, which: Which, sentence: usize) -> Option<NearestSentence> {
    if !pair.groups_with(which, sentence).is_empty() {
        return None;
    }
    let near = |(sentence, evidence): (usize, Evidence)| NearestSentence {
        sentence,
        similarity: evidence.cosine,
        lexical_coverage: evidence.lexical_coverage(which),
    };
    pair.nearest_sentence(which, sentence).map(near)
}

fn place_words(pair: &VersionPair<'_>, which: Which, place: &ClaimPlace) -> Vec<ExplainedWord> {
    let version = pair.side_version(which);
    let mut words = Vec::new();
    // A quotation may run over several sentences.
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

/// The sentence and the bytes of the word that a link leads to.
fn target_word(pair: &VersionPair<'_>, which: Which, word: u32) -> Option<(usize, Span)> {
    let (sentence, _) = pair.word_place(which, word)?;
    Some((sentence, pair.words[which].get(word as usize)?.span))
}

fn span_difference(pair: &VersionPair<'_>, which: Which, span: Span) -> f32 {
    let marked = &pair.words[which];
    let word = marked.get(marked.partition_point(|w| w.span.start < span.start));
    word.filter(|w| w.span == span).map_or(0.0, |w| w.difference)
}
