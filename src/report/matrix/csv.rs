//! A sheet: a row a claim, two columns a version: its own words, and which version's it is.

use std::io::{self, Write};

use super::Table;
use crate::matrix::{Cell, Row};
use crate::report::check::cell;

pub(super) fn write(table: &Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    let head = ["severity", "kind", "alone", "about"].map(str::to_owned).into_iter();
    let versions = table.paths.iter().flat_map(|path| [cell(path), cell(&format!("{path} like"))]);
    sheet.write_record(head.chain(versions))?;
    for row in &table.matrix.rows {
        let alone = row.alone.map(|alone| cell(&table.paths[alone.version])).unwrap_or_default();
        let severity = row.severity.map(|severity| severity.name().to_owned()).unwrap_or_default();
        let about = cell(&table.context(row).unwrap_or_default());
        let head = [severity, row.kind.name().to_owned(), alone, about].into_iter();
        sheet.write_record(head.chain((0..table.versions.len()).flat_map(|k| told(table, row, k))))?;
    }
    sheet.flush()
}

/// The words of a version, whole; and the number of the first version, from 1, that tells the claim in this way.
fn told(table: &Table<'_>, row: &Row, version: usize) -> [String; 2] {
    match &row.cells[version] {
        Cell::Tells { place, like } => {
            let text = place.span.of(&table.versions[version].article.text);
            [cell(text), (like + 1).to_string()]
        }
        Cell::Lacks => [String::new(), "absent".to_owned()],
        Cell::Unclear => [String::new(), "unclear".to_owned()],
    }
}
