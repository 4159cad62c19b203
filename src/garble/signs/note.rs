//! Notes of editors and translators in brackets. Newspapers have them too: a weak sign.

use super::super::text::{GarbleLine, GarbleText};
use super::{Garbling, SignHit, SignRule};
use crate::text::Span;

pub(super) const RULE: SignRule = SignRule {
    name: "note",
    finds: "a translator's or editor's note in brackets",
    garbling: Garbling::Translated,
    find_hits: find_notes,
};

/// Bytes of the longest note.
const MAX_NOTE_BYTES: usize = 160;

fn find_notes(text: &GarbleText<'_>) -> Vec<SignHit> {
    text.compared_lines().flat_map(|line| notes_in_line(text, line)).collect()
}

fn notes_in_line(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let own = line.span.slice(text.full_text());
    let note = |(open, _): (usize, &str)| {
        let close = open + own[open..].find([']', ')'])?;
        let inner = own[open + 1..close].to_lowercase().replace('’', "'");
        let inner = inner.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let matches_note = |note: &String| {
            let apart = |rest: &str| rest.is_empty() || !rest.ends_with(char::is_alphanumeric);
            inner.strip_suffix(note.as_str()).is_some_and(apart) || inner.starts_with(&format!("{note} "))
        };
        let is_note = inner.len() <= MAX_NOTE_BYTES && text.lexicon.notes.iter().any(matches_note);
        is_note.then(|| Span::new(open, close + 1).shifted_by(line.span.start))
    };
    own.match_indices(['[', '(']).filter_map(note).map(|span| SignHit::new(line, span)).collect()
}
