//! The result of checking a corpus, in each format.

mod alert_text;
mod csv;
mod github;
pub(super) mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

use std::io;

pub use super::checked::{
    Alert, AlertSource, AlertState, CheckVerdict, CheckedCorpus, CheckedPair, CheckedStory, FileLocation,
};
pub use alert_text::write_finding;

use super::html::write_check_page;
use super::layout::Style;

/// A format of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckFormat {
    /// One line for each finding, for terminals and editors.
    Text(Style),
    /// One JSON document, schema `claimdiff.check/1`.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A comment on a pull request, within its limit.
    Markdown,
    /// A sheet with a row for each finding.
    Csv,
    /// One page for a browser.
    Html,
}

/// Writes a check in a format.
///
/// # Errors
/// If writing fails.
pub fn write_check(checked: &CheckedCorpus, format: CheckFormat, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        CheckFormat::Text(style) => text::write_check(checked, style, out),
        CheckFormat::Json => json::write_check(checked, out),
        CheckFormat::Sarif => sarif::write_check(checked, out),
        CheckFormat::Junit => junit::write_check(checked, out),
        CheckFormat::Github => github::write_check(checked, out),
        CheckFormat::Markdown => markdown::write_check(checked, out),
        CheckFormat::Csv => csv::write_check(checked, out),
        CheckFormat::Html => write_check_page(checked, out),
    }
}
