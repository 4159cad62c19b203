//! The command line as a whole; each command's arguments are in the command's own file.

use clap::{Parser, Subcommand, ValueEnum};

use super::accept::Accept;
use super::align::Align;
use super::batch::Batch;
use super::check::Check;
use super::compare::Compare;
use super::corrections::Corrections;
use super::diff_driver::DiffDriver;
use super::explain::Explain;
use super::garble::Garble;
use super::matrix::Matrix;
use super::model::ModelCommand;
use super::neighbours::Neighbours;
use super::pairs::Pairs;
use super::review::Review;
use super::rules::Rules;
use super::steps::{Article, Claims, Step};

/// Compare versions of a news article across languages.
#[derive(Debug, Parser)]
#[command(name = "claimdiff", version, about, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Print a shell completion or the manual page
    #[arg(long, value_enum, value_name = "WHAT", exclusive = true, hide_short_help = true)]
    pub(super) generate: Option<Generate>,
    /// Print every limit: its name, value, unit, and what happens past it
    #[arg(long, exclusive = true)]
    pub(super) limits: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
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
pub(super) enum Generate {
    CompleteBash,
    CompleteElvish,
    CompleteFish,
    CompletePowershell,
    CompleteZsh,
    Man,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare two or more versions of an article
    Compare(Compare),
    /// Compare many pairs of articles: records in, one a line, and results out, one a line
    Batch(Batch),
    /// Show what each of several versions has of each claim, as a table, and which version is the odd one out
    Matrix(Matrix),
    /// Find which articles of a folder are versions of one another, or tell of one event
    Neighbours(Neighbours),
    /// Check a corpus: each version of each story against its reference
    Check(Check),
    /// Accept a finding of a check, with a reason
    Accept(Accept),
    /// Go through the new findings of a check, one by one
    Review(Review),
    /// Print what to add to, remove from or change in a version, as a sheet
    Corrections(Corrections),
    /// Show a changed article to git: see gitattributes(5), "Defining an external diff driver"
    DiffDriver(DiffDriver),
    /// Explain one finding of a comparison: why it was made, and how sure it is
    Explain(Explain),
    /// List the rules: what each finds, with examples and how often it is right
    Rules(Rules),
    /// Print an article as it is read: each block with its role, and why it is left out
    Article(Article),
    /// Tell whether a text was spun or machine-translated, and which words that replaced
    Garble(Garble),
    /// Print the sentences of a file
    Segment(Step),
    /// Print the claims of a file: amounts, figures, dates, names, quotations
    Claims(Claims),
    /// Align two files
    Align(Align),
    /// Print a difference for each token of two texts, for many pairs of texts
    Words(Pairs),
    /// Print how far two sentences are apart, for many pairs of sentences
    Score(Pairs),
    /// Install, find or check the encoder
    #[command(subcommand)]
    Model(ModelCommand),
}
