//! A sheet: a row a finding; also a row for what failed and for what cannot be told.

use std::io::{self, Write};

use super::{Alert, CheckVerdict, CheckedCorpus};
use crate::report::round_score;

const COLUMNS: [&str; 17] = [
    "state",
    "severity",
    "change",
    "kind",
    "rule",
    "id",
    "confidence",
    "path",
    "line",
    "column",
    "text",
    "against_path",
    "against_line",
    "against_column",
    "against_text",
    "message",
    "reason",
];

pub(super) fn write_check(checked: &CheckedCorpus, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(COLUMNS)?;
    for story in &checked.stories {
        if let Some(why) = &story.failed {
            sheet.write_record(remark_row("failed", &story.name, why))?;
        }
        for pair in &story.pairs {
            pair.alerts.iter().try_for_each(|alert| sheet.write_record(alert_row(alert)))?;
            if pair.pair_verdict() == CheckVerdict::Unclear {
                let doubt = pair.doubt.as_deref().unwrap_or_default();
                sheet.write_record(remark_row("cannot_tell", &pair.b, doubt))?;
            }
        }
    }
    checked.alerts.iter().try_for_each(|alert| sheet.write_record(alert_row(alert)))?;
    checked.notes.iter().try_for_each(|note| sheet.write_record(remark_row("note", "", note)))?;
    sheet.flush()
}

fn alert_row(alert: &Alert) -> [String; 17] {
    let against = alert.against.as_ref();
    let number = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
    [
        alert.state.name().to_owned(),
        alert.severity.name().to_owned(),
        alert.claim.map(|(change, _)| change.name().to_owned()).unwrap_or_default(),
        alert.claim.map(|(_, kind)| kind.name().to_owned()).unwrap_or_default(),
        alert.source.name().to_owned(),
        // A sheet would read 123e45678901 as a number.
        format!("id:{}", alert.id),
        round_score(alert.confidence).to_string(),
        escape_formula(&alert.at.path),
        number(Some(alert.at.start.0)),
        number(Some(alert.at.start.1)),
        escape_formula(&alert.at.text),
        escape_formula(against.map_or("", |spot| &spot.path)),
        number(against.map(|spot| spot.start.0)),
        number(against.map(|spot| spot.start.1)),
        escape_formula(against.map_or("", |spot| &spot.text)),
        escape_formula(&alert.message),
        escape_formula(alert.reason.as_deref().unwrap_or_default()),
    ]
}

fn remark_row(state: &str, path: &str, message: &str) -> [String; 17] {
    COLUMNS.map(|column| match column {
        "state" => state.to_owned(),
        "path" => escape_formula(path),
        "message" => escape_formula(message),
        _ => String::new(),
    })
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn escape_formula(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_formula() {
        for (text, safe) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            (" +1", "' +1"),
            ("@sum", "'@sum"),
            ("-5 per cent", "'-5 per cent"),
            ("5 - 3 = 2", "5 - 3 = 2"),
            ("", ""),
        ] {
            assert_eq!(escape_formula(text), safe);
        }
    }
}
