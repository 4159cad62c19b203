//! The words of a language, as phrases with what they mean.

mod load;
mod sense;

use rustc_hash::FxHashMap;

use crate::claims::value::Currency;
use crate::lang::PerLanguage;
use crate::text::Lang;
use load::country_code;

pub(super) use load::NumberStyle;
pub(super) use sense::{DateGlue, Glue, One, Period, Sense, Street};

/// A phrase by its words after the first.
#[derive(Debug)]
pub(super) struct PhraseEntry {
    pub(super) rest: Box<[u32]>,
    pub(super) sense: Sense,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct ValueLexicon {
    pub(super) style: NumberStyle,
    words: FxHashMap<Box<str>, u32>,
    /// By number of the first word; number 0 is the unknown word.
    heads: Vec<Vec<PhraseEntry>>,
    /// Codes of each currency noun by country, `default` first where there is one.
    nouns: Vec<Vec<([u8; 3], Currency)>>,
    /// Canonical units.
    units: Vec<String>,
    /// The first two bytes of words that can begin a compound.
    starts: Vec<[u8; 2]>,
}

/// The country of a currency noun's usual currency.
const DEFAULT_COUNTRY: [u8; 3] = *b"---";

static LEXICONS: PerLanguage<ValueLexicon> =
    PerLanguage::new(|language| ValueLexicon::from_toml(language.values));

/// The words of `lang`, where there is data for it.
pub(super) fn lexicon_of(lang: Lang) -> Option<&'static ValueLexicon> {
    LEXICONS.get(lang)
}

impl ValueLexicon {
    /// The number of a folded word or of a sign, 0 where it is not known.
    pub(super) fn word_id(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The phrases that begin with a word, longest first.
    pub(super) fn phrase_entries(&self, word: u32) -> &[PhraseEntry] {
        self.heads.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// The first one-word sense of a folded word that `wanted` accepts.
    pub(super) fn find_sense<T>(&self, folded: &str, wanted: impl Fn(Sense) -> Option<T>) -> Option<T> {
        let entries = self.phrase_entries(self.word_id(folded));
        entries.iter().filter(|e| e.rest.is_empty()).find_map(|e| wanted(e.sense))
    }

    /// Whether a word ends as a street's name does.
    pub(super) fn is_street(&self, word: &str) -> bool {
        let mut folded = String::new();
        word.chars().for_each(|c| self.fold_char(c, &mut folded));
        let ending = |s| (s == Sense::Street(Street::Ending)).then_some(());
        (3..folded.len().min(8))
            .filter_map(|len| folded.get(folded.len() - len..))
            .any(|end| self.find_sense(end, ending).is_some())
    }

    /// Appends a letter as it counts for comparison.
    pub(super) fn fold_char(&self, c: char, to: &mut String) {
        if c.is_ascii() {
            to.push(c.to_ascii_lowercase());
            return;
        }
        for lower in c.to_lowercase() {
            match self.style.fold.get(&lower) {
                Some(as_ascii) => to.push_str(as_ascii),
                None if lower == '\u{ad}' => {}
                None => to.push(lower),
            }
        }
    }

    /// The code of a currency noun, with its country where one is told.
    pub(super) fn noun_code(&self, noun: u8, country: Option<[u8; 3]>) -> Option<Currency> {
        let codes = &self.nouns[noun as usize];
        let of = |c: [u8; 3]| codes.iter().find(|(k, _)| *k == c).map(|(_, code)| *code);
        country.and_then(of).or_else(|| of(DEFAULT_COUNTRY))
    }

    /// The currencies that a noun may mean.
    pub(super) fn noun_currencies(&self, noun: u8) -> Vec<Currency> {
        self.nouns[noun as usize].iter().map(|(_, code)| *code).collect()
    }

    /// Whether the currency noun has a code of its own in that country.
    pub(super) fn noun_has(&self, noun: u8, country: [u8; 3]) -> bool {
        self.nouns[noun as usize].iter().any(|(c, _)| *c == country)
    }

    /// The currency whose cents a country's cents are.
    pub(super) fn subunit_of(&self, country: [u8; 3]) -> Option<Currency> {
        let codes = self.nouns.iter().find(|codes| codes.contains(&(DEFAULT_COUNTRY, Currency(*b"USD"))))?;
        codes.iter().find(|(c, _)| *c == country).map(|(_, code)| *code)
    }

    /// Whether a folded word begins as a number word does.
    pub(super) fn starts_number(&self, word: &str) -> bool {
        word.as_bytes().first_chunk().is_some_and(|two: &[u8; 2]| self.starts.binary_search(two).is_ok())
    }

    pub(super) fn unit_name(&self, at: u16) -> &str {
        &self.units[at as usize]
    }
}
