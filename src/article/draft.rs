//! What the reader of a format hands over: the text, its pieces, and what the file says of itself.

use super::Role;
use super::lines::{BlockShape, DraftPiece};
use super::schema::ArticleMeta;
use crate::text::{Lang, Span};

/// A role that the format itself tells, with the reason for people.
pub(super) type FormatRole = (Role, &'static str);

/// A text on its way to becoming an article.
#[derive(Debug, Default)]
pub(super) struct ArticleDraft {
    pub(super) text: String,
    pub(super) pieces: Vec<DraftPiece>,
    pub(super) meta: ArticleMeta,
    pub(super) notes: Vec<String>,
}

impl ArticleDraft {
    /// Appends a block as a paragraph of its own; one without a word or sign is none.
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
