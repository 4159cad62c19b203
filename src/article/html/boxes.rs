//! Boxes in and around an article: forms, lists of links, pictures with their captions, pull quotes, and what stands
//! beside the column of its paragraphs.

use std::collections::HashSet;

use super::super::draft::FormatRole;
use super::super::frame_cues::frame_cues;
use super::super::lines::{BlockShape, ends_sentence, fold_text};
use super::super::position::AFTER_ARTICLE;
use super::super::roles::is_initials;
use super::super::{Role, dateline};
use super::content::{PageContent, TEASER_REASON, is_prose};
use super::page::{ROOT_ELEMENT, TextLeaf};

/// Longest pull quote in bytes.
const PULL_QUOTE_BYTES: usize = 400;
/// How many lines may be pull quotes: each is searched for in the whole text.
pub const MAX_PULL_QUOTES: usize = 400;
/// In more bytes of text than any article has, no pull quote is looked for.
pub const MAX_SEARCHED_BYTES: usize = 1 << 20;
/// Texts of fewer or more bytes are no caption.
const MIN_CAPTION_BYTES: usize = 16;
const MAX_CAPTION_BYTES: usize = 500;
/// Most leaves of a form or of a list of links.
const MAX_BOX_LEAVES: usize = 12;

impl PageContent<'_> {
    /// The outermost element around `inner` that is a small part of the page and does not hold its title.
    fn small_box(
        &self,
        inner: usize,
        fits: impl Fn(usize, (usize, usize)) -> bool,
    ) -> Option<(usize, usize)> {
        let holds =
            |(first, last): (usize, usize)| self.title_leaf.is_some_and(|t| (first..=last).contains(&t));
        let small = self.enclosing_elements(inner).map_while(|e| {
            let reach = self.leaf_ranges[e].filter(|reach| !holds(*reach))?;
            (self.prose_bytes[e] * 3 < self.prose_bytes[ROOT_ELEMENT] && fits(e, reach)).then_some(reach)
        });
        small.last()
    }

    /// A box whose first words are the page's own ("Read more", "Newsletter") belongs to the page as a whole; so does
    /// one that asks to fill something in.
    pub(super) fn mark_frame_boxes(&self, leaf_roles: &mut [Option<FormatRole>]) {
        let leaves = &self.page.leaves;
        let mut frame = |(first, last): (usize, usize), reason| {
            for leaf_role in &mut leaf_roles[first..=last] {
                leaf_role.get_or_insert((Role::Boilerplate, reason));
            }
        };
        for (k, leaf) in leaves.iter().enumerate() {
            if let Some(reason) = self.cue_reasons[k]
                && let Some(reach) = self.small_box(leaf.element, |_, (first, last)| {
                    // "Read more" stands below what it leads to as well.
                    first == k || last == k && k - first < 3 && !leaves[first..k].iter().any(is_prose)
                })
            {
                frame(reach, reason);
            }
        }
        let elements = &self.page.elements;
        for e in (0..elements.len()).filter(|e| elements[*e].has_input || elements[*e].tag == "button") {
            let is_form = |e: usize, (first, last): (usize, usize)| {
                let prose = || leaves[first..=last].iter().filter(|leaf| is_prose(leaf)).count();
                last - first < MAX_BOX_LEAVES
                    && prose() <= 1
                    && !matches!(elements[e].tag, "figure" | "article" | "main")
            };
            if let Some(reach) = self.small_box(e, is_form) {
                frame(reach, "form of the page");
            }
        }
    }

    /// The name of who wrote it, by itself.
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
            let is_figure = |e: usize, (from, last): (usize, usize)| {
                from == first
                    && last - from < 3
                    && !matches!(elements[e].tag, "article" | "main" | "body" | "td")
            };
            // The picture's own element may hold no text.
            let around = self.enclosing_elements(e).find(|e| self.leaf_ranges[*e].is_some()).unwrap_or(e);
            let Some((first, last)) = self.small_box(around, is_figure) else { continue };
            for (leaf, leaf_role) in self.page.leaves[first..=last].iter().zip(&mut leaf_roles[first..=last])
            {
                let fits = (MIN_CAPTION_BYTES..=MAX_CAPTION_BYTES).contains(&leaf.text.len());
                if fits && !dateline::is_byline_stamp(&leaf.text, frame_cues()) {
                    leaf_role.get_or_insert((Role::Caption, "under a picture"));
                }
            }
        }
    }

    /// A box in which most of the words lead to other pages, with the label above them.
    pub(super) fn mark_link_boxes(&self, leaf_roles: &mut [Option<FormatRole>]) {
        let leaves = &self.page.leaves;
        for k in 0..leaves.len() {
            if leaf_roles[k].is_none_or(|(_, reason)| reason != TEASER_REASON) {
                continue;
            }
            let is_list = |e: usize, (first, last): (usize, usize)| {
                if last - first >= MAX_BOX_LEAVES
                    || matches!(self.element_tag(e), "article" | "main" | "body")
                {
                    return false;
                }
                let inside = &leaves[first..=last];
                let all: usize = inside.iter().map(|leaf| leaf.text.len()).sum();
                let linked: usize = inside.iter().map(|leaf| leaf.linked_bytes).sum();
                linked * 2 > all && !inside.iter().any(is_prose)
            };
            if let Some((first, last)) = self.small_box(leaves[k].element, is_list) {
                for leaf_role in &mut leaf_roles[first..=last] {
                    leaf_role.get_or_insert((Role::Boilerplate, TEASER_REASON));
                }
            }
        }
    }

    /// What stands in the region of the article, yet not in the column of its paragraphs: labels in boxes of their own,
    /// and all that is no sentence behind the last paragraph.
    pub(super) fn mark_outside_column(
        &self,
        leaf_roles: &mut [Option<FormatRole>],
        region: &std::ops::Range<usize>,
    ) {
        let leaves = &self.page.leaves;
        let parent = |leaf: &TextLeaf| self.page.elements[self.enclosing_block(leaf)].parent;
        let text =
            |k: &usize| leaf_roles[*k].is_none() && self.cue_reasons[*k].is_none() && is_prose(&leaves[*k]);
        let paragraphs: Vec<usize> = region.clone().filter(text).collect();
        let (Some(first), Some(last)) = (paragraphs.first().copied(), paragraphs.last().copied()) else {
            return;
        };
        let columns: HashSet<usize> = paragraphs.iter().map(|k| parent(&leaves[*k])).collect();
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
            // A single line in a box may be a heading that is set so.
            let single_leaf = self.leaf_ranges[parent(leaf)].is_some_and(|(first, last)| first == last);
            let boxed = !columns.contains(&parent(leaf)) && !single_leaf;
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

    /// What is pulled from the text, set in large letters, and says nothing that does not stand there. Returns what is
    /// to be said where not all was looked at.
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
        let heading = |k: usize| self.leaf_shape(&leaves[k]) == BlockShape::Heading;
        let short = |i: &usize| {
            !heading(open[*i])
                && padded_texts[*i].len() <= PULL_QUOTE_BYTES
                && padded_texts[*i].matches(' ').count() > 4
        };
        let mut shorts = (0..open.len()).filter(short);
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

/// The words alone: quotation marks and stops differ between a text and what is pulled from it.
fn plain_words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
