//! For reading in a terminal: a head a claim, the cells beside each other where there is room, else below.

use std::io::{self, Write};

use super::MatrixTable;
use super::cell_text::version_letter;
use crate::matrix::{MatrixCell, MatrixRow};
use crate::report::layout::{BOLD, COLUMN_GAP, Look, Style, StyledLine};
use crate::report::text::{severity_label, write_version_head};

/// Narrower than this a cell is no place for words.
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

/// A claim: what it is, who stands alone, what it is about, and what each version has of it.
fn write_claim(
    table: &MatrixTable<'_>,
    row: &MatrixRow,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let severity = row.severity.map_or_else(|| " ".repeat(6), |of| severity_label(of, style));
    let outlier =
        row.outlier.map(|alone| format!("  {} alone", version_letter(alone.version))).unwrap_or_default();
    writeln!(out, "{severity} {}{}", row.kind.name(), style.paint_text(BOLD, &outlier))?;
    if let Some(context) = table.claim_context(row) {
        style.write_indented(&vec![(&context, Look::Dim)], INDENT, out)?;
    }
    let versions = 0..table.versions.len();
    let cells: Vec<[String; 2]> = versions
        .clone()
        .map(|version| [version_letter(version) + " ", table.cell_text(row, version, version_letter)])
        .collect();
    let look = |version: usize| match &row.cells[version] {
        MatrixCell::Present { same_as: like, .. } if *like == version => Look::Plain,
        _ => Look::Dim,
    };
    let lines: Vec<StyledLine<'_>> = versions
        .map(|version| vec![(cells[version][0].as_str(), Look::Plain), (&cells[version][1], look(version))])
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
