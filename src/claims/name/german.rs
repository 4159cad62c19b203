//! Names in languages that capitalise every noun, as German: words with evidence of a name besides the capital.

use std::collections::HashSet;

use super::block::{MAX_NAME_WORDS, NO_GERMAN_NAME, NameRange, TokenBlock, UsageEvidence};
use super::exonyms::Exonyms;
use super::lexicon::{NameLexicon, class};
use super::token::{WordGap, WordShape, WordToken};

/// Words with evidence of a name somewhere in the text, by key.
#[derive(Debug, Default)]
pub(super) struct ProvenNames(HashSet<u64>);

struct GermanFinder<'a> {
    block: &'a TokenBlock<'a>,
    lexicon: &'a NameLexicon,
    exonyms: &'a Exonyms,
}

/// Counts the uses of nouns: names are bare, other nouns mostly have a determiner or an adjective.
pub(super) fn count_noun_usage(block: &TokenBlock, lexicon: &NameLexicon, evidence: &mut UsageEvidence) {
    for (i, word) in block.words.iter().enumerate() {
        if !word.is_capitalised() || block.in_headline[i] {
            continue;
        }
        let usage = evidence.words.entry(word.key).or_default();
        let next = block.words.get(i + 1);
        if next.is_some_and(|n| n.gap_before == WordGap::Hyphen && n.is_capitalised()) {
            usage.compound = usage.compound.saturating_add(1);
        } else if word.gap_before != WordGap::Hyphen {
            let determined =
                i > 0 && word.gap_before == WordGap::Space && goes_before_noun(block, i - 1, lexicon);
            let count = if determined { &mut usage.determined } else { &mut usage.bare };
            *count = count.saturating_add(1);
        }
    }
}

/// Whether the word can precede a common noun: an article, a determiner, an adjective, a number.
fn goes_before_noun(block: &TokenBlock, i: usize, lexicon: &NameLexicon) -> bool {
    let word = &block.words[i];
    debug_assert!(lexicon.grammar.nouns_capitalised);
    word.has_class(class::DETERMINER)
        || word.shape == WordShape::Number
        || (word.shape == WordShape::Lower
            && !word.has_class(class::STARTER | class::REPORTING_VERB | class::VERB | class::STOP)
            && lexicon.is_declined(block.word_text(i)))
}

/// Collects the words of the block with evidence of a name.
pub(super) fn collect_proven_names(
    block: &TokenBlock,
    lexicon: &NameLexicon,
    exonyms: &Exonyms,
    evidence: &UsageEvidence,
    proven: &mut ProvenNames,
) {
    let finder = GermanFinder { block, lexicon, exonyms };
    let sure = finder.mark_sure_names();
    let mut i = 0;
    while i < sure.len() {
        // The parts of an exonym such as Europäische Union are no names by themselves.
        let table = exonyms.match_start(&block.words[i..]).map_or(0, |(n, _)| n);
        if table < 2 && sure[i] && block.words[i].shape != WordShape::Initial {
            proven.0.insert(block.words[i].key);
        }
        i += table.max(1);
    }
    for (i, word) in block.words.iter().enumerate() {
        let usage = evidence.usage_of(word);
        let is_always_bare = usage.bare > 0 && usage.determined == 0 && !finder.is_noun(i);
        if word.is_capitalised()
            && word.shape != WordShape::Initial
            && is_always_bare
            && (usage.compound > 1 || usage.bare > 2 && lexicon.may_be_foreign(block.word_text(i)))
        {
            proven.0.insert(word.key);
        }
        if let Some(stem) = finder.genitive_stem(i) {
            proven.0.insert(stem);
        }
    }
}

impl GermanFinder<'_> {
    fn is_noun(&self, i: usize) -> bool {
        self.block.nouns[i]
    }

    /// Whether the word is capitalised and no common noun, so that further evidence can make it a name.
    fn may_be_name(&self, i: usize) -> bool {
        self.block.words.get(i).is_some_and(WordToken::is_capitalised) && !self.is_noun(i)
    }

    /// Marks the words that their context or shape shows to be names.
    fn mark_sure_names(&self) -> Vec<bool> {
        let words = &self.block.words;
        let mut sure = vec![false; words.len()];
        let mut i = 0;
        while i < words.len() {
            if let Some((n, _)) = self.exonyms.match_start(&words[i..]) {
                sure[i..i + n].fill(true);
                i += n;
                continue;
            }
            if !words[i].is_capitalised() {
                i += 1;
                continue;
            }
            let loud = self.block.in_headline[i];
            let word = &words[i];
            let follows = i > 0 && word.gap_before == WordGap::Space;
            let role = follows && {
                let before = &words[i - 1];
                before.is_capitalised()
                    && (self.lexicon.is_role(self.block.word_text(i - 1), before.class)
                        || before.has_class(class::APPOSITION))
            };
            let company = words.get(i + 1).is_some_and(|n| {
                n.gap_before == WordGap::Space && n.is_capitalised() && n.has_class(class::CORPORATE)
            });
            let shape = matches!(word.shape, WordShape::Camel | WordShape::Capitals) && !loud;
            if self.may_be_name(i) && (role || company || shape) {
                sure[i] = true;
            }
            if word.has_class(class::GIVEN_NAME)
                && !word.has_class(NO_GERMAN_NAME & !class::TITLE)
                && let Some(last) = self.surname_end(i)
            {
                sure[i..=last].fill(true);
                i = last;
            }
            i += 1;
        }
        self.mark_enclosed_names(&mut sure);
        self.grow_sure_runs(&mut sure);
        sure
    }

    /// The last word of the surname after the given name `i`, over further given names, initials and particles.
    fn surname_end(&self, i: usize) -> Option<usize> {
        let words = &self.block.words;
        let mut last = None;
        let mut at = i + 1;
        while at < words.len() && at < i + 6 && words[at].is_joined() {
            if words[at].is_capitalised() {
                let short =
                    !words[at].has_class(NO_GERMAN_NAME & !class::TIME) && self.block.word_text(at).len() < 9;
                let role = words[at].has_class(class::TITLE)
                    && words[at].shape == WordShape::Capital
                    && last.is_none();
                if !(self.may_be_name(at) || short || role) {
                    break;
                }
                last = (words[at].shape != WordShape::Initial).then_some(at).or(last);
                if last.is_some() && !words[at].has_class(class::GIVEN_NAME) {
                    // A double surname goes on after a hyphen, unless the compound ends in a noun.
                    while words.get(at + 1).is_some_and(|w| w.gap_before == WordGap::Hyphen)
                        && self.may_be_name(at + 1)
                    {
                        at += 1;
                    }
                    return Some(at);
                }
            } else if !words[at].has_class(class::PARTICLE) || words[at].gap_before != WordGap::Space {
                break;
            }
            at += 1;
        }
        last
    }

    /// Marks two or three capitalised words between commas or brackets: an apposition, or an item of a list.
    fn mark_enclosed_names(&self, sure: &mut [bool]) {
        let words = &self.block.words;
        let mut i = 1;
        while i < words.len() {
            let mut end = i + 1;
            while end < words.len() && words[end].gap_before == WordGap::Space {
                end += 1;
            }
            let marked = matches!(words[i].gap_before, WordGap::Break | WordGap::Bracket)
                && words.get(end).is_none_or(|w| w.gap_before == WordGap::Break || w.stopped);
            if marked
                && (2..4).contains(&(end - i))
                && (i..end).all(|k| self.may_be_name(k) && words[k].shape != WordShape::Initial)
            {
                sure[i..end].fill(true);
            }
            i = end;
        }
    }

    /// Marks words in runs of capitalised words that are no German nouns, where at least one looks foreign.
    fn grow_sure_runs(&self, sure: &mut [bool]) {
        let words = &self.block.words;
        let mut i = 0;
        while i < words.len() {
            if !self.may_be_name(i) && !sure[i] {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < words.len()
                && words[end].gap_before == WordGap::Space
                && words[end].is_capitalised()
                && (self.may_be_name(end) || sure[end])
            {
                end += 1;
            }
            let run = end > i + 1 && words[i].gap_before != WordGap::Start;
            let foreigners = if run {
                (i..end).filter(|k| self.lexicon.is_foreign(self.block.word_text(*k))).count()
            } else {
                0
            };
            if foreigners > 0 {
                for k in i..end {
                    sure[k] = sure[k]
                        || foreigners == end - i
                        || self.lexicon.is_foreign(self.block.word_text(k))
                        || sure[k.saturating_sub(1)];
                }
            }
            i = end;
        }
    }

    /// The stem of a name with a genitive `s` before its noun: *Boschs* Gewinn.
    fn genitive_stem(&self, i: usize) -> Option<u64> {
        let word = &self.block.words[i];
        let next = self.block.words.get(i + 1)?;
        let stem = self.block.word_text(i).strip_suffix('s')?;
        let noun_follows =
            next.gap_before == WordGap::Space && next.is_capitalised() && next.shape == WordShape::Capital;
        let plain = word.shape == WordShape::Capital || word.shape == WordShape::Camel;
        let free =
            i == 0 || word.gap_before != WordGap::Space || !goes_before_noun(self.block, i - 1, self.lexicon);

        (plain
            && noun_follows
            && free
            && stem.len() > 3
            && !self.lexicon.keeps_final_s(stem)
            && self.may_be_name(i)
            && !self.lexicon.is_noun(stem)
            && self.lexicon.class_of(stem) & NO_GERMAN_NAME == 0
            && word.gap_before != WordGap::Start
            && !self.block.words[i + 1].has_class(class::STARTER))
        .then(|| super::fold::fold_key(stem))
    }
}

/// The names of a block.
pub(super) fn find_german_names(
    block: &TokenBlock,
    lexicon: &NameLexicon,
    exonyms: &Exonyms,
    proven: &ProvenNames,
) -> Vec<NameRange> {
    let finder = GermanFinder { block, lexicon, exonyms };
    let words = &block.words;
    let mut sure = finder.mark_sure_names();
    let mut cut = HashSet::new();
    for i in 0..words.len() {
        if !words[i].is_capitalised() || words[i].has_class(NO_GERMAN_NAME) && !sure[i] {
            continue;
        }
        if !sure[i] && proven.0.contains(&words[i].key) {
            sure[i] = true;
        } else if let Some(stem) = block.word_text(i).strip_suffix('s') {
            // Facebooks, Deutschlands: a name with its ending.
            let stem_word = WordToken { key: super::fold::fold_key(stem), ..words[i] };
            let in_table = exonyms.match_start(&[stem_word]).is_some();
            let known = in_table || (!sure[i] && proven.0.contains(&stem_word.key));
            if known && stem.len() > 2 && exonyms.match_start(&words[i..=i]).is_none() {
                sure[i] = true;
                cut.insert(i);
            }
        }
    }
    let mut names = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if !sure[i] {
            i += 1;
            continue;
        }
        let known = exonyms.match_start(&words[i..]).map_or(1, |(n, _)| n);
        let mut end = i + known;
        while end < words.len().min(i + MAX_NAME_WORDS)
            && !cut.contains(&(end - 1))
            && words[end].is_joined()
            && !words[end - 1].is_possessive()
        {
            let company = words[end].gap_before == WordGap::Space
                && words[end].is_capitalised()
                && words[end].has_class(class::CORPORATE);
            if sure[end]
                || company
                || (words[end].shape == WordShape::Number
                    && (words[end - 1].has_class(class::PRODUCT) || words[end].gap_before == WordGap::Hyphen))
            {
                end += 1;
                continue;
            }
            let particles = words[end..]
                .iter()
                .take(3)
                .take_while(|w| {
                    w.has_class(class::PARTICLE)
                        && w.gap_before == WordGap::Space
                        && w.shape == WordShape::Lower
                })
                .count();
            let after = end + particles;
            if particles > 0
                && words[end - 1].has_class(class::GIVEN_NAME)
                && after < words.len()
                && sure[after]
            {
                end = after + 1;
            } else {
                break;
            }
        }
        // A single letter is no name; one from the table is.
        if end > i + 1 || words[i].shape != WordShape::Initial || exonyms.match_start(&words[i..=i]).is_some()
        {
            names.push(NameRange {
                first: i,
                last: end - 1,
                cut_bytes: usize::from(cut.contains(&(end - 1))),
            });
        }
        i = end;
    }
    names
}
