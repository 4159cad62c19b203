//! A table of several versions in a format.

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
use super::layout::Style;
use crate::divergence::Version;
use crate::encode::EncoderIdentity;
use crate::matrix::{Matrix, OutlierKind};
#[cfg(feature = "cli")]
pub(crate) use cell_text::MAX_CELL_CHARS;

/// A table with all that a format needs to show it.
#[derive(Debug)]
pub struct MatrixTable<'a> {
    /// Where each version came from, as people see it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// What they have of each claim.
    pub matrix: &'a Matrix,
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
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

impl MatrixTable<'_> {
    /// In how many rows a version stands alone, in the order of [`How::ALL`].
    fn count_outliers(&self, version: usize) -> [usize; 3] {
        OutlierKind::ALL.map(|how| {
            let is = |alone: &crate::matrix::Outlier| alone.version == version && alone.kind == how;
            self.matrix.rows.iter().filter_map(|row| row.outlier.as_ref()).filter(|alone| is(alone)).count()
        })
    }
}
