//! The role of each block: headline, body, caption, byline or boilerplate.
//!
//! Boilerplate takes no part in a comparison, so a wrong "boilerplate" loses content: a block stays body unless its
//! words, its shape and its place agree on another role, and each block that is not body carries its reason.

use std::collections::HashSet;

use super::block::{ArticleBlock, BlockShape, Role};
use super::block_state::{BlockState, MAX_CAPTION_CHARS};
use super::draft::DraftPiece;
use super::frame_cues::{FrameCues, MAX_CUE_LINE, frame_cues};
use super::line_text::{ends_sentence, fold_text, is_longer, split_words};
use super::{dateline, page_lines, position};
use crate::text::Lang;

/// The reason of a biography or contact of the author.
const ABOUT_AUTHOR: &str = "about the author";
/// Longest byline of a name alone, in characters.
const MAX_BYLINE_CHARS: usize = 100;
/// Entries under the heading of a list of other articles: sites show up to about eight.
const MAX_LIST_ENTRIES: usize = 12;

/// The blocks of a draft with their roles, in order. `author` is from the file's metadata.
pub(super) fn assign_roles(text: &str, pieces: &[DraftPiece], author: Option<&str>) -> Vec<ArticleBlock> {
    let cues = frame_cues();
    let mut items: Vec<BlockState> = pieces.iter().map(|piece| BlockState::new(piece, text, cues)).collect();
    mark_by_phrase(&mut items, cues);
    mark_credited_captions(&mut items, cues);
    mark_list_entries(&mut items);
    let mut names = mark_bylines(&mut items, cues);
    names.extend(author.iter().flat_map(|names| names.split(", ").map(fold_text)));
    names.extend(position::mark_headline_area(&mut items, cues));
    mark_author_sketches(&mut items, &names, cues);
    position::mark_article_end(&mut items, cues);
    pieces
        .iter()
        .zip(items)
        .map(|(piece, item)| ArticleBlock {
            span: piece.span,
            role: item.role,
            reason: item.reason,
            shape: piece.shape,
            lang: piece.lang.unwrap_or(Lang::UND),
        })
        .collect()
}

/// Roles by a block's own words and signs.
fn mark_by_phrase(items: &mut [BlockState], cues: &FrameCues) {
    for item in items.iter_mut().filter(|i| i.is_body()) {
        if item.shape == BlockShape::Marks {
            item.set_role(Role::Boilerplate, "marks without words");
        } else if !item.folded.is_empty() && !is_longer(item.text, MAX_CUE_LINE) {
            if let Some(verdict) = item.cue {
                item.set_role(verdict.role, verdict.reason);
            } else if dateline::is_dateline(&item.folded, cues) {
                item.set_role(Role::Byline, dateline::DATELINE_REASON);
            } else if page_lines::is_counter(&item.folded, cues) {
                item.set_role(Role::Boilerplate, "counter of the page");
            } else if dateline::is_player_clock(item.text) {
                item.set_role(Role::Boilerplate, "clock of a player");
            } else if page_lines::is_breadcrumb(item.text) {
                item.set_role(Role::Boilerplate, "navigation");
            } else if page_lines::is_follow_line(&item.folded, cues) {
                item.set_role(Role::Boilerplate, "share line");
            } else if page_lines::is_initials(item.text) {
                item.set_role(Role::Byline, "who wrote it");
            } else if page_lines::is_contact_line(&item.folded, cues) {
                item.set_role(Role::Boilerplate, "contact line");
            }
        } else if item.folded.is_empty() && !item.text.contains(char::is_alphanumeric) {
            item.set_role(Role::Boilerplate, "marks without words");
        }
    }
}

/// Text that ends in a credit in brackets: "(Name/Agency via Pictures)".
fn mark_credited_captions(items: &mut [BlockState], cues: &FrameCues) {
    for item in items.iter_mut().filter(|i| i.is_body() && !i.folded.is_empty()) {
        let Some(inner) = item.text.trim_end_matches('.').strip_suffix(')') else { continue };
        let Some((_, credit)) = inner.rsplit_once('(') else { continue };
        let credit = fold_text(credit);
        let named = split_words(&credit).any(|w| cues.credit.contains(w));
        let agencies =
            ["getty", "afp", "reuters", "ap", "dpa", "epa", "shutterstock", "imago", "afp/", "sipa"];
        let agency = split_words(&credit).any(|w| agencies.contains(&w));
        if credit.chars().count() <= 100
            && (credit.contains('©') || (agency && (named || credit.contains('/'))))
        {
            item.set_role(Role::Caption, "ends in a picture credit");
        }
    }
}

/// The entries under a heading such as "Related Stories" or "Table of Contents": lines without a sentence end, up to
/// the next paragraph.
fn mark_list_entries(items: &mut [BlockState]) {
    let mut at = 0;
    while at < items.len() {
        let head = items[at].cue.filter(|v| v.list && items[at].reason == Some(v.reason));
        at += 1;
        let Some(head) = head else { continue };
        let mut entries: HashSet<String> = HashSet::new();
        while at < items.len() && entries.len() < MAX_LIST_ENTRIES {
            let item = &mut items[at];
            let is_open = item.is_body() || item.reason == Some(dateline::DATELINE_REASON);
            let is_entry = is_open && item.is_title() && item.shape != BlockShape::Heading;
            // A repeated entry is the real heading of a section that the table of contents has listed.
            if !is_entry || !entries.insert(item.folded.clone()) {
                break;
            }
            item.set_role(Role::Boilerplate, head.reason);
            at += 1;
        }
    }
}

/// "By Name": marks the bylines and returns the names, folded.
fn mark_bylines(items: &mut [BlockState], cues: &FrameCues) -> Vec<String> {
    let mut names = Vec::new();
    for item in items.iter_mut().filter(|i| i.is_body()) {
        if let Some(name) = byline_author(item, cues) {
            names.push(fold_text(name));
            item.set_role(Role::Byline, "who wrote it");
        }
    }
    names
}

/// An author's name by itself, and the sketch of the author at the end.
fn mark_author_sketches(items: &mut [BlockState], names: &[String], cues: &FrameCues) {
    let names: Vec<&String> = names.iter().filter(|name| split_words(name).count() >= 2).take(8).collect();
    let half = items.len() / 2;
    for (i, item) in items.iter_mut().enumerate().filter(|(_, i)| i.is_body() && !i.text.is_empty()) {
        let start = fold_text(item.text.split_at(item.text.floor_char_boundary(MAX_CAPTION_CHARS)).0);
        if names.iter().any(|name| **name == item.folded) {
            item.set_role(Role::Byline, "who wrote it");
        } else if i >= half && names.iter().any(|name| starts_with_name(&start, name)) {
            let text = item.text.to_lowercase();
            if cues.biography.iter().any(|b| text.contains(b)) || page_lines::has_address(&text) {
                item.set_role(Role::Boilerplate, ABOUT_AUTHOR);
            }
        }
    }
}

/// Whether a folded text begins with a folded name or with its first word.
fn starts_with_name(text: &str, name: &str) -> bool {
    let first = split_words(name).next().unwrap_or("");
    text.starts_with(name) || split_words(text).next() == Some(first) && first.len() > 2
}

/// The name in a line that is nothing but "by" and a name: up to eight words, each with a capital (or a particle).
fn byline_author<'a>(item: &BlockState<'a>, cues: &FrameCues) -> Option<&'a str> {
    if is_longer(item.text, MAX_BYLINE_CHARS) || ends_sentence(item.text) {
        return None;
    }
    let lower = item.text.to_lowercase();
    let by = cues
        .by
        .iter()
        .filter(|by| lower.strip_prefix(**by).is_some_and(|r| r.starts_with([' ', ':', '\u{a0}'])))
        .max_by_key(|by| by.len())?;
    let name = item.text.get(by.len()..)?.trim_start_matches([' ', ':', '\u{a0}']);
    let name = name.split([',', '|', '•', '·', '(']).next()?.trim();
    let has_name_words = name
        .split_whitespace()
        .all(|w| w.starts_with(char::is_uppercase) || w == "&" || cues.name_particles.contains(w));
    let word_count = name.split_whitespace().count();
    (matches!(word_count, 1..=8) && has_name_words && !name.contains(|c: char| c.is_ascii_digit()))
        .then_some(name)
}
