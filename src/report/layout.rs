//! Text in a terminal: colours, broken lines, two columns.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Paint};
use unicode_width::UnicodeWidthStr;

use super::escape;

/// How the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colours may be used. Without them differing words stand in `[-...-]` and `{+...+}`.
    pub color: bool,
}

/// From this width on the two sides stand beside each other.
const SIDE_BY_SIDE: usize = 100;

/// Narrower than this nothing can be laid out.
const NARROWEST: usize = 40;

pub(super) const DIM: Paint = Paint::new().dimmed();
pub(super) const BOLD: Paint = Paint::new().bold();
const IN_A: Paint = AnsiColor::Red.on_default().bold();
const IN_B: Paint = AnsiColor::Blue.on_default().bold();

/// One line of output that is not broken yet: pieces of text and how they look.
pub(super) type Line<'t> = Vec<(&'t str, Look)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Dim,
    InA,
    InB,
}

impl Style {
    /// The same, with room for something.
    pub(super) fn readable(self) -> Self {
        Self { width: self.width.max(NARROWEST), ..self }
    }

    pub(super) fn paint(self, paint: Paint, text: &str) -> String {
        if self.color { format!("{paint}{text}{paint:#}") } else { text.to_owned() }
    }

    /// Two texts beside each other, or one below the other where there is no room; then a remark and an empty line.
    pub(super) fn row(
        self,
        left: &Line<'_>,
        right: &Line<'_>,
        note: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if self.width >= SIDE_BY_SIDE {
            let column = (self.width - 3) / 2;
            let (left, right) = (self.wrap(left, column), self.wrap(right, column));
            for k in 0..left.len().max(right.len()) {
                let (text, width) = left.get(k).map_or(("", 0), |(text, width)| (text.as_str(), *width));
                let other = right.get(k).map_or("", |(text, _)| text.as_str());
                let line = format!("{text}{} {} {other}", " ".repeat(column - width), self.paint(DIM, "│"));
                writeln!(out, "{}", line.trim_end())?;
            }
        } else {
            for (side, lines) in [("A", left), ("B", right)] {
                for (k, (text, _)) in self.wrap(lines, self.width - 2).iter().enumerate() {
                    let mark = if k == 0 { self.paint(DIM, side) } else { " ".to_owned() };
                    writeln!(out, "{mark} {text}")?;
                }
            }
        }
        if note.is_empty() { writeln!(out) } else { writeln!(out, "{}\n", self.paint(DIM, note)) }
    }

    /// A text whose lines all begin with `indent`.
    pub(super) fn indented(self, line: &Line<'_>, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        for (text, _) in self.wrap(line, self.width - indent.len()) {
            writeln!(out, "{indent}{text}")?;
        }
        Ok(())
    }

    /// A text whose first line begins with `label`, and each further one with as much room.
    pub(super) fn labelled(self, label: &str, line: &Line<'_>, out: &mut dyn Write) -> io::Result<()> {
        for (k, (text, _)) in self.wrap(line, self.width - label.len()).iter().enumerate() {
            let start = if k == 0 { label.to_owned() } else { " ".repeat(label.len()) };
            writeln!(out, "{start}{text}")?;
        }
        Ok(())
    }

    /// Breaks a line at spaces into lines of at most `width` columns; each with its width.
    pub(super) fn wrap(self, line: &Line<'_>, width: usize) -> Vec<(String, usize)> {
        let mut lines = Vec::new();
        let (mut current, mut used, mut space) = (String::new(), 0, false);
        for (text, look) in line {
            for piece in escape::terminal(text).split_inclusive(' ') {
                let word = piece.trim_end_matches(' ');
                let shown = self.marked(word, *look);
                let columns = if self.color { word.width() } else { shown.width() };
                if !word.is_empty() {
                    if used > 0 && used + usize::from(space) + columns > width {
                        lines.push((std::mem::take(&mut current), used));
                        (used, space) = (0, false);
                    }
                    if space && used > 0 {
                        current.push(' ');
                        used += 1;
                    }
                    current.push_str(&shown);
                    used += columns;
                    space = false;
                }
                space |= piece.len() > word.len();
            }
        }
        if used > 0 {
            lines.push((current, used));
        }
        lines
    }

    fn marked(self, word: &str, look: Look) -> String {
        match (look, self.color) {
            (_, _) if word.is_empty() => String::new(),
            (Look::Plain, _) => word.to_owned(),
            (Look::Dim, _) => self.paint(DIM, word),
            (Look::InA, true) => self.paint(IN_A, word),
            (Look::InB, true) => self.paint(IN_B, word),
            (Look::InA, false) => format!("[-{word}-]"),
            (Look::InB, false) => format!("{{+{word}+}}"),
        }
    }
}
