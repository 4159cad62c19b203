//! Whether a text was garbled: put through a table of synonyms, or through a machine translation.
//!
//! [`judge_garbling`] judges one version by signs that need no second version and no encoder; [`compare_garbling`]
//! aligns two versions and lists which words were put in the place of which.

mod comparison;
mod judgement;
mod lexicon;
mod score;
mod signs;
mod substitutions;
mod text;

pub use comparison::{CopyDirection, DirectionReason, GarbleComparison, compare_garbling};
pub use judgement::{GarbleJudgement, judge_garbling, sign_counts};
pub use score::{GarbleVerdict, SignCounts};
pub use signs::{GarbleSign, Garbling, SIGNS, SignRule};
pub use substitutions::{Basis, MAX_GROUP_WORDS, Substitution};
