//! Short forms that no writer makes: `folks’s`, `it ’s`, `la argent`.

use std::collections::HashSet;

use super::super::lexicon::GarbleLexicon;
use super::super::text::{GarbleLine, GarbleText};
use super::{Garbling, SignHit, SignRule};
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
    let lines = || text.compared_lines();
    let possessives = lines().flat_map(|line| broken_possessives(text.lexicon, &known, line));
    possessives.chain(lines().flat_map(|line| missing_elisions(text, line))).collect()
}

/// A possessive of a plural in s, in a language that has them. `known` are the words that the text has in small letters.
fn broken_possessives(lexicon: &GarbleLexicon, known: &HashSet<&str>, line: &GarbleLine) -> Vec<SignHit> {
    if lexicon.singular_endings.is_empty() {
        return Vec::new();
    }
    let plural = |word: &FoldedWord| {
        let stem = word.compared_form(false).strip_suffix("s's")?;
        let ends_in = |endings: &[String]| endings.iter().any(|end| stem.ends_with(end.as_str()));
        let wrong = stem.len() > 2 && !ends_in(&lexicon.singular_endings) || ends_in(&lexicon.plural_stems);
        // Williams's is a name.
        let singular = word.bare_form(false).strip_suffix('s').unwrap_or_default();
        let name =
            word.is_capitalised() && !known.contains(word.bare_form(false)) && !known.contains(singular);
        (wrong && !name).then_some(word.span)
    };
    line.words.iter().filter_map(plural).map(|span| SignHit::new(line, span)).collect()
}

/// An article or pronoun that is not elided before a vowel, in a language that does so.
fn missing_elisions(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let (full_text, lexicon) = (text.full_text(), text.lexicon);
    let broken = |pair: &[FoldedWord]| {
        let (first, second) = (&pair[0], &pair[1]);
        let vowel = second.compared_form(false).starts_with(|c| lexicon.vowels.contains(c));
        // A name, a word in quotes and one letter by itself have none either.
        let word = second.compared_form(true) == second.compared_form(false)
            && second.compared_form(false).chars().count() > 1
            && full_text[first.span.end..second.span.start].chars().all(char::is_whitespace);
        let elided = lexicon.elided.contains(first.compared_form(false))
            && !lexicon.aspirated.contains(second.compared_form(false));
        (vowel && word && elided).then(|| Span::new(first.span.start, second.span.end))
    };
    line.words.windows(2).filter_map(broken).map(|span| SignHit::new(line, span)).collect()
}
