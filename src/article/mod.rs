//! Bytes to [`Article`]: unpacking, decoding, blocks with their roles, language.
//!
//! Each format has a reader, which returns a draft: a text and its pieces. No text that a format shows is dropped;
//! between blocks there is only whitespace, and a block's span includes its marks (`#`, `-`, `>`, emphasis).

mod block;
mod block_state;
mod dateline;
mod decode;
mod draft;
#[cfg(feature = "formats")]
mod feed;
mod file_format;
mod frame_cues;
#[cfg(feature = "formats")]
mod html;
#[cfg(feature = "formats")]
mod json;
mod language;
mod line_text;
mod lines;
#[cfg(feature = "formats")]
mod news;
mod page_lines;
mod position;
mod roles;
mod schema;
mod text_warnings;
#[cfg(feature = "formats")]
mod unpack;
#[cfg(feature = "formats")]
mod xml;
#[cfg(feature = "formats")]
mod xml_tokens;

pub use block::{ArticleBlock, BlockShape, Role};
pub use decode::MAX_ARTICLE_BYTES;
#[cfg(feature = "formats")]
pub use html::{MAX_DEPTH, MAX_ELEMENTS, MAX_PULL_QUOTES, MAX_SEARCHED_BYTES};
pub use language::guess_language;
pub use schema::ArticleMeta;

use crate::error::Result;
#[cfg(not(feature = "formats"))]
use crate::error::{Error, ErrorKind};
use crate::text::Lang;
use draft::ArticleDraft;
use file_format::FileFormat;

/// One version of an article.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Article {
    /// The whole text: of a UTF-8 plain text or Markdown file exactly its bytes, else the decoded or extracted text.
    pub text: String,
    /// Whether `text` is the file itself, so that offsets count its bytes.
    pub verbatim: bool,
    /// The blocks in order; between them is only whitespace (before the first also a byte order mark).
    pub blocks: Vec<ArticleBlock>,
    /// Declared by the caller, else detected in the body, else declared by the file, else [`Lang::UND`].
    pub lang: Lang,
    /// Metadata of the file, outside of its text.
    pub meta: ArticleMeta,
    /// Notes on reading it, for people: another encoding, damage, a language that is not clear.
    pub notes: Vec<String>,
}

impl Article {
    /// Reads an article from the bytes of a file: plain text, Markdown, HTML, RSS, Atom, NITF, NewsML-G2, JSON of
    /// schema.org or a word-processor document, also packed by gzip.
    ///
    /// `name` is the file's name, for messages and, where the content does not show it, for the format (`.md`); `lang`
    /// overrides detection of the language.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) where the file is empty, binary, damaged, too large or of a format
    /// without an article.
    pub fn read(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Self> {
        read_draft(name, bytes)
            .and_then(|(draft, verbatim)| Self::from_draft(draft, verbatim, lang))
            .map_err(|e| e.in_file(name))
    }

    /// Reads an article from plain text; offsets count its bytes. `lang` overrides detection of the language.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) where the text is empty or longer than [`MAX_ARTICLE_BYTES`].
    pub fn from_text(text: &str, lang: Option<Lang>) -> Result<Self> {
        decode::check_size(text.as_bytes())?;
        Self::from_draft(draft_text(text.to_owned(), FileFormat::Plain), true, lang)
    }

    fn from_draft(mut draft: ArticleDraft, verbatim: bool, declared: Option<Lang>) -> Result<Self> {
        if draft.pieces.is_empty() {
            return Err(decode::no_text_error());
        }
        draft.notes.extend(text_warnings::text_notes(&draft.text));
        let mut blocks = roles::assign_roles(&draft.text, &draft.pieces, draft.meta.author.as_deref());
        let body = blocks.iter().filter(|b| b.role == Role::Body).map(|b| b.span.slice(&draft.text));
        let (lang, note) = language::article_language(declared, body, draft.meta.lang);
        draft.notes.extend(note);
        language::assign_block_languages(&draft.text, &mut blocks, lang, declared.is_some());
        Ok(Self { blocks, lang, verbatim, notes: draft.notes, meta: draft.meta, text: draft.text })
    }

    /// The text of the headline block; `None` without one.
    #[must_use]
    pub fn headline_text(&self) -> Option<&str> {
        self.blocks.iter().find(|b| b.role == Role::Headline).map(|b| b.span.slice(&self.text))
    }
}

/// The text of a file and its pieces, and whether the text is the file itself.
fn read_draft(name: &str, bytes: &[u8]) -> Result<(ArticleDraft, bool)> {
    decode::check_size(bytes)?;
    #[cfg(feature = "formats")]
    if let Some(draft) = read_packed(name, bytes)? {
        return Ok((draft, false));
    }
    read_text_file(name, bytes)
}

/// The draft of a packed file; `None` for any other.
#[cfg(feature = "formats")]
fn read_packed(name: &str, bytes: &[u8]) -> Result<Option<ArticleDraft>> {
    let unpacked = unpack::unpack_gzip(bytes)?;
    if let Some(draft) = unpack::read_docx(unpacked.as_deref().unwrap_or(bytes))? {
        return Ok(Some(draft));
    }
    unpacked.map(|bytes| Ok(read_text_file(name, &bytes)?.0)).transpose()
}

/// As [`read_draft`], of a file that is text.
fn read_text_file(name: &str, bytes: &[u8]) -> Result<(ArticleDraft, bool)> {
    let (text, note) = decode::decode_text(bytes)?;
    let format = FileFormat::detect_format(name, &text);
    let verbatim = note.is_none() && matches!(format, FileFormat::Plain | FileFormat::Markdown);
    let mut draft = match format {
        FileFormat::Plain | FileFormat::Markdown => draft_text(text, format),
        #[cfg(feature = "formats")]
        FileFormat::Html => html::read_html(&text)?,
        #[cfg(feature = "formats")]
        FileFormat::Xml => xml::read_xml(&text)?,
        #[cfg(feature = "formats")]
        FileFormat::Json => json::read_json(&text)?,
        #[cfg(not(feature = "formats"))]
        FileFormat::Html | FileFormat::Xml | FileFormat::Json => {
            let message = "is no plain text, and this build of claimdiff reads no other form";
            let advice = "build it with the feature `formats`";
            return Err(Error::new(ErrorKind::Input, message).with_advice(advice));
        }
    };
    draft.notes.splice(..0, note);
    Ok((draft, verbatim))
}

fn draft_text(text: String, format: FileFormat) -> ArticleDraft {
    let pieces = lines::split_pieces(&text, format == FileFormat::Markdown);
    ArticleDraft { text, pieces, ..ArticleDraft::default() }
}
