//! Lines with the date, the time and the author of an article.

use super::frame_cues::FrameCues;
use super::line_text::{has_digit, is_longer, split_words};

/// The reason of a line with a date and nothing else.
pub(super) const DATELINE_REASON: &str = "date line";
/// Longest line of a name and a date.
const MAX_STAMP_CHARS: usize = 160;

/// Nothing but a date, a time and the words that come with them, such as "Updated 3 May 2021, 10:30".
pub(super) fn is_dateline(folded: &str, cues: &FrameCues) -> bool {
    let month = split_words(folded).any(|w| cues.months.contains(w));
    let digits = split_words(folded).filter(|w| has_digit(w)).count();
    let sentence_like = split_words(folded).count() > 16;
    let numeric = folded.split_whitespace().any(is_numeric_date);
    let has_date_word = split_words(folded).any(|w| cues.dateline.contains(w));
    !sentence_like
        && digits > 0
        && (month || numeric || has_date_word)
        && split_words(folded).count() + usize::from(numeric) > 1
        && split_words(folded)
            .all(|w| is_short_number(w) || cues.months.contains(w) || cues.dateline.contains(w))
}

/// A number, with its sign or ending: a day, a year, an hour.
fn is_short_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 10
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
    let cue_words = split_words(&lower).filter(|w| cues.dateline.contains(w) || cues.by.contains(w)).count();
    let mut after_by = false;
    cue_words > 0
        && split_words(text).all(|word| {
            let folded = word.to_lowercase();
            let is_name = std::mem::replace(&mut after_by, cues.by.contains(&folded.as_str()));
            is_name || is_stamp_word(word, &folded, cues)
        })
}

/// Whether a word may be part of a byline stamp: capitalised, a number, or one of the cue words.
fn is_stamp_word(word: &str, folded: &str, cues: &FrameCues) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || cues.months.contains(folded)
        || cues.dateline.contains(folded)
        || cues.counted.contains(folded)
        || cues.by.contains(&folded)
        || cues.biography.contains(&folded)
        || folded.chars().count() <= 2
}

/// The name of a reader followed by a day and a time, the head of a comment: "Penny W 6 Oct, 13:05". In a chronology
/// the day comes before the event.
pub(super) fn is_comment_entry(text: &str, cues: &FrameCues) -> bool {
    let lower = text.to_lowercase();
    let (first, last) = (split_words(&lower).next(), split_words(&lower).last());
    split_words(&lower).count() <= 9
        && has_date(&lower, cues)
        && lower.split_whitespace().any(is_clock_time)
        && first.is_some_and(|w| !is_date_word(w, cues))
        && last.is_some_and(|w| is_date_word(w, cues))
}

/// `13:05`, `1:05:30`.
fn is_clock_time(word: &str) -> bool {
    word.contains(':') && word.trim_matches(',').split(':').all(|p| p.len() <= 2 && has_digit(p))
}

fn is_date_word(word: &str, cues: &FrameCues) -> bool {
    has_digit(word) || cues.months.contains(word) || cues.dateline.contains(word)
}

/// A line of two to four words with a capital each.
pub(super) fn is_person_name(text: &str) -> bool {
    (2..=4).contains(&text.split_whitespace().count())
        && text.split_whitespace().all(|w| w.starts_with(char::is_uppercase) && !has_digit(w))
}

/// "04:12", "00:00/02:14": the clock of a media player.
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

/// The name after "by" in a byline stamp, folded.
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
