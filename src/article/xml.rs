//! XML documents: feeds, the formats of news agencies, XHTML.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::draft::ArticleDraft;
use super::xml_tokens::malformed_error;
use super::{feed, html, news};
use crate::error::{Error, ErrorKind, Result};

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
