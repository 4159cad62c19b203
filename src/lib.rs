//! claimdiff compares versions of a news article across languages: it aligns them sentence by sentence, scores how far
//! they diverge, and names the claims that were added, dropped, altered, contradicted or hedged differently.
//!
//! ```
//! use claimdiff::{Options, compare_texts};
//!
//! let english = "The city library of Marlow spent 2.4 million euros on new staff last year.";
//! let german = "Die Stadtbücherei von Marlow gab im vergangenen Jahr 4,2 Millionen Euro für neues Personal aus.";
//!
//! let comparison = compare_texts(english, german, &Options::default())?;
//! let finding = &comparison.findings[0];
//! assert_eq!((finding.change.name(), finding.kind.name()), ("altered", "money"));
//! assert_eq!(finding.message, "“2.4 million euros” became “4,2 Millionen Euro”: different amount");
//! # Ok::<(), claimdiff::Error>(())
//! ```
//!
//! [`compare_texts()`] finds the encoder in the user's cache, or fetches it there once. For files, many pairs or one step
//! alone use the rooms, here in the order in which a text goes through them; each uses those before it and none after
//! it (`tests/rooms.rs` holds that, ARCHITECTURE.md says why):
//!
//! ```text
//! text, lang, models -> article -> segment -+-> encode -> align -> words -+
//!                                           +-> claims -------------------+-> divergence
//! divergence -> garble, matrix, neighbours -> report -> corpus -> cli
//! ```
//!
//! # Features
//! - `encoder`: everything that compares; without it there are `text`, `article`, `segment` and `claims`.
//! - `formats`: articles from HTML, feeds, JSON, word-processor documents and gzip; without it plain text and Markdown.
//! - `report`: the output formats and the corpus check; brings both.
//! - `cli` (default): the program; brings `report`.
//!
//! The library never prints and never exits. It reads the environment only to find the user's cache folder.

#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "a part of the library needs a part of the helpers")
)]

#[cfg(feature = "encoder")]
pub mod align;
pub mod article;
#[cfg(feature = "report")]
mod atomic_file;
pub mod claims;
#[cfg(feature = "encoder")]
mod compare_texts;
#[cfg(feature = "report")]
pub mod corpus;
#[cfg(feature = "encoder")]
pub mod divergence;
#[cfg(feature = "encoder")]
pub mod encode;
mod error;
#[cfg(feature = "encoder")]
pub mod garble;
mod lang;
#[cfg(feature = "encoder")]
pub mod matrix;
#[cfg(feature = "encoder")]
mod models;
#[cfg(feature = "encoder")]
pub mod neighbours;
#[cfg(feature = "report")]
pub mod report;
pub mod segment;
pub mod text;
#[cfg(feature = "encoder")]
pub mod words;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

#[cfg(feature = "encoder")]
pub use compare_texts::{Options, compare_texts};
pub use error::{Error, ErrorKind, Result};
