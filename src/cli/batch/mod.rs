//! `batch`: a stream of pairs of articles to a stream of results.

mod done;
pub(super) mod lines;
mod pump;
mod record;

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use same_file::Handle;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::args::Batch;
use super::exit::Exit;
use super::{input, model, output};
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
