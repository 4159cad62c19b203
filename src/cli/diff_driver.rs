//! `diff-driver`: what git calls for each changed article.

use std::io::Write as _;

use clap::Args as ClapArgs;

use super::exit::Exit;
use super::options::{LayoutOptions, ModelOptions, ReportLevel};
use super::{input, model, output};
use crate::divergence::{self, Version};
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::garble::{GarbleJudgement, judge_garbling};
use crate::report::{self, Report, ReportPart, escape};

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
pub(super) struct DiffDriverOptions {
    /// The old file and the new one; or what git gives: name, old file, its hash and mode, new file, its hash and mode
    #[arg(value_name = "ARG", num_args = 2..=9, required = true)]
    pub(super) args: Vec<String>,
    /// Show findings of this severity and above
    #[arg(long, value_enum, default_value_t = ReportLevel::Low)]
    pub(super) level: ReportLevel,
    #[command(flatten)]
    pub(super) layout: LayoutOptions,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

/// The path that git gives for a missing file, on every system.
const ABSENT_FILE: &str = "/dev/null";

pub(super) fn run(options: &DiffDriverOptions) -> Result<Exit> {
    let [old_name, new_name, old, new] = parse_git_arguments(&options.args)?;
    if old == ABSENT_FILE || new == ABSENT_FILE {
        let (name, what) = if old == ABSENT_FILE { (new_name, "new") } else { (old_name, "deleted") };
        output::write_stdout(|out| writeln!(out, "{} is {what}", escape::escape_terminal(name)))?;
        return Ok(Exit::Clean);
    }
    let versions = [old, new]
        .into_iter()
        .map(|file| input::read_article(file, None).map(Version::new))
        .collect::<Result<Vec<_>>>()?;
    let encoder = model::open_encoder(&options.model)?;
    let comparisons = [divergence::compare_versions(&versions[0], &versions[1], &encoder)?];
    let garbles: Vec<GarbleJudgement> = versions.iter().map(judge_garbling).collect();
    let report = Report {
        paths: &[format!("a/{old_name}"), format!("b/{new_name}")],
        versions: &versions,
        garbles: &garbles,
        comparisons: &comparisons,
        encoder: encoder.encoder_identity(),
        level: options.level.into(),
    };
    output::write_stdout(|out| {
        report::write_text(&report, Some(ReportPart::Findings), output::stdout_style(&options.layout), out)
    })?;
    Ok(Exit::Clean)
}

/// The display names of the old and the new file, then their paths. An external diff gets name, old file, hash, mode,
/// new file, hash, mode, and after a move the new name and a summary, or the name only for a file in conflict, see
/// git(1) on `GIT_EXTERNAL_DIFF`. A difftool gets the two files.
fn parse_git_arguments(args: &[String]) -> Result<[&str; 4]> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [old, new] => Ok([old, new, old, new]),
        [name, old, _, _, new, _, _] => Ok([name, name, old, new]),
        [name, old, _, _, new, _, _, moved, _] => Ok([name, moved, old, new]),
        _ => Err(Error::new(ErrorKind::Input, format!("{} arguments are not what git gives", args.len()))
            .with_advice("give two files, or the seven arguments of an external diff")),
    }
}
