//! A comment on a pull request in Markdown, within the length that GitHub and GitLab accept.

use std::io::{self, Write};

/// Most bytes of a comment: GitHub accepts 65,536 characters, GitLab a million.
pub(crate) const MAX_COMMENT: usize = 65_000;

/// Bytes kept free for the last line and for closing a fold.
const CLOSING_ROOM: usize = 400;

/// A comment that is being written; entries past its limit are counted.
pub(super) struct Comment {
    text: String,
    left_out: usize,
}

impl Comment {
    pub(super) fn new(title: &str) -> Self {
        Self { text: format!("### claimdiff: {title}\n"), left_out: 0 }
    }

    /// Adds a piece if there is room for it, and returns whether there was. After the first that doesn't fit there is no
    /// room for any.
    pub(super) fn add_piece(&mut self, piece: &str) -> bool {
        let fits = self.left_out == 0 && self.text.len() + piece.len() + CLOSING_ROOM <= MAX_COMMENT;
        if fits {
            self.text += piece;
        } else {
            self.left_out += 1;
        }
        fits
    }

    /// Adds a table's head and as many rows as fit; nothing where there is no row.
    pub(super) fn add_table(&mut self, head: &str, rows: &[String]) {
        if rows.is_empty() {
            return;
        }
        if self.add_piece(head) {
            for row in rows {
                self.add_piece(row);
            }
        } else {
            // The head was counted as one entry.
            self.left_out += rows.len() - 1;
        }
    }

    /// Adds what `inside` adds, folded below a summary.
    pub(super) fn add_folded(&mut self, summary: &str, inside: impl FnOnce(&mut Self)) {
        let opened = self.add_piece(&format!("\n<details><summary>{summary}</summary>\n"));
        inside(self);
        if opened {
            self.text += "\n</details>\n";
        } else {
            // The entries inside are counted, not the fold.
            self.left_out -= 1;
        }
    }

    /// Writes the comment, and where entries are left out their number and the command that prints all.
    pub(super) fn write_comment(mut self, command: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.left_out > 0 {
            let count = self.left_out.to_string();
            let ending = [" entries are left out to fit a comment; `", command, "` prints all.\n"];
            self.text.extend(["\n", &count].into_iter().chain(ending));
        }
        out.write_all(self.text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_has_a_limit() {
        let mut comment = Comment::new("much");
        let added = (0..100).filter(|_| comment.add_piece(&"x".repeat(1000))).count();
        assert_eq!((added, comment.left_out), (64, 36));
        assert!(comment.text.len() + CLOSING_ROOM <= MAX_COMMENT);
        // A short entry after one that did not fit is left out too, and each row of a table counts.
        assert!(!comment.add_piece("y"));
        comment.add_folded("z", |comment| comment.add_table("head", &["row".to_owned(), "row".to_owned()]));
        assert_eq!(comment.left_out, 39);
        let mut text = Vec::new();
        comment.write_comment("all", &mut text).unwrap();
        let last = "\n39 entries are left out to fit a comment; `all` prints all.\n";
        assert!(text.len() <= MAX_COMMENT && text.ends_with(last.as_bytes()));
    }
}
