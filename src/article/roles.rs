//! What each block is: headline, body, caption, byline or boilerplate.
//!
//! Boilerplate takes no part in a comparison, so a wrong "boilerplate" loses content: a block stays body unless a
//! phrase, its shape and its place say otherwise together, and each block that is not body carries its reason.

use std::collections::HashMap;

use super::cues::{Cues, LONGEST, cues};
use super::lines::{Piece, Seen, Shape, ends_sentence, folded};
use super::{Block, Role};

/// Longest headline in characters; the longest of news sites are about 150.
const HEADLINE: usize = 200;
/// Longest block that ends in a picture credit.
const CAPTION: usize = 500;
/// Longest line that says who wrote an article.
const AUTHOR: usize = 100;
/// Entries under the heading of a list of other articles: sites show up to about eight.
const ENTRIES: usize = 12;

struct Item<'a> {
    text: &'a str,
    /// Empty for blocks longer than [`CAPTION`].
    folded: String,
    shape: Shape,
    role: Role,
    reason: Option<&'static str>,
}

impl Item<'_> {
    fn set(&mut self, role: Role, reason: &'static str) {
        (self.role, self.reason) = (role, Some(reason));
    }

    fn is_body(&self) -> bool {
        self.role == Role::Body
    }

    /// A line such as a heading or a teaser: short, no sentence end.
    fn is_title(&self) -> bool {
        !longer(self.text, HEADLINE) && (!ends_sentence(self.text) || self.text.ends_with('?'))
    }
}

pub(super) fn assign(text: &str, pieces: &[Piece]) -> Vec<Block> {
    let cues = cues();
    let mut items: Vec<Item> = pieces
        .iter()
        .map(|piece| {
            let text = piece.span.of(text);
            let folded = if longer(text, CAPTION) { String::new() } else { folded(text) };
            Item { text, folded, shape: piece.shape, role: Role::Body, reason: None }
        })
        .collect();
    by_phrase(&mut items, cues);
    captions(&mut items, cues);
    lists(&mut items, cues);
    authors(&mut items, cues);
    headline(&mut items);
    repeats(&mut items);
    loose_end(&mut items);
    pieces
        .iter()
        .zip(items)
        .map(|(piece, item)| Block { span: piece.span, role: item.role, reason: item.reason })
        .collect()
}

/// What the block's own words and signs say.
fn by_phrase(items: &mut [Item], cues: &Cues) {
    for item in items {
        if item.shape == Shape::Marks {
            item.set(Role::Boilerplate, "marks without words");
        } else if !item.folded.is_empty() && !longer(item.text, LONGEST) {
            if let Some(verdict) = cues.verdict(&item.folded) {
                item.set(verdict.role, verdict.reason);
            } else if is_dateline(&item.folded, cues) {
                item.set(Role::Byline, "date line");
            } else if is_counter(&item.folded, cues) {
                item.set(Role::Boilerplate, "counter of the page");
            } else if is_contact(&item.folded, cues) {
                item.set(Role::Boilerplate, "contact line");
            }
        } else if item.folded.is_empty() && !item.text.contains(char::is_alphanumeric) {
            item.set(Role::Boilerplate, "marks without words");
        }
    }
}

/// Whether a text has more than `limit` characters, each gap between words counted as one, however it is wrapped.
fn longer(text: &str, limit: usize) -> bool {
    let blank = std::iter::once(' ');
    text.split_whitespace().flat_map(|w| w.chars().chain(blank.clone())).nth(limit + 1).is_some()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !"'.-".contains(c))
        .map(|w| w.trim_matches(['.', '-', '\'']))
        .filter(|w| !w.is_empty())
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Nothing but a date, a time and what is said with them, such as "Updated 3 May 2021, 10:30".
fn is_dateline(folded: &str, cues: &Cues) -> bool {
    let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 10;
    let month = words(folded).any(|w| cues.months.contains(w));
    let digits = words(folded).filter(|w| has_digit(w)).count();
    let sentence_like = words(folded).count() > 16;
    let numeric = folded.split_whitespace().any(is_numeric_date);
    let said = words(folded).any(|w| cues.dateline.contains(w));
    !sentence_like
        && digits > 0
        && (month || numeric || said)
        && words(folded).count() + usize::from(numeric) > 1
        && words(folded).all(|w| number(w) || cues.months.contains(w) || cues.dateline.contains(w))
}

/// `3.5.2021`, `2021-05-03`, `05/03/21`.
fn is_numeric_date(word: &str) -> bool {
    let word = word.trim_matches([',', ';', '|', '(', ')']);
    ['.', '-', '/'].into_iter().any(|sign| {
        let parts: Vec<&str> = word.split(sign).collect();
        parts.len() == 3
            && parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// "14 comments", "3.2 K views".
fn is_counter(folded: &str, cues: &Cues) -> bool {
    let all: Vec<&str> = words(folded).collect();
    let scale = |w: &str| matches!(w, "k" | "m" | "mio" | "tsd") || has_digit(w);
    matches!(all.len(), 2..=4)
        && has_digit(all[0])
        && all.last().is_some_and(|w| cues.counted.contains(w))
        && all[..all.len() - 1].iter().all(|w| scale(w))
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
fn is_contact(folded: &str, cues: &Cues) -> bool {
    has_address(folded)
        && (words(folded).count() <= 5
            || (words(folded).count() <= 25 && cues.contact.iter().any(|c| folded.starts_with(c))))
}

/// Text that ends in a credit in brackets: "(Name/Agency via Pictures)".
fn captions(items: &mut [Item], cues: &Cues) {
    for item in items.iter_mut().filter(|i| i.is_body() && !i.folded.is_empty()) {
        let Some(inner) = item.text.trim_end_matches('.').strip_suffix(')') else { continue };
        let Some((_, credit)) = inner.rsplit_once('(') else { continue };
        let credit = folded(credit);
        let named = words(&credit).any(|w| cues.credit.contains(w));
        let agencies =
            ["getty", "afp", "reuters", "ap", "dpa", "epa", "shutterstock", "imago", "afp/", "sipa"];
        let agency = words(&credit).any(|w| agencies.contains(&w));
        if credit.chars().count() <= 100
            && (credit.contains('©') || (agency && (named || credit.contains('/'))))
        {
            item.set(Role::Caption, "ends in a picture credit");
        }
    }
}

/// The entries under a heading such as "Related Stories" or "Table of Contents": lines without a sentence end, up to
/// the next paragraph.
fn lists(items: &mut [Item], cues: &Cues) {
    let mut at = 0;
    while at < items.len() {
        let head = cues.verdict(&items[at].folded).filter(|v| v.list && items[at].reason == Some(v.reason));
        at += 1;
        let Some(head) = head else { continue };
        let mut entries = Seen::new();
        while at < items.len() && entries.len() < ENTRIES {
            let item = &mut items[at];
            let is_entry = item.is_body() && item.is_title() && item.shape != Shape::Heading;
            // The real heading of a section that the table of contents has named.
            if !is_entry || !entries.insert(item.folded.clone()) {
                break;
            }
            item.set(Role::Boilerplate, head.reason);
            at += 1;
        }
    }
}

/// "By Name", the name by itself, and the sketch of the author at the end.
fn authors(items: &mut [Item], cues: &Cues) {
    let mut names = Vec::new();
    for item in items.iter_mut().filter(|i| i.is_body()) {
        if let Some(name) = author(item, cues) {
            names.push(folded(name));
            item.set(Role::Byline, "who wrote it");
        }
    }
    names.truncate(8);
    let half = items.len() / 2;
    for (i, item) in items.iter_mut().enumerate().filter(|(_, i)| i.is_body() && !i.text.is_empty()) {
        let start = folded(item.text.split_at(item.text.floor_char_boundary(CAPTION)).0);
        if names.contains(&item.folded) {
            item.set(Role::Byline, "who wrote it");
        } else if i >= half && names.iter().any(|n| start.starts_with(n.as_str())) {
            let text = item.text.to_lowercase();
            if cues.biography.iter().any(|b| text.contains(b)) || has_address(&text) {
                item.set(Role::Boilerplate, "about the author");
            }
        }
    }
}

/// The name in a line that says nothing but who wrote it: up to six words, each with a capital (or a particle).
fn author<'a>(item: &Item<'a>, cues: &Cues) -> Option<&'a str> {
    if longer(item.text, AUTHOR) || ends_sentence(item.text) {
        return None;
    }
    let lower = item.text.to_lowercase();
    let by = cues
        .by
        .iter()
        .filter(|by| lower.strip_prefix(**by).is_some_and(|r| r.starts_with([' ', ':', '\u{a0}'])))
        .max_by_key(|by| by.len())?;
    let name = item.text.get(by.len()..)?.trim_start_matches([' ', ':', '\u{a0}']);
    let name = name.split([',', '|', '•', '·']).next()?.trim();
    let particles = ["and", "und", "et", "de", "von", "van", "der", "du", "la", "le", "zu", "&"];
    let is_name = |w: &str| w.starts_with(char::is_uppercase) || particles.contains(&w);
    let words = name.split_whitespace().count();
    (matches!(words, 1..=8)
        && name.split_whitespace().all(is_name)
        && !name.contains(|c: char| c.is_ascii_digit()))
    .then_some(name)
}

/// The first title-like line, where text follows it; the same line again, with or without the site's name.
fn headline(items: &mut [Item]) {
    let Some(first) = items.iter().position(|i| i.is_body() && i.shape != Shape::Item) else { return };
    let text_follows = items[first + 1..].iter().any(|i| i.is_body() && ends_sentence(i.text));
    if !(items[first].is_title() || items[first].shape == Shape::Heading) || !text_follows {
        return;
    }
    let mut head = first;
    let site = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|r| r.trim_start().starts_with(['|', '-', '–', '—', '·', ':', '•']))
    };
    for next in first + 1..items.len().min(first + 6) {
        if items[next].is_body()
            && !items[next].folded.is_empty()
            && site(&items[first].folded, &items[next].folded)
        {
            items[first].set(Role::Boilerplate, "title of the page");
            head = next;
        }
    }
    items[head].set(Role::Headline, "first line");
    let title = items[head].folded.clone();
    for item in items[head + 1..].iter_mut().filter(|i| i.is_body() && i.folded == title) {
        item.set(Role::Boilerplate, "headline again");
    }
}

/// A line that stood before, word for word.
fn repeats(items: &mut [Item]) {
    let mut seen: HashMap<&str, Role> = HashMap::new();
    let texts: Vec<String> = items.iter().map(|i| i.folded.clone()).collect();
    for (item, text) in items.iter_mut().zip(&texts) {
        // One or two words come again in any text: "Yes.", a speaker's name in an interview.
        if words(text).nth(2).is_none() {
            continue;
        }
        match seen.get(text.as_str()) {
            Some(Role::Body) if item.is_body() => item.set(Role::Boilerplate, "said before, word for word"),
            Some(_) => {}
            None => _ = seen.insert(text, item.role),
        }
    }
}

/// A heading with nothing under it but the frame of the page belongs to the frame.
fn loose_end(items: &mut [Item]) {
    let Some(last) = items.iter().rposition(Item::is_body) else { return };
    let framed = items[last + 1..].iter().any(|i| i.role == Role::Boilerplate && i.shape != Shape::Marks);
    let item = &mut items[last];
    if framed && item.shape == Shape::Text && item.is_title() && item.text.split_whitespace().count() <= 5 {
        item.set(Role::Boilerplate, "heading without text");
    }
}
