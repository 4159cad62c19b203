//! `review`: the new findings one by one, each with both sides, to accept or to leave.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead, Write};
use std::process::Command;

use clap::Args as ClapArgs;

use super::accept::{self, Acceptance};
use super::exit::Exit;
use super::options::{Corpus, Layout, words};
use super::{check, output};
use crate::corpus::Outcome;
use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{self as report, Alert, Spot};

/// New findings to go through.
#[derive(Debug, ClapArgs)]
pub(super) struct Review {
    #[command(flatten)]
    pub(super) corpus: Corpus,
    /// Who decides [default: user.name of git]
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub(super) author: Option<String>,
    #[command(flatten)]
    pub(super) layout: Layout,
}

const KEYS: &str = "a accept, s skip, o open in the editor, q quit";

pub(super) fn run(options: &Review) -> Result<Exit> {
    let config = check::config(&options.corpus)?;
    let mut opened = check::open(&options.corpus, config, false)?;
    let outcome = check::check(&options.corpus, &mut opened, None)?;
    for (story, why) in outcome.checked.failures() {
        output::message(&format!("{}: failed: {why}", story.name));
    }
    let new: Vec<(&str, &Alert)> = outcome.new_findings().collect();
    let mut input = io::stdin().lock().lines();
    let (mut accepted, mut seen) = (0, 0);
    'findings: for (k, (file, alert)) in new.iter().enumerate() {
        output::print(|out| {
            writeln!(out, "{} of {}", k + 1, new.len())?;
            report::write_finding(alert, output::style(&options.layout), out)
        })?;
        loop {
            match ask(KEYS, &mut input)?.as_deref() {
                Some("a") => {
                    let Some(reason) = ask("reason", &mut input)?.filter(|reason| !reason.is_empty()) else {
                        output::message("not accepted: no reason was given");
                        continue;
                    };
                    let author = accept::author(&options.corpus, options.author.as_deref())?;
                    let files = BTreeSet::from([(*file).to_owned()]);
                    let acceptance = Acceptance {
                        id: &alert.id,
                        files: &files,
                        reason: &reason,
                        author: &author,
                        expires: None,
                    };
                    accept::write(&opened.config, &acceptance)?;
                    accepted += 1;
                }
                Some("s" | "") => {}
                Some("o") => {
                    open(&alert.at);
                    continue;
                }
                Some("q") | None => break 'findings,
                Some(_) => continue,
            }
            seen += 1;
            break;
        }
    }
    let left = new.len() - accepted;
    output::print(|out| writeln!(out, "{accepted} accepted, {} skipped, {left} left", seen - accepted))?;
    Ok(exit(&outcome, left))
}

fn exit(outcome: &Outcome, left: usize) -> Exit {
    if outcome.checked.failures().next().is_some() {
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
fn ask(what: &str, input: &mut impl Iterator<Item = io::Result<String>>) -> Result<Option<String>> {
    output::print(|out| write!(out, "{what}> "))?;
    let line = input
        .next()
        .transpose()
        .map_err(|e| Error::new(ErrorKind::Input, "standard input: the answer cannot be read").because(e))?;
    Ok(line.map(|line| line.trim().to_owned()))
}

/// Opens the editor that the environment names, at the line, and waits for it.
fn open(spot: &Spot) {
    let Some(editor) = env::var("VISUAL").ok().or_else(|| env::var("EDITOR").ok()) else {
        output::message("no editor is known: set VISUAL or EDITOR");
        return;
    };
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    let run = command.args(words).arg(format!("+{}", spot.start.0)).arg(&spot.path).status();
    if let Err(e) = run {
        output::message(&format!("{editor} cannot be run: {e}"));
    }
}
