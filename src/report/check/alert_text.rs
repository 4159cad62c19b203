//! One finding in words: on one line with `path:line:column` in front, or with the lines of both versions.

use std::io::{self, Write};

use crate::report::checked::{Alert, AlertState, CheckedPair, FileLocation};
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Look, Style, StyledLine};
use crate::report::theme::severity_paint;
use crate::report::view::SIDE_NAMES;

/// Writes one finding with the lines around its places.
///
/// # Errors
/// If writing fails.
pub fn write_finding(alert: &Alert, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    let head = format!("{} {} {}", alert.severity.name(), alert.alert_title(), alert.id);
    writeln!(out, "{}", style.paint_text(BOLD, &head))?;
    style.write_indented(&vec![(alert.message.as_str(), Look::Plain)], "  ", out)?;
    let spots = [(Look::InA, alert.against.as_ref()), (Look::InB, Some(&alert.at))];
    for (name, (look, spot)) in SIDE_NAMES.into_iter().zip(spots) {
        let Some(spot) = spot else { continue };
        writeln!(out, "{name} {}:{}:{}", escape_terminal(&spot.path), spot.start.0, spot.start.1)?;
        style.write_indented(&mark_line(spot, look), "  ", out)?;
    }
    Ok(())
}

/// The first line of a place, with the words of the place marked in it.
fn mark_line(spot: &FileLocation, look: Look) -> StyledLine<'_> {
    let line = spot.line.as_str();
    let start = column_offset(line, spot.start.1);
    let end = if spot.end.0 == spot.start.0 { column_offset(line, spot.end.1) } else { line.len() };
    vec![
        (&line[..start], Look::Plain),
        (&line[start..end.max(start)], look),
        (&line[end.max(start)..], Look::Plain),
    ]
}

/// The byte offset of a column, from 1; the line's length past its end.
fn column_offset(line: &str, column: usize) -> usize {
    line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at)
}

/// Writes one finding on one line; `pair` is the pair that it belongs to, if any.
pub(super) fn write_alert(
    alert: &Alert,
    pair: Option<&CheckedPair>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (line, column) = alert.at.start;
    let severity = match alert.state {
        AlertState::New => style.paint_text(severity_paint(alert.severity), alert.severity.name()),
        _ => style.paint_text(DIM, alert.severity.name()),
    };
    let state = match (alert.state, &alert.reason) {
        (AlertState::New, _) => String::new(),
        (state, None) => format!(" [{}]", state.name()),
        (state, Some(reason)) => format!(" [{}: {}]", state.name(), escape_terminal(reason)),
    };
    let against = pair.map(|pair| format!(" (A is {})", escape_terminal(&pair.a))).unwrap_or_default();
    writeln!(
        out,
        "{}:{line}:{column}: {severity} {} {}: {}{}{}",
        escape_terminal(&alert.at.path),
        alert.alert_title(),
        style.paint_text(DIM, &alert.id),
        escape_terminal(&alert.message),
        style.paint_text(DIM, &against),
        style.paint_text(DIM, &state),
    )
}
