//! `explain`: one finding and its evidence.

use std::collections::BTreeSet;

use clap::Args as ClapArgs;

use super::exit::Exit;
use super::options::{DocumentFormat, LayoutOptions, ModelOptions, VersionOptions, parse_finding_id};
use super::{compare, output};
use crate::divergence::{self, Explanation};
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{self, ExplainedFindings};

const AFTER_EXPLAIN: &str = "\
Examples:
  claimdiff compare report.en.txt report.de.txt --level low
          Print the findings, each with its id
  claimdiff explain 4def report.en.txt report.de.txt
          Explain the one whose id begins with 4def

Exit status:
  0  explained
  2  could not run: no such finding, wrong arguments, unreadable input, no encoder";

/// One finding of a comparison.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_EXPLAIN)]
pub(super) struct ExplainOptions {
    /// Id of the finding, or its beginning: 4 to 12 digits, as compare prints them
    #[arg(value_name = "ID", value_parser = parse_finding_id)]
    pub(super) id: String,
    #[command(flatten)]
    pub(super) versions: VersionOptions,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub(super) format: DocumentFormat,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

pub(super) fn run(options: &ExplainOptions) -> Result<Exit> {
    let (versions, glossary, encoder) =
        compare::read_versions(&options.versions.files, &options.versions.reading, &options.model)?;
    let mut explanations: Vec<(usize, Explanation)> = Vec::new();
    for (k, b) in versions.iter().enumerate().skip(1) {
        let matching = divergence::explain_findings(&versions[0], b, &encoder, &glossary, &options.id)?;
        explanations.extend(matching.into_iter().map(|explanation| (k, explanation)));
    }
    require_one_finding(options, &explanations)?;
    let explained = ExplainedFindings {
        paths: &options.versions.files,
        versions: &versions,
        explanations: &explanations,
        encoder: encoder.encoder_identity(),
    };
    output::write_stdout(|out| match options.format {
        DocumentFormat::Json => report::write_explanations_json(&explained, out),
        DocumentFormat::Text => {
            report::write_explanations_text(&explained, output::stdout_style(&options.layout), out)
        }
    })?;
    Ok(Exit::Clean)
}

/// Checks that all explanations are of one finding, which several versions may have.
fn require_one_finding(options: &ExplainOptions, explanations: &[(usize, Explanation)]) -> Result<()> {
    let ids: BTreeSet<&str> = explanations.iter().map(|(_, e)| e.finding.id.as_str()).collect();
    let id = &options.id;
    match ids.len() {
        1 => Ok(()),
        0 => {
            let files = options.versions.files.join(" ");
            Err(Error::new(
                ErrorKind::Input,
                format!("no finding of these versions has an id that begins with {id}"),
            )
            .with_advice(format!("claimdiff compare {files} --level low prints all findings with their ids")))
        }
        count => {
            let all = ids.into_iter().collect::<Vec<_>>().join(", ");
            Err(Error::new(
                ErrorKind::Input,
                format!("{count} findings have an id that begins with {id}: {all}"),
            )
            .with_advice("write more of the digits"))
        }
    }
}
