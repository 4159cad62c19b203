//! Small words with a capital inside a sentence: a sentence that was translated piece by piece.

use super::super::text::{GarbleLine, GarbleText};
use super::sign::{Garbling, SignHit, SignRule};
use crate::article::Role;
use crate::segment::FoldedWord;

pub(super) const RULE: SignRule = SignRule {
    name: "capital",
    finds: "a small word with a capital inside a sentence",
    garbling: Garbling::Translated,
    find_hits: find_capitals,
};

fn find_capitals(text: &GarbleText<'_>) -> Vec<SignHit> {
    // Headlines are written as each paper likes.
    text.compared_lines()
        .filter(|line| line.role == Role::Body)
        .flat_map(|line| capitals_in_line(text, line))
        .collect()
}

fn capitals_in_line(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    // A line with many capitals is a heading or a title.
    let capitals = line.words.iter().filter(|word| word.is_capitalised()).count();
    if capitals * 2 > line.words.len() {
        return Vec::new();
    }
    (1..line.words.len())
        .filter(|k| is_wrong_capital(text, line, *k))
        .map(|k| SignHit::new(line, line.words[k].span))
        .collect()
}

/// Whether word `k` of a line, not its first, is a small word with a capital that nothing calls for.
fn is_wrong_capital(text: &GarbleText<'_>, line: &GarbleLine, k: usize) -> bool {
    let (before, word) = (&line.words[k - 1], &line.words[k]);
    // A sentence or a title may begin after a stop, a colon, a dash, a bracket or an opening mark, but not after a
    // closing one. Between two capitals the word is part of a name.
    let gap = &text.full_text()[before.span.end..word.span.start];
    let closing = gap.trim_end();
    let inside = closing.len() < gap.len() && closing.chars().all(|c| "“”\"»".contains(c));
    let name = before.is_capitalised() && line.words.get(k + 1).is_some_and(FoldedWord::is_capitalised);
    word.is_capitalised() && text.lexicon.small.contains(word.compared_form(false)) && inside && !name
}
