//! Short forms that no writer makes: `folks’s`, `it ’s`, `la argent`.

use std::collections::HashSet;

use super::super::lexicon::GarbleLexicon;
use super::super::text::{GarbleLine, GarbleText};
use super::sign::{Garbling, SignHit, SignRule};
use crate::segment::FoldedWord;
use crate::text::Span;

pub(super) const RULE: SignRule = SignRule {
    name: "contraction",
    finds: "a contraction, elision or possessive that is broken",
    garbling: Garbling::Spun,
    find_hits: find_contractions,
};

fn find_contractions(text: &GarbleText<'_>) -> Vec<SignHit> {
    let small = text.compared_lines().flat_map(|line| &line.words).filter(|word| !word.is_capitalised());
    let known: HashSet<&str> = small.map(|word| word.bare_form(true)).collect();
    let possessives = text.compared_lines().flat_map(|line| broken_possessives(text.lexicon, &known, line));
    possessives.chain(text.compared_lines().flat_map(|line| missing_elisions(text, line))).collect()
}

/// Broken possessives of a line. `known` are the words that the text has in small letters.
fn broken_possessives(lexicon: &GarbleLexicon, known: &HashSet<&str>, line: &GarbleLine) -> Vec<SignHit> {
    if lexicon.singular_endings.is_empty() {
        return Vec::new();
    }
    let broken = line.words.iter().filter(|word| is_broken_possessive(lexicon, known, word));
    broken.map(|word| SignHit::new(line, word.span)).collect()
}

/// Whether a word is a possessive in `'s` of a plural in s.
fn is_broken_possessive(lexicon: &GarbleLexicon, known: &HashSet<&str>, word: &FoldedWord) -> bool {
    let Some(stem) = word.compared_form(false).strip_suffix("s's") else { return false };
    let wrong = stem.len() > 2 && !has_ending(stem, &lexicon.singular_endings)
        || has_ending(stem, &lexicon.plural_stems);
    // Williams's is a name.
    let singular = word.bare_form(false).strip_suffix('s').unwrap_or_default();
    let name = word.is_capitalised() && !known.contains(word.bare_form(false)) && !known.contains(singular);
    wrong && !name
}

fn has_ending(stem: &str, endings: &[String]) -> bool {
    endings.iter().any(|end| stem.ends_with(end.as_str()))
}

/// Articles and pronouns of a line that are not elided before a vowel, in a language with elision.
fn missing_elisions(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let broken = line.words.windows(2).filter(|pair| lacks_elision(text, &pair[0], &pair[1]));
    broken.map(|pair| SignHit::new(line, Span::new(pair[0].span.start, pair[1].span.end))).collect()
}

fn lacks_elision(text: &GarbleText<'_>, first: &FoldedWord, second: &FoldedWord) -> bool {
    let lexicon = text.lexicon;
    let vowel = second.compared_form(false).starts_with(|c| lexicon.vowels.contains(c));
    // Nothing is elided before a name, a word in quotes or a single letter.
    let word = second.compared_form(true) == second.compared_form(false)
        && second.compared_form(false).chars().count() > 1
        && text.full_text()[first.span.end..second.span.start].chars().all(char::is_whitespace);
    let elided = lexicon.elided.contains(first.compared_form(false))
        && !lexicon.aspirated.contains(second.compared_form(false));
    vowel && word && elided
}
