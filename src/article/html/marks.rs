//! Roles of text by the class names, ids and roles of the elements around it: `marks.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// An entry of `marks.toml`: the role of the text in elements with certain names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementMark {
    pub(super) role: MarkRole,
    /// For people: `cookie banner`.
    pub(super) reason: String,
    /// Applies also to an element with most of the page's text.
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

impl ElementMark {
    /// Whether it fits the names of an element: words in small letters, a hyphen before and after each.
    fn fits_names(&self, names: &str) -> bool {
        self.words.iter().any(|w| names.contains(&format!("-{w}-")))
            || self.starts.iter().any(|w| names.contains(&format!("-{w}")))
    }
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

/// The first mark that matches an element: by its names, then by its tag.
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
    let by_name =
        if names.len() > 1 { all_marks().iter().find(|mark| mark.fits_names(&names)) } else { None };
    by_name.or_else(|| all_marks().iter().find(|mark| mark.tags.iter().any(|t| t == tag)))
}
