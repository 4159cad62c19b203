//! The cues of a sentence with their places among its words.

use super::version::Version;
use crate::claims::{Cue, find_cues};
use crate::segment;
use crate::text::Span;

/// A cue with its place in a sentence.
#[derive(Clone, Debug)]
pub(super) struct PlacedCue {
    pub(super) sentence: usize,
    pub(super) cue: Cue,
    /// Numbers of its first word and of the word after its last, among the words of the sentence.
    pub(super) word_range: (usize, usize),
}

/// Signs between reported speech and its speaker.
const SPEECH_SIGNS: [char; 9] = [',', ';', ':', '"', '“', '”', '„', '«', '»'];

/// The cues of each compared sentence, in order.
pub(super) fn compared_cues(version: &Version) -> Vec<Vec<PlacedCue>> {
    version.compared_sentences.iter().map(|k| sentence_cues(version, *k)).collect()
}

fn sentence_cues(version: &Version, sentence: usize) -> Vec<PlacedCue> {
    let text = version.sentence_text(sentence);
    let words: Vec<Span> = segment::word_spans(text).collect();
    let mut cues: Vec<PlacedCue> = Vec::new();
    for cue in find_cues(text, version.sentence_lang(sentence)) {
        let first = words.partition_point(|w| w.end <= cue.span.start);
        let last = words.partition_point(|w| w.start < cue.span.end);
        // "Could possibly": one cue of two words, but not '"nobody asked us," said'.
        let is_doubled = cues.last().is_some_and(|previous| {
            let end = previous.cue.span.end.min(cue.span.start);
            previous.word_range.1 + 1 >= first
                && previous.cue.kind == cue.kind
                && !text[end..cue.span.start].contains(SPEECH_SIGNS)
        });
        if !is_doubled {
            cues.push(PlacedCue { sentence, cue, word_range: (first, last) });
        }
    }
    cues
}
