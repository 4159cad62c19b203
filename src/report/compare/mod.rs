//! Versions compared with a reference: findings, sentence alignment and scores.

#[cfg(feature = "cli")]
pub(super) mod corrections;
pub(super) mod json;
#[cfg(feature = "cli")]
pub(super) mod markdown;
pub(super) mod record;
#[cfg(feature = "cli")]
pub(super) mod text;
