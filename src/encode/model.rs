//! The encoder itself, over the converted file.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::slice;

use half::f16;
use rayon::prelude::*;

use super::batch::Call;
use super::context::Text;
use super::file::{self, FILE_NAME, ModelFile, TOKENIZER_SECTIONS};
use super::forward::{Dense, Net, WIDTH};
use super::known::Known;
use super::normalize::Charsmap;
use super::tokenize::{self, BEGIN, END, Tokenizer, Tokens, UNKNOWN};
use super::trie::Trie;
use super::{Asked, Encoder, Identity, Read, Vectors, WHEEL_SHA256, runs};
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
        Self::open_file(folder.join(FILE_NAME))
    }

    pub(super) fn open_file(path: PathBuf) -> Result<Self> {
        let identity = Identity { name: "use-multilingual-v3", sha256: WHEEL_SHA256 };
        Ok(Self { file: ModelFile::open(path)?, identity, known: Known::default() })
    }

    /// The ids of the words whose vectors stand in the file, ascending.
    pub(super) fn word_ids(&self) -> &[u32] {
        self.file.word_ids()
    }

    /// The vectors of the texts that are one of these pieces each, in half precision.
    pub(super) fn of_pieces(&self, ids: &[u32]) -> Result<Vec<f16>> {
        let text = Text::of_pieces(ids);
        self.call(slice::from_ref(&text))?.alone(&text)
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
        let section = Cell::new(TOKENIZER_SECTIONS);
        let next = || section.replace(section.get() + 1);
        let floats = || self.file.numbers::<f32>(next());
        let packed = || self.file.packed(next());
        let (scale, offset) = (floats(), floats());
        let projection = packed();
        let (projection_bias, norm_gain, norm_bias) = (floats(), floats(), floats());
        let first = [(); 3].map(|()| packed());
        let first_bias = [(); 3].map(|()| floats());
        let second = [(); 3].map(|()| packed());
        let second_bias = [(); 3].map(|()| floats());
        let (features_gain, features_bias) = (floats(), floats());
        let pool = packed();
        let pool_bias = floats();
        let [d0, p1, d1, d2, p3, d3] = [(); 6].map(|()| packed());
        let dense = Dense { d0, p1, d1, d2, p3, d3 };
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
        tokenized.par_iter().zip(texts).map(|(text, asked)| runs::read(&call, text, asked)).collect()
    }
}
