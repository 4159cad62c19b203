//! A table for a terminal: a head for each claim, then its cells side by side where there is room, else one below the
//! other.

use std::io::{self, Write};

use super::cell_text::version_letter;
use crate::matrix::{MatrixCell, MatrixRow};
use crate::report::contents::MatrixTable;
use crate::report::layout::{BOLD, COLUMN_GAP, Look, Style, StyledLine};
use crate::report::terminal::{severity_label, write_version_head};

/// Smallest width of a column of cells.
const MIN_COLUMN: usize = 16;

const INDENT: &str = "  ";

pub(super) fn write_table(table: &MatrixTable<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    for (k, (path, version)) in table.paths.iter().zip(table.versions).enumerate() {
        write_version_head(&version_letter(k), path, version, style, out)?;
    }
    for row in &table.matrix.rows {
        writeln!(out)?;
        write_claim(table, row, style, out)?;
    }
    writeln!(out)?;
    for line in table.summary_lines(version_letter) {
        style.write_labelled("", &vec![(&line, Look::Plain)], out)?;
    }
    Ok(())
}

/// Writes a claim: severity, kind and outlier, its context, and the cell of each version.
fn write_claim(
    table: &MatrixTable<'_>,
    row: &MatrixRow,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let severity = row.severity.map_or_else(|| " ".repeat(6), |severity| severity_label(severity, style));
    let outlier =
        row.outlier.map(|outlier| format!("  {} alone", version_letter(outlier.version))).unwrap_or_default();
    writeln!(out, "{severity} {}{}", row.kind.name(), style.paint_text(BOLD, &outlier))?;
    if let Some(context) = table.claim_context(row) {
        style.write_indented(&vec![(&context, Look::Dim)], INDENT, out)?;
    }
    let versions = 0..table.versions.len();
    let cells: Vec<[String; 2]> = versions
        .clone()
        .map(|version| [version_letter(version) + " ", table.cell_text(row, version, version_letter)])
        .collect();
    let lines: Vec<StyledLine<'_>> = versions
        .map(|version| {
            let look = match &row.cells[version] {
                MatrixCell::Present { same_as, .. } if *same_as == version => Look::Plain,
                _ => Look::Dim,
            };
            vec![(cells[version][0].as_str(), Look::Plain), (&cells[version][1], look)]
        })
        .collect();
    let count = table.versions.len();
    let column = (style.width - INDENT.len()).saturating_sub(COLUMN_GAP * (count - 1)) / count;
    if column >= MIN_COLUMN {
        return style.write_columns(INDENT, &lines.iter().collect::<Vec<_>>(), column, out);
    }
    for [letter, cell] in &cells {
        style.write_labelled(&format!("{INDENT}{letter}"), &vec![(cell, Look::Plain)], out)?;
    }
    Ok(())
}
