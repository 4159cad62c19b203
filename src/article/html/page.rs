//! Tags and text to a flat page: the elements, each with its parent, and the pieces of text in them.
//!
//! No tree of nodes and no recursion, so that neither depth nor unclosed tags cost more than their own length.

use super::super::line_text::ends_sentence;
use super::marks::{self, ElementMark};
use super::tags;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Lang;

/// Elements nested deeper than this count as part of the one around them, as in browsers.
pub const MAX_DEPTH: usize = 512;
/// Most elements of a page; front pages of large sites have some ten thousand.
pub const MAX_ELEMENTS: usize = 400_000;

/// The element around all others.
pub(super) const ROOT_ELEMENT: usize = 0;

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "facts that hold independently of each other")]
pub(super) struct Element {
    /// Index of the element around it, always smaller than its own; the root's is its own.
    pub(super) parent: usize,
    depth: usize,
    pub(super) tag: &'static str,
    pub(super) block: bool,
    /// The mark that its class, id, role or tag matches.
    pub(super) mark: Option<&'static ElementMark>,
    /// Not shown.
    pub(super) hidden: bool,
    silent: bool,
    /// It links to another page.
    link: bool,
    /// It has an input field.
    pub(super) has_input: bool,
    /// It has a picture, before the leaf of this index.
    pub(super) picture: Option<usize>,
    pub(super) lang: Option<Lang>,
}

/// A piece of text between the borders of blocks.
#[derive(Debug)]
pub(super) struct TextLeaf {
    /// The innermost element around all of it.
    pub(super) element: usize,
    pub(super) text: String,
    /// Bytes of it in links to other pages.
    pub(super) linked_bytes: usize,
}

#[derive(Debug)]
pub(super) struct HtmlPage {
    pub(super) elements: Vec<Element>,
    pub(super) leaves: Vec<TextLeaf>,
    /// `datetime` of the first `time` element with one.
    pub(super) time: Option<String>,
    /// Whether elements are nested deeper than [`MAX_DEPTH`].
    pub(super) deep: bool,
}

/// Builds a page from tags and text in their order.
#[derive(Debug)]
pub(in crate::article) struct PageBuilder {
    page: HtmlPage,
    stack: Vec<usize>,
    /// Start tags beyond [`MAX_DEPTH`] that are not closed yet.
    beyond: usize,
    leaf: Option<TextLeaf>,
    space: bool,
    breaks: usize,
    /// An inline element has just ended.
    joint: bool,
}

impl Default for PageBuilder {
    fn default() -> Self {
        let root = Element {
            parent: ROOT_ELEMENT,
            depth: 0,
            tag: "html",
            block: true,
            mark: None,
            hidden: false,
            silent: false,
            link: false,
            has_input: false,
            picture: None,
            lang: None,
        };
        Self {
            page: HtmlPage { elements: vec![root], leaves: Vec::new(), time: None, deep: false },
            stack: vec![ROOT_ELEMENT],
            beyond: 0,
            leaf: None,
            space: false,
            breaks: 0,
            joint: false,
        }
    }
}

impl PageBuilder {
    fn top_element(&self) -> usize {
        self.stack.last().copied().unwrap_or(ROOT_ELEMENT)
    }

    /// A start tag; `attribute` returns a value by name.
    ///
    /// # Errors
    /// Past [`MAX_ELEMENTS`].
    pub(in crate::article) fn open_element<'a>(
        &mut self,
        name: &str,
        attribute: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<()> {
        match name {
            "br" => {
                self.breaks += 1;
                return Ok(());
            }
            "hr" => {
                self.flush_leaf();
                return Ok(());
            }
            "input" if attribute("type") != Some("hidden") => {
                let top = self.top_element();
                self.page.elements[top].has_input = true;
                return Ok(());
            }
            "img" => {
                let top = self.top_element();
                self.page.elements[top].picture = Some(self.page.leaves.len());
                return Ok(());
            }
            _ if tags::is_void(name) => return Ok(()),
            _ => {}
        }
        let tag = tags::known_tag(name);
        let block = tags::is_block(tag);
        if block {
            self.close_implied(tag);
            self.flush_leaf();
        } else {
            // Sites set the parts of a line apart by style alone.
            self.space |= self.joint && matches!(tag, "span" | "a" | "time" | "small");
        }
        self.joint = false;
        if self.stack.len() >= MAX_DEPTH {
            self.beyond += 1;
            self.page.deep = true;
            return Ok(());
        }
        if self.page.elements.len() >= MAX_ELEMENTS {
            return Err(Error::new(ErrorKind::Input, format!("more than {MAX_ELEMENTS} elements of markup"))
                .with_advice("this is no page of one article; save the article alone"));
        }
        let around = &self.page.elements[self.top_element()];
        let element = Element {
            parent: self.top_element(),
            depth: around.depth + 1,
            tag,
            block,
            mark: marks::find_mark(tag, &attribute),
            hidden: around.hidden || is_hidden(name, &attribute),
            silent: around.silent || tags::is_silent(tag),
            link: around.link
                || (tag == "a" && attribute("href").is_some_and(|to| !to.trim_start().starts_with('#'))),
            has_input: tag == "textarea",
            picture: None,
            lang: attribute("lang").or_else(|| attribute("xml:lang")).and_then(|l| l.trim().parse().ok()),
        };
        if tag == "time" && self.page.time.is_none() {
            self.page.time = attribute("datetime").map(str::to_owned);
        }
        self.stack.push(self.page.elements.len());
        self.page.elements.push(element);
        Ok(())
    }

    /// An end tag. One without a start tag is ignored.
    pub(in crate::article) fn close_element(&mut self, name: &str) {
        let tag = tags::known_tag(name);
        if tags::is_void(name) {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            self.joint = true;
            return;
        }
        let elements = &self.page.elements;
        let Some(at) = self.stack.iter().skip(1).rposition(|k| elements[*k].tag == tag).map(|at| at + 1)
        else {
            return;
        };
        if tags::is_block(tag) {
            self.flush_leaf();
            self.stack.truncate(at);
        } else {
            // `<b><p></b>`: the inline element ends, the block goes on.
            let blocks = self.stack[at + 1..].iter().any(|k| elements[*k].block);
            if blocks {
                self.stack.remove(at);
            } else {
                self.stack.truncate(at);
            }
            self.joint = true;
        }
    }

    /// Closes the elements whose end tag may be left out, and the paragraph, where `next` begins.
    fn close_implied(&mut self, next: &str) {
        let ended = if tags::ends_others(next) {
            self.first_inside(|e| tags::is_scope(e.tag), |e| tags::ends_before(e.tag, next))
        } else {
            None
        };
        let implied = ended.or_else(|| self.first_inside(|e| e.block && e.tag != "p", |e| e.tag == "p"));
        if let Some(at) = implied {
            self.flush_leaf();
            self.stack.truncate(at);
        }
    }

    /// Where in the stack the first open element that `fits` is, inside the innermost one that is a `scope`.
    fn first_inside(
        &self,
        scope: impl Fn(&Element) -> bool,
        fits: impl Fn(&Element) -> bool,
    ) -> Option<usize> {
        let elements = &self.page.elements;
        let from = self.stack.iter().rposition(|k| scope(&elements[*k])).map_or(1, |at| at + 1);
        self.stack[from..].iter().position(|k| fits(&elements[*k])).map(|at| from + at)
    }

    /// Text between tags; whitespace collapses as in browsers.
    pub(in crate::article) fn add_text(&mut self, text: &str) {
        let top = self.top_element();
        let Element { silent, link, .. } = self.page.elements[top];
        if silent {
            return;
        }
        for c in text.chars() {
            // A no-break space is kept as a character of the text.
            if matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0c') {
                self.space = true;
                continue;
            }
            // One break ends a line as a paragraph does, unless the sentence goes on: wrapped mail, a verse.
            let open_leaf = self.leaf.as_ref();
            if self.breaks > 1
                || self.breaks == 1
                    && !open_leaf.is_some_and(|leaf| c.is_lowercase() && !ends_sentence(&leaf.text))
            {
                self.flush_leaf();
            }
            let element = match &self.leaf {
                Some(leaf) if leaf.element == top => top,
                Some(leaf) => self.common_ancestor(leaf.element, top),
                None => top,
            };
            let leaf =
                self.leaf.get_or_insert_with(|| TextLeaf { element, text: String::new(), linked_bytes: 0 });
            leaf.element = element;
            if self.breaks > 0 {
                leaf.text.push('\n');
            } else if self.space && !leaf.text.is_empty() {
                leaf.text.push(' ');
                leaf.linked_bytes += usize::from(link);
            }
            (self.breaks, self.space, self.joint) = (0, false, false);
            leaf.text.push(c);
            leaf.linked_bytes += if link { c.len_utf8() } else { 0 };
        }
    }

    /// The innermost element around two elements.
    fn common_ancestor(&self, mut a: usize, mut b: usize) -> usize {
        let elements = &self.page.elements;
        while a != b {
            if elements[a].depth >= elements[b].depth {
                a = elements[a].parent;
            } else {
                b = elements[b].parent;
            }
        }
        a
    }

    fn flush_leaf(&mut self) {
        (self.breaks, self.space, self.joint) = (0, false, false);
        if let Some(leaf) = self.leaf.take()
            && !leaf.text.trim().is_empty()
        {
            self.page.leaves.push(leaf);
        }
    }

    pub(super) fn into_page(mut self) -> HtmlPage {
        self.flush_leaf();
        self.page
    }
}

fn is_hidden<'a>(name: &str, attribute: &impl Fn(&str) -> Option<&'a str>) -> bool {
    let style = attribute("style").map(|s| s.replace(' ', "").to_ascii_lowercase()).unwrap_or_default();
    name == "noscript"
        || attribute("hidden").is_some()
        || attribute("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}
