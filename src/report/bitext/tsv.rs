//! An alignment as colon-separated lines.

use std::io::{self, Write};

use crate::report::contents::Bitext;

/// Writes an alignment as lines such as `[0, 1]:[2]:0.83`: sentences of A, sentences of B, strength.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_tsv(bitext: &Bitext<'_>, out: &mut dyn Write) -> io::Result<()> {
    for row in &bitext.rows {
        let strength = row.evidence.map_or(0.0, |e| e.match_strength());
        writeln!(out, "{:?}:{:?}:{strength:.4}", row.a, row.b)?;
    }
    Ok(())
}
