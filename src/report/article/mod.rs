//! One article as it is read, each block with its role.

pub(super) mod json;
#[cfg(feature = "cli")]
pub(super) mod text;
