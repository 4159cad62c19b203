//! `batch`: compares a stream of pairs of articles.

mod resume;

const AFTER_BATCH: &str = "\
A record is a line such as
  {\"id\": \"p0\", \"a\": \"one text\", \"b\": \"the other\"}
  {\"id\": 7, \"a_path\": \"report.en.txt\", \"b_path\": \"report.de.html\", \"b_lang\": \"de\"}
where a is the reference; date is a key too, and others are passed over. Its result is a line with
id, scores, languages, parallel, findings and unclear, as compare --format json has them. A record
that cannot be compared has {\"id\", \"line\", \"error\"} in its place. Every line that is not empty is
answered once, so an id that occurs twice is answered twice. A line may have 16 MiB.

Examples:
  claimdiff batch pairs.jsonl -o results.jsonl
          Compare all
  claimdiff batch pairs.jsonl --skip-done results.jsonl -o results.jsonl
          Go on after a stop, a kill or errors: cut what is torn at the end of the results, and
          compare what has none. What failed is tried again; the last line of an id counts
  zcat pairs.jsonl.gz | claimdiff batch - --ordered | gzip > results.jsonl.gz
          Compare a stream, and keep its order

SIGINT and SIGTERM finish what is begun and write it; a second one ends at once. Each thread works
on one record; RAYON_NUM_THREADS is their number [default: all cores] and changes no result.

Exit status:
  0    every record compared or skipped, whatever was found
  2    could not run, or not on every record
  130  stopped by SIGINT
  143  stopped by SIGTERM";

/// Many pairs to compare.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_BATCH)]
pub(super) struct BatchOptions {
    /// Records, one a line; - is standard input
    #[arg(value_name = "PAIRS")]
    pub(super) file: String,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value_t = ReportLevel::Medium)]
    pub(super) level: ReportLevel,
    /// Write the groups of sentences too
    #[arg(long)]
    pub(super) alignment: bool,
    /// Keep the order of the records; without it a result is written as soon as it is ready
    #[arg(long)]
    pub(super) ordered: bool,
    /// Leave out records whose id has a result in FILE, the output of an earlier run
    #[arg(long, value_name = "FILE")]
    pub(super) skip_done: Option<PathBuf>,
    /// Write to a file instead of standard output; the one of --skip-done is continued
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Print no progress and no counts at the end
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

pub(super) mod lines;
mod record;
mod worker_pool;

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use indicatif::ProgressBar;
use same_file::Handle;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Exit;
use super::{input, model, output};
use crate::cli::options::{ModelOptions, ReadingOptions, ReportLevel};
use crate::error::{Error, ErrorKind, Result};
use record::{BatchContext, LineOutcome};
use resume::FinishedIds;

/// Counts of the lines by outcome.
struct BatchCounts {
    compared: usize,
    errors: usize,
    skipped: usize,
    started: Instant,
}

impl fmt::Display for BatchCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = self.compared as f64 / self.started.elapsed().as_secs_f64().max(1e-3);
        let Self { compared, errors, skipped, .. } = self;
        write!(f, "{compared} compared, {errors} errors, {skipped} skipped, {rate:.1} a second")
    }
}

pub(super) fn run(options: &BatchOptions) -> Result<Exit> {
    let glossary = input::read_glossary(options.reading.glossary.as_deref())?;
    let source_name = input::input_name(&options.file).to_owned();
    let source = input::open_input(&options.file)?;
    let finished =
        options.skip_done.as_deref().map(FinishedIds::read_results).transpose()?.unwrap_or_default();
    let encoder = model::open_encoder(&options.model)?;
    let mut sink = ResultSink::open_output(options, &finished)?;
    let (stop, signal) = catch_signals()?;
    let common = BatchContext {
        encoder: &encoder,
        glossary: &glossary,
        reading: &options.reading,
        level: options.level.into(),
        alignment: options.alignment,
        finished: &finished,
    };
    let bar = progress_spinner(options);
    let mut counts = BatchCounts { compared: 0, errors: 0, skipped: 0, started: Instant::now() };
    let pool_result = worker_pool::run_jobs(
        move |each: &mut dyn FnMut(lines::InputLine) -> bool| {
            lines::read_lines(BufReader::new(source), each).map_err(|e| {
                Error::new(ErrorKind::Input, format!("{source_name}: cannot be read")).with_cause(e)
            })
        },
        |line| record::answer_line(&line, &common),
        |outcome| {
            sink.write_outcome(&outcome, &mut counts)?;
            bar.set_message(counts.to_string());
            Ok(())
        },
        options.ordered,
        &stop,
    );
    bar.finish_and_clear();
    pool_result?;
    if !options.quiet {
        output::print_message(&counts.to_string());
    }
    Ok(match signal.load(Ordering::Relaxed) as u8 {
        0 if counts.errors == 0 => Exit::Clean,
        0 => Exit::CouldNotRun,
        signal => Exit::Stopped(signal),
    })
}

/// A flag that the first SIGINT or SIGTERM sets, and the number of that signal. A second one ends the program at once.
fn catch_signals() -> Result<(Arc<AtomicBool>, Arc<AtomicUsize>)> {
    let (stop, number) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 128 + signal, stop.clone())
            .and_then(|_| flag::register_usize(signal, number.clone(), signal as usize))
            .and_then(|_| flag::register(signal, stop.clone()))
            .map_err(|e| Error::new(ErrorKind::Input, "signals cannot be caught").with_cause(e))?;
    }
    Ok((stop, number))
}

/// A progress display on standard error; hidden where the terminal shows the results as well.
fn progress_spinner(options: &BatchOptions) -> ProgressBar {
    if options.quiet || (options.output.is_none() && io::stdout().is_terminal()) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn is_same_file(path: &Path, handle: &Handle) -> bool {
    Handle::from_path(path).is_ok_and(|other| other == *handle)
}

/// Destination of the results. Each is written with one call, so that a kill can truncate the last one only.
enum ResultSink<'a> {
    Stdout,
    File(&'a Path, File),
}

impl<'a> ResultSink<'a> {
    /// Opens the output. A file is emptied, unless it is the one whose results are skipped: that one is continued after
    /// its truncated last line is removed, also where it is standard output.
    fn open_output(options: &'a BatchOptions, finished: &FinishedIds) -> Result<Self> {
        let out = match &options.output {
            Some(path) => Self::File(path, output::open_append(path)?),
            None => Self::Stdout,
        };
        out.prepare_output(options, finished).map_err(|e| out.output_error(e))?;
        Ok(out)
    }

    fn prepare_output(&self, options: &BatchOptions, finished: &FinishedIds) -> io::Result<()> {
        let handle = match self {
            Self::Stdout => Handle::stdout()?,
            Self::File(_, file) => Handle::from_file(file.try_clone()?)?,
        };
        if is_same_file(Path::new(&options.file), &handle) {
            return Err(io::Error::other("it is the input"));
        }
        if options.skip_done.as_deref().is_some_and(|path| is_same_file(path, &handle)) {
            return handle.as_file().set_len(finished.complete_bytes);
        }
        match self {
            Self::File(_, file) if file.metadata()?.is_file() => file.set_len(0),
            _ => Ok(()),
        }
    }

    /// Writes the line of an outcome, if it has one, and counts it.
    fn write_outcome(&mut self, outcome: &LineOutcome, counts: &mut BatchCounts) -> Result<()> {
        match outcome {
            LineOutcome::Compared(bytes) => {
                self.write_line(bytes)?;
                counts.compared += 1;
            }
            LineOutcome::Failed(bytes) => {
                self.write_line(bytes)?;
                counts.errors += 1;
            }
            LineOutcome::Skipped => counts.skipped += 1,
        }
        Ok(())
    }

    fn write_line(&mut self, line: &[u8]) -> Result<()> {
        let written = match self {
            Self::Stdout => io::stdout().write_all(line),
            Self::File(_, file) => file.write_all(line),
        };
        written.map_err(|e| self.output_error(e))
    }

    fn output_error(&self, cause: io::Error) -> Error {
        match self {
            Self::Stdout => output::stdout_error(cause),
            Self::File(path, _) => output::write_error(path, cause),
        }
    }
}
