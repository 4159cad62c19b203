//! Classes of the words of a language for names and quotations, from its `names.toml`; read at the first use.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::claims::name::fold;
use crate::lang::{self, Grammar, Language, PerLanguage};
use crate::text::Lang;

/// Word classes, as bits; one word may have several.
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

/// The data file; a list that a language does not need may be absent.
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
    sources: Vec<String>,
    role_endings: String,
    noun_endings: String,
    adjective_endings: String,
    own_s_stems: String,
    foreign_parts: String,
    foreign_endings: String,
    open_endings: String,
    letters: String,
}

/// The words of one language.
pub(in crate::claims) struct NameLexicon {
    pub lang: Lang,
    pub grammar: &'static Grammar,
    /// Links that also separate two names: "and".
    pub conjunctions: HashSet<String>,
    /// Links of place, which separate a name from its location: "in".
    pub locatives: HashSet<String>,
    /// Links of purpose, which separate a name from an exonym: "for".
    pub purposes: HashSet<String>,
    /// Endings of a declined adjective, such as those of `Demokratisch*` in the exonyms.
    pub declined: Vec<String>,
    /// Phrases that introduce a source, each as keys of folded words.
    pub sources: Vec<Vec<u64>>,
    words: HashMap<u64, u32>,
    elisions: Vec<u64>,
    role_endings: Vec<String>,
    noun_endings: Vec<String>,
    adjective_endings: Vec<String>,
    /// Endings of stems whose final `s` is no genitive ending.
    own_s_stems: Vec<String>,
    foreign_parts: Vec<String>,
    foreign_endings: Vec<String>,
    /// Final letters that are frequent in foreign names.
    open_endings: Vec<String>,
    /// The letters of the language outside of ASCII.
    letters: String,
}

static LEXICONS: PerLanguage<NameLexicon> = PerLanguage::new(NameLexicon::from_language);

impl NameLexicon {
    /// The lexicon of a language, or `None` where there is no data.
    pub(in crate::claims) fn for_language(lang: Lang) -> Option<&'static Self> {
        LEXICONS.get(lang)
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

        Self {
            lang: language.tag,
            grammar: lang::grammar(language.tag),
            conjunctions: split_list(&file.conjunctions),
            locatives: split_list(&file.locatives),
            purposes: split_list(&file.purposes),
            declined: split_list(&file.declined),
            sources: file
                .sources
                .iter()
                .map(|s| s.split_whitespace().map(fold::fold_key).collect())
                .collect(),
            words,
            elisions: file.elisions.split_whitespace().map(fold::exact_key).collect(),
            role_endings: split_list(&file.role_endings),
            noun_endings: split_list(&file.noun_endings),
            adjective_endings: split_list(&file.adjective_endings),
            own_s_stems: split_list(&file.own_s_stems),
            foreign_parts: split_list(&file.foreign_parts),
            foreign_endings: split_list(&file.foreign_endings),
            open_endings: split_list(&file.open_endings),
            letters: file.letters,
        }
    }

    /// The classes of a word.
    pub(in crate::claims) fn class_of(&self, word: &str) -> u32 {
        self.words.get(&fold::exact_key(word)).copied().unwrap_or(0)
    }

    /// Whether the word is an elision before an apostrophe: the `l` of `l'Europe`.
    pub(in crate::claims) fn is_elision(&self, word: &str) -> bool {
        // The longest is lorsqu; the bound keeps a word with many apostrophes linear.
        word.len() < 12 && self.elisions.contains(&fold::exact_key(word))
    }

    /// Whether a person's name may follow the word: it is a title, or ends as one (`Finanzminister`).
    pub(in crate::claims) fn is_role(&self, word: &str, class: u32) -> bool {
        class & class::TITLE != 0 || has_ending(word, &self.role_endings, 3)
    }

    /// Whether the word ends as a German noun does.
    pub(in crate::claims) fn is_noun(&self, word: &str) -> bool {
        has_ending(word, &self.noun_endings, 3) || has_ending(word, &self.role_endings, 1)
    }

    /// Whether a lower-case word may continue the name of an institution: Commission *européenne*.
    pub(in crate::claims) fn is_adjective(&self, word: &str) -> bool {
        has_ending(word, &self.adjective_endings, 3)
    }

    /// Whether the word ends as a declined adjective does.
    pub(in crate::claims) fn is_declined(&self, word: &str) -> bool {
        has_ending(word, &self.declined, 0)
    }

    /// Whether an `s` behind the stem belongs to the word, and is no genitive ending: Haus, Preis, Prozess, Status.
    pub(in crate::claims) fn keeps_final_s(&self, stem: &str) -> bool {
        has_ending(stem, &self.own_s_stems, 0)
    }

    /// Whether the spelling is foreign, or ends in a letter that is frequent in foreign names.
    pub(in crate::claims) fn may_be_foreign(&self, word: &str) -> bool {
        has_ending(word, &self.open_endings, 0) || self.is_foreign(word)
    }

    /// Whether the spelling is foreign to German.
    pub(in crate::claims) fn is_foreign(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let bytes = lower.as_bytes();
        let c_alone = bytes.iter().enumerate().any(|(i, b)| {
            *b == b'c' && !matches!(bytes.get(i + 1), Some(b'h' | b'k')) && !(i > 0 && bytes[i - 1] == b's')
        });
        c_alone
            || lower.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !self.letters.contains(c))
            || self.foreign_parts.iter().any(|part| lower.contains(part.as_str()))
            || has_ending(&lower, &self.foreign_endings, 0)
            || (lower.contains("tch") && !lower.contains("tsch"))
    }
}

fn split_list<T: FromIterator<String>>(words: &str) -> T {
    words.split_whitespace().map(str::to_owned).collect()
}

/// Whether the word has one of the endings behind at least `before` bytes.
fn has_ending(word: &str, endings: &[String], before: usize) -> bool {
    endings.iter().any(|e| word.len() >= e.len() + before && word.ends_with(e.as_str()))
}
