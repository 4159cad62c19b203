//! Words of another language that were not translated: `Celui- this`, `auf a Gerichtsakten`.

use super::super::text::{GarbleLine, GarbleText};
use super::sign::{Garbling, SignHit, SignRule};
use crate::segment::FoldedWord;

pub(super) const RULE: SignRule = SignRule {
    name: "leftover",
    finds: "a word of another language that was left as it was",
    garbling: Garbling::Translated,
    find_hits: find_leftovers,
};

fn find_leftovers(text: &GarbleText<'_>) -> Vec<SignHit> {
    text.compared_lines().flat_map(|line| leftovers_in_line(text, line)).collect()
}

/// Fewest foreign words of a sentence that is a passage in that language, not a sentence with leftovers.
const MIN_PASSAGE_WORDS: usize = 3;

fn leftovers_in_line(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let quoted = quoted_words(text.full_text(), line);
    let open = (0..line.words.len()).filter(|k| !quoted[*k]);
    let hits: Vec<SignHit> = open.filter_map(|k| leftover_at(text, line, k)).collect();
    if hits.len() < MIN_PASSAGE_WORDS { hits } else { Vec::new() }
}

/// The leftover that word `k` of a line is, by itself.
fn leftover_at(text: &GarbleText<'_>, line: &GarbleLine, k: usize) -> Option<SignHit> {
    let word = &line.words[k];
    let named = [is_capitalised_at(line, k.checked_sub(1)), is_capitalised_at(line, Some(k + 1))];
    // Between two capitals a word is part of a name or a title.
    if named == [true, true] {
        return None;
    }
    let stray = text.lexicon.strays.get(word.compared_form(false)).copied();
    // A capital is allowed where a sentence may begin; elsewhere it marks a name or a title.
    let stray = stray.filter(|_| !word.is_capitalised() || k == 0);
    let foreign = named == [false, false] && has_foreign_letter(text, word);
    (stray.is_some() || foreign)
        .then(|| SignHit { from_lang: stray, ..SignHit::new(line, word.core_span(text.full_text())) })
}

/// Whether there is a word at this index and it has a capital.
fn is_capitalised_at(line: &GarbleLine, k: Option<usize>) -> bool {
    k.and_then(|k| line.words.get(k)).is_some_and(FoldedWord::is_capitalised)
}

/// Fewest letters of a foreign word; shorter ones are letters, sounds and syllables that the text is about.
const MIN_FOREIGN_LETTERS: usize = 4;

fn has_foreign_letter(text: &GarbleText<'_>, word: &FoldedWord) -> bool {
    let form = word.bare_form(false);
    !word.is_capitalised()
        && form.chars().count() >= MIN_FOREIGN_LETTERS
        && form.contains(|c: char| c.is_alphabetic() && !c.is_ascii() && !text.lexicon.letters.contains(c))
        && !form.split('-').any(|part| text.lexicon.loanwords.contains(part))
}

const OPENING_MARKS: [char; 6] = ['“', '„', '«', '»', '‘', '‚'];
const CLOSING_MARKS: [char; 5] = ['”', '“', '»', '«', '’'];

/// Most words of a quotation that may be a title, a term or a motto of another language.
const MAX_TITLE_WORDS: usize = 8;

/// For each word whether it is in a short quotation, in italics or in brackets around a few words.
fn quoted_words(full_text: &str, line: &GarbleLine) -> Vec<bool> {
    let mut quoted = vec![false; line.words.len()];
    let gaps: Vec<&str> =
        (0..=line.words.len()).map(|k| gap_before(full_text, line, k).trim_start()).collect();
    for start in (0..line.words.len()).filter(|k| ends_in_opening_mark(gaps[*k])) {
        let mut ends = (start + 1..=line.words.len()).take(MAX_TITLE_WORDS);
        let end = ends.find(|end| starts_with_closing_mark(gaps[*end]));
        if let Some(end) = end {
            quoted[start..end].fill(true);
        }
    }
    quoted
}

/// The text between word `k` of a line and the word before it, or the border of the line.
fn gap_before<'t>(full_text: &'t str, line: &GarbleLine, k: usize) -> &'t str {
    let start = if k == 0 { line.span.start } else { line.words[k - 1].span.end };
    let end = line.words.get(k).map_or(line.span.end, |word| word.span.start);
    &full_text[start..end]
}

fn ends_in_opening_mark(gap: &str) -> bool {
    gap.ends_with(|c| OPENING_MARKS.contains(&c) || "\"'*_([".contains(c))
}

fn starts_with_closing_mark(gap: &str) -> bool {
    gap.starts_with(|c| CLOSING_MARKS.contains(&c) || "\"'*_)]".contains(c))
}
