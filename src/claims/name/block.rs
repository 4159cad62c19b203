//! The words of a block, their use in the whole text, and where capitals are evidence of a name.

use std::collections::HashMap;

use super::lexicon::{NameLexicon, class};
use super::token::{WordGap, WordShape, WordToken};

/// The most words of a name. The longest names of institutions are shorter; it bounds the work in text in capitals.
pub const MAX_NAME_WORDS: usize = 16;

/// Classes of capitalised German words that are no names in any context.
pub(super) const NO_GERMAN_NAME: u32 = class::STARTER
    | class::TITLE
    | class::NATION
    | class::TIME
    | class::COMMON
    | class::CORPORATE
    | class::APPOSITION;

/// Counts of the uses of a word in the whole text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordUsage {
    /// With a capital, where only names have one.
    pub named: u16,
    /// Without a capital.
    pub lower: u16,
    /// German: with a capital, without a determiner or an adjective before it.
    pub bare: u16,
    /// German: with a capital, after a determiner, an adjective or a number.
    pub determined: u16,
    /// German: first part of a compound with a hyphen.
    pub compound: u16,
}

/// The uses of the words of the whole text, by their key.
#[derive(Debug, Default)]
pub(super) struct UsageEvidence {
    pub words: HashMap<u64, WordUsage>,
}

impl UsageEvidence {
    pub(super) fn usage_of(&self, token: &WordToken) -> WordUsage {
        self.words.get(&token.key).copied().unwrap_or_default()
    }
}

/// The words of a block, and where capitals are no evidence.
pub(super) struct TokenBlock<'a> {
    pub text: &'a str,
    pub words: Vec<WordToken>,
    /// Whether the word is part of a headline in title case or in capitals.
    pub in_headline: Vec<bool>,
    /// German: whether the word is a noun by its class or ending, and so no name by itself. Empty in other languages.
    pub nouns: Vec<bool>,
}

/// A name as a range of words, with the bytes of a genitive ending to cut off the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameRange {
    pub first: usize,
    pub last: usize,
    pub cut_bytes: usize,
}

impl<'a> TokenBlock<'a> {
    pub(super) fn new(text: &'a str, words: Vec<WordToken>, lexicon: &NameLexicon) -> Self {
        let in_headline = mark_headlines(text, &words, lexicon);
        let nouns =
            if lexicon.grammar.nouns_capitalised { mark_nouns(text, &words, lexicon) } else { Vec::new() };
        Self { text, words, in_headline, nouns }
    }

    pub(super) fn word_text(&self, i: usize) -> &'a str {
        self.words[i].span.slice(self.text)
    }
}

/// Marks the words of headlines: sentences with a capital on nearly every content word, and pieces of any length in
/// capitals alone without a full stop.
fn mark_headlines(text: &str, words: &[WordToken], lexicon: &NameLexicon) -> Vec<bool> {
    let mut marks = vec![false; words.len()];
    let mut start = 0;
    while start < words.len() {
        let end =
            (start + 1..words.len()).find(|i| words[*i].gap_before == WordGap::Start).unwrap_or(words.len());
        let (mut capital, mut lower, mut capitals, mut other) = (0, 0, 0, 0);
        for word in &words[start..end] {
            let small = word.class & (class::STARTER | class::PARTICLE | class::LINK) != 0;
            match word.shape {
                WordShape::Lower if !small => lower += 1,
                WordShape::Lower | WordShape::Number | WordShape::Initial => {}
                _ => capital += 1,
            }
            match word.shape {
                WordShape::Capitals => capitals += 1,
                WordShape::Capital | WordShape::Lower | WordShape::Camel => other += 1,
                _ => {}
            }
        }
        let until = words.get(end).map_or(text.len(), |next| next.span.start);
        let tail = &text[words[end - 1].end..until];
        let stopped = tail.contains(['.', '!', '?', '…']) || words.get(end).is_some_and(|next| next.stopped);
        let quoted = !stopped && end < words.len() && tail.matches('\n').count() < 2;
        let title = !lexicon.grammar.nouns_capitalised
            && match (stopped, quoted) {
                (true, _) => lower == 0 && capital >= 6,
                (_, true) => lower == 0 && capital >= 4,
                _ => capital >= 2 && lower * 6 <= capital,
            };
        let loud = capitals >= 3 && other * 6 <= capitals;
        marks[start..end].fill(title || loud);
        start = end;
    }
    marks
}

/// Which words are nouns by their class or ending.
fn mark_nouns(text: &str, words: &[WordToken], lexicon: &NameLexicon) -> Vec<bool> {
    words
        .iter()
        .map(|w| w.is_capitalised() && (w.has_class(NO_GERMAN_NAME) || lexicon.is_noun(w.span.slice(text))))
        .collect()
}
