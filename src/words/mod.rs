//! The words of one text matched with those of the other, and how different each is.
//!
//! This room knows words, phrases and chunks; it knows no finding and no rule.

mod assignment;
mod chunks;
mod difference;
mod features;
mod phrases;
mod tokens;
mod word_match;

pub(crate) use assignment::each_once;
pub(crate) use chunks::{Chunks, find};
pub use difference::Marked;
pub(crate) use difference::difference;
pub use features::{BRIEF, WORD_FEATURE_NAMES, WORD_FEATURES, WordFeatures};
pub(crate) use features::{FeatureInput, Standing, features};
pub use tokens::{MAX_READ, TokenFeatures, differences, token_features};
pub(crate) use tokens::{bounded, head};
pub(crate) use word_match::{EncodedSide, firsts, links, mean};
pub use word_match::{Link, coverage};
