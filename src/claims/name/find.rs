//! Names in English and French: runs of words with capitals, where a capital says something.

use std::collections::HashMap;

use super::exonyms::Exonyms;
use super::german;
use super::lexicon::{Lexicon, class};
use super::token::{Gap, Shape, Token};

/// How a word is used in the text as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    /// With a capital where only a name has one.
    pub named: u16,
    /// Without a capital.
    pub lower: u16,
    /// German: with a capital and nothing that goes with a noun before it.
    pub bare: u16,
    /// German: after an article, another determiner or an adjective.
    pub determined: u16,
    /// German: first part of a compound with a hyphen.
    pub compound: u16,
}

/// What the whole text says about its words, by their key.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    pub words: HashMap<u64, Usage>,
}

impl Evidence {
    pub(super) fn of(&self, token: &Token) -> Usage {
        self.words.get(&token.key).copied().unwrap_or_default()
    }
}

/// A block's words and whether capitals say anything at each.
pub(super) struct Block<'a> {
    pub text: &'a str,
    pub words: Vec<Token>,
    /// Whether the word stands in a headline in title case or in capitals.
    pub shouted: Vec<bool>,
    /// German: whether the word is a noun by its class or ending, and so no name by itself; else empty.
    pub nouns: Vec<bool>,
}

/// A name found: a range of words, and how many bytes of a genitive ending are cut off the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub first: usize,
    pub last: usize,
    pub cut: usize,
}

impl<'a> Block<'a> {
    pub(super) fn new(text: &'a str, words: Vec<Token>, lexicon: &Lexicon) -> Self {
        let shouted = shouted(text, &words, lexicon);
        let nouns =
            if lexicon.grammar.nouns_capitalised { german::nouns(text, &words, lexicon) } else { Vec::new() };
        Self { text, words, shouted, nouns }
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.words[i].span.of(self.text)
    }
}

/// Marks the words of headlines. A sentence is one where nearly every word that carries meaning has a capital; a
/// piece without a full stop that has nothing but capitals is one at any length.
fn shouted(text: &str, words: &[Token], lexicon: &Lexicon) -> Vec<bool> {
    let mut marks = vec![false; words.len()];
    let mut start = 0;
    while start < words.len() {
        let end = (start + 1..words.len()).find(|i| words[*i].gap == Gap::Start).unwrap_or(words.len());
        let (mut capital, mut lower, mut capitals, mut other) = (0, 0, 0, 0);
        for word in &words[start..end] {
            let small = word.class & (class::STARTER | class::PARTICLE | class::LINK) != 0;
            match word.shape {
                Shape::Lower if !small => lower += 1,
                Shape::Lower | Shape::Number | Shape::Initial => {}
                _ => capital += 1,
            }
            match word.shape {
                Shape::Capitals => capitals += 1,
                Shape::Capital | Shape::Lower | Shape::Camel => other += 1,
                _ => {}
            }
        }
        let until = words.get(end).map_or(text.len(), |next| next.span.start);
        let tail = &text[words[end - 1].end..until];
        let stopped = tail.contains(['.', '!', '?', '…']) || words.get(end).is_some_and(|next| next.stopped);
        let quoted = !stopped && end < words.len() && tail.matches('\n').count() < 2;
        let title = !lexicon.grammar.nouns_capitalised
            && match (stopped, quoted) {
                (true, _) => lower == 0 && capital >= 6,
                (_, true) => lower == 0 && capital >= 4,
                _ => capital >= 2 && lower * 6 <= capital,
            };
        let loud = capitals >= 3 && other * 6 <= capitals;
        marks[start..end].fill(title || loud);
        start = end;
    }
    marks
}

/// Counts how words are used. Capitals at the start of a sentence and in headlines are no evidence.
pub(super) fn gather(block: &Block, lexicon: &Lexicon, evidence: &mut Evidence) {
    for (i, word) in block.words.iter().enumerate() {
        if block.shouted[i] || word.shape == Shape::Number {
            continue;
        }
        let usage = evidence.words.entry(word.key).or_default();
        if word.shape == Shape::Lower {
            usage.lower = usage.lower.saturating_add(1);
        } else if word.gap != Gap::Start && !lexicon.grammar.nouns_capitalised {
            usage.named = usage.named.saturating_add(1);
        }
    }
}

/// The longest names of institutions stay under it; it bounds the work where everything has a capital.
pub const MAX_WORDS: usize = 16;

/// Words that never make a name by themselves.
const NO_NAME: u32 = class::STARTER
    | class::TITLE
    | class::MODIFIER
    | class::NATION
    | class::TIME
    | class::COMMON
    | class::HEAD
    | class::CORPORATE
    | class::PARTICLE;

/// The names of a block.
pub(super) fn find(block: &Block, lexicon: &Lexicon, exonyms: &Exonyms, evidence: &Evidence) -> Vec<Found> {
    let finder = Finder { block, lexicon, exonyms, evidence };
    let mut found = Vec::new();
    let mut i = 0;
    while i < block.words.len() {
        let known = exonyms.at(&block.words[i..]).map_or(0, |(n, _)| n);
        if known == 0 && finder.opens_only(i) {
            i += 1;
            continue;
        }
        let run = finder.run(i);
        if known > 0 && known >= run {
            found.push(Found { first: i, last: i + known - 1, cut: 0 });
            i += known;
        } else if run > 0 {
            finder.split(i, i + run, &mut found);
            i += run;
        } else {
            i += 1;
        }
    }
    found
}

struct Finder<'a> {
    block: &'a Block<'a>,
    lexicon: &'a Lexicon,
    exonyms: &'a Exonyms,
    evidence: &'a Evidence,
}

impl Finder<'_> {
    /// Whether the word has its capital from the start of a sentence, or is an article: *The* New York Times.
    fn opens_only(&self, i: usize) -> bool {
        let word = &self.block.words[i];
        let hyphen = self.block.words.get(i + 1).is_some_and(|w| w.gap == Gap::Hyphen);
        word.is(class::STARTER)
            && !hyphen
            && matches!(word.shape, Shape::Capital | Shape::Initial)
            && (word.gap == Gap::Start || word.is(class::DETERMINER))
    }

    /// How many words the run of capitals that begins at `i` has; it ends after a possessive.
    fn run(&self, i: usize) -> usize {
        let words = &self.block.words;
        if !words[i].capital() {
            return 0;
        }
        let mut end = i + 1;
        while end < words.len().min(i + MAX_WORDS)
            && !words[end - 1].possessive()
            && self.block.shouted[end] == self.block.shouted[i]
        {
            let next = &words[end];
            let number =
                next.shape == Shape::Number && (words[end - 1].is(class::PRODUCT) || next.gap == Gap::Hyphen);
            if next.gap == Gap::Hyphen && next.capital() && self.known(end - 1) && self.known(end) {
                break;
            } else if next.joined() && (next.capital() || number) {
                end += 1;
            } else if let Some(after) = self.bridge(i, end) {
                end = after;
            } else {
                break;
            }
        }
        // Commission européenne: an adjective that belongs to the name.
        let last = &words[end - 1];
        if end == i + 1
            && last.is(class::HEAD)
            && words.get(end).is_some_and(|w| {
                w.gap == Gap::Space
                    && w.shape == Shape::Lower
                    && self.lexicon.is_adjective(self.block.word(end))
            })
        {
            end += 1;
        }
        end - i
    }

    /// Where a run goes on after small words that belong to a name: Bank *of* England, Ursula *von der* Leyen.
    fn bridge(&self, start: usize, at: usize) -> Option<usize> {
        let words = &self.block.words;
        let before = &words[at - 1];
        let small = words[at..].iter().take(3).take_while(|w| w.shape == Shape::Lower && w.joined()).count();
        let after = at + small;
        let next = words.get(after).filter(|w| small > 0 && w.joined() && w.capital())?;
        let hyphens = (at..=after).all(|i| words[i].gap == Gap::Hyphen);
        let all = |class| words[at..after].iter().all(|w| w.is(class));
        let headed = words[start..at].iter().any(|w| w.is(class::HEAD)) && !before.is(class::TITLE);
        let person = all(class::PARTICLE)
            && !before.is(NO_NAME)
            && !next.is(NO_NAME & !class::PARTICLE)
            && (before.is(class::GIVEN) || !self.lexicon.grammar.particles_are_prepositions);
        let ampersand = small == 1 && self.block.word(at) == "&";
        let and = small == 1 && self.lexicon.conjunctions.contains(self.block.word(at));
        let organisation = headed && all(class::LINK) && {
            if and {
                // Department of Health and Human Services, but not University of Leeds and Oxford.
                let mut rest =
                    words[after..].iter().take(MAX_WORDS).take_while(|w| w.joined() && w.capital());
                words[start].is(class::HEAD) && rest.any(|w| w.is(class::HEAD))
            } else {
                let link = self.block.word(at);
                let apart = self.lexicon.conjunctions.contains(link)
                    || self.lexicon.locatives.contains(link)
                    || self.lexicon.purposes.contains(link) && self.known(after);
                before.is(class::HEAD) && !apart
            }
        };
        (hyphens || ampersand || person || organisation).then_some(after + 1)
    }

    /// Cuts a run at titles, times and peoples, and keeps what is a name.
    fn split(&self, start: usize, end: usize, found: &mut Vec<Found>) {
        let words = &self.block.words;
        let mut first = start;
        for i in start..=end {
            let cuts = i == end || self.cuts(i, start, end);
            if cuts {
                if first < i {
                    self.judge(first, i, found);
                }
                first = i + 1;
            }
        }
        debug_assert!(end <= words.len());
    }

    /// Whether the word stands between names and belongs to none.
    fn cuts(&self, i: usize, start: usize, end: usize) -> bool {
        let words = &self.block.words;
        let word = &words[i];
        let next = words.get(i + 1).filter(|_| i + 1 < end);
        if word.is(class::TITLE) {
            // Stephen King is no king; Netflix CEO ends before the title.
            return !(i > start && words[i - 1].is(class::GIVEN) && word.shape == Shape::Capital);
        }
        if word.is(class::MODIFIER) {
            let mut rest = words[i + 1..end].iter();
            return rest.find(|w| !w.is(class::MODIFIER)).is_some_and(|w| w.is(class::TITLE));
        }
        if word.is(class::TIME) {
            let named =
                i > start && !words[i - 1].is(NO_NAME) && next.is_none() && word.shape == Shape::Capital;
            let given = i > start && words[i - 1].is(class::GIVEN);
            return !(given && named || next.is_some_and(|n| n.is(class::HEAD)));
        }
        // British Airways and the British Virgin Islands, but not British voters.
        let institution = next.is_some_and(|n| n.is(class::HEAD | class::CORPORATE))
            || (end > i + 2
                && words[end - 1].is(class::HEAD)
                && !words[i + 1..end].iter().any(|w| w.is(class::TITLE)));
        word.is(class::NATION) && i == start && !institution
    }

    /// Keeps `first..end` if its capitals can be trusted, or the part of it that can.
    fn judge(&self, mut first: usize, end: usize, found: &mut Vec<Found>) {
        let words = &self.block.words;
        if self.block.shouted[first] {
            return self.supported_parts(first, end, found);
        }
        if first < end && words[first].gap == Gap::Start && !self.supported(first) {
            let alone = first + 1 == end;
            let doubtful = words[first].is(NO_NAME & !class::HEAD)
                || self.evidence.of(&words[first]).lower > 0
                || (!alone && words[first + 1].is(class::GIVEN) && words[first + 1].gap == Gap::Space);
            // Velmora CEO Dana Whitlock: the words before a title name its house.
            let house =
                words.get(end).is_some_and(|w| w.gap == Gap::Space && w.is(class::TITLE) && w.capital());
            if doubtful || alone && !house {
                first += 1;
            }
        }
        if first == end {
            return;
        }
        let part = &words[first..end];
        // High Court, Conseil d'État: everyday words that only a name joins with capitals.
        let everyday = class::HEAD | class::NATION | class::LINK | class::STARTER | class::COMMON;
        let joined = part.len() > 1
            && part.iter().any(|w| w.is(class::HEAD))
            && part.iter().all(|w| w.is(everyday) || w.shape == Shape::Lower);
        if joined || self.carries(first, end) {
            found.push(Found { first, last: end - 1, cut: 0 });
        }
    }

    /// Whether one of the words can carry a name: one capital letter can not, except X, or with a number (F-16).
    fn carries(&self, first: usize, end: usize) -> bool {
        let words = &self.block.words[first..end];
        let numbered = words.iter().any(|w| w.shape == Shape::Number);
        words.iter().enumerate().any(|(k, w)| {
            let alone = w.shape == Shape::Initial && !numbered && w.key != super::fold::key("x");
            w.capital() && !alone && (!w.is(NO_NAME) || self.known(first + k))
        })
    }

    fn known(&self, i: usize) -> bool {
        self.exonyms.at(&self.block.words[i..]).is_some()
    }

    /// Whether something besides a capital shows that the word is part of a name.
    fn supported(&self, i: usize) -> bool {
        let word = &self.block.words[i];
        let usage = self.evidence.of(word);
        let next = self.block.words.get(i + 1);
        self.known(i)
            || (usage.named > 0 && usage.lower == 0 && !word.is(NO_NAME))
            || (word.shape == Shape::Camel && !word.is(class::COMMON))
            || (word.shape == Shape::Capitals && !self.block.shouted[i] && !word.is(NO_NAME))
            || (word.is(class::GIVEN)
                && !word.is(NO_NAME)
                && next.is_some_and(|n| n.joined() && n.capital() && !n.is(NO_NAME)))
    }

    /// In a headline: the longest parts whose every word is supported; a surname follows a given name.
    fn supported_parts(&self, first: usize, end: usize, found: &mut Vec<Found>) {
        let words = &self.block.words;
        let mut i = first;
        while i < end {
            if let Some((n, _)) = self.exonyms.at(&words[i..]) {
                found.push(Found { first: i, last: i + n - 1, cut: 0 });
                i += n;
                continue;
            }
            let mut stop = i;
            while stop < end && self.supported(stop) && (stop == i || !self.known(stop)) {
                stop += if words[stop].is(class::GIVEN) && stop + 1 < end && !words[stop].possessive() {
                    2
                } else {
                    1
                };
            }
            let stop = stop.min(end);
            if stop > i {
                found.push(Found { first: i, last: stop - 1, cut: 0 });
            }
            i = stop.max(i + 1);
        }
    }
}
