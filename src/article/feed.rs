//! Items of feeds: RSS and Atom.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::block::{BlockShape, Role};
use super::draft::ArticleDraft;
use super::html;
use super::schema::{self, ArticleMeta};
use super::xml_tokens::{attribute_value, malformed_error, resolve_reference};
use crate::error::{Error, ErrorKind, Result};

/// The elements of one item of a feed.
#[derive(Debug, Default)]
struct FeedItem {
    title: String,
    summary: String,
    content: String,
    author: String,
    date: String,
}

impl FeedItem {
    /// The field for an element; in Atom an author's name is an element of its own.
    fn field_for_element(&mut self, element: &str) -> Option<&mut String> {
        match element {
            "title" => Some(&mut self.title),
            "description" | "summary" => Some(&mut self.summary),
            "encoded" | "content" => Some(&mut self.content),
            "creator" | "name" => Some(&mut self.author),
            "pubDate" | "published" | "date" => Some(&mut self.date),
            _ => None,
        }
    }
}

/// Reads the first item of a feed. Which of several is meant cannot be known, so a note counts the others.
///
/// # Errors
/// If the feed is not well-formed or has no item.
pub(super) fn read_feed(xml: &str) -> Result<ArticleDraft> {
    let mut reader = Reader::from_str(xml);
    let (mut first, mut items, mut inside) = (FeedItem::default(), 0_usize, false);
    let mut lang = None;
    // The element that is being read into a field, and how deep in it the reader is.
    let mut field: Option<(String, usize)> = None;
    let mut text = String::new();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|e| malformed_error(at, e))?;
        match (&event, &mut field) {
            (Event::Eof, _) => break,
            (Event::Start(tag), Some((_, depth))) => {
                *depth += 1;
                text.extend(["<", tag.local_name().as_ref(), ">"]);
            }
            (Event::Empty(tag), Some(_)) => text.extend(["<", tag.local_name().as_ref(), ">"]),
            (Event::End(tag), Some((element, depth))) => {
                *depth -= 1;
                if *depth > 0 {
                    text.extend(["</", tag.local_name().as_ref(), ">"]);
                } else {
                    if element == "language" {
                        lang = text.trim().parse().ok();
                    } else if let Some(into) = first.field_for_element(element).filter(|f| f.is_empty()) {
                        into.push_str(text.trim());
                    }
                    text.clear();
                    field = None;
                }
            }
            (Event::Text(inner), Some(_)) => text.push_str(&inner.xml10_content()),
            (Event::CData(inner), Some(_)) => text.push_str(&inner.xml10_content()),
            // In markup a written `&lt;` stays one.
            (Event::GeneralRef(inner), Some((_, depth))) if *depth > 1 => {
                text.extend(["&", &inner.xml10_content(), ";"]);
            }
            (Event::GeneralRef(inner), Some(_)) => text.push_str(&resolve_reference(inner)),
            (Event::Start(tag), None) => {
                let element = tag.local_name().as_ref().to_owned();
                if matches!(element.as_str(), "item" | "entry") {
                    items += 1;
                    inside = items == 1;
                    lang = attribute_value(tag, "lang").and_then(|l| l.parse().ok()).or(lang);
                } else if element == "feed" {
                    lang = attribute_value(tag, "lang").and_then(|l| l.parse().ok());
                } else if (inside && first.field_for_element(&element).is_some())
                    || (items == 0 && element == "language")
                {
                    field = Some((element, 1));
                }
            }
            (Event::End(tag), None) if matches!(tag.local_name().as_ref(), "item" | "entry") => {
                inside = false;
            }
            _ => {}
        }
    }
    if items == 0 {
        return Err(Error::new(ErrorKind::Input, "a feed without an item")
            .with_advice("check that the download of this feed worked"));
    }
    let mut draft = ArticleDraft::default();
    let title = flatten_markup(&first.title)?;
    draft.push_block(&title, BlockShape::Heading, Some((Role::Headline, "title of the item")), None);
    if items > 1 {
        draft
            .notes
            .push(format!("a feed of {items} items; the first is read ({title:?}), the others are left out"));
    }
    if first.content.is_empty() && !first.summary.is_empty() {
        draft.notes.push("the item holds a summary only, not the whole article".to_owned());
    }
    let markup = if first.content.is_empty() { &first.summary } else { &first.content };
    let body = html::read_html(markup)?;
    draft.append_draft(&body);
    let author = flatten_markup(&first.author)?;
    draft.meta = ArticleMeta {
        title: Some(title).filter(|t| !t.is_empty()),
        author: Some(author).filter(|a| !a.is_empty()),
        published: schema::parse_day(&first.date),
        lang,
    };
    Ok(draft)
}

/// One line of text from a title or an author, which may be markup too.
fn flatten_markup(markup: &str) -> Result<String> {
    Ok(html::read_html(markup)?.text.replace('\n', " "))
}
