//! The words of a language by which garbled text is detected: `garble.toml` of each language.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::lang::PerLanguage;
use crate::segment::{self, FoldedWord};
use crate::text::Lang;

static LEXICONS: PerLanguage<GarbleLexicon> =
    PerLanguage::new(|language| GarbleLexicon::parse(language.garble));

/// The content of a data file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GarbleFile {
    small: HashSet<String>,
    letters: String,
    loanwords: HashSet<String>,
    notes: Vec<String>,
    shapes: Vec<String>,
    #[serde(default)]
    articles_before_dates: Vec<String>,
    #[serde(default)]
    singular_endings: Vec<String>,
    #[serde(default)]
    plural_stems: Vec<String>,
    #[serde(default)]
    elided: HashSet<String>,
    #[serde(default)]
    aspirated: HashSet<String>,
    #[serde(default)]
    vowels: String,
    strays: BTreeMap<String, Vec<String>>,
    name: BTreeMap<String, Vec<String>>,
    phrase: BTreeMap<String, Vec<String>>,
    word: BTreeMap<String, Vec<String>>,
    plain: BTreeMap<String, Vec<String>>,
    calque: BTreeMap<String, Vec<String>>,
}

/// The data of one language.
#[derive(Debug)]
pub(super) struct GarbleLexicon {
    /// Words that are never written with a capital inside a sentence.
    pub(super) small: HashSet<String>,
    /// Letters outside of a to z that words of this language have.
    pub(super) letters: String,
    /// Words with other letters that belong to this language all the same.
    pub(super) loanwords: HashSet<String>,
    /// Beginnings and ends of the notes of editors and translators.
    pub(super) notes: Vec<String>,
    /// Names of the shapes that are foreign to this language.
    pub(super) shapes: Vec<String>,
    /// Articles that never come before a date.
    pub(super) articles_before_dates: Vec<String>,
    /// Endings, before its s, of a singular word with a possessive; empty for a language without this possessive.
    pub(super) singular_endings: Vec<String>,
    /// Endings, before the s, of words that are plural for sure.
    pub(super) plural_stems: Vec<String>,
    /// Words that are elided before a vowel.
    pub(super) elided: HashSet<String>,
    /// Words before which nothing is elided.
    pub(super) aspirated: HashSet<String>,
    /// Letters before which words are elided.
    pub(super) vowels: String,
    /// Function words of other languages, each with its language.
    pub(super) strays: HashMap<String, Lang>,
    /// Corrupted names, as they are written.
    pub(super) names: PhraseList,
    /// Phrases that only a table of synonyms produces.
    pub(super) phrases: PhraseList,
    /// Words that such tables prefer.
    pub(super) words: PhraseList,
    /// Good words that they put in the place of others.
    pub(super) plain: PhraseList,
    /// Phrases translated word by word.
    pub(super) calques: PhraseList,
}

impl GarbleLexicon {
    /// The data of a language, where there is some.
    pub(super) fn for_lang(lang: Lang) -> Option<&'static Self> {
        LEXICONS.get(lang)
    }

    fn parse(source: &str) -> Self {
        let file: GarbleFile =
            toml::from_str(source).unwrap_or_else(|error| panic!("data shipped with claimdiff: {error}"));
        let strays = file.strays.into_iter().flat_map(|(lang, words)| {
            let lang = lang.parse().unwrap_or(Lang::UND);
            words.into_iter().map(move |word| (word, lang))
        });
        Self {
            small: file.small,
            letters: file.letters,
            loanwords: file.loanwords,
            notes: file.notes,
            shapes: file.shapes,
            articles_before_dates: file.articles_before_dates,
            singular_endings: file.singular_endings,
            plural_stems: file.plural_stems,
            elided: file.elided,
            aspirated: file.aspirated,
            vowels: file.vowels,
            strays: strays.collect(),
            names: PhraseList::new(file.name, true),
            phrases: PhraseList::new(file.phrase, false),
            words: PhraseList::new(file.word, false),
            plain: PhraseList::new(file.plain, false),
            calques: PhraseList::new(file.calque, false),
        }
    }
}

/// A list of phrases, each with the phrases that it replaces.
#[derive(Debug)]
pub(super) struct PhraseList {
    /// By first word; the longest first.
    by_first: BTreeMap<String, Vec<ListedPhrase>>,
    /// Whether capitals count.
    exact: bool,
}

#[derive(Debug)]
struct ListedPhrase {
    words: Vec<String>,
    meant: Vec<String>,
}

/// Matches any number in a phrase.
const NUMBER_SIGN: &str = "#";

impl PhraseList {
    fn new(entries: BTreeMap<String, Vec<String>>, exact: bool) -> Self {
        let mut by_first: BTreeMap<String, Vec<ListedPhrase>> = BTreeMap::new();
        for (phrase, meant) in entries {
            let words: Vec<String> = phrase.split(' ').flat_map(|part| phrase_words(part, exact)).collect();
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push(ListedPhrase { words, meant });
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        Self { by_first, exact }
    }

    /// The longest phrase that `words` begin with: its number of words and the phrases that it replaces.
    pub(super) fn longest_match(&self, text: &str, words: &[FoldedWord]) -> Option<(usize, &[String])> {
        let first = words.first()?;
        let number = first.is_number().then_some(NUMBER_SIGN);
        let keys = [Some(first.compared_form(self.exact)), Some(first.bare_form(self.exact)), number];
        let mut matches = keys.into_iter().flatten().filter_map(|key| {
            let phrases = self.by_first.get(key)?.iter();
            let fitting = phrases.filter(|phrase| self.matches_words(text, words, &phrase.words));
            fitting.map(|phrase| (phrase.words.len(), phrase.meant.as_slice())).next()
        });
        let first = matches.next()?;
        Some(matches.fold(first, |best, other| if other.0 > best.0 { other } else { best }))
    }

    fn matches_words(&self, text: &str, words: &[FoldedWord], phrase: &[String]) -> bool {
        words.len() >= phrase.len()
            && words.iter().zip(phrase).all(|(word, wanted)| {
                word.compared_form(self.exact) == wanted
                    || word.bare_form(self.exact) == wanted
                    || wanted == NUMBER_SIGN && word.is_number()
            })
            && words[..phrase.len()].windows(2).all(|pair| pair[0].touches_next(&pair[1], text))
    }
}

fn phrase_words(part: &str, exact: bool) -> Vec<String> {
    if part == NUMBER_SIGN {
        return vec![NUMBER_SIGN.to_owned()];
    }
    segment::word_spans(part).map(|span| segment::fold_word(span.slice(part), exact)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::folded_words;

    #[test]
    fn every_file_can_be_read_and_every_list_has_entries() {
        for lang in [Lang::EN, Lang::DE, Lang::FR] {
            let lexicon = GarbleLexicon::for_lang(lang).unwrap();
            for list in [&lexicon.names, &lexicon.phrases, &lexicon.words, &lexicon.plain, &lexicon.calques] {
                assert!(!list.by_first.is_empty(), "{lang}");
                for phrase in list.by_first.values().flatten() {
                    assert!(!phrase.meant.is_empty(), "{lang} {:?}", phrase.words);
                }
            }
            assert!(lexicon.strays.values().all(|from| from.is_known() && *from != lang), "{lang}");
        }
    }

    #[test]
    fn phrases_match_with_endings_numbers_and_hyphens() {
        let entries = [("weblog publish", "blog post"), ("since # years", "for"), ("non-public", "private")];
        let entries = entries.map(|(k, v)| (k.to_owned(), vec![v.to_owned()]));
        let phrases = PhraseList::new(entries.into_iter().collect(), false);
        let at = |text: &str| {
            let words = folded_words(text);
            (0..words.len())
                .find_map(|k| phrases.longest_match(text, &words[k..]).map(|(n, m)| (k, n, m[0].clone())))
        };
        assert_eq!(at("The Weblog publish’s title"), Some((1, 2, "blog post".to_owned())));
        assert_eq!(at("since 3 years"), Some((0, 3, "for".to_owned())));
        assert_eq!(at("a non-public one"), Some((1, 1, "private".to_owned())));
        assert_eq!(at("a weblog, publish it"), None);
    }
}
