//! The edits that bring each version into line with the reference: a CSV sheet with a row for each finding.

use std::io::{self, Write};

use crate::divergence::{Change, ClaimPlace, Finding, Version};
use crate::report::contents::Report;
use crate::report::escape::escape_formula;

/// Writes the text to add to, remove from or change in each version so that it has the claims of the reference, as CSV.
///
/// # Errors
/// If writing fails.
pub fn write_corrections(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    let head = ["version", "action", "severity", "kind", "id", "sentence", "text", "reference", "message"];
    sheet.write_record(head)?;
    for (k, comparison) in report.comparisons.iter().enumerate() {
        let (reference, version) = (&report.versions[0], &report.versions[k + 1]);
        for finding in report.findings_at_level(comparison) {
            sheet.write_record([
                escape_formula(&report.paths[k + 1]),
                correction_action(finding.change).to_owned(),
                finding.severity.name().to_owned(),
                finding.kind.name().to_owned(),
                // A sheet would read 123e45678901 as a number.
                format!("id:{}", finding.id),
                sentence_number(finding),
                place_text(finding.b.as_ref(), version),
                place_text(finding.a.as_ref(), reference),
                escape_formula(&finding.message),
            ])?;
        }
    }
    sheet.flush()
}

/// The edit to the version; the reference is taken to be right.
fn correction_action(change: Change) -> &'static str {
    match change {
        Change::Added => "remove",
        Change::Dropped => "add",
        Change::Moved => "move",
        Change::Altered | Change::Contradicted | Change::HedgeChanged => "change",
    }
}

/// The number of the version's sentence, as `segment` counts them; empty for a claim that it lacks.
fn sentence_number(finding: &Finding) -> String {
    finding.b.as_ref().map(|place| place.sentence.to_string()).unwrap_or_default()
}

fn place_text(place: Option<&ClaimPlace>, version: &Version) -> String {
    place.map(|place| escape_formula(place.span.slice(&version.article.text))).unwrap_or_default()
}
