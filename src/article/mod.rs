//! Bytes to [`Article`]: unpacking, decoding, blocks with their roles, language.
//!
//! One file a format hands over a draft: a text and its pieces. Nothing of the text that a format shows is dropped;
//! between blocks there is only whitespace, and a block's span holds its marks too (`#`, `-`, `>`, emphasis).

mod dateline;
mod decode;
mod draft;
mod feed;
mod file_format;
mod frame_cues;
mod html;
mod json;
mod language;
mod lines;
mod news;
mod position;
mod roles;
mod schema;
mod text_warnings;
mod unpack;
mod xml;

pub use html::{MAX_DEPTH, MAX_ELEMENTS, MAX_PULL_QUOTES, MAX_SEARCHED_BYTES};
pub use language::guess_language;
pub use lines::BlockShape;
pub use schema::ArticleMeta;

use crate::error::Result;
use crate::text::{Lang, Span};
use draft::ArticleDraft;
use file_format::FileFormat;

/// What a block of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The article's own headline.
    Headline,
    /// Running text, standfirst and section headings.
    Body,
    /// The text under a picture.
    Caption,
    /// Who wrote it, when, for whom.
    Byline,
    /// What the page says and the article does not: comment forms, share lines, teasers, author biographies.
    Boilerplate,
}

impl Role {
    /// The name for people and programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Byline => "byline",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// A paragraph, heading, list item or line that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleBlock {
    /// Where it stands in [`Article::text`]; neither end is whitespace.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// Why it is not [`Role::Body`], for people: `comment form`, `date line`.
    pub reason: Option<&'static str>,
    /// How it is marked: as a heading, a list item, a quotation.
    pub shape: BlockShape,
    /// Its language: the article's, unless the block alone is in another, such as a quotation left in the original.
    pub lang: Lang,
}

/// One version of an article.
#[derive(Clone, Debug)]
pub struct Article {
    /// The whole text: of a UTF-8 plain text or Markdown file exactly its bytes, else what was decoded or extracted.
    pub text: String,
    /// Whether `text` is the file itself, so that offsets count its bytes.
    pub verbatim: bool,
    /// The blocks in order; between them is only whitespace (before the first also a byte order mark).
    pub blocks: Vec<ArticleBlock>,
    /// Declared by the caller, else detected over the body, else what the file says, else [`Lang::UND`].
    pub lang: Lang,
    /// What the file says of itself outside of its text.
    pub meta: ArticleMeta,
    /// What a reader has to know of how it was read: another encoding, damage, a language that is not clear.
    pub notes: Vec<String>,
}

/// Largest file in bytes, packed and unpacked. The longest news feature is under 1 MB as text and the heaviest page
/// some 5 MB; past this it is not an article.
pub const MAX_ARTICLE_BYTES: u64 = 16 << 20;

impl Article {
    /// Reads an article from the bytes of a file: plain text, Markdown, HTML, RSS, Atom, NITF, NewsML-G2, JSON of
    /// schema.org or a word-processor document, also packed by gzip.
    ///
    /// `name` is the file's name for messages and, where the content does not tell, for the form (`.md`); `lang`
    /// overrides detection.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) where the file is empty, binary, damaged, too large or of a form
    /// that holds no article.
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

    /// The headline's text, where one was found.
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
    let form = FileFormat::detect_format(name, &text);
    let verbatim =
        unpacked.is_none() && note.is_none() && matches!(form, FileFormat::Plain | FileFormat::Markdown);
    let mut draft = match form {
        FileFormat::Plain | FileFormat::Markdown => {
            let pieces = lines::split_pieces(&text, form == FileFormat::Markdown);
            ArticleDraft { text, pieces, ..ArticleDraft::default() }
        }
        FileFormat::Html => html::read_html(&text)?,
        FileFormat::Xml => xml::read_xml(&text)?,
        FileFormat::Json => json::read_json(&text)?,
    };
    draft.notes.splice(..0, note);
    Ok((draft, verbatim))
}
