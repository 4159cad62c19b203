//! Words of another language that were not translated: `Celui- this`, `auf a Gerichtsakten`.

use super::super::text::{Line, Text};
use super::{Garbling, Hit, SignRule};
use crate::segment::FoldedWord;

pub(super) const RULE: SignRule = SignRule {
    name: "leftover",
    finds: "a word of another language that was left as it was",
    of: Garbling::Translated,
    check,
};

fn check(text: &Text<'_>) -> Vec<Hit> {
    text.told().flat_map(|line| in_line(text, line)).collect()
}

/// So many foreign words in one sentence are a passage in that language, not words that were forgotten.
const PASSAGE: usize = 3;

fn in_line(text: &Text<'_>, line: &Line) -> Vec<Hit> {
    let whole = text.whole();
    let quoted = quoted(whole, line);
    let strange = |(k, word): (usize, &FoldedWord)| {
        let named = [is_name(line, k.checked_sub(1)), is_name(line, Some(k + 1))];
        if quoted[k] || named == [true, true] {
            return None;
        }
        let stray = text.lexicon.strays.get(word.form(false)).copied();
        // A capital is allowed where a sentence may begin; elsewhere it is a name's or a title's.
        let stray = stray.filter(|_| !word.is_capitalised() || k == 0);
        let foreign = named == [false, false] && has_foreign_letter(text, word);
        (stray.is_some() || foreign).then(|| Hit { from: stray, ..Hit::new(line, word.core(whole)) })
    };
    let hits: Vec<Hit> = line.words.iter().enumerate().filter_map(strange).collect();
    if hits.len() < PASSAGE { hits } else { Vec::new() }
}

/// Whether the word of this number has a capital: a stray word between two of them is a name's or a title's.
fn is_name(line: &Line, k: Option<usize>) -> bool {
    k.and_then(|k| line.words.get(k)).is_some_and(FoldedWord::is_capitalised)
}

/// Shorter words with a foreign letter are letters, sounds and syllables that a text speaks of.
const LEAST_LETTERS: usize = 4;

fn has_foreign_letter(text: &Text<'_>, word: &FoldedWord) -> bool {
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && !text.lexicon.letters.contains(c);
    let form = word.bare(false);
    !word.is_capitalised()
        && form.chars().count() >= LEAST_LETTERS
        && form.contains(foreign)
        && !form.split('-').any(|part| text.lexicon.loanwords.contains(part))
}

const OPENING: [char; 6] = ['“', '„', '«', '»', '‘', '‚'];
const CLOSING: [char; 5] = ['”', '“', '»', '«', '’'];

/// Words of up to this many in quotation marks may be a title, a term or a motto of another language.
const TITLE: usize = 8;

/// For each word whether it stands in a short quotation, in italics or in brackets that hold a few words.
fn quoted(whole: &str, line: &Line) -> Vec<bool> {
    let mut quoted = vec![false; line.words.len()];
    let gap = |k: usize| {
        let start = if k == 0 { line.span.start } else { line.words[k - 1].span.end };
        let end = line.words.get(k).map_or(line.span.end, |word| word.span.start);
        &whole[start..end]
    };
    let opens = |gap: &str| gap.trim_start().ends_with(|c| OPENING.contains(&c) || "\"'*_([".contains(c));
    let closes = |gap: &str| gap.trim_start().starts_with(|c| CLOSING.contains(&c) || "\"'*_)]".contains(c));
    for start in (0..line.words.len()).filter(|k| opens(gap(*k))) {
        let end = (start + 1..=line.words.len()).take(TITLE).find(|end| closes(gap(*end)));
        if let Some(end) = end {
            quoted[start..end].fill(true);
        }
    }
    quoted
}
