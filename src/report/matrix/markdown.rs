//! A Markdown table, with a list of the versions before it and one of the outliers after it.

use std::io::{self, Write};

use super::cell_text::version_letter;
use crate::report::contents::MatrixTable;
use crate::report::escape::escape_markdown;

pub(super) fn write_table(table: &MatrixTable<'_>, out: &mut dyn Write) -> io::Result<()> {
    let letters: Vec<String> = (0..table.versions.len()).map(version_letter).collect();
    for ((letter, path), version) in letters.iter().zip(table.paths).zip(table.versions) {
        let title = version.article.headline_text().unwrap_or_default();
        let line = format!(
            "- **{letter}** {} ({}) {}",
            escape_markdown(path),
            version.article.lang,
            escape_markdown(title)
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    if !table.matrix.rows.is_empty() {
        writeln!(out, "\n| claim | {} | alone |", letters.join(" | "))?;
        writeln!(out, "|---|{}---|", "---|".repeat(letters.len()))?;
    }
    for row in &table.matrix.rows {
        let severity = row.severity.map(|severity| severity.name().to_owned() + " ").unwrap_or_default();
        let context = table
            .claim_context(row)
            .map(|context| format!(": {}", escape_markdown(&context)))
            .unwrap_or_default();
        let cells =
            (0..letters.len()).map(|version| escape_markdown(&table.cell_text(row, version, version_letter)));
        let outlier = row.outlier.map(|outlier| letters[outlier.version].as_str()).unwrap_or_default();
        let cells = cells.collect::<Vec<_>>().join(" | ");
        writeln!(out, "| {severity}{}{context} | {cells} | {outlier} |", row.kind.name())?;
    }
    let summary = table.summary_lines(version_letter);
    if !summary.is_empty() {
        writeln!(out)?;
    }
    summary.iter().try_for_each(|line| writeln!(out, "- {}", escape_markdown(line)))
}
