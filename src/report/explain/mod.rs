//! Findings with the evidence for them.

pub(super) mod json;
pub(super) mod text;
