//! For reading in a terminal: the aligned sentences, those that stand alone, the findings, the scores.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Paint};
use unicode_width::UnicodeWidthStr;

use super::{Report, escape};
use crate::align::Relation;
use crate::article::Role;
use crate::divergence::{Aligned, Comparison, Finding, Marked, Place, Severity, Version};
use crate::text::Span;

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

/// Words that differ at least this much are marked.
const MARKED: f32 = 0.5;

const DIM: Paint = Paint::new().dimmed();
const BOLD: Paint = Paint::new().bold();
const IN_A: Paint = AnsiColor::Red.on_default().bold();
const IN_B: Paint = AnsiColor::Blue.on_default().bold();

pub(super) fn write(report: &Report<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = Style { width: style.width.max(NARROWEST), ..style };
    for (k, comparison) in report.comparisons.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        View { report, style, comparison, a: &report.versions[0], b: &report.versions[k + 1] }
            .write(k + 1, out)?;
    }
    Ok(())
}

/// One line of output that is not broken yet: pieces of text and how they look.
type Line<'t> = Vec<(&'t str, Look)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    Dim,
    InA,
    InB,
}

struct View<'r> {
    report: &'r Report<'r>,
    style: Style,
    comparison: &'r Comparison,
    a: &'r Version,
    b: &'r Version,
}

impl View<'_> {
    fn write(&self, b: usize, out: &mut dyn Write) -> io::Result<()> {
        self.head(b, out)?;
        self.alignment(out)?;
        self.left_out(out)?;
        self.findings(out)?;
        self.scores(out)
    }

    fn paint(&self, paint: Paint, text: &str) -> String {
        if self.style.color { format!("{paint}{text}{paint:#}") } else { text.to_owned() }
    }

    fn head(&self, b: usize, out: &mut dyn Write) -> io::Result<()> {
        for (name, path, version) in
            [("A", &self.report.paths[0], self.a), ("B", &self.report.paths[b], self.b)]
        {
            let title = version.article.title().map(escape::terminal).unwrap_or_default();
            writeln!(
                out,
                "{} {} ({}, {} sentences) {}",
                self.paint(BOLD, name),
                escape::terminal(path),
                version.article.lang,
                version.told.len(),
                self.paint(DIM, &title)
            )?;
        }
        let relation = if self.comparison.parallel {
            "two versions of one text"
        } else {
            "two texts that share some of what they tell"
        };
        writeln!(out, "{}\n", self.paint(DIM, relation))
    }

    fn alignment(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in self.rows() {
            match row {
                Row::Group(group) => {
                    let mut note = String::new();
                    if group.relation == Relation::Partial {
                        note.push_str(" partial");
                    }
                    if group.moved {
                        note.push_str(" moved");
                    }
                    self.row((&group.a, &group.b), &note, out)?;
                }
                Row::OnlyA(k) => self.row((&[k], &[]), " only in A", out)?,
                Row::OnlyB(k) => self.row((&[], &[k]), " only in B", out)?,
            }
        }
        Ok(())
    }

    /// The rows in the order of A; what stands in B alone follows the sentence of B before it.
    fn rows(&self) -> Vec<Row<'_>> {
        let grouped_a: BTreeSet<usize> = self.comparison.groups.iter().flat_map(|g| &g.a).copied().collect();
        let grouped_b: BTreeSet<usize> = self.comparison.groups.iter().flat_map(|g| &g.b).copied().collect();
        let mut alone_b = self.b.told.iter().copied().filter(|k| !grouped_b.contains(k)).peekable();
        let mut groups = self.comparison.groups.iter().peekable();
        let mut rows = Vec::new();
        for k in &self.a.told {
            if !grouped_a.contains(k) {
                rows.push(Row::OnlyA(*k));
            }
            while let Some(group) = groups.next_if(|g| g.a[0] <= *k) {
                while let Some(alone) = alone_b.next_if(|b| !group.moved && *b < group.b[0]) {
                    rows.push(Row::OnlyB(alone));
                }
                rows.push(Row::Group(group));
            }
        }
        rows.extend(alone_b.map(Row::OnlyB));
        rows
    }

    fn row(&self, (a, b): (&[usize], &[usize]), note: &str, out: &mut dyn Write) -> io::Result<()> {
        // Every word of a sentence that stands alone differs; to mark them all says nothing.
        let marked = !a.is_empty() && !b.is_empty();
        let (left, right) = (self.side(a, true, marked), self.side(b, false, marked));
        if self.style.width >= SIDE_BY_SIDE {
            let column = (self.style.width - 3) / 2;
            let (left, right) = (self.wrap(&left, column), self.wrap(&right, column));
            for k in 0..left.len().max(right.len()) {
                let (text, width) = left.get(k).map_or(("", 0), |(text, width)| (text.as_str(), *width));
                let other = right.get(k).map_or("", |(text, _)| text.as_str());
                let line = format!("{text}{} {} {other}", " ".repeat(column - width), self.paint(DIM, "│"));
                writeln!(out, "{}", line.trim_end())?;
            }
        } else {
            for (side, lines) in [("A", left), ("B", right)] {
                for (k, (text, _)) in self.wrap(&lines, self.style.width - 2).iter().enumerate() {
                    let mark = if k == 0 { self.paint(DIM, side) } else { " ".to_owned() };
                    writeln!(out, "{mark} {text}")?;
                }
            }
        }
        if note.is_empty() {
            writeln!(out)
        } else {
            writeln!(out, "{}\n", self.paint(DIM, note.trim_start()))
        }
    }

    /// The sentences of one side of a row, with the words that differ marked.
    fn side(&self, sentences: &[usize], is_a: bool, mark: bool) -> Line<'_> {
        let (version, marked) =
            if is_a { (self.a, &self.comparison.words[0]) } else { (self.b, &self.comparison.words[1]) };
        let look = if is_a { Look::InA } else { Look::InB };
        let mut line = Vec::new();
        for k in sentences {
            let span = version.sentences[*k].span;
            let text = &version.article.text;
            let mut at = span.start;
            for run in if mark { runs(marked, span) } else { Vec::new() } {
                line.push((&text[at..run.start], Look::Plain));
                line.push((&text[run.start..run.end], look));
                at = run.end;
            }
            line.push((&text[at..span.end], Look::Plain));
            line.push((" ", Look::Plain));
        }
        line
    }

    /// Breaks a line at spaces into lines of at most `width` columns; each with its width.
    fn wrap(&self, line: &Line<'_>, width: usize) -> Vec<(String, usize)> {
        let mut lines = Vec::new();
        let (mut current, mut used, mut space) = (String::new(), 0, false);
        for (text, look) in line {
            for piece in escape::terminal(text).split_inclusive(' ') {
                let word = piece.trim_end_matches(' ');
                let shown = self.marked(word, *look);
                let columns = if self.style.color { word.width() } else { shown.width() };
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

    fn marked(&self, word: &str, look: Look) -> String {
        match (look, self.style.color) {
            (_, _) if word.is_empty() => String::new(),
            (Look::Plain, _) => word.to_owned(),
            (Look::Dim, _) => self.paint(DIM, word),
            (Look::InA, true) => self.paint(IN_A, word),
            (Look::InB, true) => self.paint(IN_B, word),
            (Look::InA, false) => format!("[-{word}-]"),
            (Look::InB, false) => format!("{{+{word}+}}"),
        }
    }

    /// What takes no part is named, never silently gone.
    fn left_out(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, version) in [("A", self.a), ("B", self.b)] {
            let mut reasons: Vec<&str> = Vec::new();
            let blocks = version.article.blocks.iter();
            for block in blocks.filter(|b| matches!(b.role, Role::Boilerplate | Role::Byline)) {
                let reason = block.reason.unwrap_or("not part of the article");
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            if !reasons.is_empty() {
                let line = format!("left out of {name}: {}", reasons.join(", "));
                writeln!(out, "{}", self.paint(DIM, &line))?;
            }
        }
        Ok(())
    }

    fn findings(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut count = 0;
        for finding in self.report.findings(self.comparison) {
            if count == 0 {
                writeln!(out, "\n{}", self.paint(BOLD, "Findings"))?;
            }
            count += 1;
            self.finding(finding, out)?;
        }
        if count == 0 {
            writeln!(out, "\nNo findings at or above {}.", self.report.level.name())?;
        }
        let below = self.comparison.findings.len() - count;
        if below > 0 {
            let line = format!("{below} below {} not shown; --level low shows all", self.report.level.name());
            writeln!(out, "{}", self.paint(DIM, &line))?;
        }
        Ok(())
    }

    fn finding(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let severity = match finding.severity {
            Severity::High => self.paint(AnsiColor::Red.on_default().bold(), "high  "),
            Severity::Medium => self.paint(AnsiColor::Yellow.on_default(), "medium"),
            Severity::Low => self.paint(DIM, "low   "),
        };
        writeln!(
            out,
            "{severity} {} {}  {}",
            finding.change.name(),
            finding.kind.name(),
            self.paint(DIM, &format!("{} confidence {:.2}", finding.id, finding.confidence))
        )?;
        for (name, place, version) in [("A", &finding.a, self.a), ("B", &finding.b, self.b)] {
            if let Some(place) = place {
                self.place(name, place, version, out)?;
            }
        }
        self.indented(&[(finding.message.as_str(), Look::Dim)].to_vec(), "       ", out)
    }

    fn place(&self, name: &str, place: &Place, version: &Version, out: &mut dyn Write) -> io::Result<()> {
        let line = vec![(place.span.of(&version.article.text), Look::Plain)];
        let head = format!("       {name} {:>3}  ", place.sentence);
        for (k, (text, _)) in self.wrap(&line, self.style.width - head.len()).iter().enumerate() {
            let start = if k == 0 { head.clone() } else { " ".repeat(head.len()) };
            writeln!(out, "{start}{text}")?;
        }
        Ok(())
    }

    fn indented(&self, line: &Line<'_>, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        for (text, _) in self.wrap(line, self.style.width - indent.len()) {
            writeln!(out, "{indent}{text}")?;
        }
        Ok(())
    }

    fn scores(&self, out: &mut dyn Write) -> io::Result<()> {
        let s = &self.comparison.scores;
        writeln!(
            out,
            "\n{} {:.2}  (content {:.2}, claims {:.2}, order {:.2})",
            self.paint(BOLD, "Divergence"),
            s.divergence,
            s.content,
            s.claims,
            s.order
        )
    }
}

enum Row<'g> {
    Group(&'g Aligned),
    OnlyA(usize),
    OnlyB(usize),
}

/// The marked words inside a sentence; neighbours are joined.
fn runs(marked: &[Marked], sentence: Span) -> Vec<Span> {
    let first = marked.partition_point(|m| m.span.start < sentence.start);
    let mut runs: Vec<Span> = Vec::new();
    let mut before_differs = false;
    for word in marked[first..].iter().take_while(|m| m.span.start < sentence.end) {
        let differs = word.difference >= MARKED;
        match runs.last_mut() {
            Some(run) if differs && before_differs => run.end = word.span.end,
            _ if differs => runs.push(word.span),
            _ => {}
        }
        before_differs = differs;
    }
    runs
}
