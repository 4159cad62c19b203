//! The sentences and words of a version in which signs are searched.

use super::lexicon::GarbleLexicon;
use crate::article::Role;
use crate::divergence::Version;
use crate::segment::{FoldedWord, folded_words};
use crate::text::Span;

/// A sentence with its words, in the version's text.
#[derive(Debug)]
pub(super) struct GarbleLine {
    /// Index into the version's sentences.
    pub(super) sentence: usize,
    /// The role of its block.
    pub(super) role: Role,
    /// Bytes of the version's text.
    pub(super) span: Span,
    /// Its words, spans in the version's text.
    pub(super) words: Vec<FoldedWord>,
}

/// A version with its lexicon and its words.
#[derive(Debug)]
pub(super) struct GarbleText<'a> {
    pub(super) version: &'a Version,
    pub(super) lexicon: &'static GarbleLexicon,
    /// All sentences but those of bylines.
    pub(super) lines: Vec<GarbleLine>,
}

impl<'a> GarbleText<'a> {
    /// `None` for a language without data.
    pub(super) fn new(version: &'a Version) -> Option<Self> {
        let lexicon = GarbleLexicon::for_lang(version.article.lang)?;
        let lines = version.sentences.iter().enumerate().filter(|(_, s)| s.role != Role::Byline);
        let lines = lines.map(|(sentence, s)| GarbleLine {
            sentence,
            role: s.role,
            span: s.span,
            words: line_words(version, sentence),
        });
        Some(Self { version, lexicon, lines: lines.collect() })
    }

    /// The whole text.
    pub(super) fn full_text(&self) -> &'a str {
        &self.version.article.text
    }

    /// The sentences that take part in a comparison.
    pub(super) fn compared_lines(&self) -> impl Iterator<Item = &GarbleLine> {
        self.lines.iter().filter(|line| line.role != Role::Boilerplate)
    }

    /// The number of words in [`Self::compared_lines`].
    pub(super) fn compared_word_count(&self) -> usize {
        self.compared_lines().map(|line| line.words.len()).sum()
    }
}

/// The words of a version's sentence, spans in the version's text.
pub(super) fn line_words(version: &Version, sentence: usize) -> Vec<FoldedWord> {
    let span = version.sentences[sentence].span;
    let mut words = folded_words(span.slice(&version.article.text));
    for word in &mut words {
        word.span = word.span.shifted_by(span.start);
    }
    words
}
