//! Cues of polarity, modality, quantity and attribution: not, deny, allegedly, according to.
//!
//! A cue is no claim by itself; two versions are compared by the cues of aligned sentence groups.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lang::{self, PerLanguage};
use crate::segment;
use crate::text::{Lang, Span};

/// The effect of a cue on its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueKind {
    /// Negates it: not, never, without.
    Negation,
    /// Negates it by a quantifier: none, nobody.
    NoneOf,
    /// It was so and is so no more, which can also be expressed without a negation: no longer, stopped.
    Ended,
    /// It cannot be; negated, it can: rule out.
    Exclusion,
    /// Somebody calls it untrue: deny, refute.
    Denial,
    /// Somebody grants it, against a charge or a doubt: admit, confirm.
    Admission,
    /// A charge: accuse, allege, sue.
    Accusation,
    /// A hedge, as hearsay: allegedly, angeblich, aurait.
    Hedge,
    /// It is possible: may, vielleicht, pourrait.
    Possible,
    /// Corresponds to a hedge in another language, and is none by itself: would, the German subjunctive.
    Weak,
    /// Attribution by a reporting verb: said, wrote.
    Attribution,
    /// Attribution to a source: according to, it claims.
    Source,
    /// Quantifier: all, every.
    All,
    /// Quantifier: most.
    Most,
    /// Quantifier: many.
    Many,
    /// Quantifier: some, several, not all.
    Some,
    /// Quantifier: few.
    Few,
    /// Degree: largely, entirely, seriously.
    Degree,
    /// Direction: an increase.
    Rise,
    /// Direction: a decrease.
    Fall,
    /// A phrase that contains a cue and is none: not only, whether or not.
    Neutral,
}

impl CueKind {
    /// Whether it negates its sentence.
    #[must_use]
    pub fn is_negation(self) -> bool {
        matches!(self, Self::Negation | Self::NoneOf)
    }
}

/// One cue in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Its effect.
    pub kind: CueKind,
    /// Its span in bytes of the given text.
    pub span: Span,
}

/// The cues of a language: for each effect words, stems (`leugn*`), endings (`*rait`), phrases (`according to`) and
/// phrases with a gap (`weist … zurück`), in lower case.
#[derive(Debug)]
struct CueTable {
    /// Phrases by first word, each as its further words and its effect.
    words: BTreeMap<String, Vec<(Vec<String>, CueKind)>>,
    /// Stems, sorted.
    stems: Vec<(String, CueKind)>,
    /// Endings.
    endings: Vec<(String, CueKind)>,
}

impl CueTable {
    fn parse(source: &str) -> Self {
        let lists: BTreeMap<CueKind, Vec<String>> =
            toml::from_str(source).unwrap_or_else(|error| panic!("cue data shipped with claimdiff: {error}"));
        let mut words: BTreeMap<String, Vec<(Vec<String>, CueKind)>> = BTreeMap::new();
        let (mut stems, mut endings) = (Vec::new(), Vec::new());
        for (kind, entries) in lists {
            for entry in entries {
                if let Some(stem) = entry.strip_suffix('*') {
                    stems.push((stem.to_owned(), kind));
                    continue;
                }
                if let Some(ending) = entry.strip_prefix('*') {
                    endings.push((ending.to_owned(), kind));
                    continue;
                }
                let mut parts = split_entry(&entry);
                let first = parts.next().unwrap_or_default();
                words.entry(first).or_default().push((parts.collect(), kind));
            }
        }
        stems.sort();
        for phrases in words.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { words, stems, endings }
    }
}

/// The words of an entry, split as those of a text are, and its gaps.
fn split_entry(entry: &str) -> impl Iterator<Item = String> {
    entry.split(' ').flat_map(|part| {
        let words: Vec<String> = segment::word_spans(part).map(|word| word.slice(part).to_owned()).collect();
        // A gap, an elision and the end of a contraction are kept whole.
        let is_words_only = words.iter().map(String::len).sum::<usize>() == part.len() && part != "n't";
        if is_words_only { words } else { vec![part.to_owned()] }
    })
}

static CUE_TABLES: PerLanguage<CueTable> = PerLanguage::new(|language| CueTable::parse(language.cues));

/// The cues of a text, in order; empty for a language without data.
#[must_use]
pub fn find_cues(text: &str, lang: Lang) -> Vec<Cue> {
    let Some(data) = CUE_TABLES.get(lang) else { return Vec::new() };
    let words: Vec<(Span, String)> = segment::word_spans(text)
        .map(|span| (span, span.slice(text).to_lowercase().replace('’', "'")))
        .collect();
    let mut cues = Vec::new();

    let may_be_name = !lang::grammar(lang).nouns_capitalised;
    // English headlines capitalise nearly every word.
    let titled =
        words.iter().filter(|(span, _)| starts_with_capital(text, *span)).count() * 3 > words.len() * 2;
    let mut k = 0;
    while k < words.len() {
        let (span, word) = &words[k];
        // May the month, the United States: a name, where common nouns have no capital.
        if k > 0
            && may_be_name
            && !titled
            && starts_with_capital(text, *span)
            && starts_inside(text, span.start)
        {
            k += 1;
            continue;
        }
        let contracted = word.ends_with("n't");
        let phrase = data.words.get(if contracted { "n't" } else { word }).and_then(|phrases| {
            phrases
                .iter()
                .find_map(|(rest, kind)| Some((phrase_rest_len(rest, &words[k + 1..])?, rest, kind)))
        });
        if let Some((length, rest, kind)) = phrase {
            let gap = rest.iter().any(|word| word == PHRASE_GAP);
            let last = if gap { *span } else { words[k + length].0 };
            if *kind != CueKind::Neutral {
                cues.push(Cue { kind: *kind, span: Span::new(span.start, last.end) });
            }
            k += if gap { 0 } else { length };
        } else if let Some(kind) =
            kind_by_stem(word, &data.stems).or_else(|| kind_by_ending(word, &data.endings))
        {
            cues.push(Cue { kind, span: *span });
        }
        k += 1;
    }
    cues
}

fn starts_with_capital(text: &str, span: Span) -> bool {
    span.slice(text).starts_with(char::is_uppercase)
}

/// Whether a word follows another word of its sentence, and not a stop or an opening quotation mark.
fn starts_inside(text: &str, start: usize) -> bool {
    text[..start].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && text[..start].ends_with(' ')
}

/// A gap in a phrase, of fewer than [`MAX_GAP_WORDS`] words.
const PHRASE_GAP: &str = "…";

/// Words between the parts of a German verb: "weist den Vorwurf der Gewerkschaft entschieden zurück".
const MAX_GAP_WORDS: usize = 14;

/// The number of words that the rest of a phrase takes, where `words` begin with it.
fn phrase_rest_len(rest: &[String], words: &[(Span, String)]) -> Option<usize> {
    match rest {
        [] => Some(0),
        [gap, last] if gap == PHRASE_GAP => {
            words.iter().take(MAX_GAP_WORDS).position(|(_, word)| word == last).map(|at| at + 1)
        }
        _ => (rest.len() <= words.len() && rest.iter().zip(words).all(|(r, (_, w))| r == w))
            .then_some(rest.len()),
    }
}

/// The effect of the longest stem of the word.
fn kind_by_stem(word: &str, stems: &[(String, CueKind)]) -> Option<CueKind> {
    stems
        .iter()
        .filter(|(stem, _)| word.starts_with(stem))
        .max_by_key(|(stem, _)| stem.len())
        .map(|(_, e)| *e)
}

fn kind_by_ending(word: &str, endings: &[(String, CueKind)]) -> Option<CueKind> {
    endings.iter().find(|(ending, _)| word.ends_with(ending.as_str())).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue_kinds(text: &str, lang: Lang) -> Vec<(CueKind, &str)> {
        find_cues(text, lang).into_iter().map(|c| (c.kind, c.span.slice(text))).collect()
    }

    #[test]
    fn finds_words_stems_and_phrases() {
        use CueKind::{Denial, Hedge, Negation, Source};
        assert_eq!(
            cue_kinds("The mayor denied it, according to aides; she didn’t pay.", Lang::EN),
            [(Denial, "denied"), (Source, "according to"), (Negation, "didn’t")]
        );
        assert_eq!(
            cue_kinds("Angeblich bestreitet er es nicht.", Lang::DE),
            [(Hedge, "Angeblich"), (Denial, "bestreitet"), (Negation, "nicht")]
        );
        assert_eq!(
            cue_kinds("Sie weist den Vorwurf scharf zurück, nicht nur heute.", Lang::DE),
            [(Denial, "weist"), (CueKind::Accusation, "Vorwurf")]
        );
        assert_eq!(
            cue_kinds("Il dément ; il n’a jamais payé.", Lang::FR),
            [(Denial, "dément"), (Negation, "jamais")]
        );
    }

    #[test]
    fn elisions_endings_and_capitals() {
        use CueKind::{Hedge, NoneOf, Possible, Source, Weak};
        assert_eq!(
            cue_kinds("D’après lui, personne au bureau n’a rappelé ; il viendrait.", Lang::FR),
            [(Source, "D’après"), (NoneOf, "personne"), (Weak, "viendrait")]
        );
        assert_eq!(cue_kinds("In May the United States may vote.", Lang::EN), [(Possible, "may")]);
        // A plan, and hearsay.
        assert_eq!(cue_kinds("Der Bau soll im Mai fertig sein.", Lang::DE), [(Weak, "soll")]);
        assert_eq!(cue_kinds("Er soll davon gewusst haben.", Lang::DE), [(Hedge, "soll")]);
        assert_eq!(cue_kinds("Mayor Hid Payments, Auditors Claim", Lang::EN), [(Source, "Claim")]);
    }

    #[test]
    fn every_language_has_every_effect() {
        for data in [Lang::EN, Lang::DE, Lang::FR].map(|lang| CUE_TABLES.get(lang).unwrap()) {
            let mut effects: Vec<CueKind> = data.words.values().flatten().map(|(_, e)| *e).collect();
            effects.extend(data.stems.iter().map(|(_, e)| *e));
            effects.sort_unstable();
            effects.dedup();
            assert_eq!(effects.len(), 21);
        }
    }
}
