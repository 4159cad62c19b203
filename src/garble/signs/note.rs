//! Notes of editors and translators in brackets. Newspapers have them too: a weak sign.

use super::super::text::{Line, Text};
use super::{Garbling, Hit, SignRule};
use crate::text::Span;

pub(super) const RULE: SignRule = SignRule {
    name: "note",
    finds: "a translator's or editor's note in brackets",
    of: Garbling::Translated,
    check,
};

/// Bytes of the longest note.
const LONGEST: usize = 160;

fn check(text: &Text<'_>) -> Vec<Hit> {
    text.told().flat_map(|line| in_line(text, line)).collect()
}

fn in_line(text: &Text<'_>, line: &Line) -> Vec<Hit> {
    let own = line.span.of(text.whole());
    let note = |(open, _): (usize, &str)| {
        let close = open + own[open..].find([']', ')'])?;
        let inner = own[open + 1..close].to_lowercase().replace('’', "'");
        let inner = inner.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let said = |note: &String| {
            let apart = |rest: &str| rest.is_empty() || !rest.ends_with(char::is_alphanumeric);
            inner.strip_suffix(note.as_str()).is_some_and(apart) || inner.starts_with(&format!("{note} "))
        };
        let is_note = inner.len() <= LONGEST && text.lexicon.notes.iter().any(said);
        is_note.then(|| Span::new(open, close + 1).shifted(line.span.start))
    };
    own.match_indices(['[', '(']).filter_map(note).map(|span| Hit::new(line, span)).collect()
}
