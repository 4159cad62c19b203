//! Foreign text made safe at the last edge.

/// The text without what would steer a terminal: control characters and bidi overrides become visible escapes, line
/// breaks and tabs become spaces. Zero-width joiners and direction marks are spelling and stay.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_does_not_reach_the_terminal() {
        assert_eq!(escape_terminal("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb c");
        assert_eq!(escape_terminal("\u{202e}gro.live\u{2066}"), "\\u{202e}gro.live\\u{2066}");
        assert_eq!(escape_terminal("ni\u{200d}ño « à »"), "ni\u{200d}ño « à »");
    }
}
