//! A finding with the evidence for it, for a terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::divergence::{ClaimPlace, ExplainedGroup, ExplainedWord, Explanation, NearestSentence, Version};
use crate::report::contents::ExplainedFindings;
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Look, Style, StyledLine};
use crate::report::terminal::{finding_head, scores_line};
use crate::report::view::{SIDE_NAMES, contributing_parts, precision_text, relation_text};

const INDENT: &str = "       ";

/// Most columns of a word that keep the second column aligned; a longer word pushes the rest of its line.
const MAX_WORD_COLUMNS: usize = 20;

/// Writes explanations for a terminal.
///
/// # Errors
/// If writing fails.
pub fn write_explanations_text(
    explained: &ExplainedFindings<'_>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style.with_min_width();
    for (k, (b, explanation)) in explained.explanations.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        ExplanationPrinter {
            style,
            explanation,
            paths: [&explained.paths[0], &explained.paths[*b]],
            versions: [&explained.versions[0], &explained.versions[*b]],
        }
        .write_explanation(out)?;
    }
    Ok(())
}

struct ExplanationPrinter<'r> {
    style: Style,
    explanation: &'r Explanation,
    paths: [&'r str; 2],
    versions: [&'r Version; 2],
}

impl ExplanationPrinter<'_> {
    fn write_explanation(&self, out: &mut dyn Write) -> io::Result<()> {
        let finding = &self.explanation.finding;
        writeln!(out, "{}", finding_head(finding, "", self.style))?;
        self.style.write_indented(&vec![(&finding.message, Look::Plain)], INDENT, out)?;
        for (side, place) in [&finding.a, &finding.b].into_iter().enumerate() {
            match place {
                Some(place) => self.write_place(side, place, out)?,
                None => {
                    writeln!(out, "\n{} {}: nowhere", SIDE_NAMES[side], escape_terminal(self.paths[side]))?;
                }
            }
        }
        self.write_rule(out)?;
        self.write_alignment(out)?;
        for side in [0, 1] {
            self.write_words(side, out)?;
        }
        writeln!(out)?;
        writeln!(out, "{}", scores_line(&self.explanation.scores, self.style))
    }

    fn write_title(&self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.style.paint_text(BOLD, title))
    }

    fn write_line(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        self.style.write_indented(&vec![(text, Look::Plain)], INDENT, out)
    }

    /// The sentence with the place marked in it, and the language-independent value.
    fn write_place(&self, side: usize, place: &ClaimPlace, out: &mut dyn Write) -> io::Result<()> {
        let path = escape_terminal(self.paths[side]);
        writeln!(
            out,
            "\n{} {path}, sentence {}",
            self.style.paint_text(BOLD, SIDE_NAMES[side]),
            place.sentence
        )?;
        let version = self.versions[side];
        let (text, sentence) = (&version.article.text, version.sentences[place.sentence].span);
        let (start, end) = (sentence.start.min(place.span.start), sentence.end.max(place.span.end));
        // A mark on a whole sentence carries no information.
        let look =
            if place.span.contains_span(sentence) { Look::Plain } else { [Look::InA, Look::InB][side] };
        let line: StyledLine<'_> = vec![
            (&text[start..place.span.start], Look::Plain),
            (place.span.slice(text), look),
            (&text[place.span.end..end], Look::Plain),
        ];
        self.style.write_indented(&line, INDENT, out)?;
        match &place.value {
            Some(value) => self.write_line(&format!("value {}", serde_json::to_string(value)?), out),
            None => Ok(()),
        }
    }

    fn write_rule(&self, out: &mut dyn Write) -> io::Result<()> {
        let finding = &self.explanation.finding;
        self.write_title(&format!("Rule {}", finding.rule.name), out)?;
        self.write_line(finding.rule.finds, out)?;
        self.write_line(&precision_text(finding.rule), out)?;
        for measured in &finding.measurements {
            let side = if measured.value >= measured.threshold { "at least" } else { "under" };
            let (what, value, line) = (measured.what, measured.value, measured.threshold);
            self.write_line(&format!("measured: {what} {value:.2} ({side} {line:.2})"), out)?;
        }
        Ok(())
    }

    fn write_alignment(&self, out: &mut dyn Write) -> io::Result<()> {
        let relation = relation_text(self.explanation.is_parallel);
        self.write_title("Alignment", out)?;
        self.write_line(relation, out)?;
        for explained in &self.explanation.aligned_groups {
            self.write_group(explained, out)?;
        }
        for (side, nearest) in self.explanation.nearest_sentences.iter().enumerate() {
            if let Some(nearest) = nearest {
                self.write_nearest(side, nearest, out)?;
            }
        }
        Ok(())
    }

    fn write_group(&self, explained: &ExplainedGroup, out: &mut dyn Write) -> io::Result<()> {
        let group = &explained.group;
        let moved = if group.moved { ", moved" } else { "" };
        self.write_line(
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
        let coverage = (group.evidence.lexical_coverage_a, group.evidence.lexical_coverage_b);
        self.write_line(&format!("B covers {:.2} of A, A covers {:.2} of B", coverage.0, coverage.1), out)?;
        self.write_line("evidence for (+) and against (-) a difference in meaning, in log odds:", out)?;
        for (part, adds) in contributing_parts(explained) {
            let head = format!("{INDENT}{adds:>+7.2}  ");
            let text = format!("{} ({:.2})", part.means, part.value);
            self.style.write_labelled(&head, &vec![(&text, Look::Plain)], out)?;
        }
        Ok(())
    }

    /// The nearest sentence of the other version, for an unaligned sentence.
    fn write_nearest(&self, side: usize, nearest: &NearestSentence, out: &mut dyn Write) -> io::Result<()> {
        let (own, other) = (SIDE_NAMES[side], SIDE_NAMES[1 - side]);
        let text = format!(
            "the sentence of {own} has no partner; the nearest is {other} {}, which covers {:.2} of it (similarity {:.2}):",
            nearest.sentence, nearest.lexical_coverage, nearest.similarity
        );
        self.write_line(&text, out)?;
        self.write_line(self.versions[1 - side].sentence_text(nearest.sentence), out)
    }

    /// The words of the place, marked, and their context, each with the nearest word of the other version.
    fn write_words(&self, side: usize, out: &mut dyn Write) -> io::Result<()> {
        let words = &self.explanation.place_words[side];
        if words.is_empty() {
            return Ok(());
        }
        let (own, other) = (SIDE_NAMES[side], SIDE_NAMES[1 - side]);
        self.write_title(&format!("Words of {own}, and the nearest of {other}"), out)?;
        self.write_line(&format!("> of the finding, ~ nearer to another word of {own}"), out)?;
        words.iter().try_for_each(|word| self.write_word(side, word, out))
    }

    fn write_word(&self, side: usize, word: &ExplainedWord, out: &mut dyn Write) -> io::Result<()> {
        let own = escape_terminal(word.span.slice(&self.versions[side].article.text));
        let room = " ".repeat(MAX_WORD_COLUMNS.min(self.style.width / 4).saturating_sub(own.width()));
        let mark = if word.inside { ">" } else { " " };
        let other = match word.nearest_word {
            Some(nearest) => {
                let text = escape_terminal(nearest.span.slice(&self.versions[1 - side].article.text));
                format!("{:>5.2} {} {text}", nearest.similarity, if nearest.mutual { ' ' } else { '~' })
            }
            None => self.style.paint_text(DIM, "    -   none"),
        };
        writeln!(out, "     {mark} {own}{room} {other}")
    }
}
