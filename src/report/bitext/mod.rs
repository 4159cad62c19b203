//! An alignment by itself, without findings.

pub(super) mod json;
#[cfg(feature = "cli")]
pub(super) mod text;
pub(super) mod tmx;
pub(super) mod tsv;
