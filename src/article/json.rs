//! JSON: an article in the vocabulary of schema.org.

use serde_json::Value;

use super::draft::Draft;
use super::lines::{self, Shape};
use super::{Role, html, schema};
use crate::error::{Error, ErrorKind, Result};

/// Whether a text is JSON with an article in it.
pub(super) fn holds_article(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| schema::article_in(&value).is_some())
}

/// Reads the first article of a JSON document.
///
/// # Errors
/// If it is no JSON, or holds no article or none with `articleBody`.
pub(super) fn read(text: &str) -> Result<Draft> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
        Error::new(ErrorKind::Input, "not JSON")
            .advise("check that the export of this article worked")
            .because(e)
    })?;
    let known = "a JSON file is read as a schema.org NewsArticle, its text in articleBody";
    let Some(article) = schema::article_in(&value) else {
        return Err(Error::new(ErrorKind::Input, "JSON without an article").advise(known));
    };
    let Some(body) = article.get("articleBody").and_then(Value::as_str).filter(|b| !b.trim().is_empty())
    else {
        return Err(Error::new(ErrorKind::Input, "an article without articleBody").advise(known));
    };
    let mut draft = Draft { meta: schema::meta(article), ..Draft::default() };
    if let Some(title) = &draft.meta.title.clone() {
        draft.push(title, Shape::Heading, Some((Role::Headline, "headline of the article")), None);
    }
    let images = article.get("image").map(|i| i.as_array().map_or(std::slice::from_ref(i), Vec::as_slice));
    for image in images.unwrap_or_default() {
        if let Some(caption) = image.get("caption").and_then(Value::as_str) {
            draft.push(caption, Shape::Text, Some((Role::Caption, "under a picture")), None);
        }
    }
    if body.contains("</p>") || body.contains("<br") {
        draft.append(&html::read(body)?);
    } else {
        for piece in lines::pieces(body, false) {
            draft.push(piece.span.of(body), piece.shape, None, None);
        }
    }
    Ok(draft)
}
