//! Names, phrases and words that the language data lists.

use super::super::lexicon::{GarbleLexicon, PhraseList};
use super::super::text::{GarbleLine, GarbleText};
use super::sign::{Garbling, SignHit, SignRule};
use crate::article::Role;
use crate::text::Span;

pub(super) const NAME_RULE: SignRule = SignRule {
    name: "name",
    finds: "a fixed name or term that a table of synonyms corrupted",
    garbling: Garbling::Spun,
    find_hits: |text| find_phrases(text, |lexicon| &lexicon.names, true),
};

pub(super) const PHRASE_RULE: SignRule = SignRule {
    name: "phrase",
    finds: "words that no writer puts together",
    garbling: Garbling::Spun,
    find_hits: |text| find_phrases(text, |lexicon| &lexicon.phrases, true),
};

pub(super) const WORD_RULE: SignRule = SignRule {
    name: "word",
    finds: "a word that tables of synonyms like and newspapers use seldom",
    garbling: Garbling::Spun,
    find_hits: |text| find_phrases(text, |lexicon| &lexicon.words, false),
};

pub(super) const CALQUE_RULE: SignRule = SignRule {
    name: "calque",
    finds: "an idiom of another language, word by word",
    garbling: Garbling::Translated,
    find_hits: |text| find_phrases(text, |lexicon| &lexicon.calques, false),
};

/// The phrases of a list; `framed` also in boilerplate, for lists whose phrases are evidence even there ("Supply
/// hyperlink").
fn find_phrases(
    text: &GarbleText<'_>,
    list: fn(&GarbleLexicon) -> &PhraseList,
    framed: bool,
) -> Vec<SignHit> {
    let lines = text.lines.iter().filter(|line| framed || line.role != Role::Boilerplate);
    lines.flat_map(|line| phrases_in_line(text.full_text(), line, list(text.lexicon))).collect()
}

fn phrases_in_line(full_text: &str, line: &GarbleLine, list: &PhraseList) -> Vec<SignHit> {
    let mut hits = Vec::new();
    let mut k = 0;
    while k < line.words.len() {
        let Some((length, meant)) = list.longest_match(full_text, &line.words[k..]) else {
            k += 1;
            continue;
        };
        let last = line.words[k + length - 1].core_span(full_text);
        let span = Span::new(line.words[k].span.start, last.end);
        hits.push(SignHit { meant: meant.to_vec(), ..SignHit::new(line, span) });
        k += length;
    }
    hits
}
