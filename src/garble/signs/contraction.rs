//! Short forms that no writer makes: `folks’s`, `it ’s`, `la argent`.

use std::collections::HashSet;

use super::super::lexicon::Lexicon;
use super::super::text::{Line, Text};
use super::{Garbling, Hit, SignRule};
use crate::segment::FoldedWord;
use crate::text::Span;

pub(super) const RULE: SignRule = SignRule {
    name: "contraction",
    finds: "a contraction, elision or possessive that is broken",
    of: Garbling::Spun,
    check,
};

fn check(text: &Text<'_>) -> Vec<Hit> {
    let small = text.told().flat_map(|line| &line.words).filter(|word| !word.is_capitalised());
    let known: HashSet<&str> = small.map(|word| word.bare(true)).collect();
    let lines = || text.told();
    let possessives = lines().flat_map(|line| possessive(text.lexicon, &known, line));
    possessives.chain(lines().flat_map(|line| elision(text, line))).collect()
}

/// A possessive of a plural in s, in a language that has them. `known` are the words that the text has in small letters.
fn possessive(lexicon: &Lexicon, known: &HashSet<&str>, line: &Line) -> Vec<Hit> {
    if lexicon.singular_endings.is_empty() {
        return Vec::new();
    }
    let plural = |word: &FoldedWord| {
        let stem = word.form(false).strip_suffix("s's")?;
        let ends_in = |endings: &[String]| endings.iter().any(|end| stem.ends_with(end.as_str()));
        let wrong = stem.len() > 2 && !ends_in(&lexicon.singular_endings) || ends_in(&lexicon.plural_stems);
        // Williams's is a name.
        let singular = word.bare(false).strip_suffix('s').unwrap_or_default();
        let name = word.is_capitalised() && !known.contains(word.bare(false)) && !known.contains(singular);
        (wrong && !name).then_some(word.span)
    };
    line.words.iter().filter_map(plural).map(|span| Hit::new(line, span)).collect()
}

/// An article or pronoun that is not elided before a vowel, in a language that does so.
fn elision(text: &Text<'_>, line: &Line) -> Vec<Hit> {
    let (whole, lexicon) = (text.whole(), text.lexicon);
    let broken = |pair: &[FoldedWord]| {
        let (first, second) = (&pair[0], &pair[1]);
        let vowel = second.form(false).starts_with(|c| lexicon.vowels.contains(c));
        // A name, a word in quotes and one letter by itself have none either.
        let word = second.form(true) == second.form(false)
            && second.form(false).chars().count() > 1
            && whole[first.span.end..second.span.start].chars().all(char::is_whitespace);
        let elided =
            lexicon.elided.contains(first.form(false)) && !lexicon.aspirated.contains(second.form(false));
        (vowel && word && elided).then(|| Span::new(first.span.start, second.span.end))
    };
    line.words.windows(2).filter_map(broken).map(|span| Hit::new(line, span)).collect()
}
