//! The rules and their documentation.

pub(super) mod json;
#[cfg(feature = "cli")]
pub(super) mod text;
