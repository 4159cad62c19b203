//! One line in, one line out.

use std::panic::{self, AssertUnwindSafe};

use serde::Deserialize;
use serde_json::Value;

use super::done::Done;
use super::lines::{Line, MAX_LINE};
use crate::article::Article;
use crate::claims::Date;
use crate::cli::options::Reading;
use crate::cli::{input, told};
use crate::divergence::glossary::Glossary;
use crate::divergence::{self, Severity, Version};
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{self, Record};
use crate::text::Lang;

/// What all records have in common.
pub(super) struct Common<'a> {
    pub(super) encoder: &'a dyn Encoder,
    pub(super) glossary: &'a Glossary,
    /// Languages and day of a record that names none.
    pub(super) reading: &'a Reading,
    pub(super) level: Severity,
    pub(super) alignment: bool,
    pub(super) done: &'a Done,
}

/// What became of a line, and what is to be printed, with its line end.
pub(super) enum Answer {
    Compared(Vec<u8>),
    Failed(Vec<u8>),
    Skipped,
}

#[derive(Deserialize)]
struct Pair {
    id: Value,
    a: Option<String>,
    a_path: Option<String>,
    a_lang: Option<String>,
    b: Option<String>,
    b_path: Option<String>,
    b_lang: Option<String>,
    date: Option<String>,
}

/// What is left of a record whose other fields are wrong.
#[derive(Deserialize)]
struct Named {
    id: Value,
}

/// Answers a line. What is wrong with it, and even a defect that it uncovers in the program, is its own alone.
pub(super) fn answer(line: &Line, common: &Common<'_>) -> Answer {
    let mut id = Value::Null;
    match guarded(|| compared(line, common, &mut id)) {
        Ok(Some(bytes)) => Answer::Compared(bytes),
        Ok(None) => Answer::Skipped,
        Err(error) => {
            let mut bytes = Vec::new();
            let written = report::write_failure(&id, line.number, &told(&error), &mut bytes);
            debug_assert!(written.is_ok(), "memory takes all that is written");
            Answer::Failed(bytes)
        }
    }
}

fn compared(line: &Line, common: &Common<'_>, id: &mut Value) -> Result<Option<Vec<u8>>> {
    let Some(bytes) = &line.bytes else {
        return Err(wrong(format!("the line is longer than {} MiB", MAX_LINE >> 20)));
    };
    // Without the line end, so that a message counts no second line.
    let bytes = bytes.trim_ascii_end();
    let pair: Pair = serde_json::from_slice(bytes).map_err(|e| {
        *id = serde_json::from_slice(bytes).map_or(Value::Null, |named: Named| named.id);
        wrong("the line is no record").because(e)
    })?;
    *id = pair.id;
    if !(id.is_string() || id.is_u64() || id.is_i64()) {
        return Err(wrong("the id is no string and no whole number of 64 bits"));
    }
    if common.done.has(id) {
        return Ok(None);
    }
    let day = match pair.date {
        Some(date) => Some(date.parse().map_err(|e| wrong(format!("date: {e}")))?),
        None => common.reading.date,
    };
    let lang =
        |own: Option<String>, default| own.map_or(Ok(default), |lang| lang.parse().map(Some).map_err(wrong));
    let a = version(("a", pair.a), ("a_path", pair.a_path), lang(pair.a_lang, common.reading.lang_a)?, day)?;
    let b = version(("b", pair.b), ("b_path", pair.b_path), lang(pair.b_lang, common.reading.lang_b)?, day)?;
    let comparison = divergence::compare_with(&a, &b, common.encoder, common.glossary)?;
    let record = Record {
        id,
        versions: [&a, &b],
        comparison: &comparison,
        level: common.level,
        alignment: common.alignment,
    };
    let mut bytes = Vec::new();
    report::write_record(&record, &mut bytes)
        .map_err(|e| Error::new(ErrorKind::Output, "the result cannot be written").because(e))?;
    Ok(Some(bytes))
}

/// Reads the text of one side, or the file that its path names.
fn version(
    (name, text): (&str, Option<String>),
    (path_name, path): (&str, Option<String>),
    lang: Option<Lang>,
    day: Option<Date>,
) -> Result<Version> {
    let article = match (text, path) {
        (Some(text), None) => Article::read(name, text.as_bytes(), lang)?,
        (None, Some(path)) if path == "-" => {
            return Err(wrong(format!("{path_name}: standard input is no article of a batch")));
        }
        (None, Some(path)) => input::article_only(&path, lang)?,
        (None, None) => return Err(wrong(format!("neither {name} nor {path_name} is given"))),
        (Some(_), Some(_)) => return Err(wrong(format!("both {name} and {path_name} are given"))),
    };
    Ok(Version::dated(article, day))
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Input, message)
}

fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(wrong("a defect of claimdiff, which says more on standard error")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_is_an_error_of_its_record() {
        let error = guarded(|| -> Result<()> { panic!("of the test") }).unwrap_err();
        assert!(error.to_string().contains("defect"));
    }
}
