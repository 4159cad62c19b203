//! The command line as a whole; each command's arguments are in the command's own file.

use clap::{Parser, Subcommand, ValueEnum};

use super::accept::AcceptOptions;
use super::align::AlignOptions;
use super::batch::BatchOptions;
use super::check::CheckOptions;
use super::compare::CompareOptions;
use super::corrections::CorrectionsOptions;
use super::diff_driver::DiffDriverOptions;
use super::explain::ExplainOptions;
use super::garble::GarbleOptions;
use super::inspect::{ArticleOptions, ClaimsOptions, InspectOptions};
use super::matrix::MatrixOptions;
use super::model::ModelCommand;
use super::neighbours::NeighboursOptions;
use super::pairs::PairsOptions;
use super::review::ReviewOptions;
use super::rules::RulesOptions;
use super::schema::schema_names;

/// Compare versions of a news article across languages.
#[derive(Debug, Parser)]
#[command(name = "claimdiff", version, about, after_help = AFTER_HELP)]
pub(super) struct CommandLine {
    /// Print a shell completion or the manual page
    #[arg(long, value_enum, value_name = "WHAT", exclusive = true, hide_short_help = true)]
    pub(super) generate: Option<GenerateTarget>,
    /// Print every limit: its name, value, unit, and what happens past it
    #[arg(long, exclusive = true)]
    pub(super) limits: bool,
    /// Print the JSON schema of what a command writes, or of a file of a corpus
    #[arg(long, value_parser = schema_names(), value_name = "NAME", exclusive = true, hide_short_help = true)]
    pub(super) schema: Option<String>,
    #[command(subcommand)]
    pub(super) command: Option<CliCommand>,
}

const AFTER_HELP: &str = "\
Examples:
  claimdiff compare report.en.txt report.de.txt
          Show what the German version adds, drops or changes
  curl -s https://example.org/story.txt | claimdiff compare archive/story.txt - --format json
          Compare what is published now with an archived copy, for a program

Exit status:
  0  compare found nothing at or above --level; any other command did its work
  1  compare found something
  2  could not run: wrong arguments, unreadable input, no encoder";

/// What `--generate` prints.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum GenerateTarget {
    CompleteBash,
    CompleteElvish,
    CompleteFish,
    CompletePowershell,
    CompleteZsh,
    Man,
}

#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// Compare two or more versions of an article
    Compare(CompareOptions),
    /// Compare many pairs of articles: records in, one a line, and results out, one a line
    Batch(BatchOptions),
    /// Show what each of several versions has of each claim, as a table, and which version is the odd one out
    Matrix(MatrixOptions),
    /// Find which articles of a folder are versions of one another, or on one event
    Neighbours(NeighboursOptions),
    /// Check a corpus: each version of each story against its reference
    Check(CheckOptions),
    /// Accept a finding of a check, with a reason
    Accept(AcceptOptions),
    /// Go through the new findings of a check, one by one
    Review(ReviewOptions),
    /// Print what to add to, remove from or change in a version, as a sheet
    Corrections(CorrectionsOptions),
    /// Show a changed article to git: see gitattributes(5), "Defining an external diff driver"
    DiffDriver(DiffDriverOptions),
    /// Explain one finding of a comparison: why it was made, and how sure it is
    Explain(ExplainOptions),
    /// List the rules: what each finds, with examples and how often it is right
    Rules(RulesOptions),
    /// Print an article as it is read: each block with its role, and why it is left out
    Article(ArticleOptions),
    /// Tell whether a text was spun or machine-translated, and which words that replaced
    Garble(GarbleOptions),
    /// Print the sentences of a file
    Segment(InspectOptions),
    /// Print the claims of a file: amounts, figures, dates, names, quotations
    Claims(ClaimsOptions),
    /// Align two files
    Align(AlignOptions),
    /// Print a difference for each token of two texts, for many pairs of texts
    Words(PairsOptions),
    /// Print how far two sentences are apart, for many pairs of sentences
    Score(PairsOptions),
    /// Install, find or check the encoder
    #[command(subcommand)]
    Model(ModelCommand),
}
