//! Packed files: gzip, and word-processor documents, which are zip archives of XML.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::draft::Draft;
use super::html::{self, Builder};
use super::xml::{attribute, reference, refuse};
use super::{MAX_BYTES, schema};
use crate::error::{Error, ErrorKind, Result};

/// The file in a gzip file, or the bytes as they are.
///
/// # Errors
/// If the file is damaged, unpacks to more than [`MAX_BYTES`] or holds another gzip file.
pub(super) fn gzip(bytes: &[u8]) -> Result<Option<Vec<u8>>> {
    const MAGIC: &[u8] = b"\x1f\x8b";
    if !bytes.starts_with(MAGIC) {
        return Ok(None);
    }
    let inner = bounded(flate2::read::MultiGzDecoder::new(bytes))?;
    if inner.starts_with(MAGIC) {
        return Err(Error::new(ErrorKind::Input, "a gzip file in a gzip file").advise("unpack it once"));
    }
    Ok(Some(inner))
}

/// What a packed file holds, where it is no larger than an article may be.
fn bounded(packed: impl Read) -> Result<Vec<u8>> {
    let mut inner = Vec::new();
    let read = packed.take(MAX_BYTES + 1).read_to_end(&mut inner);
    read.map_err(|e| {
        Error::new(ErrorKind::Input, "the packed file is damaged")
            .advise("check that the download of this article worked")
            .because(e)
    })?;
    if inner.len() as u64 > MAX_BYTES {
        return Err(Error::new(ErrorKind::Input, format!("unpacks to more than {} MiB", MAX_BYTES >> 20))
            .advise("an article is far smaller; give one article a file"));
    }
    Ok(inner)
}

/// The text of a word-processor document (Office Open XML), or nothing where the archive is none.
///
/// # Errors
/// If its text is damaged or unpacks to more than [`MAX_BYTES`].
pub(super) fn document(bytes: &[u8]) -> Result<Option<Draft>> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
    let Ok(body) = archive.by_name("word/document.xml") else { return Ok(None) };
    let body = bounded(body)?;
    let mut draft = paragraphs(&body)?;
    if let Ok(core) = archive.by_name("docProps/core.xml") {
        properties(&bounded(core)?, &mut draft)?;
    }
    Ok(Some(draft))
}

/// The paragraphs with what their styles say. Deleted text is not in `w:t`, so tracked changes are read as accepted.
fn paragraphs(xml: &[u8]) -> Result<Draft> {
    let mut reader = Reader::from_reader(xml);
    let mut page = Builder::default();
    let (mut text, mut style, mut in_list, mut in_text) = (String::new(), String::new(), false, false);
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| refuse(at, e))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "pStyle" => {
                style = attribute(&tag, "val").unwrap_or_default();
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "numPr" => in_list = true,
            Event::Empty(tag) | Event::Start(tag) if matches!(tag.local_name().as_ref(), "br" | "cr") => {
                text.push('\n');
            }
            Event::Empty(tag) | Event::Start(tag) if tag.local_name().as_ref() == "tab" => text.push('\t'),
            Event::Start(tag) if tag.local_name().as_ref() == "t" => in_text = true,
            Event::End(tag) if tag.local_name().as_ref() == "t" => in_text = false,
            Event::Text(inner) if in_text => text.push_str(&inner.xml10_content()),
            Event::GeneralRef(inner) if in_text => text.push_str(&reference(&inner)),
            Event::End(tag) if tag.local_name().as_ref() == "p" => {
                let element = element(&style, in_list);
                page.open(element, |_| None)?;
                for (k, line) in text.split('\n').enumerate() {
                    if k > 0 {
                        page.open("br", |_| None)?;
                    }
                    page.text(line);
                }
                page.close(element);
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
fn element(style: &str, in_list: bool) -> &'static str {
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
fn properties(xml: &[u8], draft: &mut Draft) -> Result<()> {
    let mut reader = Reader::from_reader(xml);
    let mut text = String::new();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| refuse(at, e))? {
            Event::Start(_) => text.clear(),
            Event::Text(inner) => text.push_str(&inner.xml10_content()),
            Event::GeneralRef(inner) => text.push_str(&reference(&inner)),
            Event::End(tag) if !text.trim().is_empty() => match tag.local_name().as_ref() {
                "creator" => draft.meta.author = Some(text.trim().to_owned()),
                "title" => draft.meta.title = Some(text.trim().to_owned()),
                "language" => draft.meta.lang = text.trim().parse().ok(),
                "created" => draft.meta.published = schema::day(&text),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
