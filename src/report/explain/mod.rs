//! Findings with the evidence for them.

pub(super) mod json;
#[cfg(feature = "cli")]
pub(super) mod text;
