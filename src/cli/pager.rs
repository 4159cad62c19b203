//! The pager for text that is longer than the terminal's window, chosen as git chooses it.

use std::env;
use std::io::{self, ErrorKind as Io, Write};
use std::process::{Child, Command, Stdio};

use super::output;
use crate::error::{Error, ErrorKind, Result};

/// Options of `less` where the user has set none: quit if the text fits on one screen (F), pass colours through (R),
/// leave the text on the screen (X), quit at Ctrl-C, which ends this program too (K).
const LESS: &str = "FRXK";

/// Prints the output of `write`, through the pager where it is longer than the window of the terminal.
pub(super) fn print_paged(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let Some((_, rows)) = terminal_size::terminal_size_of(io::stdout()) else {
        return output::write_stdout(|out| write(out));
    };
    let mut text = Vec::new();
    write(&mut text).map_err(pager_error)?;
    let is_long = text.split(|byte| *byte == b'\n').nth(usize::from(rows.0)).is_some();
    match choose_pager(|name| Some(env::var_os(name)?.to_string_lossy().into_owned())).filter(|_| is_long) {
        Some(pager) => match spawn_pager(&pager) {
            Ok(pager) => feed_pager(pager, &text).map_err(pager_error),
            Err(error) => {
                output::write_stdout(|out| out.write_all(&text))?;
                if let Some(variable) = pager.variable {
                    output::print_note(&format!("{variable}: {}: cannot be run: {error}", pager.words[0]));
                }
                Ok(())
            }
        },
        None => output::write_stdout(|out| out.write_all(&text)),
    }
}

fn pager_error(cause: io::Error) -> Error {
    Error::new(ErrorKind::Output, "writing to the pager failed").with_cause(cause)
}

#[derive(Debug, PartialEq, Eq)]
struct PagerCommand {
    /// The command and its arguments.
    words: Vec<String>,
    /// The environment variable that names it; `None` for the default.
    variable: Option<&'static str>,
}

/// The pager that the environment names, else `less`; `None` where it is empty or `cat`, or the terminal is dumb.
fn choose_pager(variable: impl Fn(&str) -> Option<String>) -> Option<PagerCommand> {
    if variable("TERM").is_some_and(|terminal| terminal == "dumb") {
        return None;
    }
    let named = ["CLAIMDIFF_PAGER", "PAGER"].into_iter().find_map(|name| Some((name, variable(name)?)));
    let (words, variable) = match named {
        // With an unclosed quotation mark the whole value is taken as the program's name, which then fails to run.
        Some((name, command)) => (shell_words::split(&command).unwrap_or(vec![command]), Some(name)),
        None => (vec!["less".to_owned()], None),
    };
    words.first().is_some_and(|first| first != "cat").then_some(PagerCommand { words, variable })
}

fn spawn_pager(pager: &PagerCommand) -> io::Result<Child> {
    let mut command = Command::new(&pager.words[0]);
    command.args(&pager.words[1..]).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    command.spawn()
}

/// Writes the text to the pager and waits for it; the reader may quit before the end.
fn feed_pager(mut pager: Child, text: &[u8]) -> io::Result<()> {
    let fed = pager.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text));
    pager.wait()?;
    fed.or_else(|e| if e.kind() == Io::BrokenPipe { Ok(()) } else { Err(e) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_chooses() {
        let words = |set: &[(&str, &str)]| {
            let value = |name: &str| Some(set.iter().find(|(key, _)| *key == name)?.1.to_owned());
            choose_pager(value).map(|pager| (pager.words.join("|"), pager.variable))
        };
        let some = |words: &str, variable| Some((words.to_owned(), variable));
        assert_eq!(words(&[]), some("less", None));
        assert_eq!(words(&[("PAGER", "most -s 'a b'")]), some("most|-s|a b", Some("PAGER")));
        assert_eq!(words(&[("PAGER", "a"), ("CLAIMDIFF_PAGER", "b")]), some("b", Some("CLAIMDIFF_PAGER")));
        assert_eq!(words(&[("PAGER", "it's")]), some("it's", Some("PAGER")));
        assert_eq!(words(&[("PAGER", "a"), ("CLAIMDIFF_PAGER", "")]), None);
        for none in ["", " ", "cat", "cat -v"] {
            assert_eq!(words(&[("PAGER", none)]), None);
        }
        assert_eq!(words(&[("TERM", "dumb"), ("PAGER", "less")]), None);
    }
}
