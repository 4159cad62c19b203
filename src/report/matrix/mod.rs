//! A table of the claims of several versions, in each format.

#[cfg(feature = "cli")]
mod cell_text;
#[cfg(feature = "cli")]
mod csv;
mod json;
#[cfg(feature = "cli")]
mod markdown;
#[cfg(feature = "cli")]
mod text;

use std::io;

#[cfg(feature = "cli")]
pub(crate) use cell_text::MAX_CELL_CHARS;

use super::contents::MatrixTable;
#[cfg(feature = "cli")]
use super::layout::Style;

/// A format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixFormat {
    /// Columns for a terminal.
    #[cfg(feature = "cli")]
    Text(Style),
    /// A Markdown table.
    #[cfg(feature = "cli")]
    Markdown,
    /// A CSV sheet.
    #[cfg(feature = "cli")]
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
        #[cfg(feature = "cli")]
        MatrixFormat::Text(style) => text::write_table(table, style, out),
        #[cfg(feature = "cli")]
        MatrixFormat::Markdown => markdown::write_table(table, out),
        #[cfg(feature = "cli")]
        MatrixFormat::Csv => csv::write_table(table, out),
        MatrixFormat::Json => json::write_table(table, out),
    }
}
