//! A finished report to bytes, in a format. Computes nothing, so that formats cannot disagree.

mod article;
mod bitext;
#[cfg(feature = "cli")]
pub mod check;
#[cfg(feature = "cli")]
mod comment;
#[cfg(feature = "cli")]
mod corrections;
#[cfg(feature = "cli")]
pub(crate) mod escape;
mod explain;
#[cfg(feature = "cli")]
mod explain_text;
mod garble;
#[cfg(feature = "cli")]
mod garble_text;
#[cfg(feature = "cli")]
mod html;
mod json;
#[cfg(feature = "cli")]
mod layout;
#[cfg(feature = "cli")]
mod markdown;
mod matrix;
#[cfg(feature = "cli")]
mod neighbours;
mod record;
mod rules;
#[cfg(feature = "cli")]
mod text;
#[cfg(feature = "cli")]
mod theme;
mod tmx;

use std::io;

use crate::article::Article;
use crate::divergence::{Comparison, Explanation, Finding, Rule, Severity, Version};
use crate::encode::EncoderIdentity;
use crate::garble::{GarbleComparison, GarbleJudgement};
use crate::matrix::Matrix;

pub use bitext::{Bitext, BitextRow, BitextSide};
#[cfg(feature = "cli")]
pub(crate) use comment::MAX_COMMENT;
#[cfg(feature = "cli")]
pub(crate) use html::MAX_EXPLAINED;
#[cfg(feature = "cli")]
pub use layout::Style;
#[cfg(feature = "cli")]
pub(crate) use matrix::MAX_CELL_CHARS;
pub use matrix::{MatrixFormat, MatrixTable, write_matrix};
#[cfg(feature = "cli")]
pub use neighbours::{write_neighbours_jsonl, write_neighbours_text};
#[cfg(feature = "cli")]
pub use theme::Theme;

/// Everything that any format can show.
#[derive(Debug)]
pub struct Report<'a> {
    /// Where each version came from, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// What is to be said of each version by itself, in the same order.
    pub garbles: &'a [GarbleJudgement],
    /// The reference against each other version, in order: entry `k` is version 0 against version `k + 1`.
    pub comparisons: &'a [Comparison],
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
    /// Findings below this level are left out.
    pub level: Severity,
}

impl Report<'_> {
    /// The findings of one comparison at or above the level.
    pub fn findings_at_level<'c>(&self, comparison: &'c Comparison) -> impl Iterator<Item = &'c Finding> {
        let level = self.level;
        comparison.findings.iter().filter(move |f| f.severity >= level)
    }

    /// Whether any comparison has a finding at or above the level.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        self.comparisons.iter().any(|c| c.findings.iter().any(|f| f.severity >= self.level))
    }
}

/// Writes the report as one JSON document; see the README for its schema.
///
/// # Errors
/// If writing fails.
pub fn write_json(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    json::write_report(report, out)
}

/// Two versions of many in a stream, known by an id.
#[derive(Debug)]
pub struct BatchRecord<'a> {
    /// What the caller calls the pair: any JSON value.
    pub id: &'a serde_json::Value,
    /// The versions; the first is the reference.
    pub versions: [&'a Version; 2],
    /// What they have to do with each other.
    pub comparison: &'a Comparison,
    /// Findings below this level are left out.
    pub level: Severity,
    /// Whether the groups of sentences are written too.
    pub alignment: bool,
}

/// Writes two versions as one line of JSON.
///
/// # Errors
/// If writing fails.
pub fn write_record(record: &BatchRecord<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    record::write_record(record, out)
}

/// Writes what went wrong with a pair as one line of JSON; `line` is its line in the input, from 1.
///
/// # Errors
/// If writing fails.
pub fn write_failure(
    id: &serde_json::Value,
    line: u64,
    error: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    record::write_failure(id, line, error, out)
}

/// A part of a report that can be had by itself. The versions stand above each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportPart {
    /// What differs, and the scores.
    Findings,
    /// The sentences beside each other.
    Alignment,
    /// How many findings there are, and the scores.
    Summary,
}

#[cfg(feature = "cli")]
impl ReportPart {
    /// Whether a report of this part only, or of all, shows it.
    fn is_in(self, only: Option<Self>) -> bool {
        only.is_none_or(|only| only == self)
    }
}

/// Writes the report, or only a part of it, for reading in a terminal.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_text(
    report: &Report<'_>,
    only: Option<ReportPart>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    text::write_report(report, only, style, out)
}

/// Writes the report, or only a part of it, as Markdown that fits a comment on a pull request; what does not fit is
/// counted.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_markdown(
    report: &Report<'_>,
    only: Option<ReportPart>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    markdown::write_report(report, only, out)
}

/// Texts judged for how they were made.
#[derive(Debug)]
pub struct GarbledTexts<'a> {
    /// Where each text came from, as the user named it; one or two.
    pub paths: &'a [&'a String],
    /// The texts, in the same order.
    pub versions: &'a [Version],
    /// What is to be said of each by itself.
    pub garbles: &'a [GarbleJudgement],
    /// What the two say of each other, where there are two.
    pub between: Option<&'a GarbleComparison>,
    /// The encoder that was used, where one was.
    pub encoder: Option<&'a EncoderIdentity>,
}

/// Writes what is to be said of garbled texts as one JSON document.
///
/// # Errors
/// If writing fails.
pub fn write_garbled_json(garbled: &GarbledTexts<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    garble::write_garbled(garbled, out)
}

/// Writes what is to be said of garbled texts for reading in a terminal.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_garbled_text(
    garbled: &GarbledTexts<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    garble_text::write_garbled(garbled, style, out)
}

/// Writes what to add to, remove from or change in each version so that it tells what the reference tells, as CSV.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_corrections(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    corrections::write_corrections(report, out)
}

/// Most versions of which a page shows every two, which makes 15 comparisons; of more each is compared with the
/// reference alone.
pub const MAX_PAIRWISE_VERSIONS: usize = 6;

/// Everything that a page shows: versions of which several are compared with each other, not the first alone.
#[derive(Debug)]
pub struct ComparisonPage<'a> {
    /// Where each version came from, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// What is to be said of each version by itself, in the same order.
    pub garbles: &'a [GarbleJudgement],
    /// The pairs, ordered by their first version, then by the second.
    pub pairs: &'a [ComparedPair],
    /// What each version has of each claim, where there are three or more and every two are compared.
    pub matrix: Option<&'a Matrix>,
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
    /// Findings below this level are left out.
    pub level: Severity,
}

/// Two versions compared, and what their findings rest on.
#[derive(Debug)]
pub struct ComparedPair {
    /// Index of the version that the other is measured against.
    pub a: usize,
    /// Index of the other; greater than `a`.
    pub b: usize,
    /// What they have to do with each other.
    pub comparison: Comparison,
    /// For each finding what it rests on, in the same order.
    pub explanations: Vec<Explanation>,
}

impl ComparisonPage<'_> {
    /// The findings of two versions at or above the level, each with what it rests on.
    fn findings_at_level<'c>(
        &self,
        compared: &'c ComparedPair,
    ) -> impl Iterator<Item = (&'c Finding, Option<&'c Explanation>)> {
        let level = self.level;
        let all = compared.comparison.findings.iter().enumerate();
        all.filter(move |(_, f)| f.severity >= level).map(|(k, f)| (f, compared.explanations.get(k)))
    }

    /// Whether the reference and another version have a finding at or above the level.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        self.pairs.iter().filter(|pair| pair.a == 0).any(|pair| self.findings_at_level(pair).next().is_some())
    }
}

/// Writes versions of an article as one HTML file that needs nothing from elsewhere.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_html(page: &ComparisonPage<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    html::write_compare(page, out)
}

/// Findings with what they rest on.
#[derive(Debug)]
pub struct ExplainedFindings<'a> {
    /// Where each version came from, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// The explanations, each with the version that is compared with the reference.
    pub explanations: &'a [(usize, Explanation)],
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
}

/// Writes explanations as one JSON document.
///
/// # Errors
/// If writing fails.
pub fn write_explanations_json(explained: &ExplainedFindings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    explain::write_explanations(explained, out)
}

/// Writes explanations for reading in a terminal.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_explanations_text(
    explained: &ExplainedFindings<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    explain_text::write_explanations(explained, style, out)
}

/// Writes what rules say of themselves as one JSON document.
///
/// # Errors
/// If writing fails.
pub fn write_rules_json(rules: &[&Rule], out: &mut dyn io::Write) -> io::Result<()> {
    rules::write_json(rules, out)
}

/// Writes what rules say of themselves for reading in a terminal: in short with one example each, or in full.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_rules_text(
    rules: &[&Rule],
    full: bool,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    rules::write_text(rules, full, style, out)
}

/// Writes an article as it is read, each block with its role, as one JSON document.
///
/// # Errors
/// If writing fails.
pub fn write_article_json(path: &str, article: &Article, out: &mut dyn io::Write) -> io::Result<()> {
    article::write_json(path, article, out)
}

/// Writes an article as it is read for reading in a terminal.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_article_text(
    path: &str,
    article: &Article,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    article::write_text(path, article, style, out)
}

/// Writes an alignment as lines such as `[0, 1]:[2]:0.83`: sentences of A, sentences of B, strength.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_tsv(bitext: &Bitext<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    bitext::write_tsv(bitext, out)
}

/// Writes an alignment with its sentences as one JSON document.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_json(bitext: &Bitext<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    bitext::write_json(bitext, out)
}

/// Writes the groups of an alignment as a translation memory, TMX 1.4b.
///
/// # Errors
/// If writing fails.
pub fn write_alignment_tmx(bitext: &Bitext<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    tmx::write_bitext(bitext, out)
}

/// Writes an alignment for reading in a terminal.
///
/// # Errors
/// If writing fails.
#[cfg(feature = "cli")]
pub fn write_alignment_text(bitext: &Bitext<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    bitext::write_text(bitext, style, out)
}

/// Printed scores have four decimals: more would print the rounding of one processor.
pub(crate) fn round_score(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
