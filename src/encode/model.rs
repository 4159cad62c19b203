//! The encoder itself, over the converted file.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::slice;

use half::f16;
use rayon::prelude::*;

use super::batch::EncoderCall;
use super::cache::LexiconCache;
use super::context::TokenizedText;
use super::encoder::{EncodeRequest, Encoded, Encoder, EncoderIdentity};
use super::encoder_file::{self, EncoderFile};
use super::encoder_layout::{FILE_NAME, TOKENIZER_SECTIONS, WHEEL_SHA256};
use super::forward::{DenseWeights, NetworkWeights, WIDTH};
use super::normalize::CharacterMap;
use super::tokenize::{self, BEGIN, END, Tokenizer, Tokens, UNKNOWN};
use super::trie::Trie;
use super::vectors::Vectors;
use super::windows;
use crate::error::Result;

/// *universal-sentence-encoder-multilingual v3*, mapped from an installed file.
#[derive(Debug)]
pub struct Model {
    file: EncoderFile,
    identity: EncoderIdentity,
    cache: LexiconCache,
}

impl Model {
    /// Opens the encoder that [`super::install_encoder`] wrote to `folder`.
    ///
    /// # Errors
    /// If there is none, or if it is damaged, foreign or of another version.
    pub fn open_folder(folder: &Path) -> Result<Self> {
        Self::open_file(folder.join(FILE_NAME))
    }

    pub(super) fn open_file(path: PathBuf) -> Result<Self> {
        let identity = EncoderIdentity { name: "use-multilingual-v3", sha256: WHEEL_SHA256 };
        Ok(Self { file: EncoderFile::open_file(path)?, identity, cache: LexiconCache::default() })
    }

    /// The ids of the words whose vectors the file contains, ascending.
    pub(super) fn word_ids(&self) -> &[u32] {
        self.file.word_ids()
    }

    /// The vectors of texts of one piece each, in half precision.
    pub(super) fn encode_pieces(&self, ids: &[u32]) -> Result<Vec<f16>> {
        let text = TokenizedText::from_pieces(ids);
        self.prepare_call(slice::from_ref(&text))?.encode_sentences(&text)
    }

    /// Reads the whole file in `folder` and checks the SHA-256 of each section; `progress` is called with the share done, 0
    /// to 1.
    ///
    /// # Errors
    /// If there is no such file, or if it differs from what the installation wrote.
    pub fn verify_folder(folder: &Path, progress: &mut dyn FnMut(f64)) -> Result<()> {
        encoder_file::verify_sections(folder, progress)
    }

    /// The pieces of `text`.
    #[must_use]
    pub fn tokenize_text(&self, text: &str) -> Tokens {
        self.file_tokenizer().tokenize_text(text, &mut tokenize::TokenizerScratch::default())
    }

    /// The network, prepared for `texts` and their marks.
    fn prepare_call(&self, texts: &[TokenizedText]) -> Result<EncoderCall<'_>> {
        let ids = texts.iter().flat_map(|text| &text.ids).copied();
        let all: Vec<u32> = ids.chain([BEGIN, END, UNKNOWN]).collect();
        EncoderCall::new(&self.network_weights(), &self.file, &self.cache, &all)
    }

    fn file_tokenizer(&self) -> Tokenizer<'_> {
        Tokenizer {
            pieces: Trie(self.file.section_numbers(0)),
            scores: self.file.section_numbers(1),
            charsmap: CharacterMap {
                trie: Trie(self.file.section_numbers(2)),
                replacements: self.file.section_bytes(3),
            },
        }
    }

    /// The weights, in the order of the file's sections.
    fn network_weights(&self) -> NetworkWeights<'_> {
        let section = Cell::new(TOKENIZER_SECTIONS);
        let next = || section.replace(section.get() + 1);
        let floats = || self.file.section_numbers::<f32>(next());
        let packed = || self.file.section_matrix(next());
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
        let dense = DenseWeights { d0, p1, d1, d2, p3, d3 };
        NetworkWeights {
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
    fn encoder_identity(&self) -> &EncoderIdentity {
        &self.identity
    }

    fn text_information(&self, text: &str) -> f32 {
        -self.tokenize_text(text).scores.iter().sum::<f32>()
    }

    fn encode_texts(&self, texts: &[&str]) -> Result<Vectors> {
        let text = TokenizedText::new(self.file_tokenizer(), &EncodeRequest::for_windows(texts, 1));
        let call = self.prepare_call(slice::from_ref(&text))?;
        let values = call.encode_sequences(&text.marked_sequences(0..text.sentence_count()))?;
        Ok(Vectors::new(WIDTH, values).with_truncated_rows(text.truncated))
    }

    fn encode_requests(&self, texts: &[EncodeRequest<'_>]) -> Result<Vec<Encoded>> {
        let tokenized: Vec<TokenizedText> =
            texts.iter().map(|asked| TokenizedText::new(self.file_tokenizer(), asked)).collect();
        let call = self.prepare_call(&tokenized)?;
        tokenized
            .par_iter()
            .zip(texts)
            .map(|(text, asked)| windows::encode_request(&call, text, asked))
            .collect()
    }
}
