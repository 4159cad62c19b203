//! For reading in a terminal: a head a claim, the cells beside each other where there is room, else below.

use std::io::{self, Write};

use super::Table;
use super::words::letter;
use crate::matrix::{Cell, Row};
use crate::report::layout::{BETWEEN, BOLD, Line, Look, Style};
use crate::report::text::{introduce, severity};

/// Narrower than this a cell is no place for words.
const NARROWEST: usize = 16;

const INDENT: &str = "  ";

pub(super) fn write(table: &Table<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.readable();
    for (k, (path, version)) in table.paths.iter().zip(table.versions).enumerate() {
        introduce(&letter(k), path, version, style, out)?;
    }
    for row in &table.matrix.rows {
        writeln!(out)?;
        claim(table, row, style, out)?;
    }
    writeln!(out)?;
    for line in table.summary(letter) {
        style.labelled("", &vec![(&line, Look::Plain)], out)?;
    }
    Ok(())
}

/// A claim: what it is, who stands alone, what it is about, and what each version has of it.
fn claim(table: &Table<'_>, row: &Row, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let severity = row.severity.map_or_else(|| " ".repeat(6), |of| severity(of, style));
    let alone = row.alone.map(|alone| format!("  {} alone", letter(alone.version))).unwrap_or_default();
    writeln!(out, "{severity} {}{}", row.kind.name(), style.paint(BOLD, &alone))?;
    if let Some(context) = table.context(row) {
        style.indented(&vec![(&context, Look::Dim)], INDENT, out)?;
    }
    let versions = 0..table.versions.len();
    let cells: Vec<[String; 2]> =
        versions.clone().map(|version| [letter(version) + " ", table.cell(row, version, letter)]).collect();
    let look = |version: usize| match &row.cells[version] {
        Cell::Tells { like, .. } if *like == version => Look::Plain,
        _ => Look::Dim,
    };
    let lines: Vec<Line<'_>> = versions
        .map(|version| vec![(cells[version][0].as_str(), Look::Plain), (&cells[version][1], look(version))])
        .collect();
    let count = table.versions.len();
    let column = (style.width - INDENT.len()).saturating_sub(BETWEEN * (count - 1)) / count;
    if column >= NARROWEST {
        return style.columns(INDENT, &lines.iter().collect::<Vec<_>>(), column, out);
    }
    for [letter, cell] in &cells {
        style.labelled(&format!("{INDENT}{letter}"), &vec![(cell, Look::Plain)], out)?;
    }
    Ok(())
}
