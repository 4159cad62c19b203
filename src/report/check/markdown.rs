//! A comment on a pull request.

use std::io::{self, Write};

use super::{Alert, Checked, Pair, State, Verdict, text};
use crate::report::escape::terminal;

/// The most bytes that are written: a comment on GitHub has at most 65,536 characters, and one on GitLab a million.
const MOST: usize = 65_000;

/// Room for what is said last.
const LAST: usize = 400;

pub(super) fn write(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: format!("### claimdiff: {}\n", text::summary(checked)), left_out: 0 };
    for (story, why) in checked.failures() {
        page.add(&format!("\n- **failed** {}: {}\n", plain(&story.name), plain(why)));
    }
    for pair in checked.pairs().filter(|pair| pair.verdict() == Verdict::CannotTell) {
        let doubt = pair.doubt.as_deref().unwrap_or_default();
        page.add(&format!("\n- **cannot tell** {}: {}\n", plain(&pair.b), plain(doubt)));
    }
    for pair in checked.pairs() {
        page.table(pair, &pair.alerts.iter().filter(|alert| alert.is_new()).collect::<Vec<_>>());
    }
    for alert in &checked.alerts {
        let place = format!("{}:{}", alert.at.path, alert.at.start.0);
        page.add(&format!("\n- {}: {}\n", plain(&place), plain(&alert.message)));
    }
    for note in &checked.notes {
        page.add(&format!("\n- note: {}\n", plain(note)));
    }
    let known = checked.alerts().any(|alert| alert.state != State::New);
    if known && page.add("\n<details><summary>Known</summary>\n") {
        for pair in checked.pairs() {
            page.table(pair, &pair.alerts.iter().filter(|alert| !alert.is_new()).collect::<Vec<_>>());
        }
        page.text += "\n</details>\n";
    }
    if page.left_out > 0 {
        let said = "entries are left out to fit a comment; `claimdiff check` prints all.";
        page.text.extend(["\n", &page.left_out.to_string(), " ", said, "\n"]);
    }
    out.write_all(page.text.as_bytes())
}

struct Page {
    text: String,
    left_out: usize,
}

impl Page {
    /// Adds a piece if there is room for it.
    fn add(&mut self, piece: &str) -> bool {
        let fits = self.left_out == 0 && self.text.len() + piece.len() + LAST <= MOST;
        if fits {
            self.text += piece;
        } else {
            self.left_out += 1;
        }
        fits
    }

    fn table(&mut self, pair: &Pair, alerts: &[&Alert]) {
        let head = format!(
            "\n**{}** against {}, divergence {:.2}\n\n| severity | what | line | | id |\n|---|---|---|---|---|\n",
            plain(&pair.b),
            plain(&pair.a),
            pair.scores.divergence
        );
        if alerts.is_empty() {
            return;
        }
        if !self.add(&head) {
            // The head counted as one.
            self.left_out += alerts.len() - 1;
            return;
        }
        for alert in alerts {
            let reason = match (&alert.reason, alert.state) {
                (_, State::New) => String::new(),
                (None, state) => format!(" _{}_", state.name()),
                (Some(reason), state) => format!(" _{}: {}_", state.name(), plain(reason)),
            };
            self.add(&format!(
                "| {} | {} | {} | {}{reason} | `{}` |\n",
                alert.severity.name(),
                plain(&alert.title()),
                alert.at.start.0,
                plain(&alert.message),
                alert.id
            ));
        }
    }
}

/// Foreign text that is no markup, mentions nobody and refers to nothing.
pub(crate) fn plain(text: &str) -> String {
    let mut safe = String::new();
    let text = terminal(text);
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
        assert_eq!(plain(text), safe);
    }

    #[test]
    fn a_page_has_an_end() {
        let mut page = Page { text: String::new(), left_out: 0 };
        let added = (0..100).filter(|_| page.add(&"x".repeat(1000))).count();
        assert_eq!((added, page.left_out), (64, 36));
        assert!(page.text.len() + LAST <= MOST);
        // What would still fit does not stand behind what did not.
        assert!(!page.add("y"));
    }
}
