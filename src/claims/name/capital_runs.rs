//! Names in languages that capitalise names alone, such as English and French: runs of capitalised words.

use super::block::{MAX_NAME_WORDS, NameRange, TokenBlock, UsageEvidence};
use super::exonyms::Exonyms;
use super::lexicon::{NameLexicon, class};
use super::token::{WordGap, WordShape};

/// Counts the uses of words. Capitals at the start of a sentence and in headlines are no evidence.
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

/// Classes of words that are no name by themselves.
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
    /// Whether the word is capitalised as the start of a sentence, or is an article: *The* New York Times.
    fn is_sentence_opener(&self, i: usize) -> bool {
        let word = &self.block.words[i];
        let hyphen = self.block.words.get(i + 1).is_some_and(|w| w.gap_before == WordGap::Hyphen);
        word.has_class(class::STARTER)
            && !hyphen
            && matches!(word.shape, WordShape::Capital | WordShape::Initial)
            && (word.gap_before == WordGap::Start || word.has_class(class::DETERMINER))
    }

    /// The number of words in the run of capitalised words that begins at `i`; it ends after a possessive.
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

    /// The end of the first capitalised word behind small words that belong to a name: Bank *of* England, Ursula *von der* Leyen.
    fn bridge_small_words(&self, start: usize, at: usize) -> Option<usize> {
        let words = &self.block.words;
        let before = &words[at - 1];
        let small =
            words[at..].iter().take(3).take_while(|w| w.shape == WordShape::Lower && w.is_joined()).count();
        let after = at + small;
        let next = words.get(after).filter(|w| small > 0 && w.is_joined() && w.is_capitalised())?;
        let hyphens = (at..=after).all(|i| words[i].gap_before == WordGap::Hyphen);

        let headed =
            words[start..at].iter().any(|w| w.has_class(class::HEAD)) && !before.has_class(class::TITLE);
        let person = words[at..after].iter().all(|w| w.has_class(class::PARTICLE))
            && !before.has_class(NO_NAME)
            && !next.has_class(NO_NAME & !class::PARTICLE)
            && (before.has_class(class::GIVEN_NAME) || !self.lexicon.grammar.particles_are_prepositions);
        let ampersand = small == 1 && self.block.word_text(at) == "&";
        let and = small == 1 && self.lexicon.conjunctions.contains(self.block.word_text(at));
        let organisation = headed && words[at..after].iter().all(|w| w.has_class(class::LINK)) && {
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

    /// Splits a run at titles, times and peoples, and keeps the parts that are names.
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

    /// Whether the word separates names and is part of none.
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

    /// Keeps `first..end`, or the part of it whose capitals are evidence of a name.
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
            // Velmora CEO Dana Whitlock: the words before a title name the organisation.
            let organisation = words.get(end).is_some_and(|w| {
                w.gap_before == WordGap::Space && w.has_class(class::TITLE) && w.is_capitalised()
            });
            if doubtful || is_single_word && !organisation {
                first += 1;
            }
        }
        if first == end {
            return;
        }
        let part = &words[first..end];
        // High Court, Conseil d'État: common words that are capitalised together only in a name.
        let everyday = class::HEAD | class::NATION | class::LINK | class::STARTER | class::COMMON;
        let joined = part.len() > 1
            && part.iter().any(|w| w.has_class(class::HEAD))
            && part.iter().all(|w| w.has_class(everyday) || w.shape == WordShape::Lower);
        if joined || self.can_carry_name(first, end) {
            names.push(NameRange { first, last: end - 1, cut_bytes: 0 });
        }
    }

    /// Whether one of the words can be a name: not a single capital letter, except X, or with a number (F-16).
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

    /// Whether there is evidence besides the capital that the word is part of a name.
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

    /// Keeps the longest parts of a headline whose every word has evidence, or is a surname behind a given name.
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
