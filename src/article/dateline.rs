//! Lines that say when, and by whom, an article was published.

use super::frame_cues::FrameCues;
use super::roles::{has_digit, is_longer, split_words};

/// Said of a line with a date and nothing else.
pub(super) const DATELINE_REASON: &str = "date line";
/// Longest line of a name and a date.
const MAX_STAMP_CHARS: usize = 160;

/// Nothing but a date, a time and what is said with them, such as "Updated 3 May 2021, 10:30".
pub(super) fn is_dateline(folded: &str, cues: &FrameCues) -> bool {
    let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 10;
    let month = split_words(folded).any(|w| cues.months.contains(w));
    let digits = split_words(folded).filter(|w| has_digit(w)).count();
    let sentence_like = split_words(folded).count() > 16;
    let numeric = folded.split_whitespace().any(is_numeric_date);
    let has_date_word = split_words(folded).any(|w| cues.dateline.contains(w));
    !sentence_like
        && digits > 0
        && (month || numeric || has_date_word)
        && split_words(folded).count() + usize::from(numeric) > 1
        && split_words(folded).all(|w| number(w) || cues.months.contains(w) || cues.dateline.contains(w))
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

/// A date with names, offices and counters around it: "Posted on 3 May 2021 by Sasha Ortiz in Courts, 6 comments".
pub(super) fn is_byline_stamp(text: &str, cues: &FrameCues) -> bool {
    let lower = text.to_lowercase();
    if is_longer(text, MAX_STAMP_CHARS) || !has_date(&lower, cues) {
        return false;
    }
    let mut after_by = false;
    let own = |w: &str| {
        let small = w.to_lowercase();
        let named = std::mem::replace(&mut after_by, cues.by.contains(&small.as_str()));
        named
            || w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || cues.months.contains(small.as_str())
            || cues.dateline.contains(small.as_str())
            || cues.counted.contains(small.as_str())
            || cues.by.contains(&small.as_str())
            || cues.biography.contains(&small.as_str())
            || small.chars().count() <= 2
    };
    let cue_words = split_words(&lower).filter(|w| cues.dateline.contains(w) || cues.by.contains(w)).count();
    cue_words > 0 && split_words(text).all(own)
}

/// The name of a reader and a day and time behind it, the head of a comment: "Penny W 6 Oct, 13:05". A chronology has
/// the day before what happened.
pub(super) fn is_comment_entry(text: &str, cues: &FrameCues) -> bool {
    let lower = text.to_lowercase();
    let clock =
        |w: &str| w.contains(':') && w.trim_matches(',').split(':').all(|p| p.len() <= 2 && has_digit(p));
    let is_date_word = |w: &str| has_digit(w) || cues.months.contains(w) || cues.dateline.contains(w);
    let (first, last) = (split_words(&lower).next(), split_words(&lower).last());
    split_words(&lower).count() <= 9
        && has_date(&lower, cues)
        && lower.split_whitespace().any(clock)
        && first.is_some_and(|w| !is_date_word(w))
        && last.is_some_and(is_date_word)
}

/// A line of two to four words with a capital each.
pub(super) fn is_person_name(text: &str) -> bool {
    let own = |w: &str| w.starts_with(char::is_uppercase) && !has_digit(w);
    (2..=4).contains(&text.split_whitespace().count()) && text.split_whitespace().all(own)
}

/// "04:12", "00:00/02:14": what a player shows.
pub(super) fn is_player_clock(text: &str) -> bool {
    text.contains(':') && text.len() >= 5 && text.chars().all(|c| c.is_ascii_digit() || ":/ ".contains(c))
}

/// Whether a short line holds a day: a numeric date, or a month and two numbers.
pub(super) fn has_date(lower: &str, cues: &FrameCues) -> bool {
    let numbers = split_words(lower).filter(|w| has_digit(w)).count();
    split_words(lower).count() <= 20
        && (lower.split_whitespace().any(is_numeric_date)
            || numbers >= 2 && split_words(lower).any(|w| cues.months.contains(w)))
}

/// The name after "by" in such a line, folded.
pub(super) fn byline_name(text: &str, cues: &FrameCues) -> Option<String> {
    let mut words = split_words(text).skip_while(|w| !cues.by.contains(&w.to_lowercase().as_str())).skip(1);
    let name: Vec<String> = words
        .by_ref()
        .take_while(|w| w.starts_with(char::is_uppercase))
        .take(3)
        .map(str::to_lowercase)
        .collect();
    (name.len() >= 2).then(|| name.join(" "))
}
