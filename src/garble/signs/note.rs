//! Notes of editors and translators in brackets. Newspapers have them too: a weak sign.

use super::super::text::{GarbleLine, GarbleText};
use super::sign::{Garbling, SignHit, SignRule};
use crate::text::Span;

pub(super) const RULE: SignRule = SignRule {
    name: "note",
    finds: "a translator's or editor's note in brackets",
    garbling: Garbling::Translated,
    find_hits: find_notes,
};

/// Longest note in bytes.
const MAX_NOTE_BYTES: usize = 160;

fn find_notes(text: &GarbleText<'_>) -> Vec<SignHit> {
    text.compared_lines().flat_map(|line| notes_in_line(text, line)).collect()
}

fn notes_in_line(text: &GarbleText<'_>, line: &GarbleLine) -> Vec<SignHit> {
    let line_text = line.span.slice(text.full_text());
    line_text
        .match_indices(['[', '('])
        .filter_map(|(open, _)| {
            let close = open + line_text[open..].find([']', ')'])?;
            let is_note = is_note(&line_text[open + 1..close], &text.lexicon.notes);
            is_note.then(|| SignHit::new(line, Span::new(open, close + 1).shifted_by(line.span.start)))
        })
        .collect()
}

/// Whether the text in brackets begins or ends with one of the listed notes.
fn is_note(bracketed: &str, notes: &[String]) -> bool {
    let inner = bracketed.to_lowercase().replace('’', "'");
    let inner = inner.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    inner.len() <= MAX_NOTE_BYTES
        && notes.iter().any(|note| {
            inner.strip_suffix(note.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
                || inner.starts_with(&format!("{note} "))
        })
}
