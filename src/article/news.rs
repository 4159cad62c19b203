//! The formats of news agencies: NITF and NewsML-G2.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Role;
use super::draft::Draft;
use super::html::{self, Builder};
use super::lines::Shape;
use super::schema::{self, Meta};
use super::xml::{attribute, reference, refuse};
use crate::error::Result;

/// Reads NITF, by itself or in NewsML-G2, whose own headline and dates stand around it.
///
/// # Errors
/// If it is not well-formed.
pub(super) fn read(xml: &str) -> Result<Draft> {
    let mut reader = Reader::from_str(xml);
    let mut page = Builder::default();
    let mut meta = Meta::default();
    let mut open: Vec<String> = Vec::new();
    let mut told = String::new();
    // NewsML-G2 has its text in `contentSet`, NITF in `body`.
    let (mut shown, mut items) = (0_usize, 0_usize);
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|e| refuse(at, e))?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let element = tag.local_name().as_ref().to_owned();
                items += usize::from(element == "newsItem");
                described(&element, &tag, &mut meta);
                if shown > 0 {
                    let (html, class) = as_html(&element);
                    page.open(html, |name| (name == "class").then_some(class).filter(|c| !c.is_empty()))?;
                }
                if items < 2 && matches!(element.as_str(), "body" | "contentSet") || shown > 0 {
                    shown += 1;
                }
                told.clear();
                open.push(element);
            }
            Event::Empty(tag) => {
                let element = tag.local_name().as_ref().to_owned();
                described(&element, &tag, &mut meta);
                if element == "br" {
                    page.open("br", |_| None)?;
                }
            }
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                shown = shown.saturating_sub(1);
                if shown > 0 {
                    page.close(as_html(&element).0);
                } else {
                    tell(&element, told.trim(), &mut meta);
                }
                told.clear();
            }
            Event::Text(inner) => said(&inner.xml10_content(), shown, &mut page, &mut told),
            Event::CData(inner) => said(&inner.xml10_content(), shown, &mut page, &mut told),
            Event::GeneralRef(inner) => said(&reference(&inner), shown, &mut page, &mut told),
            _ => {}
        }
    }
    let body = html::finish_built(page);
    let mut draft = Draft::default();
    let has_headline = body.pieces.iter().any(|p| matches!(p.given, Some((Role::Headline, _))));
    if let Some(title) = meta.title.as_deref().filter(|_| !has_headline) {
        draft.push(title, Shape::Heading, Some((Role::Headline, "headline of the item")), None);
    }
    draft.append(&body);
    if items > 1 {
        draft.notes.push(format!("{items} news items; the first is read, the others are left out"));
    }
    draft.meta = meta;
    Ok(draft)
}

fn said(text: &str, shown: usize, page: &mut Builder, told: &mut String) {
    if shown > 0 {
        page.text(text);
    } else {
        told.push_str(text);
    }
}

/// What attributes tell of an item.
fn described(element: &str, tag: &BytesStart<'_>, meta: &mut Meta) {
    let date = match element {
        "date.issue" | "story.date" => attribute(tag, "norm"),
        _ => None,
    };
    meta.published = meta.published.take().or_else(|| schema::day(&date?));
    let lang = match element {
        "language" => attribute(tag, "tag"),
        "nitf" | "newsItem" | "body" => attribute(tag, "lang"),
        _ => None,
    };
    meta.lang = meta.lang.or_else(|| lang?.parse().ok());
}

/// What elements around the text tell of an item.
fn tell(element: &str, text: &str, meta: &mut Meta) {
    let set = |slot: &mut Option<String>| {
        if slot.is_none() && !text.is_empty() {
            *slot = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    };
    match element {
        "headline" | "title" => set(&mut meta.title),
        "by" | "byline" => set(&mut meta.author),
        "contentCreated" | "versionCreated" | "firstCreated" => {
            meta.published = meta.published.take().or_else(|| schema::day(text));
        }
        _ => {}
    }
}

/// The HTML element and class that say the same as an element of NITF.
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
