//! `diff-driver`: what git calls for each changed article.

use std::io::Write as _;

use super::args::DiffDriver;
use super::exit::Exit;
use super::{input, model, output};
use crate::divergence::garble::{Garble, garble};
use crate::divergence::{self, Version};
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{self, Part, Report, escape};

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
