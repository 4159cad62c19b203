//! Quotation marks to pairs. One pass with a small stack; what is open and what closes follows from the mark that
//! opened and from the characters on both sides, so that one rule serves „…“, “…”, «…», »…« and straight marks.

use crate::text::Span;

/// A quotation: the marks and what lies between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub outer: Span,
    pub inner: Span,
}

struct Open {
    mark: char,
    start: usize,
    inner: usize,
}

/// Quotations in quotations in quotations; deeper marks are typing errors.
pub const MAX_DEPTH: usize = 4;

/// An opening mark without a closing one holds to the end of its paragraph, but not past this many bytes: the
/// longest quoted paragraphs of news have a tenth of it.
pub const MAX_UNCLOSED: usize = 4096;

fn single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚')
}

fn closes(open: char, c: char) -> bool {
    match open {
        '“' | '”' => matches!(c, '”' | '“' | '"'),
        '„' => matches!(c, '“' | '”' | '"'),
        '«' => c == '»',
        '»' => c == '«',
        '‹' => c == '›',
        '›' => c == '‹',
        '"' => c == '"' || c == '”',
        '‘' | '‚' => matches!(c, '’' | '‘' | '\''),
        '’' | '\'' => matches!(c, '’' | '\''),
        _ => false,
    }
}

fn is_mark(c: char) -> bool {
    single(c) || matches!(c, '“' | '”' | '„' | '"' | '«' | '»' | '‹' | '›')
}

/// Whether a quotation may begin after this character.
fn free(before: char) -> bool {
    before.is_whitespace()
        || matches!(before, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '‑')
        || (is_mark(before) && before != '’')
}

/// The quotations of `text`, ordered by start; a blank line ends a paragraph.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut before = '\n';
    let mut line_empty = true;
    let mut ended = 0;
    let mut paragraph_end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or('\n', |(_, c)| *c);
        if c == '\n' && line_empty && ended < paragraph_end {
            ended = paragraph_end;
            let rest = text[at..].trim_start();
            end_paragraph(paragraph_end, rest.chars().next(), &mut stack, &mut found);
        }
        line_empty = c == '\n' || (line_empty && c.is_whitespace());
        if !c.is_whitespace() {
            paragraph_end = at + c.len_utf8();
        }
        if is_mark(c) {
            let repeated = stack.last().is_some_and(|o| o.mark == c && starts_paragraph(text, at));
            let closing = stack.iter().rposition(|o| closes(o.mark, c) && ends(o.mark, before, c, next));
            if repeated {
                // The mark that each paragraph of a long quotation repeats.
            } else if let Some(level) = closing {
                let open = stack.swap_remove(level);
                stack.truncate(level);
                found.push(Pair {
                    outer: Span::new(open.start, at + c.len_utf8()),
                    inner: Span::new(open.inner, at),
                });
            } else if opens(c, before, next) && stack.len() < MAX_DEPTH {
                if c == '"' {
                    stack.retain(|o| o.mark != '"');
                }
                stack.push(Open { mark: c, start: at, inner: at + c.len_utf8() });
            }
        }
        before = c;
    }
    end_paragraph(paragraph_end, None, &mut stack, &mut found);
    found.sort_unstable_by_key(|p| (p.outer.start, std::cmp::Reverse(p.outer.end)));
    found
}

fn starts_paragraph(text: &str, at: usize) -> bool {
    let line = &text[..at];
    let blank = line.trim_end();
    line[blank.len()..].matches('\n').count() > 1
}

/// Whether `c` ends what is open: not where it is an apostrophe or begins something.
fn ends(open: char, before: char, c: char, next: char) -> bool {
    match c {
        '\'' | '’' | '‘' => !before.is_whitespace() && !next.is_alphanumeric(),
        '"' => !(before.is_whitespace() && next.is_alphanumeric()),
        '“' if open != '„' => !before.is_whitespace() && !next.is_alphanumeric(),
        '“' => !before.is_whitespace() || !next.is_alphanumeric(),
        _ => true,
    }
}

fn opens(c: char, before: char, next: char) -> bool {
    match c {
        '«' | '‹' | '„' => true,
        '“' => !next.is_whitespace() || before == '\n',
        '‚' | '‘' => free(before) && (next.is_alphanumeric() || is_mark(next)),
        '\'' | '’' => free(before) && next.is_alphabetic(),
        '"' => free(before) && !matches!(next, '\n' | ',' | '.' | ';' | ')'),
        '»' | '›' | '”' => free(before) && next.is_alphanumeric(),
        _ => false,
    }
}

/// Closes or drops what a paragraph leaves open; `next` is the first character of the next one.
fn end_paragraph(end: usize, next: Option<char>, stack: &mut Vec<Open>, found: &mut Vec<Pair>) {
    stack.retain(|open| {
        if single(open.mark) {
            return false;
        }
        // A guillemet is repeated as the closing one in some houses.
        if next == Some(open.mark) || (open.mark == '«' && next == Some('»')) {
            return true;
        }
        if open.inner < end && end - open.inner <= MAX_UNCLOSED {
            found.push(Pair { outer: Span::new(open.start, end), inner: Span::new(open.inner, end) });
        }
        false
    });
}
