//! A kind of sign, and a place where it is.

use super::super::text::{GarbleLine, GarbleText};
use crate::text::{Lang, Span};

/// How a text was garbled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Garbling {
    /// Word by word, through a table of synonyms.
    Spun,
    /// Through a machine translation that shows.
    Translated,
}

/// One kind of sign.
#[derive(Clone, Copy, Debug)]
pub struct SignRule {
    /// Its name.
    pub name: &'static str,
    /// What it finds, as a noun phrase.
    pub finds: &'static str,
    /// The garbling that it is evidence of.
    pub garbling: Garbling,
    pub(super) find_hits: fn(&GarbleText<'_>) -> Vec<SignHit>,
}

/// A sign in a text: evidence of a garbling.
#[derive(Clone, Debug)]
pub struct GarbleSign {
    /// What kind of sign it is.
    pub rule: &'static SignRule,
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// The words that these were put in place of, where they are known; the likeliest first.
    pub meant: Vec<String>,
    /// The language of a leftover, where it is known.
    pub from_lang: Option<Lang>,
}

/// A place that one rule matches.
#[derive(Debug)]
pub(super) struct SignHit {
    pub(super) sentence: usize,
    pub(super) span: Span,
    pub(super) meant: Vec<String>,
    pub(super) from_lang: Option<Lang>,
}

impl SignHit {
    pub(super) fn new(line: &GarbleLine, span: Span) -> Self {
        Self { sentence: line.sentence, span, meant: Vec::new(), from_lang: None }
    }
}
