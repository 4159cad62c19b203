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
pub mod claims;
pub mod corpus;
pub mod divergence;
pub mod encode;
mod error;
pub mod report;
pub mod segment;
pub mod text;
#[cfg(feature = "cli")]
mod whole;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use error::{Error, ErrorKind, Result};
