use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::encode::{EncodeRequest, Encoded, Encoder, SentenceWindows, Vectors};
use crate::error::{Error, ErrorKind, Result};
use crate::segment;
use crate::text::Span;

/// Longest run of sentences that one side of a group may hold. With a partner of at least one sentence a group
/// has at most eight.
pub const MAX_WINDOW: usize = 7;

/// Most sentences in a group, both sides together.
pub const MAX_GROUP: usize = 8;

/// Upper bound of a word's weight in nats: past it a word is rare because it is garbled (OCR noise splits into many
/// pieces), not because it says more.
const MAX_WEIGHT: f32 = 25.0;

/// Most sentences of one version, some 400,000 words: the vectors of their runs take 145 MB.
pub const MAX_SENTENCES: usize = 20_000;

/// Words of one sentence that are looked up on the other side. What follows counts in its vector and its length alone;
/// a sentence of this length is a list or lacks its stops.
pub const MAX_WORDS: usize = 2_000;

/// Distinct words of both versions that are looked up, by first appearance: their vectors take 270 MB. Two texts of
/// [`MAX_SENTENCES`] hold half of that.
pub const MAX_LEXICON: usize = 131_072;

/// Stands for all words past those bounds; it weighs nothing.
const UNKNOWN_WORD: &str = "";

/// What alignment knows about the sentences of one version.
#[derive(Debug)]
pub struct AlignmentSide {
    /// Unit vectors of all runs of consecutive sentences.
    pub windows: SentenceWindows,
    /// Word ids (rows of [`Lexicon::vectors`]) of each sentence, in order.
    pub words: Vec<Vec<u32>>,
    /// Characters that are not whitespace, of each sentence.
    pub chars: Vec<f32>,
    /// What each sentence names exactly, in any form that is equal on both sides: figures by value, say. Given by
    /// the caller; empty where nothing is known.
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

    /// For each sentence whether its words stand there for the first time: what is repeated says nothing new about
    /// what the text is like.
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

/// Both versions word by word, before they are encoded.
#[derive(Debug)]
pub struct PairWordIndex<'t> {
    /// The sentences of both.
    pub sentences: [&'t [&'t str]; 2],
    /// The words of each sentence of both.
    pub spans: [Vec<Vec<Span>>; 2],
    words: [Vec<Vec<u32>>; 2],
    distinct: Vec<&'t str>,
    weights: Vec<f32>,
    is_cut: bool,
    max_window: usize,
}

impl<'t> PairWordIndex<'t> {
    /// Cuts both versions into words; runs of up to `longest` sentences will be encoded.
    ///
    /// # Errors
    /// If runs of several sentences are asked for and a version has more than [`MAX_SENTENCES`].
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
        let weight = |word: &&str| {
            if *word == UNKNOWN_WORD { 0.0 } else { encoder.text_information(word).min(MAX_WEIGHT) }
        };
        let weights = distinct.iter().map(weight).collect();
        Ok(Self { sentences: [a, b], spans, words, distinct, weights, is_cut, max_window: longest })
    }

    /// The information in nats of each word of each sentence of one side.
    pub fn word_information(&self, side: usize) -> impl Iterator<Item = Vec<f32>> {
        self.words[side].iter().map(|words| words.iter().map(|word| self.weights[*word as usize]).collect())
    }

    /// Encodes both versions, their runs, the `phrases` of each sentence if they are told (with every word in its
    /// context), and the distinct words.
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
        let mut next = || encoded.next().unwrap_or_default();
        let (a, b, vectors) = (next(), next(), next().windows);
        let build = |sentences: &[&str], words, spans, encoded: Encoded| {
            let chars = sentences.iter().map(|s| s.chars().filter(|c| !c.is_whitespace()).count() as f32);
            let (chars, anchors) = (chars.collect(), vec![Vec::new(); sentences.len()]);
            let side = AlignmentSide { windows: encoded.windows, chars, anchors, words };
            (
                side,
                WordContext {
                    word_spans: spans,
                    word_vectors: encoded.word_vectors,
                    phrase_vectors: encoded.phrase_vectors,
                },
            )
        };
        let ([words_a, words_b], [spans_a, spans_b]) = (self.words, self.spans);
        let vectors = Vectors::new(vectors.vector_dim(), vectors.gather_windows(0..self.distinct.len(), 1));
        let lexicon = WordLexicon { vectors, weights: self.weights, is_cut: self.is_cut };
        let [first, second] = self.sentences;
        Ok(([build(first, words_a, spans_a, a), build(second, words_b, spans_b, b)], lexicon))
    }
}

/// The words of one version where they stand.
#[derive(Debug)]
pub struct WordContext {
    /// The words of each sentence.
    pub word_spans: Vec<Vec<Span>>,
    /// Unit vectors of the words of each sentence in their context.
    pub word_vectors: Vec<Vectors>,
    /// Unit vectors of the phrases of each sentence.
    pub phrase_vectors: Vec<Vectors>,
}

/// Encodes both versions, their runs of up to [`MAX_RUN`] sentences and their distinct words.
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
