//! The article's part of a page: its title, its region, its running text, and the boilerplate around it.

use super::super::block::{BlockShape, Role};
use super::super::frame_cues::{MAX_CUE_LINE, frame_cues};
use super::super::line_text::{ends_sentence, fold_text};
use super::marks::{ElementMark, MarkRole};
use super::page::{HtmlPage, ROOT_ELEMENT, TextLeaf};

/// Shortest paragraph of an article; teasers and lines of the page mostly have fewer bytes.
pub(super) const MIN_PROSE_BYTES: usize = 80;
/// Longest title of a page.
const MAX_TITLE_BYTES: usize = 400;
/// Shortest title outside a heading that is recognised by its words.
const MIN_PLAIN_TITLE_BYTES: usize = 20;
/// Shortest folded text that is compared with a title of the page.
const MIN_COMPARED_TITLE_BYTES: usize = 12;

/// The reason of links to other articles.
pub(super) const TEASER_REASON: &str = "teasers of other articles";

/// A page with its title, its boilerplate and its running text marked.
pub(super) struct PageContent<'p> {
    pub(super) page: &'p HtmlPage,
    /// For each element the reason why it is boilerplate, its own or that of an element around it.
    pub(super) frame_reasons: Vec<Option<&'static str>>,
    /// For each element the bytes of running text in it that are not framed.
    pub(super) prose_bytes: Vec<usize>,
    /// The leaf of the article's headline.
    pub(super) title_leaf: Option<usize>,
    /// For each leaf the reason of the boilerplate cue that it matches.
    pub(super) cue_reasons: Vec<Option<&'static str>>,
    /// For each element its first and last leaf.
    pub(super) leaf_ranges: Vec<Option<(usize, usize)>>,
}

/// For each element its first and last leaf.
fn leaf_ranges(page: &HtmlPage) -> Vec<Option<(usize, usize)>> {
    let mut reach: Vec<Option<(usize, usize)>> = vec![None; page.elements.len()];
    for (k, leaf) in page.leaves.iter().enumerate() {
        let (first, _) = reach[leaf.element].unwrap_or((k, k));
        reach[leaf.element] = Some((first, k));
    }
    for e in (1..reach.len()).rev() {
        if let Some((first, last)) = reach[e] {
            let around = &mut reach[page.elements[e].parent];
            *around = Some(around.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
        }
    }
    reach
}

fn match_boilerplate_cue(leaf: &TextLeaf) -> Option<&'static str> {
    let verdict = frame_cues().match_cue(&fold_text(&leaf.text), &leaf.text)?;
    (verdict.role == Role::Boilerplate && leaf.text.len() <= MAX_CUE_LINE).then_some(verdict.reason)
}

/// Running text: long, not a link, to a sentence's end.
pub(super) fn is_prose(leaf: &TextLeaf) -> bool {
    leaf.text.len() >= MIN_PROSE_BYTES && leaf.linked_bytes * 3 < leaf.text.len() && ends_sentence(&leaf.text)
}

impl<'p> PageContent<'p> {
    /// `titles` are from the metadata of the page.
    pub(super) fn new(page: &'p HtmlPage, titles: &[String]) -> Self {
        let mut content = Self {
            page,
            frame_reasons: Vec::new(),
            prose_bytes: Vec::new(),
            title_leaf: None,
            cue_reasons: page.leaves.iter().map(match_boilerplate_cue).collect(),
            leaf_ranges: leaf_ranges(page),
        };
        content.title_leaf = content.find_title(titles);
        content.frame_boilerplate();
        content
    }

    /// An element and those around it, from the innermost to the root.
    pub(super) fn enclosing_elements(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |k| (*k != ROOT_ELEMENT).then(|| self.page.elements[*k].parent))
    }

    /// The innermost block element around a leaf.
    pub(super) fn enclosing_block(&self, leaf: &TextLeaf) -> usize {
        self.enclosing_elements(leaf.element).find(|k| self.page.elements[*k].block).unwrap_or(ROOT_ELEMENT)
    }

    pub(super) fn element_tag(&self, element: usize) -> &'static str {
        self.page.elements[element].tag
    }

    /// The heading that agrees with a title in the metadata, else the longest heading of the first rank.
    fn find_title(&self, titles: &[String]) -> Option<usize> {
        let leaves = &self.page.leaves;
        let visible_leaves: Vec<usize> = (0..leaves.len())
            .filter(|k| {
                !self.page.elements[leaves[*k].element].hidden && leaves[*k].text.len() <= MAX_TITLE_BYTES
            })
            .collect();
        let headings: Vec<usize> =
            visible_leaves.iter().copied().filter(|k| self.is_in_heading(*k, &["h1", "h2"])).collect();
        let titles: Vec<String> =
            titles.iter().map(|t| fold_text(t)).filter(|t| t.len() >= MIN_COMPARED_TITLE_BYTES).collect();
        let matching_headings = headings.iter().filter(|k| {
            let text = fold_text(&leaves[**k].text);
            // With the label above it, a heading is only a part.
            fits_title(&text, &titles)
                || text.len() >= MIN_PLAIN_TITLE_BYTES && titles.iter().any(|t| t.contains(&text))
        });
        matching_headings
            .max_by_key(|k| (self.is_in_heading(**k, &["h1"]), leaves[**k].text.len(), usize::MAX - **k))
            // Old pages set a headline in large letters alone.
            .or_else(|| {
                visible_leaves.iter().find(|k| {
                    let text = &leaves[**k].text;
                    text.len() >= MIN_PLAIN_TITLE_BYTES && fits_title(&fold_text(text), &titles)
                })
            })
            .or_else(|| {
                headings
                    .iter()
                    .filter(|k| self.is_in_heading(**k, &["h1"]))
                    .max_by_key(|k| leaves[**k].text.len().min(30))
            })
            .copied()
    }

    /// Whether one of the three innermost elements around a leaf has one of these tags.
    fn is_in_heading(&self, leaf: usize, tags: &[&str]) -> bool {
        self.enclosing_elements(self.page.leaves[leaf].element)
            .take(3)
            .any(|e| tags.contains(&self.element_tag(e)))
    }

    /// Finds the boilerplate by marks, and the running text outside of it. A mark on most of the running text is ignored,
    /// unless it is firm: sites call the article itself `paywall-content`.
    fn frame_boilerplate(&mut self) {
        let elements = &self.page.elements;
        let mut marks: Vec<Option<&'static ElementMark>> =
            elements.iter().map(|e| e.mark.filter(|m| m.role == MarkRole::Boilerplate)).collect();
        // So is a mark on the article's title.
        if let Some(title) = self.title_leaf {
            for k in self.enclosing_elements(self.page.leaves[title].element).skip(1) {
                marks[k] = None;
            }
        }
        self.apply_marks(&marks, |_| true);
        let kept = self.prose_bytes[ROOT_ELEMENT];
        self.apply_marks(&marks, |mark| mark.firm);
        let all = self.prose_bytes[ROOT_ELEMENT];
        if kept * 2 < all {
            for (mark, inside) in marks.iter_mut().zip(&self.prose_bytes) {
                if *inside * 2 > all {
                    *mark = None;
                }
            }
        }
        self.apply_marks(&marks, |_| true);
    }

    /// Sets the reasons by the marks that `counts` accepts, and the running text outside of them.
    fn apply_marks(&mut self, marks: &[Option<&'static ElementMark>], counts: impl Fn(&ElementMark) -> bool) {
        let elements = &self.page.elements;
        self.frame_reasons = vec![None; elements.len()];
        for k in 0..elements.len() {
            let own = marks[k].filter(|mark| counts(mark)).map(|mark| mark.reason.as_str());
            self.frame_reasons[k] = match own {
                _ if elements[k].hidden => Some("hidden on the page"),
                Some(reason) => Some(reason),
                None => self.frame_reasons[elements[k].parent],
            };
        }
        self.prose_bytes = vec![0; elements.len()];
        for leaf in self
            .page
            .leaves
            .iter()
            .filter(|leaf| self.frame_reasons[leaf.element].is_none() && is_prose(leaf))
        {
            self.prose_bytes[leaf.element] += leaf.text.len();
        }
        for k in (1..elements.len()).rev() {
            self.prose_bytes[elements[k].parent] += self.prose_bytes[k];
        }
    }

    /// The leaves from the title to the end of the innermost element that holds nearly all of the running text, of the
    /// page's main `article` where it has one.
    pub(super) fn article_region(&self) -> std::ops::Range<usize> {
        let elements = &self.page.elements;
        let all = self.prose_bytes[ROOT_ELEMENT];
        let articles =
            (0..elements.len()).filter(|k| elements[*k].tag == "article" && self.frame_reasons[*k].is_none());
        let main = articles.max_by_key(|k| (self.prose_bytes[*k], usize::MAX - *k));
        let mut root = main.filter(|k| self.prose_bytes[*k] * 2 >= all && all > 0).unwrap_or(ROOT_ELEMENT);
        let root_prose = self.prose_bytes[root];
        // An element comes after the one around it, so that one pass leads inwards.
        for (k, element) in elements.iter().enumerate().skip(root + 1) {
            if element.parent == root && self.prose_bytes[k] * 10 > root_prose * 9 && element.tag != "p" {
                root = k;
            }
        }
        let (first, last) =
            self.leaf_ranges[root].map_or((0, self.page.leaves.len()), |(first, last)| (first, last + 1));
        let title = self.title_leaf.filter(|t| *t < last);
        title.map_or(first, |t| if t < first || self.prose_bytes[root] == 0 { t } else { first })..last
    }

    /// The shape of a leaf by the elements around it.
    pub(super) fn leaf_shape(&self, leaf: &TextLeaf) -> BlockShape {
        for k in self.enclosing_elements(leaf.element).take(5) {
            match self.element_tag(k) {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return BlockShape::Heading,
                "li" | "dd" | "dt" => return BlockShape::Item,
                "blockquote" => return BlockShape::Quote,
                _ => {}
            }
        }
        BlockShape::Text
    }
}

/// Whether a folded text is a title, of which one may be cut short or go on with the site's name.
fn fits_title(text: &str, titles: &[String]) -> bool {
    text.len() >= MIN_COMPARED_TITLE_BYTES
        && titles.iter().any(|t| t.starts_with(text) || text.starts_with(t.as_str()))
}
