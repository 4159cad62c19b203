//! The phrases of one language, by their first word.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::sense::{DEFAULT_COUNTRY, Sense, Street};
use super::style::NumberStyle;
use crate::claims::value::Currency;

/// The most words and signs of a phrase in the language data, asserted by [`ValueLexicon::add_phrase`].
pub(in crate::claims::values) const LONGEST_PHRASE: usize = 6;

/// A phrase, as its words after the first, and its sense.
#[derive(Debug)]
pub(in crate::claims::values) struct PhraseEntry {
    pub(in crate::claims::values) rest: Box<[u32]>,
    pub(in crate::claims::values) sense: Sense,
}

impl PhraseEntry {
    fn is_number_word(&self) -> bool {
        self.rest.is_empty()
            && matches!(self.sense, Sense::Cardinal(_) | Sense::Scale { bare: true, .. } | Sense::Ordinal(_))
    }
}

/// The words and phrases of one language.
#[derive(Debug)]
pub(in crate::claims::values) struct ValueLexicon {
    pub(in crate::claims::values) style: NumberStyle,
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

impl ValueLexicon {
    /// The number of a folded word or of a sign, 0 where it is not known.
    pub(in crate::claims::values) fn word_id(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(0)
    }

    /// The phrases that begin with a word, longest first.
    pub(in crate::claims::values) fn phrase_entries(&self, word: u32) -> &[PhraseEntry] {
        self.heads.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// The first one-word sense of a folded word that `wanted` accepts.
    pub(in crate::claims::values) fn find_sense<T>(
        &self,
        folded: &str,
        wanted: impl Fn(Sense) -> Option<T>,
    ) -> Option<T> {
        let entries = self.phrase_entries(self.word_id(folded));
        entries.iter().filter(|e| e.rest.is_empty()).find_map(|e| wanted(e.sense))
    }

    /// Whether a word ends as a street's name does.
    pub(in crate::claims::values) fn is_street(&self, word: &str) -> bool {
        let mut folded = String::new();
        word.chars().for_each(|c| self.fold_char(c, &mut folded));
        (3..folded.len().min(8))
            .filter_map(|len| folded.get(folded.len() - len..))
            .any(|end| self.find_sense(end, |s| (s == Sense::Street(Street::Ending)).then_some(())).is_some())
    }

    /// Appends a letter in its folded form: lower case, with the substitutions of the language.
    pub(in crate::claims::values) fn fold_char(&self, c: char, to: &mut String) {
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

    /// The code of a currency noun, in `country` where that is given and known for the noun, else the usual one.
    pub(in crate::claims::values) fn noun_code(
        &self,
        noun: u8,
        country: Option<[u8; 3]>,
    ) -> Option<Currency> {
        let codes = &self.nouns[noun as usize];
        country.and_then(|country| code_in(codes, country)).or_else(|| code_in(codes, DEFAULT_COUNTRY))
    }

    /// The currencies that a noun may mean.
    pub(in crate::claims::values) fn noun_currencies(&self, noun: u8) -> Vec<Currency> {
        self.nouns[noun as usize].iter().map(|(_, code)| *code).collect()
    }

    /// Whether the currency noun has a code of its own in that country.
    pub(in crate::claims::values) fn noun_has(&self, noun: u8, country: [u8; 3]) -> bool {
        self.nouns[noun as usize].iter().any(|(c, _)| *c == country)
    }

    /// The dollar of a country, whose cents its cents are.
    pub(in crate::claims::values) fn subunit_of(&self, country: [u8; 3]) -> Option<Currency> {
        let codes = self.nouns.iter().find(|codes| codes.contains(&(DEFAULT_COUNTRY, Currency(*b"USD"))))?;
        code_in(codes, country)
    }

    /// Whether a folded word has the first two bytes of a number word.
    pub(in crate::claims::values) fn starts_number(&self, word: &str) -> bool {
        word.as_bytes().first_chunk().is_some_and(|two: &[u8; 2]| self.starts.binary_search(two).is_ok())
    }

    pub(in crate::claims::values) fn unit_name(&self, at: u16) -> &str {
        &self.units[at as usize]
    }

    /// A lexicon without phrases. `nouns` holds the codes of each currency noun by country.
    pub(super) fn new(style: NumberStyle, nouns: Vec<Vec<([u8; 3], Currency)>>) -> Self {
        Self {
            style,
            words: FxHashMap::with_capacity_and_hasher(4096, FxBuildHasher),
            heads: vec![Vec::new()],
            nouns,
            units: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Adds a canonical unit, and returns its sense.
    pub(super) fn add_unit(&mut self, name: &str) -> Sense {
        self.units.push(name.to_owned());
        Sense::Unit((self.units.len() - 1) as u16)
    }

    /// Sorts the phrases, once all are added.
    pub(super) fn finish(mut self) -> Self {
        self.starts = self.number_starts();
        for head in &mut self.heads {
            head.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        self
    }

    /// Adds a phrase, once with each of the language's endings where it has a `~`.
    pub(super) fn add_with_endings(&mut self, phrase: &str, sense: Sense) {
        if let Some((stem, rest)) = phrase.split_once('~').filter(|(stem, _)| !stem.is_empty()) {
            for ending in self.style.endings.clone() {
                self.add_phrase(&format!("{stem}{ending}{rest}"), sense);
            }
        } else {
            self.add_phrase(phrase, sense);
        }
    }

    /// Adds a phrase; its words are folded.
    pub(super) fn add_phrase(&mut self, phrase: &str, sense: Sense) {
        let ids: Vec<u32> =
            self.split_phrase(phrase).into_iter().map(|word| self.intern_word(word)).collect();
        debug_assert!((1..=LONGEST_PHRASE).contains(&ids.len()), "{phrase:?}");
        if let Some((first, rest)) = ids.split_first()
            && !self.heads[*first as usize].iter().any(|e| e.sense == sense && *e.rest == *rest)
        {
            self.heads[*first as usize].push(PhraseEntry { rest: rest.into(), sense });
        }
    }

    /// The folded words and the signs of a phrase, split as the tokens of a text are.
    fn split_phrase(&self, phrase: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut word = String::new();
        for c in phrase.chars() {
            if c.is_alphabetic() {
                self.fold_char(c, &mut word);
                continue;
            }
            if !word.is_empty() {
                pieces.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                pieces.push(c.to_string());
            }
        }
        if !word.is_empty() {
            pieces.push(word);
        }
        pieces
    }

    /// The number of a word, which is new where the word is.
    fn intern_word(&mut self, word: String) -> u32 {
        let next = self.heads.len() as u32;
        let id = *self.words.entry(word.into()).or_insert(next);
        if id == next {
            self.heads.push(Vec::new());
        }
        id
    }

    fn number_starts(&self) -> Vec<[u8; 2]> {
        let words = self
            .words
            .iter()
            .filter(|(_, id)| self.phrase_entries(**id).iter().any(PhraseEntry::is_number_word));
        let mut starts: Vec<[u8; 2]> =
            words.filter_map(|(word, _)| word.as_bytes().first_chunk().copied()).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

fn code_in(codes: &[([u8; 3], Currency)], country: [u8; 3]) -> Option<Currency> {
    codes.iter().find(|(c, _)| *c == country).map(|(_, code)| *code)
}
