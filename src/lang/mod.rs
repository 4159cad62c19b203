//! Language knowledge: all of it data, one folder and one line of [`LANGUAGES`] for each language.
//!
//! The format of a file belongs to the room that reads it: `sentences.toml` to `segment`, `cues.toml` to `claims`. This room
//! provides the text and caches what a room parses from it, so that no other room lists languages.

#[cfg(test)]
mod tests;

use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use crate::text::Lang;

/// The data of one language, as text.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its tag, also the name of its folder.
    pub(crate) tag: Lang,
    /// See [`Grammar`].
    grammar: &'static str,
    /// Boilerplate around an article, and the most frequent words (`article`).
    pub(crate) frame: &'static str,
    /// Sentence boundaries (`segment`).
    pub(crate) sentences: &'static str,
    /// Figures, amounts, dates, units (`claims::values`).
    pub(crate) values: &'static str,
    /// Cues of names and of speech (`claims::name`, `claims::quote`).
    pub(crate) names: &'static str,
    /// Names with another spelling in other languages (`claims::name`).
    pub(crate) exonyms: &'static str,
    /// Stems of peoples and nationalities (`claims::name`).
    pub(crate) peoples: &'static str,
    /// Negation, hedges, quantifiers, attribution (`claims::cue`).
    pub(crate) cues: &'static str,
    /// Verbs with an agent and a patient (`claims::event`).
    pub(crate) events: &'static str,
    /// Signs of spun and machine-translated text (`garble`).
    pub(crate) garble: &'static str,
}

macro_rules! language {
    ($tag:literal, $folder:literal) => {
        Language {
            tag: Lang::from_subtag($tag),
            grammar: include_str!(concat!($folder, "/grammar.toml")),
            frame: include_str!(concat!($folder, "/frame.toml")),
            sentences: include_str!(concat!($folder, "/sentences.toml")),
            values: include_str!(concat!($folder, "/values.toml")),
            names: include_str!(concat!($folder, "/names.toml")),
            exonyms: include_str!(concat!($folder, "/exonyms.tsv")),
            peoples: include_str!(concat!($folder, "/peoples.tsv")),
            cues: include_str!(concat!($folder, "/cues.toml")),
            events: include_str!(concat!($folder, "/events.toml")),
            garble: include_str!(concat!($folder, "/garble.toml")),
        }
    };
}

/// The languages with data: a new one is a folder and a line. The first is the [`fallback`] of the others.
pub(crate) static LANGUAGES: &[Language] = &[
    language!("en", "en"),
    language!("de", "de"),
    language!("fr", "fr"),
    #[cfg(test)]
    language!("qaa", "../../tests/lang/qaa"),
];

/// The language whose data is used where another's is incomplete, or where a language has none.
pub(crate) fn fallback() -> &'static Language {
    &LANGUAGES[0]
}

/// Sentence boundaries of every language.
pub(crate) const ANY_SENTENCES: &str = include_str!("any.toml");
/// Currencies by noun, country, sign and code.
pub(crate) const CURRENCIES: &str = include_str!("currencies.toml");
/// Common given names, after a header line.
pub(crate) const GIVEN_NAMES: &str = include_str!("given_names.txt");

/// Whether the language has data.
pub(crate) fn is_known(lang: Lang) -> bool {
    position(lang).is_some()
}

fn position(lang: Lang) -> Option<usize> {
    LANGUAGES.iter().position(|language| language.tag == lang)
}

/// Grammatical properties of a language that rules depend on. A language without data has none of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties of a language")]
pub(crate) struct Grammar {
    /// Its English name.
    pub(crate) name: String,
    /// Every noun is capitalised, as in German.
    pub(crate) nouns_capitalised: bool,
    /// The finite verb is the second constituent of a main clause, whatever the first is.
    pub(crate) verb_second: bool,
    /// A source follows a quotation only after a comma.
    pub(crate) sources_follow_comma: bool,
    /// The particles of names are prepositions as well.
    pub(crate) particles_are_prepositions: bool,
    /// Words before a name that are not part of it, folded.
    #[serde(default)]
    pub(crate) articles: Vec<String>,
    /// Words after a name that are not part of it, folded.
    #[serde(default)]
    pub(crate) legal_forms: Vec<String>,
    /// Adverbs and auxiliaries between a speaker and the reporting verb.
    #[serde(default)]
    pub(crate) speech_adverbs: Vec<String>,
    /// Endings of more of them.
    #[serde(default)]
    pub(crate) adverb_endings: Vec<String>,
}

static GRAMMARS: PerLanguage<Grammar> = PerLanguage::new(read_grammar);

#[expect(clippy::expect_used, reason = "the files are part of the program; a test reads each")]
fn read_grammar(language: &Language) -> Grammar {
    toml::from_str(language.grammar).expect("language data")
}

/// The grammar of a language.
pub(crate) fn grammar(lang: Lang) -> &'static Grammar {
    static UNKNOWN: LazyLock<Grammar> = LazyLock::new(Grammar::default);
    GRAMMARS.get(lang).unwrap_or(&UNKNOWN)
}

/// The grammars of all languages, which are small: for words that count in a text of any language.
pub(crate) fn all_grammars() -> impl Iterator<Item = &'static Grammar> {
    GRAMMARS.all()
}

/// What a room parses from the data of each language, at the first use, and cached.
#[derive(Debug)]
pub(crate) struct PerLanguage<T> {
    read: fn(&'static Language) -> T,
    cells: [OnceLock<T>; LANGUAGES.len()],
}

impl<T> PerLanguage<T> {
    /// `read` must accept the data of every language of the registry; the tests check that.
    pub(crate) const fn new(read: fn(&'static Language) -> T) -> Self {
        Self { read, cells: [const { OnceLock::new() }; LANGUAGES.len()] }
    }

    /// The table of a language; `None` without data.
    pub(crate) fn get(&'static self, lang: Lang) -> Option<&'static T> {
        let position = position(lang)?;
        Some(self.cells[position].get_or_init(|| (self.read)(&LANGUAGES[position])))
    }

    /// The tables of all languages, in the order of the registry.
    pub(crate) fn all(&'static self) -> impl Iterator<Item = &'static T> {
        LANGUAGES.iter().filter_map(|language| self.get(language.tag))
    }
}
