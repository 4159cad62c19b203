//! Boxes in and around an article: forms, lists of links, pictures with their captions, pull quotes, and blocks outside
//! the column of its paragraphs.

use std::collections::HashSet;

use super::super::block::{BlockShape, Role};
use super::super::dateline;
use super::super::draft::FormatRole;
use super::super::frame_cues::frame_cues;
use super::super::line_text::{ends_sentence, fold_text};
use super::super::page_lines::is_initials;
use super::super::position::AFTER_ARTICLE;
use super::content::{PageContent, TEASER_REASON, is_prose};
use super::page::{ROOT_ELEMENT, TextLeaf};

/// Longest pull quote in bytes.
const PULL_QUOTE_BYTES: usize = 400;
/// Most lines that are examined as pull quotes: each is searched for in the whole text.
pub const MAX_PULL_QUOTES: usize = 400;
/// Most bytes of text in which pull quotes are searched; no article has more.
pub const MAX_SEARCHED_BYTES: usize = 1 << 20;
/// Shortest and longest caption.
const MIN_CAPTION_BYTES: usize = 16;
const MAX_CAPTION_BYTES: usize = 500;
/// Most leaves of a form or of a list of links.
const MAX_BOX_LEAVES: usize = 12;

impl PageContent<'_> {
    /// The first and last leaf of the outermost element around `inner` that `fits`, is a small part of the page and does
    /// not hold its title.
    fn small_box(
        &self,
        inner: usize,
        fits: impl Fn(usize, (usize, usize)) -> bool,
    ) -> Option<(usize, usize)> {
        let small_boxes = self.enclosing_elements(inner).map_while(|e| {
            let (first, last) = self.leaf_ranges[e]?;
            let has_title = self.title_leaf.is_some_and(|t| (first..=last).contains(&t));
            let is_small = self.prose_bytes[e] * 3 < self.prose_bytes[ROOT_ELEMENT];
            (!has_title && is_small && fits(e, (first, last))).then_some((first, last))
        });
        small_boxes.last()
    }

    /// A box whose first words are a boilerplate cue ("Read more", "Newsletter") is boilerplate as a whole; so is a form.
    pub(super) fn mark_frame_boxes(&self, leaf_roles: &mut [Option<FormatRole>]) {
        let leaves = &self.page.leaves;
        for (k, leaf) in leaves.iter().enumerate() {
            if let Some(reason) = self.cue_reasons[k]
                && let Some(reach) = self.small_box(leaf.element, |_, (first, last)| {
                    // "Read more" may also come below the teaser that it belongs to.
                    first == k || last == k && k - first < 3 && !leaves[first..k].iter().any(is_prose)
                })
            {
                fill_box(leaf_roles, reach, (Role::Boilerplate, reason));
            }
        }
        let elements = &self.page.elements;
        for e in (0..elements.len()).filter(|e| elements[*e].has_input || elements[*e].tag == "button") {
            let form = self.small_box(e, |e, (first, last)| {
                last - first < MAX_BOX_LEAVES
                    && leaves[first..=last].iter().filter(|leaf| is_prose(leaf)).count() <= 1
                    && !matches!(elements[e].tag, "figure" | "article" | "main")
            });
            if let Some(reach) = form {
                fill_box(leaf_roles, reach, (Role::Boilerplate, "form of the page"));
            }
        }
    }

    /// Lines of an author's name alone.
    pub(super) fn mark_author_names(&self, leaf_roles: &mut [Option<FormatRole>], author: &str) {
        let names: Vec<String> =
            author.split(", ").map(fold_text).filter(|name| name.contains(' ')).collect();
        for (leaf, leaf_role) in self.page.leaves.iter().zip(leaf_roles) {
            let open = leaf_role.is_none_or(|(_, reason)| reason == TEASER_REASON);
            if open && self.frame_reasons[leaf.element].is_none() && names.contains(&fold_text(&leaf.text)) {
                *leaf_role = Some((Role::Byline, "who wrote it"));
            }
        }
    }

    /// A short text behind a picture, in a box with it.
    pub(super) fn mark_captions(&self, leaf_roles: &mut [Option<FormatRole>]) {
        let elements = &self.page.elements;
        for (e, first) in (0..elements.len()).filter_map(|e| Some((e, elements[e].picture?))) {
            // The picture's own element may have no text.
            let around = self.enclosing_elements(e).find(|e| self.leaf_ranges[*e].is_some()).unwrap_or(e);
            let figure = self.small_box(around, |e, (from, last)| {
                from == first
                    && last - from < 3
                    && !matches!(elements[e].tag, "article" | "main" | "body" | "td")
            });
            let Some((first, last)) = figure else { continue };
            for (leaf, leaf_role) in self.page.leaves[first..=last].iter().zip(&mut leaf_roles[first..=last])
            {
                let fits = (MIN_CAPTION_BYTES..=MAX_CAPTION_BYTES).contains(&leaf.text.len());
                if fits && !dateline::is_byline_stamp(&leaf.text, frame_cues()) {
                    leaf_role.get_or_insert((Role::Caption, "under a picture"));
                }
            }
        }
    }

    /// A box in which most of the words are links to other pages, with the label above them.
    pub(super) fn mark_link_boxes(&self, leaf_roles: &mut [Option<FormatRole>]) {
        let leaves = &self.page.leaves;
        for k in 0..leaves.len() {
            if leaf_roles[k].is_none_or(|(_, reason)| reason != TEASER_REASON) {
                continue;
            }
            let list = self.small_box(leaves[k].element, |e, (first, last)| {
                if last - first >= MAX_BOX_LEAVES
                    || matches!(self.element_tag(e), "article" | "main" | "body")
                {
                    return false;
                }
                let inside = &leaves[first..=last];
                let all: usize = inside.iter().map(|leaf| leaf.text.len()).sum();
                let linked: usize = inside.iter().map(|leaf| leaf.linked_bytes).sum();
                linked * 2 > all && !inside.iter().any(is_prose)
            });
            if let Some(reach) = list {
                fill_box(leaf_roles, reach, (Role::Boilerplate, TEASER_REASON));
            }
        }
    }

    /// Leaves in the region of the article, yet not in the column of its paragraphs: labels in boxes of their own, and all
    /// that is no sentence behind the last paragraph.
    pub(super) fn mark_outside_column(
        &self,
        leaf_roles: &mut [Option<FormatRole>],
        region: &std::ops::Range<usize>,
    ) {
        let leaves = &self.page.leaves;
        let paragraphs: Vec<usize> = region
            .clone()
            .filter(|k| leaf_roles[*k].is_none() && self.cue_reasons[*k].is_none() && is_prose(&leaves[*k]))
            .collect();
        let (Some(first), Some(last)) = (paragraphs.first().copied(), paragraphs.last().copied()) else {
            return;
        };
        let columns: HashSet<usize> = paragraphs.iter().map(|k| self.enclosing_column(&leaves[*k])).collect();
        let mut framed = false;
        for k in region.clone().filter(|k| *k > first) {
            let leaf = &leaves[k];
            framed |= k > last && leaf_roles[k].is_some_and(|(role, _)| role == Role::Boilerplate);
            let byline = frame_cues().match_cue(&fold_text(&leaf.text), &leaf.text).is_some()
                || is_initials(&leaf.text);
            if leaf_roles[k].is_some()
                || byline
                || is_prose(leaf)
                || self.leaf_shape(leaf) != BlockShape::Text
            {
                continue;
            }
            let title_like = !ends_sentence(&leaf.text);
            // A single line in a box may be a heading by style alone.
            let column = self.enclosing_column(leaf);
            let single_leaf = self.leaf_ranges[column].is_some_and(|(first, last)| first == last);
            let boxed = !columns.contains(&column) && !single_leaf;
            let label = matches!(self.element_tag(self.enclosing_block(leaf)), "div" | "section" | "aside");
            if title_like && boxed && label {
                leaf_roles[k] = Some((Role::Boilerplate, "box without running text"));
            } else if k > last
                && title_like
                && (boxed || framed)
                && !matches!(self.element_tag(self.enclosing_block(leaf)), "td" | "th")
            {
                leaf_roles[k] = Some((Role::Boilerplate, AFTER_ARTICLE));
            }
        }
    }

    /// The element around the block of a leaf: blocks of one column share it.
    fn enclosing_column(&self, leaf: &TextLeaf) -> usize {
        self.page.elements[self.enclosing_block(leaf)].parent
    }

    /// Pull quotes: short paragraphs whose words come again in a longer one. Returns a note where not all paragraphs were
    /// examined.
    pub(super) fn mark_pull_quotes(&self, leaf_roles: &mut [Option<FormatRole>]) -> Option<String> {
        let leaves = &self.page.leaves;
        let open: Vec<usize> = (0..leaves.len()).filter(|k| leaf_roles[*k].is_none()).collect();
        let padded_texts: Vec<String> =
            open.iter().map(|k| format!(" {} ", plain_words(&leaves[*k].text))).collect();
        if padded_texts.iter().map(String::len).sum::<usize>() > MAX_SEARCHED_BYTES {
            return Some(format!(
                "more than {MAX_SEARCHED_BYTES} bytes of text: pull quotes are not looked for"
            ));
        }
        let mut shorts = (0..open.len()).filter(|i| {
            self.leaf_shape(&leaves[open[*i]]) != BlockShape::Heading
                && padded_texts[*i].len() <= PULL_QUOTE_BYTES
                && padded_texts[*i].matches(' ').count() > 4
        });
        for i in shorts.by_ref().take(MAX_PULL_QUOTES) {
            let again = padded_texts
                .iter()
                .any(|other| other.len() > padded_texts[i].len() && other.contains(&padded_texts[i]));
            if again {
                leaf_roles[open[i]] = Some((Role::Boilerplate, "said before, word for word"));
            }
        }
        shorts.next().map(|_| {
            format!(
                "more than {MAX_PULL_QUOTES} short paragraphs: the last are not looked at for pull quotes"
            )
        })
    }
}

/// Gives a role to the leaves of a box that have none yet.
fn fill_box(leaf_roles: &mut [Option<FormatRole>], (first, last): (usize, usize), role: FormatRole) {
    for leaf_role in &mut leaf_roles[first..=last] {
        leaf_role.get_or_insert(role);
    }
}

/// The words alone: quotation marks and stops differ between a text and a pull quote from it.
fn plain_words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
