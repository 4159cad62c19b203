//! Quotations and brackets: a sentence does not end inside a short one.

use crate::text::Span;

/// A longer quotation is split at its own sentence ends, in bytes: about fifty words, longer than a long sentence.
const MAX_ENCLOSED_BYTES: usize = 320;
/// Deepest nesting; deeper marks are no text.
const MAX_OPEN_MARKS: usize = 16;

/// The quotations and brackets of a text, whole and not too long, ordered by start; they may lie in each other.
pub(super) fn find_enclosed(text: &str) -> Vec<Span> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut spans = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, mut c)) = chars.next() {
        let mut end = at + c.len_utf8();
        // Two commas or two apostrophes for a quotation mark.
        if c == ',' && before != ',' && text[end..].starts_with(',') && !before.is_alphanumeric() {
            (c, end) = ('„', end + 1);
            chars.next();
        }
        if !is_mark(c) {
            before = c;
            continue;
        }
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let closes = open
            .iter()
            .rposition(|(o, _)| is_mark_pair(*o, c) && may_close(c, before, after))
            // A mark of the same sign before a word is rather a new quotation.
            .filter(|_| !(c == '"' && starts_word(before, after)))
            // A plural's apostrophe, sentences after an apostrophe that looked like a quotation mark ('nineties).
            .filter(|place| {
                !("'’".contains(c) && before.is_alphanumeric() && has_stop(text, open[*place].1, at))
            });
        if let Some(place) = closes {
            let start = open[place].1;
            open.truncate(place);
            if end - start <= MAX_ENCLOSED_BYTES {
                spans.push(Span::new(start, end));
            }
        } else if may_open(c, before, after) {
            if open.len() == MAX_OPEN_MARKS {
                open.remove(0);
            }
            open.push((c, at));
        }
        before = c;
    }
    spans.sort_unstable();
    spans
}

/// Whether a sentence ends inside the quotation that would begin at `start`.
fn has_stop(text: &str, start: usize, end: usize) -> bool {
    end - start > MAX_ENCLOSED_BYTES || [". ", "! ", "? "].iter().any(|stop| text[start..end].contains(stop))
}

fn is_mark(c: char) -> bool {
    "()[]{}\"'“”„«»‹›‘’‚".contains(c)
}

/// Whether `open` and `close` are a pair of marks in English, German or French.
fn is_mark_pair(open: char, close: char) -> bool {
    match open {
        '(' => close == ')',
        '[' => close == ']',
        '{' => close == '}',
        '„' => matches!(close, '“' | '”' | '"'),
        '“' => close == '”',
        '‚' => matches!(close, '‘' | '’'),
        '‘' => close == '’',
        '«' => close == '»',
        '»' => close == '«',
        '‹' => close == '›',
        '›' => close == '‹',
        '"' => matches!(close, '"' | '”'),
        '\'' => close == '\'',
        _ => false,
    }
}

fn starts_word(before: char, after: char) -> bool {
    (before.is_whitespace() || "([{-—–".contains(before)) && after.is_alphanumeric()
}

fn may_open(c: char, before: char, after: char) -> bool {
    match c {
        '(' | '[' | '{' | '„' | '“' | '«' | '»' | '‹' | '›' | '‚' => true,
        // The others are apostrophes and closing marks as well.
        '"' | '\'' | '‘' => {
            !after.is_whitespace() && (before.is_whitespace() || "([{\"'“„«-—–".contains(before))
        }
        _ => false,
    }
}

fn may_close(c: char, before: char, after: char) -> bool {
    match c {
        // An apostrophe inside a word or after a plural s: only a mark before it makes it a closing quote for sure.
        '\'' | '’' => {
            !after.is_alphanumeric() && (".,!?…;:-—–)\"”".contains(before) || before.is_alphanumeric())
        }
        '"' => !before.is_whitespace() || !after.is_alphanumeric(),
        _ => true,
    }
}
