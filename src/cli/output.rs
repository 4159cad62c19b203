//! Standard output and standard error: one place that knows what a failed write means and what a terminal may see.

use std::io::{self, BufWriter, StdoutLock, Write};

use crate::error::{Error, ErrorKind, Result};
use crate::report::escape;

/// Runs `write` on buffered standard output and flushes it.
pub(super) fn print(write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(|e| Error::new(ErrorKind::Output, "writing to standard output failed").because(e))
}

/// Tells the user something on standard error. A file's name or text in it cannot steer the terminal.
pub(super) fn message(text: &str) {
    let lines: Vec<String> = text.lines().map(escape::terminal).collect();
    let _ = writeln!(io::stderr(), "claimdiff: {}", lines.join("\n"));
}

/// Tells the user something that is no error.
pub(super) fn note(text: &str) {
    message(&format!("note: {text}"));
}
