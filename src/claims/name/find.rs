//! Names in English and French: runs of words with capitals, where a capital says something.

use std::collections::HashMap;

use super::exonyms::Exonyms;
use super::german;
use super::lexicon::{NameLexicon, class};
use super::token::{WordGap, WordShape, WordToken};

/// How a word is used in the text as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordUsage {
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
pub(super) struct UsageEvidence {
    pub words: HashMap<u64, WordUsage>,
}

impl UsageEvidence {
    pub(super) fn usage_of(&self, token: &WordToken) -> WordUsage {
        self.words.get(&token.key).copied().unwrap_or_default()
    }
}

/// A block's words and whether capitals say anything at each.
pub(super) struct TokenBlock<'a> {
    pub text: &'a str,
    pub words: Vec<WordToken>,
    /// Whether the word stands in a headline in title case or in capitals.
    pub in_headline: Vec<bool>,
    /// German: whether the word is a noun by its class or ending, and so no name by itself; else empty.
    pub nouns: Vec<bool>,
}

/// A name found: a range of words, and how many bytes of a genitive ending are cut off the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameRange {
    pub first: usize,
    pub last: usize,
    pub cut_bytes: usize,
}

impl<'a> TokenBlock<'a> {
    pub(super) fn new(text: &'a str, words: Vec<WordToken>, lexicon: &NameLexicon) -> Self {
        let in_headline = mark_headlines(text, &words, lexicon);
        let nouns = if lexicon.grammar.nouns_capitalised {
            german::mark_nouns(text, &words, lexicon)
        } else {
            Vec::new()
        };
        Self { text, words, in_headline, nouns }
    }

    pub(super) fn word_text(&self, i: usize) -> &'a str {
        self.words[i].span.slice(self.text)
    }
}

/// Marks the words of headlines. A sentence is one where nearly every word that carries meaning has a capital; a
/// piece without a full stop that has nothing but capitals is one at any length.
fn mark_headlines(text: &str, words: &[WordToken], lexicon: &NameLexicon) -> Vec<bool> {
    let mut marks = vec![false; words.len()];
    let mut start = 0;
    while start < words.len() {
        let end =
            (start + 1..words.len()).find(|i| words[*i].gap_before == WordGap::Start).unwrap_or(words.len());
        let (mut capital, mut lower, mut capitals, mut other) = (0, 0, 0, 0);
        for word in &words[start..end] {
            let small = word.class & (class::STARTER | class::PARTICLE | class::LINK) != 0;
            match word.shape {
                WordShape::Lower if !small => lower += 1,
                WordShape::Lower | WordShape::Number | WordShape::Initial => {}
                _ => capital += 1,
            }
            match word.shape {
                WordShape::Capitals => capitals += 1,
                WordShape::Capital | WordShape::Lower | WordShape::Camel => other += 1,
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
pub(super) fn count_usage(block: &TokenBlock, lexicon: &NameLexicon, evidence: &mut UsageEvidence) {
    for (i, word) in block.words.iter().enumerate() {
        if block.in_headline[i] || word.shape == WordShape::Number {
            continue;
        }
        let usage = evidence.words.entry(word.key).or_default();
        if word.shape == WordShape::Lower {
            usage.lower = usage.lower.saturating_add(1);
        } else if word.gap_before != WordGap::Start && !lexicon.grammar.nouns_capitalised {
            usage.named = usage.named.saturating_add(1);
        }
    }
}

/// The longest names of institutions stay under it; it bounds the work where everything has a capital.
pub const MAX_NAME_WORDS: usize = 16;

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
pub(super) fn find_names(
    block: &TokenBlock,
    lexicon: &NameLexicon,
    exonyms: &Exonyms,
    evidence: &UsageEvidence,
) -> Vec<NameRange> {
    let finder = NameFinder { block, lexicon, exonyms, evidence };
    let mut names = Vec::new();
    let mut i = 0;
    while i < block.words.len() {
        let known = exonyms.match_start(&block.words[i..]).map_or(0, |(n, _)| n);
        if known == 0 && finder.is_sentence_opener(i) {
            i += 1;
            continue;
        }
        let run_len = finder.capital_run_len(i);
        if known > 0 && known >= run_len {
            names.push(NameRange { first: i, last: i + known - 1, cut_bytes: 0 });
            i += known;
        } else if run_len > 0 {
            finder.split_run(i, i + run_len, &mut names);
            i += run_len;
        } else {
            i += 1;
        }
    }
    names
}

struct NameFinder<'a> {
    block: &'a TokenBlock<'a>,
    lexicon: &'a NameLexicon,
    exonyms: &'a Exonyms,
    evidence: &'a UsageEvidence,
}

impl NameFinder<'_> {
    /// Whether the word has its capital from the start of a sentence, or is an article: *The* New York Times.
    fn is_sentence_opener(&self, i: usize) -> bool {
        let word = &self.block.words[i];
        let hyphen = self.block.words.get(i + 1).is_some_and(|w| w.gap_before == WordGap::Hyphen);
        word.has_class(class::STARTER)
            && !hyphen
            && matches!(word.shape, WordShape::Capital | WordShape::Initial)
            && (word.gap_before == WordGap::Start || word.has_class(class::DETERMINER))
    }

    /// How many words the run of capitals that begins at `i` has; it ends after a possessive.
    fn capital_run_len(&self, i: usize) -> usize {
        let words = &self.block.words;
        if !words[i].is_capitalised() {
            return 0;
        }
        let mut end = i + 1;
        while end < words.len().min(i + MAX_NAME_WORDS)
            && !words[end - 1].is_possessive()
            && self.block.in_headline[end] == self.block.in_headline[i]
        {
            let next = &words[end];
            let number = next.shape == WordShape::Number
                && (words[end - 1].has_class(class::PRODUCT) || next.gap_before == WordGap::Hyphen);
            if next.gap_before == WordGap::Hyphen
                && next.is_capitalised()
                && self.is_exonym(end - 1)
                && self.is_exonym(end)
            {
                break;
            } else if next.is_joined() && (next.is_capitalised() || number) {
                end += 1;
            } else if let Some(after) = self.bridge_small_words(i, end) {
                end = after;
            } else {
                break;
            }
        }
        // Commission européenne: an adjective that belongs to the name.
        let last = &words[end - 1];
        if end == i + 1
            && last.has_class(class::HEAD)
            && words.get(end).is_some_and(|w| {
                w.gap_before == WordGap::Space
                    && w.shape == WordShape::Lower
                    && self.lexicon.is_adjective(self.block.word_text(end))
            })
        {
            end += 1;
        }
        end - i
    }

    /// Where a run goes on after small words that belong to a name: Bank *of* England, Ursula *von der* Leyen.
    fn bridge_small_words(&self, start: usize, at: usize) -> Option<usize> {
        let words = &self.block.words;
        let before = &words[at - 1];
        let small =
            words[at..].iter().take(3).take_while(|w| w.shape == WordShape::Lower && w.is_joined()).count();
        let after = at + small;
        let next = words.get(after).filter(|w| small > 0 && w.is_joined() && w.is_capitalised())?;
        let hyphens = (at..=after).all(|i| words[i].gap_before == WordGap::Hyphen);
        let all = |class| words[at..after].iter().all(|w| w.has_class(class));
        let headed =
            words[start..at].iter().any(|w| w.has_class(class::HEAD)) && !before.has_class(class::TITLE);
        let person = all(class::PARTICLE)
            && !before.has_class(NO_NAME)
            && !next.has_class(NO_NAME & !class::PARTICLE)
            && (before.has_class(class::GIVEN_NAME) || !self.lexicon.grammar.particles_are_prepositions);
        let ampersand = small == 1 && self.block.word_text(at) == "&";
        let and = small == 1 && self.lexicon.conjunctions.contains(self.block.word_text(at));
        let organisation = headed && all(class::LINK) && {
            if and {
                // Department of Health and Human Services, but not University of Leeds and Oxford.
                let mut rest = words[after..]
                    .iter()
                    .take(MAX_NAME_WORDS)
                    .take_while(|w| w.is_joined() && w.is_capitalised());
                words[start].has_class(class::HEAD) && rest.any(|w| w.has_class(class::HEAD))
            } else {
                let link = self.block.word_text(at);
                let apart = self.lexicon.conjunctions.contains(link)
                    || self.lexicon.locatives.contains(link)
                    || self.lexicon.purposes.contains(link) && self.is_exonym(after);
                before.has_class(class::HEAD) && !apart
            }
        };
        (hyphens || ampersand || person || organisation).then_some(after + 1)
    }

    /// Cuts a run at titles, times and peoples, and keeps what is a name.
    fn split_run(&self, start: usize, end: usize, names: &mut Vec<NameRange>) {
        let words = &self.block.words;
        let mut first = start;
        for i in start..=end {
            let is_boundary = i == end || self.is_name_boundary(i, start, end);
            if is_boundary {
                if first < i {
                    self.keep_trusted_name(first, i, names);
                }
                first = i + 1;
            }
        }
        debug_assert!(end <= words.len());
    }

    /// Whether the word stands between names and belongs to none.
    fn is_name_boundary(&self, i: usize, start: usize, end: usize) -> bool {
        let words = &self.block.words;
        let word = &words[i];
        let next = words.get(i + 1).filter(|_| i + 1 < end);
        if word.has_class(class::TITLE) {
            // Stephen King is no king; Netflix CEO ends before the title.
            return !(i > start
                && words[i - 1].has_class(class::GIVEN_NAME)
                && word.shape == WordShape::Capital);
        }
        if word.has_class(class::MODIFIER) {
            let mut rest = words[i + 1..end].iter();
            return rest.find(|w| !w.has_class(class::MODIFIER)).is_some_and(|w| w.has_class(class::TITLE));
        }
        if word.has_class(class::TIME) {
            let named = i > start
                && !words[i - 1].has_class(NO_NAME)
                && next.is_none()
                && word.shape == WordShape::Capital;
            let after_given_name = i > start && words[i - 1].has_class(class::GIVEN_NAME);
            return !(after_given_name && named || next.is_some_and(|n| n.has_class(class::HEAD)));
        }
        // British Airways and the British Virgin Islands, but not British voters.
        let institution = next.is_some_and(|n| n.has_class(class::HEAD | class::CORPORATE))
            || (end > i + 2
                && words[end - 1].has_class(class::HEAD)
                && !words[i + 1..end].iter().any(|w| w.has_class(class::TITLE)));
        word.has_class(class::NATION) && i == start && !institution
    }

    /// Keeps `first..end` if its capitals can be trusted, or the part of it that can.
    fn keep_trusted_name(&self, mut first: usize, end: usize, names: &mut Vec<NameRange>) {
        let words = &self.block.words;
        if self.block.in_headline[first] {
            return self.keep_supported_parts(first, end, names);
        }
        if first < end && words[first].gap_before == WordGap::Start && !self.has_name_evidence(first) {
            let is_single_word = first + 1 == end;
            let doubtful = words[first].has_class(NO_NAME & !class::HEAD)
                || self.evidence.usage_of(&words[first]).lower > 0
                || (!is_single_word
                    && words[first + 1].has_class(class::GIVEN_NAME)
                    && words[first + 1].gap_before == WordGap::Space);
            // Velmora CEO Dana Whitlock: the words before a title name its house.
            let house = words.get(end).is_some_and(|w| {
                w.gap_before == WordGap::Space && w.has_class(class::TITLE) && w.is_capitalised()
            });
            if doubtful || is_single_word && !house {
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
            && part.iter().any(|w| w.has_class(class::HEAD))
            && part.iter().all(|w| w.has_class(everyday) || w.shape == WordShape::Lower);
        if joined || self.can_carry_name(first, end) {
            names.push(NameRange { first, last: end - 1, cut_bytes: 0 });
        }
    }

    /// Whether one of the words can carry a name: one capital letter can not, except X, or with a number (F-16).
    fn can_carry_name(&self, first: usize, end: usize) -> bool {
        let words = &self.block.words[first..end];
        let numbered = words.iter().any(|w| w.shape == WordShape::Number);
        words.iter().enumerate().any(|(k, w)| {
            let is_lone_initial =
                w.shape == WordShape::Initial && !numbered && w.key != super::fold::fold_key("x");
            w.is_capitalised() && !is_lone_initial && (!w.has_class(NO_NAME) || self.is_exonym(first + k))
        })
    }

    fn is_exonym(&self, i: usize) -> bool {
        self.exonyms.match_start(&self.block.words[i..]).is_some()
    }

    /// Whether something besides a capital shows that the word is part of a name.
    fn has_name_evidence(&self, i: usize) -> bool {
        let word = &self.block.words[i];
        let usage = self.evidence.usage_of(word);
        let next = self.block.words.get(i + 1);
        self.is_exonym(i)
            || (usage.named > 0 && usage.lower == 0 && !word.has_class(NO_NAME))
            || (word.shape == WordShape::Camel && !word.has_class(class::COMMON))
            || (word.shape == WordShape::Capitals && !self.block.in_headline[i] && !word.has_class(NO_NAME))
            || (word.has_class(class::GIVEN_NAME)
                && !word.has_class(NO_NAME)
                && next.is_some_and(|n| n.is_joined() && n.is_capitalised() && !n.has_class(NO_NAME)))
    }

    /// In a headline: the longest parts whose every word is supported; a surname follows a given name.
    fn keep_supported_parts(&self, first: usize, end: usize, names: &mut Vec<NameRange>) {
        let words = &self.block.words;
        let mut i = first;
        while i < end {
            if let Some((n, _)) = self.exonyms.match_start(&words[i..]) {
                names.push(NameRange { first: i, last: i + n - 1, cut_bytes: 0 });
                i += n;
                continue;
            }
            let mut stop = i;
            while stop < end && self.has_name_evidence(stop) && (stop == i || !self.is_exonym(stop)) {
                stop += if words[stop].has_class(class::GIVEN_NAME)
                    && stop + 1 < end
                    && !words[stop].is_possessive()
                {
                    2
                } else {
                    1
                };
            }
            let stop = stop.min(end);
            if stop > i {
                names.push(NameRange { first: i, last: stop - 1, cut_bytes: 0 });
            }
            i = stop.max(i + 1);
        }
    }
}
