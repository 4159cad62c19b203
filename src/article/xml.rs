//! XML: which kind it is, and what its readers share.
//!
//! No entity is expanded but those of XML itself, so that no document grows while it is read.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::draft::ArticleDraft;
use super::{feed, html, news};
use crate::error::{Error, ErrorKind, Result};

/// An attribute by its local name.
pub(super) fn attribute_value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut matching = tag.attributes().flatten().filter(|a| a.key.local_name().as_ref() == name);
    matching.next().map(|a| a.value.into_owned())
}

/// The character that a reference stands for; one that XML does not know stays as it is written.
pub(super) fn resolve_reference(inner: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(c)) = inner.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    let name = inner.xml10_content();
    match &*name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => "\u{a0}".into(),
        other => format!("&{other};").into(),
    }
}

pub(super) fn malformed_error(at: u64, cause: quick_xml::Error) -> Error {
    Error::new(ErrorKind::Input, format!("not well-formed XML at byte {at}"))
        .with_advice("save the article as HTML or plain text")
        .with_cause(cause)
}

/// Reads the article of an XML document.
///
/// # Errors
/// If it is not well-formed or of a kind that has no article.
pub(super) fn read_xml(xml: &str) -> Result<ArticleDraft> {
    let mut reader = Reader::from_str(xml);
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| malformed_error(at, e))? {
            Event::Start(tag) => {
                return match tag.local_name().as_ref() {
                    "rss" | "RDF" | "feed" | "entry" | "item" | "channel" => feed::read_feed(xml),
                    "nitf" | "newsItem" | "newsMessage" | "packageItem" => news::read_news(xml),
                    "html" => html::read_html(xml),
                    other => Err(Error::new(
                        ErrorKind::Input,
                        format!("XML of an unknown kind (its first element is {other:?})"),
                    )
                    .with_advice(
                        "RSS, Atom, NITF and NewsML-G2 are known; save the article as HTML or plain text",
                    )),
                };
            }
            Event::Eof => {
                return Err(Error::new(ErrorKind::Input, "XML without an element")
                    .with_advice("check that the download of this article worked"));
            }
            _ => {}
        }
    }
}
