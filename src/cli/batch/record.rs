//! One record of a batch to one line of results.

use std::panic::{self, AssertUnwindSafe};

use serde::Deserialize;
use serde_json::Value;

use super::lines::{InputLine, MAX_LINE};
use super::resume::FinishedIds;
use crate::article::Article;
use crate::claims::Date;
use crate::cli::input;
use crate::cli::options::ReadingOptions;
use crate::cli::output::error_chain;
use crate::divergence::glossary::Glossary;
use crate::divergence::{self, Severity, Version};
use crate::encode::Encoder;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{self, BatchRecord};
use crate::text::Lang;

/// Settings that all records share.
pub(super) struct BatchContext<'a> {
    pub(super) encoder: &'a dyn Encoder,
    pub(super) glossary: &'a Glossary,
    /// Languages and date of a record that names none.
    pub(super) reading: &'a ReadingOptions,
    pub(super) level: Severity,
    pub(super) alignment: bool,
    pub(super) finished: &'a FinishedIds,
}

/// The outcome of a line, with the bytes to print, including the line end.
pub(super) enum LineOutcome {
    Compared(Vec<u8>),
    Failed(Vec<u8>),
    Skipped,
}

#[derive(Deserialize)]
struct ArticlePairRecord {
    id: Value,
    a: Option<String>,
    a_path: Option<String>,
    a_lang: Option<String>,
    b: Option<String>,
    b_path: Option<String>,
    b_lang: Option<String>,
    date: Option<String>,
}

/// The id of a record whose other fields are wrong.
#[derive(Deserialize)]
struct RecordIdOnly {
    id: Value,
}

/// Compares the pair of one line. An error, even a panic, becomes the result of this line and stops no other.
pub(super) fn answer_line(line: &InputLine, common: &BatchContext<'_>) -> LineOutcome {
    let mut id = Value::Null;
    match catch_panic(|| compare_record(line, common, &mut id)) {
        Ok(Some(bytes)) => LineOutcome::Compared(bytes),
        Ok(None) => LineOutcome::Skipped,
        Err(error) => {
            let mut bytes = Vec::new();
            let written = report::write_failure(&id, line.number, &error_chain(&error), &mut bytes);
            debug_assert!(written.is_ok(), "memory takes all that is written");
            LineOutcome::Failed(bytes)
        }
    }
}

fn compare_record(line: &InputLine, common: &BatchContext<'_>, id: &mut Value) -> Result<Option<Vec<u8>>> {
    let Some(bytes) = &line.bytes else {
        return Err(record_error(format!("the line is longer than {} MiB", MAX_LINE >> 20)));
    };
    // Without the line end, so that a message of the JSON reader never names a second line.
    let bytes = bytes.trim_ascii_end();
    let pair: ArticlePairRecord = serde_json::from_slice(bytes).map_err(|e| {
        *id = serde_json::from_slice(bytes).map_or(Value::Null, |named: RecordIdOnly| named.id);
        record_error("the line is no record").with_cause(e)
    })?;
    *id = pair.id;
    if !(id.is_string() || id.is_u64() || id.is_i64()) {
        return Err(record_error("the id is no string and no whole number of 64 bits"));
    }
    if common.finished.contains_id(id) {
        return Ok(None);
    }
    let day = match pair.date {
        Some(date) => Some(date.parse().map_err(|e| record_error(format!("date: {e}")))?),
        None => common.reading.date,
    };
    let a = read_version(
        ("a", pair.a),
        ("a_path", pair.a_path),
        parse_lang_or(pair.a_lang, common.reading.lang_a)?,
        day,
    )?;
    let b = read_version(
        ("b", pair.b),
        ("b_path", pair.b_path),
        parse_lang_or(pair.b_lang, common.reading.lang_b)?,
        day,
    )?;
    let comparison = divergence::compare_with_glossary(&a, &b, common.encoder, common.glossary)?;
    let record = BatchRecord {
        id,
        versions: [&a, &b],
        comparison: &comparison,
        level: common.level,
        alignment: common.alignment,
    };
    let mut bytes = Vec::new();
    report::write_record(&record, &mut bytes)
        .map_err(|e| Error::new(ErrorKind::Output, "the result cannot be written").with_cause(e))?;
    Ok(Some(bytes))
}

fn parse_lang_or(tag: Option<String>, default: Option<Lang>) -> Result<Option<Lang>> {
    tag.map_or(Ok(default), |tag| tag.parse().map(Some).map_err(record_error))
}

/// Reads the text of one side, or the file that its path names.
fn read_version(
    (name, text): (&str, Option<String>),
    (path_name, path): (&str, Option<String>),
    lang: Option<Lang>,
    day: Option<Date>,
) -> Result<Version> {
    let article = match (text, path) {
        (Some(text), None) => Article::read(name, text.as_bytes(), lang)?,
        (None, Some(path)) if path == "-" => {
            return Err(record_error(format!("{path_name}: standard input is no article of a batch")));
        }
        (None, Some(path)) => input::read_article_quietly(&path, lang)?,
        (None, None) => return Err(record_error(format!("neither {name} nor {path_name} is given"))),
        (Some(_), Some(_)) => return Err(record_error(format!("both {name} and {path_name} are given"))),
    };
    Ok(Version::with_date(article, day))
}

fn record_error(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Input, message)
}

fn catch_panic<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(record_error("a defect of claimdiff, which says more on standard error")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_is_an_error_of_its_record() {
        let error = catch_panic(|| -> Result<()> { panic!("of the test") }).unwrap_err();
        assert!(error.to_string().contains("defect"));
    }
}
