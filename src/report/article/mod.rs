//! One article as it is read, each block with its role.

pub(super) mod json;
pub(super) mod text;
