//! What the reader of a format hands over: the text, its pieces, and what the file says of itself.

use super::Role;
use super::lines::{Piece, Shape};
use super::schema::Meta;
use crate::text::{Lang, Span};

/// A role that the format itself tells, with the reason for people.
pub(super) type Given = (Role, &'static str);

/// A text on its way to becoming an article.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) meta: Meta,
    pub(super) notes: Vec<String>,
}

impl Draft {
    /// Appends a block as a paragraph of its own; one without a word or sign is none.
    pub(super) fn push(&mut self, block: &str, shape: Shape, given: Option<Given>, lang: Option<Lang>) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        self.pieces.push(Piece { span: Span::new(start, self.text.len()), shape, given, lang });
    }

    /// Appends the blocks of another draft.
    pub(super) fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            self.push(piece.span.of(&other.text), piece.shape, piece.given, piece.lang);
        }
        self.notes.extend(other.notes.iter().cloned());
    }
}
