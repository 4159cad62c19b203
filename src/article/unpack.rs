//! Packed files: gzip, and word-processor documents, which are zip archives of XML.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::decode::MAX_ARTICLE_BYTES;
use super::draft::ArticleDraft;
use super::html::{self, PageBuilder};
use super::schema;
use super::xml_tokens::{attribute_value, malformed_error, resolve_reference};
use crate::error::{Error, ErrorKind, Result};

/// The file in a gzip file; `None` where the bytes are not gzip.
///
/// # Errors
/// If the file is damaged, unpacks to more than [`MAX_ARTICLE_BYTES`] or holds another gzip file.
pub(super) fn unpack_gzip(bytes: &[u8]) -> Result<Option<Vec<u8>>> {
    const MAGIC: &[u8] = b"\x1f\x8b";
    if !bytes.starts_with(MAGIC) {
        return Ok(None);
    }
    let inner = read_bounded(flate2::read::MultiGzDecoder::new(bytes))?;
    if inner.starts_with(MAGIC) {
        return Err(Error::new(ErrorKind::Input, "a gzip file in a gzip file").with_advice("unpack it once"));
    }
    Ok(Some(inner))
}

/// The unpacked bytes, at most [`MAX_ARTICLE_BYTES`] of them.
fn read_bounded(packed: impl Read) -> Result<Vec<u8>> {
    let mut inner = Vec::new();
    let read = packed.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut inner);
    read.map_err(|e| {
        Error::new(ErrorKind::Input, "the packed file is damaged")
            .with_advice("check that the download of this article worked")
            .with_cause(e)
    })?;
    if inner.len() as u64 > MAX_ARTICLE_BYTES {
        return Err(Error::new(
            ErrorKind::Input,
            format!("unpacks to more than {} MiB", MAX_ARTICLE_BYTES >> 20),
        )
        .with_advice("an article is far smaller; give one article a file"));
    }
    Ok(inner)
}

/// The text of a word-processor document (Office Open XML), or `None` where the file is no such document.
///
/// # Errors
/// If its text is damaged or unpacks to more than [`MAX_ARTICLE_BYTES`].
pub(super) fn read_docx(bytes: &[u8]) -> Result<Option<ArticleDraft>> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
    let Ok(body) = archive.by_name("word/document.xml") else { return Ok(None) };
    let body = read_bounded(body)?;
    let mut draft = read_paragraphs(&body)?;
    if let Ok(core) = archive.by_name("docProps/core.xml") {
        read_properties(&read_bounded(core)?, &mut draft)?;
    }
    Ok(Some(draft))
}

/// The paragraphs, with roles and shapes by their styles. Deleted text is not in `w:t`, so tracked changes are read as accepted.
fn read_paragraphs(xml: &[u8]) -> Result<ArticleDraft> {
    let mut reader = Reader::from_reader(xml);
    let mut page = PageBuilder::default();
    let (mut text, mut style, mut in_list, mut in_text) = (String::new(), String::new(), false, false);
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| malformed_error(at, e))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "pStyle" => {
                style = attribute_value(&tag, "val").unwrap_or_default();
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "numPr" => in_list = true,
            Event::Empty(tag) | Event::Start(tag) if matches!(tag.local_name().as_ref(), "br" | "cr") => {
                text.push('\n');
            }
            Event::Empty(tag) | Event::Start(tag) if tag.local_name().as_ref() == "tab" => text.push('\t'),
            Event::Start(tag) if tag.local_name().as_ref() == "t" => in_text = true,
            Event::End(tag) if tag.local_name().as_ref() == "t" => in_text = false,
            Event::Text(inner) if in_text => text.push_str(&inner.xml10_content()),
            Event::GeneralRef(inner) if in_text => text.push_str(&resolve_reference(&inner)),
            Event::End(tag) if tag.local_name().as_ref() == "p" => {
                let element = style_element(&style, in_list);
                page.open_element(element, |_| None)?;
                for (k, line) in text.split('\n').enumerate() {
                    if k > 0 {
                        page.open_element("br", |_| None)?;
                    }
                    page.add_text(line);
                }
                page.close_element(element);
                text.clear();
                style.clear();
                in_list = false;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(html::finish_built(page))
}

/// The HTML element for a paragraph style; their ids are English in most languages, German ones in older files.
fn style_element(style: &str, in_list: bool) -> &'static str {
    match style.to_ascii_lowercase().as_str() {
        "title" | "titel" | "titre" => "h1",
        "caption" | "beschriftung" | "lgende" => "figcaption",
        "quote" | "intensequote" | "zitat" | "citation" => "blockquote",
        s if ["heading", "berschrift", "titre"].iter().any(|h| s.starts_with(h)) => "h2",
        _ if in_list => "li",
        _ => "p",
    }
}

/// Author, title and language of a document.
fn read_properties(xml: &[u8], draft: &mut ArticleDraft) -> Result<()> {
    let mut reader = Reader::from_reader(xml);
    let mut text = String::new();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| malformed_error(at, e))? {
            Event::Start(_) => text.clear(),
            Event::Text(inner) => text.push_str(&inner.xml10_content()),
            Event::GeneralRef(inner) => text.push_str(&resolve_reference(&inner)),
            Event::End(tag) if !text.trim().is_empty() => match tag.local_name().as_ref() {
                "creator" => draft.meta.author = Some(text.trim().to_owned()),
                "title" => draft.meta.title = Some(text.trim().to_owned()),
                "language" => draft.meta.lang = text.trim().parse().ok(),
                "created" => draft.meta.published = schema::parse_day(&text),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
