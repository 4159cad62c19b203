//! What has to be done to a version so that it tells what the reference tells: a sheet, a row a finding.

use std::io::{self, Write};

use super::Report;
use super::check::cell;
use crate::divergence::{Change, Finding, Place, Version};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    let head = ["version", "action", "severity", "kind", "id", "sentence", "text", "reference", "message"];
    sheet.write_record(head)?;
    for (k, comparison) in report.comparisons.iter().enumerate() {
        let (reference, version) = (&report.versions[0], &report.versions[k + 1]);
        for finding in report.findings(comparison) {
            sheet.write_record([
                cell(&report.paths[k + 1]),
                action(finding.change).to_owned(),
                finding.severity.name().to_owned(),
                finding.kind.name().to_owned(),
                // A sheet would read 123e45678901 as a number.
                format!("id:{}", finding.id),
                sentence(finding),
                told(finding.b.as_ref(), version),
                told(finding.a.as_ref(), reference),
                cell(&finding.message),
            ])?;
        }
    }
    sheet.flush()
}

/// What an editor does to the version; the reference is right.
fn action(change: Change) -> &'static str {
    match change {
        Change::Added => "remove",
        Change::Dropped => "add",
        Change::Moved => "move",
        Change::Altered | Change::Contradicted | Change::HedgeChanged => "change",
    }
}

/// The number of the version's sentence, as `segment` counts them; none for what it lacks.
fn sentence(finding: &Finding) -> String {
    finding.b.as_ref().map(|place| place.sentence.to_string()).unwrap_or_default()
}

fn told(place: Option<&Place>, version: &Version) -> String {
    place.map(|place| cell(place.span.of(&version.article.text))).unwrap_or_default()
}
