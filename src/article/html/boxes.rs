//! Boxes in and around an article: forms, lists of links, pictures with their captions, pull quotes, and what stands
//! beside the column of its paragraphs.

use std::collections::HashSet;

use super::super::cues::cues;
use super::super::draft::Given;
use super::super::lines::{Shape, ends_sentence, folded};
use super::super::place::AFTER;
use super::super::roles::is_initials;
use super::super::{Role, stamp};
use super::content::{Content, TEASERS, is_prose};
use super::page::{Leaf, ROOT};

/// Longest pull quote in bytes.
const PULLED: usize = 400;
/// How many lines may be pull quotes: each is searched for in the whole text.
pub const MAX_PULL_QUOTES: usize = 400;
/// In more bytes of text than any article has, no pull quote is looked for.
pub const MAX_SEARCHED: usize = 1 << 20;
/// Texts of fewer or more bytes are no caption.
const CAPTION_LEAST: usize = 16;
const CAPTION: usize = 500;
/// Most leaves of a form or of a list of links.
const FORM: usize = 12;

impl Content<'_> {
    /// The outermost element around `inner` that is a small part of the page and does not hold its title.
    fn small_box(
        &self,
        inner: usize,
        fits: impl Fn(usize, (usize, usize)) -> bool,
    ) -> Option<(usize, usize)> {
        let holds = |(first, last): (usize, usize)| self.title.is_some_and(|t| (first..=last).contains(&t));
        let small = self.around(inner).map_while(|e| {
            let reach = self.reach[e].filter(|reach| !holds(*reach))?;
            (self.prose[e] * 3 < self.prose[ROOT] && fits(e, reach)).then_some(reach)
        });
        small.last()
    }

    /// A box whose first words are the page's own ("Read more", "Newsletter") belongs to the page as a whole; so does
    /// one that asks to fill something in.
    pub(super) fn boxes(&self, given: &mut [Option<Given>]) {
        let leaves = &self.page.leaves;
        let mut frame = |(first, last): (usize, usize), reason| {
            for given in &mut given[first..=last] {
                given.get_or_insert((Role::Boilerplate, reason));
            }
        };
        for (k, leaf) in leaves.iter().enumerate() {
            if let Some(reason) = self.cued[k]
                && let Some(reach) = self.small_box(leaf.element, |_, (first, last)| {
                    // "Read more" stands below what it leads to as well.
                    first == k || last == k && k - first < 3 && !leaves[first..k].iter().any(is_prose)
                })
            {
                frame(reach, reason);
            }
        }
        let elements = &self.page.elements;
        for e in (0..elements.len()).filter(|e| elements[*e].asks || elements[*e].tag == "button") {
            let is_form = |e: usize, (first, last): (usize, usize)| {
                let prose = || leaves[first..=last].iter().filter(|leaf| is_prose(leaf)).count();
                last - first < FORM
                    && prose() <= 1
                    && !matches!(elements[e].tag, "figure" | "article" | "main")
            };
            if let Some(reach) = self.small_box(e, is_form) {
                frame(reach, "form of the page");
            }
        }
    }

    /// The name of who wrote it, by itself.
    pub(super) fn authors(&self, given: &mut [Option<Given>], author: &str) {
        let names: Vec<String> = author.split(", ").map(folded).filter(|name| name.contains(' ')).collect();
        for (leaf, given) in self.page.leaves.iter().zip(given) {
            let open = given.is_none_or(|(_, reason)| reason == TEASERS);
            if open && self.frame[leaf.element].is_none() && names.contains(&folded(&leaf.text)) {
                *given = Some((Role::Byline, "who wrote it"));
            }
        }
    }

    /// A short text behind a picture, in a box with it.
    pub(super) fn captions(&self, given: &mut [Option<Given>]) {
        let elements = &self.page.elements;
        for (e, first) in (0..elements.len()).filter_map(|e| Some((e, elements[e].picture?))) {
            let is_figure = |e: usize, (from, last): (usize, usize)| {
                from == first
                    && last - from < 3
                    && !matches!(elements[e].tag, "article" | "main" | "body" | "td")
            };
            // The picture's own element may hold no text.
            let around = self.around(e).find(|e| self.reach[*e].is_some()).unwrap_or(e);
            let Some((first, last)) = self.small_box(around, is_figure) else { continue };
            for (leaf, given) in self.page.leaves[first..=last].iter().zip(&mut given[first..=last]) {
                let fits = (CAPTION_LEAST..=CAPTION).contains(&leaf.text.len());
                if fits && !stamp::is_stamp(&leaf.text, cues()) {
                    given.get_or_insert((Role::Caption, "under a picture"));
                }
            }
        }
    }

    /// A box in which most of the words lead to other pages, with the label above them.
    pub(super) fn link_boxes(&self, given: &mut [Option<Given>]) {
        let leaves = &self.page.leaves;
        for k in 0..leaves.len() {
            if given[k].is_none_or(|(_, reason)| reason != TEASERS) {
                continue;
            }
            let is_list = |e: usize, (first, last): (usize, usize)| {
                if last - first >= FORM || matches!(self.tag(e), "article" | "main" | "body") {
                    return false;
                }
                let inside = &leaves[first..=last];
                let all: usize = inside.iter().map(|leaf| leaf.text.len()).sum();
                let linked: usize = inside.iter().map(|leaf| leaf.linked).sum();
                linked * 2 > all && !inside.iter().any(is_prose)
            };
            if let Some((first, last)) = self.small_box(leaves[k].element, is_list) {
                for given in &mut given[first..=last] {
                    given.get_or_insert((Role::Boilerplate, TEASERS));
                }
            }
        }
    }

    /// What stands in the region of the article, yet not in the column of its paragraphs: labels in boxes of their own,
    /// and all that is no sentence behind the last paragraph.
    pub(super) fn column(&self, given: &mut [Option<Given>], region: &std::ops::Range<usize>) {
        let leaves = &self.page.leaves;
        let parent = |leaf: &Leaf| self.page.elements[self.block(leaf)].parent;
        let text = |k: &usize| given[*k].is_none() && self.cued[*k].is_none() && is_prose(&leaves[*k]);
        let paragraphs: Vec<usize> = region.clone().filter(text).collect();
        let (Some(first), Some(last)) = (paragraphs.first().copied(), paragraphs.last().copied()) else {
            return;
        };
        let columns: HashSet<usize> = paragraphs.iter().map(|k| parent(&leaves[*k])).collect();
        let mut framed = false;
        for k in region.clone().filter(|k| *k > first) {
            let leaf = &leaves[k];
            framed |= k > last && given[k].is_some_and(|(role, _)| role == Role::Boilerplate);
            let byline = cues().verdict(&folded(&leaf.text), &leaf.text).is_some() || is_initials(&leaf.text);
            if given[k].is_some() || byline || is_prose(leaf) || self.shape(leaf) != Shape::Text {
                continue;
            }
            let title_like = !ends_sentence(&leaf.text);
            // A single line in a box may be a heading that is set so.
            let alone = self.reach[parent(leaf)].is_some_and(|(first, last)| first == last);
            let boxed = !columns.contains(&parent(leaf)) && !alone;
            let label = matches!(self.tag(self.block(leaf)), "div" | "section" | "aside");
            if title_like && boxed && label {
                given[k] = Some((Role::Boilerplate, "box without running text"));
            } else if k > last
                && title_like
                && (boxed || framed)
                && !matches!(self.tag(self.block(leaf)), "td" | "th")
            {
                given[k] = Some((Role::Boilerplate, AFTER));
            }
        }
    }

    /// What is pulled from the text, set in large letters, and says nothing that does not stand there. Returns what is
    /// to be said where not all was looked at.
    pub(super) fn pull_quotes(&self, given: &mut [Option<Given>]) -> Option<String> {
        let leaves = &self.page.leaves;
        let open: Vec<usize> = (0..leaves.len()).filter(|k| given[*k].is_none()).collect();
        let told: Vec<String> = open.iter().map(|k| format!(" {} ", words(&leaves[*k].text))).collect();
        if told.iter().map(String::len).sum::<usize>() > MAX_SEARCHED {
            return Some(format!("more than {MAX_SEARCHED} bytes of text: pull quotes are not looked for"));
        }
        let heading = |k: usize| self.shape(&leaves[k]) == Shape::Heading;
        let short =
            |i: &usize| !heading(open[*i]) && told[*i].len() <= PULLED && told[*i].matches(' ').count() > 4;
        let mut shorts = (0..open.len()).filter(short);
        for i in shorts.by_ref().take(MAX_PULL_QUOTES) {
            let again = told.iter().any(|other| other.len() > told[i].len() && other.contains(&told[i]));
            if again {
                given[open[i]] = Some((Role::Boilerplate, "said before, word for word"));
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
fn words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
