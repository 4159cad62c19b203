//! `diff-driver`: what git calls for each changed article.

use std::io::Write as _;

use clap::Args as ClapArgs;

use super::exit::Exit;
use super::options::{Layout, Level, ModelOptions};
use super::{input, model, output};
use crate::divergence::{self, Version};
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::garble::{Garble, garble};
use crate::report::{self, Part, Report, escape};

const AFTER_DIFF_DRIVER: &str = "\
Examples:
  git config diff.article.command 'claimdiff diff-driver'
          With the line '*.txt diff=article' in .gitattributes git diff shows the claims that changed
  git difftool --extcmd 'claimdiff diff-driver' HEAD~1 -- report.txt
          Show it once

Exit status:
  0  shown, whatever was found: git takes anything else for a failure
  2  could not run";

/// What git hands to an external diff, or a difftool.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_DIFF_DRIVER)]
pub(super) struct DiffDriver {
    /// The old file and the new one; or what git gives: name, old file, its hash and mode, new file, its hash and mode
    #[arg(value_name = "ARG", num_args = 2..=9, required = true)]
    pub(super) args: Vec<String>,
    /// Show findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Low)]
    pub(super) level: Level,
    #[command(flatten)]
    pub(super) layout: Layout,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// What git names as the file that is not there, on every system.
const NOTHING: &str = "/dev/null";

pub(super) fn run(options: &DiffDriver) -> Result<Exit> {
    let [old_name, new_name, old, new] = files(&options.args)?;
    if old == NOTHING || new == NOTHING {
        let (name, what) = if old == NOTHING { (new_name, "new") } else { (old_name, "deleted") };
        output::print(|out| writeln!(out, "{} is {what}", escape::terminal(name)))?;
        return Ok(Exit::Clean);
    }
    let versions = [old, new]
        .into_iter()
        .map(|file| input::article(file, None).map(Version::new))
        .collect::<Result<Vec<_>>>()?;
    let encoder = model::open(&options.model)?;
    let comparisons = [divergence::compare(&versions[0], &versions[1], &encoder)?];
    let garbles: Vec<Garble> = versions.iter().map(garble).collect();
    let report = Report {
        paths: &[format!("a/{old_name}"), format!("b/{new_name}")],
        versions: &versions,
        garbles: &garbles,
        comparisons: &comparisons,
        encoder: encoder.identity(),
        level: options.level.into(),
    };
    output::print(|out| {
        report::write_text(&report, Some(Part::Findings), output::style(&options.layout), out)
    })?;
    Ok(Exit::Clean)
}

/// The names of the two files as people see them, then the files. Git gives name, old file, hash, mode, new file, hash,
/// mode, and after a move the new name and a summary; or the name alone for a file that is in conflict. A difftool
/// gets the two files.
fn files(args: &[String]) -> Result<[&str; 4]> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [old, new] => Ok([old, new, old, new]),
        [name, old, _, _, new, _, _] => Ok([name, name, old, new]),
        [name, old, _, _, new, _, _, moved, _] => Ok([name, moved, old, new]),
        _ => Err(Error::new(ErrorKind::Input, format!("{} arguments are not what git gives", args.len()))
            .advise("give two files, or the seven arguments of an external diff")),
    }
}
