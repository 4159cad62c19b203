//! A block of an article: its place, role, shape and language.

use strum::VariantArray;

use crate::text::{Lang, Span};

/// The role of a block in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
#[non_exhaustive]
pub enum Role {
    /// The article's own headline.
    Headline,
    /// Running text, standfirst and section headings.
    Body,
    /// The text under a picture.
    Caption,
    /// Author, date, agency.
    Byline,
    /// Text of the page outside the article: comment forms, share lines, teasers, author biographies.
    Boilerplate,
}

impl Role {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

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

/// The shape of a block, by its markup or list marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
#[non_exhaustive]
pub enum BlockShape {
    /// A paragraph, or a line of its own.
    Text,
    /// An entry of a list.
    Item,
    /// A heading that is marked as one.
    Heading,
    /// A block quotation.
    Quote,
    /// Front matter, rulers, code fences: marks for a program, without words of the article.
    Marks,
}

impl BlockShape {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Item => "item",
            Self::Heading => "heading",
            Self::Quote => "quote",
            Self::Marks => "marks",
        }
    }
}

/// A paragraph, heading, list item or single line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArticleBlock {
    /// Bytes of [`Article::text`](super::Article::text); neither end is whitespace.
    pub span: Span,
    /// Its role in the article.
    pub role: Role,
    /// Why it is not [`Role::Body`], for people: `comment form`, `date line`.
    pub reason: Option<&'static str>,
    /// Its shape: heading, list item, quotation.
    pub shape: BlockShape,
    /// Its language: the article's, unless the block alone is in another, such as a quotation left in the original.
    pub lang: Lang,
}
