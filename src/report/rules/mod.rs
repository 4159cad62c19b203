//! The rules and their documentation.

pub(super) mod json;
pub(super) mod text;
