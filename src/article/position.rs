//! What the place of a block among the others says: the headline and what stands above and below it, and where the
//! article ends and the page goes on.

use std::collections::{HashMap, HashSet};

use super::frame_cues::FrameCues;
use super::lines::{BlockShape, ends_sentence};
use super::roles::{BlockState, is_longer, split_words};
use super::{Role, dateline};

/// Said of what stands below the last line of the article.
pub(super) const AFTER_ARTICLE: &str = "after the article";
/// A line with fewer characters is no paragraph.
const MIN_PARAGRAPH_CHARS: usize = 80;
/// Words of a headline; site names, sections and buttons have fewer.
const MIN_TITLE_WORDS: usize = 4;
/// Blocks of running text whose words a headline is compared with.
const MAX_COMPARED_BLOCKS: usize = 40;
/// Blocks after the headline in which a page tells who wrote it and when.
const MAX_BYLINE_DISTANCE: usize = 10;
/// Blocks after the heading of a comment thread in which its first entry shows.
const MAX_ENTRY_DISTANCE: usize = 7;

/// Finds the headline and what stands around it; hands over the names, folded, of who wrote it.
pub(super) fn mark_headline_area(items: &mut [BlockState], cues: &FrameCues) -> Vec<String> {
    mark_headline(items);
    mark_above_headline(items);
    let names = mark_byline_stamps(items, cues);
    mark_labels(items);
    names
}

/// Finds where the article ends.
pub(super) fn mark_article_end(items: &mut [BlockState], cues: &FrameCues) {
    mark_comment_threads(items, cues);
    mark_comment_entries(items, cues);
    mark_after_closing(items);
    mark_frame_runs(items);
    mark_page_tail(items);
    mark_repeated_lines(items);
    mark_empty_heading(items);
}

fn is_paragraph(item: &BlockState) -> bool {
    is_longer(item.text, MIN_PARAGRAPH_CHARS) && ends_sentence(item.text)
}

/// The first title-like line, where text follows it; the same line again, with or without the site's name.
fn mark_headline(items: &mut [BlockState]) {
    if let Some(head) = items.iter().position(|i| i.role == Role::Headline) {
        return mark_headline_repeats(items, head);
    }
    let Some(first) = find_first_title(items) else { return };
    let text_follows = items[first + 1..].iter().any(|i| i.is_body() && ends_sentence(i.text));
    if !(items[first].is_title() || items[first].shape == BlockShape::Heading) || !text_follows {
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
            items[first].set_role(Role::Boilerplate, "title of the page");
            head = next;
        }
    }
    items[head].set_role(Role::Headline, "first line");
    mark_headline_repeats(items, head);
}

/// The first line before running text of which words come again in the text; else the first that is long enough for
/// a headline; else the first at all.
fn find_first_title(items: &[BlockState]) -> Option<usize> {
    let open = |i: &BlockState| i.is_body() && i.shape != BlockShape::Item;
    let text = items.iter().position(|i| open(i) && is_paragraph(i)).unwrap_or(items.len());
    let titles = || {
        (0..text)
            .filter(|k| open(&items[*k]) && (items[*k].is_title() || items[*k].shape == BlockShape::Heading))
    };
    let text_stems: HashSet<String> = items[text..]
        .iter()
        .filter(|i| i.is_body())
        .take(MAX_COMPARED_BLOCKS)
        .flat_map(|i| word_stems(i.text))
        .collect();
    let again = |k: &usize| word_stems(items[*k].text).filter(|stem| text_stems.contains(stem)).count();
    let full = |k: &usize| {
        items[*k].shape == BlockShape::Heading || split_words(items[*k].text).count() >= MIN_TITLE_WORDS
    };
    titles()
        .find(|k| again(k) >= 2 && full(k))
        .or_else(|| titles().find(|k| again(k) == 1 && full(k)))
        .or_else(|| titles().find(full))
        .or_else(|| items.iter().position(open))
}

/// The beginnings of the longer words, by which forms of a word are one.
fn word_stems(text: &str) -> impl Iterator<Item = String> {
    split_words(text).filter(|w| w.chars().count() >= 4).map(|w| w.to_lowercase().chars().take(6).collect())
}

/// Short lines above the headline: the site's name, its sections, a label.
fn mark_above_headline(items: &mut [BlockState]) {
    let head = items.iter().position(|i| i.role == Role::Headline).unwrap_or(0);
    for item in items[..head].iter_mut().filter(|i| i.is_body() && i.is_title()) {
        item.set_role(Role::Boilerplate, "above the headline");
    }
}

/// Who wrote it and when, in lines near the headline.
fn mark_byline_stamps(items: &mut [BlockState], cues: &FrameCues) -> Vec<String> {
    let mut names = Vec::new();
    let Some(head) = items.iter().position(|i| i.role == Role::Headline) else { return names };
    for k in head + 1..items.len().min(head + MAX_BYLINE_DISTANCE) {
        let item = &items[k];
        if !item.is_body() || !item.is_title() || item.shape == BlockShape::Heading {
            continue;
        }
        let at = |k: usize| items.get(k).is_some_and(|i| i.role == Role::Byline);
        let dated = |k: usize| {
            items.get(k).is_some_and(|i| {
                i.reason == Some(dateline::DATELINE_REASON) || dateline::is_byline_stamp(i.text, cues)
            })
        };
        let count = split_words(&item.folded).count();
        let job = count <= 3 && split_words(&item.folded).any(|w| cues.biography.contains(&w));
        let is_stamp = dateline::is_byline_stamp(item.text, cues);
        names.extend(dateline::byline_name(item.text, cues).filter(|_| is_stamp));
        let is_name = dateline::is_person_name(item.text) && (dated(k - 1) || dated(k + 1));
        if is_stamp || is_name || job && (at(k - 1) || count == 1) {
            items[k].set_role(Role::Byline, "who wrote it, and when");
        }
    }
    names
}

/// Lines of one to three words between the headline and the text: "Subscribers", "Text size", a name. A standfirst is
/// longer.
fn mark_labels(items: &mut [BlockState]) {
    let Some(head) = items.iter().position(|i| i.role == Role::Headline) else { return };
    let Some(text) = items.iter().skip(head).position(|i| i.is_body() && is_paragraph(i)) else { return };
    for item in &mut items[head + 1..head + text] {
        let short = split_words(item.text).count() < MIN_TITLE_WORDS && item.shape == BlockShape::Text;
        let worded = item.text.contains(char::is_alphabetic) && !item.text.ends_with(['?', ':']);
        if short && worded && item.is_body() && item.is_title() {
            item.set_role(Role::Boilerplate, "label above the text");
        }
    }
}

/// Two or more lines of the page's own stand seldom alone: what goes on without a sentence's end behind one of them
/// is of them as well. One such line is the heading of what follows.
fn mark_frame_runs(items: &mut [BlockState]) {
    let open =
        |i: &BlockState| i.is_body() && i.is_title() && i.shape == BlockShape::Text && !i.text.ends_with(':');
    let mut at = 0;
    while at < items.len() {
        let own = items[at].role == Role::Boilerplate && items[at].shape != BlockShape::Marks;
        at += 1;
        let count = items[at..].iter().take_while(|i| open(i)).count();
        if own && count >= 2 {
            for item in &mut items[at..at + count] {
                item.set_role(Role::Boilerplate, "among the page's own lines");
            }
        }
        at += count;
    }
}

/// Comments without a heading: lines of a name and a time, several of them, in the last part of the page.
fn mark_comment_entries(items: &mut [BlockState], cues: &FrameCues) {
    let all = items.iter().filter(|i| i.is_body() && is_paragraph(i)).count();
    let open = |i: &BlockState| i.is_body() || i.role == Role::Byline;
    let is_entry = |i: &BlockState| open(i) && i.is_title() && dateline::is_comment_entry(i.text, cues);
    let mut before = 0;
    let mut first = None;
    for (at, item) in items.iter().enumerate() {
        before += usize::from(item.is_body() && is_paragraph(item));
        if is_entry(item) && before >= 2 && before * 3 >= all * 2 {
            match first {
                None => first = Some(at),
                Some(first) => {
                    for item in items[first..].iter_mut().filter(|i| i.role != Role::Boilerplate) {
                        item.set_role(Role::Boilerplate, "comment thread");
                    }
                    return;
                }
            }
        }
    }
}

/// From the heading of a comment thread to the end, where what follows it looks like one: names, dates, "Reply".
fn mark_comment_threads(items: &mut [BlockState], cues: &FrameCues) {
    let mut paragraphs = 0;
    for at in 0..items.len() {
        paragraphs += usize::from(items[at].is_body() && is_paragraph(&items[at]));
        let heads = paragraphs >= 2 && items[at].is_title() && items[at].cue.is_some_and(|v| v.thread);
        let is_entry = |i: &BlockState| {
            i.reason == Some(dateline::DATELINE_REASON)
                || !i.is_body() && i.cue.is_some_and(|v| v.thread)
                || i.is_title() && dateline::has_date(&i.folded, cues)
        };
        if heads && items[at + 1..].iter().take(MAX_ENTRY_DISTANCE).any(is_entry) {
            for item in items[at + 1..].iter_mut().filter(|i| i.role != Role::Boilerplate) {
                item.set_role(Role::Boilerplate, "comment thread");
            }
            return;
        }
    }
}

/// After a line with which pages close (tags, copyright, "Most read"), where nearly all of the text stands before it.
fn mark_after_closing(items: &mut [BlockState]) {
    let open = |items: &[BlockState]| items.iter().filter(|i| i.is_body() && is_paragraph(i)).count();
    let all = open(items);
    let mut before = 0;
    for at in 0..items.len() {
        before += usize::from(items[at].is_body() && is_paragraph(&items[at]));
        let closes = items[at].role == Role::Boilerplate && items[at].cue.is_some_and(|v| v.end);
        if closes && before >= 2 && before >= (all - before) * 4 {
            for item in items[at + 1..].iter_mut().filter(|i| i.is_body()) {
                item.set_role(Role::Boilerplate, AFTER_ARTICLE);
            }
            return;
        }
    }
}

/// What stands behind the page's own lines after the last running text: all once the page has said that the article is
/// over, and what is no sentence in any case.
fn mark_page_tail(items: &mut [BlockState]) {
    let last = items.iter().rposition(|i| i.is_body() && is_paragraph(i)).unwrap_or(items.len() / 2);
    let over = |i: &BlockState| i.role == Role::Boilerplate && i.cue.is_some_and(|cue| cue.end || cue.thread);
    if let Some(end) = items.iter().skip(last + 1).position(over) {
        for item in items[last + 1 + end..].iter_mut().filter(|i| i.is_body()) {
            item.set_role(Role::Boilerplate, AFTER_ARTICLE);
        }
    }
    let running = |i: &BlockState| i.is_body() && (ends_sentence(i.text) || i.shape == BlockShape::Item);
    let Some(last) = items.iter().rposition(running) else { return };
    let rest = &mut items[last + 1..];
    let Some(frame) = rest.iter().position(|i| !i.is_body() && i.role != Role::Caption) else { return };
    for item in rest[frame..].iter_mut().filter(|i| i.is_body() && i.is_title()) {
        item.set_role(Role::Boilerplate, AFTER_ARTICLE);
    }
}

fn mark_headline_repeats(items: &mut [BlockState], head: usize) {
    let title = items[head].folded.clone();
    for item in items[head + 1..].iter_mut().filter(|i| i.is_body() && i.folded == title) {
        item.set_role(Role::Boilerplate, "headline again");
    }
}

/// A line that stood before, word for word.
fn mark_repeated_lines(items: &mut [BlockState]) {
    let mut seen_roles: HashMap<&str, Role> = HashMap::new();
    let texts: Vec<String> = items.iter().map(|i| i.folded.clone()).collect();
    for (item, text) in items.iter_mut().zip(&texts) {
        // One or two words come again in any text: "Yes.", a speaker's name in an interview.
        if split_words(text).nth(2).is_none() {
            continue;
        }
        match seen_roles.get(text.as_str()) {
            Some(Role::Body) if item.is_body() => {
                item.set_role(Role::Boilerplate, "said before, word for word")
            }
            Some(_) => {}
            None => _ = seen_roles.insert(text, item.role),
        }
    }
}

/// A heading with nothing under it but the frame of the page belongs to the frame.
fn mark_empty_heading(items: &mut [BlockState]) {
    let Some(last) = items.iter().rposition(BlockState::is_body) else { return };
    let framed =
        items[last + 1..].iter().any(|i| i.role == Role::Boilerplate && i.shape != BlockShape::Marks);
    let item = &mut items[last];
    if framed
        && item.shape == BlockShape::Text
        && item.is_title()
        && item.text.split_whitespace().count() <= 5
    {
        item.set_role(Role::Boilerplate, "heading without text");
    }
}
