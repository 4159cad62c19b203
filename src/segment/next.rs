//! What follows a stop.

use super::word::{self, OPENERS};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A capital, or a letter of a script without case.
    Capital,
    Small,
    Number,
    /// Something else: a sign that neither begins nor continues for sure.
    Mark,
}

/// What follows a stop.
pub(super) struct Next<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    /// In small letters, without marks.
    pub(super) word: String,
    pub(super) is_initial: bool,
}

impl<'a> Next<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let dashes = |c: char| OPENERS.contains(&c) || c.is_whitespace() || "-–—•‣⁃▪◦●■$€£¥#@…✔→".contains(c);
        // Bounded: a mile of dashes is no beginning.
        let near = &text[..text.floor_char_boundary(64.min(text.len()))];
        // Two commas for a German quotation mark.
        let bare = near.strip_prefix(",,").unwrap_or(near).trim_start_matches(dashes);
        let first = bare.chars().next();
        // "iPhone" begins a sentence as well as a capital does.
        let camel = bare.chars().nth(1).is_some_and(char::is_uppercase);
        let kind = match first {
            Some(c) if c.is_lowercase() && camel => Kind::Capital,
            Some(c) if c.is_lowercase() => Kind::Small,
            Some(c) if c.is_alphabetic() => Kind::Capital,
            Some(c) if c.is_numeric() && !near.starts_with(['(', '[', '-', '–']) => Kind::Number,
            Some(c) if c.is_numeric() => Kind::Small,
            Some(',' | ';' | ':' | ')' | ']' | '%' | '/' | '&' | '+' | '=') => Kind::Small,
            _ => Kind::Mark,
        };
        let token = word::token(bare, 0);
        let is_initial =
            token.chars().nth(1) == Some('.') && token.chars().next().is_some_and(char::is_alphabetic);
        Self { text: bare, kind, word: word::plain(token), is_initial }
    }

    /// Whether three words stand before the next stop.
    pub(super) fn goes_on(&self) -> bool {
        let mut words = self.text.split_whitespace();
        let first = [words.next(), words.next()];
        first.iter().all(|w| w.is_some_and(|w| !word::is_closed(w))) && words.next().is_some()
    }
}
