//! Reads the lexicon of a language from its `values.toml` and the table of currencies.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::phrases::ValueLexicon;
use super::sense::{Sense, country_code, sense_of};
use super::style::NumberStyle;
use crate::claims::value::Currency;
use crate::lang;

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

/// Reads a language's lexicon from its `values.toml`.
#[expect(clippy::expect_used, reason = "the files are part of the program; a test reads each")]
pub(super) fn read_lexicon(file: &str) -> ValueLexicon {
    let data: ValueData = toml::from_str(file).expect("language data");
    let common: CurrencyData = toml::from_str(lang::CURRENCIES).expect("currency data");
    let mut lexicon = ValueLexicon::new(data.reading, common.nouns.values().map(codes_by_country).collect());
    for (section, lists) in &data.sections {
        for (key, phrases) in lists {
            let sense = match section.as_str() {
                "currencies" => {
                    common.nouns.keys().position(|n| n == key).map(|n| Sense::CurrencyNoun(n as u8))
                }
                "subunits" => common.subunits.get(key).and_then(|s| s.iter().next()).map(|(code, per)| {
                    let currency = (!code.is_empty()).then(|| currency_code(code));
                    Sense::Subunit { per: *per, currency }
                }),
                "units" => Some(lexicon.add_unit(key)),
                _ => sense_of(section, key),
            };
            let sense = sense.unwrap_or_else(|| unreachable!("no sense for {section}.{key}"));
            for phrase in phrases {
                lexicon.add_with_endings(phrase, sense);
            }
        }
    }
    add_currencies(&mut lexicon, &common);
    lexicon.finish()
}

fn codes_by_country(codes: &BTreeMap<String, String>) -> Vec<([u8; 3], Currency)> {
    codes.iter().map(|(c, code)| (country_code(c), currency_code(code))).collect()
}

/// Adds signs and codes of all currencies.
fn add_currencies(lexicon: &mut ValueLexicon, common: &CurrencyData) {
    for (code, signs) in &common.symbols {
        for sign in signs {
            let code = currency_code(code);
            lexicon
                .add_phrase(sign, Sense::CurrencyCode { code, symbol: true, capital: false, behind: false });
        }
    }
    let (small, behind) = (&common.codes["small"], &common.codes["behind"]);
    let of_nouns = common.nouns.values().flat_map(BTreeMap::values);
    for code in of_nouns.chain(&common.codes["more"]) {
        let sense = Sense::CurrencyCode {
            code: currency_code(if code == "RMB" || code == "CNH" { "CNY" } else { code }),
            symbol: false,
            capital: !small.contains(code),
            behind: behind.contains(code),
        };
        lexicon.add_phrase(code, sense);
        // "usd$ 15", "$CAD 3": code and sign are one marker. Only the usual codes, which keeps the sign's list short.
        if small.contains(code) {
            lexicon.add_phrase(&format!("{code} $"), sense);
            lexicon.add_phrase(&format!("$ {code}"), sense);
        }
    }
}

fn currency_code(code: &str) -> Currency {
    Currency(code.as_bytes().try_into().unwrap_or(*b"XXX"))
}
