//! The signs of spinning and of machine translation in texts.

pub(super) mod json;
pub(super) mod text;
