//! Roles by the place of a block among the others: the headline, the lines above and below it, and where the article
//! ends and the page goes on.

use std::collections::{HashMap, HashSet};

use super::block::{BlockShape, Role};
use super::block_state::BlockState;
use super::dateline;
use super::frame_cues::FrameCues;
use super::line_text::{ends_sentence, is_longer, split_words};

/// The reason of lines below the last line of the article.
pub(super) const AFTER_ARTICLE: &str = "after the article";
/// A line with fewer characters is no paragraph.
const MIN_PARAGRAPH_CHARS: usize = 80;
/// Words of a headline; site names, sections and buttons have fewer.
const MIN_TITLE_WORDS: usize = 4;
/// Blocks of running text whose words a headline is compared with.
const MAX_COMPARED_BLOCKS: usize = 40;
/// Blocks after the headline in which bylines are searched.
const MAX_BYLINE_DISTANCE: usize = 10;
/// Blocks after the heading of a comment thread in which its first entry is searched.
const MAX_ENTRY_DISTANCE: usize = 7;

/// Marks the headline and the lines around it; returns the folded names of the authors.
pub(super) fn mark_headline_area(items: &mut [BlockState], cues: &FrameCues) -> Vec<String> {
    mark_headline(items);
    mark_above_headline(items);
    let names = mark_byline_stamps(items, cues);
    mark_labels(items);
    names
}

/// Marks the part of the page after the end of the article.
pub(super) fn mark_article_end(items: &mut [BlockState], cues: &FrameCues) {
    mark_comment_threads(items, cues);
    mark_comment_entries(items, cues);
    mark_after_closing(items);
    mark_frame_runs(items);
    mark_page_tail(items);
    mark_repeated_lines(items);
    mark_empty_heading(items);
}

/// A body block of paragraph length that ends a sentence.
fn is_body_paragraph(item: &BlockState) -> bool {
    item.is_body() && is_longer(item.text, MIN_PARAGRAPH_CHARS) && ends_sentence(item.text)
}

fn has_title_form(item: &BlockState) -> bool {
    item.is_title() || item.shape == BlockShape::Heading
}

fn mark_open_blocks(items: &mut [BlockState], reason: &'static str) {
    for item in items.iter_mut().filter(|i| i.is_body()) {
        item.set_role(Role::Boilerplate, reason);
    }
}

/// The first title-like line that text follows; the same line again, with or without the site's name.
fn mark_headline(items: &mut [BlockState]) {
    if let Some(head) = items.iter().position(|i| i.role == Role::Headline) {
        return mark_headline_repeats(items, head);
    }
    let Some(first) = find_first_title(items) else { return };
    let text_follows = items[first + 1..].iter().any(|i| i.is_body() && ends_sentence(i.text));
    if !has_title_form(&items[first]) || !text_follows {
        return;
    }
    let mut head = first;
    for next in first + 1..items.len().min(first + 6) {
        if items[next].is_body()
            && !items[next].folded.is_empty()
            && adds_site_name(&items[first].folded, &items[next].folded)
        {
            items[first].set_role(Role::Boilerplate, "title of the page");
            head = next;
        }
    }
    items[head].set_role(Role::Headline, "first line");
    mark_headline_repeats(items, head);
}

/// Whether a page's title is a headline with the site's name after it: "Quay closed | The Ferry Post".
fn adds_site_name(page_title: &str, headline: &str) -> bool {
    page_title
        .strip_prefix(headline)
        .is_some_and(|r| r.trim_start().starts_with(['|', '-', '–', '—', '·', ':', '•']))
}

/// The first line before running text of which words come again in the text; else the first that is long enough for
/// a headline; else the first at all.
fn find_first_title(items: &[BlockState]) -> Option<usize> {
    let text = items.iter().position(|i| is_open_line(i) && is_body_paragraph(i)).unwrap_or(items.len());
    let text_stems: HashSet<String> = items[text..]
        .iter()
        .filter(|i| i.is_body())
        .take(MAX_COMPARED_BLOCKS)
        .flat_map(|i| word_stems(i.text))
        .collect();
    // The full titles, each with the number of its words that come again.
    let titles: Vec<(usize, usize)> = (0..text)
        .filter(|k| is_open_line(&items[*k]) && has_title_form(&items[*k]) && is_full_title(&items[*k]))
        .map(|k| (k, word_stems(items[k].text).filter(|stem| text_stems.contains(stem)).count()))
        .collect();
    titles
        .iter()
        .find(|(_, repeated)| *repeated >= 2)
        .or_else(|| titles.iter().find(|(_, repeated)| *repeated == 1))
        .or_else(|| titles.first())
        .map(|(k, _)| *k)
        .or_else(|| items.iter().position(is_open_line))
}

fn is_open_line(item: &BlockState) -> bool {
    item.is_body() && item.shape != BlockShape::Item
}

fn is_full_title(item: &BlockState) -> bool {
    item.shape == BlockShape::Heading || split_words(item.text).count() >= MIN_TITLE_WORDS
}

/// The first six letters of the longer words: forms of one word share them.
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

/// Author and date, in lines near the headline; returns the folded names.
fn mark_byline_stamps(items: &mut [BlockState], cues: &FrameCues) -> Vec<String> {
    let mut names = Vec::new();
    let Some(head) = items.iter().position(|i| i.role == Role::Headline) else { return names };
    for k in head + 1..items.len().min(head + MAX_BYLINE_DISTANCE) {
        let item = &items[k];
        if !item.is_body() || !item.is_title() || item.shape == BlockShape::Heading {
            continue;
        }
        let follows_byline = items[k - 1].role == Role::Byline;
        let count = split_words(&item.folded).count();
        let job = count <= 3 && split_words(&item.folded).any(|w| cues.biography.contains(&w));
        let is_stamp = dateline::is_byline_stamp(item.text, cues);
        names.extend(dateline::byline_name(item.text, cues).filter(|_| is_stamp));
        let is_name = dateline::is_person_name(item.text)
            && (is_dated_line(&items[k - 1], cues)
                || items.get(k + 1).is_some_and(|next| is_dated_line(next, cues)));
        if is_stamp || is_name || job && (follows_byline || count == 1) {
            items[k].set_role(Role::Byline, "who wrote it, and when");
        }
    }
    names
}

fn is_dated_line(item: &BlockState, cues: &FrameCues) -> bool {
    item.reason == Some(dateline::DATELINE_REASON) || dateline::is_byline_stamp(item.text, cues)
}

/// Lines of one to three words between the headline and the text: "Subscribers", "Text size", a name. A standfirst is
/// longer.
fn mark_labels(items: &mut [BlockState]) {
    let Some(head) = items.iter().position(|i| i.role == Role::Headline) else { return };
    let Some(text) = items.iter().skip(head).position(is_body_paragraph) else { return };
    for item in &mut items[head + 1..head + text] {
        let short = split_words(item.text).count() < MIN_TITLE_WORDS && item.shape == BlockShape::Text;
        let worded = item.text.contains(char::is_alphabetic) && !item.text.ends_with(['?', ':']);
        if short && worded && item.is_body() && item.is_title() {
            item.set_role(Role::Boilerplate, "label above the text");
        }
    }
}

/// Boilerplate lines come in runs: two or more open lines without a sentence end after one of them are boilerplate
/// too. One such line is the heading of what follows.
fn mark_frame_runs(items: &mut [BlockState]) {
    let mut at = 0;
    while at < items.len() {
        let framed = items[at].role == Role::Boilerplate && items[at].shape != BlockShape::Marks;
        at += 1;
        let count = items[at..]
            .iter()
            .take_while(|i| {
                i.is_body() && i.is_title() && i.shape == BlockShape::Text && !i.text.ends_with(':')
            })
            .count();
        if framed && count >= 2 {
            for item in &mut items[at..at + count] {
                item.set_role(Role::Boilerplate, "among the page's own lines");
            }
        }
        at += count;
    }
}

/// Comments without a heading: lines of a name and a time, several of them, in the last part of the page.
fn mark_comment_entries(items: &mut [BlockState], cues: &FrameCues) {
    let all = items.iter().filter(|i| is_body_paragraph(i)).count();
    let mut before = 0;
    let mut first = None;
    for (at, item) in items.iter().enumerate() {
        before += usize::from(is_body_paragraph(item));
        let is_entry = (item.is_body() || item.role == Role::Byline)
            && item.is_title()
            && dateline::is_comment_entry(item.text, cues);
        if is_entry && before >= 2 && before * 3 >= all * 2 {
            match first {
                None => first = Some(at),
                Some(first) => return mark_comments(&mut items[first..]),
            }
        }
    }
}

/// From the heading of a comment thread to the end, where comments follow it: names, dates, "Reply".
fn mark_comment_threads(items: &mut [BlockState], cues: &FrameCues) {
    let mut paragraphs = 0;
    for at in 0..items.len() {
        paragraphs += usize::from(is_body_paragraph(&items[at]));
        let heads = paragraphs >= 2 && items[at].is_title() && items[at].cue.is_some_and(|v| v.thread);
        if heads && items[at + 1..].iter().take(MAX_ENTRY_DISTANCE).any(|i| is_thread_line(i, cues)) {
            return mark_comments(&mut items[at + 1..]);
        }
    }
}

fn is_thread_line(item: &BlockState, cues: &FrameCues) -> bool {
    item.reason == Some(dateline::DATELINE_REASON)
        || !item.is_body() && item.cue.is_some_and(|v| v.thread)
        || item.is_title() && dateline::has_date(&item.folded, cues)
}

fn mark_comments(items: &mut [BlockState]) {
    for item in items.iter_mut().filter(|i| i.role != Role::Boilerplate) {
        item.set_role(Role::Boilerplate, "comment thread");
    }
}

/// After a line with which pages close (tags, copyright, "Most read"), where nearly all of the text comes before it.
fn mark_after_closing(items: &mut [BlockState]) {
    let all = items.iter().filter(|i| is_body_paragraph(i)).count();
    let mut before = 0;
    for at in 0..items.len() {
        before += usize::from(is_body_paragraph(&items[at]));
        let closes = items[at].role == Role::Boilerplate && items[at].cue.is_some_and(|v| v.end);
        if closes && before >= 2 && before >= (all - before) * 4 {
            return mark_open_blocks(&mut items[at + 1..], AFTER_ARTICLE);
        }
    }
}

/// Lines after the last running text: all of them behind a cue that ends the article, and behind any other boilerplate
/// those that are no sentence.
fn mark_page_tail(items: &mut [BlockState]) {
    let last = items.iter().rposition(is_body_paragraph).unwrap_or(items.len() / 2);
    let end = items
        .iter()
        .skip(last + 1)
        .position(|i| i.role == Role::Boilerplate && i.cue.is_some_and(|cue| cue.end || cue.thread));
    if let Some(end) = end {
        mark_open_blocks(&mut items[last + 1 + end..], AFTER_ARTICLE);
    }
    let last =
        items.iter().rposition(|i| i.is_body() && (ends_sentence(i.text) || i.shape == BlockShape::Item));
    let Some(last) = last else { return };
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

/// A line that repeats an earlier one word for word.
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
                item.set_role(Role::Boilerplate, "said before, word for word");
            }
            Some(_) => {}
            None => _ = seen_roles.insert(text, item.role),
        }
    }
}

/// A heading with nothing but boilerplate under it is boilerplate.
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
