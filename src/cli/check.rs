//! `check`: a corpus to verdicts.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::{self, Check, CheckFormat, CheckSchema, ExitStatus, Layout, Theme};
use super::exit::Exit;
use super::{git, input, model, output};
use crate::claims::Date;
use crate::corpus::{self, Baseline, Cache, Config, Job, Listed, Outcome};
use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{self as report, CheckFormat as Format, Verdict};

/// The baseline of a corpus whose configuration names none.
const BASELINE: &str = "claimdiff-baseline.json";

/// A corpus with its configuration and its baseline.
pub(super) struct Opened {
    pub(super) config: Config,
    baseline_path: PathBuf,
    baseline: Option<Baseline>,
}

pub(super) fn run(options: &Check) -> Result<Exit> {
    if let Some(schema) = options.print_schema {
        let text = match schema {
            CheckSchema::Config => corpus::CONFIG_SCHEMA,
            CheckSchema::Case => corpus::CASE_SCHEMA,
            CheckSchema::Report => report::SCHEMA,
        };
        output::print(|out| out.write_all(text.as_bytes()))?;
        return Ok(Exit::Clean);
    }
    let config = config(&options.corpus)?;
    if options.dump_config {
        let text = config.dump()?;
        output::print(|out| out.write_all(text.as_bytes()))?;
        return Ok(Exit::Clean);
    }
    let changed = changed(options)?;
    if options.list {
        return list(&corpus::list(&options.corpus.folder, &config, changed.as_ref())?);
    }
    let mut opened = open(&options.corpus, config, options.write_baseline)?;
    // Before the long run, so that a place that cannot be written fails at once.
    let file = options.output.as_deref().map(output::writable).transpose()?;
    let outcome = check(&options.corpus, &mut opened, changed.as_ref())?;
    if options.write_baseline {
        return write_baseline(&outcome, &opened);
    }
    let format = match options.format {
        CheckFormat::Text if file.is_some() => Format::Text(output::plain(options.color)),
        CheckFormat::Text => {
            Format::Text(output::style(&Layout { color: options.color, theme: Theme::Default, width: None }))
        }
        CheckFormat::Json => Format::Json,
        CheckFormat::Sarif => Format::Sarif,
        CheckFormat::Junit => Format::Junit,
        CheckFormat::Github => Format::Github,
        CheckFormat::Markdown => Format::Markdown,
        CheckFormat::Csv => Format::Csv,
        CheckFormat::Html => Format::Html,
    };
    output::write(file, |out| report::write_check(&outcome.checked, format, out))?;
    if outcome.is_empty {
        output::message(&format!(
            "no story in {}: a story is a folder with two or more versions of an article",
            options.corpus.folder.display()
        ));
    }
    Ok(exit(&outcome, options))
}

fn exit(outcome: &Outcome, options: &Check) -> Exit {
    let exit = match outcome.checked.verdict() {
        Verdict::Failed => return Exit::CouldNotRun,
        Verdict::Findings => Exit::Findings,
        Verdict::CannotTell => Exit::CannotTell,
        Verdict::Clean if outcome.is_empty => Exit::NothingToCompare,
        Verdict::Clean => Exit::Clean,
    };
    match options.exit_status {
        ExitStatus::Never => Exit::Clean,
        ExitStatus::Auto if options.format == CheckFormat::Sarif => Exit::Clean,
        ExitStatus::Auto | ExitStatus::Always => exit,
    }
}

/// The configuration that is named, or else the nearest.
pub(super) fn config(options: &args::Corpus) -> Result<Config> {
    match &options.config {
        Some(file) => Config::read(file, &options.folder),
        None => Config::find(&options.folder),
    }
}

/// The configuration with its baseline; one that is only about to be written may be missing.
pub(super) fn open(options: &args::Corpus, config: Config, may_be_missing: bool) -> Result<Opened> {
    let named = options.baseline.as_ref().or(config.baseline.as_ref());
    let baseline_path = named.cloned().unwrap_or_else(|| config.folder.join(BASELINE));
    let is_there = baseline_path.symlink_metadata().is_ok();
    let baseline = if is_there || (named.is_some() && !may_be_missing) {
        Some(Baseline::read(&baseline_path)?)
    } else {
        None
    };
    Ok(Opened { config, baseline_path, baseline })
}

/// Checks a corpus, with a bar on a terminal.
pub(super) fn check(
    options: &args::Corpus,
    opened: &mut Opened,
    changed: Option<&BTreeSet<PathBuf>>,
) -> Result<Outcome> {
    let encoder = model::open(&options.model)?;
    let glossary = opened.config.glossary.as_deref().map(|path| path.to_string_lossy().into_owned());
    let (glossary, written) = input::glossary_as_written(glossary.as_deref())?;
    let cache = if options.no_cache { None } else { cache(options, written) };
    let bar = output::bar("checking");
    let job = Job {
        corpus: &options.folder,
        config: &opened.config,
        changed,
        today: options.today.map_or_else(today, Ok)?,
        encoder: &encoder,
        glossary: &glossary,
        cache: cache.as_ref(),
        progress: &|done, all| bar.set_position((done * 100 / all.max(1)) as u64),
    };
    let outcome = corpus::check(&job, opened.baseline.as_mut());
    bar.finish_and_clear();
    outcome
}

/// Today in UTC.
fn today() -> Result<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds / 86_400)
        .ok()
        .and_then(Date::from_days)
        .ok_or_else(|| Error::new(ErrorKind::Input, "the clock is off").advise("set it, or give --today"))
}

/// The cache, where there is a folder for it and this build of the program can be told from every other.
fn cache(options: &args::Corpus, glossary: String) -> Option<Cache> {
    let folder = options.cache_dir.clone().or_else(|| Some(model::cache().ok()?.join("compared")))?;
    let program = env::current_exe().ok()?.metadata().ok()?;
    let built = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Cache::open(&folder, &format!("{} {}", program.len(), built.as_nanos()), glossary))
}

/// The files that are selected, without links.
fn changed(options: &Check) -> Result<Option<BTreeSet<PathBuf>>> {
    if let Some(revision) = &options.changed_since {
        return git::changed_since(&options.corpus.folder, revision).map(Some);
    }
    let Some(names) = &options.files else { return Ok(None) };
    let mut input = String::new();
    if names.iter().any(|name| name == "-") {
        io::stdin().lock().read_to_string(&mut input).map_err(|e| {
            Error::new(ErrorKind::Input, "standard input: the names of the files cannot be read").because(e)
        })?;
    }
    let read = input.split(['\n', '\0']).map(|name| name.trim_end_matches('\r'));
    let names = names.iter().map(String::as_str).filter(|name| *name != "-").chain(read);
    // A file that was deleted is no version any more.
    let real = names.filter(|name| !name.is_empty()).filter_map(|name| Path::new(name).canonicalize().ok());
    Ok(Some(real.collect()))
}

fn list(listed: &[Listed]) -> Result<Exit> {
    let mut exit = if listed.iter().any(|l| matches!(l, Listed::Pair(..))) {
        Exit::Clean
    } else {
        Exit::NothingToCompare
    };
    output::print(|out| {
        for line in listed {
            let line = match line {
                Listed::Pair(a, b) => format!("{b} against {a}"),
                Listed::LeftOut(path, why) => format!("{path} left out: {why}"),
                Listed::Failed(story, why) => {
                    exit = Exit::CouldNotRun;
                    format!("{story} failed: {why}")
                }
            };
            writeln!(out, "{}", crate::report::escape::terminal(&line))?;
        }
        Ok(())
    })?;
    Ok(exit)
}

/// Writes the baseline and says all that changes in it: nothing gets in unseen.
fn write_baseline(outcome: &Outcome, opened: &Opened) -> Result<Exit> {
    let failed: Vec<String> =
        outcome.checked.failures().map(|(story, why)| format!("{}: {why}", story.name)).collect();
    if !failed.is_empty() {
        return Err(Error::new(
            ErrorKind::Corpus,
            format!("the baseline is not written, since not all could be checked: {}", failed.join("; ")),
        )
        .advise("mend these stories first, or leave them out with exclude in claimdiff.toml"));
    }
    let (baseline, taken) = outcome.baseline(opened.baseline.as_ref().unwrap_or(&Baseline::default()));
    baseline.write(&opened.baseline_path)?;
    output::print(|out| {
        for (mark, lines) in [("+", &taken.new), ("-", &taken.dropped)] {
            for line in lines {
                writeln!(out, "{mark} {}", crate::report::escape::terminal(line))?;
            }
        }
        writeln!(
            out,
            "{}: {} new, {} kept, {} dropped",
            opened.baseline_path.display(),
            taken.new.len(),
            taken.kept,
            taken.dropped.len()
        )
    })?;
    Ok(Exit::Clean)
}
