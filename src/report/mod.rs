//! Writes finished results in the formats that people and programs read. Nothing is computed here, so that formats
//! cannot disagree.
//!
//! A folder for each document, and in it a file for each format. Formats don't use each other: `contents` has what a
//! document is written from, `view` the rows and the wording that formats for people share, `terminal` the lines that
//! formats for terminals share, and `records` the objects that JSON documents share.

mod article;
mod bitext;
pub mod check;
mod checked;
mod comment;
mod compare;
mod contents;
pub(crate) mod escape;
mod explain;
mod garble;
mod html;
mod layout;
mod matrix;
mod neighbours;
mod records;
mod rules;
mod schema;
mod schema_parts;
mod terminal;
mod theme;
mod view;

pub use article::json::write_article_json;
pub use article::text::write_article_text;
pub use bitext::json::write_alignment_json;
pub use bitext::text::write_alignment_text;
pub use bitext::tmx::write_alignment_tmx;
pub use bitext::tsv::write_alignment_tsv;
pub(crate) use comment::MAX_COMMENT;
pub use compare::corrections::write_corrections;
pub use compare::json::write_json;
pub use compare::markdown::write_markdown;
pub use compare::record::{write_failure, write_record};
pub use compare::text::write_text;
pub use contents::{
    BatchRecord, Bitext, BitextRow, BitextSide, ComparedPair, ComparisonPage, ExplainedFindings,
    GarbledTexts, MAX_PAIRWISE_VERSIONS, MatrixTable, Report, ReportPart,
};
pub use explain::json::write_explanations_json;
pub use explain::text::write_explanations_text;
pub use garble::json::write_garbled_json;
pub use garble::text::write_garbled_text;
pub(crate) use html::MAX_EXPLAINED;
pub use html::write_html;
pub use layout::Style;
pub(crate) use matrix::MAX_CELL_CHARS;
pub use matrix::{MatrixFormat, write_matrix};
pub use neighbours::jsonl::write_neighbours_jsonl;
pub use neighbours::text::write_neighbours_text;
pub(crate) use records::round_score;
pub use rules::json::write_rules_json;
pub use rules::text::write_rules_text;
pub(crate) use schema::record_schema;
pub use schema::{NamedSchema, SCHEMAS};
pub(crate) use schema_parts::value_schema;
pub use theme::Theme;
