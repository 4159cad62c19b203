//! Exonyms: names that languages spell differently, and well-known names, from `exonyms.tsv` of each language.

use std::collections::HashMap;

use super::lexicon::{NameLexicon, class};
use super::token::{WordGap, WordShape, WordToken, tokenize_words};
use crate::lang::{self, LANGUAGES, Language, PerLanguage};
use crate::text::Lang;

/// One spelling in one language.
struct ExonymPattern {
    name_id: &'static str,
    keys: Vec<u64>,
    /// Whether the name is written in capitals alone: US is not us.
    capitals: bool,
    /// Whether the name begins with a small letter: mer Baltique.
    small: bool,
}

impl ExonymPattern {
    /// Whether the name begins at the first of `words`, whose key it has.
    fn fits(&self, words: &[WordToken]) -> bool {
        let Some(first) = words.first() else { return false };
        self.keys.len() <= words.len()
            && (self.small || first.is_capitalised() || first.shape == WordShape::Number)
            && (!self.capitals || matches!(first.shape, WordShape::Capitals | WordShape::Initial))
            && self.keys.iter().zip(words).skip(1).all(|(k, w)| *k == w.key && w.is_joined())
    }
}

/// The spellings of one language, by their first word.
pub(super) struct Exonyms {
    patterns: HashMap<u64, Vec<ExonymPattern>>,
}

static EXONYM_TABLES: PerLanguage<Exonyms> = PerLanguage::new(Exonyms::from_language);

impl Exonyms {
    /// The table of a language that has a lexicon.
    pub(super) fn for_lexicon(lexicon: &'static NameLexicon) -> &'static Self {
        EXONYM_TABLES.get(lexicon.lang).expect("a language with a lexicon has all data")
    }

    fn from_language(language: &'static Language) -> Self {
        let lexicon = NameLexicon::for_language(language.tag).expect("each language has a lexicon");
        let mut patterns: HashMap<u64, Vec<ExonymPattern>> = HashMap::new();
        let own: HashMap<&str, &str> = table_rows(language.exonyms).collect();
        // Names that a language leaves out are spelled as in the fallback.
        let others = table_rows(lang::fallback().exonyms).filter(|(id, _)| !own.contains_key(id));
        for (id, forms) in table_rows(language.exonyms).chain(others) {
            for form in forms.split('|') {
                if form.contains('*') {
                    for ending in &lexicon.declined {
                        add_pattern(&mut patterns, id, &form.replace('*', ending), lexicon);
                    }
                } else {
                    add_pattern(&mut patterns, id, form, lexicon);
                }
            }
        }
        Self { patterns }
    }

    /// The longest name of the table that begins at the first of `words`: its number of words, and its id.
    pub(super) fn match_start(&self, words: &[WordToken]) -> Option<(usize, &'static str)> {
        let first = words.first()?;
        // Über at the start of a sentence is not Uber.
        if first.gap_before == WordGap::Start
            && first.has_class(class::STARTER)
            && first.shape != WordShape::Capitals
            && !self.has_longer_name(words)
        {
            return None;
        }
        self.patterns
            .get(&first.key)?
            .iter()
            .filter(|p| p.fits(words))
            .max_by_key(|p| p.keys.len())
            .map(|p| (p.keys.len(), p.name_id))
    }

    /// Whether a name of several words begins here: The Hague.
    fn has_longer_name(&self, words: &[WordToken]) -> bool {
        let list = self.patterns.get(&words[0].key).map_or(&[][..], Vec::as_slice);
        list.iter().any(|p| {
            p.keys.len() > 1
                && p.keys.len() <= words.len()
                && p.keys.iter().zip(words).all(|(k, w)| *k == w.key)
        })
    }
}

fn add_pattern(
    patterns: &mut HashMap<u64, Vec<ExonymPattern>>,
    name_id: &'static str,
    form: &str,
    lexicon: &NameLexicon,
) {
    let words = tokenize_words(form, lexicon);
    let Some(first) = words.first() else { return };
    patterns.entry(first.key).or_default().push(ExonymPattern {
        name_id,
        keys: words.iter().map(|t| t.key).collect(),
        capitals: words.len() == 1 && first.shape == WordShape::Capitals,
        small: first.shape == WordShape::Lower,
    });
}

/// The rows of a table: id and value.
fn table_rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The values of an id in the tables of all languages.
fn rows_of_id(id: &str, table: fn(&Language) -> &'static str) -> impl Iterator<Item = &'static str> {
    LANGUAGES
        .iter()
        .filter_map(move |language| table_rows(table(language)).find(|(row, _)| *row == id))
        .map(|(_, own)| own)
}

/// The id of a whole name, by the spellings of its own language, else of the fallback.
pub(super) fn exonym_id(form: &str, lang: Lang) -> Option<&'static str> {
    [lang, lang::fallback().tag].into_iter().filter_map(NameLexicon::for_language).find_map(|lexicon| {
        let words = tokenize_words(form, lexicon);
        let (count, id) = Exonyms::for_lexicon(lexicon).match_start(&words)?;
        (count == words.len()).then_some(id)
    })
}

/// All spellings of an id in all languages, with `*` for declined endings.
pub(super) fn exonym_spellings(id: &str) -> Vec<&'static str> {
    rows_of_id(id, |language| language.exonyms).flat_map(|forms| forms.split('|')).collect()
}

/// Stems of the words for the people and the adjective of a country.
pub(super) fn people_stems(id: &str) -> impl Iterator<Item = &'static str> {
    rows_of_id(id, |language| language.peoples).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_id_for_the_spellings_of_three_languages() {
        for (en, de, fr) in [
            ("Germany", "Deutschland", "Allemagne"),
            ("United States", "Vereinigten Staaten", "États-Unis"),
            ("EU", "Europäischen Union", "UE"),
            ("Munich", "München", "Munich"),
            ("The Hague", "Den Haag", "La Haye"),
        ] {
            let ids = [exonym_id(en, Lang::EN), exonym_id(de, Lang::DE), exonym_id(fr, Lang::FR)];
            assert!(ids[0].is_some() && ids[0] == ids[1] && ids[1] == ids[2], "{en} {ids:?}");
        }
        assert_eq!(exonym_id("us", Lang::EN), None);
        assert_eq!(exonym_id("Manche", Lang::DE), None);
    }

    #[test]
    fn every_row_has_an_id_of_its_own() {
        let mut ids: Vec<_> = table_rows(lang::fallback().exonyms).map(|(id, _)| id).collect();
        let rows = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows);
        assert!(rows > 400);
    }
}
