//! Names where every noun has a capital, as in German: only what something besides the capital shows to be a name.

use std::collections::HashSet;

use super::exonyms::Exonyms;
use super::find::{Block, Evidence, Found, MAX_WORDS};
use super::lexicon::{Lexicon, class};
use super::token::{Gap, Shape, Token};

/// Words with a capital that are no names, whatever stands beside them.
const NO_NAME: u32 = class::STARTER
    | class::TITLE
    | class::NATION
    | class::TIME
    | class::COMMON
    | class::CORPORATE
    | class::APPOSITION;

/// Words that were shown to be names somewhere in the text.
#[derive(Debug, Default)]
pub(super) struct Shown(HashSet<u64>);

struct Reader<'a> {
    block: &'a Block<'a>,
    lexicon: &'a Lexicon,
    exonyms: &'a Exonyms,
}

/// Which words are nouns by their class or ending.
pub(super) fn nouns(text: &str, words: &[Token], lexicon: &Lexicon) -> Vec<bool> {
    let noun = |w: &Token| w.capital() && (w.is(NO_NAME) || lexicon.is_noun(w.span.of(text)));
    words.iter().map(noun).collect()
}

/// Counts how the nouns of the text are used: names stand bare, other nouns mostly do not.
pub(super) fn gather(block: &Block, lexicon: &Lexicon, evidence: &mut Evidence) {
    for (i, word) in block.words.iter().enumerate() {
        if !word.capital() || block.shouted[i] {
            continue;
        }
        let usage = evidence.words.entry(word.key).or_default();
        let next = block.words.get(i + 1);
        if next.is_some_and(|n| n.gap == Gap::Hyphen && n.capital()) {
            usage.compound = usage.compound.saturating_add(1);
        } else if word.gap != Gap::Hyphen {
            let determined = i > 0 && word.gap == Gap::Space && determines(block, i - 1, lexicon);
            let count = if determined { &mut usage.determined } else { &mut usage.bare };
            *count = count.saturating_add(1);
        }
    }
}

/// Whether the word goes with a common noun after it: an article, a determiner, an adjective, a number.
fn determines(block: &Block, i: usize, lexicon: &Lexicon) -> bool {
    let word = &block.words[i];
    debug_assert!(lexicon.grammar.nouns_capitalised);
    word.is(class::DETERMINER)
        || word.shape == Shape::Number
        || (word.shape == Shape::Lower
            && !word.is(class::STARTER | class::SAYS | class::VERB | class::STOP)
            && ["e", "en", "er", "es", "em"].iter().any(|e| block.word(i).ends_with(e)))
}

/// Collects what the block shows to be names.
pub(super) fn show(
    block: &Block,
    lexicon: &Lexicon,
    exonyms: &Exonyms,
    evidence: &Evidence,
    shown: &mut Shown,
) {
    let reader = Reader { block, lexicon, exonyms };
    let sure = reader.sure();
    let mut i = 0;
    while i < sure.len() {
        // The words of Europäische Union are no names by themselves.
        let table = exonyms.at(&block.words[i..]).map_or(0, |(n, _)| n);
        if table < 2 && sure[i] && block.words[i].shape != Shape::Initial {
            shown.0.insert(block.words[i].key);
        }
        i += table.max(1);
    }
    for (i, word) in block.words.iter().enumerate() {
        let usage = evidence.of(word);
        let stands_bare = usage.bare > 0 && usage.determined == 0 && !reader.is_noun(i);
        let ends_foreign = || block.word(i).ends_with(['a', 'i', 'o', 'u', 'y']) || foreign(block.word(i));
        if word.capital()
            && word.shape != Shape::Initial
            && stands_bare
            && (usage.compound > 1 || usage.bare > 2 && ends_foreign())
        {
            shown.0.insert(word.key);
        }
        if let Some(stem) = reader.genitive(i) {
            shown.0.insert(stem);
        }
    }
}

/// Whether the spelling is not German.
fn foreign(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bytes = lower.as_bytes();
    let c_alone = bytes.iter().enumerate().any(|(i, b)| {
        *b == b'c' && !matches!(bytes.get(i + 1), Some(b'h' | b'k')) && !(i > 0 && bytes[i - 1] == b's')
    });
    c_alone
        || lower.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !matches!(c, 'ä' | 'ö' | 'ü' | 'ß'))
        || ["sh", "ow", "oo", "ough", "aw", "ew"].iter().any(|s| lower.contains(s))
        || lower.ends_with("ey")
        || (lower.contains("tch") && !lower.contains("tsch"))
}

impl Reader<'_> {
    fn is_noun(&self, i: usize) -> bool {
        self.block.nouns[i]
    }

    /// A word with a capital that could be a name if something says so.
    fn open(&self, i: usize) -> bool {
        self.block.words.get(i).is_some_and(Token::capital) && !self.is_noun(i)
    }

    /// Words that the words beside them show to be names.
    fn sure(&self) -> Vec<bool> {
        let words = &self.block.words;
        let mut sure = vec![false; words.len()];
        let mut i = 0;
        while i < words.len() {
            if let Some((n, _)) = self.exonyms.at(&words[i..]) {
                sure[i..i + n].fill(true);
                i += n;
                continue;
            }
            if !words[i].capital() {
                i += 1;
                continue;
            }
            let loud = self.block.shouted[i];
            let word = &words[i];
            let follows = i > 0 && word.gap == Gap::Space;
            let role = follows && {
                let before = &words[i - 1];
                before.capital()
                    && (self.lexicon.is_role(self.block.word(i - 1), before.class)
                        || before.is(class::APPOSITION))
            };
            let company = words
                .get(i + 1)
                .is_some_and(|n| n.gap == Gap::Space && n.capital() && n.is(class::CORPORATE));
            let shape = matches!(word.shape, Shape::Camel | Shape::Capitals) && !loud;
            if self.open(i) && (role || company || shape) {
                sure[i] = true;
            }
            if word.is(class::GIVEN)
                && !word.is(NO_NAME & !class::TITLE)
                && let Some(last) = self.surname(i)
            {
                sure[i..=last].fill(true);
                i = last;
            }
            i += 1;
        }
        self.enclose(&mut sure);
        self.grow(&mut sure);
        sure
    }

    /// The last word of the surname after the given name `i`, over further given names, initials and particles.
    fn surname(&self, i: usize) -> Option<usize> {
        let words = &self.block.words;
        let mut last = None;
        let mut at = i + 1;
        while at < words.len() && at < i + 6 && words[at].joined() {
            if words[at].capital() {
                let short = !words[at].is(NO_NAME & !class::TIME) && self.block.word(at).len() < 9;
                let role = words[at].is(class::TITLE) && words[at].shape == Shape::Capital && last.is_none();
                if !(self.open(at) || short || role) {
                    break;
                }
                last = (words[at].shape != Shape::Initial).then_some(at).or(last);
                if last.is_some() && !words[at].is(class::GIVEN) {
                    // A double surname goes on after a hyphen, unless the compound ends in a noun.
                    while words.get(at + 1).is_some_and(|w| w.gap == Gap::Hyphen) && self.open(at + 1) {
                        at += 1;
                    }
                    return Some(at);
                }
            } else if !words[at].is(class::PARTICLE) || words[at].gap != Gap::Space {
                break;
            }
            at += 1;
        }
        last
    }

    /// Two or three words with capitals alone between commas or brackets: an apposition, or one of a list.
    fn enclose(&self, sure: &mut [bool]) {
        let words = &self.block.words;
        let mut i = 1;
        while i < words.len() {
            let mut end = i + 1;
            while end < words.len() && words[end].gap == Gap::Space {
                end += 1;
            }
            let marked = matches!(words[i].gap, Gap::Break | Gap::Bracket)
                && words.get(end).is_none_or(|w| w.gap == Gap::Break || w.stopped);
            if marked
                && (2..4).contains(&(end - i))
                && (i..end).all(|k| self.open(k) && words[k].shape != Shape::Initial)
            {
                sure[i..end].fill(true);
            }
            i = end;
        }
    }

    /// Runs of words with capitals that are no German nouns, where at least one is sure or looks foreign.
    fn grow(&self, sure: &mut [bool]) {
        let words = &self.block.words;
        let mut i = 0;
        while i < words.len() {
            if !self.open(i) && !sure[i] {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < words.len()
                && words[end].gap == Gap::Space
                && words[end].capital()
                && (self.open(end) || sure[end])
            {
                end += 1;
            }
            let run = end > i + 1 && words[i].gap != Gap::Start;
            let foreigners = if run { (i..end).filter(|k| foreign(self.block.word(*k))).count() } else { 0 };
            if foreigners > 0 {
                for k in i..end {
                    sure[k] = sure[k]
                        || foreigners == end - i
                        || foreign(self.block.word(k))
                        || sure[k.saturating_sub(1)];
                }
            }
            i = end;
        }
    }

    /// The stem of a name with a genitive `s` before its noun: *Boschs* Gewinn.
    fn genitive(&self, i: usize) -> Option<u64> {
        let word = &self.block.words[i];
        let next = self.block.words.get(i + 1)?;
        let stem = self.block.word(i).strip_suffix('s')?;
        let noun_follows = next.gap == Gap::Space && next.capital() && next.shape == Shape::Capital;
        let plain = word.shape == Shape::Capital || word.shape == Shape::Camel;
        let free = i == 0 || word.gap != Gap::Space || !determines(self.block, i - 1, self.lexicon);
        // The ends of everyday words: Haus, Preis, Prozess, Status, Gleis, Praxis.
        let natural = ["s", "u", "i", "au", "ei", "e"].iter().any(|e| stem.ends_with(e));
        (plain
            && noun_follows
            && free
            && stem.len() > 3
            && !natural
            && self.open(i)
            && !self.lexicon.is_noun(stem)
            && self.lexicon.class(stem) & NO_NAME == 0
            && word.gap != Gap::Start
            && !self.block.words[i + 1].is(class::STARTER))
        .then(|| super::fold::key(stem))
    }
}

/// The names of a block.
pub(super) fn find(block: &Block, lexicon: &Lexicon, exonyms: &Exonyms, shown: &Shown) -> Vec<Found> {
    let reader = Reader { block, lexicon, exonyms };
    let words = &block.words;
    let mut sure = reader.sure();
    let mut cut = HashSet::new();
    for i in 0..words.len() {
        if !words[i].capital() || words[i].is(NO_NAME) && !sure[i] {
            continue;
        }
        if !sure[i] && shown.0.contains(&words[i].key) {
            sure[i] = true;
        } else if let Some(stem) = block.word(i).strip_suffix('s') {
            // Facebooks, Deutschlands: a name with its ending.
            let stem_word = Token { key: super::fold::key(stem), ..words[i] };
            let in_table = exonyms.at(&[stem_word]).is_some();
            let known = in_table || (!sure[i] && shown.0.contains(&stem_word.key));
            if known && stem.len() > 2 && exonyms.at(&words[i..=i]).is_none() {
                sure[i] = true;
                cut.insert(i);
            }
        }
    }
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if !sure[i] {
            i += 1;
            continue;
        }
        let known = exonyms.at(&words[i..]).map_or(1, |(n, _)| n);
        let mut end = i + known;
        while end < words.len().min(i + MAX_WORDS)
            && !cut.contains(&(end - 1))
            && words[end].joined()
            && !words[end - 1].possessive()
        {
            let company =
                words[end].gap == Gap::Space && words[end].capital() && words[end].is(class::CORPORATE);
            if sure[end]
                || company
                || (words[end].shape == Shape::Number
                    && (words[end - 1].is(class::PRODUCT) || words[end].gap == Gap::Hyphen))
            {
                end += 1;
                continue;
            }
            let particles = words[end..]
                .iter()
                .take(3)
                .take_while(|w| w.is(class::PARTICLE) && w.gap == Gap::Space && w.shape == Shape::Lower)
                .count();
            let after = end + particles;
            if particles > 0 && words[end - 1].is(class::GIVEN) && after < words.len() && sure[after] {
                end = after + 1;
            } else {
                break;
            }
        }
        // A single letter is no name; one from the table is.
        if end > i + 1 || words[i].shape != Shape::Initial || exonyms.at(&words[i..=i]).is_some() {
            found.push(Found { first: i, last: end - 1, cut: usize::from(cut.contains(&(end - 1))) });
        }
        i = end;
    }
    found
}
