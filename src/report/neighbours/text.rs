//! One line for each pair, for a terminal.

use std::io::{self, Write};

use crate::neighbours::NeighbourPair;
use crate::report::escape::escape_terminal;

/// Writes one line for each pair: similarity, relation, both paths; `paths` are those of the articles.
///
/// # Errors
/// If writing fails.
pub fn write_neighbours_text(
    pairs: &[NeighbourPair],
    paths: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    for pair in pairs {
        let [a, b] = [pair.a, pair.b].map(|k| escape_terminal(&paths[k]));
        writeln!(out, "{:.2} {:<8} {a}  {b}", pair.likeness, pair.relation_name())?;
    }
    Ok(())
}
