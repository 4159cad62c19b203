//! How a language writes numbers and dates.

use std::collections::HashMap;

use serde::Deserialize;

/// How a language writes numbers and dates.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts about a language")]
pub(in crate::claims::values) struct NumberStyle {
    /// The sign before decimals.
    pub(in crate::claims::values) decimal: char,
    /// The day comes before the month: 3/4/2020 is the third of April.
    pub(in crate::claims::values) day_first: bool,
    /// Number words count in twenties: quatre-vingt-dix.
    pub(in crate::claims::values) vigesimal: bool,
    /// Units come before tens: einundzwanzig.
    pub(in crate::claims::values) inverted_tens: bool,
    /// A dot marks an ordinal: der 3. Platz.
    pub(in crate::claims::values) ordinal_dot: bool,
    /// Ordinals are also denominators: one third.
    pub(in crate::claims::values) ordinal_fractions: bool,
    /// Number words are written together.
    pub(in crate::claims::values) compounds: bool,
    /// Superlatives that form a compound with an ordinal, folded: the dritt*größte*.
    pub(in crate::claims::values) superlatives: Vec<String>,
    /// Endings of denominators in compounds, folded: zwanzig*stel*.
    #[serde(default)]
    pub(in crate::claims::values) denominator_endings: Vec<String>,
    /// Parts of words by which a time unit in a compound is an adjective, folded: dreimonat*ig*.
    #[serde(default)]
    pub(in crate::claims::values) length_adjectives: Vec<String>,
    /// The endings that replace `~` in a list.
    pub(in crate::claims::values) endings: Vec<String>,
    /// Letters and their substitutes, so that spellings without accents are known.
    pub(in crate::claims::values) fold: HashMap<char, String>,
}
