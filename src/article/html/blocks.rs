//! A page to the blocks of a draft, each leaf with the role that tags, names, links and place give it.
//!
//! Nothing that the page shows is dropped. Text outside the article is kept as boilerplate with its reason.

use super::super::block::Role;
use super::super::draft::{ArticleDraft, FormatRole};
use super::super::line_text::ends_sentence;
use super::content::{MIN_PROSE_BYTES, PageContent, TEASER_REASON, is_prose};
use super::marks::MarkRole;
use super::page::{HtmlPage, MAX_DEPTH, ROOT_ELEMENT, TextLeaf};
use crate::text::Lang;

/// Cells of a table up to this size are joined with the others of their row.
const MAX_CELL_BYTES: usize = 60;
/// Most cells of a row that are joined.
const MAX_ROW_CELLS: usize = 30;
/// Most leaves between the title and a picture above it.
const MAX_TITLE_DISTANCE: usize = 6;
/// Longest byline.
const MAX_BYLINE_BYTES: usize = 200;

/// The draft of a page. `titles` and `author` are from its metadata.
pub(super) fn build_draft(page: &HtmlPage, titles: &[String], author: Option<&str>) -> ArticleDraft {
    let content = PageContent::new(page, titles);
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

impl PageContent<'_> {
    /// The role of a leaf by tags, names and links; `None` for body.
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
                if mark.role == MarkRole::Byline && near_article && leaf.text.len() <= MAX_BYLINE_BYTES =>
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
            Some(mark) if mark.role == MarkRole::Caption && near_article => {
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

    /// The end of the table row that begins with a leaf, where its cells are short and have one leaf each; else the next
    /// leaf.
    fn row_end(&self, from: usize) -> usize {
        let leaves = &self.page.leaves;
        let Some(row) = self.enclosing_row(&leaves[from]) else { return from + 1 };
        let most = leaves.len().min(from + MAX_ROW_CELLS);
        let end = (from..most).find(|k| self.enclosing_row(&leaves[*k]) != Some(row)).unwrap_or(most);
        let one_each =
            (from + 1..end).all(|k| self.enclosing_cell(&leaves[k]) != self.enclosing_cell(&leaves[k - 1]));
        let short = leaves[from..end].iter().all(|leaf| leaf.text.len() <= MAX_CELL_BYTES);
        if one_each && short { end } else { from + 1 }
    }

    /// The table cell around a leaf.
    fn enclosing_cell(&self, leaf: &TextLeaf) -> Option<usize> {
        Some(self.enclosing_block(leaf)).filter(|e| matches!(self.element_tag(*e), "td" | "th"))
    }

    /// The table row around a leaf.
    fn enclosing_row(&self, leaf: &TextLeaf) -> Option<usize> {
        self.enclosing_cell(leaf).map(|cell| self.page.elements[cell].parent)
    }

    /// The language that the page declares for a block alone, not for all of it.
    fn leaf_lang(&self, leaf: &TextLeaf) -> Option<Lang> {
        let elements = &self.page.elements;
        let inner = self
            .enclosing_elements(leaf.element)
            .take_while(|k| self.prose_bytes[*k] * 2 < self.prose_bytes[ROOT_ELEMENT]);
        inner.filter(|k| *k != ROOT_ELEMENT).find_map(|k| elements[k].lang)
    }
}
