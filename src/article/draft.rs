//! The result of a format's reader: the text, its pieces, and the metadata of the file.

use super::block::{BlockShape, Role};
use super::schema::ArticleMeta;
use crate::text::{Lang, Span};

/// A role that the format itself marks, with the reason for people.
pub(super) type FormatRole = (Role, &'static str);

/// A block before its role is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct DraftPiece {
    pub(super) span: Span,
    pub(super) shape: BlockShape,
    /// The role that the format marks.
    pub(super) format_role: Option<FormatRole>,
    /// The language that the format declares for this block alone.
    pub(super) lang: Option<Lang>,
}

impl DraftPiece {
    /// A piece of which the format marks neither role nor language.
    pub(super) fn new(span: Span, shape: BlockShape) -> Self {
        Self { span, shape, format_role: None, lang: None }
    }
}

/// A text on its way to becoming an article.
#[derive(Debug, Default)]
pub(super) struct ArticleDraft {
    pub(super) text: String,
    pub(super) pieces: Vec<DraftPiece>,
    pub(super) meta: ArticleMeta,
    pub(super) notes: Vec<String>,
}

impl ArticleDraft {
    /// Appends a block as a paragraph of its own; an empty one is skipped.
    pub(super) fn push_block(
        &mut self,
        block: &str,
        shape: BlockShape,
        format_role: Option<FormatRole>,
        lang: Option<Lang>,
    ) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        self.pieces.push(DraftPiece { span: Span::new(start, self.text.len()), shape, format_role, lang });
    }

    /// Appends the blocks of another draft.
    pub(super) fn append_draft(&mut self, other: &Self) {
        for piece in &other.pieces {
            self.push_block(piece.span.slice(&other.text), piece.shape, piece.format_role, piece.lang);
        }
        self.notes.extend(other.notes.iter().cloned());
    }
}
