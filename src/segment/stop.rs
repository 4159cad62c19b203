//! Runs of stops, with the marks that close after them.

use super::enclosed;
use super::word::{CLOSERS, OPENERS};
use crate::text::Span;

/// A run of stops and the marks that close after it. All positions are bytes of the text.
pub(super) struct Stop {
    /// The first stop.
    pub(super) start: usize,
    /// After the last stop.
    pub(super) end: usize,
    /// After closing quotes, brackets and footnote numbers.
    pub(super) closed: usize,
    /// Number of points; an ellipsis character is three.
    pub(super) dots: usize,
    pub(super) sign: StopSign,
    /// Blanks between the dots.
    pub(super) spaced: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StopSign {
    /// One or more points.
    Point,
    /// `!` or `?` among them.
    Loud,
    /// A stop of a script without blanks between sentences.
    Wide,
    /// No stop at all: a quotation that ends in a dash.
    Dash,
}

impl Stop {
    fn at_offset(at: usize) -> Self {
        Self { start: at, end: at, closed: at, dots: 0, sign: StopSign::Point, spaced: false }
    }

    /// A quotation that breaks off at `at`, without a stop.
    pub(super) fn dash_at(at: usize) -> Self {
        Self { sign: StopSign::Dash, ..Self::at_offset(at) }
    }
}

/// A text with the quotations and brackets in it, by which a closing mark is recognised.
pub(super) struct StopReader<'a> {
    text: &'a str,
    /// Ordered by start.
    pub(super) enclosed: Vec<Span>,
}

impl<'a> StopReader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, enclosed: enclosed::find_enclosed(text) }
    }

    /// Reads the run of stops at `at` and the marks that close after it.
    pub(super) fn read_stop(&self, at: usize) -> Stop {
        let mut stop = Stop::at_offset(at);
        let rest = &self.text[at..];
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.peek().copied() {
            match c {
                '.' => stop.dots += 1,
                '…' => stop.dots += 3,
                '!' | '?' => stop.sign = StopSign::Loud,
                '。' | '！' | '？' => stop.sign = StopSign::Wide,
                // ". . ."
                ' ' | '\u{a0}' | '\u{202f}' if stop.dots > 0 && is_lone_dot(&rest[i + c.len_utf8()..]) => {
                    stop.spaced = true;
                }
                _ => break,
            }
            stop.end = at + i + c.len_utf8();
            chars.next();
        }
        stop.closed = self.closing_end(stop.end);
        stop
    }

    /// The end of the closing marks at `from`: quotes, brackets, `[12]`, a French ` »`, a footnote number.
    fn closing_end(&self, from: usize) -> usize {
        let mut end = from;
        loop {
            let rest = &self.text[end..];
            let Some(c) = rest.chars().next() else { return end };
            let after = rest[c.len_utf8()..].chars().next();
            let bare = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            if c == '[' && footnote_length(rest) > 0 {
                end += footnote_length(rest);
            } else if CLOSERS.contains(&c)
                && !(self.opens_mark(end, c) && after.is_some_and(char::is_alphanumeric))
            {
                end += c.len_utf8();
            } else if bare.len() < rest.len()
                && bare.starts_with('»')
                && self.ends_mark(end + rest.len() - bare.len())
            {
                end += rest.len() - bare.len() + '»'.len_utf8();
            } else {
                return end;
            }
        }
    }

    /// Whether the mark at `at` closes one of the quotations and brackets.
    fn ends_mark(&self, at: usize) -> bool {
        let end = at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        // Marks are ordered by start; one that ends here began at most the longest quotation before.
        let from = self.enclosed.partition_point(|m| m.start + 400 < end);
        self.enclosed[from..].iter().take_while(|m| m.start < end).any(|m| m.end == end)
    }

    fn opens_mark(&self, at: usize, c: char) -> bool {
        OPENERS.contains(&c) && !self.ends_mark(at)
    }

    /// Whether a speech breaks off with the quotation mark at `at`: `to--" At this`.
    pub(super) fn breaks_off(&self, at: usize) -> bool {
        self.text[..at].ends_with(['-', '—', '–']) && self.ends_mark(at)
    }
}

/// A dot before whitespace, another dot or a closing mark.
fn is_lone_dot(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.')
        && chars.next().is_none_or(|c| c.is_whitespace() || c == '.' || CLOSERS.contains(&c))
}

/// Bytes of a note such as `[12]` at the start of `rest`, else 0.
fn footnote_length(rest: &str) -> usize {
    let inner = rest[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    if (1..=3).contains(&inner) && rest.as_bytes().get(inner + 1) == Some(&b']') { inner + 2 } else { 0 }
}
