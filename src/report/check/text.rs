//! One line for each finding, `path:line:column` first, which terminals and editors open at a click.

use std::io::{self, Write};

use super::alert_text::write_alert;
use crate::divergence::Severity;
use crate::report::checked::{CheckVerdict, CheckedCorpus};
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Style};
use crate::report::theme::severity_paint;

pub(super) fn write_check(checked: &CheckedCorpus, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for story in &checked.stories {
        if let Some(reason) = &story.failed {
            let failed = style.paint_text(severity_paint(Severity::High), "failed");
            writeln!(out, "{}: {failed}: {}", escape_terminal(&story.name), escape_terminal(reason))?;
        }
        for pair in &story.pairs {
            pair.alerts.iter().try_for_each(|alert| write_alert(alert, Some(pair), style, out))?;
            if pair.pair_verdict() == CheckVerdict::Unclear {
                let doubt = pair.doubt.as_deref().unwrap_or_default();
                let what = style.paint_text(severity_paint(Severity::Medium), "cannot tell");
                writeln!(out, "{}:1:1: {what}: {}", escape_terminal(&pair.b), escape_terminal(doubt))?;
            }
        }
    }
    checked.alerts.iter().try_for_each(|alert| write_alert(alert, None, style, out))?;
    for note in &checked.notes {
        writeln!(out, "{}", style.paint_text(DIM, &format!("note: {}", escape_terminal(note))))?;
    }
    writeln!(out, "{}", style.paint_text(BOLD, &checked.summary_line()))
}
