//! The words of a group of aligned sentences, with their information.

use std::ops::Range;

use super::super::text::line_words;
use crate::divergence::{Version, VersionPair};
use crate::encode::Encoder;
use crate::segment::FoldedWord;
use crate::text::{Span, Which};

/// Most words of a side of a group that is searched: more than any aligned sentences have. Each listed word is compared
/// with each word of the other side.
pub const MAX_GROUP_WORDS: usize = 1000;

/// Information in nats from which a word is informative by itself: "the" has 4.9, "der" 7.1, "dass" 9.0, "enge" 15.6.
pub(super) const MIN_INFORMATION: f32 = 9.2;

/// The words of an aligned group.
pub(super) struct AlignedWords {
    /// Words of the garbled version.
    pub(super) own: Vec<FoldedWord>,
    /// Words of the other version.
    pub(super) other: Vec<FoldedWord>,
    /// Information of each word of both sides, in nats.
    pub(super) information: [Vec<f32>; 2],
}

impl AlignedWords {
    /// The words of a group of a pair.
    pub(super) fn new(pair: &VersionPair<'_>, group: usize, garbled: Which, encoder: &dyn Encoder) -> Self {
        let [own, other] = [garbled, garbled.other_side()]
            .map(|side| sentence_words(pair.side_version(side), pair.group_sentences(group, side)));
        let information = [&own, &other]
            .map(|words| words.iter().map(|w| encoder.text_information(w.compared_form(true))).collect());
        Self { own, other, information }
    }

    /// Whether neither side has more than [`MAX_GROUP_WORDS`].
    pub(super) fn is_short_enough(&self) -> bool {
        self.own.len().max(self.other.len()) <= MAX_GROUP_WORDS
    }
}

fn sentence_words(version: &Version, sentences: &[usize]) -> Vec<FoldedWord> {
    sentences.iter().flat_map(|sentence| line_words(version, *sentence)).collect()
}

/// The largest of some values, at least 0.
pub(super) fn max_value(values: &[f32]) -> f32 {
    values.iter().copied().fold(0.0, f32::max)
}

/// The span from the first word to the last, without a possessive ending.
pub(super) fn phrase_span(words: &[FoldedWord], text: &str) -> Span {
    Span::new(words[0].span.start, words[words.len() - 1].core_span(text).end)
}

/// The spans of all runs of up to `longest` words in a range.
pub(super) fn word_grams(
    words: &[FoldedWord],
    range: Range<usize>,
    longest: usize,
    text: &str,
) -> impl Iterator<Item = Span> {
    let end = range.end;
    range.flat_map(move |start| {
        (start + 1..=end.min(start + longest)).map(move |end| phrase_span(&words[start..end], text))
    })
}
