//! The parts that every page has: style, script, security policy, escaping, anchors.

use std::collections::BTreeSet;
use std::fmt;

use askama::filters::{Escaper, Html};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::divergence::Severity;
use crate::report::escape::escape_terminal;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Escapes foreign text in a page: control characters and bidi overrides become visible, as in a terminal, and markup is
/// escaped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SafeText;

impl Escaper for SafeText {
    fn write_escaped_str<W: fmt::Write>(&self, out: W, text: &str) -> fmt::Result {
        Html.write_escaped_str(out, &escape_terminal(text))
    }
}

/// The head of a page.
pub(super) struct PageFrame {
    /// The content security policy.
    pub(super) policy: String,
    pub(super) style: &'static str,
    pub(super) script: &'static str,
    pub(super) version: &'static str,
}

impl PageFrame {
    pub(super) fn new() -> Self {
        let [style, script] = [STYLE, SCRIPT].map(|text| BASE64.encode(&Sha256::digest(text.as_bytes())));
        Self {
            policy: format!(
                "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
                 base-uri 'none'; form-action 'none'"
            ),
            style: STYLE,
            script: SCRIPT,
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// The severities, the gravest first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::High, Severity::Medium, Severity::Low];

/// Most sentences of an article, or findings, that a browser lays out at once. Beyond that it skips content out of view
/// and guesses its height, so a short page is laid out whole.
pub(super) const MAX_EAGER_ITEMS: usize = 200;

/// The anchors that a page has already.
#[derive(Default)]
pub(super) struct PageAnchors(BTreeSet<String>);

impl PageAnchors {
    /// The anchor of a finding: its id, followed by `place` where the page has another finding with this id.
    pub(super) fn unique_anchor(&mut self, id: &str, place: &str) -> String {
        let mut anchor = format!("finding-{id}");
        while !self.0.insert(anchor.clone()) {
            anchor = format!("{anchor}-{place}");
        }
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped_text(text: &str) -> String {
        let mut out = String::new();
        SafeText.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn foreign_text_is_neither_markup_nor_direction() {
        let text = escaped_text("</p><script>a('b')</script>\u{202e}x\u{1b}[2J\u{0}\n\" onload=\"c");
        assert!(!text.contains(['<', '>', '"', '\'', '\u{202e}', '\u{1b}', '\u{0}', '\n']), "{text}");
        assert_eq!(escaped_text("« à » ni\u{200d}ño"), "« à » ni\u{200d}ño");
    }

    /// Text that would end the element early, or that a browser would normalize before hashing.
    #[test]
    fn style_and_script_can_be_embedded() {
        for text in [STYLE, SCRIPT] {
            let text = text.to_lowercase();
            assert!(
                !["</style", "</script", "<!--", "\r", "http:", "https:", "@import", "url(h"]
                    .iter()
                    .any(|ends| text.contains(ends))
            );
        }
    }

    #[test]
    fn an_anchor_is_an_id_and_no_two_are_equal() {
        let mut anchors = PageAnchors::default();
        let all = [("4def", "1-2"), ("4def", "1-3"), ("4def", "1-3"), ("4de", "1-3")];
        assert_eq!(
            all.map(|(id, place)| anchors.unique_anchor(id, place)),
            ["finding-4def", "finding-4def-1-3", "finding-4def-1-3-1-3", "finding-4de"]
        );
    }

    #[test]
    fn the_policy_allows_only_style_and_script() {
        let policy = PageFrame::new().policy;
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    }
}
