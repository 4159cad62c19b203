//! Bytes to [`Article`]: decoding, blocks with their roles, language.
//!
//! A block's span holds its marks too (`#`, `-`, `>`, emphasis): between sentences there is only whitespace, so that
//! nothing of the file is lost.

mod cues;
mod decode;
mod language;
mod lines;
mod roles;

pub use language::guess;

use crate::error::Result;
use crate::text::{Lang, Span};

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

/// A paragraph, heading, list item or line that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in [`Article::text`]; neither end is whitespace.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// Why it is not [`Role::Body`], for people: `comment form`, `date line`.
    pub reason: Option<&'static str>,
}

/// One version of an article.
#[derive(Clone, Debug)]
pub struct Article {
    /// The whole text: of a UTF-8 plain text or Markdown file exactly its bytes, else the decoded text.
    pub text: String,
    /// The blocks in order; between them is only whitespace (before the first also a byte order mark).
    pub blocks: Vec<Block>,
    /// Declared by the caller, else detected over the body, else [`Lang::UND`].
    pub lang: Lang,
    /// How the bytes were read, where they were not plain UTF-8.
    pub notes: Vec<String>,
}

/// Largest input file in bytes. The longest news feature is under 1 MB as text; past this it is not an article.
pub const MAX_BYTES: u64 = 16 << 20;

impl Article {
    /// Reads an article from the bytes of a file.
    ///
    /// `name` is the file's name for messages and for the form (`.md`); `lang` overrides detection.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) where the file is empty, binary or too large.
    pub fn read(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Self> {
        let (text, note) = decode::decode(name, bytes)?;
        let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
        let markdown = ["md", "markdown", "mdown"].iter().any(|e| extension.eq_ignore_ascii_case(e));
        let blocks = roles::assign(&text, &lines::pieces(&text, markdown));
        let lang = lang.unwrap_or_else(|| {
            language::detect(blocks.iter().filter(|b| b.role == Role::Body).map(|b| b.span.of(&text)))
        });
        Ok(Self { blocks, lang, notes: note.into_iter().collect(), text })
    }

    /// The headline's text, where one was found.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.blocks.iter().find(|b| b.role == Role::Headline).map(|b| b.span.of(&self.text))
    }
}
