//! One line a finding, `path:line:column` first: terminals and editors open it at a click.

use std::io::{self, Write};

use super::{Alert, AlertState, CheckVerdict, CheckedCorpus, CheckedPair};
use crate::divergence::Severity;
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Style};
use crate::report::theme;

pub(super) fn write_check(checked: &CheckedCorpus, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for story in &checked.stories {
        if let Some(reason) = &story.failed {
            let failed = style.paint_text(theme::severity_paint(Severity::High), "failed");
            writeln!(out, "{}: {failed}: {}", escape_terminal(&story.name), escape_terminal(reason))?;
        }
        for pair in &story.pairs {
            pair.alerts.iter().try_for_each(|alert| write_alert(alert, Some(pair), style, out))?;
            if pair.pair_verdict() == CheckVerdict::Unclear {
                let doubt = pair.doubt.as_deref().unwrap_or_default();
                let what = style.paint_text(theme::severity_paint(Severity::Medium), "cannot tell");
                writeln!(out, "{}:1:1: {what}: {}", escape_terminal(&pair.b), escape_terminal(doubt))?;
            }
        }
    }
    checked.alerts.iter().try_for_each(|alert| write_alert(alert, None, style, out))?;
    for note in &checked.notes {
        writeln!(out, "{}", style.paint_text(DIM, &format!("note: {}", escape_terminal(note))))?;
    }
    writeln!(out, "{}", style.paint_text(BOLD, &summary_line(checked)))
}

pub(super) fn write_alert(
    alert: &Alert,
    pair: Option<&CheckedPair>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (line, column) = alert.at.start;
    let severity = match alert.state {
        AlertState::New => style.paint_text(theme::severity_paint(alert.severity), alert.severity.name()),
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

/// What was done, in one line.
pub(in crate::report) fn summary_line(checked: &CheckedCorpus) -> String {
    let plural =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut parts = vec![plural(checked.count_alerts(AlertState::New), "new finding", "new findings")];
    for state in [AlertState::Baselined, AlertState::Suppressed, AlertState::Expected] {
        let count = checked.count_alerts(state);
        if count > 0 {
            parts.push(format!("{count} {}", state.name()));
        }
    }
    let unsure = checked.all_pairs().filter(|pair| pair.pair_verdict() == CheckVerdict::Unclear).count();
    if unsure > 0 {
        parts.push(format!("{unsure} cannot tell"));
    }
    let failed = checked.failed_stories().count();
    if failed > 0 {
        parts.push(plural(failed, "story failed", "stories failed"));
    }
    format!(
        "{}, {} of versions: {}",
        plural(checked.stories.len(), "story", "stories"),
        plural(checked.all_pairs().count(), "pair", "pairs"),
        parts.join(", ")
    )
}
