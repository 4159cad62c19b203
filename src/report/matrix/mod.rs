//! A table of several versions in a format.

#[cfg(feature = "cli")]
mod csv;
mod json;
#[cfg(feature = "cli")]
mod markdown;
#[cfg(feature = "cli")]
mod text;
#[cfg(feature = "cli")]
mod words;

use std::io;

#[cfg(feature = "cli")]
use super::layout::Style;
use crate::divergence::Version;
use crate::encode::Identity;
use crate::matrix::{How, Matrix};
#[cfg(feature = "cli")]
pub(crate) use words::MAX_SHOWN;

/// A table with all that a format needs to show it.
#[derive(Debug)]
pub struct Table<'a> {
    /// Where each version came from, as people see it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// What they have of each claim.
    pub matrix: &'a Matrix,
    /// The encoder that was used.
    pub encoder: &'a Identity,
}

/// A form in which a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixFormat {
    /// For reading in a terminal.
    #[cfg(feature = "cli")]
    Text(Style),
    /// A Markdown table.
    #[cfg(feature = "cli")]
    Markdown,
    /// A sheet.
    #[cfg(feature = "cli")]
    Csv,
    /// One JSON document, schema `claimdiff.matrix/1`.
    Json,
}

/// Writes a table in a format.
///
/// # Errors
/// If writing fails.
pub fn write_matrix(table: &Table<'_>, format: MatrixFormat, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        #[cfg(feature = "cli")]
        MatrixFormat::Text(style) => text::write(table, style, out),
        #[cfg(feature = "cli")]
        MatrixFormat::Markdown => markdown::write(table, out),
        #[cfg(feature = "cli")]
        MatrixFormat::Csv => csv::write(table, out),
        MatrixFormat::Json => json::write(table, out),
    }
}

impl Table<'_> {
    /// In how many rows a version stands alone, in the order of [`How::ALL`].
    fn alone(&self, version: usize) -> [usize; 3] {
        How::ALL.map(|how| {
            let is = |alone: &crate::matrix::Alone| alone.version == version && alone.how == how;
            self.matrix.rows.iter().filter_map(|row| row.alone.as_ref()).filter(|alone| is(alone)).count()
        })
    }
}
