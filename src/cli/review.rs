//! `review`: shows the new findings one by one, to accept or to skip.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead, Write};
use std::process::Command;

use clap::Args as ClapArgs;

use super::accept::{self, Acceptance};
use super::exit::Exit;
use super::options::{CorpusOptions, LayoutOptions, parse_nonempty_text};
use super::{check, output};
use crate::corpus::CheckOutcome;
use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{self as report, Alert, FileLocation};

/// New findings to go through.
#[derive(Debug, ClapArgs)]
pub(super) struct ReviewOptions {
    #[command(flatten)]
    pub(super) corpus: CorpusOptions,
    /// Who decides [default: user.name of git]
    #[arg(long, value_name = "NAME", value_parser = parse_nonempty_text)]
    pub(super) author: Option<String>,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
}

const KEY_HELP: &str = "a accept, s skip, o open in the editor, q quit";

pub(super) fn run(options: &ReviewOptions) -> Result<Exit> {
    let config = check::read_config(&options.corpus)?;
    let mut opened = check::open_corpus(&options.corpus, config, false)?;
    let outcome = check::check_with_progress(&options.corpus, &mut opened, None)?;
    for (story, why) in outcome.checked.failed_stories() {
        output::print_message(&format!("{}: failed: {why}", story.name));
    }
    let new: Vec<(&str, &Alert)> = outcome.new_findings().collect();
    let mut input = io::stdin().lock().lines();
    let (mut accepted, mut handled) = (0, 0);
    'findings: for (k, (file, alert)) in new.iter().enumerate() {
        output::write_stdout(|out| {
            writeln!(out, "{} of {}", k + 1, new.len())?;
            report::write_finding(alert, output::stdout_style(&options.layout), out)
        })?;
        loop {
            match ask_line(KEY_HELP, &mut input)?.as_deref() {
                Some("a") => {
                    let Some(reason) = ask_line("reason", &mut input)?.filter(|reason| !reason.is_empty())
                    else {
                        output::print_message("not accepted: no reason was given");
                        continue;
                    };
                    let author = accept::accepting_author(&options.corpus, options.author.as_deref())?;
                    let files = BTreeSet::from([(*file).to_owned()]);
                    let acceptance = Acceptance {
                        id: &alert.id,
                        files: &files,
                        reason: &reason,
                        author: &author,
                        expires: None,
                    };
                    accept::write_acceptance(&opened.config, &acceptance)?;
                    accepted += 1;
                }
                Some("s" | "") => {}
                Some("o") => {
                    open_in_editor(&alert.at);
                    continue;
                }
                Some("q") | None => break 'findings,
                Some(_) => continue,
            }
            handled += 1;
            break;
        }
    }
    let left = new.len() - accepted;
    output::write_stdout(|out| {
        writeln!(out, "{accepted} accepted, {} skipped, {left} left", handled - accepted)
    })?;
    Ok(review_exit(&outcome, left))
}

fn review_exit(outcome: &CheckOutcome, left: usize) -> Exit {
    if outcome.checked.failed_stories().next().is_some() {
        Exit::CouldNotRun
    } else if left > 0 {
        Exit::Findings
    } else if outcome.is_empty {
        Exit::NothingToCompare
    } else {
        Exit::Clean
    }
}

/// Asks for a line; `None` at the end of the input.
fn ask_line(what: &str, input: &mut impl Iterator<Item = io::Result<String>>) -> Result<Option<String>> {
    output::write_stdout(|out| write!(out, "{what}> "))?;
    let line = input.next().transpose().map_err(|e| {
        Error::new(ErrorKind::Input, "standard input: the answer cannot be read").with_cause(e)
    })?;
    Ok(line.map(|line| line.trim().to_owned()))
}

/// Opens the editor that `VISUAL` or `EDITOR` names at the line of the finding, and waits for it.
fn open_in_editor(spot: &FileLocation) {
    let Some(editor) = env::var("VISUAL").ok().or_else(|| env::var("EDITOR").ok()) else {
        output::print_message("no editor is known: set VISUAL or EDITOR");
        return;
    };
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    let run = command.args(words).arg(format!("+{}", spot.start.0)).arg(&spot.path).status();
    if let Err(e) = run {
        output::print_message(&format!("{editor} cannot be run: {e}"));
    }
}
