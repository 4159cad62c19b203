//! An article as it is read, for a terminal: its metadata, and each block with its role.

use std::io::{self, Write};

use crate::article::{Article, ArticleBlock, BlockShape, Role};
use crate::report::escape::escape_terminal;
use crate::report::layout::{BOLD, DIM, Look, Style};

/// Columns of the role in front of each block.
const ROLE_COLUMNS: usize = 13;

/// Writes an article for a terminal.
///
/// # Errors
/// If writing fails.
pub fn write_article_text(
    path: &str,
    article: &Article,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style.with_min_width();
    let title = article.headline_text().map(escape_terminal).unwrap_or_default();
    let head = format!("{} ({})", escape_terminal(path), article.lang);
    writeln!(out, "{} {}", style.paint_text(BOLD, &head), style.paint_text(DIM, &title))?;
    for (what, value) in [("author", &article.meta.author), ("published", &article.meta.published)] {
        if let Some(value) = value {
            writeln!(out, "{}", style.paint_text(DIM, &format!("{what} {}", escape_terminal(value))))?;
        }
    }
    for note in &article.notes {
        writeln!(out, "{}", style.paint_text(DIM, &format!("note: {}", escape_terminal(note))))?;
    }
    writeln!(out)?;
    for block in &article.blocks {
        let remark = block_remark(block, article);
        let look = if block.role == Role::Boilerplate { Look::Dim } else { Look::Plain };
        let line = [(block.span.slice(&article.text), look), (" ", Look::Plain), (&remark, Look::Dim)];
        for (k, (text, _)) in style.wrap_line(&line.to_vec(), style.width - ROLE_COLUMNS).iter().enumerate() {
            let role = if k == 0 { block.role.name() } else { "" };
            let role = style.paint_text(DIM, &format!("{role:<ROLE_COLUMNS$}"));
            writeln!(out, "{}", format!("{role}{text}").trim_end())?;
        }
    }
    Ok(())
}

/// A block's shape, language where it differs from the article's, and reason for being left out, in brackets; empty where
/// there is none of them.
fn block_remark(block: &ArticleBlock, article: &Article) -> String {
    let has_shape = !matches!(block.shape, BlockShape::Text | BlockShape::Marks);
    let shape = has_shape.then(|| block.shape.name());
    let lang = (block.lang != article.lang).then(|| block.lang.code());
    let parts: Vec<&str> = [shape, lang, block.reason].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("[{}]", parts.join(", ")) }
}
