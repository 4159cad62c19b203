//! The words of a language by which sentence ends are judged.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lang::{self, PerLanguage};
use crate::text::Lang;

/// The words of one language, with those of every language; `any.toml` describes each list.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SentenceData {
    pub(super) never: HashSet<String>,
    pub(super) sometimes: HashSet<String>,
    pub(super) numbered: HashSet<String>,
    pub(super) clock: HashSet<String>,
    pub(super) hours: HashSet<String>,
    pub(super) starters: HashSet<String>,
    pub(super) months: HashSet<String>,
    pub(super) speech: HashSet<String>,
    pub(super) exclaimed: HashSet<String>,
    pub(super) suffixes: HashSet<String>,
    pub(super) letters: HashSet<String>,
    pub(super) units: HashSet<String>,
    pub(super) endings: Vec<String>,
    /// A number with a point is an ordinal.
    pub(super) ordinals: bool,
}

static ANY_LANGUAGE_DATA: LazyLock<SentenceData> = LazyLock::new(|| parse_data(lang::ANY_SENTENCES));
static LANGUAGE_DATA: PerLanguage<SentenceData> = PerLanguage::new(|language| {
    let (mut data, any) = (parse_data(language.sentences), parse_data(lang::ANY_SENTENCES));
    data.never.extend(any.never);
    data.sometimes.extend(any.sometimes);
    data.numbered.extend(any.numbered);
    data.exclaimed.extend(any.exclaimed);
    data.suffixes.extend(any.suffixes);
    data.letters.extend(any.letters);
    data.units.extend(any.units);
    data
});

/// The data of a language; for one without a file, those of every language.
pub(super) fn sentence_data(lang: Lang) -> &'static SentenceData {
    LANGUAGE_DATA.get(lang).unwrap_or(&ANY_LANGUAGE_DATA)
}

fn parse_data(text: &str) -> SentenceData {
    toml::from_str(text).expect("the tests read each language file")
}
