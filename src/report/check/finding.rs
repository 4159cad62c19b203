//! One finding with the lines of both sides that it stands in.

use std::io::{self, Write};

use super::{Alert, FileLocation};
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, Look, Style, StyledLine};

pub(super) fn write_alert_lines(alert: &Alert, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    let head = format!("{} {} {}", alert.severity.name(), alert.alert_title(), alert.id);
    writeln!(out, "{}", style.paint_text(BOLD, &head))?;
    style.write_indented(&vec![(alert.message.as_str(), Look::Plain)], "  ", out)?;
    for (name, look, spot) in [("A", Look::InA, alert.against.as_ref()), ("B", Look::InB, Some(&alert.at))] {
        let Some(spot) = spot else { continue };
        writeln!(out, "{name} {}:{}:{}", escape_terminal(&spot.path), spot.start.0, spot.start.1)?;
        style.write_indented(&mark_line(spot, look), "  ", out)?;
    }
    Ok(())
}

/// The line with the words of the place marked, as far as they stand in it.
fn mark_line(spot: &FileLocation, look: Look) -> StyledLine<'_> {
    let line = spot.line.as_str();
    let byte = |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    let start = byte(spot.start.1);
    let end = if spot.end.0 == spot.start.0 { byte(spot.end.1) } else { line.len() };
    vec![
        (&line[..start], Look::Plain),
        (&line[start..end.max(start)], look),
        (&line[end.max(start)..], Look::Plain),
    ]
}
