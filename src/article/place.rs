//! What the place of a block among the others says: the headline and what stands above and below it, and where the
//! article ends and the page goes on.

use std::collections::{HashMap, HashSet};

use super::cues::Cues;
use super::lines::{Shape, ends_sentence};
use super::roles::{Item, longer, words};
use super::{Role, stamp};

/// Said of what stands below the last line of the article.
pub(super) const AFTER: &str = "after the article";
/// A line with fewer characters is no paragraph.
const PARAGRAPH: usize = 80;
/// Words of a headline; site names, sections and buttons have fewer.
const TITLE: usize = 4;
/// Blocks of running text whose words a headline is compared with.
const TOLD: usize = 40;
/// Blocks after the headline in which a page tells who wrote it and when.
const NEAR: usize = 10;
/// Blocks after the heading of a comment thread in which its first entry shows.
const ENTRY: usize = 7;

/// Finds the headline and what stands around it; hands over the names, folded, of who wrote it.
pub(super) fn settle(items: &mut [Item], cues: &Cues) -> Vec<String> {
    headline(items);
    above(items);
    let names = stamps(items, cues);
    labels(items);
    names
}

/// Finds where the article ends.
pub(super) fn finish(items: &mut [Item], cues: &Cues) {
    threads(items, cues);
    entries(items, cues);
    ends(items);
    runs(items);
    tail(items);
    repeats(items);
    loose_end(items);
}

fn is_paragraph(item: &Item) -> bool {
    longer(item.text, PARAGRAPH) && ends_sentence(item.text)
}

/// The first title-like line, where text follows it; the same line again, with or without the site's name.
fn headline(items: &mut [Item]) {
    if let Some(head) = items.iter().position(|i| i.role == Role::Headline) {
        return said_again(items, head);
    }
    let Some(first) = first_title(items) else { return };
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
    said_again(items, head);
}

/// The first line before running text of which words come again in the text; else the first that is long enough for
/// a headline; else the first at all.
fn first_title(items: &[Item]) -> Option<usize> {
    let open = |i: &Item| i.is_body() && i.shape != Shape::Item;
    let text = items.iter().position(|i| open(i) && is_paragraph(i)).unwrap_or(items.len());
    let titles = || {
        (0..text).filter(|k| open(&items[*k]) && (items[*k].is_title() || items[*k].shape == Shape::Heading))
    };
    let told: HashSet<String> =
        items[text..].iter().filter(|i| i.is_body()).take(TOLD).flat_map(|i| stems(i.text)).collect();
    let again = |k: &usize| stems(items[*k].text).filter(|stem| told.contains(stem)).count();
    let full = |k: &usize| items[*k].shape == Shape::Heading || words(items[*k].text).count() >= TITLE;
    titles()
        .find(|k| again(k) >= 2 && full(k))
        .or_else(|| titles().find(|k| again(k) == 1 && full(k)))
        .or_else(|| titles().find(full))
        .or_else(|| items.iter().position(open))
}

/// The beginnings of the longer words, by which forms of a word are one.
fn stems(text: &str) -> impl Iterator<Item = String> {
    words(text).filter(|w| w.chars().count() >= 4).map(|w| w.to_lowercase().chars().take(6).collect())
}

/// Short lines above the headline: the site's name, its sections, a label.
fn above(items: &mut [Item]) {
    let head = items.iter().position(|i| i.role == Role::Headline).unwrap_or(0);
    for item in items[..head].iter_mut().filter(|i| i.is_body() && i.is_title()) {
        item.set(Role::Boilerplate, "above the headline");
    }
}

/// Who wrote it and when, in lines near the headline.
fn stamps(items: &mut [Item], cues: &Cues) -> Vec<String> {
    let mut names = Vec::new();
    let Some(head) = items.iter().position(|i| i.role == Role::Headline) else { return names };
    for k in head + 1..items.len().min(head + NEAR) {
        let item = &items[k];
        if !item.is_body() || !item.is_title() || item.shape == Shape::Heading {
            continue;
        }
        let at = |k: usize| items.get(k).is_some_and(|i| i.role == Role::Byline);
        let dated = |k: usize| {
            items.get(k).is_some_and(|i| i.reason == Some(stamp::DATE) || stamp::is_stamp(i.text, cues))
        };
        let count = words(&item.folded).count();
        let job = count <= 3 && words(&item.folded).any(|w| cues.biography.contains(&w));
        let is_stamp = stamp::is_stamp(item.text, cues);
        names.extend(stamp::name(item.text, cues).filter(|_| is_stamp));
        let is_name = stamp::is_name(item.text) && (dated(k - 1) || dated(k + 1));
        if is_stamp || is_name || job && (at(k - 1) || count == 1) {
            items[k].set(Role::Byline, "who wrote it, and when");
        }
    }
    names
}

/// Lines of one to three words between the headline and the text: "Subscribers", "Text size", a name. A standfirst is
/// longer.
fn labels(items: &mut [Item]) {
    let Some(head) = items.iter().position(|i| i.role == Role::Headline) else { return };
    let Some(text) = items.iter().skip(head).position(|i| i.is_body() && is_paragraph(i)) else { return };
    for item in &mut items[head + 1..head + text] {
        let short = words(item.text).count() < TITLE && item.shape == Shape::Text;
        let worded = item.text.contains(char::is_alphabetic) && !item.text.ends_with(['?', ':']);
        if short && worded && item.is_body() && item.is_title() {
            item.set(Role::Boilerplate, "label above the text");
        }
    }
}

/// Two or more lines of the page's own stand seldom alone: what goes on without a sentence's end behind one of them
/// is of them as well. One such line is the heading of what follows.
fn runs(items: &mut [Item]) {
    let open = |i: &Item| i.is_body() && i.is_title() && i.shape == Shape::Text && !i.text.ends_with(':');
    let mut at = 0;
    while at < items.len() {
        let own = items[at].role == Role::Boilerplate && items[at].shape != Shape::Marks;
        at += 1;
        let count = items[at..].iter().take_while(|i| open(i)).count();
        if own && count >= 2 {
            for item in &mut items[at..at + count] {
                item.set(Role::Boilerplate, "among the page's own lines");
            }
        }
        at += count;
    }
}

/// Comments without a heading: lines of a name and a time, several of them, in the last part of the page.
fn entries(items: &mut [Item], cues: &Cues) {
    let all = items.iter().filter(|i| i.is_body() && is_paragraph(i)).count();
    let open = |i: &Item| i.is_body() || i.role == Role::Byline;
    let is_entry = |i: &Item| open(i) && i.is_title() && stamp::is_entry(i.text, cues);
    let mut before = 0;
    let mut first = None;
    for (at, item) in items.iter().enumerate() {
        before += usize::from(item.is_body() && is_paragraph(item));
        if is_entry(item) && before >= 2 && before * 3 >= all * 2 {
            match first {
                None => first = Some(at),
                Some(first) => {
                    for item in items[first..].iter_mut().filter(|i| i.role != Role::Boilerplate) {
                        item.set(Role::Boilerplate, "comment thread");
                    }
                    return;
                }
            }
        }
    }
}

/// From the heading of a comment thread to the end, where what follows it looks like one: names, dates, "Reply".
fn threads(items: &mut [Item], cues: &Cues) {
    let mut paragraphs = 0;
    for at in 0..items.len() {
        paragraphs += usize::from(items[at].is_body() && is_paragraph(&items[at]));
        let heads = paragraphs >= 2 && items[at].is_title() && items[at].cue.is_some_and(|v| v.thread);
        let is_entry = |i: &Item| {
            i.reason == Some(stamp::DATE)
                || !i.is_body() && i.cue.is_some_and(|v| v.thread)
                || i.is_title() && stamp::is_dated(&i.folded, cues)
        };
        if heads && items[at + 1..].iter().take(ENTRY).any(is_entry) {
            for item in items[at + 1..].iter_mut().filter(|i| i.role != Role::Boilerplate) {
                item.set(Role::Boilerplate, "comment thread");
            }
            return;
        }
    }
}

/// After a line with which pages close (tags, copyright, "Most read"), where nearly all of the text stands before it.
fn ends(items: &mut [Item]) {
    let open = |items: &[Item]| items.iter().filter(|i| i.is_body() && is_paragraph(i)).count();
    let all = open(items);
    let mut before = 0;
    for at in 0..items.len() {
        before += usize::from(items[at].is_body() && is_paragraph(&items[at]));
        let closes = items[at].role == Role::Boilerplate && items[at].cue.is_some_and(|v| v.end);
        if closes && before >= 2 && before >= (all - before) * 4 {
            for item in items[at + 1..].iter_mut().filter(|i| i.is_body()) {
                item.set(Role::Boilerplate, AFTER);
            }
            return;
        }
    }
}

/// What stands behind the page's own lines after the last running text: all once the page has said that the article is
/// over, and what is no sentence in any case.
fn tail(items: &mut [Item]) {
    let last = items.iter().rposition(|i| i.is_body() && is_paragraph(i)).unwrap_or(items.len() / 2);
    let over = |i: &Item| i.role == Role::Boilerplate && i.cue.is_some_and(|cue| cue.end || cue.thread);
    if let Some(end) = items.iter().skip(last + 1).position(over) {
        for item in items[last + 1 + end..].iter_mut().filter(|i| i.is_body()) {
            item.set(Role::Boilerplate, AFTER);
        }
    }
    let running = |i: &Item| i.is_body() && (ends_sentence(i.text) || i.shape == Shape::Item);
    let Some(last) = items.iter().rposition(running) else { return };
    let rest = &mut items[last + 1..];
    let Some(frame) = rest.iter().position(|i| !i.is_body() && i.role != Role::Caption) else { return };
    for item in rest[frame..].iter_mut().filter(|i| i.is_body() && i.is_title()) {
        item.set(Role::Boilerplate, AFTER);
    }
}

fn said_again(items: &mut [Item], head: usize) {
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
