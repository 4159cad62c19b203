//! Pairs of articles that report one event.

pub(super) mod jsonl;
pub(super) mod text;
