//! Files and standard input to articles and lines.

use std::fs::File;
use std::io::{self, Read};

use super::output::note;
use crate::article::{Article, MAX_BYTES};
use crate::divergence::glossary::{self, Glossary};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// A file's name for people: `-` is standard input.
pub(super) fn name(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

/// Reads an article and says on standard error what has to be known of how it was read.
pub(super) fn article(path: &str, lang: Option<Lang>) -> Result<Article> {
    let article = article_only(path, lang)?;
    for remark in &article.notes {
        note(&format!("{}: {remark}", name(path)));
    }
    Ok(article)
}

/// Reads an article whose notes are part of what is printed.
pub(super) fn article_only(path: &str, lang: Option<Lang>) -> Result<Article> {
    // One byte more than an article may have: the reader of the bytes says that it is too many.
    Article::read(name(path), &read(path, MAX_BYTES + 1)?, lang)
}

/// Reads records or lines: any number of them, as long as they fit in memory. A byte order mark is none of them.
pub(super) fn text(path: &str) -> Result<String> {
    let mut bytes = read(path, u64::MAX)?;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|e| {
        Error::new(ErrorKind::Input, format!("{}: not UTF-8", name(path)))
            .advise("records and lines have to be UTF-8")
            .because(e)
    })
}

fn read(path: &str, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes).map_err(|e| unread(path, e))?;
    Ok(bytes)
}

/// Opens a file or standard input.
pub(super) fn open(path: &str) -> Result<Box<dyn Read + Send>> {
    if path == "-" {
        return Ok(Box::new(io::stdin()));
    }
    File::open(path).map(|file| Box::new(file) as _).map_err(|e| unread(path, e))
}

fn unread(path: &str, cause: io::Error) -> Error {
    Error::new(ErrorKind::Input, format!("{}: cannot be read", name(path))).because(cause)
}

/// Reads a glossary; one that allows nothing where none is named.
pub(super) fn glossary(path: Option<&str>) -> Result<Glossary> {
    Ok(glossary_as_written(path)?.0)
}

/// A glossary with its text.
pub(super) fn glossary_as_written(path: Option<&str>) -> Result<(Glossary, String)> {
    let Some(path) = path else { return Ok((Glossary::default(), String::new())) };
    let bytes = read(path, glossary::MAX_BYTES + 1)?;
    if bytes.len() as u64 > glossary::MAX_BYTES {
        let message = format!("{}: larger than {} MiB", name(path), glossary::MAX_BYTES >> 20);
        return Err(
            Error::new(ErrorKind::Input, message).advise("split it, and name the part that is needed")
        );
    }
    let text = String::from_utf8(bytes)
        .map_err(|e| Error::new(ErrorKind::Input, format!("{}: not UTF-8", name(path))).because(e))?;
    Ok((Glossary::parse(name(path), &text)?, text))
}

/// Refuses to read standard input twice.
pub(super) fn only_once(paths: &[&String]) -> Result<()> {
    if paths.iter().filter(|path| path.as_str() == "-").count() > 1 {
        return Err(Error::new(ErrorKind::Input, "standard input (-) is named twice")
            .advise("give the other version as a file"));
    }
    Ok(())
}
