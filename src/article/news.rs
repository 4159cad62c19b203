//! The formats of news agencies: NITF and NewsML-G2.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::block::{BlockShape, Role};
use super::draft::ArticleDraft;
use super::html::{self, PageBuilder};
use super::schema::{self, ArticleMeta};
use super::xml_tokens::{attribute_value, malformed_error, resolve_reference};
use crate::error::Result;

/// Reads NITF, by itself or in NewsML-G2, which has a headline and dates of its own.
///
/// # Errors
/// If it is not well-formed.
pub(super) fn read_news(xml: &str) -> Result<ArticleDraft> {
    let mut reader = Reader::from_str(xml);
    let mut page = PageBuilder::default();
    let mut meta = ArticleMeta::default();
    let mut open: Vec<String> = Vec::new();
    let mut element_text = String::new();
    // NewsML-G2 has its text in `contentSet`, NITF in `body`.
    let (mut body_depth, mut items) = (0_usize, 0_usize);
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|e| malformed_error(at, e))?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let element = tag.local_name().as_ref().to_owned();
                items += usize::from(element == "newsItem");
                read_attributes(&element, &tag, &mut meta);
                if body_depth > 0 {
                    let (html, class) = as_html(&element);
                    page.open_element(html, |name| {
                        (name == "class").then_some(class).filter(|c| !c.is_empty())
                    })?;
                }
                if items < 2 && matches!(element.as_str(), "body" | "contentSet") || body_depth > 0 {
                    body_depth += 1;
                }
                element_text.clear();
                open.push(element);
            }
            Event::Empty(tag) => {
                let element = tag.local_name().as_ref().to_owned();
                read_attributes(&element, &tag, &mut meta);
                if element == "br" {
                    page.open_element("br", |_| None)?;
                }
            }
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                body_depth = body_depth.saturating_sub(1);
                if body_depth > 0 {
                    page.close_element(as_html(&element).0);
                } else {
                    read_element(&element, element_text.trim(), &mut meta);
                }
                element_text.clear();
            }
            Event::Text(inner) => add_text(&inner.xml10_content(), body_depth, &mut page, &mut element_text),
            Event::CData(inner) => add_text(&inner.xml10_content(), body_depth, &mut page, &mut element_text),
            Event::GeneralRef(inner) => {
                add_text(&resolve_reference(&inner), body_depth, &mut page, &mut element_text);
            }
            _ => {}
        }
    }
    let body = html::finish_built(page);
    let mut draft = ArticleDraft::default();
    let has_headline = body.pieces.iter().any(|p| matches!(p.format_role, Some((Role::Headline, _))));
    if let Some(title) = meta.title.as_deref().filter(|_| !has_headline) {
        draft.push_block(title, BlockShape::Heading, Some((Role::Headline, "headline of the item")), None);
    }
    draft.append_draft(&body);
    if items > 1 {
        draft.notes.push(format!("{items} news items; the first is read, the others are left out"));
    }
    draft.meta = meta;
    Ok(draft)
}

fn add_text(text: &str, body_depth: usize, page: &mut PageBuilder, element_text: &mut String) {
    if body_depth > 0 {
        page.add_text(text);
    } else {
        element_text.push_str(text);
    }
}

/// Metadata in the attributes of an element.
fn read_attributes(element: &str, tag: &BytesStart<'_>, meta: &mut ArticleMeta) {
    let date = match element {
        "date.issue" | "story.date" => attribute_value(tag, "norm"),
        _ => None,
    };
    meta.published = meta.published.take().or_else(|| schema::parse_day(&date?));
    let lang = match element {
        "language" => attribute_value(tag, "tag"),
        "nitf" | "newsItem" | "body" => attribute_value(tag, "lang"),
        _ => None,
    };
    meta.lang = meta.lang.or_else(|| lang?.parse().ok());
}

/// Metadata in the elements around the text.
fn read_element(element: &str, text: &str, meta: &mut ArticleMeta) {
    match element {
        "headline" | "title" => fill_empty(&mut meta.title, text),
        "by" | "byline" => fill_empty(&mut meta.author, text),
        "contentCreated" | "versionCreated" | "firstCreated" => {
            meta.published = meta.published.take().or_else(|| schema::parse_day(text));
        }
        _ => {}
    }
}

fn fill_empty(slot: &mut Option<String>, text: &str) {
    if slot.is_none() && !text.is_empty() {
        *slot = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

/// The HTML element and class that correspond to an element of NITF.
fn as_html(element: &str) -> (&str, &'static str) {
    match element {
        "hl1" => ("h1", ""),
        "hl2" => ("h2", ""),
        "hedline" => ("header", ""),
        "byline" | "byttl" | "person.byline" | "by" | "distributor" => ("div", "byline"),
        "dateline" | "story.date" => ("div", "dateline"),
        "media" => ("figure", ""),
        "media-caption" | "media-producer" => ("figcaption", ""),
        "tagline" | "bibliography" => ("div", "author-bio"),
        "bq" => ("blockquote", ""),
        "abstract" | "block" | "body.head" | "body.content" | "body.end" | "note" | "inlineXML"
        | "inlineData" => ("div", ""),
        other => (other, ""),
    }
}
