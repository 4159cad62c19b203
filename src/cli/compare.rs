//! `compare`: the findings and scores of two or more versions.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use rayon::prelude::*;

use super::exit::Exit;
use super::options::{LayoutOptions, ModelOptions, ReadingOptions, ReportLevel, VersionOptions};
use super::{input, model, output, pager};
use crate::divergence::glossary::Glossary;
use crate::divergence::{self, Version};
use crate::encode::{Encoder, Model};
use crate::error::{Error, ErrorKind, Result};
use crate::garble::{GarbleJudgement, judge_garbling};
use crate::matrix::{self, RowFilter};
use crate::report::{self, ComparedPair, ComparisonPage, MAX_PAIRWISE_VERSIONS, Report, Style};

const AFTER_COMPARE: &str = "\
Examples:
  claimdiff compare report.en.txt report.de.txt report.fr.txt --level high
          Compare two translations with their source; only what is grave
  claimdiff compare --lang-b de --format json report.en.txt - < draft.txt
          Compare a German draft with its source, for a program
  claimdiff compare report.en.txt report.de.txt --format html -o report.html
          Write a page to look at, print and pass on
  claimdiff compare report.en.txt report.de.txt --format markdown | gh pr comment --body-file -
          Comment on a pull request

Exit status:
  0  nothing found at or above --level
  1  something found
  2  could not run: wrong arguments, unreadable input, no encoder";

/// Two or more versions to compare.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_COMPARE)]
pub(super) struct CompareOptions {
    #[command(flatten)]
    pub(super) versions: VersionOptions,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value_t = ReportLevel::Medium)]
    pub(super) level: ReportLevel,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(super) format: CompareFormat,
    /// Show one part alone, in the formats text and markdown
    #[arg(long, value_enum, value_name = "PART")]
    pub(super) only: Option<PartOption>,
    /// Print long text at once; without it a terminal shows it by `CLAIMDIFF_PAGER`, `PAGER` or `less`
    #[arg(long)]
    pub(super) no_pager: bool,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    /// For reading in a terminal
    Text,
    /// A comment on a pull request
    Markdown,
    /// One JSON document, schema claimdiff.compare/1
    Json,
    /// One page for a browser, with every two of up to 6 versions side by side
    Html,
}

/// What of a comparison is shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PartOption {
    /// What differs, and the scores
    Findings,
    /// The sentences beside each other
    Alignment,
    /// How many findings there are, and the scores
    Summary,
}

impl From<PartOption> for report::ReportPart {
    fn from(part: PartOption) -> Self {
        match part {
            PartOption::Findings => Self::Findings,
            PartOption::Alignment => Self::Alignment,
            PartOption::Summary => Self::Summary,
        }
    }
}

/// Reads the versions and the glossary, prints the articles' notes on standard error, and opens the encoder.
pub(super) fn read_versions(
    files: &[String],
    options: &ReadingOptions,
    model: &ModelOptions,
) -> Result<(Vec<Version>, Glossary, Model)> {
    let paths: Vec<&String> = files.iter().chain(&options.glossary).collect();
    input::refuse_stdin_twice(&paths)?;
    let mut articles = Vec::new();
    for (k, path) in files.iter().enumerate() {
        let lang = if k == 0 { options.lang_a } else { options.lang_b };
        articles.push(input::read_article(path, lang)?);
        if k > 0 && path == &files[0] {
            output::print_note(&format!("{path} is compared with itself"));
        }
    }
    let glossary = input::read_glossary(options.glossary.as_deref())?;
    let (versions, encoder) = rayon::join(
        || articles.into_par_iter().map(|article| Version::with_date(article, options.date)).collect(),
        || model::open_encoder(model),
    );
    Ok((versions, glossary, encoder?))
}

/// Compares the first file with each other one and passes the report to `write`.
pub(super) fn compare_and_report(
    files: &[String],
    reading: &ReadingOptions,
    (level, model): (ReportLevel, &ModelOptions),
    write: impl FnOnce(&Report<'_>) -> Result<()>,
) -> Result<Exit> {
    let (versions, glossary, encoder) = read_versions(files, reading, model)?;
    let (comparisons, garbles) = rayon::join(
        || {
            let others = versions[1..].iter();
            others
                .map(|b| divergence::compare_with_glossary(&versions[0], b, &encoder, &glossary))
                .collect::<Result<Vec<_>>>()
        },
        || versions.iter().map(judge_garbling).collect::<Vec<GarbleJudgement>>(),
    );
    let comparisons = comparisons?;
    let report = Report {
        paths: files,
        versions: &versions,
        garbles: &garbles,
        comparisons: &comparisons,
        encoder: encoder.encoder_identity(),
        level: level.into(),
    };
    write(&report)?;
    Ok(if report.has_findings() { Exit::Findings } else { Exit::Clean })
}

pub(super) fn run(options: &CompareOptions) -> Result<Exit> {
    let versions = &options.versions;
    if options.only.is_some() && matches!(options.format, CompareFormat::Json | CompareFormat::Html) {
        return Err(Error::new(ErrorKind::Input, "--only: a page and JSON have all parts")
            .with_advice("leave --only out, or use --format text or markdown"));
    }
    let file = options.output.as_deref().map(output::check_writable).transpose()?;
    if options.format == CompareFormat::Html {
        return write_page(options, file);
    }
    compare_and_report(&versions.files, &versions.reading, (options.level, &options.model), |report| {
        let style = match file {
            Some(_) => {
                Style { theme: options.layout.theme.into(), ..output::file_style(options.layout.color) }
            }
            None => output::stdout_style(&options.layout),
        };
        let only = options.only.map(Into::into);
        if options.format == CompareFormat::Text && file.is_none() && !options.no_pager {
            return pager::print_paged(|out| report::write_text(report, only, style, out));
        }
        output::write_output(file, |out| match options.format {
            CompareFormat::Json => report::write_json(report, out),
            CompareFormat::Markdown => report::write_markdown(report, only, out),
            _ => report::write_text(report, only, style, out),
        })
    })
}

/// Compares every two versions, or each with the first where there are many, and writes the page.
fn write_page(options: &CompareOptions, file: Option<&Path>) -> Result<Exit> {
    let (versions, glossary, encoder) =
        read_versions(&options.versions.files, &options.versions.reading, &options.model)?;
    let firsts = if versions.len() > MAX_PAIRWISE_VERSIONS { 1 } else { versions.len() };
    let mut pairs = Vec::new();
    for (a, b) in (0..firsts).flat_map(|a| (a + 1..versions.len()).map(move |b| (a, b))) {
        let (comparison, explanations) =
            divergence::compare_explained(&versions[a], &versions[b], &encoder, &glossary)?;
        pairs.push(ComparedPair { a, b, comparison, explanations });
    }
    let is_joined = (3..=MAX_PAIRWISE_VERSIONS).contains(&versions.len());
    let wanted = RowFilter { level: options.level.into(), all_figures: false };
    let comparisons = pairs.iter().map(|pair| &pair.comparison);
    let matrix = is_joined.then(|| matrix::assemble_matrix(&versions, comparisons, &glossary, wanted));
    let garbles: Vec<GarbleJudgement> = versions.iter().map(judge_garbling).collect();
    let page = ComparisonPage {
        paths: &options.versions.files,
        versions: &versions,
        garbles: &garbles,
        pairs: &pairs,
        matrix: matrix.as_ref(),
        encoder: encoder.encoder_identity(),
        level: options.level.into(),
    };
    output::write_output(file, |out| report::write_html(&page, out))?;
    Ok(if page.has_findings() { Exit::Findings } else { Exit::Clean })
}
