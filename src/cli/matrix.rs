//! `matrix`: a table of two or more versions with a row for each claim.

use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};

use super::exit::Exit;
use super::options::{LayoutOptions, ModelOptions, ReadingOptions, ReportLevel};
use super::{compare, input, model, output};
use crate::corpus::{self, CorpusConfig};
use crate::divergence::Version;
use crate::divergence::glossary::Glossary;
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::matrix::{RowFilter, build_matrix};
use crate::report::{MatrixFormat as Format, MatrixTable, write_matrix};

const AFTER_MATRIX: &str = "\
Examples:
  claimdiff matrix corpus/ferry-contract
          Show what each version of a story has of each claim on which they differ
  claimdiff matrix report.en.txt report.de.txt rival.fr.txt --all --format csv > table.csv
          Make a sheet of it, also with the figures on which they agree

A row is a claim. A cell has the version's own words; or it says same, as the reference, which is the
first version; or absent, or unclear. Of three versions or more the odd one out is named
against all others. Every two versions are compared: 10 comparisons for 5 versions, 45 for 10.

Exit status:
  0  no claim on which they differ at or above --level
  1  a row with a finding
  2  could not run: wrong arguments, unreadable input, no encoder";

/// Versions to put beside each other.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_MATRIX)]
pub(super) struct MatrixOptions {
    /// The folder of a story, or two or more articles; the first is the reference, - is standard input
    #[arg(value_name = "STORY|FILE", required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
    /// Show claims with a finding of this severity and above
    #[arg(long, value_enum, default_value_t = ReportLevel::Medium)]
    pub(super) level: ReportLevel,
    /// Also show all other amounts, figures, dates and quotations of the reference
    #[arg(long)]
    pub(super) all: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = MatrixFormat::Text)]
    pub(super) format: MatrixFormat,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MatrixFormat {
    /// For reading in a terminal
    Text,
    /// A Markdown table
    Markdown,
    /// A sheet, a row a claim
    Csv,
    /// One JSON document, schema claimdiff.matrix/1
    Json,
}

pub(super) fn run(options: &MatrixOptions) -> Result<Exit> {
    let (paths, (versions, glossary, encoder)) = match &options.files[..] {
        [only] => {
            let (paths, versions, glossary) = read_story(only, options)?;
            (paths, (versions, glossary, model::open_encoder(&options.model)?))
        }
        files => (files.to_vec(), compare::read_versions(files, &options.reading, &options.model)?),
    };
    let wanted = RowFilter { level: options.level.into(), all_figures: options.all };
    let bar = output::progress_bar("comparing");
    let matrix = build_matrix(&versions, &encoder, &glossary, wanted, &|done: usize, all: usize| {
        bar.set_position((done * 100 / all.max(1)) as u64);
    });
    bar.finish_and_clear();
    let matrix = matrix?;
    let table = MatrixTable {
        paths: &paths,
        versions: &versions,
        matrix: &matrix,
        encoder: encoder.encoder_identity(),
    };
    let format = match options.format {
        MatrixFormat::Text => Format::Text(output::stdout_style(&options.layout)),
        MatrixFormat::Markdown => Format::Markdown,
        MatrixFormat::Csv => Format::Csv,
        MatrixFormat::Json => Format::Json,
    };
    output::write_stdout(|out| write_matrix(&table, format, out))?;
    Ok(if matrix.rows_at_level().next().is_some() { Exit::Findings } else { Exit::Clean })
}

/// The paths and versions of a story's folder, and its glossary: that of the command line, else of `claimdiff.toml`.
fn read_story(folder: &str, options: &MatrixOptions) -> Result<(Vec<String>, Vec<Version>, Glossary)> {
    let path = Path::new(folder);
    if path.symlink_metadata().is_ok() && !path.is_dir() || folder == "-" {
        let message = format!("{}: is one version", input::input_name(folder));
        return Err(Error::new(ErrorKind::Input, message)
            .with_advice("name further versions, or the folder of a story"));
    }
    let reading = &options.reading;
    if reading.lang_a.is_some() || reading.lang_b.is_some() || reading.date.is_some() {
        let message = format!("{folder}: --lang-a, --lang-b and --date are for files");
        return Err(Error::new(ErrorKind::Input, message)
            .with_advice("write languages and dates of a story into its case.toml"));
    }
    let config = CorpusConfig::find_nearest(path)?;
    let story = corpus::read_story(path, &config)?;
    for (path, version) in story.paths.iter().zip(&story.versions) {
        for remark in &version.article.notes {
            output::print_note(&format!("{path}: {remark}"));
        }
    }
    let configured = config.glossary.as_deref().map(|path| path.to_string_lossy().into_owned());
    let glossary =
        input::read_glossary(reading.glossary.as_ref().or(configured.as_ref()).map(String::as_str))?;
    Ok((story.paths, story.versions, glossary))
}
