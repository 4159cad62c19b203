//! The command line: arguments, colour, the environment and the terminal are known in this module only.

mod accept;
mod align;
mod args;
mod batch;
mod check;
mod compare;
mod corrections;
mod diff_driver;
mod exit;
mod explain;
mod garble;
mod generate;
mod git;
mod input;
mod inspect;
mod limits;
mod matrix;
mod model;
mod neighbours;
mod options;
mod output;
mod pager;
mod pairs;
mod review;
mod rules;
mod schema;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::error::Result;
use args::{CliCommand, CommandLine};
use exit::Exit;

/// Parses the command line, runs the command, prints an error with its causes and advice, and returns the exit code.
#[must_use]
pub fn main() -> ExitCode {
    let args = CommandLine::parse();
    let result = match (args.generate, args.command) {
        (Some(what), _) => generate::run(what),
        _ if args.schema.is_some() => schema::run(args.schema.as_deref().unwrap_or_default()),
        _ if args.limits => limits::run(),
        (None, Some(command)) => run_command(command),
        (None, None) => {
            let _ = write!(io::stderr(), "{}", CommandLine::command().render_help());
            return Exit::CouldNotRun.into();
        }
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => Exit::Clean.into(),
        Err(error) => {
            let mut text = output::error_chain(&error);
            if let Some(advice) = error.advice_text() {
                text.extend(["\n  help: ", advice]);
            }
            output::print_message(&text);
            Exit::CouldNotRun.into()
        }
    }
}

fn run_command(command: CliCommand) -> Result<Exit> {
    match command {
        CliCommand::Article(options) => inspect::show_article(&options),
        CliCommand::Segment(step) => inspect::print_sentences(&step),
        CliCommand::Claims(options) => inspect::print_claims(&options),
        CliCommand::Model(command) => model::run(&command),
        CliCommand::Align(options) => align::run(&options),
        CliCommand::Words(options) => pairs::print_word_differences(&options),
        CliCommand::Score(options) => pairs::print_scores(&options),
        CliCommand::Compare(options) => compare::run(&options),
        CliCommand::Batch(options) => batch::run(&options),
        CliCommand::Matrix(options) => matrix::run(&options),
        CliCommand::Neighbours(options) => neighbours::run(&options),
        CliCommand::Check(options) => check::run(&options),
        CliCommand::Accept(options) => accept::run(&options),
        CliCommand::Review(options) => review::run(&options),
        CliCommand::Corrections(options) => corrections::run(&options),
        CliCommand::DiffDriver(options) => diff_driver::run(&options),
        CliCommand::Explain(options) => explain::run(&options),
        CliCommand::Rules(options) => rules::run(&options),
        CliCommand::Garble(options) => garble::run(&options),
    }
}

/// Whether a reader closed the pipe (`claimdiff ... | head`), which is no failure.
fn is_broken_pipe(error: &crate::Error) -> bool {
    let mut causes = error.cause_chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
