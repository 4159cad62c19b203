//! Names of an article: mentions grouped by entity, and names of another version located in a text.

use std::collections::{BTreeSet, HashMap};

use super::block::MAX_NAME_WORDS;
use super::find::{NameMention, find_mentions};
use super::lexicon::NameLexicon;
use super::score::{NameValue, folded_words, is_acronym};
use super::token::{WordGap, WordShape, WordToken, tokenize_words};
use super::{exonyms, fold};
use crate::lang;
use crate::text::{Lang, Span};

/// An entity that an article names, with its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEntity {
    /// The fullest form, with the other forms as aliases.
    pub name: NameValue,
    /// Spans in bytes of the given text, in order.
    pub mentions: Vec<Span>,
}

/// The names of a whole article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameMentions {
    /// In the order of their first mention.
    pub entities: Vec<NamedEntity>,
}

impl NameMentions {
    /// Reads the blocks of an article; spans are offsets into `text`.
    ///
    /// Evidence for a name in one block holds in all. A surname is merged with the full name that ends in it, the last
    /// one before it where there are two; an acronym in brackets with the name before it.
    #[must_use]
    pub fn read_blocks(text: &str, blocks: &[Span], lang: Lang) -> Self {
        let Some(lexicon) = NameLexicon::for_language(lang) else { return Self::default() };
        let pieces: Vec<&str> = blocks.iter().map(|b| b.slice(text)).collect();
        let mut all = Vec::new();
        for (block, block_mentions) in blocks.iter().zip(find_mentions(&pieces, lexicon)) {
            all.extend(
                block_mentions.into_iter().map(|m| NameMention { span: m.span.shifted_by(block.start), ..m }),
            );
        }
        group_mentions(text, &all)
    }
}

fn group_mentions(text: &str, all: &[NameMention]) -> NameMentions {
    // Full forms first, since a surname may precede its full name, as in a headline.
    let mut entities: Vec<NamedEntity> = Vec::new();
    let mut by_words: HashMap<Vec<String>, usize> = HashMap::new();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    let mut by_last: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    let mut of_mention: Vec<usize> = Vec::with_capacity(all.len());
    for mention in all {
        let words = folded_words(&mention.form);
        let known = mention.id.and_then(|id| by_id.get(id)).or_else(|| by_words.get(&words)).copied();
        let entity = known.unwrap_or_else(|| {
            let name = NameValue { form: mention.form.clone(), aliases: Vec::new(), id: mention.id };
            entities.push(NamedEntity { name, mentions: Vec::new() });
            entities.len() - 1
        });
        if let Some(id) = mention.id {
            by_id.entry(id).or_insert(entity);
        }
        if words.len() > 1 && known.is_none() && mention.id.is_none() {
            let last = words.last().cloned().unwrap_or_default();
            by_last.entry(last).or_default().push((mention.span.start, entity));
        }
        by_words.entry(words).or_insert(entity);
        of_mention.push(entity);
    }
    // The entity that each is merged into: acronyms into their long form, surnames into the full name.
    let mut home: Vec<usize> = (0..entities.len()).collect();
    for (pair, who) in all.windows(2).zip(of_mention.windows(2)) {
        let between = &text[pair[0].span.end.min(pair[1].span.start)..pair[1].span.start];
        let (first, second) = (&pair[0].form, &pair[1].form);
        if between.trim() == "(" && (is_acronym(second, first) || is_acronym(first, second)) {
            let (from, to) = if is_acronym(second, first) { (who[1], who[0]) } else { (who[0], who[1]) };
            if from != to && home[to] == to {
                home[from] = to;
            }
        }
    }
    let mut merged: Vec<Option<NamedEntity>> = entities.iter().cloned().map(Some).collect();
    for (mention, entity) in all.iter().zip(&of_mention) {
        let words = folded_words(&mention.form);
        let mut target = home[*entity];
        if let ([one], None) = (words.as_slice(), mention.id)
            && let Some(full) = by_last.get(one)
        {
            let before = full.partition_point(|(at, _)| *at <= mention.span.start);
            target = home[full[before.saturating_sub(1)].1];
        }
        let Some(into) = merged[target].as_mut() else { continue };
        into.mentions.push(mention.span);
        if into.name.form != mention.form
            && !into.name.aliases.contains(&mention.form)
            && into.name.aliases.len() < 16
        {
            into.name.aliases.push(mention.form.clone());
        }
        into.name.id = into.name.id.or(mention.id);
    }
    let mut entities: Vec<NamedEntity> =
        merged.into_iter().flatten().filter(|e| !e.mentions.is_empty()).collect();
    entities.sort_by_key(|e| e.mentions[0].start);
    NameMentions { entities }
}

/// The most names with the same first word, last word and number of words that [`confirm_names`] looks for.
pub const MAX_SIMILAR_NAMES: usize = 32;

/// An occurrence of a name of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameOccurrence {
    /// Index into the given names.
    pub name: usize,
    /// Span in bytes of the given text, without endings.
    pub span: Span,
}

/// The index of a name, and the words of one of its forms.
type WantedForm = (usize, Vec<String>);

/// The forms of the names that a text is searched for.
#[derive(Default)]
struct WantedForms {
    /// Index of the name and words of the form, by the first and last word and the number of words, so that many names
    /// of one family cost no more.
    forms: HashMap<(u64, u64, usize), Vec<WantedForm>>,
    /// The numbers of words of all forms.
    lengths: BTreeSet<usize>,
}

impl WantedForms {
    fn add(&mut self, index: usize, words: Vec<String>) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        if words.len() > MAX_NAME_WORDS {
            return;
        }
        let list = self.forms.entry((sound_stem(first), sound_stem(last), words.len())).or_default();
        if list.len() < MAX_SIMILAR_NAMES && !list.iter().any(|(i, w)| *i == index && *w == words) {
            self.lengths.insert(words.len());
            list.push((index, words));
        }
    }
}

/// Finds the names of another version in this text, in any spelling that [`super::same_name`] matches:
/// inflected, in another language, as the surname or an alias alone, in a compound (`Netflix-App`), and a country as
/// its people or adjective (`deutsche`).
///
/// Ordered by start; linear in the text. It prefers recall to precision (a surname may be a common word), since its
/// use is to exclude that a name is missing.
#[must_use]
pub fn confirm_names(text: &str, names: &[NameValue], lang: Lang) -> Vec<NameOccurrence> {
    let Some(lexicon) =
        NameLexicon::for_language(lang).or_else(|| NameLexicon::for_language(lang::fallback().tag))
    else {
        return Vec::new();
    };
    let mut wanted = WantedForms::default();
    for (index, name) in names.iter().enumerate() {
        let spelled = name.id.map(exonyms::exonym_spellings).unwrap_or_default();
        let forms =
            std::iter::once(name.form.as_str()).chain(name.aliases.iter().map(String::as_str)).chain(spelled);

        for form in forms {
            let words = folded_words(&form.replace('*', "e"));
            if name.id.is_none() && words.len() > 1 && words.len() < 4 {
                wanted.add(index, words[words.len() - 1..].to_vec());
            }
            wanted.add(index, words);
        }
    }
    let peoples: Vec<(usize, String)> = names
        .iter()
        .enumerate()
        .flat_map(|(index, name)| {
            let stems = name.id.into_iter().flat_map(exonyms::people_stems);
            stems.map(move |stem| (index, fold::fold_word(stem)))
        })
        .collect();
    let text_words = tokenize_words(text, lexicon);
    let folds: Vec<Vec<String>> = text_words.iter().map(|t| token_forms(t, text)).collect();
    let mut occurrences = Vec::new();
    for (at, token) in text_words.iter().enumerate() {
        for (name, stem) in &peoples {
            // The longest endings are those of amerikan-ischen.
            if folds[at][0].strip_prefix(stem.as_str()).is_some_and(|ending| ending.len() < 8) {
                occurrences.push(NameOccurrence { name: *name, span: token.span });
            }
        }
        if token.shape == WordShape::Lower {
            continue;
        }
        for length in wanted.lengths.iter().take_while(|n| at + **n <= folds.len()) {
            let end = at + length;
            let joined = (at + 1..end)
                .all(|k| text_words[k].is_joined() || text_words[k].gap_before == WordGap::Start);
            if !joined {
                break;
            }
            for (first, last) in folds[at].iter().flat_map(|f| folds[end - 1].iter().map(move |l| (f, l))) {
                for (name, words) in
                    wanted.forms.get(&(sound_stem(first), sound_stem(last), *length)).into_iter().flatten()
                {
                    let fits = words
                        .iter()
                        .zip(&folds[at..end])
                        .all(|(w, have)| have.iter().any(|h| is_similar_word(h, w)));
                    if fits {
                        let span = Span::new(token.span.start, text_words[end - 1].span.end);
                        occurrences.push(NameOccurrence { name: *name, span });
                    }
                }
            }
        }
    }
    occurrences.sort_by_key(|o| (o.span.start, o.name, std::cmp::Reverse(o.span.end)));
    // The longest of the same name at one place is enough.
    occurrences.dedup_by(|b, a| a.name == b.name && a.span.contains_span(b.span));
    occurrences
}

/// A key that all spellings of a word have in common that [`is_similar_word`] matches.
fn sound_stem(word: &str) -> u64 {
    fold::fold_key(fold::fold_sound(word).trim_end_matches(['s', 'n', 'r', 'm', 'e']))
}

/// The folded word, and, where it has an apostrophe, the folded part behind it.
fn token_forms(token: &WordToken, text: &str) -> Vec<String> {
    let word = token.span.slice(text);
    let mut forms = vec![fold::fold_word(word)];
    if let Some((_, tail)) = word.split_once(['\'', '’']) {
        forms.push(fold::fold_word(tail));
    }
    forms
}

/// Whether the words are equal up to an ending, or up to the transliteration of a longer word.
fn is_similar_word(have: &str, want: &str) -> bool {
    have == want
        || (want.len() > 2 && have.strip_suffix('s').is_some_and(|h| h == want))
        || (want.len() > 3 && ["n", "r", "m"].iter().any(|e| have.strip_suffix(e).is_some_and(|h| h == want)))
        || (want.len() > 4 && fold::fold_sound(have) == fold::fold_sound(want))
}
