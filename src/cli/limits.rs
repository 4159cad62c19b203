//! `--limits`: every bound of what is read, compared and shown. Each number is the constant that holds it.
//!
//! Rules of reading (how long a caption is, how far from a "not" its verb may stand) are no limits: they are part of
//! what a word is taken for.

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
    /// What happens past it, and where that shows.
    past: &'static str,
}

const fn limit(name: &'static str, value: usize, unit: &'static str, past: &'static str) -> Limit {
    Limit { name, value: value as u64, unit, past }
}

const LIMITS: [Limit; 25] = [
    limit("file", article::MAX_BYTES as usize, "bytes, packed and unpacked", "refused, status 2"),
    limit("glossary", divergence::glossary::MAX_BYTES as usize, "bytes", "refused, status 2"),
    limit("page-elements", article::MAX_ELEMENTS, "elements of markup", "refused, status 2"),
    limit(
        "page-depth",
        article::MAX_DEPTH,
        "elements inside each other",
        "text read, tags not looked at; a note",
    ),
    limit(
        "pull-quote-text",
        article::MAX_SEARCHED,
        "bytes of a page's text",
        "no pull quote looked for; a note",
    ),
    limit(
        "pull-quotes",
        article::MAX_PULL_QUOTES,
        "short paragraphs of a page",
        "the rest not looked at; a note",
    ),
    limit("name-words", claims::name::MAX_WORDS, "words", "a longer name is cut there"),
    limit(
        "names-alike",
        claims::name::MAX_ALIKE,
        "names with equal first and last word",
        "the rest not confirmed",
    ),
    limit("quotations-nested", claims::quote::MAX_DEPTH, "quotations in each other", "deeper marks are none"),
    limit("quotation-open", claims::quote::MAX_UNCLOSED, "bytes without a closing mark", "is no quotation"),
    limit("sentences", align::MAX_SENTENCES, "sentences or lines a side", "refused, status 2"),
    limit("group", align::MAX_GROUP, "sentences that go together", "the rest stand alone"),
    limit("sentence-words", align::MAX_WORDS, "words of a sentence", "the rest not looked up; a note"),
    limit(
        "sentence-pieces",
        encode::MAX_TOKENS,
        "pieces of words of a sentence",
        "the rest not read; a note",
    ),
    limit("lexicon", align::MAX_LEXICON, "different words of both sides", "the rest not looked up; a note"),
    limit("unordered", align::MAX_PAIRS, "pairs of sentences", "not matched without order; a note"),
    limit("record", words::MAX_READ, "bytes of a text in words and score", "the rest not looked at; a note"),
    limit("garble-group", garble::MAX_LOOKED_AT, "words of a group", "not looked at; counted"),
    limit(
        "page-versions",
        report::EVERY_TWO,
        "versions of which every two are shown",
        "each with the first; told",
    ),
    limit(
        "page-explained",
        report::MAX_EXPLAINED,
        "findings explained in a page",
        "named with explain; told",
    ),
    limit("batch-line", lines::MAX_LINE as usize, "bytes of a line of batch", "an error in its place"),
    limit("neighbours", neighbours::MAX_NEAREST, "nearest articles of one", "the others left out"),
    limit("neighbours-words", neighbours::MAX_BEGINNING, "words of an article", "what follows not compared"),
    limit("comment", report::MAX_COMMENT, "bytes of Markdown", "the rest left out; counted"),
    limit("cell", report::MAX_SHOWN, "characters of a claim in matrix", "cut; shown by an ellipsis"),
];

pub(super) fn run() -> Result<Exit> {
    output::print(|out| {
        writeln!(out, "{:<18} {:>11}  {:<38} what happens past it", "name", "value", "unit")?;
        for limit in &LIMITS {
            writeln!(out, "{:<18} {:>11}  {:<38} {}", limit.name, limit.value, limit.unit, limit.past)?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}
