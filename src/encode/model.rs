//! The encoder itself, over the converted file.

use std::path::Path;

use rayon::prelude::*;

use super::batch::{Call, Scratch, TOKENS, Texts, fitting};
use super::file::{self, ModelFile};
use super::forward::{CHANNELS, Dense, FEATURES, INNER, Net, WIDTH};
use super::kernel::Packed;
use super::normalize::Charsmap;
use super::tokenize::{BEGIN, END, Tokenizer, Tokens, UNKNOWN};
use super::trie::Trie;
use super::{Encoder, Identity, Runs, Vectors, WHEEL_SHA256, runs, tokenize};
use crate::error::Result;
use crate::text::Span;

/// Texts that one thread tokenizes at a time.
const SHARE: usize = 64;

/// *universal-sentence-encoder-multilingual v3*, mapped from an installed file.
#[derive(Debug)]
pub struct Model {
    file: ModelFile,
    identity: Identity,
}

/// The pieces of one text with a vector each.
#[derive(Clone, Debug)]
pub struct Features {
    /// The pieces.
    pub tokens: Tokens,
    /// One row a piece: its features in context, projected to the space in which the encoder sums over tokens.
    /// Scaled to unit length; compare them with each other, not with sentence vectors.
    pub vectors: Vectors,
}

impl Features {
    /// A unit vector for each word: the mean of its pieces. Words are in order and do not overlap.
    fn of_words(&self, words: &[Span]) -> Vectors {
        let mut values = vec![0.0; words.len() * WIDTH];
        let mut next = 0;
        for (word, sum) in words.iter().zip(values.chunks_exact_mut(WIDTH)) {
            while let Some(piece) = self.tokens.spans.get(next).filter(|piece| piece.start < word.end) {
                if piece.end > word.start {
                    sum.iter_mut().zip(self.vectors.row(next)).for_each(|(sum, value)| *sum += value);
                }
                if piece.end > word.end {
                    // It belongs to the next word as well.
                    break;
                }
                next += 1;
            }
            unit(sum);
        }
        Vectors::new(WIDTH, values)
    }
}

/// Scales to unit length; zeros stay.
fn unit(row: &mut [f32]) {
    let length = row.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for value in row {
        *value /= length;
    }
}

impl Model {
    /// Opens the encoder that [`super::install()`] made in `folder`.
    ///
    /// # Errors
    /// If there is none, or if it is damaged, foreign or of another version.
    pub fn open(folder: &Path) -> Result<Self> {
        let identity = Identity { name: "use-multilingual-v3", sha256: WHEEL_SHA256 };
        Ok(Self { file: ModelFile::open(folder)?, identity })
    }

    /// Reads the whole file in `folder` and checks it against the SHA-256 of each section; `progress` gets the
    /// share done, 0..=1.
    ///
    /// # Errors
    /// If there is no such file, or if it is not exactly what installing wrote.
    pub fn verify(folder: &Path, progress: &mut dyn FnMut(f64)) -> Result<()> {
        file::verify(folder, progress)
    }

    /// The pieces of `text`.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Tokens {
        self.tokenizer().tokens(text, &mut tokenize::Scratch::default())
    }

    /// The pieces of each text, each piece with a vector of its meaning in context (four pieces either way).
    ///
    /// # Errors
    /// If the weights cannot be read.
    pub fn features(&self, texts: &[&str]) -> Result<Vec<Features>> {
        let tokenizer = self.tokenizer();
        let tokens: Vec<Tokens> = texts
            .par_iter()
            .map_init(tokenize::Scratch::default, |s, text| tokenizer.tokens(text, s))
            .collect();
        let all: Vec<u32> = tokens.iter().flat_map(|t| &t.ids).copied().chain([BEGIN, END]).collect();
        let call = Call::new(&self.net(), &self.file, &all)?;
        // Between the marks.
        let lengths: Vec<usize> = tokens.iter().map(|t| t.ids.len() + 2).collect();
        let (mut tokens, mut lengths, mut batches) = (tokens.into_iter(), &lengths[..], Vec::new());
        while !lengths.is_empty() {
            let (own, rest) = lengths.split_at(fitting(lengths, TOKENS));
            batches.push((tokens.by_ref().take(own.len()).collect::<Vec<_>>(), own));
            lengths = rest;
        }
        let found: Vec<Vec<Features>> = batches
            .into_par_iter()
            .map_init(Scratch::default, |scratch, (tokens, lengths)| {
                let marked = tokens
                    .iter()
                    .flat_map(|t| [BEGIN].into_iter().chain(t.ids.iter().copied()).chain([END]))
                    .collect::<Vec<u32>>();
                let mut sums = Vec::with_capacity(marked.len() * FEATURES);
                let inside: Vec<usize> = lengths
                    .iter()
                    .scan(0, |end, length| {
                        *end += length;
                        Some(*end + 1 - length..*end - 1)
                    })
                    .flatten()
                    .collect();
                call.features(&marked, lengths, Some(&inside), scratch, |_, features| {
                    sums.extend_from_slice(features);
                })?;
                let counts = vec![1.0; sums.len() / FEATURES];
                let mut values = vec![0.0; counts.len() * WIDTH];
                call.project(&mut sums, &counts, &mut values);
                values.chunks_exact_mut(WIDTH).for_each(unit);
                let mut rest = &values[..];
                let features = tokens.into_iter().map(|tokens| {
                    let (own, others) = rest.split_at(tokens.ids.len() * WIDTH);
                    rest = others;
                    Features { tokens, vectors: Vectors::new(WIDTH, own.to_vec()) }
                });
                Ok(features.collect())
            })
            .collect::<Result<_>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Ids of each text, between the marks or without, and which texts were cut.
    fn ids(&self, texts: &[&str], marked: bool) -> (Texts, Vec<usize>) {
        let tokenizer = self.tokenizer();
        let parts: Vec<(Texts, Vec<bool>)> = texts
            .par_chunks(SHARE)
            .map_init(tokenize::Scratch::default, |scratch, texts| {
                let mut out = Texts::default();
                let truncated = texts.iter().map(|text| {
                    let before = out.ids.len();
                    let truncated = if marked {
                        tokenizer.marked_ids(text, scratch, &mut out.ids)
                    } else {
                        tokenizer.ids(text, scratch, &mut out.ids)
                    };
                    out.lengths.push(out.ids.len() - before);
                    truncated
                });
                let truncated = truncated.collect();
                (out, truncated)
            })
            .collect();
        let mut all = Texts::default();
        let mut truncated = Vec::new();
        for (part, cut) in parts {
            let first = all.lengths.len();
            truncated.extend(cut.iter().enumerate().filter(|(_, cut)| **cut).map(|(i, _)| first + i));
            all.append(part);
        }
        (all, truncated)
    }

    fn tokenizer(&self) -> Tokenizer<'_> {
        Tokenizer {
            pieces: Trie(self.file.numbers(0)),
            scores: self.file.numbers(1),
            charsmap: Charsmap { trie: Trie(self.file.numbers(2)), replacements: self.file.bytes(3) },
        }
    }

    /// The weights, in the order of the file's sections.
    fn net(&self) -> Net<'_> {
        let mut section = 3;
        let mut next = || {
            section += 1;
            self.file.numbers::<f32>(section)
        };
        let (scale, offset) = (next(), next());
        let projection = Packed { panels: next(), depth: WIDTH };
        let (projection_bias, norm_gain, norm_bias) = (next(), next(), next());
        let first = [(); 3].map(|()| Packed { panels: next(), depth: CHANNELS });
        let first_bias = [(); 3].map(|()| next());
        let second = [2, 3, 5].map(|slots| Packed { panels: next(), depth: slots * CHANNELS });
        let second_bias = [(); 3].map(|()| next());
        let (features_gain, features_bias) = (next(), next());
        let pool = Packed { panels: next(), depth: FEATURES };
        let pool_bias = next();
        let mut dense = |depth| Packed { panels: next(), depth };
        let dense = Dense {
            d0: dense(WIDTH),
            p1: dense(WIDTH),
            d1: dense(INNER),
            d2: dense(INNER),
            p3: dense(INNER),
            d3: dense(WIDTH),
        };
        Net {
            scale,
            offset,
            projection,
            projection_bias,
            norm_gain,
            norm_bias,
            first,
            first_bias,
            second,
            second_bias,
            features_gain,
            features_bias,
            pool,
            pool_bias,
            dense,
        }
    }
}

impl Encoder for Model {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn information(&self, text: &str) -> f32 {
        -self.tokens(text).scores.iter().sum::<f32>()
    }

    fn encode(&self, texts: &[&str]) -> Result<Vectors> {
        let (texts, truncated) = self.ids(texts, true);
        let values = Call::new(&self.net(), &self.file, &texts.ids)?.vectors(&texts)?;
        Ok(Vectors { truncated, ..Vectors::new(WIDTH, values) })
    }

    fn in_context(&self, texts: &[&str], words: &[Vec<Span>]) -> Result<Vec<Vectors>> {
        let mut found = Vec::with_capacity(texts.len());
        for (texts, words) in texts.chunks(SHARE).zip(words.chunks(SHARE)) {
            let features = self.features(texts)?;
            found.extend(features.iter().zip(words).map(|(features, words)| features.of_words(words)));
        }
        Ok(found)
    }

    fn runs(&self, texts: &[(&[&str], usize)]) -> Result<Vec<Runs>> {
        let tokenized: Vec<(Texts, Vec<usize>)> =
            texts.iter().map(|(sentences, _)| self.ids(sentences, false)).collect();
        let ids = tokenized.iter().flat_map(|(text, _)| &text.ids).copied();
        let all: Vec<u32> = ids.chain([BEGIN, END, UNKNOWN]).collect();
        let call = Call::new(&self.net(), &self.file, &all)?;
        let each = tokenized.into_iter().zip(texts);
        each.map(|((text, truncated), (sentences, longest))| {
            let vectors = runs::vectors(&call, &text, *longest)?;
            Ok(Runs::new(sentences.len(), *longest, WIDTH, vectors, truncated))
        })
        .collect()
    }
}
