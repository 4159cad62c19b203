//! The ends of sentences.
//!
//! Each stop is judged by the word before it, the marks that close after it and the word that follows. In
//! doubt a sentence is left whole: half a sentence is aligned with a wrong one, two together with their own.

use super::data::{self, SentenceData};
use super::lists;
use super::next::{FollowingKind, FollowingText};
use super::stop::{Stop, StopReader, StopSign};
use super::word::{self, CLOSERS, OPENERS};
use crate::text::Lang;

/// Words before a time of day that may end a sentence; after fewer it opens one: "At 5 p.m. Mr. Hale left."
const MIN_CLOCK_WORDS: usize = 4;

struct SentenceSplitter<'a> {
    text: &'a str,
    data: &'static SentenceData,
    stops: StopReader<'a>,
    items: Vec<usize>,
}

/// The byte offsets at which sentences end, in order; the next one begins after the whitespace that follows.
pub(super) fn sentence_ends(text: &str, lang: Lang) -> Vec<usize> {
    let data = data::sentence_data(lang);
    let splitter =
        SentenceSplitter { text, data, stops: StopReader::new(text), items: lists::list_starts(text, data) };
    splitter.find_ends()
}

impl SentenceSplitter<'_> {
    fn find_ends(&self) -> Vec<usize> {
        let mut offsets: Vec<usize> = Vec::new();
        let mut items = self.items.iter().copied().peekable();
        // The furthest end of the quotations and brackets that have begun.
        let mut inside = 0;
        let mut marks = self.stops.enclosed.iter().copied().peekable();
        let mut breaks = 0;
        let mut skip = 0;
        let mut start = 0;
        for (at, c) in self.text.char_indices() {
            while let Some(item) = items.next_if(|i| *i <= at) {
                if item > start && !self.text[start..item].trim().is_empty() {
                    offsets.push(item);
                    start = item;
                }
            }
            if c == '\n' {
                breaks += 1;
                if breaks == 2 {
                    offsets.push(at);
                    start = at;
                }
            } else if !c.is_whitespace() {
                breaks = 0;
            }
            if at < skip {
                continue;
            }
            let stop = match c {
                '.' | '!' | '?' | '…' | '。' | '！' | '？' => self.stops.read_stop(at),
                '"' | '”' | '“' | '»' if self.stops.breaks_off(at) => Stop::dash_at(at + c.len_utf8()),
                _ => continue,
            };
            skip = stop.end;
            while let Some(mark) = marks.next_if(|m| m.start < stop.closed) {
                inside = inside.max(mark.end);
            }
            if stop.closed < inside {
                continue;
            }
            if let Some(end) = self.judge_stop(&stop, start).filter(|e| *e > start) {
                offsets.push(end);
                start = end;
            }
        }
        offsets
    }

    /// Where the sentence that began at `start` ends, if it ends with this stop.
    fn judge_stop(&self, stop: &Stop, start: usize) -> Option<usize> {
        let rest = &self.text[stop.closed..];
        let next = rest.trim_start();
        if next.is_empty() {
            return None;
        }
        if stop.sign == StopSign::Wide {
            return Some(stop.closed);
        }
        let glued = next.len() == rest.len();
        if glued && stop.sign == StopSign::Dash {
            return None;
        }
        if glued {
            return self.judge_glued(stop, start);
        }
        let next = FollowingText::read_text(next);
        if stop.sign == StopSign::Dash {
            return self.starts_sentence(&next).then_some(stop.closed);
        }
        // `"Never!" Hale said.`
        let spoken = stop.closed > stop.end && !self.starts_sentence(&next) && self.has_speech_verb(&next);
        if spoken || self.is_only_marks(stop, start) {
            return None;
        }
        if next.kind == FollowingKind::Small {
            let careless = stop.dots == 1 && stop.closed == stop.end && next.goes_on();
            return (careless && word::is_uncut(self.word_before_stop(stop, start))).then_some(stop.closed);
        }
        let ends = if stop.sign == StopSign::Loud {
            self.judge_loud(stop, &next, start)
        } else if stop.dots > 1 {
            return self.judge_ellipsis(stop, &next);
        } else {
            self.judge_point(stop, &next, start)
        };
        ends.then_some(stop.closed)
    }

    /// Whether there is nothing before the stop but a bracket or a list mark: "(!)", "[...]" and "1." end no sentence.
    fn is_only_marks(&self, stop: &Stop, start: usize) -> bool {
        let text_before = &self.text[start..stop.start];
        let bracketed = stop.closed > stop.end && text_before.ends_with(['(', '[']);
        if text_before.len() > 32 {
            return bracketed;
        }
        let mark = text_before.trim_start_matches(|c: char| c.is_whitespace() || "(•‣⁃▪◦●■-–*".contains(c));
        let is_mark = stop.sign == StopSign::Point
            && mark.len() <= 4
            && (mark.bytes().all(|b| b.is_ascii_digit()) && mark.len() <= 2 || mark.chars().count() == 1)
            && stop.dots == 1;
        bracketed || (is_mark && mark != "I")
    }

    fn word_before_stop(&self, stop: &Stop, start: usize) -> &str {
        word::word_before(self.text, start, stop.start)
    }

    fn starts_sentence(&self, next: &FollowingText) -> bool {
        // "A." is an initial, "In" a word.
        next.kind == FollowingKind::Capital && self.data.starters.contains(&next.word) && !next.is_initial
    }

    fn judge_loud(&self, stop: &Stop, next: &FollowingText, start: usize) -> bool {
        let word = self.word_before_stop(stop, start);
        if stop.closed == stop.end && self.data.exclaimed.contains(&word.to_lowercase()) {
            return self.starts_sentence(next);
        }
        true
    }

    /// Whether a name and a verb of speech follow.
    fn has_speech_verb(&self, next: &FollowingText) -> bool {
        next.kind == FollowingKind::Capital
            && next
                .text
                .split_whitespace()
                .take(4)
                .skip(1)
                .any(|w| self.data.speech.contains(&word::plain_letters(w)))
    }

    fn judge_ellipsis(&self, stop: &Stop, next: &FollowingText) -> Option<usize> {
        let attached = self.text[..stop.start].ends_with(|c: char| !c.is_whitespace());
        let first = stop.start + 1;
        if stop.dots == 4 && stop.spaced && attached && !self.text[first..].starts_with('.') {
            // A full stop, then dots for words left out (Chicago Manual of Style, 13.53).
            return Some(first);
        }
        let ends = stop.dots > 3
            || next.kind == FollowingKind::Capital && stop.closed > stop.end
            // "I" is a capital anywhere; in German, nouns are, and dots between blanks mark words left out.
            || next.word != "i"
                && next.kind == FollowingKind::Capital
                && (attached && !stop.spaced && !self.data.ordinals || self.starts_sentence(next));
        ends.then_some(stop.closed)
    }

    fn judge_point(&self, stop: &Stop, next: &FollowingText, start: usize) -> bool {
        let word = self.word_before_stop(stop, start);
        if word.is_empty() || next.kind == FollowingKind::Mark {
            // "Hale .", a stop after a quotation or bracket; or a sign follows the stop.
            return next.kind != FollowingKind::Mark || !self.is_abbreviation(word);
        }
        if word.bytes().all(|b| b.is_ascii_digit() || b".-+".contains(&b)) {
            return self.is_numbered(start, stop.start - word.len()) || self.judge_number(word, next);
        }
        if self.data.ordinals && word::is_roman(word) {
            return self.starts_sentence(next);
        }
        let word = word::strip_elision(word);
        let key = word.to_lowercase();
        if self.data.units.contains(word) && self.follows_number(stop.start - word.len()) {
            return next.kind == FollowingKind::Capital;
        }
        let chain = self.abbreviation_chain(word, start, stop.start);
        if self.data.never.contains(&key) || chain.as_ref().is_some_and(|c| self.data.never.contains(c)) {
            return false;
        }
        if self.data.clock.contains(&key) {
            return !self.data.hours.contains(&next.word)
                && self.text[start..stop.start].split_whitespace().nth(MIN_CLOCK_WORDS - 1).is_some();
        }
        if self.data.numbered.contains(&key) && (next.kind == FollowingKind::Number || self.is_counted(next))
        {
            return false;
        }
        if word == word.to_uppercase() && self.data.letters.contains(&key) {
            return true;
        }
        if self.is_abbreviation(word) || chain.is_some_and(|c| self.data.sometimes.contains(&c)) {
            return self.starts_sentence(next);
        }
        true
    }

    /// Whether a number follows: "XIV", or an abbreviation before a number: "Mon. Sept. 5".
    fn is_counted(&self, next: &FollowingText) -> bool {
        let token = word::token_at(next.text, 0);
        token.strip_suffix('.').is_some_and(|t| self.data.numbered.contains(&t.to_lowercase()))
            || word::is_roman(token.trim_end_matches(|c: char| !c.is_alphanumeric()))
    }

    /// Whether the number that begins at `end` follows an abbreviation that counts: "Nr. 5."
    fn is_numbered(&self, start: usize, end: usize) -> bool {
        let before = self.text[start..end].trim_end();
        before.strip_suffix('.').is_some_and(|b| {
            let word = word::word_before(b, 0, b.len());
            self.data.numbered.contains(&word.to_lowercase())
        })
    }

    /// A number with a point: an ordinal in German.
    fn judge_number(&self, word: &str, next: &FollowingText) -> bool {
        // The last of "5.-7." or "3.5."
        let digits = word.rsplit(['.', '-', '+']).next().unwrap_or("").len();
        if !self.data.ordinals || digits > 3 {
            return true;
        }
        match next.kind {
            FollowingKind::Capital => self.starts_sentence(next),
            FollowingKind::Number => digits == 3,
            _ => false,
        }
    }

    /// A shortened word, an initial or letters with points.
    fn is_abbreviation(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        single
            || self.data.sometimes.contains(&word.to_lowercase())
            || self.data.endings.iter().any(|e| word.ends_with(e.as_str()))
            || word::is_dotted(word)
            || word::is_consonants(word)
    }

    /// Shortened words with blanks between, as one: "z. B" is `z.b`.
    fn abbreviation_chain(&self, last: &str, start: usize, end: usize) -> Option<String> {
        let mut chain = last.to_lowercase();
        let mut at = end - last.len();
        for _ in 0..3 {
            let gap = self.text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            let Some(left) = gap.strip_suffix('.') else { break };
            let word = word::word_before(left, start.min(left.len()), left.len());
            if gap.len() == at && !word.is_empty() || !(1..=3).contains(&word.chars().count()) {
                break;
            }
            chain = format!("{}.{chain}", word.to_lowercase());
            at = left.len() - word.len();
        }
        (chain.len() > last.len()).then_some(chain)
    }

    /// No blank after the stop: "end.Next", `end."Next`, "(1987).1 Next"; not "example.Com", "J.Hale", "Node.JS".
    fn judge_glued(&self, stop: &Stop, start: usize) -> Option<usize> {
        let next = &self.text[stop.closed..];
        let word = self.word_before_stop(stop, start);
        let before = word.chars().next_back();
        let small = word.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
        if stop.dots == 1
            && stop.sign == StopSign::Point
            && (small || before.is_some_and(|c| CLOSERS.contains(&c)))
        {
            let digits = next.bytes().take_while(u8::is_ascii_digit).count();
            let after = next[digits..].trim_start();
            if (1..=2).contains(&digits)
                && after.len() < next.len() - digits
                && after.starts_with(char::is_uppercase)
                && !self.is_known_abbreviation(word)
            {
                return Some(stop.closed + digits);
            }
        }
        let mut letters = next.trim_start_matches(OPENERS).chars();
        let begins = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(|c| c.is_lowercase() || c == '\'' || c == '’' || c.is_whitespace());
        let number = before.is_some_and(|c| c.is_ascii_digit()) && !self.data.ordinals;
        let spoken = stop.closed > stop.end || stop.sign == StopSign::Loud;
        if !begins
            || before.is_none()
            || !(small || number || spoken)
            || stop.dots > 1
            || self.is_known_abbreviation(word)
        {
            return None;
        }
        let token = word::token_around(self.text, stop.start);
        let tail = token.rsplit('.').next().unwrap_or("").trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_name = token.contains(['@', '/', '\\', '_', '=', '#'])
            || token.starts_with("www.")
            || self.data.suffixes.contains(&word::plain_letters(next))
            || self.data.suffixes.contains(tail);
        (!is_name).then_some(stop.closed)
    }

    fn follows_number(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        before.len() < at && before.ends_with(|c: char| c.is_ascii_digit())
    }

    fn is_known_abbreviation(&self, word: &str) -> bool {
        let key = word.to_lowercase();
        self.data.never.contains(&key) || self.data.numbered.contains(&key) || self.is_abbreviation(word)
    }
}
