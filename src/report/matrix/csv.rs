//! A CSV sheet: a row for each claim, two columns for each version: its own words, and the first version with its value.

use std::io::{self, Write};

use crate::matrix::{MatrixCell, MatrixRow};
use crate::report::contents::MatrixTable;
use crate::report::escape::escape_formula;

pub(super) fn write_table(table: &MatrixTable<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    let head = ["severity", "kind", "alone", "about"].map(str::to_owned).into_iter();
    let versions =
        table.paths.iter().flat_map(|path| [escape_formula(path), escape_formula(&format!("{path} like"))]);
    sheet.write_record(head.chain(versions))?;
    for row in &table.matrix.rows {
        let outlier =
            row.outlier.map(|outlier| escape_formula(&table.paths[outlier.version])).unwrap_or_default();
        let severity = row.severity.map(|severity| severity.name().to_owned()).unwrap_or_default();
        let about = escape_formula(&table.claim_context(row).unwrap_or_default());
        let head = [severity, row.kind.name().to_owned(), outlier, about].into_iter();
        sheet
            .write_record(head.chain((0..table.versions.len()).flat_map(|k| cell_columns(table, row, k))))?;
    }
    sheet.flush()
}

/// The words of a version in full, and the number of the first version with the same value, from 1.
fn cell_columns(table: &MatrixTable<'_>, row: &MatrixRow, version: usize) -> [String; 2] {
    match &row.cells[version] {
        MatrixCell::Present { place, same_as } => {
            let text = place.span.slice(&table.versions[version].article.text);
            [escape_formula(text), (same_as + 1).to_string()]
        }
        MatrixCell::Absent => [String::new(), "absent".to_owned()],
        MatrixCell::Unclear => [String::new(), "unclear".to_owned()],
    }
}
