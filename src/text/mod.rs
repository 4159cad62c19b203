//! The words that every room shares: a [`Span`] of an article's text and a language tag.
//!
//! Nothing here reads, scores or decides.

mod lang;
mod span;

pub use lang::Lang;
pub use span::Span;
