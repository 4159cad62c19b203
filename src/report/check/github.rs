//! Workflow commands of GitHub Actions: an annotation for each new finding. Known findings are plain lines of the log.

use std::io::{self, Write};

use super::alert_text::write_alert;
use crate::divergence::Severity;
use crate::report::checked::{Alert, CheckVerdict, CheckedCorpus, CheckedPair};
use crate::report::escape::escape_terminal;
use crate::report::layout::Style;

pub(super) fn write_check(checked: &CheckedCorpus, out: &mut dyn Write) -> io::Result<()> {
    for story in &checked.stories {
        if let Some(why) = &story.failed {
            write_command("error", &[("file", &story.name), ("title", "could not be checked")], why, out)?;
        }
        for pair in &story.pairs {
            pair.alerts.iter().try_for_each(|alert| annotate_alert(alert, Some(pair), out))?;
            if pair.pair_verdict() == CheckVerdict::Unclear {
                let doubt = pair.doubt.as_deref().unwrap_or_default();
                write_command("warning", &[("file", &pair.b), ("title", "cannot tell")], doubt, out)?;
            }
        }
    }
    checked.alerts.iter().try_for_each(|alert| annotate_alert(alert, None, out))?;
    checked.notes.iter().try_for_each(|note| write_command("notice", &[], note, out))?;
    writeln!(out, "{}", checked.summary_line())
}

fn annotate_alert(alert: &Alert, pair: Option<&CheckedPair>, out: &mut dyn Write) -> io::Result<()> {
    if !alert.is_new() {
        // A word in front, so that no file's name is taken for a command.
        write!(out, "known: ")?;
        return write_alert(alert, pair, Style::without_color(usize::MAX), out);
    }
    let name = match alert.severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "notice",
    };
    let (line, column) = (alert.at.start.0.to_string(), alert.at.start.1.to_string());
    let (end, end_column) = (alert.at.end.0.to_string(), alert.at.end.1.to_string());
    let title = format!("{} {}", alert.alert_title(), alert.id);
    let mut properties = vec![("file", alert.at.path.as_str()), ("line", &line), ("endLine", &end)];
    // GitHub accepts columns only within one line.
    if line == end {
        properties.extend([("col", column.as_str()), ("endColumn", &end_column)]);
    }
    properties.push(("title", &title));
    let against = pair.map(|pair| format!(" (A is {})", pair.a)).unwrap_or_default();
    write_command(name, &properties, &format!("{}{against}", alert.message), out)
}

fn write_command(
    name: &str,
    properties: &[(&str, &str)],
    message: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let properties: Vec<String> =
        properties.iter().map(|(k, v)| format!("{k}={}", escape_property(v))).collect();
    let space = if properties.is_empty() { "" } else { " " };
    writeln!(out, "::{name}{space}{}::{}", properties.join(","), escape_message(message))
}

/// The text after the second `::`.
fn escape_message(text: &str) -> String {
    escape_terminal(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, between commas.
fn escape_property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_a_command() {
        let mut out = Vec::new();
        write_command("error", &[("file", "a,b:c\n::d")], "100 %\r\n::error::e, f: g", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "::error file=a%2Cb%3Ac %3A%3Ad::100 %25  ::error::e, f: g\n");
    }
}
