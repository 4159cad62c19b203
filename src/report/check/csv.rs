//! A CSV sheet: a row for each finding, for each story that failed and for each pair that cannot be judged.

use std::io::{self, Write};

use crate::report::checked::{Alert, CheckVerdict, CheckedCorpus};
use crate::report::escape::escape_formula;
use crate::report::records::round_score;

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
    let [against_line, against_column] =
        against.map_or_else(Default::default, |spot| position_columns(spot.start));
    let [at_line, at_column] = position_columns(alert.at.start);
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
        at_line,
        at_column,
        escape_formula(&alert.at.text),
        escape_formula(against.map_or("", |spot| &spot.path)),
        against_line,
        against_column,
        escape_formula(against.map_or("", |spot| &spot.text)),
        escape_formula(&alert.message),
        escape_formula(alert.reason.as_deref().unwrap_or_default()),
    ]
}

/// Line and column, each as text.
fn position_columns((line, column): (usize, usize)) -> [String; 2] {
    [line.to_string(), column.to_string()]
}

fn remark_row(state: &str, path: &str, message: &str) -> [String; 17] {
    COLUMNS.map(|column| match column {
        "state" => state.to_owned(),
        "path" => escape_formula(path),
        "message" => escape_formula(message),
        _ => String::new(),
    })
}
