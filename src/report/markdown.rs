//! A comparison as a comment on a pull request: findings first, the sentences folded.

use std::io::{self, Write};

use super::comment::{Comment, escape_markdown};
use super::layout::{Look, StyledLine};
use super::{Report, ReportPart, text};
use crate::divergence::{ClaimPlace, Finding, Version};

pub(super) fn write_report(
    report: &Report<'_>,
    only: Option<ReportPart>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all = report.comparisons.iter().flat_map(|comparison| report.findings_at_level(comparison));
    let mut comment = Comment::new(&text::summarize_findings(report.level, all));
    for b in 1..report.versions.len() {
        add_head(report, b, &mut comment);
        if ReportPart::Findings.is_in(only) {
            add_findings(report, b, &mut comment);
        }
    }
    // The sentences of all come last: where there is no room, they are what can be missed.
    for b in (1..report.versions.len()).filter(|_| ReportPart::Alignment.is_in(only)) {
        comment.add_folded("Sentences", |comment| add_alignment(report, b, comment));
    }
    comment.write_comment("claimdiff compare", out)
}

fn add_head(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let (comparison, versions) = (&report.comparisons[b - 1], [("A", 0), ("B", b)]);
    let mut lines = Vec::new();
    for (name, k) in versions {
        let Version { article, compared_sentences: told, .. } = &report.versions[k];
        let title = escape_markdown(article.headline_text().unwrap_or_default());
        let path = escape_markdown(&report.paths[k]);
        lines.push(format!("**{name}** {path} ({}, {} sentences) {title}", article.lang, told.len()));
    }
    for (name, k) in versions {
        let notes = report.versions[k].article.notes.iter();
        lines.extend(notes.map(|note| format!("note on {name}: {}", escape_markdown(note))));
    }
    lines.extend(comparison.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(text::garbled_lines(report, b).iter().map(|line| escape_markdown(line)));
    let scores = &comparison.scores;
    lines.push(format!(
        "{}, divergence {:.2} (content {:.2}, claims {:.2}, order {:.2})",
        text::relation_text(comparison.is_parallel),
        scores.divergence,
        scores.content,
        scores.claims,
        scores.order
    ));
    lines.extend(text::below_level_line(report, comparison));
    lines.extend(text::unclear_lines(comparison));
    let list: Vec<String> = lines.iter().map(|line| format!("- {}\n", line.trim_end())).collect();
    comment.add_piece(&format!("\n{}", list.concat()));
}

fn add_findings(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let rows = report.findings_at_level(&report.comparisons[b - 1]).map(|finding: &Finding| {
        let place = |place: &Option<ClaimPlace>, version: &Version| {
            let place = place.as_ref()?;
            Some(format!("{}: {}", place.sentence, escape_markdown(place.span.slice(&version.article.text))))
        };
        format!(
            "| {} | {} {} | {} | {} | {} | `{}` |\n",
            finding.severity.name(),
            escape_markdown(finding.change.name()),
            finding.kind.name(),
            place(&finding.a, &report.versions[0]).unwrap_or_default(),
            place(&finding.b, &report.versions[b]).unwrap_or_default(),
            escape_markdown(&finding.message),
            finding.id
        )
    });
    let head = "\n| severity | what | A | B | | id |\n|---|---|---|---|---|---|\n";
    comment.add_table(head, &rows.collect::<Vec<_>>());
}

fn add_alignment(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let (comparison, versions) = (&report.comparisons[b - 1], [&report.versions[0], &report.versions[b]]);
    let rows = text::alignment_rows(comparison, versions[0], versions[1]).into_iter().map(|row| {
        let [left, right] =
            text::marked_sides(comparison, versions, row.sentence_numbers()).map(|line| cell_markup(&line));
        format!("| {left} | {right} | {} |\n", row.row_note())
    });
    let [a, b] = [&report.paths[0], &report.paths[b]].map(|path| escape_markdown(path));
    let head = format!("\n| A {a} | B {b} | |\n|---|---|---|\n");
    comment.add_table(&head, &rows.collect::<Vec<_>>());
    for (name, version) in ["A", "B"].into_iter().zip(versions) {
        if let Some(reasons) = text::left_out_reasons(version) {
            comment.add_piece(&format!("\nleft out of {name}: {}\n", escape_markdown(&reasons)));
        }
    }
}

/// A text with the words that differ in bold; by tags, since stars make no bold beside some marks.
fn cell_markup(line: &StyledLine<'_>) -> String {
    let pieces = line.iter().map(|(text, look)| match look {
        Look::InA | Look::InB => format!("<b>{}</b>", escape_markdown(text)),
        Look::Plain | Look::Dim => escape_markdown(text),
    });
    pieces.collect::<String>().trim().to_owned()
}
