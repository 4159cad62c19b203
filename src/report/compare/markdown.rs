//! A comparison as a comment on a pull request: findings first, the sentence alignment folded.

use std::io::{self, Write};

use crate::divergence::{ClaimPlace, Finding, Version};
use crate::report::comment::Comment;
use crate::report::contents::{Report, ReportPart};
use crate::report::escape::escape_markdown;
use crate::report::layout::{Look, StyledLine};
use crate::report::view::{
    SIDE_NAMES, alignment_rows, below_level_line, garbled_lines, left_out_reasons, marked_sides,
    relation_text, score_parts_text, summarize_findings, unclear_lines,
};

/// Writes the report, or only a part of it, as Markdown that fits a comment on a pull request; the entries that don't
/// fit are counted.
///
/// # Errors
/// If writing fails.
pub fn write_markdown(report: &Report<'_>, only: Option<ReportPart>, out: &mut dyn Write) -> io::Result<()> {
    let all = report.comparisons.iter().flat_map(|comparison| report.findings_at_level(comparison));
    let mut comment = Comment::new(&summarize_findings(report.level, all));
    for b in 1..report.versions.len() {
        add_head(report, b, &mut comment);
        if ReportPart::Findings.is_in(only) {
            add_findings(report, b, &mut comment);
        }
    }
    // The alignments come last: where there is no room, they are the least loss.
    for b in (1..report.versions.len()).filter(|_| ReportPart::Alignment.is_in(only)) {
        comment.add_folded("Sentences", |comment| add_alignment(report, b, comment));
    }
    comment.write_comment("claimdiff compare", out)
}

fn add_head(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let comparison = &report.comparisons[b - 1];
    let versions = SIDE_NAMES.into_iter().zip([0, b]);
    let mut lines = Vec::new();
    for (name, k) in versions.clone() {
        let Version { article, compared_sentences, .. } = &report.versions[k];
        let title = escape_markdown(article.headline_text().unwrap_or_default());
        let path = escape_markdown(&report.paths[k]);
        let (lang, count) = (article.lang, compared_sentences.len());
        lines.push(format!("**{name}** {path} ({lang}, {count} sentences) {title}"));
    }
    for (name, k) in versions {
        let notes = report.versions[k].article.notes.iter();
        lines.extend(notes.map(|note| format!("note on {name}: {}", escape_markdown(note))));
    }
    lines.extend(comparison.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(garbled_lines(report, b).iter().map(|line| escape_markdown(line)));
    lines.push(format!(
        "{}, divergence {:.2} ({})",
        relation_text(comparison.is_parallel),
        comparison.scores.divergence,
        score_parts_text(&comparison.scores)
    ));
    let below = comparison.findings.len() - report.findings_at_level(comparison).count();
    lines.extend(below_level_line(below, report.level));
    lines.extend(unclear_lines(comparison));
    let list: Vec<String> = lines.iter().map(|line| format!("- {}\n", line.trim_end())).collect();
    comment.add_piece(&format!("\n{}", list.concat()));
}

fn add_findings(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let rows = report.findings_at_level(&report.comparisons[b - 1]).map(|finding: &Finding| {
        format!(
            "| {} | {} {} | {} | {} | {} | `{}` |\n",
            finding.severity.name(),
            escape_markdown(finding.change.name()),
            finding.kind.name(),
            place_cell(finding.a.as_ref(), &report.versions[0]),
            place_cell(finding.b.as_ref(), &report.versions[b]),
            escape_markdown(&finding.message),
            finding.id
        )
    });
    let head = "\n| severity | what | A | B | | id |\n|---|---|---|---|---|---|\n";
    comment.add_table(head, &rows.collect::<Vec<_>>());
}

/// The number and the words of a place; empty where there is none.
fn place_cell(place: Option<&ClaimPlace>, version: &Version) -> String {
    place.map_or_else(String::new, |place| {
        format!("{}: {}", place.sentence, escape_markdown(place.span.slice(&version.article.text)))
    })
}

fn add_alignment(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let (comparison, versions) = (&report.comparisons[b - 1], [&report.versions[0], &report.versions[b]]);
    let rows = alignment_rows(comparison, versions[0], versions[1]).into_iter().map(|row| {
        let [left, right] =
            marked_sides(comparison, versions, row.sentence_numbers()).map(|line| cell_markup(&line));
        format!("| {left} | {right} | {} |\n", row.row_note())
    });
    let [a, b] = [&report.paths[0], &report.paths[b]].map(|path| escape_markdown(path));
    let head = format!("\n| A {a} | B {b} | |\n|---|---|---|\n");
    comment.add_table(&head, &rows.collect::<Vec<_>>());
    for (name, version) in SIDE_NAMES.into_iter().zip(versions) {
        if let Some(reasons) = left_out_reasons(version) {
            comment.add_piece(&format!("\nleft out of {name}: {}\n", escape_markdown(&reasons)));
        }
    }
}

/// A text with the words that differ in bold; by tags, since stars make no bold next to some punctuation.
fn cell_markup(line: &StyledLine<'_>) -> String {
    let pieces = line.iter().map(|(text, look)| match look {
        Look::InA | Look::InB => format!("<b>{}</b>", escape_markdown(text)),
        Look::Plain | Look::Dim => escape_markdown(text),
    });
    pieces.collect::<String>().trim().to_owned()
}
