//! The names of HTML elements and their rules: blocks, void elements, optional end tags.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Begin a block of their own: the block elements of the HTML standard, and buttons.
const BLOCK_TAGS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Have no text and no end tag.
const VOID_TAGS: [&str; 15] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "img", "input", "link", "meta",
    "source", "track", "wbr",
];

/// Their content is no text of the page.
const SILENT_TAGS: [&str; 15] = [
    "audio", "canvas", "iframe", "math", "noembed", "noframes", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "video",
];

/// Inline elements that the roles of the blocks depend on.
const INLINE_TAGS: [&str; 10] = ["a", "b", "cite", "em", "i", "q", "small", "span", "strong", "time"];

pub(super) fn is_block(tag: &str) -> bool {
    BLOCK_TAGS.contains(&tag)
}

pub(super) fn is_void(name: &str) -> bool {
    VOID_TAGS.contains(&name)
}

pub(super) fn is_silent(tag: &str) -> bool {
    SILENT_TAGS.contains(&tag)
}

/// The name as a constant; empty for elements of which nothing is known.
pub(super) fn known_tag(name: &str) -> &'static str {
    static KNOWN_TAGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let lists: [&[&'static str]; 3] = [&BLOCK_TAGS, &SILENT_TAGS, &INLINE_TAGS];
        lists.into_iter().flatten().copied().collect()
    });
    KNOWN_TAGS.get(name).copied().unwrap_or("")
}

/// Whether a start tag of this name implies the end of other elements.
pub(super) fn ends_others(next: &str) -> bool {
    matches!(next, "li" | "dt" | "dd" | "tr" | "td" | "th" | "tbody" | "tfoot")
}

/// Whether an element of this name ends, without an end tag, where `next` begins inside it: the optional end tags of the
/// HTML standard.
pub(super) fn ends_before(open: &str, next: &str) -> bool {
    match next {
        "li" => open == "li",
        "dt" | "dd" => matches!(open, "dt" | "dd"),
        "tr" => matches!(open, "tr" | "td" | "th"),
        "td" | "th" => matches!(open, "td" | "th"),
        "tbody" | "tfoot" => matches!(open, "tbody" | "thead" | "tr" | "td" | "th"),
        _ => false,
    }
}

/// Whether the search for an element to end, by [`ends_before`], stops at this one.
pub(super) fn is_scope(open: &str) -> bool {
    matches!(open, "ul" | "ol" | "menu" | "dl" | "table" | "html" | "body")
}
