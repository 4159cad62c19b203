//! A page to the blocks of a draft: where the article stands in it, and what the rest is.
//!
//! Nothing that the page shows is dropped. What is not the article stays in the text as boilerplate with its reason.

use super::super::Role;
use super::super::cues::{LONGEST, cues};
use super::super::draft::{Draft, Given};
use super::super::lines::{Shape, ends_sentence, folded};
use super::marks::{Mark, Says};
use super::page::{Leaf, MAX_DEPTH, Page, ROOT};
use crate::text::Lang;

/// A paragraph of an article has this many bytes or more; teasers and lines of the page mostly have fewer.
const PROSE: usize = 80;
/// Cells of a table up to this size stand with the others of their row.
const CELL: usize = 60;
/// Most cells of a row that stand together.
const CELLS: usize = 30;
/// No title of a page has more bytes.
const TITLE: usize = 400;
/// A title that is no heading is found by its words from this size on.
const PLAIN_TITLE: usize = 20;
/// A picture above the title stands within so many leaves of it.
const ABOVE: usize = 6;
/// Who wrote it is told in fewer bytes.
const BYLINE: usize = 200;

pub(super) const TEASERS: &str = "teasers of other articles";

pub(super) struct Content<'p> {
    pub(super) page: &'p Page,
    /// For each element the reason why it is not the article, its own or that of an element around it.
    pub(super) frame: Vec<Option<&'static str>>,
    /// For each element the bytes of running text in it that are not framed.
    pub(super) prose: Vec<usize>,
    pub(super) title: Option<usize>,
    /// What the words of each leaf say, where they are the page's own.
    pub(super) cued: Vec<Option<&'static str>>,
    /// For each element its first and last leaf.
    pub(super) reach: Vec<Option<(usize, usize)>>,
}

/// `titles` are those that the page gives itself, `author` who wrote it by its own account.
pub(super) fn draft(page: &Page, titles: &[String], author: Option<&str>) -> Draft {
    let cued = page.leaves.iter().map(|leaf| {
        let verdict = cues().verdict(&folded(&leaf.text), &leaf.text)?;
        (verdict.role == Role::Boilerplate && leaf.text.len() <= LONGEST).then_some(verdict.reason)
    });
    let cued = cued.collect();
    let mut content =
        Content { page, frame: Vec::new(), prose: Vec::new(), title: None, cued, reach: reach(page) };
    content.title = content.find_title(titles);
    content.settle();
    let region = content.region();
    let mut given: Vec<Option<Given>> =
        (0..page.leaves.len()).map(|k| content.given(k, region.contains(&k))).collect();
    content.authors(&mut given, author.unwrap_or(""));
    content.boxes(&mut given);
    content.captions(&mut given);
    content.link_boxes(&mut given);
    content.column(&mut given, &region);
    let unsearched = content.pull_quotes(&mut given);
    let mut draft = content.write(&given);
    draft.notes.extend(unsearched);
    if page.deep {
        draft.notes.push(format!(
            "elements nested deeper than {MAX_DEPTH}: their text is read, their tags are not looked at"
        ));
    }
    draft
}

/// For each element its first and last leaf.
fn reach(page: &Page) -> Vec<Option<(usize, usize)>> {
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
pub(super) fn is_prose(leaf: &Leaf) -> bool {
    leaf.text.len() >= PROSE && leaf.linked * 3 < leaf.text.len() && ends_sentence(&leaf.text)
}

impl Content<'_> {
    pub(super) fn around(&self, element: usize) -> impl Iterator<Item = usize> {
        let parent = |k: &usize| (*k != ROOT).then(|| self.page.elements[*k].parent);
        std::iter::successors(Some(element), parent)
    }

    /// The innermost block element around a leaf.
    pub(super) fn block(&self, leaf: &Leaf) -> usize {
        self.around(leaf.element).find(|k| self.page.elements[*k].block).unwrap_or(ROOT)
    }

    pub(super) fn tag(&self, element: usize) -> &'static str {
        self.page.elements[element].tag
    }

    /// The heading that says what the page's own title says, else the first heading of the first rank.
    fn find_title(&self, titles: &[String]) -> Option<usize> {
        let leaves = self.page.leaves.iter().enumerate();
        let heads = |leaf: &Leaf| {
            let mut near = self.around(leaf.element).take(3);
            near.any(|k| matches!(self.tag(k), "h1" | "h2"))
        };
        let shown: Vec<usize> = leaves
            .filter(|(_, leaf)| !self.page.elements[leaf.element].hidden && leaf.text.len() <= TITLE)
            .map(|(k, _)| k)
            .collect();
        let headings: Vec<usize> = shown.iter().copied().filter(|k| heads(&self.page.leaves[*k])).collect();
        let first_rank = |k: &&usize| {
            let mut near = self.around(self.page.leaves[**k].element).take(3);
            near.any(|e| self.tag(e) == "h1")
        };
        let titles: Vec<String> = titles.iter().map(|t| folded(t)).filter(|t| t.len() >= 12).collect();
        let fits = |k: &&usize| {
            let text = folded(&self.page.leaves[**k].text);
            // A page's title is cut short or goes on with the site's name.
            text.len() >= 12 && titles.iter().any(|t| t.starts_with(&text) || text.starts_with(t))
        };
        // With the label above it, a heading is only a part.
        let part = |k: &&usize| {
            let text = folded(&self.page.leaves[**k].text);
            fits(k) || text.len() >= PLAIN_TITLE && titles.iter().any(|t| t.contains(&text))
        };
        let said = headings.iter().filter(part);
        said.max_by_key(|k| (first_rank(k), self.page.leaves[**k].text.len(), usize::MAX - **k))
            // Old pages set a headline in large letters alone.
            .or_else(|| shown.iter().find(|k| fits(k) && self.page.leaves[**k].text.len() >= PLAIN_TITLE))
            .or_else(|| {
                headings.iter().filter(first_rank).max_by_key(|k| self.page.leaves[**k].text.len().min(30))
            })
            .copied()
    }

    /// Frames by marks, and the running text that they leave. A mark that would take most of it is none, unless firm:
    /// sites call the article itself `paywall-content`.
    fn settle(&mut self) {
        let elements = &self.page.elements;
        let mut marks: Vec<Option<&'static Mark>> =
            elements.iter().map(|e| e.mark.filter(|m| m.says == Says::Boilerplate)).collect();
        // Nor does one frame the article's title.
        if let Some(title) = self.title {
            for k in self.around(self.page.leaves[title].element).skip(1) {
                marks[k] = None;
            }
        }
        self.frame_by(&marks, |_| true);
        let kept = self.prose[ROOT];
        self.frame_by(&marks, |mark| mark.firm);
        let all = self.prose[ROOT];
        if kept * 2 < all {
            for (mark, inside) in marks.iter_mut().zip(&self.prose) {
                if *inside * 2 > all {
                    *mark = None;
                }
            }
        }
        self.frame_by(&marks, |_| true);
    }

    fn frame_by(&mut self, marks: &[Option<&'static Mark>], holds: impl Fn(&Mark) -> bool) {
        let elements = &self.page.elements;
        self.frame = vec![None; elements.len()];
        for k in 0..elements.len() {
            let own = marks[k].filter(|mark| holds(mark)).map(|mark| mark.reason.as_str());
            self.frame[k] = match own {
                _ if elements[k].hidden => Some("hidden on the page"),
                Some(reason) => Some(reason),
                None => self.frame[elements[k].parent],
            };
        }
        self.prose = vec![0; elements.len()];
        for leaf in
            self.page.leaves.iter().filter(|leaf| self.frame[leaf.element].is_none() && is_prose(leaf))
        {
            self.prose[leaf.element] += leaf.text.len();
        }
        for k in (1..elements.len()).rev() {
            self.prose[elements[k].parent] += self.prose[k];
        }
    }

    /// The leaves from the title to the end of the innermost element that holds nearly all of the running text, of the
    /// page's main `article` where it has one.
    fn region(&self) -> std::ops::Range<usize> {
        let elements = &self.page.elements;
        let all = self.prose[ROOT];
        let articles =
            (0..elements.len()).filter(|k| elements[*k].tag == "article" && self.frame[*k].is_none());
        let main = articles.max_by_key(|k| (self.prose[*k], usize::MAX - *k));
        let mut root = main.filter(|k| self.prose[*k] * 2 >= all && all > 0).unwrap_or(ROOT);
        let whole = self.prose[root];
        // An element stands after the one around it, so that one pass leads inwards.
        for (k, element) in elements.iter().enumerate().skip(root + 1) {
            if element.parent == root && self.prose[k] * 10 > whole * 9 && element.tag != "p" {
                root = k;
            }
        }
        let inside = |leaf: &Leaf| self.around(leaf.element).any(|k| k == root);
        let leaves = &self.page.leaves;
        let first = leaves.iter().position(inside).unwrap_or(0);
        let last = leaves.iter().rposition(inside).map_or(leaves.len(), |k| k + 1);
        let title = self.title.filter(|t| *t < last);
        title.map_or(first, |t| if t < first || self.prose[root] == 0 { t } else { first })..last
    }

    /// What tags, names and links say of a leaf.
    fn given(&self, k: usize, in_region: bool) -> Option<Given> {
        let leaf = &self.page.leaves[k];
        if Some(k) == self.title {
            return Some((Role::Headline, "heading of the page"));
        }
        // In German newsrooms the standfirst is called a teaser.
        let standfirst = self.title.is_some_and(|t| t < k && k <= t + 2) && leaf.linked == 0;
        if let Some(reason) = self.frame[leaf.element].filter(|r| !(standfirst && *r == TEASERS)) {
            return Some((Role::Boilerplate, reason));
        }
        let says = self.around(leaf.element).take(4).find_map(|e| self.page.elements[e].mark);
        let above = self.title.is_some_and(|t| k < t);
        let near = in_region || self.title.is_some_and(|t| t.abs_diff(k) <= ABOVE);
        match says {
            Some(mark) if mark.says == Says::Byline && near && leaf.text.len() <= BYLINE => {
                // A sentence about an author is no byline.
                let role = if ends_sentence(&leaf.text) && leaf.text.len() > PROSE {
                    Role::Boilerplate
                } else {
                    Role::Byline
                };
                let reason = if role == Role::Byline { mark.reason.as_str() } else { "about the author" };
                return Some((role, reason));
            }
            Some(mark) if mark.says == Says::Caption && near => {
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
        let share = leaf.linked as f64 / leaf.text.len() as f64;
        (share > 0.8 && self.in_list(leaf) || share > 0.6 && title_like)
            .then_some((Role::Boilerplate, TEASERS))
    }

    fn in_list(&self, leaf: &Leaf) -> bool {
        self.around(leaf.element).take(4).any(|k| self.tag(k) == "li")
    }

    fn write(&self, given: &[Option<Given>]) -> Draft {
        let mut draft = Draft::default();
        let leaves = &self.page.leaves;
        let mut k = 0;
        while k < leaves.len() {
            let next = self.row(k);
            let texts: Vec<&str> = leaves[k..next].iter().map(|leaf| leaf.text.as_str()).collect();
            draft.push(&texts.join("\t"), self.shape(&leaves[k]), given[k], self.lang(&leaves[k]));
            k = next;
        }
        draft
    }

    /// The end of the table row that begins with a leaf, where its cells are short and hold one leaf each; else the
    /// next leaf.
    fn row(&self, from: usize) -> usize {
        let leaves = &self.page.leaves;
        let cell = |k: usize| Some(self.block(&leaves[k])).filter(|e| matches!(self.tag(*e), "td" | "th"));
        let row = |k: usize| cell(k).map(|e| self.page.elements[e].parent);
        let Some(first) = row(from) else { return from + 1 };
        let most = leaves.len().min(from + CELLS);
        let end = (from..most).find(|k| row(*k) != Some(first)).unwrap_or(most);
        let one_each = (from + 1..end).all(|k| cell(k) != cell(k - 1));
        let short = leaves[from..end].iter().all(|leaf| leaf.text.len() <= CELL);
        if one_each && short { end } else { from + 1 }
    }

    pub(super) fn shape(&self, leaf: &Leaf) -> Shape {
        for k in self.around(leaf.element).take(5) {
            match self.tag(k) {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Shape::Heading,
                "li" | "dd" | "dt" => return Shape::Item,
                "blockquote" => return Shape::Quote,
                _ => {}
            }
        }
        Shape::Text
    }

    /// The language that the page states for a block alone, not for all of it.
    fn lang(&self, leaf: &Leaf) -> Option<Lang> {
        let elements = &self.page.elements;
        let inner = self.around(leaf.element).take_while(|k| self.prose[*k] * 2 < self.prose[ROOT]);
        inner.filter(|k| *k != ROOT).find_map(|k| elements[k].lang)
    }
}
