//! Words and phrases in their contexts: sums over their pieces, collected while the text is encoded for its runs.
//!
//! Pooling is additive, so the sum over a phrase is that over its words, and costs the dense layers alone. The marks of its
//! sentence are added to it, as every text is encoded between its own marks.

use std::iter::repeat_n;
use std::ops::Range;

use rayon::prelude::*;

use super::batch::{
    EncoderCall, ThreadScratch, TokenSequences, add_features, split_by_sizes, take_zeros, with_scratch,
};
use super::dots::dot;
use super::encoder::EncodeRequest;
use super::forward::{FEATURES, WIDTH};
use super::tokenize::{self, BEGIN, END, Tokenizer, UNKNOWN};
use super::vectors::Vectors;
use crate::error::Result;
use crate::text::Span;

/// Sentences that one thread tokenizes at a time.
const SENTENCES_PER_THREAD: usize = 64;

/// Phrases that go through the dense layers together.
const PHRASES_PER_BATCH: usize = 64;

/// The sentences of a text as token ids, and the tokens of each word.
pub(super) struct TokenizedText {
    /// Ids of all sentences, without marks.
    pub(super) ids: Vec<u32>,
    /// Where each sentence begins, and the end of the last.
    pub(super) bounds: Vec<usize>,
    /// The sentences that were truncated.
    pub(super) truncated: Vec<usize>,
    /// The tokens of each word of all sentences; none where it was truncated.
    words: Vec<Range<usize>>,
    /// The first word of each sentence, and the end of the last; all 0 where no words are requested.
    first_words: Vec<usize>,
}

/// A sentence as ids, the tokens of its words, and whether it was truncated.
type TokenizedSentence = (Vec<u32>, Vec<Range<usize>>, bool);

impl TokenizedText {
    /// Tokenizes the sentences of a request.
    pub(super) fn new(tokenizer: Tokenizer<'_>, asked: &EncodeRequest<'_>) -> Self {
        let sentences: Vec<TokenizedSentence> = asked
            .sentences
            .par_iter()
            .enumerate()
            .with_min_len(SENTENCES_PER_THREAD)
            .map_init(tokenize::TokenizerScratch::default, |scratch, (s, text)| match asked.words.get(s) {
                None => {
                    let mut ids = Vec::new();
                    let truncated = tokenizer.append_ids(text, scratch, &mut ids);
                    (ids, Vec::new(), truncated)
                }
                Some(words) => {
                    let tokens = tokenizer.tokenize_text(text, scratch);
                    (tokens.ids, word_pieces(&tokens.spans, words), tokens.truncated)
                }
            })
            .collect();
        let mut text = Self {
            ids: Vec::new(),
            bounds: vec![0],
            truncated: Vec::new(),
            words: Vec::new(),
            first_words: vec![0],
        };
        for (s, (ids, words, truncated)) in sentences.into_iter().enumerate() {
            let first = text.ids.len();
            text.words.extend(words.into_iter().map(|word| first + word.start..first + word.end));
            text.first_words.push(text.words.len());
            text.ids.extend(ids);
            text.bounds.push(text.ids.len());
            text.truncated.extend(truncated.then_some(s));
        }
        text
    }

    /// Sentences of a single piece each.
    pub(super) fn from_pieces(ids: &[u32]) -> Self {
        Self {
            ids: ids.to_vec(),
            bounds: (0..=ids.len()).collect(),
            truncated: Vec::new(),
            words: Vec::new(),
            first_words: vec![0; ids.len() + 1],
        }
    }

    /// Number of sentences.
    pub(super) fn sentence_count(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The tokens of a sentence.
    pub(super) fn sentence_tokens(&self, sentence: usize) -> Range<usize> {
        self.bounds[sentence]..self.bounds[sentence + 1]
    }

    /// The tokens of a run of sentences.
    pub(super) fn window_tokens(&self, run: &Range<usize>) -> Range<usize> {
        self.bounds[run.start]..self.bounds[run.end]
    }

    /// These sentences, each between its marks.
    pub(super) fn marked_sequences(&self, sentences: impl IntoIterator<Item = usize>) -> TokenSequences {
        let mut texts = TokenSequences::default();
        for sentence in sentences {
            push_marked(&mut texts, &self.ids[self.sentence_tokens(sentence)]);
        }
        texts
    }

    /// The words of a range of sentences.
    fn word_range(&self, sentences: &Range<usize>) -> Range<usize> {
        self.first_words[sentences.start]..self.first_words[sentences.end]
    }
}

/// The pieces that overlap each word; one that overlaps two words belongs to both.
fn word_pieces(spans: &[Span], words: &[Span]) -> Vec<Range<usize>> {
    let mut next = 0;
    let pieces = words.iter().map(|word| {
        while spans.get(next).is_some_and(|piece| piece.end <= word.start) {
            next += 1;
        }
        let own = spans[next..].iter().take_while(|piece| piece.start < word.end).count();
        next..next + own
    });
    pieces.collect()
}

/// Adds a text between its marks. An empty text becomes one unknown piece, as in the reference.
pub(super) fn push_marked(texts: &mut TokenSequences, ids: &[u32]) {
    let ids = if ids.is_empty() { &[UNKNOWN] } else { ids };
    texts.push_sequence([BEGIN].into_iter().chain(ids.iter().copied()).chain([END]));
}

/// Sums of features over the words and the marks of a group of sentences; empty where no words are requested.
pub(super) struct ContextSums<'t> {
    text: &'t TokenizedText,
    sentences: Range<usize>,
    /// One row of [`FEATURES`] for each word.
    words: Vec<f32>,
    /// One row of [`FEATURES`] for each sentence.
    marks: Vec<f32>,
}

impl<'t> ContextSums<'t> {
    pub(super) fn new(text: &'t TokenizedText, sentences: Range<usize>, scratch: &mut ThreadScratch) -> Self {
        let words = text.word_range(&sentences).len();
        let marks = if text.words.is_empty() { 0 } else { sentences.len() };
        let [kept_words, kept_marks] = &mut scratch.context;
        let (words, marks) =
            (take_zeros(kept_words, words * FEATURES), take_zeros(kept_marks, marks * FEATURES));
        Self { text, sentences, words, marks }
    }

    /// Whether no words are requested.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Adds the features of one of the two marks of a sentence.
    pub(super) fn add_mark(&mut self, sentence: usize, features: &[f32; FEATURES]) {
        let at = (sentence - self.sentences.start) * FEATURES;
        if let Some(sum) = self.marks.get_mut(at..at + FEATURES) {
            add_features(sum, features, 1.0);
        }
    }

    /// Adds the features of a token to the words that it belongs to.
    pub(super) fn add_token(&mut self, token: usize, features: &[f32; FEATURES]) {
        let own = self.text.word_range(&self.sentences);
        let words = &self.text.words[own];
        let first = words.partition_point(|word| word.end <= token);
        for (k, _) in words.iter().enumerate().skip(first).take_while(|(_, word)| word.start <= token) {
            add_features(&mut self.words[k * FEATURES..][..FEATURES], features, 1.0);
        }
    }

    /// Encodes the sentences `which` between their marks and adds their features; `each` is called with every row as well,
    /// and its sentence.
    pub(super) fn add_sentences(
        &mut self,
        call: &EncoderCall<'_>,
        which: &[usize],
        scratch: &mut ThreadScratch,
        mut each: impl FnMut(usize, &[f32; FEATURES]),
    ) -> Result<()> {
        let texts = self.text.marked_sequences(which.iter().copied());
        let mut places = Vec::new();
        for sentence in which {
            let tokens = self.text.sentence_tokens(*sentence);
            places.push((*sentence, None));
            places.extend(tokens.clone().map(|token| (*sentence, Some(token))));
            places.extend(repeat_n((*sentence, None), 1 + usize::from(tokens.is_empty())));
        }
        call.compute_features(&texts.ids, &texts.lengths, None, scratch, |t, features| {
            let (sentence, token) = places[t];
            match token {
                Some(token) => self.add_token(token, features),
                None => self.add_mark(sentence, features),
            }
            each(sentence, features);
        })
    }

    /// Projects the sums into the group's part of [`PooledContext`].
    pub(super) fn write_pooled(
        mut self,
        call: &EncoderCall<'_>,
        [words, marks]: [&mut [f32]; 2],
        scratch: &mut ThreadScratch,
    ) {
        let own = &self.text.words[self.text.word_range(&self.sentences)];
        let counts: Vec<f32> = own.iter().map(|word| word.len() as f32).collect();
        call.project_sums(&mut self.words, &counts, words, scratch);
        let counts = vec![2.0; self.marks.len() / FEATURES];
        call.project_sums(&mut self.marks, &counts, marks, scratch);
        scratch.context = [self.words, self.marks];
    }
}

/// Sums over words and over marks in the pooled space, rows of [`WIDTH`], for all sentences of a text.
pub(super) struct PooledContext {
    words: Vec<f32>,
    marks: Vec<f32>,
}

impl PooledContext {
    /// Zeros for the [`ContextSums`] of all sentences.
    pub(super) fn new(text: &TokenizedText) -> Self {
        let marks = if text.words.is_empty() { 0 } else { text.sentence_count() };
        Self { words: vec![0.0; text.words.len() * WIDTH], marks: vec![0.0; marks * WIDTH] }
    }

    /// The parts of consecutive groups of sentences: words and marks.
    pub(super) fn split_groups(
        &mut self,
        text: &TokenizedText,
        groups: &[Range<usize>],
    ) -> Vec<[&mut [f32]; 2]> {
        let words =
            split_by_sizes(&mut self.words, groups.iter().map(|group| text.word_range(group).len() * WIDTH));
        let has_words = !text.words.is_empty();
        let marks = split_by_sizes(
            &mut self.marks,
            groups.iter().map(|group| if has_words { group.len() * WIDTH } else { 0 }),
        );
        words.into_iter().zip(marks).map(|(words, marks)| [words, marks]).collect()
    }

    /// The vectors of the phrases of each sentence.
    pub(super) fn phrase_vectors(
        &self,
        call: &EncoderCall<'_>,
        text: &TokenizedText,
        asked: &[Vec<Range<usize>>],
    ) -> Vec<Vectors> {
        let all: Vec<(usize, Range<usize>)> = asked
            .iter()
            .enumerate()
            .flat_map(|(s, phrases)| {
                let first = text.first_words[s];
                phrases.iter().map(move |phrase| (s, first + phrase.start..first + phrase.end))
            })
            .collect();
        let mut out = vec![0.0; all.len() * WIDTH];
        all.par_chunks(PHRASES_PER_BATCH).zip(out.par_chunks_mut(PHRASES_PER_BATCH * WIDTH)).for_each(
            |(phrases, out)| {
                let summed = phrases.iter().map(|(sentence, words)| {
                    let rows = self.words[words.start * WIDTH..words.end * WIDTH].chunks_exact(WIDTH);
                    let pieces: usize = text.words[words.clone()].iter().map(Range::len).sum();
                    (&self.marks[sentence * WIDTH..][..WIDTH], rows, pieces + 2)
                });
                with_scratch(|scratch| call.finish_sums(summed, out, scratch));
            },
        );
        let mut rest = &out[..];
        let by_sentence = asked.iter().map(|phrases| {
            let (own, others) = rest.split_at(phrases.len() * WIDTH);
            rest = others;
            Vectors::new(WIDTH, own.to_vec())
        });
        by_sentence.collect()
    }

    /// The vectors of the words of each sentence.
    pub(super) fn word_vectors(mut self, text: &TokenizedText) -> Vec<Vectors> {
        self.words.chunks_exact_mut(WIDTH).for_each(scale_to_unit);
        let by_sentence = (0..text.sentence_count()).map(|s| {
            let own = text.word_range(&(s..s + 1));
            Vectors::new(WIDTH, self.words[own.start * WIDTH..own.end * WIDTH].to_vec())
        });
        by_sentence.collect()
    }
}

/// Scales to unit length; a zero vector stays one.
fn scale_to_unit(row: &mut [f32]) {
    let length = dot(row, row).sqrt().max(f32::MIN_POSITIVE);
    for value in row {
        *value /= length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_pieces_that_it_takes_part_in() {
        let spans = |places: &[(usize, usize)]| -> Vec<Span> {
            places.iter().map(|(start, end)| Span::new(*start, *end)).collect()
        };
        let found = word_pieces(
            &spans(&[(0, 0), (0, 2), (2, 5), (5, 7), (8, 9)]),
            &spans(&[(0, 3), (3, 7), (8, 9), (9, 12)]),
        );
        assert_eq!(found, [1..3, 2..4, 4..5, 5..5]);
        assert!(word_pieces(&[], &spans(&[(0, 3), (4, 5)])).iter().all(Range::is_empty));
    }
}
