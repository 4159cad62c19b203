//! The text after a stop.

use super::word::{self, OPENERS};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FollowingKind {
    /// A capital, or a letter of a script without case.
    Capital,
    Small,
    Number,
    /// Another sign, which neither begins nor continues a sentence for sure.
    Mark,
}

/// The beginning of the text after a stop.
pub(super) struct FollowingText<'a> {
    pub(super) text: &'a str,
    pub(super) kind: FollowingKind,
    /// In small letters, without marks.
    pub(super) word: String,
    pub(super) is_initial: bool,
}

impl<'a> FollowingText<'a> {
    /// Reads the start of `text`, opening marks and dashes aside.
    pub(super) fn read_text(text: &'a str) -> Self {
        // Bounded: a mile of dashes is no beginning.
        let text_start = &text[..text.floor_char_boundary(64.min(text.len()))];
        // Two commas for a German quotation mark.
        let bare = text_start.strip_prefix(",,").unwrap_or(text_start).trim_start_matches(is_opening_sign);
        let first = bare.chars().next();
        // "iPhone" begins a sentence as a capital does.
        let camel = bare.chars().nth(1).is_some_and(char::is_uppercase);
        let kind = match first {
            Some(c) if c.is_lowercase() && camel => FollowingKind::Capital,
            Some(c) if c.is_lowercase() => FollowingKind::Small,
            Some(c) if c.is_alphabetic() => FollowingKind::Capital,
            Some(c) if c.is_numeric() && !text_start.starts_with(['(', '[', '-', '–']) => {
                FollowingKind::Number
            }
            Some(c) if c.is_numeric() => FollowingKind::Small,
            Some(',' | ';' | ':' | ')' | ']' | '%' | '/' | '&' | '+' | '=') => FollowingKind::Small,
            _ => FollowingKind::Mark,
        };
        let token = word::token_at(bare, 0);
        let is_initial =
            token.chars().nth(1) == Some('.') && token.chars().next().is_some_and(char::is_alphabetic);
        Self { text: bare, kind, word: word::plain_letters(token), is_initial }
    }

    /// Whether there are three words before the next stop.
    pub(super) fn goes_on(&self) -> bool {
        let mut words = self.text.split_whitespace();
        let first = [words.next(), words.next()];
        first.iter().all(|w| w.is_some_and(|w| !word::is_closed(w))) && words.next().is_some()
    }
}

fn is_opening_sign(c: char) -> bool {
    OPENERS.contains(&c) || c.is_whitespace() || "-–—•‣⁃▪◦●■$€£¥#@…✔→".contains(c)
}
