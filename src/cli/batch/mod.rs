//! `batch`: a stream of pairs of articles to a stream of results.

mod done;

const AFTER_BATCH: &str = "\
A record is a line such as
  {\"id\": \"p0\", \"a\": \"one text\", \"b\": \"the other\"}
  {\"id\": 7, \"a_path\": \"report.en.txt\", \"b_path\": \"report.de.html\", \"b_lang\": \"de\"}
where a is the reference; date is a key too, and others are passed over. Its result is a line with
id, scores, languages, parallel, findings and unclear, as compare --format json has them. A record
that cannot be compared has {\"id\", \"line\", \"error\"} in its place. Every line that is not empty is
answered once, so an id that stands twice is answered twice. A line may have 16 MiB.

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
pub(super) struct Batch {
    /// Records, one a line; - is standard input
    #[arg(value_name = "PAIRS")]
    pub(super) file: String,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value_t = Level::Medium)]
    pub(super) level: Level,
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
mod pump;
mod record;

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
use crate::cli::options::{Level, ModelOptions, Reading};
use crate::error::{Error, ErrorKind, Result};
use done::Done;
use record::{Answer, Common};

/// What became of the lines.
struct Counts {
    compared: usize,
    errors: usize,
    skipped: usize,
    since: Instant,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = self.compared as f64 / self.since.elapsed().as_secs_f64().max(1e-3);
        let Self { compared, errors, skipped, .. } = self;
        write!(f, "{compared} compared, {errors} errors, {skipped} skipped, {rate:.1} a second")
    }
}

pub(super) fn run(options: &Batch) -> Result<Exit> {
    let glossary = input::glossary(options.reading.glossary.as_deref())?;
    let name = input::name(&options.file).to_owned();
    let source = input::open(&options.file)?;
    let done = options.skip_done.as_deref().map(Done::read).transpose()?.unwrap_or_default();
    let encoder = model::open(&options.model)?;
    let mut out = Out::open(options, &done)?;
    let (stop, signal) = signals()?;
    let common = Common {
        encoder: &encoder,
        glossary: &glossary,
        reading: &options.reading,
        level: options.level.into(),
        alignment: options.alignment,
        done: &done,
    };
    let bar = bar(options);
    let mut counts = Counts { compared: 0, errors: 0, skipped: 0, since: Instant::now() };
    let read = move |each: &mut dyn FnMut(lines::Line) -> bool| {
        lines::read(BufReader::new(source), each)
            .map_err(|e| Error::new(ErrorKind::Input, format!("{name}: cannot be read")).because(e))
    };
    let write = |answer| {
        match answer {
            Answer::Compared(bytes) => {
                out.write(&bytes)?;
                counts.compared += 1;
            }
            Answer::Failed(bytes) => {
                out.write(&bytes)?;
                counts.errors += 1;
            }
            Answer::Skipped => counts.skipped += 1,
        }
        bar.set_message(counts.to_string());
        Ok(())
    };
    let pumped = pump::pump(read, |line| record::answer(&line, &common), write, options.ordered, &stop);
    bar.finish_and_clear();
    pumped?;
    if !options.quiet {
        output::message(&counts.to_string());
    }
    Ok(match signal.load(Ordering::Relaxed) as u8 {
        0 if counts.errors == 0 => Exit::Clean,
        0 => Exit::CouldNotRun,
        signal => Exit::Stopped(signal),
    })
}

/// Set by the first signal to stop, with its number. A second one ends the program at once.
fn signals() -> Result<(Arc<AtomicBool>, Arc<AtomicUsize>)> {
    let (stop, number) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 128 + signal, stop.clone())
            .and_then(|_| flag::register_usize(signal, number.clone(), signal as usize))
            .and_then(|_| flag::register(signal, stop.clone()))
            .map_err(|e| Error::new(ErrorKind::Input, "signals cannot be caught").because(e))?;
    }
    Ok((stop, number))
}

/// How far it is, where standard error is a terminal that does not show the results as well.
fn bar(options: &Batch) -> ProgressBar {
    if options.quiet || (options.output.is_none() && io::stdout().is_terminal()) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Where results go: each with one call, so that a kill tears none but the last.
enum Out<'a> {
    Stdout,
    File(&'a Path, File),
}

impl<'a> Out<'a> {
    /// Opens the output. A file is emptied, unless it is the one whose results are skipped: that one is continued,
    /// after what was torn at its end is cut, also where it is standard output.
    fn open(options: &'a Batch, done: &Done) -> Result<Self> {
        let out = match &options.output {
            Some(path) => Self::File(path, output::append(path)?),
            None => Self::Stdout,
        };
        out.prepare(options, done).map_err(|e| out.failed(e))?;
        Ok(out)
    }

    fn prepare(&self, options: &Batch, done: &Done) -> io::Result<()> {
        let handle = match self {
            Self::Stdout => Handle::stdout()?,
            Self::File(_, file) => Handle::from_file(file.try_clone()?)?,
        };
        let is = |path: &Path| Handle::from_path(path).is_ok_and(|other| other == handle);
        if is(Path::new(&options.file)) {
            return Err(io::Error::other("it is the input"));
        }
        if options.skip_done.as_deref().is_some_and(is) {
            return handle.as_file().set_len(done.whole);
        }
        match self {
            Self::File(_, file) if file.metadata()?.is_file() => file.set_len(0),
            _ => Ok(()),
        }
    }

    fn write(&mut self, line: &[u8]) -> Result<()> {
        let written = match self {
            Self::Stdout => io::stdout().write_all(line),
            Self::File(_, file) => file.write_all(line),
        };
        written.map_err(|e| self.failed(e))
    }

    fn failed(&self, cause: io::Error) -> Error {
        match self {
            Self::Stdout => output::unprinted(cause),
            Self::File(path, _) => output::unwritten(path, cause),
        }
    }
}
