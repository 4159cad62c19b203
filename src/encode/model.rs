//! The encoder itself, over the converted file.

use std::path::Path;
use std::slice;

use super::batch::Call;
use super::context::Text;
use super::file::{self, ModelFile};
use super::forward::{CHANNELS, Dense, FEATURES, INNER, Net, WIDTH};
use super::kernel::Packed;
use super::known::Known;
use super::normalize::Charsmap;
use super::tokenize::{BEGIN, END, Tokenizer, Tokens, UNKNOWN};
use super::trie::Trie;
use super::{Asked, Encoder, Identity, Read, Vectors, WHEEL_SHA256, runs, tokenize};
use crate::error::Result;

/// *universal-sentence-encoder-multilingual v3*, mapped from an installed file.
#[derive(Debug)]
pub struct Model {
    file: ModelFile,
    identity: Identity,
    known: Known,
}

impl Model {
    /// Opens the encoder that [`super::install()`] made in `folder`.
    ///
    /// # Errors
    /// If there is none, or if it is damaged, foreign or of another version.
    pub fn open(folder: &Path) -> Result<Self> {
        let identity = Identity { name: "use-multilingual-v3", sha256: WHEEL_SHA256 };
        Ok(Self { file: ModelFile::open(folder)?, identity, known: Known::default() })
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

    /// The network, prepared for `texts` and their marks.
    fn call(&self, texts: &[Text]) -> Result<Call<'_>> {
        let ids = texts.iter().flat_map(|text| &text.ids).copied();
        let all: Vec<u32> = ids.chain([BEGIN, END, UNKNOWN]).collect();
        Call::new(&self.net(), &self.file, &self.known, &all)
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
        let text = Text::new(self.tokenizer(), &Asked::runs(texts, 1));
        let call = self.call(slice::from_ref(&text))?;
        let values = call.vectors(&text.marked(0..text.sentences()))?;
        Ok(Vectors { truncated: text.truncated, ..Vectors::new(WIDTH, values) })
    }

    fn read(&self, texts: &[Asked<'_>]) -> Result<Vec<Read>> {
        let tokenized: Vec<Text> = texts.iter().map(|asked| Text::new(self.tokenizer(), asked)).collect();
        let call = self.call(&tokenized)?;
        tokenized.iter().zip(texts).map(|(text, asked)| runs::read(&call, text, asked)).collect()
    }
}
