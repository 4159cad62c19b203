//! One line a finding, `path:line:column` first: terminals and editors open it at a click.

use std::io::{self, Write};

use super::{Alert, Checked, Pair, State, Verdict};
use crate::divergence::Severity;
use crate::report::escape::terminal;
use crate::report::layout::{BOLD, DIM, Style};
use crate::report::theme;

pub(super) fn write(checked: &Checked, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for story in &checked.stories {
        if let Some(reason) = &story.failed {
            let failed = style.paint(theme::severity(Severity::High), "failed");
            writeln!(out, "{}: {failed}: {}", terminal(&story.name), terminal(reason))?;
        }
        for pair in &story.pairs {
            pair.alerts.iter().try_for_each(|alert| line(alert, Some(pair), style, out))?;
            if pair.verdict() == Verdict::CannotTell {
                let doubt = pair.doubt.as_deref().unwrap_or_default();
                let what = style.paint(theme::severity(Severity::Medium), "cannot tell");
                writeln!(out, "{}:1:1: {what}: {}", terminal(&pair.b), terminal(doubt))?;
            }
        }
    }
    checked.alerts.iter().try_for_each(|alert| line(alert, None, style, out))?;
    for note in &checked.notes {
        writeln!(out, "{}", style.paint(DIM, &format!("note: {}", terminal(note))))?;
    }
    writeln!(out, "{}", style.paint(BOLD, &summary(checked)))
}

pub(super) fn line(alert: &Alert, pair: Option<&Pair>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (line, column) = alert.at.start;
    let severity = match alert.state {
        State::New => style.paint(theme::severity(alert.severity), alert.severity.name()),
        _ => style.paint(DIM, alert.severity.name()),
    };
    let state = match (alert.state, &alert.reason) {
        (State::New, _) => String::new(),
        (state, None) => format!(" [{}]", state.name()),
        (state, Some(reason)) => format!(" [{}: {}]", state.name(), terminal(reason)),
    };
    let against = pair.map(|pair| format!(" (A is {})", terminal(&pair.a))).unwrap_or_default();
    writeln!(
        out,
        "{}:{line}:{column}: {severity} {} {}: {}{}{}",
        terminal(&alert.at.path),
        alert.title(),
        style.paint(DIM, &alert.id),
        terminal(&alert.message),
        style.paint(DIM, &against),
        style.paint(DIM, &state),
    )
}

/// What was done, in one line.
pub(in crate::report) fn summary(checked: &Checked) -> String {
    let plural =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut parts = vec![plural(checked.count(State::New), "new finding", "new findings")];
    for state in [State::Baselined, State::Suppressed, State::Expected] {
        let count = checked.count(state);
        if count > 0 {
            parts.push(format!("{count} {}", state.name()));
        }
    }
    let unsure = checked.pairs().filter(|pair| pair.verdict() == Verdict::CannotTell).count();
    if unsure > 0 {
        parts.push(format!("{unsure} cannot tell"));
    }
    let failed = checked.failures().count();
    if failed > 0 {
        parts.push(plural(failed, "story failed", "stories failed"));
    }
    format!(
        "{}, {} of versions: {}",
        plural(checked.stories.len(), "story", "stories"),
        plural(checked.pairs().count(), "pair", "pairs"),
        parts.join(", ")
    )
}
