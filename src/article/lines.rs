//! Text to paragraphs: which line breaks end one.

use std::collections::HashSet;

use super::draft::Given;
use crate::text::{Lang, Span};

/// What the marks of a block say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A paragraph, or a line that stands by itself.
    Text,
    /// An entry of a list.
    Item,
    /// A heading that is marked as one.
    Heading,
    /// A quotation that stands by itself.
    Quote,
    /// Front matter, rulers, code fences: marks for the reader's program.
    Marks,
}

impl Shape {
    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Item => "item",
            Self::Heading => "heading",
            Self::Quote => "quote",
            Self::Marks => "marks",
        }
    }
}

/// A block before its role is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) shape: Shape,
    /// The role that the format tells.
    pub(super) given: Option<Given>,
    /// The language that the format tells for this block alone.
    pub(super) lang: Option<Lang>,
}

impl Piece {
    fn new(span: Span, shape: Shape) -> Self {
        Self { span, shape, given: None, lang: None }
    }
}

/// Narrower than this nobody wraps prose: each line stands by itself.
const NARROW: usize = 30;
/// In runs narrower than this a line may be a heading, a byline or a teaser of its own; wrapped prose ends in a stop.
const COLUMN: usize = 60;
/// Wider than this nobody wraps prose: each line is a paragraph.
const WIDE: usize = 160;

struct Line {
    span: Span,
    /// Characters.
    width: usize,
    /// A blank stands before the break: a soft break in RFC 3676 (format=flowed).
    flowed: bool,
    /// A paragraph ends before this line, whatever its width (blank line, form feed, U+2029).
    fresh: bool,
}

/// The blocks of a plain or Markdown text, in order; between them is only whitespace (and a leading U+FEFF).
///
/// Paragraphs are what blank lines separate. Inside a run of lines a break is *hard* (ends a paragraph) where the
/// next line's first word would still have fitted, given the widest line of the run; else it is a wrap.
pub(super) fn pieces(text: &str, markdown: bool) -> Vec<Piece> {
    let lines = lines(text);
    let mut found = Vec::new();
    let rest = if markdown { front_matter(text, &lines, &mut found) } else { &lines[..] };
    for run in rest.chunk_by(|_, next| !next.fresh) {
        paragraphs(text, run, markdown, &mut found);
    }
    found
}

fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut fresh = true;
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}');
    while start < text.len() {
        let rest = &text[start..];
        let length = rest.find(breaks).unwrap_or(rest.len());
        let span = Span::new(start, start + length).trimmed(text);
        let sign = rest[length..].chars().next();
        if span.is_empty() {
            fresh = true;
        } else {
            let width = span.of(text).chars().count();
            found.push(Line { span, width, flowed: span.end < start + length, fresh });
            fresh = false;
        }
        fresh |= matches!(sign, Some('\x0c' | '\u{2029}'));
        start += length + sign.map_or(0, char::len_utf8);
        if sign == Some('\r') && text[start..].starts_with('\n') {
            start += 1;
        }
    }
    found
}

/// YAML between two `---` at the very top.
fn front_matter<'a>(text: &str, lines: &'a [Line], found: &mut Vec<Piece>) -> &'a [Line] {
    let is_rule = |line: &Line| line.span.of(text) == "---";
    if lines.first().is_some_and(is_rule)
        && let Some(end) = lines.iter().skip(1).take(100).position(is_rule)
    {
        let span = Span::new(lines[0].span.start, lines[end + 1].span.end);
        found.push(Piece::new(span, Shape::Marks));
        return &lines[end + 2..];
    }
    lines
}

fn paragraphs(text: &str, run: &[Line], markdown: bool, found: &mut Vec<Piece>) {
    let hard = hard_breaks(text, run, markdown);
    let mut in_items = false;
    for (i, line) in run.iter().enumerate() {
        let shape = shape(line.span.of(text), markdown);
        let starts = i == 0
            || match shape {
                // A wrapped line may begin with a dash or a year: a mark counts where a list is likely.
                Shape::Item => markdown || in_items || hard[i] || run[i - 1].span.of(text).ends_with(':'),
                Shape::Text => hard[i] || found.last().is_some_and(|p| p.shape == Shape::Heading),
                Shape::Heading | Shape::Quote | Shape::Marks => true,
            }
            || found.last().is_some_and(|p| p.shape == Shape::Marks);
        if starts {
            found.push(Piece::new(line.span, shape));
            in_items = shape == Shape::Item;
        } else if let Some(last) = found.last_mut() {
            last.span.end = line.span.end;
        }
    }
}

fn shape(line: &str, markdown: bool) -> Shape {
    let rest = line.trim_start_matches('#');
    if markdown && rest.len() < line.len() && line.len() - rest.len() <= 6 && rest.starts_with(' ') {
        Shape::Heading
    } else if (markdown && line.starts_with("```")) || line.chars().all(|c| "-=*_~+#— ".contains(c)) {
        Shape::Marks
    } else if is_item(line) {
        Shape::Item
    } else {
        Shape::Text
    }
}

/// Whether a line begins with a list mark: a bullet, or a dash, number or letter with its sign and a blank.
fn is_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    if "•‣⁃▪◦●■·".contains(first) {
        return true;
    }
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    if "-*–—+".contains(first) {
        return spaced(chars.as_str());
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
    rest.and_then(|r| r.strip_prefix(signs)).is_some_and(|r| spaced(r.trim_start_matches(')')))
}

/// Whether a line may be broken at this character: no-break spaces hold their line together.
fn may_wrap(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// For each line, whether the break before it ends a paragraph.
fn hard_breaks(text: &str, run: &[Line], markdown: bool) -> Vec<bool> {
    let widest = run.iter().map(|l| l.width).max().unwrap_or(0);
    let prose = run.last().is_some_and(|l| ends_sentence(l.span.of(text)));
    let mut hard = vec![false; run.len()];
    let mut open = Vec::new();
    for (i, pair) in run.windows(2).enumerate() {
        let (line, next) = (pair[0].span.of(text), pair[1].span.of(text));
        let first_word = next.split(may_wrap).next().unwrap_or("").chars().count();
        let continues = next.starts_with(char::is_lowercase) && !ends_sentence(line);
        hard[i + 1] = if line == next {
            true
        } else if pair[0].flowed && continues {
            false
        } else if widest > WIDE {
            true
        } else if markdown {
            // CommonMark: two blanks before the break make it hard, else it is soft.
            pair[0].flowed && text[pair[0].span.end..].starts_with("  ")
        } else if widest < NARROW {
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
    if !markdown && widest < COLUMN {
        let mut prose = prose;
        for i in (1..run.len()).rev() {
            if !hard[i] && !prose && !run[i].span.of(text).starts_with(char::is_lowercase) {
                hard[i] = true;
            }
            if hard[i] {
                prose = ends_sentence(run[i - 1].span.of(text));
            }
        }
    }
    // Lines of the page stand alone in running text too.
    if !markdown {
        let alone: Vec<bool> =
            run.iter().map(|line| super::roles::stands_alone(line.span.of(text))).collect();
        for i in 1..run.len() {
            hard[i] |= alone[i] || alone[i - 1];
        }
    }
    // The widest of several paragraphs that stand one a line cannot show it by its own width: there each full line
    // ends a sentence, which in wrapped prose is chance.
    if !markdown && hard.contains(&true) && open.iter().all(|(_, ends)| *ends) {
        for (i, _) in open {
            hard[i] = true;
        }
    }
    hard
}

/// Whether the last mark of a line, closing quotes and brackets aside, ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closers = |c: char| "\"'”’“«»‘)]*_".contains(c) || c.is_whitespace();
    text.trim_end_matches(closers).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Folded text for comparison: lower case, plain apostrophes, single blanks, no marks around.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
    }
    let inner = out.trim_matches(|c: char| !c.is_alphanumeric() && !"©(".contains(c));
    inner.to_owned()
}

/// Texts seen before, by their folded form.
pub(super) type Seen = HashSet<String>;
