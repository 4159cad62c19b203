//! JSON: an article in the vocabulary of schema.org.

use serde_json::Value;

use super::block::{BlockShape, Role};
use super::draft::ArticleDraft;
use super::{html, lines, schema};
use crate::error::{Error, ErrorKind, Result};

/// Reads the first article of a JSON document.
///
/// # Errors
/// If it is not JSON, or has no article with `articleBody`.
pub(super) fn read_json(text: &str) -> Result<ArticleDraft> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
        Error::new(ErrorKind::Input, "not JSON")
            .with_advice("check that the export of this article worked")
            .with_cause(e)
    })?;
    let known = "a JSON file is read as a schema.org NewsArticle, its text in articleBody";
    let Some(article) = schema::article_in(&value) else {
        return Err(Error::new(ErrorKind::Input, "JSON without an article").with_advice(known));
    };
    let Some(body) = article.get("articleBody").and_then(Value::as_str).filter(|b| !b.trim().is_empty())
    else {
        return Err(Error::new(ErrorKind::Input, "an article without articleBody").with_advice(known));
    };
    let mut draft = ArticleDraft { meta: schema::read_meta(article), ..ArticleDraft::default() };
    if let Some(title) = &draft.meta.title.clone() {
        draft.push_block(title, BlockShape::Heading, Some((Role::Headline, "headline of the article")), None);
    }
    let images = article.get("image").map(|i| i.as_array().map_or(std::slice::from_ref(i), Vec::as_slice));
    for image in images.unwrap_or_default() {
        if let Some(caption) = image.get("caption").and_then(Value::as_str) {
            draft.push_block(caption, BlockShape::Text, Some((Role::Caption, "under a picture")), None);
        }
    }
    if body.contains("</p>") || body.contains("<br") {
        draft.append_draft(&html::read_html(body)?);
    } else {
        for piece in lines::split_pieces(body, false) {
            draft.push_block(piece.span.slice(body), piece.shape, None, None);
        }
    }
    Ok(draft)
}
