//! Two versions, sentence by sentence and word by word, as alignment reads them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::encode::{EncodeRequest, Encoded, Encoder, SentenceWindows, Vectors};
use crate::error::{Error, ErrorKind, Result};
use crate::segment;
use crate::text::Span;

/// Most sentences of one side of a group: one less than [`MAX_GROUP`], because the other side has at least one.
pub const MAX_WINDOW: usize = 7;

/// Most sentences in a group, both sides together.
pub const MAX_GROUP: usize = 8;

/// Upper bound of a word's weight in nats: beyond it a word is rare because it is garbled (OCR noise splits into many
/// pieces), not because it is informative.
const MAX_WEIGHT: f32 = 25.0;

/// Most sentences of one version, some 400,000 words: the vectors of their runs take 145 MB.
pub const MAX_SENTENCES: usize = 20_000;

/// Words of one sentence that are compared with those of the other side. The rest counts in the sentence's vector and
/// length alone; a sentence of this length is a list or lacks its full stops.
pub const MAX_WORDS: usize = 2_000;

/// Most distinct words of both versions that are compared, by first appearance: their vectors take 270 MB. Two texts of
/// [`MAX_SENTENCES`] have half as many.
pub const MAX_LEXICON: usize = 131_072;

/// Most pairs of sentences that are matched without order: two texts of 10,000 sentences. Beyond it only the monotone
/// path aligns them.
pub const MAX_PAIRS: usize = 100_000_000;

/// Placeholder for all words beyond those bounds, of weight 0.
const UNKNOWN_WORD: &str = "";

/// A run of consecutive sentences: the index of the first, and how many.
pub(super) type Window = (usize, usize);

/// The sentences of one version, as alignment reads them.
#[derive(Debug)]
pub struct AlignmentSide {
    /// Unit vectors of all runs of consecutive sentences.
    pub windows: SentenceWindows,
    /// Word ids (rows of [`WordLexicon::vectors`]) of each sentence, in order.
    pub words: Vec<Vec<u32>>,
    /// Number of characters of each sentence without whitespace.
    pub chars: Vec<f32>,
    /// Anchors of each sentence: exact values, such as figures, in any notation that is equal on both sides. Set by the
    /// caller; empty where none are known.
    pub anchors: Vec<Vec<String>>,
}

/// The distinct words of both versions: a dictionary across languages, by word vectors.
#[derive(Debug)]
pub struct WordLexicon {
    /// Unit vectors, one row a word.
    pub vectors: Vectors,
    /// Information of each word in nats: minus the log-probability of its pieces under the encoder's unigram model,
    /// at most 25.
    pub weights: Vec<f32>,
    /// Whether the versions have more than [`MAX_LEXICON`] distinct words; those that came last are not in it.
    pub is_cut: bool,
}

impl AlignmentSide {
    /// Number of sentences.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// For each sentence whether it is the first with its words. A repetition would bias estimates over the text.
    pub(super) fn first_occurrences(&self) -> Vec<bool> {
        let mut seen: HashSet<&[u32]> = HashSet::with_capacity(self.len());
        self.words.iter().map(|words| seen.insert(words)).collect()
    }

    /// Whether there is no sentence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// The words of both versions, before they are encoded.
#[derive(Debug)]
pub struct PairWordIndex<'t> {
    /// The sentences of both.
    pub sentences: [&'t [&'t str]; 2],
    /// Spans of the words of each sentence of both, within the sentence.
    pub spans: [Vec<Vec<Span>>; 2],
    words: [Vec<Vec<u32>>; 2],
    distinct: Vec<&'t str>,
    weights: Vec<f32>,
    is_cut: bool,
    max_window: usize,
}

impl<'t> PairWordIndex<'t> {
    /// Splits both versions into words; runs of up to `longest` sentences will be encoded.
    ///
    /// # Errors
    /// If `longest` is over 1 and a version has more than [`MAX_SENTENCES`].
    pub fn new(encoder: &dyn Encoder, a: &'t [&'t str], b: &'t [&'t str], longest: usize) -> Result<Self> {
        let most = a.len().max(b.len());
        if longest > 1 && most > MAX_SENTENCES {
            let message = format!("a text has {most} sentences; at most {MAX_SENTENCES} are compared");
            return Err(Error::new(ErrorKind::Input, message).with_advice("split the text"));
        }
        let mut index: HashMap<&str, u32> = HashMap::new();
        let mut distinct: Vec<&str> = Vec::new();
        let mut is_cut = false;
        let mut words = [Vec::with_capacity(a.len()), Vec::with_capacity(b.len())];
        let spans = [a, b].map(|sentences| -> Vec<Vec<Span>> {
            sentences.iter().map(|sentence| segment::word_spans(sentence).collect()).collect()
        });
        for ((sentences, spans), words) in [a, b].into_iter().zip(&spans).zip(&mut words) {
            for (sentence, spans) in sentences.iter().zip(spans) {
                let ids = spans.iter().enumerate().map(|(place, span)| {
                    let full = distinct.len() >= MAX_LEXICON && !index.contains_key(span.slice(sentence));
                    is_cut |= full && place < MAX_WORDS;
                    let word = if place >= MAX_WORDS || full { UNKNOWN_WORD } else { span.slice(sentence) };
                    *index.entry(word).or_insert_with(|| {
                        distinct.push(word);
                        (distinct.len() - 1) as u32
                    })
                });
                words.push(ids.collect());
            }
        }
        let weights = distinct.iter().map(|word| {
            if *word == UNKNOWN_WORD { 0.0 } else { encoder.text_information(word).min(MAX_WEIGHT) }
        });
        let weights = weights.collect();
        Ok(Self { sentences: [a, b], spans, words, distinct, weights, is_cut, max_window: longest })
    }

    /// The information in nats of each word of each sentence of one side, 0 for A and 1 for B.
    pub fn word_information(&self, side: usize) -> impl Iterator<Item = Vec<f32>> {
        self.words[side].iter().map(|words| words.iter().map(|word| self.weights[*word as usize]).collect())
    }

    /// Encodes both versions: their runs and their distinct words; with `phrases`, ranges of the words of each sentence,
    /// also these and every word in its context.
    ///
    /// # Errors
    /// If the encoder cannot read its weights.
    pub fn encode_sides(
        self,
        encoder: &dyn Encoder,
        phrases: Option<&[Vec<Vec<Range<usize>>>; 2]>,
    ) -> Result<([(AlignmentSide, WordContext); 2], WordLexicon)> {
        let request = |s: usize| EncodeRequest {
            words: if phrases.is_some() { &self.spans[s] } else { &[] },
            phrases: phrases.map_or(&[], |phrases| &phrases[s]),
            ..EncodeRequest::for_windows(self.sentences[s], self.max_window)
        };
        let mut encoded = encoder
            .encode_requests(&[request(0), request(1), EncodeRequest::for_windows(&self.distinct, 1)])?
            .into_iter();
        let [a, b, distinct] = [(); 3].map(|()| encoded.next().unwrap_or_default());
        let vectors = distinct.windows;
        let ([words_a, words_b], [spans_a, spans_b]) = (self.words, self.spans);
        let vectors = Vectors::new(vectors.vector_dim(), vectors.gather_windows(0..self.distinct.len(), 1));
        let lexicon = WordLexicon { vectors, weights: self.weights, is_cut: self.is_cut };
        let [first, second] = self.sentences;
        Ok(([build_side(first, words_a, spans_a, a), build_side(second, words_b, spans_b, b)], lexicon))
    }
}

/// One version, as alignment and the comparison of words read it.
fn build_side(
    sentences: &[&str],
    words: Vec<Vec<u32>>,
    word_spans: Vec<Vec<Span>>,
    encoded: Encoded,
) -> (AlignmentSide, WordContext) {
    let chars = sentences.iter().map(|s| s.chars().filter(|c| !c.is_whitespace()).count() as f32);
    let (chars, anchors) = (chars.collect(), vec![Vec::new(); sentences.len()]);
    let Encoded { windows, word_vectors, phrase_vectors } = encoded;
    (
        AlignmentSide { windows, words, chars, anchors },
        WordContext { word_spans, word_vectors, phrase_vectors },
    )
}

/// The words of one version in their context.
#[derive(Debug)]
pub struct WordContext {
    /// Spans of the words of each sentence, within the sentence.
    pub word_spans: Vec<Vec<Span>>,
    /// Unit vectors of the words of each sentence in their context.
    pub word_vectors: Vec<Vectors>,
    /// Unit vectors of the phrases of each sentence.
    pub phrase_vectors: Vec<Vectors>,
}

/// Encodes both versions, their runs of up to [`MAX_WINDOW`] sentences and their distinct words.
///
/// # Errors
/// If the encoder cannot read its weights, or a version has more than [`MAX_SENTENCES`].
pub fn encode_versions(
    encoder: &dyn Encoder,
    a: &[&str],
    b: &[&str],
) -> Result<(AlignmentSide, AlignmentSide, WordLexicon)> {
    let ([(a, _), (b, _)], lexicon) =
        PairWordIndex::new(encoder, a, b, MAX_WINDOW)?.encode_sides(encoder, None)?;
    Ok((a, b, lexicon))
}
