//! A Markdown table, with the versions and who stands alone as lists around it.

use std::io::{self, Write};

use super::Table;
use super::words::letter;
use crate::report::comment::plain;

pub(super) fn write(table: &Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    let letters: Vec<String> = (0..table.versions.len()).map(letter).collect();
    for ((letter, path), version) in letters.iter().zip(table.paths).zip(table.versions) {
        let title = version.article.title().unwrap_or_default();
        let line = format!("- **{letter}** {} ({}) {}", plain(path), version.article.lang, plain(title));
        writeln!(out, "{}", line.trim_end())?;
    }
    if !table.matrix.rows.is_empty() {
        writeln!(out, "\n| claim | {} | alone |", letters.join(" | "))?;
        writeln!(out, "|---|{}---|", "---|".repeat(letters.len()))?;
    }
    for row in &table.matrix.rows {
        let severity = row.severity.map(|severity| severity.name().to_owned() + " ").unwrap_or_default();
        let context = table.context(row).map(|context| format!(": {}", plain(&context))).unwrap_or_default();
        let cells = (0..letters.len()).map(|version| plain(&table.cell(row, version, letter)));
        let alone = row.alone.map(|alone| letters[alone.version].as_str()).unwrap_or_default();
        let cells = cells.collect::<Vec<_>>().join(" | ");
        writeln!(out, "| {severity}{}{context} | {cells} | {alone} |", row.kind.name())?;
    }
    let summary = table.summary(letter);
    if !summary.is_empty() {
        writeln!(out)?;
    }
    summary.iter().try_for_each(|line| writeln!(out, "- {}", plain(line)))
}
