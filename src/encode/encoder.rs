//! What an encoder is asked for and what it returns.

use std::ops::Range;

use super::sentence_windows::{SentenceWindows, window_ranges};
use super::vectors::Vectors;
use crate::error::Result;
use crate::text::Span;

/// Identity of an encoder: vectors of different encoders cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncoderIdentity {
    /// Name of the network.
    pub name: &'static str,
    /// SHA-256 of the weights as published, in hexadecimal digits.
    pub sha256: &'static str,
}

/// Maps texts to vectors whose cosine measures the similarity of two meanings, across languages.
pub trait Encoder: Sync {
    /// Identity of this encoder.
    fn encoder_identity(&self) -> &EncoderIdentity;

    /// One vector for each text, in order. A text can be a word, a sentence or empty. Many texts in one call are several
    /// times faster than one by one.
    ///
    /// # Errors
    /// If the weights cannot be read.
    fn encode_texts(&self, texts: &[&str]) -> Result<Vectors>;

    /// Information of a text in nats: minus the log-probability of its pieces under the encoder's unigram model. Rare words
    /// have much, "the" has little, in any language.
    fn text_information(&self, text: &str) -> f32;

    /// Answers the requests, in order. Several in one call are faster than one by one. The default encodes every run, word
    /// and phrase by itself; an encoder with contextual vectors overrides it.
    ///
    /// # Errors
    /// If the weights cannot be read.
    fn encode_requests(&self, texts: &[EncodeRequest<'_>]) -> Result<Vec<Encoded>> {
        texts.iter().map(|request| encode_separately(self, request)).collect()
    }
}

/// The answer to a request by an encoder without context: every run, word and phrase encoded by itself.
fn encode_separately<E: Encoder + ?Sized>(encoder: &E, request: &EncodeRequest<'_>) -> Result<Encoded> {
    let ranges: Vec<_> = window_ranges(request.sentences.len(), request.max_window).collect();
    let joined: Vec<String> = ranges.iter().map(|range| request.sentences[range.clone()].join(" ")).collect();
    let vectors = encoder.encode_texts(&joined.iter().map(String::as_str).collect::<Vec<_>>())?;
    let truncated = vectors.truncated_rows().iter().map(|row| &ranges[*row]);
    let truncated = truncated.filter(|range| range.len() == 1).map(|range| range.start).collect();
    let half = vectors.all_values().iter().map(|v| half::f16::from_f32(*v)).collect();
    let windows = SentenceWindows::new(
        request.sentences.len(),
        request.max_window,
        vectors.vector_dim(),
        half,
        truncated,
    );
    let sentences = request.sentences.iter().zip(request.words);
    let words = sentences.clone().map(|(text, words)| {
        encoder.encode_texts(&words.iter().map(|word| word.slice(text)).collect::<Vec<_>>())
    });
    let phrases = sentences.zip(request.phrases).map(|((text, words), phrases)| {
        let texts = phrases.iter().map(|range| &text[words[range.start].start..words[range.end - 1].end]);
        encoder.encode_texts(&texts.collect::<Vec<_>>())
    });
    Ok(Encoded {
        windows,
        word_vectors: words.collect::<Result<_>>()?,
        phrase_vectors: phrases.collect::<Result<_>>()?,
    })
}

/// A text, and the vectors that are requested for it.
#[derive(Clone, Copy, Debug)]
pub struct EncodeRequest<'t> {
    /// Its sentences.
    pub sentences: &'t [&'t str],
    /// Sentences of the longest run of which a vector is requested, at least 1. Memory grows with the number of runs.
    pub max_window: usize,
    /// For each sentence the words whose vectors in context are requested, in order and without overlap. Empty where none
    /// are.
    pub words: &'t [Vec<Span>],
    /// For each sentence the phrases whose vectors are requested, as non-empty ranges of its words. Empty where none are.
    pub phrases: &'t [Vec<Range<usize>>],
}

impl<'t> EncodeRequest<'t> {
    /// A request for the vectors of runs of up to `longest` sentences alone.
    #[must_use]
    pub fn for_windows(sentences: &'t [&'t str], longest: usize) -> Self {
        Self { sentences, max_window: longest, words: &[], phrases: &[] }
    }
}

/// The vectors that were requested for a text.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// The vector of every run of 1 to [`EncodeRequest::max_window`] consecutive sentences, as if the run, joined by single
    /// spaces, had been encoded.
    pub windows: SentenceWindows,
    /// For each sentence the vectors of its words in their context; zeros for a word beyond
    /// [`MAX_TOKENS`](super::MAX_TOKENS). They are comparable with each other alone.
    pub word_vectors: Vec<Vectors>,
    /// For each sentence the vectors of its phrases.
    pub phrase_vectors: Vec<Vectors>,
}
