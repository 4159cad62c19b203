//! Pairs of quotation marks, in one pass with a small stack. Whether a mark opens or closes depends on the open marks
//! and on the characters on both sides, so that one rule serves „…“, “…”, «…», »…« and straight marks.

use crate::text::Span;

/// A quotation with and without its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QuoteSpans {
    pub outer: Span,
    pub inner: Span,
}

struct OpenMark {
    mark: char,
    start: usize,
    inner: usize,
}

/// The deepest nesting of quotations; deeper marks are typing errors.
pub const MAX_QUOTE_DEPTH: usize = 4;

/// The most bytes of a quotation without a closing mark, which ends with its paragraph. The longest quoted paragraphs of
/// news have a tenth of it.
pub const MAX_UNCLOSED_BYTES: usize = 4096;

fn is_single_mark(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚')
}

fn closes_mark(open: char, c: char) -> bool {
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

fn is_quote_mark(c: char) -> bool {
    is_single_mark(c) || matches!(c, '“' | '”' | '„' | '"' | '«' | '»' | '‹' | '›')
}

/// Whether a quotation may begin after this character.
fn may_precede_quote(before: char) -> bool {
    before.is_whitespace()
        || matches!(before, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '‑')
        || (is_quote_mark(before) && before != '’')
}

/// The quotations of `text`, ordered by start; a blank line ends a paragraph.
pub(super) fn find_quotes(text: &str) -> Vec<QuoteSpans> {
    let mut quotes = Vec::new();
    let mut stack: Vec<OpenMark> = Vec::new();
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
            end_paragraph(paragraph_end, rest.chars().next(), &mut stack, &mut quotes);
        }
        line_empty = c == '\n' || (line_empty && c.is_whitespace());
        if !c.is_whitespace() {
            paragraph_end = at + c.len_utf8();
        }
        if is_quote_mark(c) {
            let repeated = stack.last().is_some_and(|o| o.mark == c && starts_paragraph(text, at));
            let closing =
                stack.iter().rposition(|o| closes_mark(o.mark, c) && ends_quote(o.mark, before, c, next));
            if repeated {
                // The mark that each paragraph of a long quotation repeats.
            } else if let Some(level) = closing {
                let open = stack.swap_remove(level);
                stack.truncate(level);
                quotes.push(QuoteSpans {
                    outer: Span::new(open.start, at + c.len_utf8()),
                    inner: Span::new(open.inner, at),
                });
            } else if opens_quote(c, before, next) && stack.len() < MAX_QUOTE_DEPTH {
                if c == '"' {
                    stack.retain(|o| o.mark != '"');
                }
                stack.push(OpenMark { mark: c, start: at, inner: at + c.len_utf8() });
            }
        }
        before = c;
    }
    end_paragraph(paragraph_end, None, &mut stack, &mut quotes);
    quotes.sort_unstable_by_key(|p| (p.outer.start, std::cmp::Reverse(p.outer.end)));
    quotes
}

fn starts_paragraph(text: &str, at: usize) -> bool {
    let line = &text[..at];
    let blank = line.trim_end();
    line[blank.len()..].matches('\n').count() > 1
}

/// Whether `c` closes the quotation that `open` began, and is no apostrophe and no opening mark.
fn ends_quote(open: char, before: char, c: char, next: char) -> bool {
    match c {
        '\'' | '’' | '‘' => !before.is_whitespace() && !next.is_alphanumeric(),
        '"' => !(before.is_whitespace() && next.is_alphanumeric()),
        '“' if open != '„' => !before.is_whitespace() && !next.is_alphanumeric(),
        '“' => !before.is_whitespace() || !next.is_alphanumeric(),
        _ => true,
    }
}

fn opens_quote(c: char, before: char, next: char) -> bool {
    match c {
        '«' | '‹' | '„' => true,
        '“' => !next.is_whitespace() || before == '\n',
        '‚' | '‘' => may_precede_quote(before) && (next.is_alphanumeric() || is_quote_mark(next)),
        '\'' | '’' => may_precede_quote(before) && next.is_alphabetic(),
        '"' => may_precede_quote(before) && !matches!(next, '\n' | ',' | '.' | ';' | ')'),
        '»' | '›' | '”' => may_precede_quote(before) && next.is_alphanumeric(),
        _ => false,
    }
}

/// Closes or drops the marks that a paragraph leaves open; `next` is the first character of the next one.
fn end_paragraph(end: usize, next: Option<char>, stack: &mut Vec<OpenMark>, quotes: &mut Vec<QuoteSpans>) {
    stack.retain(|open| {
        if is_single_mark(open.mark) {
            return false;
        }
        // Some publishers repeat a guillemet as the closing one.
        if next == Some(open.mark) || (open.mark == '«' && next == Some('»')) {
            return true;
        }
        if open.inner < end && end - open.inner <= MAX_UNCLOSED_BYTES {
            quotes.push(QuoteSpans { outer: Span::new(open.start, end), inner: Span::new(open.inner, end) });
        }
        false
    });
}
