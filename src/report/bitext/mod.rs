//! An alignment by itself, without findings.

pub(super) mod json;
pub(super) mod text;
pub(super) mod tmx;
pub(super) mod tsv;
