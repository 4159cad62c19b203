//! A finding with what it rests on, for reading in a terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::layout::{BOLD, DIM, Line, Look, Style};
use super::{Explained, escape, rules, text};
use crate::divergence::{Explanation, Nearest, Place, Together, Version, Word};

const INDENT: &str = "       ";

/// Most columns of a word; a longer one pushes the rest of its line.
const WORD: usize = 20;

pub(super) fn write(explained: &Explained<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.readable();
    for (k, (b, explanation)) in explained.explanations.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        View {
            style,
            explanation,
            paths: [&explained.paths[0], &explained.paths[*b]],
            versions: [&explained.versions[0], &explained.versions[*b]],
        }
        .write(out)?;
    }
    Ok(())
}

/// A part that adds less to the log odds is not shown: it would be a zero.
const LEAST: f32 = 0.005;

struct View<'r> {
    style: Style,
    explanation: &'r Explanation,
    paths: [&'r str; 2],
    versions: [&'r Version; 2],
}

const NAMES: [&str; 2] = ["A", "B"];

impl View<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let finding = &self.explanation.finding;
        writeln!(out, "{}", text::head(finding, "", self.style))?;
        self.style.indented(&vec![(&finding.message, Look::Plain)], INDENT, out)?;
        for (side, place) in [&finding.a, &finding.b].into_iter().enumerate() {
            match place {
                Some(place) => self.place(side, place, out)?,
                None => writeln!(out, "\n{} {}: nowhere", NAMES[side], escape::terminal(self.paths[side]))?,
            }
        }
        self.rule(out)?;
        self.together(out)?;
        for side in [0, 1] {
            self.words(side, out)?;
        }
        writeln!(out)?;
        writeln!(out, "{}", text::divergence(&self.explanation.scores, self.style))
    }

    fn title(&self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.style.paint(BOLD, title))
    }

    fn line(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        self.style.indented(&vec![(text, Look::Plain)], INDENT, out)
    }

    /// The sentence with the place marked in it, and the value without language.
    fn place(&self, side: usize, place: &Place, out: &mut dyn Write) -> io::Result<()> {
        let path = escape::terminal(self.paths[side]);
        writeln!(out, "\n{} {path}, sentence {}", self.style.paint(BOLD, NAMES[side]), place.sentence)?;
        let version = self.versions[side];
        let (text, sentence) = (&version.article.text, version.sentences[place.sentence].span);
        let (start, end) = (sentence.start.min(place.span.start), sentence.end.max(place.span.end));
        // To mark a whole sentence says nothing.
        let look = if place.span.contains(sentence) { Look::Plain } else { [Look::InA, Look::InB][side] };
        let line: Line<'_> = vec![
            (&text[start..place.span.start], Look::Plain),
            (place.span.of(text), look),
            (&text[place.span.end..end], Look::Plain),
        ];
        self.style.indented(&line, INDENT, out)?;
        match &place.value {
            Some(value) => self.line(&format!("value {}", serde_json::to_string(value)?), out),
            None => Ok(()),
        }
    }

    fn rule(&self, out: &mut dyn Write) -> io::Result<()> {
        let finding = &self.explanation.finding;
        self.title(&format!("Rule {}", finding.rule.name), out)?;
        self.line(finding.rule.finds, out)?;
        self.line(&rules::graded(finding.rule), out)?;
        for measured in &finding.measured {
            let side = if measured.value >= measured.line { "at least" } else { "under" };
            let (what, value, line) = (measured.what, measured.value, measured.line);
            self.line(&format!("measured: {what} {value:.2} ({side} {line:.2})"), out)?;
        }
        Ok(())
    }

    fn together(&self, out: &mut dyn Write) -> io::Result<()> {
        let relation = text::relation(self.explanation.parallel);
        self.title("Alignment", out)?;
        self.line(relation, out)?;
        for together in &self.explanation.together {
            self.group(together, out)?;
        }
        for (side, near) in self.explanation.nearest.iter().enumerate() {
            if let Some(near) = near {
                self.nearest(side, near, out)?;
            }
        }
        Ok(())
    }

    fn group(&self, together: &Together, out: &mut dyn Write) -> io::Result<()> {
        let group = &together.group;
        let moved = if group.moved { ", moved" } else { "" };
        self.line(
            &format!(
                "A {:?} and B {:?}: {}{moved}, similarity {:.2}, divergence {:.2}",
                group.a,
                group.b,
                group.relation.name(),
                group.evidence.cosine,
                group.divergence
            ),
            out,
        )?;
        let told = (group.evidence.covered_a, group.evidence.covered_b);
        self.line(&format!("B tells {:.2} of A, A tells {:.2} of B", told.0, told.1), out)?;
        self.line("what speaks for (+) and against (-) a difference in meaning, in log odds:", out)?;
        let weighed = together.parts.iter().map(|part| (part, part.value * part.weight));
        for (part, adds) in weighed.filter(|(_, adds)| adds.abs() >= LEAST) {
            let head = format!("{INDENT}{adds:>+7.2}  ");
            let text = format!("{} ({:.2})", part.means, part.value);
            self.style.labelled(&head, &vec![(&text, Look::Plain)], out)?;
        }
        Ok(())
    }

    /// What comes nearest to a sentence without a partner.
    fn nearest(&self, side: usize, near: &Nearest, out: &mut dyn Write) -> io::Result<()> {
        let (own, other) = (NAMES[side], NAMES[1 - side]);
        let said = format!(
            "the sentence of {own} has no partner; the nearest is {other} {}, which tells {:.2} of it (similarity {:.2}):",
            near.sentence, near.covered, near.similarity
        );
        self.line(&said, out)?;
        self.line(self.versions[1 - side].text_of(near.sentence), out)
    }

    /// The words of the place, marked, and those around it, each with its nearest on the other side.
    fn words(&self, side: usize, out: &mut dyn Write) -> io::Result<()> {
        let words = &self.explanation.words[side];
        if words.is_empty() {
            return Ok(());
        }
        let (own, other) = (NAMES[side], NAMES[1 - side]);
        self.title(&format!("Words of {own}, and the nearest of {other}"), out)?;
        self.line(&format!("> of the finding, ~ nearer to another word of {own}"), out)?;
        words.iter().try_for_each(|word| self.word(side, word, out))
    }

    fn word(&self, side: usize, word: &Word, out: &mut dyn Write) -> io::Result<()> {
        let own = escape::terminal(word.span.of(&self.versions[side].article.text));
        let room = " ".repeat(WORD.min(self.style.width / 4).saturating_sub(own.width()));
        let mark = if word.inside { ">" } else { " " };
        let facing = match word.facing {
            Some(facing) => {
                let text = escape::terminal(facing.span.of(&self.versions[1 - side].article.text));
                format!("{:>5.2} {} {text}", facing.similarity, if facing.mutual { ' ' } else { '~' })
            }
            None => self.style.paint(DIM, "    -   none"),
        };
        writeln!(out, "     {mark} {own}{room} {facing}")
    }
}
