//! Lines that belong to the page by their own words and signs: counters, navigation, share and contact lines.

use super::block::Role;
use super::dateline;
use super::frame_cues::{FrameCues, frame_cues};
use super::line_text::{ends_sentence, fold_text, has_digit, is_longer, split_words};

/// Longest line, in characters, that is boilerplate by its words alone.
const MAX_PAGE_LINE_CHARS: usize = 100;

/// Whether a line belongs to the page, whatever its neighbours are: no wrapped text breaks so.
pub(super) fn is_page_line(line: &str) -> bool {
    if is_longer(line, MAX_PAGE_LINE_CHARS) || ends_sentence(line) || line.starts_with(char::is_lowercase) {
        return false;
    }
    let (folded, cues) = (fold_text(line), frame_cues());
    cues.match_cue(&folded, line).is_some_and(|v| v.role != Role::Caption)
        || dateline::is_dateline(&folded, cues)
        || is_counter(&folded, cues)
}

/// "14 comments", "3.2 K views".
pub(super) fn is_counter(folded: &str, cues: &FrameCues) -> bool {
    let all: Vec<&str> = split_words(folded).collect();
    matches!(all.len(), 2..=4)
        && has_digit(all[0])
        && all.last().is_some_and(|w| cues.counted.contains(w))
        && all[..all.len() - 1].iter().all(|w| matches!(*w, "k" | "m" | "mio" | "tsd") || has_digit(w))
}

/// "Home > News", "← Older stories".
pub(super) fn is_breadcrumb(text: &str) -> bool {
    let arrows = ['←', '→', '»', '›', '▶', '►', '▸'];
    let title = !is_longer(text, MAX_PAGE_LINE_CHARS) && !ends_sentence(text);
    let has_short_parts = [" > ", " » ", " › "]
        .into_iter()
        .any(|sign| text.contains(sign) && text.split(sign).all(|part| split_words(part).count() <= 3));
    title && (has_short_parts || text.ends_with(arrows) && !text.contains('«'))
        || text.starts_with(arrows) && !text.contains('«') && !is_longer(text, MAX_PAGE_LINE_CHARS)
}

/// "Follow The Ferry Post on Facebook".
pub(super) fn is_follow_line(folded: &str, cues: &FrameCues) -> bool {
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
    // In a sentence about a statement on a network, a comma or a mark comes before the network's name.
    let last_word_end = folded
        .split_whitespace()
        .position(|w| w.ends_with([',', ':', '"', '”', '»', '“']))
        .map_or(usize::MAX, |at| at + 1);
    split_words(folded).count() <= 25
        && cues.follow.iter().any(|f| folded.starts_with(f))
        && folded
            .split_whitespace()
            .take(last_word_end)
            .any(|w| NETWORKS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// "(dpa)", "(mb/ks)".
pub(super) fn is_initials(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or("");
    (2..=20).contains(&inner.len())
        && inner.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | ',' | ' ' | '.'))
        && inner.split(' ').count() <= 3
}

/// Whether a text has an e-mail address or a telephone number.
pub(super) fn has_address(text: &str) -> bool {
    has_phone_number(text)
        || text
            .split_whitespace()
            .any(|w| w.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.')))
}

fn has_phone_number(text: &str) -> bool {
    count_digits(text) >= 9
        && text
            .split(|c: char| !(c.is_ascii_digit() || "+-()/ .".contains(c)))
            .any(|run| (9..=15).contains(&count_digits(run)) && run.trim().contains(['-', '/', '+', ' ']))
}

fn count_digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// A line that gives an address, and little else or an invitation to use it.
pub(super) fn is_contact_line(folded: &str, cues: &FrameCues) -> bool {
    has_address(folded)
        && (split_words(folded).count() <= 5
            || (split_words(folded).count() <= 25 && cues.contact.iter().any(|c| folded.starts_with(c))))
}
