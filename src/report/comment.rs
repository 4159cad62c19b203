//! A comment on a pull request in Markdown: foreign text in it is no markup, and it has an end.

use std::io::{self, Write};

use super::escape::escape_terminal;

/// The most bytes that are written: a comment on GitHub has at most 65,536 characters, and one on GitLab a million.
pub(crate) const MAX_COMMENT: usize = 65_000;

/// Room for what is said last.
const CLOSING_ROOM: usize = 400;

pub(super) struct Comment {
    text: String,
    left_out: usize,
}

impl Comment {
    pub(super) fn new(title: &str) -> Self {
        Self { text: format!("### claimdiff: {title}\n"), left_out: 0 }
    }

    /// Adds a piece if there is room for it.
    pub(super) fn add_piece(&mut self, piece: &str) -> bool {
        let fits = self.left_out == 0 && self.text.len() + piece.len() + CLOSING_ROOM <= MAX_COMMENT;
        if fits {
            self.text += piece;
        } else {
            self.left_out += 1;
        }
        fits
    }

    /// Adds the rows that there is room for, below their head; nothing where there is no row.
    pub(super) fn add_table(&mut self, head: &str, rows: &[String]) {
        if rows.is_empty() {
            return;
        }
        if self.add_piece(head) {
            for row in rows {
                self.add_piece(row);
            }
        } else {
            // The head counted as one.
            self.left_out += rows.len() - 1;
        }
    }

    /// Adds what `inside` adds, folded under a summary.
    pub(super) fn add_folded(&mut self, summary: &str, inside: impl FnOnce(&mut Self)) {
        let opened = self.add_piece(&format!("\n<details><summary>{summary}</summary>\n"));
        inside(self);
        if opened {
            self.text += "\n</details>\n";
        } else {
            // What is inside counts, not the fold.
            self.left_out -= 1;
        }
    }

    /// Writes it, and which command prints what is left out.
    pub(super) fn write_comment(mut self, command: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.left_out > 0 {
            let count = self.left_out.to_string();
            let ending = [" entries are left out to fit a comment; `", command, "` prints all.\n"];
            self.text.extend(["\n", &count].into_iter().chain(ending));
        }
        out.write_all(self.text.as_bytes())
    }
}

/// Foreign text that is no markup, mentions nobody and refers to nothing.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut safe = String::new();
    let text = escape_terminal(text);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '@' | '#' => safe.extend([c, '\u{200b}']),
            // Neither an address nor an emoji.
            ':' if chars.peek().is_some_and(|next| !next.is_whitespace()) => safe += "\\:",
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_markup() {
        let text = "| [x](http://y) <img src=z> `a` @everyone #12 **b**\n# c";
        let safe = "\\| \\[x\\]\\(http\\://y\\) &lt;img src=z&gt; \\`a\\` @\u{200b}everyone #\u{200b}12 \\*\\*b\\*\\* #\u{200b} c";
        assert_eq!(escape_markdown(text), safe);
    }

    #[test]
    fn a_page_has_an_end() {
        let mut comment = Comment::new("much");
        let added = (0..100).filter(|_| comment.add_piece(&"x".repeat(1000))).count();
        assert_eq!((added, comment.left_out), (64, 36));
        assert!(comment.text.len() + CLOSING_ROOM <= MAX_COMMENT);
        // What would still fit does not stand behind what did not, and each row of it counts.
        assert!(!comment.add_piece("y"));
        comment.add_folded("z", |comment| comment.add_table("head", &["row".to_owned(), "row".to_owned()]));
        assert_eq!(comment.left_out, 39);
        let mut text = Vec::new();
        comment.write_comment("all", &mut text).unwrap();
        let last = "\n39 entries are left out to fit a comment; `all` prints all.\n";
        assert!(text.len() <= MAX_COMMENT && text.ends_with(last.as_bytes()));
    }
}
