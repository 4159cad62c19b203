//! Who says it: reporting verbs and source phrases before, between and after.

use crate::claims::name::lexicon::{Lexicon, class};
use crate::claims::name::token::{Gap, Shape, Token, tokens};
use crate::text::Span;

/// What the words around a quotation say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// Whether a reporting verb or a source phrase was found.
    pub reported: bool,
    /// Whether it stands right at the marks, and not earlier in the sentence.
    pub direct: bool,
    /// The speaker, as a span of the text; `None` for a pronoun.
    pub speaker: Option<Span>,
}

/// Reporting words stand within this many bytes of the mark.
const REACH: usize = 240;

/// A name or description of a speaker has no more words than this.
const MAX_WORDS: usize = 8;

struct Clause<'a> {
    text: &'a str,
    words: Vec<Token>,
    lexicon: &'a Lexicon,
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The tag of a quotation at `outer`; `from` and `to` are the end of the quotation before and the start of the next.
pub(super) fn tag(text: &str, outer: Span, inner: Span, from: usize, to: usize, lexicon: &Lexicon) -> Tag {
    let after = after(text, outer, inner, to, lexicon);
    if after.reported {
        return after;
    }
    before(text, outer, from, lexicon)
}

fn after(text: &str, outer: Span, inner: Span, to: usize, lexicon: &Lexicon) -> Tag {
    let end = floor(text, (outer.end + REACH).min(to).max(outer.end));
    let rest = &text[outer.end..end];
    let rest = rest.split("\n\n").next().unwrap_or(rest);
    let words_end = inner.of(text).trim_end();
    let lead = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let comma = lead.starts_with([',', '–', '—']) || words_end.ends_with(',');
    let open_end = !words_end.ends_with(['.', ':', ';']);
    if !comma && !open_end {
        return Tag::default();
    }
    let clause = Clause::new(rest, lexicon);
    let found = clause.after(comma || words_end.ends_with(['?', '!', '…']));
    Tag { speaker: found.speaker.map(|s| s.shifted(outer.end)), ..found }
}

fn before(text: &str, outer: Span, from: usize, lexicon: &Lexicon) -> Tag {
    let start = floor(text, outer.start.saturating_sub(REACH).max(from.min(outer.start)));
    let piece = &text[start..outer.start];
    let paragraph = piece.rfind("\n\n").map_or(0, |at| at + 2);
    let piece = &piece[paragraph..];
    let mut clause = Clause::new(piece, lexicon);
    let sentence = clause.words.iter().rposition(|w| w.gap == Gap::Start).unwrap_or(0);
    clause.words.drain(..sentence);
    let tail = clause.words.last().map_or(piece, |w| &piece[w.end..]);
    if tail.contains(['.', '!', '?', ';']) && !tail.contains(':') {
        return Tag::default();
    }
    let found = clause.before(tail.contains(':'));
    Tag { speaker: found.speaker.map(|s| s.shifted(start + paragraph)), ..found }
}

impl<'a> Clause<'a> {
    fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self { text, words: tokens(text, lexicon), lexicon }
    }

    fn after(&self, comma: bool) -> Tag {
        let words = &self.words;
        let end = words.iter().skip(1).position(|w| w.gap == Gap::Start).map_or(words.len(), |at| at + 1);
        if let Some(next) = self.source(0)
            && (comma || !self.lexicon.grammar.sources_follow_comma)
        {
            return Tag { reported: true, direct: true, speaker: self.speaker(next, end) };
        }
        let limit = end.min(MAX_WORDS + 2);
        let Some(verb) = (0..limit).find(|i| self.says(*i)) else {
            return Tag::default();
        };
        let lead = &words[..verb];
        if lead.iter().skip(1).any(|w| w.gap == Gap::Break) || lead.iter().any(|w| w.is(class::STOP)) {
            return Tag::default();
        }
        let helps =
            |w: &Token| w.is(class::VERB) || (w.is(class::PRONOUN) && lead.len() > 1) || w.span.len() < 3;
        if lead.iter().all(helps) && !lead.first().is_some_and(|w| w.is(class::PRONOUN)) {
            // said Cook; a déclaré Cook; a-t-il dit
            let pronoun = lead.iter().any(|w| w.is(class::PRONOUN));
            let speaker = if pronoun { None } else { self.speaker(self.past_source(verb), end) };
            return Tag { reported: true, direct: true, speaker };
        }
        if !comma {
            return Tag::default();
        }
        Tag { reported: true, direct: true, speaker: self.speaker(0, verb) }
    }

    /// Whether the word is a reporting verb, and not a noun (*the claims*) or the end of *so-called*.
    fn says(&self, i: usize) -> bool {
        let word = &self.words[i];
        let noun = i > 0
            && word.gap == Gap::Space
            && self.words[i - 1].is(class::DETERMINER)
            && !self.words[i - 1].is(class::PRONOUN);
        word.is(class::SAYS) && word.shape == Shape::Lower && word.gap != Gap::Hyphen && !noun
    }

    /// The first word after the verb at `verb`, or after the source phrase that begins there (*heißt es in*).
    fn past_source(&self, verb: usize) -> usize {
        self.source(verb).unwrap_or(verb + 1)
    }

    fn before(&self, colon: bool) -> Tag {
        let words = &self.words;
        let end = words.len();
        if end == 0 {
            return Tag::default();
        }
        let source = words.iter().enumerate().find_map(|(at, word)| {
            let begins = word.gap != Gap::Space || at == 0 || word.class == 0;
            self.source(at).filter(|_| begins)
        });
        if let Some(next) = source {
            return Tag { reported: true, direct: colon, speaker: self.speaker(next, end) };
        }
        let verb = (0..end).rfind(|i| self.says(*i));
        let Some(verb) = verb else {
            // Cook: “…”
            let short = colon && end <= 5 && words[0].capital();
            return Tag { reported: short, direct: short, speaker: self.speaker(0, end).filter(|_| short) };
        };
        let titled = words[verb.saturating_sub(1)..].iter().any(|w| w.is(class::WORK) && !w.is(class::SAYS));
        if titled && !colon {
            return Tag::default();
        }
        if words[verb].is(class::PARTICIPLE) {
            return Tag { reported: true, direct: colon || verb + 1 == end, speaker: self.last_name(verb) };
        }
        // The subject: what stands before the verb and its helpers, back to a comma or the start.
        let mut stop = verb;
        while stop > 0 && (words[stop - 1].is(class::VERB) || adverb(self.word(stop - 1))) {
            stop -= 1;
        }
        let mut start = self.piece(stop);
        // Cook, who left in May, said: back over the relative clause.
        for _ in 0..2 {
            if start > 0 && start < stop && words[start].is(class::PRONOUN) && words[start].gap == Gap::Break
            {
                stop = start;
                start = self.piece(stop);
            }
        }
        let inverted = start == stop || words[start].is(class::STOP) || verb == 0;
        let speaker = if inverted
            || self.lexicon.grammar.verb_second && words[start..stop].iter().any(|w| w.is(class::STOP))
        {
            self.speaker(verb + 1, end)
        } else {
            self.speaker(start, stop)
        };
        Tag { reported: true, direct: colon || (verb + 1 == end && !words[verb].is(class::WORK)), speaker }
    }

    /// Where the piece without marks inside that ends before `stop` begins.
    fn piece(&self, stop: usize) -> usize {
        let mut start = stop.saturating_sub(1).min(stop);
        while start > 0 && stop - start < MAX_WORDS && self.words[start].joined() {
            start -= 1;
        }
        start
    }

    /// The last name before `stop`: who does what a participle tells.
    fn last_name(&self, stop: usize) -> Option<Span> {
        let words = &self.words;
        let name =
            |i: usize| words[i].capital_name() && !words[i].is(class::STARTER | class::NATION | class::TIME);
        let last = (0..stop).rfind(|i| name(*i))?;
        let mut first = last;
        let role = |i: usize| self.lexicon.is_role(self.word(i), words[i].class);
        while first > 0 && words[first].joined() && name(first - 1) && !role(first - 1) {
            first -= 1;
        }
        Some(Span::new(words[first].span.start, words[last].span.end))
    }

    fn word(&self, i: usize) -> &'a str {
        self.words[i].span.of(self.text)
    }

    /// The word after the source phrase that begins at `at`.
    fn source(&self, at: usize) -> Option<usize> {
        let fits = |phrase: &&Vec<u64>| {
            self.words.len() > at + phrase.len()
                && phrase
                    .iter()
                    .zip(&self.words[at..])
                    .enumerate()
                    .all(|(i, (k, w))| *k == w.key && (i == 0 || w.joined()))
        };
        self.lexicon.sources.iter().filter(fits).map(|p| at + p.len()).max()
    }

    /// The name or description of a person in the words `from..end`.
    fn speaker(&self, from: usize, end: usize) -> Option<Span> {
        let words = &self.words;
        let mut first = from;
        while first < end && words[first].is(class::DETERMINER | class::VERB) && !words[first].capital_name()
        {
            first += 1;
        }
        let mut last = first;
        while last < end
            && last - first < MAX_WORDS
            && (last == first || words[last].joined())
            && !words[last].is(class::SAYS | class::VERB)
            && (!words[last].is(class::STOP) || words[last].shape != Shape::Lower)
        {
            last += 1;
        }
        if first == last || (words[first].is(class::PRONOUN) && first + 1 >= last) {
            return None;
        }
        // "a number of posts": cut off in the middle of a description.
        if words[last - 1].is(class::LINK | class::PARTICLE) && words[last - 1].shape == Shape::Lower {
            return None;
        }
        let (first, last) = self.name(first, last, end);
        Some(Span::new(words[first].span.start, words[last - 1].span.end))
    }

    /// Of a description with a name, the name: *Apple's chief, Tim Cook* is Tim Cook.
    fn name(&self, first: usize, last: usize, end: usize) -> (usize, usize) {
        let words = &self.words;
        let role = (first..last)
            .rposition(|i| self.lexicon.is_role(self.word(i), words[i].class))
            .map(|i| first + i + 1);
        let name = |i: &usize| words[*i].capital() && !words[*i].is(class::STARTER | class::NATION);
        if last < end && words[last].gap == Gap::Break && name(&last) && !(first..last).all(|i| name(&i)) {
            let stop = (last + 1..end).find(|i| !words[*i].joined() || !words[*i].capital()).unwrap_or(end);
            return (last, stop);
        }
        if let Some(after) = role.filter(|r| *r < last && words[*r].capital()) {
            return (after, last);
        }
        if let Some(owner) = (first..last).rev().find(|i| words[*i].possessive()).filter(|i| i + 1 < last) {
            return self.name(owner + 1, last, end);
        }
        if self.lexicon.grammar.nouns_capitalised || words[last - 1].shape == Shape::Lower {
            return (first, last);
        }
        // After lower-case words, only the capitals at the end.
        let start = (first..last)
            .rposition(|i| words[i].shape == Shape::Lower && !words[i].is(class::PARTICLE | class::LINK));
        let start = start.map_or(first, |i| first + i + 1);
        // The lawyer of Cook is not Cook.
        if words[start].shape == Shape::Lower { (first, last) } else { (start, last) }
    }
}

impl Token {
    fn capital_name(&self) -> bool {
        self.capital() && !self.is(class::DETERMINER | class::PRONOUN | class::VERB)
    }
}

fn adverb(word: &str) -> bool {
    matches!(word, "also" | "later" | "then" | "has" | "had" | "a" | "ont" | "avait") || word.ends_with("ly")
}
