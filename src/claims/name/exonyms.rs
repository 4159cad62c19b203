//! Names that languages spell differently, and the best-known names of all: `exonyms.tsv` of each language.

use std::collections::HashMap;

use super::lexicon::{Lexicon, class};
use super::token::{Gap, Shape, Token, tokens};
use crate::lang::{self, LANGUAGES, Language, PerLanguage};
use crate::text::Lang;

/// One spelling in one language.
struct Pattern {
    id: &'static str,
    keys: Vec<u64>,
    /// Written in capitals alone, and only then this name: US is not us.
    capitals: bool,
    /// Written with a small letter first: mer Baltique.
    small: bool,
}

/// The spellings of one language, by their first word.
pub(super) struct Exonyms {
    patterns: HashMap<u64, Vec<Pattern>>,
}

static TABLES: PerLanguage<Exonyms> = PerLanguage::new(Exonyms::read);

impl Exonyms {
    /// The table of a language that has a lexicon.
    pub(super) fn of(lexicon: &'static Lexicon) -> &'static Self {
        TABLES.get(lexicon.lang).expect("a language with a lexicon has all data")
    }

    fn read(language: &'static Language) -> Self {
        let lexicon = Lexicon::of(language.tag).expect("each language has a lexicon");
        let mut patterns: HashMap<u64, Vec<Pattern>> = HashMap::new();
        let mut add = |id, form: &str| {
            let words = tokens(form, lexicon);
            if let Some(first) = words.first() {
                let keys = words.iter().map(|t| t.key).collect();
                let capitals = words.len() == 1 && first.shape == Shape::Capitals;
                let small = first.shape == Shape::Lower;
                patterns.entry(first.key).or_default().push(Pattern { id, keys, capitals, small });
            }
        };
        let own: HashMap<&str, &str> = rows(language.exonyms).collect();
        // What a language leaves out it spells as the fallback does.
        let others = rows(lang::fallback().exonyms).filter(|(id, _)| !own.contains_key(id));
        for (id, forms) in rows(language.exonyms).chain(others) {
            for form in forms.split('|') {
                if form.contains('*') {
                    for ending in &lexicon.declined {
                        add(id, &form.replace('*', ending));
                    }
                } else {
                    add(id, form);
                }
            }
        }
        Self { patterns }
    }

    /// The longest name of the table that begins at the first of `words`: how many words, and its id.
    pub(super) fn at(&self, words: &[Token]) -> Option<(usize, &'static str)> {
        let first = words.first()?;
        // Über at the start of a sentence is not Uber.
        if first.gap == Gap::Start
            && first.is(class::STARTER)
            && first.shape != Shape::Capitals
            && !self.longer(words)
        {
            return None;
        }
        let fits = |p: &&Pattern| {
            p.keys.len() <= words.len()
                && (p.small || first.capital() || first.shape == Shape::Number)
                && (!p.capitals || matches!(first.shape, Shape::Capitals | Shape::Initial))
                && p.keys.iter().zip(words).skip(1).all(|(k, w)| *k == w.key && w.joined())
        };
        self.patterns
            .get(&first.key)?
            .iter()
            .filter(fits)
            .max_by_key(|p| p.keys.len())
            .map(|p| (p.keys.len(), p.id))
    }
}

impl Exonyms {
    /// Whether a name of several words begins here: The Hague.
    fn longer(&self, words: &[Token]) -> bool {
        let list = self.patterns.get(&words[0].key).map_or(&[][..], Vec::as_slice);
        list.iter().any(|p| {
            p.keys.len() > 1
                && p.keys.len() <= words.len()
                && p.keys.iter().zip(words).all(|(k, w)| *k == w.key)
        })
    }
}

/// Ids and what stands beside each.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// What the tables of all languages have for an id.
fn in_all(id: &str, table: fn(&Language) -> &'static str) -> impl Iterator<Item = &'static str> {
    LANGUAGES
        .iter()
        .filter_map(move |language| rows(table(language)).find(|(row, _)| *row == id))
        .map(|(_, own)| own)
}

/// The id of a whole name, in the spellings of its own language or else of English.
pub(super) fn id(form: &str, lang: Lang) -> Option<&'static str> {
    [lang, lang::fallback().tag].into_iter().filter_map(Lexicon::of).find_map(|lexicon| {
        let words = tokens(form, lexicon);
        let (count, id) = Exonyms::of(lexicon).at(&words)?;
        (count == words.len()).then_some(id)
    })
}

/// All spellings of an id in all languages, without the German endings.
pub(super) fn spellings(id: &str) -> Vec<&'static str> {
    in_all(id, |language| language.exonyms).flat_map(|forms| forms.split('|')).collect()
}

/// Beginnings of the words for the people and the adjective of a country.
pub(super) fn peoples(id: &str) -> impl Iterator<Item = &'static str> {
    in_all(id, |language| language.peoples).flat_map(str::split_whitespace)
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
            let ids = [id(en, Lang::EN), id(de, Lang::DE), id(fr, Lang::FR)];
            assert!(ids[0].is_some() && ids[0] == ids[1] && ids[1] == ids[2], "{en} {ids:?}");
        }
        assert_eq!(id("us", Lang::EN), None);
        assert_eq!(id("Manche", Lang::DE), None);
    }

    #[test]
    fn every_row_has_an_id_of_its_own() {
        let mut ids: Vec<_> = rows(lang::fallback().exonyms).map(|(id, _)| id).collect();
        let rows = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows);
        assert!(rows > 400);
    }
}
