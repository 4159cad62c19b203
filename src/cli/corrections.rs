//! `corrections`: the edits that make a version agree with the reference.

use clap::Args as ClapArgs;

use super::exit::Exit;
use super::options::{ModelOptions, ReadingOptions, ReportLevel};
use super::{compare, output};
use crate::error::Result;
use crate::report;

const AFTER_CORRECTIONS: &str = "\
Examples:
  claimdiff corrections --reference report.en.txt report.de.txt report.fr.txt > todo.csv
          A row a finding: add, remove or change, the words there, and those of the reference

Exit status:
  0  nothing to correct at or above --level
  1  something to correct
  2  could not run: wrong arguments, unreadable input, no encoder";

/// Versions to correct by a reference.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_CORRECTIONS)]
pub(super) struct CorrectionsOptions {
    /// The article that is right
    #[arg(long, value_name = "FILE")]
    pub(super) reference: String,
    /// Versions of it to correct; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
    /// Correct findings of this severity and above
    #[arg(long, value_enum, default_value_t = ReportLevel::Medium)]
    pub(super) level: ReportLevel,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

pub(super) fn run(options: &CorrectionsOptions) -> Result<Exit> {
    let files: Vec<String> = std::iter::once(&options.reference).chain(&options.files).cloned().collect();
    compare::compare_and_report(&files, &options.reading, (options.level, &options.model), |report| {
        output::write_stdout(|out| report::write_corrections(report, out))
    })
}
