//! claimdiff compares versions of a news article across languages.
//!
//! The rooms stand in the order in which a text goes through them; each uses what stands to its left and never what
//! stands to its right (`tests/rooms.rs` holds that):
//!
//! ```text
//! text -> article -> segment -+-> encode -> align -+
//!                             +-> claims ----------+-> divergence -> report -> corpus -> cli -> main
//! ```
//!
//! The library never prints, never exits and never reads the environment; only `cli` does.

pub mod align;
pub mod article;
#[cfg(feature = "cli")]
mod atomic_file;
pub mod claims;
mod compare_texts;
pub mod corpus;
pub mod divergence;
pub mod encode;
mod error;
pub mod garble;
mod lang;
pub mod matrix;
mod models;
pub mod neighbours;
pub mod report;
pub mod segment;
pub mod text;
pub mod words;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use compare_texts::{Options, compare_texts};
pub use error::{Error, ErrorKind, Result};
