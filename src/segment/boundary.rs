//! Where sentences end.
//!
//! Each stop is judged by the word before it, the marks that close after it and the word that follows. Where nothing
//! tells, a sentence is left whole: half a sentence finds a wrong partner, two together still find theirs.

use super::data::{self, SentenceData};
use super::next::{FollowingKind, FollowingText};
use super::word::{self, CLOSERS, OPENERS};
use super::{enclosed, lists};
use crate::text::{Lang, Span};

/// A time of day after fewer words only opens the sentence: "At 5 p.m. Mr. Hale left."
const MIN_CLOCK_WORDS: usize = 4;

/// A run of stops and what closes after it.
struct Stop {
    /// First and last stop.
    start: usize,
    end: usize,
    /// After closing quotes, brackets and footnote numbers.
    closed: usize,
    dots: usize,
    sign: StopSign,
    /// Blanks between the dots.
    spaced: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StopSign {
    /// One or more points.
    Point,
    /// `!` or `?` among them.
    Loud,
    /// A stop of a script without blanks between sentences.
    Wide,
    /// No stop at all: a quotation that ends in a dash.
    Dash,
}

impl Stop {
    fn at_offset(at: usize) -> Self {
        Self { start: at, end: at, closed: at, dots: 0, sign: StopSign::Point, spaced: false }
    }

    fn dash_at(at: usize) -> Self {
        Self { sign: StopSign::Dash, ..Self::at_offset(at) }
    }
}

struct SentenceSplitter<'a> {
    text: &'a str,
    data: &'static SentenceData,
    enclosed: Vec<Span>,
    items: Vec<usize>,
}

/// The byte offsets at which sentences end, in order; the next one begins after the whitespace that follows.
pub(super) fn sentence_ends(text: &str, lang: Lang) -> Vec<usize> {
    let data = data::sentence_data(lang);
    let known = SentenceSplitter {
        text,
        data,
        enclosed: enclosed::find_enclosed(text),
        items: lists::list_starts(text, data),
    };
    known.find_ends()
}

impl SentenceSplitter<'_> {
    fn find_ends(&self) -> Vec<usize> {
        let mut offsets: Vec<usize> = Vec::new();
        let mut items = self.items.iter().copied().peekable();
        // The furthest end of the quotations and brackets that began before.
        let mut inside = 0;
        let mut marks = self.enclosed.iter().copied().peekable();
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
                '.' | '!' | '?' | '…' | '。' | '！' | '？' => self.read_stop(at),
                '"' | '”' | '“' | '»' if self.breaks_off(at) => Stop::dash_at(at + c.len_utf8()),
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

    /// Reads the run of stops at `at` and what closes after it.
    fn read_stop(&self, at: usize) -> Stop {
        let mut stop = Stop::at_offset(at);
        let rest = &self.text[at..];
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.peek().copied() {
            match c {
                '.' => stop.dots += 1,
                '…' => stop.dots += 3,
                '!' | '?' => stop.sign = StopSign::Loud,
                '。' | '！' | '？' => stop.sign = StopSign::Wide,
                // ". . ."
                ' ' | '\u{a0}' | '\u{202f}' if stop.dots > 0 && is_lone_dot(&rest[i + c.len_utf8()..]) => {
                    stop.spaced = true;
                }
                _ => break,
            }
            stop.end = at + i + c.len_utf8();
            chars.next();
        }
        stop.closed = self.closing_end(stop.end);
        stop
    }

    /// The end of what closes at `from`: quotes, brackets, `[12]`, a French ` »`, a footnote number.
    fn closing_end(&self, from: usize) -> usize {
        let mut end = from;
        loop {
            let rest = &self.text[end..];
            let Some(c) = rest.chars().next() else { return end };
            let after = rest[c.len_utf8()..].chars().next();
            let bare = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            if c == '[' && footnote_length(rest) > 0 {
                end += footnote_length(rest);
            } else if CLOSERS.contains(&c)
                && !(self.opens_mark(end, c) && after.is_some_and(char::is_alphanumeric))
            {
                end += c.len_utf8();
            } else if bare.len() < rest.len()
                && bare.starts_with('»')
                && self.ends_mark(end + rest.len() - bare.len())
            {
                end += rest.len() - bare.len() + '»'.len_utf8();
            } else {
                return end;
            }
        }
    }

    /// Whether the mark at `at` closes a quotation that was found.
    fn ends_mark(&self, at: usize) -> bool {
        let end = at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        // Marks are ordered by start; one that ends here began at most the longest quotation before.
        let from = self.enclosed.partition_point(|m| m.start + 400 < end);
        self.enclosed[from..].iter().take_while(|m| m.start < end).any(|m| m.end == end)
    }

    fn opens_mark(&self, at: usize, c: char) -> bool {
        OPENERS.contains(&c) && !self.ends_mark(at)
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

    /// "(!)" and "[...]" end nothing; nor does a list mark end its item.
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

    /// Whether a name and a verb of saying follow.
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
            // A full stop, then dots for what was left out (Chicago Manual of Style, 13.53).
            return Some(first);
        }
        let ends = stop.dots > 3
            || next.kind == FollowingKind::Capital && stop.closed > stop.end
            // "I" is a capital anywhere; in German, nouns are, and dots between blanks stand for words left out.
            || next.word != "i"
                && next.kind == FollowingKind::Capital
                && (attached && !stop.spaced && !self.data.ordinals || self.starts_sentence(next));
        ends.then_some(stop.closed)
    }

    fn judge_point(&self, stop: &Stop, next: &FollowingText, start: usize) -> bool {
        let word = self.word_before_stop(stop, start);
        if word.is_empty() || next.kind == FollowingKind::Mark {
            // "Hale .", a stop after a quotation or bracket; a sign follows.
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

    /// "XIV", or an abbreviation that a number follows in its turn: "Mon. Sept. 5".
    fn is_counted(&self, next: &FollowingText) -> bool {
        let token = word::token_at(next.text, 0);
        token.strip_suffix('.').is_some_and(|t| self.data.numbered.contains(&t.to_lowercase()))
            || word::is_roman(token.trim_end_matches(|c: char| !c.is_alphanumeric()))
    }

    /// Whether the number before `end` is counted by the word before it: "Nr. 5."
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

    /// Whether a speech breaks off with the quotation mark at `at`: `to--" At this`.
    fn breaks_off(&self, at: usize) -> bool {
        self.text[..at].ends_with(['-', '—', '–']) && self.ends_mark(at)
    }
}

/// A dot with nothing after it that it could belong to.
fn is_lone_dot(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.')
        && chars.next().is_none_or(|c| c.is_whitespace() || c == '.' || CLOSERS.contains(&c))
}

/// Bytes of a note such as `[12]` at the start of `rest`, else 0.
fn footnote_length(rest: &str) -> usize {
    let inner = rest[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    if (1..=3).contains(&inner) && rest.as_bytes().get(inner + 1) == Some(&b']') { inner + 2 } else { 0 }
}
