//! Standard output and standard error: errors of writing, and what is safe to print on a terminal.

use std::fs::File;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::options::LayoutOptions;
use crate::atomic_file;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{Style, Theme, escape};

/// Runs `write` on buffered standard output and flushes it.
pub(super) fn write_stdout(
    write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> io::Result<()>,
) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(stdout_error)
}

pub(super) fn stdout_error(cause: io::Error) -> Error {
    Error::new(ErrorKind::Output, "writing to standard output failed").with_cause(cause)
}

/// Checks the path for [`write_output`] before a long run, so that one that cannot be written fails at once.
pub(super) fn check_writable(path: &Path) -> Result<&Path> {
    atomic_file::check_writable(path).map(|()| path).map_err(|e| write_error(path, e))
}

/// Opens a file for appending; creates it if it is missing.
pub(super) fn open_append(path: &Path) -> Result<File> {
    File::options().append(true).create(true).open(path).map_err(|e| write_error(path, e))
}

/// Runs `write` on a file, which is replaced as a whole or not at all, or on standard output for `None`.
pub(super) fn write_output(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let Some(path) = file else { return write_stdout(|out| write(out)) };
    atomic_file::replace_file(path, write).map_err(|e| write_error(path, e))
}

pub(super) fn write_error(path: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Output, format!("{}: cannot be written", path.display())).with_cause(cause)
}

/// An error with its causes, on one line.
pub(super) fn error_chain(error: &Error) -> String {
    error.cause_chain().fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// Prints a message on standard error. Control characters are escaped: a file's name or text cannot steer the terminal.
pub(super) fn print_message(text: &str) {
    let lines: Vec<String> = text.lines().map(escape::escape_terminal).collect();
    let _ = writeln!(io::stderr(), "claimdiff: {}", lines.join("\n"));
}

/// Prints a message that is no error on standard error.
pub(super) fn print_note(text: &str) {
    print_message(&format!("note: {text}"));
}

/// A progress bar on standard error, hidden where that is no terminal.
pub(super) fn progress_bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3}%");
    ProgressBar::new(100)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        .with_message(what)
}

/// Layout of text on standard output: by the options, else by the terminal.
pub(super) fn stdout_style(layout: &LayoutOptions) -> Style {
    let color = match layout.color {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        // Respects NO_COLOR, CLICOLOR_FORCE and whether standard output is a terminal.
        clap::ColorChoice::Auto => {
            anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    };
    let width = layout.width.or_else(|| Some(terminal_size::terminal_size_of(io::stdout())?.0.0));
    Style { width: usize::from(width.unwrap_or(80)), color, theme: layout.theme.into() }
}

/// Layout of text in a file: 80 columns, colours only if they are forced.
pub(super) fn file_style(color: clap::ColorChoice) -> Style {
    Style { width: 80, color: color == clap::ColorChoice::Always, theme: Theme::default() }
}
