//! Text in a terminal: colours, line breaks, columns.

use std::io::{self, Write};

use anstyle::Style as Paint;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::escape::escape_terminal;
use super::theme::Theme;

/// How the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Width of the terminal in columns.
    pub width: usize,
    /// Whether to use colours. Without them words that differ are put in `[-...-]` and `{+...+}`.
    pub color: bool,
    /// The colours.
    pub theme: Theme,
}

/// Width in columns from which the two sides are printed side by side.
const MIN_SIDE_BY_SIDE: usize = 100;

/// Columns between two texts that are side by side.
pub(super) const COLUMN_GAP: usize = 3;

/// Smallest width that is laid out, in columns.
const MIN_WIDTH: usize = 40;

pub(super) const DIM: Paint = Paint::new().dimmed();
pub(super) const BOLD: Paint = Paint::new().bold();

/// A line before line breaking: pieces of text, each with its look.
pub(super) type StyledLine<'t> = Vec<(&'t str, Look)>;

/// The look of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Dim,
    /// Words of A that differ.
    InA,
    /// Words of B that differ.
    InB,
}

impl Style {
    /// A style without colours.
    pub(super) fn without_color(width: usize) -> Self {
        Self { width, color: false, theme: Theme::default() }
    }

    /// The style with at least the smallest width.
    pub(super) fn with_min_width(self) -> Self {
        Self { width: self.width.max(MIN_WIDTH), ..self }
    }

    pub(super) fn paint_text(self, paint: Paint, text: &str) -> String {
        if self.color { format!("{paint}{text}{paint:#}") } else { text.to_owned() }
    }

    /// Writes two texts side by side, or one below the other where there is no room; then a note and an empty line.
    pub(super) fn write_row(
        self,
        left: &StyledLine<'_>,
        right: &StyledLine<'_>,
        note: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if self.width >= MIN_SIDE_BY_SIDE {
            self.write_columns("", &[left, right], (self.width - COLUMN_GAP) / 2, out)?;
        } else {
            for (side, lines) in [("A", left), ("B", right)] {
                for (k, (text, _)) in self.wrap_line(lines, self.width - 2).iter().enumerate() {
                    let mark = if k == 0 { self.paint_text(DIM, side) } else { " ".to_owned() };
                    writeln!(out, "{mark} {text}")?;
                }
            }
        }
        if note.is_empty() { writeln!(out) } else { writeln!(out, "{}\n", self.paint_text(DIM, note)) }
    }

    /// Writes texts side by side after `indent`, each in a column of `width`.
    pub(super) fn write_columns(
        self,
        indent: &str,
        texts: &[&StyledLine<'_>],
        width: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let texts: Vec<_> = texts.iter().map(|text| self.wrap_line(text, width)).collect();
        let (bar, nothing) = (self.paint_text(DIM, "│"), (String::new(), 0));
        for k in 0..texts.iter().map(Vec::len).max().unwrap_or(0) {
            let line = texts.iter().map(|lines| {
                let (text, used) = lines.get(k).unwrap_or(&nothing);
                format!("{text}{}", " ".repeat(width.saturating_sub(*used)))
            });
            writeln!(out, "{indent}{}", line.collect::<Vec<_>>().join(&format!(" {bar} ")).trim_end())?;
        }
        Ok(())
    }

    /// Writes a text whose lines all begin with `indent`.
    pub(super) fn write_indented(
        self,
        line: &StyledLine<'_>,
        indent: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for (text, _) in self.wrap_line(line, self.width - indent.len()) {
            writeln!(out, "{indent}{text}")?;
        }
        Ok(())
    }

    /// Writes a text whose first line begins with `label`; further lines are indented by as much.
    pub(super) fn write_labelled(
        self,
        label: &str,
        line: &StyledLine<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for (k, (text, _)) in self.wrap_line(line, self.width - label.len()).iter().enumerate() {
            let start = if k == 0 { label.to_owned() } else { " ".repeat(label.len()) };
            writeln!(out, "{start}{text}")?;
        }
        Ok(())
    }

    /// Breaks a line at spaces into lines of at most `width` columns, and returns each with its width in columns. A longer
    /// word is broken between graphemes.
    pub(super) fn wrap_line(self, line: &StyledLine<'_>, width: usize) -> Vec<(String, usize)> {
        let mut lines = Vec::new();
        let (mut current, mut used, mut space) = (String::new(), 0, false);
        for (text, look) in line {
            for piece in escape_terminal(text).split_inclusive(' ') {
                let word = piece.trim_end_matches(' ');
                let marks = if self.color { 0 } else { self.mark_word(".", *look).width() - 1 };
                for part in split_word(word, width.saturating_sub(marks)) {
                    let styled_part = self.mark_word(part, *look);
                    let columns = part.width() + marks;
                    if used > 0 && used + usize::from(space) + columns > width {
                        lines.push((std::mem::take(&mut current), used));
                        (used, space) = (0, false);
                    }
                    if space && used > 0 {
                        current.push(' ');
                        used += 1;
                    }
                    current.push_str(&styled_part);
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

    fn mark_word(self, word: &str, look: Look) -> String {
        match (look, self.color) {
            (_, _) if word.is_empty() => String::new(),
            (Look::Plain, _) => word.to_owned(),
            (Look::Dim, _) => self.paint_text(DIM, word),
            (Look::InA, true) => self.paint_text(self.theme.difference_paints()[0], word),
            (Look::InB, true) => self.paint_text(self.theme.difference_paints()[1], word),
            (Look::InA, false) => format!("[-{word}-]"),
            (Look::InB, false) => format!("{{+{word}+}}"),
        }
    }
}

/// A word in parts of at most `width` columns, split between grapheme clusters (UAX #29). A wider cluster is a part by
/// itself.
fn split_word(word: &str, width: usize) -> Vec<&str> {
    let (mut parts, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, grapheme) in word.grapheme_indices(true) {
        if used > 0 && used + grapheme.width() > width {
            parts.push(&word[start..at]);
            (start, used) = (at, 0);
        }
        used += grapheme.width();
    }
    parts.extend(Some(&word[start..]).filter(|rest| !rest.is_empty()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_column() {
        let word = "Donaudampfschifffahrtsgesellschaft 漢字漢字漢字漢字 e\u{301}e\u{301}e\u{301} 👩‍👩‍👧👩‍👩‍👧🇫🇷🇩🇪 a";
        for color in [true, false] {
            for width in 6..40 {
                for look in [Look::Plain, Look::Dim, Look::InA, Look::InB] {
                    let lines =
                        Style { color, ..Style::without_color(width) }.wrap_line(&vec![(word, look)], width);
                    assert!(lines.iter().all(|(_, used)| *used <= width), "{width} {look:?} {lines:?}");
                }
            }
        }
        let lines = Style::without_color(9).wrap_line(&vec![("a longerword b", Look::Plain)], 6);
        let lines: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(lines, ["a", "longer", "word b"]);
        assert_eq!(split_word("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
    }
}
