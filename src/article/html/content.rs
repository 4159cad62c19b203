//! A page to the blocks of a draft: where the article stands in it, and what the rest is.
//!
//! Nothing that the page shows is dropped. What is not the article stays in the text as boilerplate with its reason.

use super::super::Role;
use super::super::draft::{ArticleDraft, FormatRole};
use super::super::frame_cues::{MAX_CUE_LINE, frame_cues};
use super::super::lines::{BlockShape, ends_sentence, fold_text};
use super::marks::{ElementMark, MarkRole};
use super::page::{HtmlPage, MAX_DEPTH, ROOT_ELEMENT, TextLeaf};
use crate::text::Lang;

/// A paragraph of an article has this many bytes or more; teasers and lines of the page mostly have fewer.
const MIN_PROSE_BYTES: usize = 80;
/// Cells of a table up to this size stand with the others of their row.
const MAX_CELL_BYTES: usize = 60;
/// Most cells of a row that stand together.
const MAX_ROW_CELLS: usize = 30;
/// No title of a page has more bytes.
const MAX_TITLE_BYTES: usize = 400;
/// A title that is no heading is found by its words from this size on.
const MIN_PLAIN_TITLE_BYTES: usize = 20;
/// A picture above the title stands within so many leaves of it.
const MAX_TITLE_DISTANCE: usize = 6;
/// Who wrote it is told in fewer bytes.
const MAX_BYLINE_BYTES: usize = 200;

pub(super) const TEASER_REASON: &str = "teasers of other articles";

pub(super) struct PageContent<'p> {
    pub(super) page: &'p HtmlPage,
    /// For each element the reason why it is not the article, its own or that of an element around it.
    pub(super) frame_reasons: Vec<Option<&'static str>>,
    /// For each element the bytes of running text in it that are not framed.
    pub(super) prose_bytes: Vec<usize>,
    pub(super) title_leaf: Option<usize>,
    /// What the words of each leaf say, where they are the page's own.
    pub(super) cue_reasons: Vec<Option<&'static str>>,
    /// For each element its first and last leaf.
    pub(super) leaf_ranges: Vec<Option<(usize, usize)>>,
}

/// `titles` are those that the page gives itself, `author` who wrote it by its own account.
pub(super) fn build_draft(page: &HtmlPage, titles: &[String], author: Option<&str>) -> ArticleDraft {
    let cued = page.leaves.iter().map(|leaf| {
        let verdict = frame_cues().match_cue(&fold_text(&leaf.text), &leaf.text)?;
        (verdict.role == Role::Boilerplate && leaf.text.len() <= MAX_CUE_LINE).then_some(verdict.reason)
    });
    let cued = cued.collect();
    let mut content = PageContent {
        page,
        frame_reasons: Vec::new(),
        prose_bytes: Vec::new(),
        title_leaf: None,
        cue_reasons: cued,
        leaf_ranges: leaf_ranges(page),
    };
    content.title_leaf = content.find_title(titles);
    content.frame_boilerplate();
    let region = content.article_region();
    let mut leaf_roles: Vec<Option<FormatRole>> =
        (0..page.leaves.len()).map(|k| content.leaf_role(k, region.contains(&k))).collect();
    content.mark_author_names(&mut leaf_roles, author.unwrap_or(""));
    content.mark_frame_boxes(&mut leaf_roles);
    content.mark_captions(&mut leaf_roles);
    content.mark_link_boxes(&mut leaf_roles);
    content.mark_outside_column(&mut leaf_roles, &region);
    let unsearched = content.mark_pull_quotes(&mut leaf_roles);
    let mut draft = content.write_draft(&leaf_roles);
    draft.notes.extend(unsearched);
    if page.deep {
        draft.notes.push(format!(
            "elements nested deeper than {MAX_DEPTH}: their text is read, their tags are not looked at"
        ));
    }
    draft
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

/// Running text: long, not a link, to a sentence's end.
pub(super) fn is_prose(leaf: &TextLeaf) -> bool {
    leaf.text.len() >= MIN_PROSE_BYTES && leaf.linked_bytes * 3 < leaf.text.len() && ends_sentence(&leaf.text)
}

impl PageContent<'_> {
    pub(super) fn enclosing_elements(&self, element: usize) -> impl Iterator<Item = usize> {
        let parent = |k: &usize| (*k != ROOT_ELEMENT).then(|| self.page.elements[*k].parent);
        std::iter::successors(Some(element), parent)
    }

    /// The innermost block element around a leaf.
    pub(super) fn enclosing_block(&self, leaf: &TextLeaf) -> usize {
        self.enclosing_elements(leaf.element).find(|k| self.page.elements[*k].block).unwrap_or(ROOT_ELEMENT)
    }

    pub(super) fn element_tag(&self, element: usize) -> &'static str {
        self.page.elements[element].tag
    }

    /// The heading that says what the page's own title says, else the first heading of the first rank.
    fn find_title(&self, titles: &[String]) -> Option<usize> {
        let leaves = self.page.leaves.iter().enumerate();
        let heads = |leaf: &TextLeaf| {
            let mut enclosing = self.enclosing_elements(leaf.element).take(3);
            enclosing.any(|k| matches!(self.element_tag(k), "h1" | "h2"))
        };
        let visible_leaves: Vec<usize> = leaves
            .filter(|(_, leaf)| {
                !self.page.elements[leaf.element].hidden && leaf.text.len() <= MAX_TITLE_BYTES
            })
            .map(|(k, _)| k)
            .collect();
        let headings: Vec<usize> =
            visible_leaves.iter().copied().filter(|k| heads(&self.page.leaves[*k])).collect();
        let first_rank = |k: &&usize| {
            let mut enclosing = self.enclosing_elements(self.page.leaves[**k].element).take(3);
            enclosing.any(|e| self.element_tag(e) == "h1")
        };
        let titles: Vec<String> = titles.iter().map(|t| fold_text(t)).filter(|t| t.len() >= 12).collect();
        let fits = |k: &&usize| {
            let text = fold_text(&self.page.leaves[**k].text);
            // A page's title is cut short or goes on with the site's name.
            text.len() >= 12 && titles.iter().any(|t| t.starts_with(&text) || text.starts_with(t))
        };
        // With the label above it, a heading is only a part.
        let part = |k: &&usize| {
            let text = fold_text(&self.page.leaves[**k].text);
            fits(k) || text.len() >= MIN_PLAIN_TITLE_BYTES && titles.iter().any(|t| t.contains(&text))
        };
        let matching_headings = headings.iter().filter(part);
        matching_headings
            .max_by_key(|k| (first_rank(k), self.page.leaves[**k].text.len(), usize::MAX - **k))
            // Old pages set a headline in large letters alone.
            .or_else(|| {
                visible_leaves
                    .iter()
                    .find(|k| fits(k) && self.page.leaves[**k].text.len() >= MIN_PLAIN_TITLE_BYTES)
            })
            .or_else(|| {
                headings.iter().filter(first_rank).max_by_key(|k| self.page.leaves[**k].text.len().min(30))
            })
            .copied()
    }

    /// Frames by marks, and the running text that they leave. A mark that would take most of it is none, unless firm:
    /// sites call the article itself `paywall-content`.
    fn frame_boilerplate(&mut self) {
        let elements = &self.page.elements;
        let mut marks: Vec<Option<&'static ElementMark>> =
            elements.iter().map(|e| e.mark.filter(|m| m.says == MarkRole::Boilerplate)).collect();
        // Nor does one frame the article's title.
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

    fn apply_marks(&mut self, marks: &[Option<&'static ElementMark>], holds: impl Fn(&ElementMark) -> bool) {
        let elements = &self.page.elements;
        self.frame_reasons = vec![None; elements.len()];
        for k in 0..elements.len() {
            let own = marks[k].filter(|mark| holds(mark)).map(|mark| mark.reason.as_str());
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
    fn article_region(&self) -> std::ops::Range<usize> {
        let elements = &self.page.elements;
        let all = self.prose_bytes[ROOT_ELEMENT];
        let articles =
            (0..elements.len()).filter(|k| elements[*k].tag == "article" && self.frame_reasons[*k].is_none());
        let main = articles.max_by_key(|k| (self.prose_bytes[*k], usize::MAX - *k));
        let mut root = main.filter(|k| self.prose_bytes[*k] * 2 >= all && all > 0).unwrap_or(ROOT_ELEMENT);
        let root_prose = self.prose_bytes[root];
        // An element stands after the one around it, so that one pass leads inwards.
        for (k, element) in elements.iter().enumerate().skip(root + 1) {
            if element.parent == root && self.prose_bytes[k] * 10 > root_prose * 9 && element.tag != "p" {
                root = k;
            }
        }
        let inside = |leaf: &TextLeaf| self.enclosing_elements(leaf.element).any(|k| k == root);
        let leaves = &self.page.leaves;
        let first = leaves.iter().position(inside).unwrap_or(0);
        let last = leaves.iter().rposition(inside).map_or(leaves.len(), |k| k + 1);
        let title = self.title_leaf.filter(|t| *t < last);
        title.map_or(first, |t| if t < first || self.prose_bytes[root] == 0 { t } else { first })..last
    }

    /// What tags, names and links say of a leaf.
    fn leaf_role(&self, k: usize, in_region: bool) -> Option<FormatRole> {
        let leaf = &self.page.leaves[k];
        if Some(k) == self.title_leaf {
            return Some((Role::Headline, "heading of the page"));
        }
        // In German newsrooms the standfirst is called a teaser.
        let standfirst = self.title_leaf.is_some_and(|t| t < k && k <= t + 2) && leaf.linked_bytes == 0;
        if let Some(reason) =
            self.frame_reasons[leaf.element].filter(|r| !(standfirst && *r == TEASER_REASON))
        {
            return Some((Role::Boilerplate, reason));
        }
        let enclosing_mark =
            self.enclosing_elements(leaf.element).take(4).find_map(|e| self.page.elements[e].mark);
        let above = self.title_leaf.is_some_and(|t| k < t);
        let near_article = in_region || self.title_leaf.is_some_and(|t| t.abs_diff(k) <= MAX_TITLE_DISTANCE);
        match enclosing_mark {
            Some(mark)
                if mark.says == MarkRole::Byline && near_article && leaf.text.len() <= MAX_BYLINE_BYTES =>
            {
                // A sentence about an author is no byline.
                let role = if ends_sentence(&leaf.text) && leaf.text.len() > MIN_PROSE_BYTES {
                    Role::Boilerplate
                } else {
                    Role::Byline
                };
                let reason = if role == Role::Byline { mark.reason.as_str() } else { "about the author" };
                return Some((role, reason));
            }
            Some(mark) if mark.says == MarkRole::Caption && near_article => {
                return Some((Role::Caption, &mark.reason));
            }
            _ => {}
        }
        if !in_region {
            return Some((Role::Boilerplate, "outside of the article"));
        }
        if above && !is_prose(leaf) {
            return Some((Role::Boilerplate, "above the headline"));
        }
        let title_like = !ends_sentence(&leaf.text) || leaf.text.ends_with('?');
        // "Read also: ..." has its label before the link.
        let share = leaf.linked_bytes as f64 / leaf.text.len() as f64;
        (share > 0.8 && self.is_in_list(leaf) || share > 0.6 && title_like)
            .then_some((Role::Boilerplate, TEASER_REASON))
    }

    fn is_in_list(&self, leaf: &TextLeaf) -> bool {
        self.enclosing_elements(leaf.element).take(4).any(|k| self.element_tag(k) == "li")
    }

    fn write_draft(&self, leaf_roles: &[Option<FormatRole>]) -> ArticleDraft {
        let mut draft = ArticleDraft::default();
        let leaves = &self.page.leaves;
        let mut k = 0;
        while k < leaves.len() {
            let next = self.row_end(k);
            let texts: Vec<&str> = leaves[k..next].iter().map(|leaf| leaf.text.as_str()).collect();
            draft.push_block(
                &texts.join("\t"),
                self.leaf_shape(&leaves[k]),
                leaf_roles[k],
                self.leaf_lang(&leaves[k]),
            );
            k = next;
        }
        draft
    }

    /// The end of the table row that begins with a leaf, where its cells are short and hold one leaf each; else the
    /// next leaf.
    fn row_end(&self, from: usize) -> usize {
        let leaves = &self.page.leaves;
        let cell = |k: usize| {
            Some(self.enclosing_block(&leaves[k])).filter(|e| matches!(self.element_tag(*e), "td" | "th"))
        };
        let row = |k: usize| cell(k).map(|e| self.page.elements[e].parent);
        let Some(first) = row(from) else { return from + 1 };
        let most = leaves.len().min(from + MAX_ROW_CELLS);
        let end = (from..most).find(|k| row(*k) != Some(first)).unwrap_or(most);
        let one_each = (from + 1..end).all(|k| cell(k) != cell(k - 1));
        let short = leaves[from..end].iter().all(|leaf| leaf.text.len() <= MAX_CELL_BYTES);
        if one_each && short { end } else { from + 1 }
    }

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

    /// The language that the page states for a block alone, not for all of it.
    fn leaf_lang(&self, leaf: &TextLeaf) -> Option<Lang> {
        let elements = &self.page.elements;
        let inner = self
            .enclosing_elements(leaf.element)
            .take_while(|k| self.prose_bytes[*k] * 2 < self.prose_bytes[ROOT_ELEMENT]);
        inner.filter(|k| *k != ROOT_ELEMENT).find_map(|k| elements[k].lang)
    }
}
