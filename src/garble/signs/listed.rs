//! Names, phrases and words that the language data lists.

use super::super::lexicon::{Lexicon, Phrases};
use super::super::text::{Line, Text};
use super::{Garbling, Hit, SignRule};
use crate::article::Role;
use crate::text::Span;

pub(super) const NAME: SignRule = SignRule {
    name: "name",
    finds: "a fixed name or term that a table of synonyms corrupted",
    of: Garbling::Spun,
    check: |text| find(text, |lexicon| &lexicon.names, true),
};

pub(super) const PHRASE: SignRule = SignRule {
    name: "phrase",
    finds: "words that no writer puts together",
    of: Garbling::Spun,
    check: |text| find(text, |lexicon| &lexicon.phrases, true),
};

pub(super) const WORD: SignRule = SignRule {
    name: "word",
    finds: "a word that tables of synonyms like and newspapers use seldom",
    of: Garbling::Spun,
    check: |text| find(text, |lexicon| &lexicon.words, false),
};

pub(super) const CALQUE: SignRule = SignRule {
    name: "calque",
    finds: "an idiom of another language, word by word",
    of: Garbling::Translated,
    check: |text| find(text, |lexicon| &lexicon.calques, false),
};

/// The phrases of a list; in boilerplate only where that shows a program's hand by itself ("Supply hyperlink").
fn find(text: &Text<'_>, list: fn(&Lexicon) -> &Phrases, framed: bool) -> Vec<Hit> {
    let lines = text.lines.iter().filter(|line| framed || line.role != Role::Boilerplate);
    lines.flat_map(|line| in_line(text.whole(), line, list(text.lexicon))).collect()
}

fn in_line(whole: &str, line: &Line, list: &Phrases) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut k = 0;
    while k < line.words.len() {
        let Some((length, meant)) = list.at(whole, &line.words[k..]) else {
            k += 1;
            continue;
        };
        let last = line.words[k + length - 1].core(whole);
        let span = Span::new(line.words[k].span.start, last.end);
        hits.push(Hit { meant: meant.to_vec(), ..Hit::new(line, span) });
        k += length;
    }
    hits
}
