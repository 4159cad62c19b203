//! Short forms that no writer makes: `folks’s`, `it ’s`, `la argent`.

use std::collections::HashSet;

use super::super::text::{Line, Text, Word};
use super::{Garbling, Hit, SignRule};
use crate::text::{Lang, Span};

pub(super) const RULE: SignRule = SignRule {
    name: "contraction",
    finds: "a contraction, elision or possessive that is broken",
    of: Garbling::Spun,
    check,
};

fn check(text: &Text<'_>) -> Vec<Hit> {
    match text.version.article.lang {
        Lang::EN => {
            let small = text.told().flat_map(|line| &line.words).filter(|word| !word.is_capitalised());
            let known: HashSet<&str> = small.map(|word| word.bare(true)).collect();
            text.told().flat_map(|line| possessive(&known, line)).collect()
        }
        Lang::FR => text.told().flat_map(|line| elision(text.whole(), line)).collect(),
        _ => Vec::new(),
    }
}

/// A plural with `'s`: a singular word that ends in a single s (bus, crisis, gas, lens) has these letters before it.
const SINGULAR: [&str; 6] = ["s", "u", "i", "a", "o", "n"];

/// `known` are the words that the text has in small letters.
fn possessive(known: &HashSet<&str>, line: &Line) -> Vec<Hit> {
    let plural = |word: &Word| {
        let stem = word.form(false).strip_suffix("s's")?;
        let wrong =
            stem.len() > 2 && !SINGULAR.iter().any(|end| stem.ends_with(end)) || stem.ends_with("tion");
        // Williams's is a name.
        let singular = word.bare(false).strip_suffix('s').unwrap_or_default();
        let name = word.is_capitalised() && !known.contains(word.bare(false)) && !known.contains(singular);
        (wrong && !name).then_some(word.span)
    };
    line.words.iter().filter_map(plural).map(|span| Hit::new(line, span)).collect()
}

/// What is elided before a vowel.
const ELIDED: [&str; 7] = ["le", "la", "de", "que", "ne", "je", "se"];
/// Words before which nothing is.
const ASPIRATED: [&str; 14] =
    ["onze", "onzième", "un", "une", "oui", "ouistiti", "yaourt", "y", "et", "ou", "à", "est", "a", "uhlan"];

fn elision(whole: &str, line: &Line) -> Vec<Hit> {
    let broken = |pair: &[Word]| {
        let (first, second) = (&pair[0], &pair[1]);
        let vowel = second.form(false).starts_with(|c| "aeiouéèêàâîôœ".contains(c));
        // A name, a word in quotes and one letter by itself have none either.
        let word = second.form(true) == second.form(false)
            && second.form(false).chars().count() > 1
            && whole[first.span.end..second.span.start].chars().all(char::is_whitespace);
        let elided = ELIDED.contains(&first.form(false)) && !ASPIRATED.contains(&second.form(false));
        (vowel && word && elided).then(|| Span::new(first.span.start, second.span.end))
    };
    line.words.windows(2).filter_map(broken).map(|span| Hit::new(line, span)).collect()
}
