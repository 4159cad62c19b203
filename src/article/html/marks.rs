//! What class names, ids and roles of elements say of the text in them: `marks.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// What an element's own names say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementMark {
    pub(super) says: MarkRole,
    /// For people: `cookie banner`.
    pub(super) reason: String,
    /// Holds also for an element with most of the page's text.
    #[serde(default)]
    pub(super) firm: bool,
    #[serde(default)]
    tags: Vec<String>,
    /// Whole words of a name, joined by hyphens.
    #[serde(default)]
    words: Vec<String>,
    /// Beginnings of words.
    #[serde(default)]
    starts: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum MarkRole {
    Boilerplate,
    Byline,
    Caption,
    /// A standfirst or a box that is part of the article.
    Body,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkFile {
    mark: Vec<ElementMark>,
}

/// Attributes in which sites name their elements.
const NAME_ATTRIBUTES: [&str; 8] =
    ["class", "id", "role", "itemprop", "data-testid", "data-component", "data-module", "aria-label"];

/// A name of more bytes is generated, not written.
const MAX_NAME_BYTES: usize = 400;

fn all_marks() -> &'static [ElementMark] {
    static MARKS: LazyLock<Vec<ElementMark>> = LazyLock::new(|| {
        toml::from_str::<MarkFile>(include_str!("marks.toml")).expect("the tests read it").mark
    });
    &MARKS
}

/// The first mark that an element bears: by its names, then by its tag.
pub(super) fn find_mark<'a>(
    tag: &str,
    attribute: &impl Fn(&str) -> Option<&'a str>,
) -> Option<&'static ElementMark> {
    let mut names = String::from("-");
    for value in
        NAME_ATTRIBUTES.iter().filter_map(|name| attribute(name)).filter(|v| v.len() <= MAX_NAME_BYTES)
    {
        let mut small = false;
        for c in value.chars() {
            if c.is_alphanumeric() {
                // A word begins at each capital of camelCase.
                if c.is_uppercase() && small {
                    names.push('-');
                }
                small = c.is_lowercase();
                names.extend(c.to_lowercase());
            } else {
                small = false;
                if !names.ends_with('-') {
                    names.push('-');
                }
            }
        }
        names.push('-');
        if names.ends_with("--") {
            names.pop();
        }
    }
    let named = |mark: &&ElementMark| {
        let around = |word: &String, end: &str| names.contains(&format!("-{word}{end}"));
        mark.words.iter().any(|w| around(w, "-")) || mark.starts.iter().any(|w| around(w, ""))
    };
    let by_name = if names.len() > 1 { all_marks().iter().find(named) } else { None };
    by_name.or_else(|| all_marks().iter().find(|mark| mark.tags.iter().any(|t| t == tag)))
}
