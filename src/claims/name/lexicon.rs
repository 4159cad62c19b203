//! What is known about the words of a language: `lang/names-<code>.toml`, read once, when the language is needed.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::claims::name::fold;
use crate::lang::{self, Grammar, Language, PerLanguage};
use crate::text::Lang;

/// Kinds of word; one word may be of several.
pub(in crate::claims) mod class {
    pub(in crate::claims) const STARTER: u32 = 1;
    pub(in crate::claims) const TITLE: u32 = 1 << 1;
    pub(in crate::claims) const MODIFIER: u32 = 1 << 2;
    pub(in crate::claims) const NATION: u32 = 1 << 3;
    pub(in crate::claims) const TIME: u32 = 1 << 4;
    pub(in crate::claims) const COMMON: u32 = 1 << 5;
    pub(in crate::claims) const PARTICLE: u32 = 1 << 6;
    pub(in crate::claims) const LINK: u32 = 1 << 7;
    pub(in crate::claims) const HEAD: u32 = 1 << 8;
    pub(in crate::claims) const CORPORATE: u32 = 1 << 9;
    pub(in crate::claims) const PRODUCT: u32 = 1 << 10;
    pub(in crate::claims) const ABBREVIATION: u32 = 1 << 11;
    pub(in crate::claims) const PRONOUN: u32 = 1 << 12;
    pub(in crate::claims) const DETERMINER: u32 = 1 << 13;
    pub(in crate::claims) const REPORTING_VERB: u32 = 1 << 14;
    pub(in crate::claims) const STOP: u32 = 1 << 15;
    pub(in crate::claims) const VERB: u32 = 1 << 16;
    pub(in crate::claims) const WORK: u32 = 1 << 17;
    pub(in crate::claims) const APPOSITION: u32 = 1 << 18;
    pub(in crate::claims) const GIVEN_NAME: u32 = 1 << 19;
    pub(in crate::claims) const CURRENCY: u32 = 1 << 20;
    pub(in crate::claims) const PARTICIPLE: u32 = 1 << 21;
}

/// The data file as it stands; a list that a language does not need may be absent.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct NameLists {
    starters: String,
    titles: String,
    modifiers: String,
    nations: String,
    times: String,
    common: String,
    particles: String,
    links: String,
    heads: String,
    corporate: String,
    products: String,
    abbreviations: String,
    pronouns: String,
    determiners: String,
    says: String,
    participles: String,
    stops: String,
    verbs: String,
    works: String,
    appositions: String,
    currencies: String,
    elisions: String,
    conjunctions: String,
    locatives: String,
    purposes: String,
    declined: String,
    articles: String,
    legal_forms: String,
    sources: Vec<String>,
    role_endings: String,
    noun_endings: String,
    adjective_endings: String,
}

/// The words of one language.
pub(in crate::claims) struct NameLexicon {
    pub lang: Lang,
    pub grammar: &'static Grammar,
    /// Links of names that also part two of them: "and".
    pub conjunctions: HashSet<String>,
    /// Links that say where, and so part a name from its place: "in".
    pub locatives: HashSet<String>,
    /// Links that say what for, and part a name from a known one: "for".
    pub purposes: HashSet<String>,
    /// Endings of a declined adjective: `Demokratisch*` of the exonyms.
    pub declined: Vec<String>,
    /// Words before a name that do not change what it names.
    pub articles: HashSet<String>,
    /// Words after one that do not either.
    pub legal_forms: HashSet<String>,
    /// Phrases that name a source, each as folded words.
    pub sources: Vec<Vec<u64>>,
    words: HashMap<u64, u32>,
    elisions: Vec<u64>,
    role_endings: Vec<String>,
    noun_endings: Vec<String>,
    adjective_endings: Vec<String>,
}

static LEXICONS: PerLanguage<NameLexicon> = PerLanguage::new(NameLexicon::from_language);

impl NameLexicon {
    /// The lexicon of a language, or `None` where there is no data.
    pub(in crate::claims) fn for_language(lang: Lang) -> Option<&'static Self> {
        LEXICONS.get(lang)
    }

    /// The lexicons of all languages.
    pub(in crate::claims) fn all_languages() -> impl Iterator<Item = &'static Self> {
        LEXICONS.all()
    }

    #[expect(clippy::expect_used, reason = "the files are part of the program; a test reads each")]
    fn from_language(language: &Language) -> Self {
        let file: NameLists = toml::from_str(language.names).expect("language data");
        let mut words = HashMap::new();
        for (list, class) in [
            (file.starters.as_str(), class::STARTER),
            (file.titles.as_str(), class::TITLE),
            (file.modifiers.as_str(), class::MODIFIER),
            (file.nations.as_str(), class::NATION),
            (file.times.as_str(), class::TIME),
            (file.common.as_str(), class::COMMON),
            (file.particles.as_str(), class::PARTICLE),
            (file.links.as_str(), class::LINK),
            (file.heads.as_str(), class::HEAD),
            (file.corporate.as_str(), class::CORPORATE),
            (file.products.as_str(), class::PRODUCT),
            (file.abbreviations.as_str(), class::ABBREVIATION),
            (file.pronouns.as_str(), class::PRONOUN),
            (file.determiners.as_str(), class::DETERMINER),
            (file.says.as_str(), class::REPORTING_VERB),
            (file.participles.as_str(), class::REPORTING_VERB | class::PARTICIPLE),
            (file.stops.as_str(), class::STOP),
            (file.verbs.as_str(), class::VERB),
            (file.works.as_str(), class::WORK),
            (file.appositions.as_str(), class::APPOSITION),
            (file.currencies.as_str(), class::CURRENCY),
            (lang::GIVEN_NAMES.split_once('\n').map_or("", |(_, names)| names), class::GIVEN_NAME),
        ] {
            for word in list.split_whitespace() {
                *words.entry(fold::exact_key(word)).or_insert(0) |= class;
            }
        }
        let list = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        Self {
            lang: language.tag,
            grammar: lang::grammar(language.tag),
            conjunctions: set(&file.conjunctions),
            locatives: set(&file.locatives),
            purposes: set(&file.purposes),
            declined: list(&file.declined),
            articles: set(&file.articles),
            legal_forms: set(&file.legal_forms),
            sources: file
                .sources
                .iter()
                .map(|s| s.split_whitespace().map(fold::fold_key).collect())
                .collect(),
            words,
            elisions: file.elisions.split_whitespace().map(fold::exact_key).collect(),
            role_endings: list(&file.role_endings),
            noun_endings: list(&file.noun_endings),
            adjective_endings: list(&file.adjective_endings),
        }
    }

    /// The classes of a word.
    pub(in crate::claims) fn class_of(&self, word: &str) -> u32 {
        self.words.get(&fold::exact_key(word)).copied().unwrap_or(0)
    }

    /// Whether the word is one that is cut off before an apostrophe: the `l` of `l'Europe`.
    pub(in crate::claims) fn is_elision(&self, word: &str) -> bool {
        // The longest is lorsqu; a longer word is not read again at each of its apostrophes.
        word.len() < 12 && self.elisions.contains(&fold::exact_key(word))
    }

    /// Whether a person's name may follow the word: it is a title or ends like one (`Finanzminister`).
    pub(in crate::claims) fn is_role(&self, word: &str, class: u32) -> bool {
        class & class::TITLE != 0 || has_ending(word, &self.role_endings, 3)
    }

    /// Whether the word ends as a German noun does.
    pub(in crate::claims) fn is_noun(&self, word: &str) -> bool {
        has_ending(word, &self.noun_endings, 3) || has_ending(word, &self.role_endings, 1)
    }

    /// Whether a lower-case word may go on with an institution's name: Commission *européenne*.
    pub(in crate::claims) fn is_adjective(&self, word: &str) -> bool {
        has_ending(word, &self.adjective_endings, 3)
    }
}

/// Whether at least `before` bytes stand before one of the endings.
fn has_ending(word: &str, endings: &[String], before: usize) -> bool {
    endings.iter().any(|e| word.len() >= e.len() + before && word.ends_with(e.as_str()))
}
