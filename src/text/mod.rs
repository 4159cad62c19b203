//! The words that every room shares: a [`Span`] of an article's text, a language tag, and how bytes are written.
//!
//! Nothing here reads, scores or decides.

mod hex;
mod lang;
mod sides;
mod span;

pub(crate) use hex::to_hex;
pub use lang::Lang;
pub use sides::{Sides, Which};
pub use span::Span;
