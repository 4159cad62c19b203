//! `check`: checks a corpus of stories against configuration and baseline.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args as ClapArgs, ValueEnum};

use super::exit::Exit;
use super::options::{CorpusOptions, LayoutOptions, ThemeOption};
use super::{git, input, model, output};
use crate::claims::Date;
use crate::corpus::{self, Baseline, CheckJob, CheckOutcome, ComparisonCache, CorpusConfig, ListedVersion};
use crate::encode;
use crate::error::{Error, ErrorKind, Result};
use crate::report::check::{self as report, CheckFormat as Format, CheckVerdict};

const AFTER_CHECK: &str = "\
Examples:
  claimdiff check corpus --list
          Say what would be compared with what
  claimdiff check corpus --write-baseline
          Take in what is found today; from then on only new findings count
  claimdiff check corpus --changed-since origin/main --format github
          Check what a pull request changes

A story is a folder with two or more versions of one article. The others are measured against the one
that case.toml names as reference, else the one called source or reference, else the oldest.

Exit status:
  0  nothing new found
  1  new findings
  2  could not run, or not on every story
  3  nothing to compare: no story in the folder
  4  nothing new found, but some versions have too little in common to judge
With --exit-status never 1, 3 and 4 become 0.";

/// A corpus to check.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_CHECK)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) corpus: CorpusOptions,
    /// Check versions that differ from where the current branch left this revision; needs git
    #[arg(long, value_name = "REV", help_heading = "Selection")]
    pub(super) changed_since: Option<String>,
    /// Check these files alone, and the stories whose reference is among them; - reads names from standard input
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "changed_since", help_heading = "Selection")]
    pub(super) files: Option<Vec<String>>,
    /// Print what would be compared with what, and compare nothing
    #[arg(long, help_heading = "Selection")]
    pub(super) list: bool,
    /// Take everything that is found into the baseline
    #[arg(long, conflicts_with_all = ["changed_since", "files", "list"])]
    pub(super) write_baseline: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Whether findings, doubts and an empty corpus have exit statuses of their own
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ExitStatus::Auto)]
    pub(super) exit_status: ExitStatus,
    /// Print the configuration that holds, and check nothing
    #[arg(long, help_heading = "Configuration")]
    pub(super) dump_config: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    pub(super) color: clap::ColorChoice,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExitStatus {
    /// In every format but sarif, whose readers take them for a failed run
    Auto,
    /// In every format
    Always,
    /// In none
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// One line a finding, path:line:column first
    Text,
    /// One JSON document, schema claimdiff.check/1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for build servers: a case a pair of versions
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// A comment on a pull request
    Markdown,
    /// A sheet, a row a finding
    Csv,
    /// One page for a browser: an index over the stories, with their findings
    Html,
}

/// File name of the baseline of a corpus whose configuration names none.
const DEFAULT_BASELINE: &str = "claimdiff-baseline.json";

/// A corpus with its configuration and its baseline.
pub(super) struct OpenedCorpus {
    pub(super) config: CorpusConfig,
    baseline_path: PathBuf,
    baseline: Option<Baseline>,
}

pub(super) fn run(options: &CheckOptions) -> Result<Exit> {
    let config = read_config(&options.corpus)?;
    if options.dump_config {
        let text = config.dump_toml()?;
        output::write_stdout(|out| out.write_all(text.as_bytes()))?;
        return Ok(Exit::Clean);
    }
    let changed = selected_files(options)?;
    if options.list {
        return print_listing(&corpus::list_comparisons(&options.corpus.folder, &config, changed.as_ref())?);
    }
    let mut opened = open_corpus(&options.corpus, config, options.write_baseline)?;
    // Before the long run, so that an output that cannot be written fails at once.
    let file = options.output.as_deref().map(output::check_writable).transpose()?;
    let outcome = check_with_progress(&options.corpus, &mut opened, changed.as_ref())?;
    if options.write_baseline {
        return write_baseline(&outcome, &opened);
    }
    let format = match options.format {
        CheckFormat::Text if file.is_some() => Format::Text(output::file_style(options.color)),
        CheckFormat::Text => Format::Text(output::stdout_style(&LayoutOptions {
            color: options.color,
            theme: ThemeOption::Default,
            width: None,
        })),
        CheckFormat::Json => Format::Json,
        CheckFormat::Sarif => Format::Sarif,
        CheckFormat::Junit => Format::Junit,
        CheckFormat::Github => Format::Github,
        CheckFormat::Markdown => Format::Markdown,
        CheckFormat::Csv => Format::Csv,
        CheckFormat::Html => Format::Html,
    };
    output::write_output(file, |out| report::write_check(&outcome.checked, format, out))?;
    if outcome.is_empty {
        output::print_message(&format!(
            "no story in {}: a story is a folder with two or more versions of an article",
            options.corpus.folder.display()
        ));
    }
    Ok(check_exit(&outcome, options))
}

fn check_exit(outcome: &CheckOutcome, options: &CheckOptions) -> Exit {
    let exit = match outcome.checked.corpus_verdict() {
        CheckVerdict::Failed => return Exit::CouldNotRun,
        CheckVerdict::Findings => Exit::Findings,
        CheckVerdict::Unclear => Exit::CannotTell,
        CheckVerdict::Clean if outcome.is_empty => Exit::NothingToCompare,
        CheckVerdict::Clean => Exit::Clean,
    };
    match options.exit_status {
        ExitStatus::Never => Exit::Clean,
        ExitStatus::Auto if options.format == CheckFormat::Sarif => Exit::Clean,
        ExitStatus::Auto | ExitStatus::Always => exit,
    }
}

/// The configuration that the options name, or else the nearest.
pub(super) fn read_config(options: &CorpusOptions) -> Result<CorpusConfig> {
    match &options.config {
        Some(file) => CorpusConfig::read_file(file, &options.folder),
        None => CorpusConfig::find_nearest(&options.folder),
    }
}

/// Opens the baseline of a configuration. `may_be_missing` is for a run that writes it.
///
/// # Errors
/// If a named baseline is missing, or any is broken.
pub(super) fn open_corpus(
    options: &CorpusOptions,
    config: CorpusConfig,
    may_be_missing: bool,
) -> Result<OpenedCorpus> {
    let named = options.baseline.as_ref().or(config.baseline.as_ref());
    let baseline_path = named.cloned().unwrap_or_else(|| config.folder.join(DEFAULT_BASELINE));
    let is_there = baseline_path.symlink_metadata().is_ok();
    let baseline = if is_there || (named.is_some() && !may_be_missing) {
        Some(Baseline::read_file(&baseline_path)?)
    } else {
        None
    };
    Ok(OpenedCorpus { config, baseline_path, baseline })
}

/// Checks a corpus, with a progress bar on a terminal.
pub(super) fn check_with_progress(
    options: &CorpusOptions,
    opened: &mut OpenedCorpus,
    changed: Option<&BTreeSet<PathBuf>>,
) -> Result<CheckOutcome> {
    let encoder = model::open_encoder(&options.model)?;
    let glossary = opened.config.glossary.as_deref().map(|path| path.to_string_lossy().into_owned());
    let (glossary, glossary_source) = input::read_glossary_with_source(glossary.as_deref())?;
    let cache = if options.no_cache { None } else { open_cache(options, glossary_source) };
    let bar = output::progress_bar("checking");
    let job = CheckJob {
        corpus: &options.folder,
        config: &opened.config,
        changed,
        today: options.today.map_or_else(today_utc, Ok)?,
        encoder: &encoder,
        glossary: &glossary,
        cache: cache.as_ref(),
        progress: &|done, all| bar.set_position((done * 100 / all.max(1)) as u64),
    };
    let outcome = corpus::check_corpus(&job, opened.baseline.as_mut());
    bar.finish_and_clear();
    outcome
}

/// The current day in UTC.
fn today_utc() -> Result<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds / 86_400).ok().and_then(Date::from_epoch_days).ok_or_else(|| {
        Error::new(ErrorKind::Input, "the clock is off").with_advice("set it, or give --today")
    })
}

/// The cache, where there is a folder for it and this build of the program can be distinguished from every other.
fn open_cache(options: &CorpusOptions, glossary: String) -> Option<ComparisonCache> {
    let folder = options.cache_dir.clone().or_else(|| Some(encode::cache_folder().ok()?.join("compared")))?;
    let program = env::current_exe().ok()?.metadata().ok()?;
    let build_time = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(ComparisonCache::open_folder(
        &folder,
        &format!("{} {}", program.len(), build_time.as_nanos()),
        glossary,
    ))
}

/// The selected files with symbolic links resolved; `None` selects all.
fn selected_files(options: &CheckOptions) -> Result<Option<BTreeSet<PathBuf>>> {
    if let Some(revision) = &options.changed_since {
        return git::files_changed_since(&options.corpus.folder, revision).map(Some);
    }
    let Some(names) = &options.files else { return Ok(None) };
    let mut input = String::new();
    if names.iter().any(|name| name == "-") {
        io::stdin().lock().read_to_string(&mut input).map_err(|e| {
            Error::new(ErrorKind::Input, "standard input: the names of the files cannot be read")
                .with_cause(e)
        })?;
    }
    let read_names = input.split(['\n', '\0']).map(|name| name.trim_end_matches('\r'));
    let names = names.iter().map(String::as_str).filter(|name| *name != "-").chain(read_names);
    // A deleted file is no version any more.
    let real_paths =
        names.filter(|name| !name.is_empty()).filter_map(|name| Path::new(name).canonicalize().ok());
    Ok(Some(real_paths.collect()))
}

fn print_listing(listed: &[ListedVersion]) -> Result<Exit> {
    let mut exit = if listed.iter().any(|l| matches!(l, ListedVersion::Pair(..))) {
        Exit::Clean
    } else {
        Exit::NothingToCompare
    };
    output::write_stdout(|out| {
        for line in listed {
            let line = match line {
                ListedVersion::Pair(a, b) => format!("{b} against {a}"),
                ListedVersion::LeftOut(path, why) => format!("{path} left out: {why}"),
                ListedVersion::Failed(story, why) => {
                    exit = Exit::CouldNotRun;
                    format!("{story} failed: {why}")
                }
            };
            writeln!(out, "{}", crate::report::escape::escape_terminal(&line))?;
        }
        Ok(())
    })?;
    Ok(exit)
}

/// Writes the baseline and prints every entry that it gains or loses.
fn write_baseline(outcome: &CheckOutcome, opened: &OpenedCorpus) -> Result<Exit> {
    let failed: Vec<String> =
        outcome.checked.failed_stories().map(|(story, why)| format!("{}: {why}", story.name)).collect();
    if !failed.is_empty() {
        return Err(Error::new(
            ErrorKind::Corpus,
            format!("the baseline is not written, since not all could be checked: {}", failed.join("; ")),
        )
        .with_advice("mend these stories first, or leave them out with exclude in claimdiff.toml"));
    }
    let (baseline, taken) = outcome.renew_baseline(opened.baseline.as_ref().unwrap_or(&Baseline::default()));
    baseline.write_file(&opened.baseline_path)?;
    output::write_stdout(|out| {
        for (mark, lines) in [("+", &taken.new), ("-", &taken.dropped)] {
            for line in lines {
                writeln!(out, "{mark} {}", crate::report::escape::escape_terminal(line))?;
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
