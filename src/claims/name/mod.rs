//! Names of people, organisations, places, products and works, without a model.
//!
//! [`extract_names`] reads one block, [`NameMentions::read_blocks`] a whole article; both prefer precision to recall,
//! since a name that only one version has may become a finding. [`same_name`] compares two names across spellings
//! and languages, and [`confirm_names`] finds the names of another version in a text that does not mark them, as in
//! German, whose nouns are all capitalised.
//!
//! The word lists of a language are `names.toml`, the names that languages spell differently `exonyms.tsv`. Titles,
//! articles, possessive endings, days, languages and peoples are not part of a name.

mod block;
mod capital_runs;
mod exonyms;
mod find;
pub(super) mod fold;
mod german;
pub(super) mod lexicon;
mod mentions;
mod score;
pub(super) mod token;

pub use block::MAX_NAME_WORDS;
pub use mentions::{MAX_SIMILAR_NAMES, NameMentions, NameOccurrence, NamedEntity, confirm_names};
pub use score::{NameValue, SAME_NAME_SCORE, name_score, same_name};

use super::value::{Claim, ClaimKind, Value};
use crate::text::Lang;
use lexicon::NameLexicon;

/// The names in one block of text, ordered by start; spans are offsets into `text`. Empty for a language without
/// data.
#[must_use]
pub fn extract_names(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lexicon) = NameLexicon::for_language(lang) else { return Vec::new() };
    find::find_mentions(&[text], lexicon)
        .into_iter()
        .flatten()
        .map(|m| Claim { kind: ClaimKind::Name, span: m.span, value: Value::Name(m.form), range: None })
        .collect()
}
