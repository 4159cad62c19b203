//! Words of another language that were not translated: `Celui- this`, `auf a Gerichtsakten`.

use super::super::text::{GarbleLine, GarbleText};
use super::{Garbling, SignHit, SignRule};
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

/// So many foreign words in one sentence are a passage in that language, not words that were forgotten.
const MIN_PASSAGE_WORDS: usize = 3;

fn leftovers_in_line(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let full_text = text.full_text();
    let quoted = quoted_words(full_text, line);
    let strange = |(k, word): (usize, &FoldedWord)| {
        let named = [is_name(line, k.checked_sub(1)), is_name(line, Some(k + 1))];
        if quoted[k] || named == [true, true] {
            return None;
        }
        let stray = text.lexicon.strays.get(word.compared_form(false)).copied();
        // A capital is allowed where a sentence may begin; elsewhere it is a name's or a title's.
        let stray = stray.filter(|_| !word.is_capitalised() || k == 0);
        let foreign = named == [false, false] && has_foreign_letter(text, word);
        (stray.is_some() || foreign)
            .then(|| SignHit { from_lang: stray, ..SignHit::new(line, word.core_span(full_text)) })
    };
    let hits: Vec<SignHit> = line.words.iter().enumerate().filter_map(strange).collect();
    if hits.len() < MIN_PASSAGE_WORDS { hits } else { Vec::new() }
}

/// Whether the word of this number has a capital: a stray word between two of them is a name's or a title's.
fn is_name(line: &GarbleLine, k: Option<usize>) -> bool {
    k.and_then(|k| line.words.get(k)).is_some_and(FoldedWord::is_capitalised)
}

/// Shorter words with a foreign letter are letters, sounds and syllables that a text speaks of.
const LEAST_LETTERS: usize = 4;

fn has_foreign_letter(text: &GarbleText<'_>, word: &FoldedWord) -> bool {
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && !text.lexicon.letters.contains(c);
    let form = word.bare_form(false);
    !word.is_capitalised()
        && form.chars().count() >= LEAST_LETTERS
        && form.contains(foreign)
        && !form.split('-').any(|part| text.lexicon.loanwords.contains(part))
}

const OPENING_MARKS: [char; 6] = ['“', '„', '«', '»', '‘', '‚'];
const CLOSING_MARKS: [char; 5] = ['”', '“', '»', '«', '’'];

/// Words of up to this many in quotation marks may be a title, a term or a motto of another language.
const MAX_TITLE_WORDS: usize = 8;

/// For each word whether it stands in a short quotation, in italics or in brackets that hold a few words.
fn quoted_words(full_text: &str, line: &GarbleLine) -> Vec<bool> {
    let mut quoted = vec![false; line.words.len()];
    let gap = |k: usize| {
        let start = if k == 0 { line.span.start } else { line.words[k - 1].span.end };
        let end = line.words.get(k).map_or(line.span.end, |word| word.span.start);
        &full_text[start..end]
    };
    let opens =
        |gap: &str| gap.trim_start().ends_with(|c| OPENING_MARKS.contains(&c) || "\"'*_([".contains(c));
    let closes =
        |gap: &str| gap.trim_start().starts_with(|c| CLOSING_MARKS.contains(&c) || "\"'*_)]".contains(c));
    for start in (0..line.words.len()).filter(|k| opens(gap(*k))) {
        let end = (start + 1..=line.words.len()).take(MAX_TITLE_WORDS).find(|end| closes(gap(*end)));
        if let Some(end) = end {
            quoted[start..end].fill(true);
        }
    }
    quoted
}
