//! Versions compared with a reference: findings, sentence alignment and scores.

pub(super) mod corrections;
pub(super) mod json;
pub(super) mod markdown;
pub(super) mod record;
pub(super) mod text;
