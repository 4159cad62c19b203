//! One article as it is read: what is known of it, each block with its role, and why it is left out.

use std::io::{self, Write};

use serde::Serialize;

#[cfg(feature = "cli")]
use super::escape;
#[cfg(feature = "cli")]
use super::layout::{BOLD, DIM, Look, Style};
use crate::article::{Article, ArticleBlock};
#[cfg(feature = "cli")]
use crate::article::{BlockShape, Role};

const SCHEMA: &str = "claimdiff.article/1";

#[derive(Serialize)]
struct ArticleDocument<'a> {
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

#[derive(Serialize)]
struct BlockRecord<'a> {
    start: usize,
    end: usize,
    role: &'a str,
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

pub(super) fn write_json(path: &str, article: &Article, out: &mut dyn Write) -> io::Result<()> {
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

/// Columns of the role before each block.
#[cfg(feature = "cli")]
const ROLE_COLUMNS: usize = 13;

#[cfg(feature = "cli")]
pub(super) fn write_text(path: &str, article: &Article, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let style = style.with_min_width();
    let title = article.headline_text().map(escape::escape_terminal).unwrap_or_default();
    let head = format!("{} ({})", escape::escape_terminal(path), article.lang);
    writeln!(out, "{} {}", style.paint_text(BOLD, &head), style.paint_text(DIM, &title))?;
    for (what, value) in [("author", &article.meta.author), ("published", &article.meta.published)] {
        if let Some(value) = value {
            writeln!(
                out,
                "{}",
                style.paint_text(DIM, &format!("{what} {}", escape::escape_terminal(value)))
            )?;
        }
    }
    for note in &article.notes {
        writeln!(out, "{}", style.paint_text(DIM, &format!("note: {}", escape::escape_terminal(note))))?;
    }
    writeln!(out)?;
    for block in &article.blocks {
        let aside = block_remark(block, article);
        let look = if block.role == Role::Boilerplate { Look::Dim } else { Look::Plain };
        let line = [(block.span.slice(&article.text), look), (" ", Look::Plain), (&aside, Look::Dim)];
        for (k, (text, _)) in style.wrap_line(&line.to_vec(), style.width - ROLE_COLUMNS).iter().enumerate() {
            let role = if k == 0 { block.role.name() } else { "" };
            let role = style.paint_text(DIM, &format!("{role:<ROLE_COLUMNS$}"));
            writeln!(out, "{}", format!("{role}{text}").trim_end())?;
        }
    }
    Ok(())
}

/// What is to be said of a block beside its role.
#[cfg(feature = "cli")]
fn block_remark(block: &ArticleBlock, article: &Article) -> String {
    let shape =
        Some(block.shape.name()).filter(|_| !matches!(block.shape, BlockShape::Text | BlockShape::Marks));
    let lang = Some(block.lang.code()).filter(|_| block.lang != article.lang);
    let parts: Vec<&str> = [shape, lang, block.reason].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("[{}]", parts.join(", ")) }
}
