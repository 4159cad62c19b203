//! `claimdiff.article/1`: an article as it is read, each block with its role and why it is not compared.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::article::{Article, ArticleBlock};
use crate::report::schema_parts;

pub(in crate::report) const SCHEMA: &str = "claimdiff.article/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ArticleDocument<'a> {
    schema: &'a str,
    path: &'a str,
    language: &'a str,
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<&'a str>,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    blocks: Vec<BlockRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct BlockRecord<'a> {
    start: usize,
    end: usize,
    #[schemars(schema_with = "schema_parts::role_schema")]
    role: &'a str,
    #[schemars(schema_with = "schema_parts::shape_schema")]
    shape: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    text: &'a str,
}

fn build_block<'a>(block: &'a ArticleBlock, article: &'a Article) -> BlockRecord<'a> {
    BlockRecord {
        start: block.span.start,
        end: block.span.end,
        role: block.role.name(),
        shape: block.shape.name(),
        language: (block.lang != article.lang).then(|| block.lang.code()),
        reason: block.reason,
        text: block.span.slice(&article.text),
    }
}

/// Writes an article as one JSON document, schema `claimdiff.article/1`.
///
/// # Errors
/// If writing fails.
pub fn write_article_json(path: &str, article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let document = ArticleDocument {
        schema: SCHEMA,
        path,
        language: article.lang.code(),
        title: article.headline_text(),
        author: article.meta.author.as_deref(),
        published: article.meta.published.as_deref(),
        notes: &article.notes,
        text: (!article.verbatim).then_some(&article.text),
        blocks: article.blocks.iter().map(|block| build_block(block, article)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}
