//! Reads articles, lines and glossaries from files and standard input.

use std::fs::File;
use std::io::{self, Read};

use super::output::print_note;
use crate::article::{Article, MAX_ARTICLE_BYTES};
use crate::divergence::glossary::{self, Glossary};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// The display name of a path: `-` is standard input.
pub(super) fn input_name(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

/// Reads an article and prints its notes on standard error.
pub(super) fn read_article(path: &str, lang: Option<Lang>) -> Result<Article> {
    let article = read_article_quietly(path, lang)?;
    for remark in &article.notes {
        print_note(&format!("{}: {remark}", input_name(path)));
    }
    Ok(article)
}

/// Reads an article without printing its notes.
pub(super) fn read_article_quietly(path: &str, lang: Option<Lang>) -> Result<Article> {
    // One byte more than the limit, so that `Article::read` rejects an article that is too long.
    Article::read(input_name(path), &read_bytes(path, MAX_ARTICLE_BYTES + 1)?, lang)
}

/// Reads records or lines, of any number that fits in memory, without a byte order mark.
pub(super) fn read_text(path: &str) -> Result<String> {
    let mut bytes = read_bytes(path, u64::MAX)?;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|e| {
        Error::new(ErrorKind::Input, format!("{}: not UTF-8", input_name(path)))
            .with_advice("records and lines have to be UTF-8")
            .with_cause(e)
    })
}

fn read_bytes(path: &str, max_bytes: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_input(path)?.take(max_bytes).read_to_end(&mut bytes).map_err(|e| read_error(path, e))?;
    Ok(bytes)
}

/// Opens a file or standard input.
pub(super) fn open_input(path: &str) -> Result<Box<dyn Read + Send>> {
    if path == "-" {
        return Ok(Box::new(io::stdin()));
    }
    File::open(path).map(|file| Box::new(file) as _).map_err(|e| read_error(path, e))
}

fn read_error(path: &str, cause: io::Error) -> Error {
    Error::new(ErrorKind::Input, format!("{}: cannot be read", input_name(path))).with_cause(cause)
}

/// Reads a glossary; an empty one for `None`.
pub(super) fn read_glossary(path: Option<&str>) -> Result<Glossary> {
    Ok(read_glossary_with_source(path)?.0)
}

/// Reads a glossary and returns it with its text.
pub(super) fn read_glossary_with_source(path: Option<&str>) -> Result<(Glossary, String)> {
    let Some(path) = path else { return Ok((Glossary::default(), String::new())) };
    let bytes = read_bytes(path, glossary::MAX_BYTES + 1)?;
    if bytes.len() as u64 > glossary::MAX_BYTES {
        let message = format!("{}: larger than {} MiB", input_name(path), glossary::MAX_BYTES >> 20);
        return Err(
            Error::new(ErrorKind::Input, message).with_advice("split it, and name the part that is needed")
        );
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        Error::new(ErrorKind::Input, format!("{}: not UTF-8", input_name(path))).with_cause(e)
    })?;
    Ok((Glossary::parse(input_name(path), &text)?, text))
}

/// An error if more than one of the paths is standard input.
pub(super) fn refuse_stdin_twice(paths: &[&String]) -> Result<()> {
    if paths.iter().filter(|path| path.as_str() == "-").count() > 1 {
        return Err(Error::new(ErrorKind::Input, "standard input (-) is named twice")
            .with_advice("give the other version as a file"));
    }
    Ok(())
}
