//! Bytes to [`Article`]: unpacking, decoding, blocks with their roles, language.
//!
//! Each format has a reader, which returns a draft: a text and its pieces. No text that a format shows is dropped;
//! between blocks there is only whitespace, and a block's span includes its marks (`#`, `-`, `>`, emphasis).

mod block;
mod block_state;
mod dateline;
mod decode;
mod draft;
mod feed;
mod file_format;
mod frame_cues;
mod html;
mod json;
mod language;
mod line_text;
mod lines;
mod news;
mod page_lines;
mod position;
mod roles;
mod schema;
mod text_warnings;
mod unpack;
mod xml;
mod xml_tokens;

pub use block::{ArticleBlock, BlockShape, Role};
pub use decode::MAX_ARTICLE_BYTES;
pub use html::{MAX_DEPTH, MAX_ELEMENTS, MAX_PULL_QUOTES, MAX_SEARCHED_BYTES};
pub use language::guess_language;
pub use schema::ArticleMeta;

use crate::error::Result;
use crate::text::Lang;
use draft::ArticleDraft;
use file_format::FileFormat;

/// One version of an article.
#[derive(Clone, Debug)]
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
        Self::read_unnamed(name, bytes, lang).map_err(|e| e.in_file(name))
    }

    fn read_unnamed(name: &str, bytes: &[u8], declared: Option<Lang>) -> Result<Self> {
        let (mut draft, verbatim) = read_draft(name, bytes)?;
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
    let unpacked = unpack::unpack_gzip(bytes)?;
    let bytes = unpacked.as_deref().unwrap_or(bytes);
    if let Some(draft) = unpack::read_docx(bytes)? {
        return Ok((draft, false));
    }
    let (text, note) = decode::decode_text(bytes)?;
    let format = FileFormat::detect_format(name, &text);
    let verbatim =
        unpacked.is_none() && note.is_none() && matches!(format, FileFormat::Plain | FileFormat::Markdown);
    let mut draft = match format {
        FileFormat::Plain | FileFormat::Markdown => {
            let pieces = lines::split_pieces(&text, format == FileFormat::Markdown);
            ArticleDraft { text, pieces, ..ArticleDraft::default() }
        }
        FileFormat::Html => html::read_html(&text)?,
        FileFormat::Xml => xml::read_xml(&text)?,
        FileFormat::Json => json::read_json(&text)?,
    };
    draft.notes.splice(..0, note);
    Ok((draft, verbatim))
}
