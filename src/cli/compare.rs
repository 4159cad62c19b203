//! `compare`: two or more versions to findings and scores.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use rayon::prelude::*;

use super::exit::Exit;
use super::options::{Layout, Level, ModelOptions, Reading, Versions};
use super::{input, model, output, pager};
use crate::divergence::glossary::Glossary;
use crate::divergence::{self, Version};
use crate::encode::{Encoder, Model};
use crate::error::{Error, ErrorKind, Result};
use crate::garble::{Garble, garble};
use crate::matrix::{self, Wanted};
use crate::report::{self, Compared, EVERY_TWO, Page, Report, Style};

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
pub(super) struct Compare {
    #[command(flatten)]
    pub(super) versions: Versions,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Medium)]
    pub(super) level: Level,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(super) format: CompareFormat,
    /// Show one part alone, in the formats text and markdown
    #[arg(long, value_enum, value_name = "PART")]
    pub(super) only: Option<Part>,
    /// Print long text at once; without it a terminal shows it by `CLAIMDIFF_PAGER`, `PAGER` or `less`
    #[arg(long)]
    pub(super) no_pager: bool,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) layout: Layout,
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
pub(super) enum Part {
    /// What differs, and the scores
    Findings,
    /// The sentences beside each other
    Alignment,
    /// How many findings there are, and the scores
    Summary,
}

impl From<Part> for report::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Findings => Self::Findings,
            Part::Alignment => Self::Alignment,
            Part::Summary => Self::Summary,
        }
    }
}

/// Reads versions and what may differ, says on standard error what is remarkable about them, and opens the encoder.
pub(super) fn read(
    files: &[String],
    options: &Reading,
    model: &ModelOptions,
) -> Result<(Vec<Version>, Glossary, Model)> {
    let paths: Vec<&String> = files.iter().chain(&options.glossary).collect();
    input::only_once(&paths)?;
    let mut articles = Vec::new();
    for (k, path) in files.iter().enumerate() {
        let lang = if k == 0 { options.lang_a } else { options.lang_b };
        articles.push(input::article(path, lang)?);
        if k > 0 && path == &files[0] {
            output::note(&format!("{path} is compared with itself"));
        }
    }
    let glossary = input::glossary(options.glossary.as_deref())?;
    let versions = || articles.into_par_iter().map(|article| Version::dated(article, options.date)).collect();
    let (versions, encoder) = rayon::join(versions, || model::open(model));
    Ok((versions, glossary, encoder?))
}

/// Compares the first file with each other one, and hands the report to `write`.
pub(super) fn reported(
    files: &[String],
    reading: &Reading,
    (level, model): (Level, &ModelOptions),
    write: impl FnOnce(&Report<'_>) -> Result<()>,
) -> Result<Exit> {
    let (versions, glossary, encoder) = read(files, reading, model)?;
    let compare = |b| divergence::compare_with(&versions[0], b, &encoder, &glossary);
    let (comparisons, garbles) = rayon::join(
        || versions[1..].iter().map(compare).collect::<Result<Vec<_>>>(),
        || versions.iter().map(garble).collect::<Vec<Garble>>(),
    );
    let comparisons = comparisons?;
    let report = Report {
        paths: files,
        versions: &versions,
        garbles: &garbles,
        comparisons: &comparisons,
        encoder: encoder.identity(),
        level: level.into(),
    };
    write(&report)?;
    Ok(if report.has_findings() { Exit::Findings } else { Exit::Clean })
}

pub(super) fn run(options: &Compare) -> Result<Exit> {
    let versions = &options.versions;
    if options.only.is_some() && matches!(options.format, CompareFormat::Json | CompareFormat::Html) {
        return Err(Error::new(ErrorKind::Input, "--only: a page and JSON have all parts")
            .advise("leave --only out, or use --format text or markdown"));
    }
    let file = options.output.as_deref().map(output::writable).transpose()?;
    if options.format == CompareFormat::Html {
        return page(options, file);
    }
    reported(&versions.files, &versions.reading, (options.level, &options.model), |report| {
        let style = match file {
            Some(_) => Style { theme: options.layout.theme.into(), ..output::plain(options.layout.color) },
            None => output::style(&options.layout),
        };
        let only = options.only.map(Into::into);
        if options.format == CompareFormat::Text && file.is_none() && !options.no_pager {
            return pager::print(|out| report::write_text(report, only, style, out));
        }
        output::write(file, |out| match options.format {
            CompareFormat::Json => report::write_json(report, out),
            CompareFormat::Markdown => report::write_markdown(report, only, out),
            _ => report::write_text(report, only, style, out),
        })
    })
}

/// Compares every two versions, or each with the first where there are many, and writes the page.
fn page(options: &Compare, file: Option<&Path>) -> Result<Exit> {
    let (versions, glossary, encoder) =
        read(&options.versions.files, &options.versions.reading, &options.model)?;
    let firsts = if versions.len() > EVERY_TWO { 1 } else { versions.len() };
    let mut pairs = Vec::new();
    for (a, b) in (0..firsts).flat_map(|a| (a + 1..versions.len()).map(move |b| (a, b))) {
        let (comparison, explanations) =
            divergence::compare_explained(&versions[a], &versions[b], &encoder, &glossary)?;
        pairs.push(Compared { a, b, comparison, explanations });
    }
    let is_joined = (3..=EVERY_TWO).contains(&versions.len());
    let wanted = Wanted { level: options.level.into(), all: false };
    let comparisons = pairs.iter().map(|pair| &pair.comparison);
    let matrix = is_joined.then(|| matrix::joined(&versions, comparisons, &glossary, wanted));
    let garbles: Vec<Garble> = versions.iter().map(garble).collect();
    let page = Page {
        paths: &options.versions.files,
        versions: &versions,
        garbles: &garbles,
        pairs: &pairs,
        matrix: matrix.as_ref(),
        encoder: encoder.identity(),
        level: options.level.into(),
    };
    output::write(file, |out| report::write_html(&page, out))?;
    Ok(if page.has_findings() { Exit::Findings } else { Exit::Clean })
}
