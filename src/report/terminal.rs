//! The lines that formats for terminals share.

use std::io::{self, Write};

use super::escape::escape_terminal;
use super::layout::{BOLD, DIM, Style};
use super::theme::severity_paint;
use super::view::score_parts_text;
use crate::divergence::{DivergenceScores, Finding, Severity, Version};

/// Writes a version's short name, path, language, number of compared sentences and title, then its notes.
pub(super) fn write_version_head(
    name: &str,
    path: &str,
    version: &Version,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = version.article.headline_text().map(escape_terminal).unwrap_or_default();
    writeln!(
        out,
        "{} {} ({}, {} sentences) {}",
        style.paint_text(BOLD, name),
        escape_terminal(path),
        version.article.lang,
        version.compared_sentences.len(),
        style.paint_text(DIM, &title)
    )?;
    for note in &version.article.notes {
        let line = format!("note on {name}: {}", escape_terminal(note));
        writeln!(out, "{}", style.paint_text(DIM, &line))?;
    }
    Ok(())
}

/// The first line of a finding; `more` follows its kind.
pub(super) fn finding_head(finding: &Finding, more: &str, style: Style) -> String {
    let severity = severity_label(finding.severity, style);
    let id = if more.is_empty() { format!("{} ", finding.id) } else { String::new() };
    let (change, kind) = (finding.change.name(), finding.kind.name());
    let confidence = style
        .paint_text(DIM, &format!("{id}confidence {:.2}, rule {}", finding.confidence, finding.rule.name));
    format!("{severity} {change} {kind}{more}  {confidence}")
}

/// A severity, six columns wide.
pub(super) fn severity_label(severity: Severity, style: Style) -> String {
    let name = severity.name();
    format!("{}{}", style.paint_text(severity_paint(severity), name), " ".repeat(6 - name.len()))
}

/// The scores of two versions, on one line.
pub(super) fn scores_line(scores: &DivergenceScores, style: Style) -> String {
    let title = style.paint_text(BOLD, "Divergence");
    format!("{title} {:.2}  ({})", scores.divergence, score_parts_text(scores))
}
