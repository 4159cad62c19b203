//! Pages for people: each one file that needs nothing from elsewhere.
//!
//! `page.html` is the frame. It holds `report.css` and `report.js` and a policy that lets a browser use these two and
//! nothing else. All content stands in the markup; the script filters, lights up and scrolls. What a template prints
//! goes through [`SafeText`].

mod articles;
mod check;

mod compare;
mod marks;
mod overview;

use std::collections::BTreeSet;
use std::fmt;

use askama::filters::{Escaper, Html};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::escape;

pub(super) use check::write_check_page as write_check;
pub(crate) use compare::MAX_EXPLAINED;
pub(super) use compare::write_compare_page as write_compare;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Foreign text in a page: what steers a reader's eye becomes visible, as in a terminal, and what is markup is escaped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SafeText;

impl Escaper for SafeText {
    fn write_escaped_str<W: fmt::Write>(&self, out: W, text: &str) -> fmt::Result {
        Html.write_escaped_str(out, &escape::escape_terminal(text))
    }
}

/// What every page has.
struct PageFrame {
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
}

impl PageFrame {
    fn new() -> Self {
        let hash = |text: &str| BASE64.encode(&Sha256::digest(text.as_bytes()));
        let (style, script) = (hash(STYLE), hash(SCRIPT));
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

/// Sentences of an article, or findings, from which on a browser leaves out what is out of view. It then guesses how
/// high that is, so a short page is laid out whole.
const MAX_EAGER_ITEMS: usize = 200;

/// Anchors that a page has already.
#[derive(Default)]
struct PageAnchors(BTreeSet<String>);

impl PageAnchors {
    /// The anchor of a finding is its id. Where another place has the same finding, the second has `place` in its anchor.
    fn unique_anchor(&mut self, id: &str, place: &str) -> String {
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

    /// What would end the element early, or make a browser read it otherwise, cannot be hashed as it stands.
    #[test]
    fn style_and_script_can_stand_in_a_page() {
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
    fn the_policy_names_what_stands_in_the_page() {
        let policy = PageFrame::new().policy;
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    }
}
