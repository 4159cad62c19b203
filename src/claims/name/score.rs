//! Comparison of names across spelling, inflection, language and abbreviation.

use super::{exonyms, fold};
use crate::lang::{self, Grammar};
use crate::text::Lang;

/// A name for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameValue {
    /// As written, without inflection, article and title.
    pub form: String,
    /// Other forms in the same text: the acronym in brackets, the surname alone.
    pub aliases: Vec<String>,
    /// ISO 3166-1 code of a country, or the key of another name that languages spell differently.
    pub id: Option<&'static str>,
}

impl NameValue {
    /// The value of a form in a text of this language.
    #[must_use]
    pub fn new(form: &str, lang: Lang) -> Self {
        Self { form: form.to_owned(), aliases: Vec::new(), id: exonyms::exonym_id(form, lang) }
    }
}

/// At and above this [`name_score`] two names count as the same.
pub const SAME_NAME_SCORE: f32 = 0.8;

/// Whether the two name the same entity; symmetric, not transitive (two people may share a surname).
#[must_use]
pub fn same_name(a: &NameValue, b: &NameValue) -> bool {
    name_score(a, b) >= SAME_NAME_SCORE
}

/// The confidence that two names name the same entity, 0 to 1.
///
/// 1: equal up to case, diacritics, article and legal form, or exonyms of one id (Deutschland, Allemagne). 0.9: a
/// different ending, an acronym, or an alias in the text. 0.85: a surname and a full name. 0.8: transliterations of
/// one name. 0: nothing in common, or exonyms of two ids.
#[must_use]
pub fn name_score(a: &NameValue, b: &NameValue) -> f32 {
    if let (Some(a), Some(b)) = (a.id, b.id) {
        return if a == b { 1.0 } else { 0.0 };
    }
    let mut best = form_score(&a.form, &b.form);
    let left = std::iter::once(&a.form).chain(&a.aliases);
    for (i, x) in left.enumerate() {
        for (j, y) in std::iter::once(&b.form).chain(&b.aliases).enumerate() {
            if i + j > 0 && best < 0.9 {
                best = best.max(form_score(x, y).min(0.9));
            }
        }
    }
    best
}

/// Whether a list of any language has the word, since names keep article and legal form in other languages.
fn any_language_has(list: fn(&Grammar) -> &[String], word: &str) -> bool {
    lang::all_grammars().any(|grammar| list(grammar).iter().any(|listed| listed == word))
}

struct NameForm {
    words: Vec<String>,
    capitals: String,
    acronym: bool,
}

fn parse_form(form: &str) -> NameForm {
    let parts: Vec<&str> = form
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2011}' | '\'' | '’' | ',' | '/'))
        .filter(|w| !w.is_empty())
        .collect();
    let capitals = parts
        .iter()
        .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
        .flat_map(char::to_lowercase)
        .collect();
    let bare: String = form.chars().filter(|c| *c != '.').collect();
    let acronym =
        (2..=7).contains(&bare.chars().count()) && bare.chars().all(|c| c.is_uppercase() || c.is_numeric());
    let mut words: Vec<String> = parts.iter().map(|w| fold::fold_word(w)).filter(|w| !w.is_empty()).collect();
    if words.len() > 1 && any_language_has(|grammar| &grammar.articles, &words[0]) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|w| any_language_has(|grammar| &grammar.legal_forms, w))
    {
        words.pop();
    }
    // McDonald's, l'Oréal: the letter after the apostrophe.
    if words.len() > 1 && words.last().is_some_and(|w| w == "s") {
        words.pop();
    }
    NameForm { words, capitals, acronym }
}

fn form_score(a: &str, b: &str) -> f32 {
    let (a, b) = (parse_form(a), parse_form(b));
    if a.words.is_empty() || b.words.is_empty() {
        return 0.0;
    }
    if a.words == b.words || a.words.concat() == b.words.concat() {
        return 1.0;
    }
    if is_inflected(&a.words, &b.words) {
        return 0.9;
    }
    if is_acronym_of(&a, &b) || is_acronym_of(&b, &a) {
        return 0.9;
    }
    let (short, long) = if a.words.len() <= b.words.len() { (&a, &b) } else { (&b, &a) };

    let letters: usize = short.words.iter().map(String::len).sum();
    if short.words.len() == long.words.len() && letters >= 5 && fold_sounds(&a.words) == fold_sounds(&b.words)
    {
        return 0.8;
    }
    if short.words.len() < long.words.len() && !short.acronym {
        let tail = &long.words[long.words.len() - short.words.len()..];
        let letters: usize = short.words.iter().map(String::len).sum();
        if tail == short.words.as_slice() && letters >= 3 {
            return 0.85;
        }
        if letters >= 5
            && (is_inflected(tail, &short.words) || fold_sounds(tail) == fold_sounds(&short.words))
        {
            return 0.8;
        }
        // Joseph R. Biden: initials and middle names between the same first and last.
        if short.words.len() > 1
            && short.words.first() == long.words.first()
            && short.words.last() == long.words.last()
        {
            return 0.85;
        }
    }
    if a.words.len() > 1 && b.words.len() > 1 && a.words.last() == b.words.last() {
        // J. Smith, John Smith.
        let (x, y) = (&a.words[0], &b.words[0]);
        if x.chars().count().min(y.chars().count()) == 1 && x.chars().next() == y.chars().next() {
            return 0.85;
        }
    }
    0.0
}

fn fold_sounds(words: &[String]) -> Vec<String> {
    words.iter().map(|w| fold::fold_sound(w)).collect()
}

/// Whether the names are equal up to one genitive or plural `s` at the end.
fn is_inflected(a: &[String], b: &[String]) -> bool {
    let (Some((x, before)), Some((y, others))) = (a.split_last(), b.split_last()) else { return false };
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    before == others && short.len() > 2 && long.strip_suffix('s') == Some(short)
}

/// Whether `a` is the acronym of `b`: NYT of New York Times.
fn is_acronym_of(a: &NameForm, b: &NameForm) -> bool {
    let Some(acronym) = a.words.first().filter(|_| a.acronym) else { return false };
    let all: String = b.words.iter().filter_map(|w| w.chars().next()).collect();
    let long: String = b.words.iter().filter(|w| w.len() > 3).filter_map(|w| w.chars().next()).collect();
    b.words.len() > 1 && [&b.capitals, &all, &long].into_iter().any(|initials| initials == acronym)
}

/// Whether `short` is the acronym of `long`, for an alias in brackets.
pub(super) fn is_acronym(short: &str, long: &str) -> bool {
    is_acronym_of(&parse_form(short), &parse_form(long))
}

/// The folded words of a form, without article and legal form.
pub(super) fn folded_words(form: &str) -> Vec<String> {
    parse_form(form).words
}
