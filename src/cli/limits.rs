//! `--limits`: every bound on what is read, compared and shown, each by the constant that sets it.
//!
//! Parameters of the language analysis (maximum length of a caption, distance between a "not" and its verb) are no
//! limits.

use std::io::Write;

use super::batch::lines;
use super::exit::Exit;
use super::output;
use crate::error::Result;
use crate::{align, article, claims, divergence, encode, garble, neighbours, report, words};

/// One bound.
struct Limit {
    name: &'static str,
    value: u64,
    unit: &'static str,
    /// What happens beyond it, and where that is reported.
    when_exceeded: &'static str,
}

const fn new_limit(name: &'static str, value: usize, unit: &'static str, past: &'static str) -> Limit {
    Limit { name, value: value as u64, unit, when_exceeded: past }
}

const LIMITS: [Limit; 25] = [
    new_limit("file", article::MAX_ARTICLE_BYTES as usize, "bytes, packed and unpacked", "refused, status 2"),
    new_limit("glossary", divergence::glossary::MAX_BYTES as usize, "bytes", "refused, status 2"),
    new_limit("page-elements", article::MAX_ELEMENTS, "elements of markup", "refused, status 2"),
    new_limit(
        "page-depth",
        article::MAX_DEPTH,
        "elements inside each other",
        "text read, tags not looked at; a note",
    ),
    new_limit(
        "pull-quote-text",
        article::MAX_SEARCHED_BYTES,
        "bytes of a page's text",
        "no pull quote looked for; a note",
    ),
    new_limit(
        "pull-quotes",
        article::MAX_PULL_QUOTES,
        "short paragraphs of a page",
        "the rest not looked at; a note",
    ),
    new_limit("name-words", claims::name::MAX_NAME_WORDS, "words", "a longer name is cut there"),
    new_limit(
        "names-alike",
        claims::name::MAX_SIMILAR_NAMES,
        "names with equal first and last word",
        "the rest not confirmed",
    ),
    new_limit(
        "quotations-nested",
        claims::quote::MAX_QUOTE_DEPTH,
        "quotations in each other",
        "deeper marks are none",
    ),
    new_limit(
        "quotation-open",
        claims::quote::MAX_UNCLOSED_BYTES,
        "bytes without a closing mark",
        "is no quotation",
    ),
    new_limit("sentences", align::MAX_SENTENCES, "sentences or lines a side", "refused, status 2"),
    new_limit("group", align::MAX_GROUP, "sentences of one group", "the rest stays unaligned"),
    new_limit("sentence-words", align::MAX_WORDS, "words of a sentence", "the rest not looked up; a note"),
    new_limit(
        "sentence-pieces",
        encode::MAX_TOKENS,
        "pieces of words of a sentence",
        "the rest not read; a note",
    ),
    new_limit(
        "lexicon",
        align::MAX_LEXICON,
        "different words of both sides",
        "the rest not looked up; a note",
    ),
    new_limit("unordered", align::MAX_PAIRS, "pairs of sentences", "not matched without order; a note"),
    new_limit(
        "record",
        words::MAX_SCORED_BYTES,
        "bytes of a text in words and score",
        "the rest not looked at; a note",
    ),
    new_limit("garble-group", garble::MAX_GROUP_WORDS, "words of a group", "not looked at; counted"),
    new_limit(
        "page-versions",
        report::MAX_PAIRWISE_VERSIONS,
        "versions of which every two are shown",
        "each with the first; a note",
    ),
    new_limit(
        "page-explained",
        report::MAX_EXPLAINED,
        "findings explained in a page",
        "named with explain; a note",
    ),
    new_limit("batch-line", lines::MAX_LINE as usize, "bytes of a line of batch", "an error in its place"),
    new_limit("neighbours", neighbours::MAX_NEAREST, "nearest articles of one", "the others left out"),
    new_limit(
        "neighbours-words",
        neighbours::MAX_BEGINNING,
        "words of an article",
        "what follows not compared",
    ),
    new_limit("comment", report::MAX_COMMENT, "bytes of Markdown", "the rest left out; counted"),
    new_limit("cell", report::MAX_CELL_CHARS, "characters of a claim in matrix", "cut; shown by an ellipsis"),
];

pub(super) fn run() -> Result<Exit> {
    output::write_stdout(|out| {
        writeln!(out, "{:<18} {:>11}  {:<38} what happens past it", "name", "value", "unit")?;
        for limit in &LIMITS {
            writeln!(
                out,
                "{:<18} {:>11}  {:<38} {}",
                limit.name, limit.value, limit.unit, limit.when_exceeded
            )?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}
