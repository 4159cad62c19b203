//! An alignment for a terminal: the sentences of both texts side by side.

use std::io::{self, Write};

use crate::report::contents::Bitext;
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Look, Style, StyledLine};
use crate::report::view::{SIDE_NAMES, group_note, relation_text, unaligned_note};

/// Writes an alignment for a terminal.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_text(bitext: &Bitext<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    for (name, side) in SIDE_NAMES.into_iter().zip(&bitext.sides) {
        let path = escape_terminal(side.path);
        writeln!(
            out,
            "{} {path} ({}, {} sentences)",
            style.paint_text(BOLD, name),
            side.lang,
            side.sentences.len()
        )?;
    }
    writeln!(out, "{}\n", style.paint_text(DIM, relation_text(bitext.parallel)))?;
    for row in &bitext.rows {
        let [left, right] = [(0, &row.a), (1, &row.b)].map(|(side, sentences)| -> Vec<(String, Look)> {
            let texts = sentences.iter().map(|k| (k, bitext.sides[side].sentences[*k]));
            texts
                .flat_map(|(k, text)| [(format!("{k} "), Look::Dim), (format!("{text} "), Look::Plain)])
                .collect()
        });
        let note = match (row.a.is_empty(), row.b.is_empty()) {
            (_, true) => unaligned_note(0),
            (true, _) => unaligned_note(1),
            _ => group_note(row.relation, row.moved),
        };
        style.write_row(&borrow_line(&left), &borrow_line(&right), &note, out)?;
    }
    Ok(())
}

fn borrow_line(pieces: &[(String, Look)]) -> StyledLine<'_> {
    pieces.iter().map(|(text, look)| (text.as_str(), *look)).collect()
}
