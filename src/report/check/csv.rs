//! A sheet: a row a finding; also a row for what failed and for what cannot be told.

use std::io::{self, Write};

use super::{Alert, Checked, Verdict};
use crate::report::rounded;

const HEAD: [&str; 17] = [
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

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(HEAD)?;
    for story in &checked.stories {
        if let Some(why) = &story.failed {
            sheet.write_record(remark("failed", &story.name, why))?;
        }
        for pair in &story.pairs {
            pair.alerts.iter().try_for_each(|alert| sheet.write_record(row(alert)))?;
            if pair.verdict() == Verdict::CannotTell {
                let doubt = pair.doubt.as_deref().unwrap_or_default();
                sheet.write_record(remark("cannot_tell", &pair.b, doubt))?;
            }
        }
    }
    checked.alerts.iter().try_for_each(|alert| sheet.write_record(row(alert)))?;
    checked.notes.iter().try_for_each(|note| sheet.write_record(remark("note", "", note)))?;
    sheet.flush()
}

fn row(alert: &Alert) -> [String; 17] {
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
        rounded(alert.confidence).to_string(),
        cell(&alert.at.path),
        number(Some(alert.at.start.0)),
        number(Some(alert.at.start.1)),
        cell(&alert.at.text),
        cell(against.map_or("", |spot| &spot.path)),
        number(against.map(|spot| spot.start.0)),
        number(against.map(|spot| spot.start.1)),
        cell(against.map_or("", |spot| &spot.text)),
        cell(&alert.message),
        cell(alert.reason.as_deref().unwrap_or_default()),
    ]
}

fn remark(state: &str, path: &str, message: &str) -> [String; 17] {
    HEAD.map(|column| match column {
        "state" => state.to_owned(),
        "path" => cell(path),
        "message" => cell(message),
        _ => String::new(),
    })
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn cell(text: &str) -> String {
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
            assert_eq!(cell(text), safe);
        }
    }
}
