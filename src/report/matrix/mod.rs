//! A table of the claims of several versions, in each format.

mod cell_text;
mod csv;
pub(super) mod json;
mod markdown;
mod text;

use std::io;

pub(crate) use cell_text::MAX_CELL_CHARS;

use super::contents::MatrixTable;
use super::layout::Style;

/// A format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixFormat {
    /// Columns for a terminal.
    Text(Style),
    /// A Markdown table.
    Markdown,
    /// A CSV sheet.
    Csv,
    /// One JSON document, schema `claimdiff.matrix/1`.
    Json,
}

/// Writes a table in a format.
///
/// # Errors
/// If writing fails.
pub fn write_matrix(
    table: &MatrixTable<'_>,
    format: MatrixFormat,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        MatrixFormat::Text(style) => text::write_table(table, style, out),
        MatrixFormat::Markdown => markdown::write_table(table, out),
        MatrixFormat::Csv => csv::write_table(table, out),
        MatrixFormat::Json => json::write_table(table, out),
    }
}
