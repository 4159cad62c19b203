//! Claims as ranges of tokens, before their spans are known.

use crate::claims::value::{ClaimKind, RangeEnd, Value};

/// A claim with the range of its tokens.
pub(super) struct TokenClaim {
    pub(super) kind: ClaimKind,
    pub(super) start: usize,
    /// The token after it.
    pub(super) end: usize,
    pub(super) value: Value,
    /// The last multiplier of the figure, which both ends of a range share.
    pub(super) scale: Option<f64>,
    pub(super) range: Option<RangeEnd>,
}

impl TokenClaim {
    pub(super) fn new(kind: ClaimKind, start: usize, end: usize, value: Value) -> Self {
        Self { kind, start, end, value, scale: None, range: None }
    }
}
