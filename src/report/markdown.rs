//! A comparison as a comment on a pull request: findings first, the sentences folded.

use std::io::{self, Write};

use super::comment::{Comment, plain};
use super::layout::{Line, Look};
use super::{Part, Report, text};
use crate::divergence::{Finding, Place, Version};

pub(super) fn write(report: &Report<'_>, only: Option<Part>, out: &mut dyn Write) -> io::Result<()> {
    let all = report.comparisons.iter().flat_map(|comparison| report.findings(comparison));
    let mut comment = Comment::new(&text::count(report.level, all));
    for b in 1..report.versions.len() {
        head(report, b, &mut comment);
        if Part::Findings.is_in(only) {
            findings(report, b, &mut comment);
        }
    }
    // The sentences of all come last: where there is no room, they are what can be missed.
    for b in (1..report.versions.len()).filter(|_| Part::Alignment.is_in(only)) {
        comment.folded("Sentences", |comment| alignment(report, b, comment));
    }
    comment.write("claimdiff compare", out)
}

fn head(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let (comparison, versions) = (&report.comparisons[b - 1], [("A", 0), ("B", b)]);
    let mut lines = Vec::new();
    for (name, k) in versions {
        let Version { article, told, .. } = &report.versions[k];
        let title = plain(article.title().unwrap_or_default());
        let path = plain(&report.paths[k]);
        lines.push(format!("**{name}** {path} ({}, {} sentences) {title}", article.lang, told.len()));
    }
    for (name, k) in versions {
        let notes = report.versions[k].article.notes.iter();
        lines.extend(notes.map(|note| format!("note on {name}: {}", plain(note))));
    }
    lines.extend(comparison.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(text::garbled(report, b).iter().map(|line| plain(line)));
    let scores = &comparison.scores;
    lines.push(format!(
        "{}, divergence {:.2} (content {:.2}, claims {:.2}, order {:.2})",
        text::relation(comparison.parallel),
        scores.divergence,
        scores.content,
        scores.claims,
        scores.order
    ));
    lines.extend(text::below(report, comparison));
    lines.extend(text::cannot_tell(comparison));
    let list: Vec<String> = lines.iter().map(|line| format!("- {}\n", line.trim_end())).collect();
    comment.add(&format!("\n{}", list.concat()));
}

fn findings(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let rows = report.findings(&report.comparisons[b - 1]).map(|finding: &Finding| {
        let place = |place: &Option<Place>, version: &Version| {
            let place = place.as_ref()?;
            Some(format!("{}: {}", place.sentence, plain(place.span.of(&version.article.text))))
        };
        format!(
            "| {} | {} {} | {} | {} | {} | `{}` |\n",
            finding.severity.name(),
            plain(finding.change.name()),
            finding.kind.name(),
            place(&finding.a, &report.versions[0]).unwrap_or_default(),
            place(&finding.b, &report.versions[b]).unwrap_or_default(),
            plain(&finding.message),
            finding.id
        )
    });
    let head = "\n| severity | what | A | B | | id |\n|---|---|---|---|---|---|\n";
    comment.table(head, &rows.collect::<Vec<_>>());
}

fn alignment(report: &Report<'_>, b: usize, comment: &mut Comment) {
    let (comparison, versions) = (&report.comparisons[b - 1], [&report.versions[0], &report.versions[b]]);
    let rows = text::rows(comparison, versions[0], versions[1]).into_iter().map(|row| {
        let [left, right] = text::sides(comparison, versions, row.sentences()).map(|line| cell(&line));
        format!("| {left} | {right} | {} |\n", row.note())
    });
    let [a, b] = [&report.paths[0], &report.paths[b]].map(|path| plain(path));
    let head = format!("\n| A {a} | B {b} | |\n|---|---|---|\n");
    comment.table(&head, &rows.collect::<Vec<_>>());
    for (name, version) in ["A", "B"].into_iter().zip(versions) {
        if let Some(reasons) = text::left_out(version) {
            comment.add(&format!("\nleft out of {name}: {}\n", plain(&reasons)));
        }
    }
}

/// A text with the words that differ in bold; by tags, since stars make no bold beside some marks.
fn cell(line: &Line<'_>) -> String {
    let pieces = line.iter().map(|(text, look)| match look {
        Look::InA | Look::InB => format!("<b>{}</b>", plain(text)),
        Look::Plain | Look::Dim => plain(text),
    });
    pieces.collect::<String>().trim().to_owned()
}
