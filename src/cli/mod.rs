//! The only room that knows arguments, colour, the environment and the terminal.

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
mod steps;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::error::Result;
use args::{Args, Command};
use exit::Exit;

/// Parses, runs, prints what went wrong and maps to an exit code.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    let result = match (args.generate, args.command) {
        (Some(what), _) => generate::run(what),
        _ if args.limits => limits::run(),
        (None, Some(command)) => run(command),
        (None, None) => {
            let _ = write!(io::stderr(), "{}", Args::command().render_help());
            return Exit::CouldNotRun.into();
        }
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => Exit::Clean.into(),
        Err(error) => {
            let mut text = told(&error);
            if let Some(advice) = error.advice() {
                text.extend(["\n  help: ", advice]);
            }
            output::message(&text);
            Exit::CouldNotRun.into()
        }
    }
}

fn run(command: Command) -> Result<Exit> {
    match command {
        Command::Article(options) => steps::article(&options),
        Command::Segment(step) => steps::segment(&step),
        Command::Claims(options) => steps::claims(&options),
        Command::Model(command) => model::run(&command),
        Command::Align(options) => align::run(&options),
        Command::Words(options) => pairs::words(&options),
        Command::Score(options) => pairs::score(&options),
        Command::Compare(options) => compare::run(&options),
        Command::Batch(options) => batch::run(&options),
        Command::Matrix(options) => matrix::run(&options),
        Command::Neighbours(options) => neighbours::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Accept(options) => accept::run(&options),
        Command::Review(options) => review::run(&options),
        Command::Corrections(options) => corrections::run(&options),
        Command::DiffDriver(options) => diff_driver::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Rules(options) => rules::run(&options),
        Command::Garble(options) => garble::run(&options),
    }
}

/// An error with its causes, on one line.
fn told(error: &crate::Error) -> String {
    error.causes().fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// A reader that went away (`claimdiff ... | head`) is no failure.
fn is_broken_pipe(error: &crate::Error) -> bool {
    let mut causes = error.causes().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
