//! Writes finished results in the formats that people and programs read. Nothing is computed here, so that formats
//! cannot disagree.
//!
//! A folder for each document, and in it a file for each format. Formats don't use each other: `contents` has what a
//! document is written from, `view` the rows and the wording that formats for people share, `terminal` the lines that
//! formats for terminals share, and `records` the objects that JSON documents share.

mod article;
mod bitext;
#[cfg(feature = "cli")]
pub mod check;
#[cfg(feature = "cli")]
mod checked;
#[cfg(feature = "cli")]
mod comment;
mod compare;
mod contents;
pub(crate) mod escape;
mod explain;
mod garble;
#[cfg(feature = "cli")]
mod html;
#[cfg(feature = "cli")]
mod layout;
mod matrix;
#[cfg(feature = "cli")]
mod neighbours;
mod records;
mod rules;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "cli")]
mod theme;
#[cfg(feature = "cli")]
mod view;

pub use article::json::write_article_json;
#[cfg(feature = "cli")]
pub use article::text::write_article_text;
pub use bitext::json::write_alignment_json;
#[cfg(feature = "cli")]
pub use bitext::text::write_alignment_text;
pub use bitext::tmx::write_alignment_tmx;
pub use bitext::tsv::write_alignment_tsv;
#[cfg(feature = "cli")]
pub(crate) use comment::MAX_COMMENT;
#[cfg(feature = "cli")]
pub use compare::corrections::write_corrections;
pub use compare::json::write_json;
#[cfg(feature = "cli")]
pub use compare::markdown::write_markdown;
pub use compare::record::{write_failure, write_record};
#[cfg(feature = "cli")]
pub use compare::text::write_text;
pub use contents::{
    BatchRecord, Bitext, BitextRow, BitextSide, ComparedPair, ComparisonPage, ExplainedFindings,
    GarbledTexts, MAX_PAIRWISE_VERSIONS, MatrixTable, Report, ReportPart,
};
pub use explain::json::write_explanations_json;
#[cfg(feature = "cli")]
pub use explain::text::write_explanations_text;
pub use garble::json::write_garbled_json;
#[cfg(feature = "cli")]
pub use garble::text::write_garbled_text;
#[cfg(feature = "cli")]
pub(crate) use html::MAX_EXPLAINED;
#[cfg(feature = "cli")]
pub use html::write_html;
#[cfg(feature = "cli")]
pub use layout::Style;
#[cfg(feature = "cli")]
pub(crate) use matrix::MAX_CELL_CHARS;
pub use matrix::{MatrixFormat, write_matrix};
#[cfg(feature = "cli")]
pub use neighbours::jsonl::write_neighbours_jsonl;
#[cfg(feature = "cli")]
pub use neighbours::text::write_neighbours_text;
#[cfg(feature = "cli")]
pub(crate) use records::round_score;
pub use rules::json::write_rules_json;
#[cfg(feature = "cli")]
pub use rules::text::write_rules_text;
#[cfg(feature = "cli")]
pub use theme::Theme;
