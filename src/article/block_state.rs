//! A block while its role is being decided.

use super::block::{BlockShape, Role};
use super::draft::DraftPiece;
use super::frame_cues::{CueVerdict, FrameCues, MAX_CUE_LINE};
use super::line_text::{ends_sentence, fold_text, is_longer};

/// Longest headline in characters; the longest of news sites are about 150.
const MAX_HEADLINE_CHARS: usize = 200;
/// Longest block, in characters, that ends in a picture credit; longer blocks are not folded.
pub(super) const MAX_CAPTION_CHARS: usize = 500;

pub(super) struct BlockState<'a> {
    pub(super) text: &'a str,
    /// Empty for blocks longer than [`MAX_CAPTION_CHARS`].
    pub(super) folded: String,
    pub(super) shape: BlockShape,
    pub(super) role: Role,
    pub(super) reason: Option<&'static str>,
    /// The cue that its words match, whatever its role.
    pub(super) cue: Option<CueVerdict>,
}

impl<'a> BlockState<'a> {
    /// The state of a piece of `full_text`: body, unless the format marks another role.
    pub(super) fn new(piece: &DraftPiece, full_text: &'a str, cues: &FrameCues) -> Self {
        let text = piece.span.slice(full_text);
        let folded = if is_longer(text, MAX_CAPTION_CHARS) { String::new() } else { fold_text(text) };
        let (role, reason) =
            piece.format_role.map_or((Role::Body, None), |(role, reason)| (role, Some(reason)));
        let short = !folded.is_empty() && !is_longer(text, MAX_CUE_LINE);
        let cue = if short { cues.match_cue(&folded, text) } else { None };
        Self { text, folded, shape: piece.shape, role, reason, cue }
    }

    pub(super) fn set_role(&mut self, role: Role, reason: &'static str) {
        (self.role, self.reason) = (role, Some(reason));
    }

    pub(super) fn is_body(&self) -> bool {
        self.role == Role::Body
    }

    /// A line such as a heading or a teaser: short, no sentence end.
    pub(super) fn is_title(&self) -> bool {
        !is_longer(self.text, MAX_HEADLINE_CHARS) && (!ends_sentence(self.text) || self.text.ends_with('?'))
    }
}
