//! What a language knows of the ends of its sentences.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::text::Lang;

/// Add a language here.
const FILES: [(Lang, &str); 3] = [
    (Lang::EN, include_str!("lang/en.toml")),
    (Lang::DE, include_str!("lang/de.toml")),
    (Lang::FR, include_str!("lang/fr.toml")),
];
const ANY: &str = include_str!("lang/any.toml");

/// The words of one language, with those of every language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Data {
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

/// The data of a language; of one without a file, what holds in every language.
pub(super) fn of(lang: Lang) -> &'static Data {
    static READ: [OnceLock<Data>; FILES.len() + 1] = [const { OnceLock::new() }; FILES.len() + 1];
    let at = FILES.iter().position(|(l, _)| *l == lang);
    READ[at.unwrap_or(FILES.len())].get_or_init(|| {
        let parse = |text| toml::from_str::<Data>(text).expect("the tests read each language file");
        let any = parse(ANY);
        let Some(at) = at else { return any };
        let mut data = parse(FILES[at].1);
        data.never.extend(any.never);
        data.sometimes.extend(any.sometimes);
        data.numbered.extend(any.numbered);
        data.exclaimed.extend(any.exclaimed);
        data.suffixes.extend(any.suffixes);
        data.letters.extend(any.letters);
        data.units.extend(any.units);
        data
    })
}
