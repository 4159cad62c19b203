//! Foreign text made safe for the format that it is written in.

/// The text without anything that would steer a terminal: control characters and bidi overrides become visible escapes,
/// line breaks and tabs become spaces. Zero-width joiners and direction marks are spelling and stay.
pub(crate) fn escape_terminal(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => safe.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.extend(c.escape_unicode()),
            c if c.is_control() => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
    }
    safe
}

/// The text without markup, mentions and references, for Markdown as GitHub and GitLab read it.
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

/// The text in a form that no spreadsheet takes for a formula.
pub(super) fn escape_formula(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// The text without the characters that XML 1.0 cannot represent (section 2.2). Line breaks and tabs stay.
pub(super) fn strip_unwritable(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\n' | '\r' | '\t') || !matches!(c, '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
        })
        .collect()
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_does_not_reach_the_terminal() {
        assert_eq!(escape_terminal("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb c");
        assert_eq!(escape_terminal("\u{202e}gro.live\u{2066}"), "\\u{202e}gro.live\\u{2066}");
        assert_eq!(escape_terminal("ni\u{200d}ño « à »"), "ni\u{200d}ño « à »");
    }

    #[test]
    fn a_text_is_no_markup() {
        let text = "| [x](http://y) <img src=z> `a` @everyone #12 **b**\n# c";
        let safe = "\\| \\[x\\]\\(http\\://y\\) &lt;img src=z&gt; \\`a\\` @\u{200b}everyone #\u{200b}12 \\*\\*b\\*\\* #\u{200b} c";
        assert_eq!(escape_markdown(text), safe);
    }

    #[test]
    fn a_text_is_no_formula() {
        for (text, safe) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            (" +1", "' +1"),
            ("@sum", "'@sum"),
            ("-5 per cent", "'-5 per cent"),
            ("5 - 3 = 2", "5 - 3 = 2"),
            ("", ""),
        ] {
            assert_eq!(escape_formula(text), safe);
        }
    }
}
