//! What each block is: headline, body, caption, byline or boilerplate.
//!
//! Boilerplate takes no part in a comparison, so a wrong "boilerplate" loses content: a block stays body unless a
//! phrase, its shape and its place say otherwise together, and each block that is not body carries its reason.

use super::frame_cues::{CueVerdict, FrameCues, MAX_CUE_LINE, frame_cues};
use super::lines::{BlockShape, DraftPiece, FoldedTexts, ends_sentence, fold_text};
use super::{ArticleBlock, Role, dateline, position};
use crate::text::Lang;

/// Longest headline in characters; the longest of news sites are about 150.
pub(super) const MAX_HEADLINE_CHARS: usize = 200;
/// Longest line that is the page's own by its words alone.
const MAX_PAGE_LINE_CHARS: usize = 100;
/// Longest block that ends in a picture credit.
const MAX_CAPTION_CHARS: usize = 500;
/// Said of what a page tells of the author.
const ABOUT_AUTHOR: &str = "about the author";
/// Longest line that says who wrote an article.
const MAX_BYLINE_CHARS: usize = 100;
/// Entries under the heading of a list of other articles: sites show up to about eight.
const MAX_LIST_ENTRIES: usize = 12;

pub(super) struct BlockState<'a> {
    pub(super) text: &'a str,
    /// Empty for blocks longer than [`CAPTION`].
    pub(super) folded: String,
    pub(super) shape: BlockShape,
    pub(super) role: Role,
    pub(super) reason: Option<&'static str>,
    /// What its words say, whatever its role.
    pub(super) cue: Option<CueVerdict>,
}

impl BlockState<'_> {
    pub(super) fn set_role(&mut self, role: Role, reason: &'static str) {
        (self.role, self.reason) = (role, Some(reason));
    }

    pub(super) fn is_body(&self) -> bool {
        self.role == Role::Body
    }

    /// A line such as a heading or a teaser: short, no sentence end.
    pub(super) fn is_title(&self) -> bool {
        !is_longer(self.text, MAX_HEADLINE_CHARS) && (!ends_sentence(self.text) || self.text.ends_with('?'))
    }
}

/// `author` is who wrote it by what the file says.
pub(super) fn assign_roles(text: &str, pieces: &[DraftPiece], author: Option<&str>) -> Vec<ArticleBlock> {
    let cues = frame_cues();
    let mut items: Vec<BlockState> = pieces
        .iter()
        .map(|piece| {
            let text = piece.span.slice(text);
            let folded = if is_longer(text, MAX_CAPTION_CHARS) { String::new() } else { fold_text(text) };
            let (role, reason) =
                piece.format_role.map_or((Role::Body, None), |(role, reason)| (role, Some(reason)));
            let short = !folded.is_empty() && !is_longer(text, MAX_CUE_LINE);
            let cue = if short { cues.match_cue(&folded, text) } else { None };
            BlockState { text, folded, shape: piece.shape, role, reason, cue }
        })
        .collect();
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

/// What the block's own words and signs say.
fn mark_by_phrase(items: &mut [BlockState], cues: &FrameCues) {
    for item in items.iter_mut().filter(|i| i.is_body()) {
        if item.shape == BlockShape::Marks {
            item.set_role(Role::Boilerplate, "marks without words");
        } else if !item.folded.is_empty() && !is_longer(item.text, MAX_CUE_LINE) {
            if let Some(verdict) = item.cue {
                item.set_role(verdict.role, verdict.reason);
            } else if dateline::is_dateline(&item.folded, cues) {
                item.set_role(Role::Byline, dateline::DATELINE_REASON);
            } else if is_counter(&item.folded, cues) {
                item.set_role(Role::Boilerplate, "counter of the page");
            } else if dateline::is_player_clock(item.text) {
                item.set_role(Role::Boilerplate, "clock of a player");
            } else if is_breadcrumb(item.text) {
                item.set_role(Role::Boilerplate, "navigation");
            } else if is_follow(&item.folded, cues) {
                item.set_role(Role::Boilerplate, "share line");
            } else if is_initials(item.text) {
                item.set_role(Role::Byline, "who wrote it");
            } else if is_contact(&item.folded, cues) {
                item.set_role(Role::Boilerplate, "contact line");
            }
        } else if item.folded.is_empty() && !item.text.contains(char::is_alphanumeric) {
            item.set_role(Role::Boilerplate, "marks without words");
        }
    }
}

/// Whether a text has more than `limit` characters, each gap between words counted as one, however it is wrapped.
pub(super) fn is_longer(text: &str, limit: usize) -> bool {
    let blank = std::iter::once(' ');
    text.split_whitespace().flat_map(|w| w.chars().chain(blank.clone())).nth(limit + 1).is_some()
}

/// Whether a line is one of the page's own, whatever stands before and after it: no wrapped text breaks so.
pub(super) fn is_page_line(line: &str) -> bool {
    if is_longer(line, MAX_PAGE_LINE_CHARS) || ends_sentence(line) || line.starts_with(char::is_lowercase) {
        return false;
    }
    let (folded, cues) = (fold_text(line), frame_cues());
    cues.match_cue(&folded, line).is_some_and(|v| v.role != Role::Caption)
        || dateline::is_dateline(&folded, cues)
        || is_counter(&folded, cues)
}

pub(super) fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !"'.-".contains(c))
        .map(|w| w.trim_matches(['.', '-', '\'']))
        .filter(|w| !w.is_empty())
}

pub(super) fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// "14 comments", "3.2 K views".
pub(super) fn is_counter(folded: &str, cues: &FrameCues) -> bool {
    let all: Vec<&str> = split_words(folded).collect();
    let scale = |w: &str| matches!(w, "k" | "m" | "mio" | "tsd") || has_digit(w);
    matches!(all.len(), 2..=4)
        && has_digit(all[0])
        && all.last().is_some_and(|w| cues.counted.contains(w))
        && all[..all.len() - 1].iter().all(|w| scale(w))
}

/// "Home > News", "← Older stories".
fn is_breadcrumb(text: &str) -> bool {
    let arrows = ['←', '→', '»', '›', '▶', '►', '▸'];
    let title = !is_longer(text, MAX_PAGE_LINE_CHARS) && !ends_sentence(text);
    let parts =
        |sign: &str| text.contains(sign) && text.split(sign).all(|part| split_words(part).count() <= 3);
    title && ([" > ", " » ", " › "].into_iter().any(parts) || text.ends_with(arrows) && !text.contains('«'))
        || text.starts_with(arrows) && !text.contains('«') && !is_longer(text, MAX_PAGE_LINE_CHARS)
}

/// "Follow The Ferry Post on Facebook".
fn is_follow(folded: &str, cues: &FrameCues) -> bool {
    const NETWORKS: [&str; 12] = [
        "facebook",
        "instagram",
        "whatsapp",
        "telegram",
        "twitter",
        "x",
        "tiktok",
        "youtube",
        "linkedin",
        "threads",
        "bluesky",
        "mastodon",
    ];
    // What somebody says on a network has a comma or a mark before its name.
    let plain = |w: &&str| !w.ends_with([',', ':', '"', '”', '»', '“']);
    split_words(folded).count() <= 25
        && cues.follow.iter().any(|f| folded.starts_with(f))
        && folded
            .split_whitespace()
            .take_while(plain)
            .chain(folded.split_whitespace().skip_while(plain).take(1))
            .any(|w| NETWORKS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// "(dpa)", "(mb/ks)".
pub(super) fn is_initials(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or("");
    let letters = |c: char| c.is_alphabetic() || matches!(c, '/' | ',' | ' ' | '.');
    (2..=20).contains(&inner.len()) && inner.chars().all(letters) && inner.split(' ').count() <= 3
}

fn has_address(text: &str) -> bool {
    let mail = |w: &str| w.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let phone = digits >= 9
        && text.split(|c: char| !(c.is_ascii_digit() || "+-()/ .".contains(c))).any(|run| {
            let digits = run.chars().filter(char::is_ascii_digit).count();
            (9..=15).contains(&digits) && run.trim().contains(['-', '/', '+', ' '])
        });
    phone || text.split_whitespace().any(mail)
}

/// A line that gives an address, and little else or an invitation to use it.
fn is_contact(folded: &str, cues: &FrameCues) -> bool {
    has_address(folded)
        && (split_words(folded).count() <= 5
            || (split_words(folded).count() <= 25 && cues.contact.iter().any(|c| folded.starts_with(c))))
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
        let mut entries = FoldedTexts::new();
        while at < items.len() && entries.len() < MAX_LIST_ENTRIES {
            let item = &mut items[at];
            let is_open = item.is_body() || item.reason == Some(dateline::DATELINE_REASON);
            let is_entry = is_open && item.is_title() && item.shape != BlockShape::Heading;
            // The real heading of a section that the table of contents has named.
            if !is_entry || !entries.insert(item.folded.clone()) {
                break;
            }
            item.set_role(Role::Boilerplate, head.reason);
            at += 1;
        }
    }
}

/// "By Name": the names, folded.
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
        let named = |name: &&&String| {
            let first = split_words(name).next().unwrap_or("");
            start.starts_with(name.as_str()) || split_words(&start).next() == Some(first) && first.len() > 2
        };
        if names.iter().any(|name| **name == item.folded) {
            item.set_role(Role::Byline, "who wrote it");
        } else if i >= half && names.iter().any(|name| named(&name)) {
            let text = item.text.to_lowercase();
            if cues.biography.iter().any(|b| text.contains(b)) || has_address(&text) {
                item.set_role(Role::Boilerplate, ABOUT_AUTHOR);
            }
        }
    }
}

/// The name in a line that says nothing but who wrote it: up to six words, each with a capital (or a particle).
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
    let is_name = |w: &str| w.starts_with(char::is_uppercase) || w == "&" || cues.name_particles.contains(w);
    let words = name.split_whitespace().count();
    (matches!(words, 1..=8)
        && name.split_whitespace().all(is_name)
        && !name.contains(|c: char| c.is_ascii_digit()))
    .then_some(name)
}
