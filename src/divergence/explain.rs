//! What a finding rests on: how its sentences stand together, and what its words are led to.

use super::finding::{Finding, Place};
use super::pair::{Aligned, Pair};
use super::score::{self, Part, Scores};
use crate::align::Evidence;
use crate::segment;
use crate::text::{Span, Which};

/// One finding and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The finding.
    pub finding: Finding,
    /// Whether the two are versions of one text rather than texts on one event.
    pub parallel: bool,
    /// How far the two versions are apart.
    pub scores: Scores,
    /// The groups in which the sentences of all places of the finding stand; none for a sentence without a partner.
    pub together: Vec<Together>,
    /// For the place in A and in B, where its sentence stands in no group, what comes nearest.
    pub nearest: [Option<Nearest>; 2],
    /// The words of the place in A and in B with some before and after, in order.
    pub words: [Vec<Word>; 2],
}

/// A group of sentences, and what its divergence comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The group.
    pub group: Aligned,
    /// What its divergence is the sum of.
    pub parts: Vec<Part>,
}

/// A sentence of the other version that is too far off to be a partner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// Index into the other version's sentences.
    pub sentence: usize,
    /// Cosine of the two sentences, -1 to 1.
    pub similarity: f32,
    /// Share of what the place's own sentence tells that stands in it, about 0 to 1.
    pub covered: f32,
}

/// A word, and the one that it is led to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// Whether it belongs to the place of the finding; the others stand around it.
    pub inside: bool,
    /// How different it is, 0 to 1, see [`Marked`](super::Marked).
    pub difference: f32,
    /// The nearest word of the sentences of the other version that go with its own, or that come nearest to it.
    pub facing: Option<Facing>,
}

/// A word of the other version.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facing {
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
const AROUND: usize = 5;

pub(super) fn explain(pair: &Pair<'_>, scores: Scores, finding: Finding) -> Explanation {
    let places = [(Which::A, finding.a.as_ref()), (Which::B, finding.b.as_ref())];
    let holds = |group: &usize| {
        let mut placed = places.iter().filter_map(|(which, place)| Some((*which, (*place)?)));
        placed.all(|(which, place)| pair.sentences_of(*group, which).contains(&place.sentence))
    };
    let first = places.iter().find_map(|(which, place)| Some((*which, (*place)?.sentence)));
    let groups = first.map_or(&[][..], |(which, sentence)| pair.groups_of(which, sentence));
    let together = groups.iter().copied().filter(holds);
    let together =
        together.map(|k| Together { group: pair.groups[k].clone(), parts: score::parts(pair, k) }).collect();
    let nearest = places.map(|(which, place)| nearest(pair, which, place?.sentence));
    let words = places.map(|(which, place)| place.map_or_else(Vec::new, |place| words(pair, which, place)));
    Explanation { parallel: pair.parallel, scores, together, nearest, words, finding }
}

fn nearest(pair: &Pair<'_>, which: Which, sentence: usize) -> Option<Nearest> {
    if !pair.groups_of(which, sentence).is_empty() {
        return None;
    }
    let near = |(sentence, evidence): (usize, Evidence)| Nearest {
        sentence,
        similarity: evidence.cosine,
        covered: evidence.covered(which),
    };
    pair.nearest(which, sentence).map(near)
}

fn words(pair: &Pair<'_>, which: Which, place: &Place) -> Vec<Word> {
    let version = pair.version(which);
    let mut words = Vec::new();
    // A quotation may run over several sentences.
    for k in version.told.iter().filter(|k| version.sentences[**k].span.overlaps(place.span)) {
        let start = version.sentences[*k].span.start;
        for (span, link) in segment::words(version.text_of(*k)).zip(pair.links_of(which, *k)) {
            let span = span.shifted(start);
            let facing = link.to.and_then(|to| facing(pair, which.other(), to)).map(|(sentence, span)| {
                Facing { sentence, span, similarity: link.both, mutual: link.mutual }
            });
            let inside = span.overlaps(place.span);
            words.push(Word {
                sentence: *k,
                span,
                inside,
                difference: difference(pair, which, span),
                facing,
            });
        }
    }
    let first = words.iter().position(|w| w.inside).unwrap_or(0);
    let last = words.iter().rposition(|w| w.inside).map_or(0, |last| last + 1);
    words.truncate(last + AROUND);
    words.drain(..first.saturating_sub(AROUND));
    words
}

/// The sentence and the bytes of the word that a link leads to.
fn facing(pair: &Pair<'_>, which: Which, word: u32) -> Option<(usize, Span)> {
    let (sentence, _) = pair.place_of(which, word)?;
    Some((sentence, pair.words[which].get(word as usize)?.span))
}

fn difference(pair: &Pair<'_>, which: Which, span: Span) -> f32 {
    let marked = &pair.words[which];
    let word = marked.get(marked.partition_point(|w| w.span.start < span.start));
    word.filter(|w| w.span == span).map_or(0.0, |w| w.difference)
}
