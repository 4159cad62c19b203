//! The words of one text matched with those of the other, and the difference of each.
//!
//! This room knows words, phrases and chunks; it knows no finding and no rule.

mod assignment;
mod chunks;
mod difference;
mod features;
mod phrases;
mod tokens;
mod word_match;

pub(crate) use assignment::assign_greedily;
pub(crate) use chunks::{Chunks, match_chunks};
pub use difference::WordDifference;
pub(crate) use difference::word_difference;
pub(crate) use features::{AlignmentFeatures, FeatureInput, word_features};
pub use features::{MAX_PAIR_SENTENCES, WORD_FEATURE_NAMES, WORD_FEATURES, WordFeatures};
pub use tokens::{MAX_SCORED_BYTES, TokenFeatures, token_differences, token_features};
pub(crate) use tokens::{split_bounded, text_head};
pub(crate) use word_match::{EncodedSide, first_numbers, match_words, weighted_mean};
pub use word_match::{WordMatch, word_coverage};
