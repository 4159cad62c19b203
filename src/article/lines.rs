//! Text to paragraphs: which line breaks end one.

use super::block::BlockShape;
use super::draft::DraftPiece;
use super::line_text::ends_sentence;
use super::page_lines::is_page_line;
use crate::text::Span;

/// In characters; narrower than this nobody wraps prose: each line is a block of its own.
const MIN_WRAP_WIDTH: usize = 30;
/// In characters; in runs narrower than this a line may be a heading, a byline or a teaser of its own; wrapped prose ends in a stop.
const MIN_COLUMN_WIDTH: usize = 60;
/// In characters; wider than this nobody wraps prose: each line is a paragraph.
const MAX_WRAP_WIDTH: usize = 160;

struct TextLine {
    span: Span,
    /// In characters.
    width: usize,
    /// A blank comes before the break: a soft break in RFC 3676 (format=flowed).
    flowed: bool,
    /// A paragraph ends before this line, whatever its width (blank line, form feed, U+2029).
    fresh: bool,
}

/// The blocks of a plain or Markdown text, in order; between them is only whitespace (and a leading U+FEFF).
///
/// Paragraphs are what blank lines separate. Inside a run of lines a break is *hard* (ends a paragraph) where the
/// next line's first word would still have fitted, given the widest line of the run; else it is a wrap.
pub(super) fn split_pieces(text: &str, markdown: bool) -> Vec<DraftPiece> {
    let lines = split_lines(text);
    let mut pieces = Vec::new();
    let rest = if markdown { take_front_matter(text, &lines, &mut pieces) } else { &lines[..] };
    for run in rest.chunk_by(|_, next| !next.fresh) {
        push_paragraphs(text, run, markdown, &mut pieces);
    }
    pieces
}

fn split_lines(text: &str) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut fresh = true;
    while start < text.len() {
        let rest = &text[start..];
        let length = rest.find(is_line_break).unwrap_or(rest.len());
        let span = Span::new(start, start + length).trim_whitespace(text);
        let sign = rest[length..].chars().next();
        if span.is_empty() {
            fresh = true;
        } else {
            let width = span.slice(text).chars().count();
            lines.push(TextLine { span, width, flowed: span.end < start + length, fresh });
            fresh = false;
        }
        fresh |= matches!(sign, Some('\x0c' | '\u{2029}'));
        start += length + sign.map_or(0, char::len_utf8);
        if sign == Some('\r') && text[start..].starts_with('\n') {
            start += 1;
        }
    }
    lines
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Takes YAML between two `---` at the very top as a piece; returns the lines after it.
fn take_front_matter<'a>(text: &str, lines: &'a [TextLine], pieces: &mut Vec<DraftPiece>) -> &'a [TextLine] {
    let is_rule = |line: &TextLine| line.span.slice(text) == "---";
    if lines.first().is_some_and(is_rule)
        && let Some(end) = lines.iter().skip(1).take(100).position(is_rule)
    {
        let span = Span::new(lines[0].span.start, lines[end + 1].span.end);
        pieces.push(DraftPiece::new(span, BlockShape::Marks));
        return &lines[end + 2..];
    }
    lines
}

fn push_paragraphs(text: &str, run: &[TextLine], markdown: bool, pieces: &mut Vec<DraftPiece>) {
    let hard = hard_breaks(text, run, markdown);
    let mut in_items = false;
    for (i, line) in run.iter().enumerate() {
        let shape = line_shape(line.span.slice(text), markdown);
        let starts = i == 0
            || match shape {
                // A wrapped line may begin with a dash or a year: a mark counts where a list is likely.
                BlockShape::Item => {
                    markdown || in_items || hard[i] || run[i - 1].span.slice(text).ends_with(':')
                }
                BlockShape::Text => hard[i] || pieces.last().is_some_and(|p| p.shape == BlockShape::Heading),
                BlockShape::Heading | BlockShape::Quote | BlockShape::Marks => true,
            }
            || pieces.last().is_some_and(|p| p.shape == BlockShape::Marks);
        if starts {
            pieces.push(DraftPiece::new(line.span, shape));
            in_items = shape == BlockShape::Item;
        } else if let Some(last) = pieces.last_mut() {
            last.span.end = line.span.end;
        }
    }
}

fn line_shape(line: &str, markdown: bool) -> BlockShape {
    let rest = line.trim_start_matches('#');
    if markdown && rest.len() < line.len() && line.len() - rest.len() <= 6 && rest.starts_with(' ') {
        BlockShape::Heading
    } else if (markdown && line.starts_with("```")) || line.chars().all(|c| "-=*_~+#— ".contains(c)) {
        BlockShape::Marks
    } else if is_item(line) {
        BlockShape::Item
    } else {
        BlockShape::Text
    }
}

/// Whether a line begins with a list mark: a bullet, or a dash, number or letter with its sign and a blank.
fn is_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    if "•‣⁃▪◦●■·".contains(first) {
        return true;
    }
    if "-*–—+".contains(first) {
        return chars.as_str().starts_with(char::is_whitespace);
    }
    let mark = line.trim_start_matches('(');
    let rest = mark.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = mark.len() - rest.len();
    let rest = match digits {
        0 => mark.strip_prefix(|c: char| c.is_ascii_alphabetic()),
        1 | 2 => Some(rest),
        _ => None,
    };
    // A letter and a point begin a name as often as an item.
    let signs: &[char] = if digits == 0 { &[')'] } else { &['.', ')'] };
    rest.and_then(|r| r.strip_prefix(signs))
        .is_some_and(|r| r.trim_start_matches(')').starts_with(char::is_whitespace))
}

/// Whether a line may be broken at this character: no-break spaces hold their line together.
fn may_wrap(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// For each line, whether the break before it ends a paragraph.
fn hard_breaks(text: &str, run: &[TextLine], markdown: bool) -> Vec<bool> {
    let widest = run.iter().map(|l| l.width).max().unwrap_or(0);
    let prose = run.last().is_some_and(|l| ends_sentence(l.span.slice(text)));
    let mut hard = vec![false; run.len()];
    let mut open = Vec::new();
    for (i, pair) in run.windows(2).enumerate() {
        let (line, next) = (pair[0].span.slice(text), pair[1].span.slice(text));
        let first_word = next.split(may_wrap).next().unwrap_or("").chars().count();
        let continues = next.starts_with(char::is_lowercase) && !ends_sentence(line);
        hard[i + 1] = if line == next {
            true
        } else if pair[0].flowed && continues {
            false
        } else if widest > MAX_WRAP_WIDTH {
            true
        } else if markdown {
            // CommonMark: two blanks before the break make it hard, else it is soft.
            pair[0].flowed && text[pair[0].span.end..].starts_with("  ")
        } else if widest < MIN_WRAP_WIDTH {
            // Short lines that go on in small letters up to a stop are one sentence; without one, a list.
            !(continues && prose)
        } else if pair[0].width + 1 + first_word <= widest {
            // `fmt` balances its lines, so half a line that goes on in lower case is still a wrap.
            !(continues && pair[0].width * 2 > widest)
        } else {
            open.push((i + 1, ends_sentence(line) && !continues));
            false
        };
    }
    // Lines that lead to no sentence end and start with a capital each are headings, bylines, teasers.
    if !markdown && widest < MIN_COLUMN_WIDTH {
        let mut prose = prose;
        for i in (1..run.len()).rev() {
            if !hard[i] && !prose && !run[i].span.slice(text).starts_with(char::is_lowercase) {
                hard[i] = true;
            }
            if hard[i] {
                prose = ends_sentence(run[i - 1].span.slice(text));
            }
        }
    }
    // Lines of the page are blocks of their own in running text too.
    if !markdown {
        let page_lines: Vec<bool> = run.iter().map(|line| is_page_line(line.span.slice(text))).collect();
        for i in 1..run.len() {
            hard[i] |= page_lines[i] || page_lines[i - 1];
        }
    }
    // Where each paragraph is one line, the width of the widest shows nothing: there each full line ends a sentence,
    // which in wrapped prose is chance.
    if !markdown && hard.contains(&true) && open.iter().all(|(_, ends)| *ends) {
        for (i, _) in open {
            hard[i] = true;
        }
    }
    hard
}
