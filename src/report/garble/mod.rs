//! The signs of spinning and of machine translation in texts.

pub(super) mod json;
#[cfg(feature = "cli")]
pub(super) mod text;
