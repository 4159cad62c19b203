//! Language data to a lexicon: one file a language, and one of the world's currencies.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;

use super::sense::{self, Sense};
use super::{DEFAULT_COUNTRY, PhraseEntry, ValueLexicon};
use crate::claims::value::Currency;
use crate::claims::values::token::LONGEST_PHRASE;
use crate::lang;

/// How a language writes numbers and dates.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts about a language")]
pub(in crate::claims::values) struct NumberStyle {
    /// The sign before decimals.
    pub(in crate::claims::values) decimal: char,
    /// 3/4/2020 is the third of April.
    pub(in crate::claims::values) day_first: bool,
    /// quatre-vingt-dix.
    pub(in crate::claims::values) vigesimal: bool,
    /// einundzwanzig.
    pub(in crate::claims::values) inverted_tens: bool,
    /// der 3. Platz.
    pub(in crate::claims::values) ordinal_dot: bool,
    /// one third: the ordinal's word is also the fraction's.
    pub(in crate::claims::values) ordinal_fractions: bool,
    /// Number words are written together.
    pub(in crate::claims::values) compounds: bool,
    /// Superlatives that an ordinal is written together with, folded: the dritt*größte*.
    pub(in crate::claims::values) superlatives: Vec<String>,
    /// What `~` in a list stands for.
    endings: Vec<String>,
    /// Letters that count as others, so that spellings without accents are known.
    pub(super) fold: HashMap<char, String>,
}

/// Key to spellings.
type PhraseLists = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct ValueData {
    reading: NumberStyle,
    #[serde(flatten)]
    sections: BTreeMap<String, PhraseLists>,
}

#[derive(Deserialize)]
struct CurrencyData {
    nouns: BTreeMap<String, BTreeMap<String, String>>,
    subunits: BTreeMap<String, BTreeMap<String, f64>>,
    symbols: PhraseLists,
    codes: PhraseLists,
}

impl ValueLexicon {
    #[expect(clippy::expect_used, reason = "the files are part of the program; a test reads each")]
    pub(super) fn from_toml(file: &str) -> Self {
        let data: ValueData = toml::from_str(file).expect("language data");
        let common: CurrencyData = toml::from_str(lang::CURRENCIES).expect("currency data");
        let mut new = Self {
            style: data.reading,
            words: FxHashMap::with_capacity_and_hasher(4096, FxBuildHasher),
            heads: vec![Vec::new()],
            nouns: Vec::new(),
            units: Vec::new(),
            starts: Vec::new(),
        };
        let nouns: Vec<&String> = common.nouns.keys().collect();
        for codes in common.nouns.values() {
            new.nouns.push(codes.iter().map(|(c, code)| (country_code(c), currency_code(code))).collect());
        }
        for (section, lists) in &data.sections {
            for (key, phrases) in lists {
                let sense = match section.as_str() {
                    "currencies" => {
                        nouns.iter().position(|n| *n == key).map(|n| Sense::CurrencyNoun(n as u8))
                    }
                    "subunits" => {
                        common.subunits.get(key).and_then(|s| s.iter().next()).map(|(code, per)| {
                            Sense::Subunit {
                                per: *per,
                                currency: (!code.is_empty()).then(|| currency_code(code)),
                            }
                        })
                    }
                    "units" => {
                        new.units.push(key.clone());
                        Some(Sense::Unit((new.units.len() - 1) as u16))
                    }
                    _ => sense::sense_of(section, key),
                };
                let sense = sense.unwrap_or_else(|| unreachable!("no sense for {section}.{key}"));
                for phrase in phrases {
                    new.add_with_endings(phrase, sense);
                }
            }
        }
        new.add_currencies(&common);
        new.starts = new.number_starts();
        for head in &mut new.heads {
            head.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        new
    }

    fn add_currencies(&mut self, common: &CurrencyData) {
        for (code, signs) in &common.symbols {
            for sign in signs {
                let code = currency_code(code);
                self.add(sign, Sense::CurrencyCode { code, symbol: true, capital: false, behind: false });
            }
        }
        let has = |list: &str, code: &str| common.codes[list].iter().any(|c| c == code);
        let of_nouns = common.nouns.values().flat_map(BTreeMap::values);
        for code in of_nouns.chain(&common.codes["more"]) {
            let sense = Sense::CurrencyCode {
                code: currency_code(if code == "RMB" || code == "CNH" { "CNY" } else { code }),
                symbol: false,
                capital: !has("small", code),
                behind: has("behind", code),
            };
            self.add(code, sense);
            // "usd$ 15", "$CAD 3": code and sign are one marker. Only the usual codes, which keeps the sign's list short.
            if has("small", code) {
                self.add(&format!("{code} $"), sense);
                self.add(&format!("$ {code}"), sense);
            }
        }
    }

    fn add_with_endings(&mut self, phrase: &str, sense: Sense) {
        if let Some((stem, rest)) = phrase.split_once('~').filter(|(stem, _)| !stem.is_empty()) {
            for ending in self.style.endings.clone() {
                self.add(&format!("{stem}{ending}{rest}"), sense);
            }
        } else {
            self.add(phrase, sense);
        }
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let ids: Vec<u32> = self.pieces(phrase).into_iter().map(|word| self.intern(word)).collect();
        debug_assert!((1..=LONGEST_PHRASE).contains(&ids.len()), "{phrase:?}");
        if let Some((first, rest)) = ids.split_first()
            && !self.heads[*first as usize].iter().any(|e| e.sense == sense && *e.rest == *rest)
        {
            self.heads[*first as usize].push(PhraseEntry { rest: rest.into(), sense });
        }
    }

    /// The folded words and the signs of a phrase, cut as the scanner cuts the text.
    fn pieces(&self, phrase: &str) -> Vec<String> {
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

    fn intern(&mut self, word: String) -> u32 {
        let next = self.heads.len() as u32;
        let id = *self.words.entry(word.into()).or_insert(next);
        if id == next {
            self.heads.push(Vec::new());
        }
        id
    }

    fn number_starts(&self) -> Vec<[u8; 2]> {
        let number = |e: &PhraseEntry| {
            e.rest.is_empty()
                && matches!(e.sense, Sense::Cardinal(_) | Sense::Scale { bare: true, .. } | Sense::Ordinal(_))
        };
        let words = self.words.iter().filter(|(_, id)| self.phrase_entries(**id).iter().any(number));
        let mut starts: Vec<[u8; 2]> =
            words.filter_map(|(word, _)| word.as_bytes().first_chunk().copied()).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

fn currency_code(code: &str) -> Currency {
    Currency(code.as_bytes().try_into().unwrap_or(*b"XXX"))
}

pub(super) fn country_code(code: &str) -> [u8; 3] {
    let mut letters = DEFAULT_COUNTRY;
    if code != "default" {
        for (to, from) in letters.iter_mut().zip(code.bytes()) {
            *to = from;
        }
    }
    letters
}
