//! Basic types of all rooms: a [`Span`] of a text, a language tag, the two [`Sides`] of a pair, and hexadecimal digits.

mod hex;
mod lang;
mod sides;
mod span;

pub(crate) use hex::to_hex;
pub use lang::Lang;
pub use sides::{Sides, Which};
pub use span::Span;
