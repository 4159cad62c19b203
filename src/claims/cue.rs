//! Words that turn, weaken or give away what a sentence says: not, deny, allegedly, according to.
//!
//! A cue is no claim by itself; two versions are compared by the cues of sentences that tell the same.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lang::{self, PerLanguage};
use crate::segment;
use crate::text::{Lang, Span};

/// What a cue does to the sentence around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueKind {
    /// Turns it: not, never, without.
    Negation,
    /// Turns it by a count: none, nobody.
    NoneOf,
    /// Says that it was so and is so no more, which a text can as well tell without a "not": no longer, stopped.
    Ended,
    /// Says that it cannot be; with a "not", that it can: rule out.
    Exclusion,
    /// Says that somebody calls it untrue: deny, refute.
    Denial,
    /// Says that it is so, against a charge or a doubt: admit, confirm.
    Admission,
    /// Charges somebody with it: accuse, allege, sue.
    Accusation,
    /// Says that it is told, and not known: allegedly, angeblich, aurait.
    Hedge,
    /// Says that it can be so: may, vielleicht, pourrait.
    Possible,
    /// Stands where another language has a hedge, and takes no certainty away by itself: would, the German
    /// subjunctive.
    Weak,
    /// Reports somebody's words: said, wrote.
    Attribution,
    /// Gives it to a source: according to, it claims.
    Source,
    /// Says it of all of them: all, every.
    All,
    /// Of most.
    Most,
    /// Of many.
    Many,
    /// Of some, several, not all.
    Some,
    /// Of few.
    Few,
    /// Says how far: largely, entirely, seriously.
    Degree,
    /// Says that something became more.
    Rise,
    /// Says that something became less.
    Fall,
    /// Holds the word of another effect and has none: not only, whether or not.
    Neutral,
}

impl CueKind {
    /// Whether it is a "not".
    #[must_use]
    pub fn is_negation(self) -> bool {
        matches!(self, Self::Negation | Self::NoneOf)
    }
}

/// One cue in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Where it stands in the text given.
    pub span: Span,
}

/// A language's cues: for each effect words, stems (`leugn*`), endings (`*rait`), phrases (`according to`) and phrases with a gap (`weist …
/// zurück`), in lower case.
#[derive(Debug)]
struct CueTable {
    /// Keyed by first word; each phrase as its further words.
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

/// The words of an entry as a text's are found, and the gaps between them.
fn split_entry(entry: &str) -> impl Iterator<Item = String> {
    entry.split(' ').flat_map(|part| {
        let words: Vec<String> = segment::word_spans(part).map(|word| word.slice(part).to_owned()).collect();
        // A gap, an elision and the end of a contraction are no words by themselves.
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
    let mut found_cues = Vec::new();
    // English headlines have nearly every word with a capital.
    let capital = |span: Span| span.slice(text).starts_with(char::is_uppercase);
    let may_be_name = !lang::grammar(lang).nouns_capitalised;
    let titled = words.iter().filter(|(span, _)| capital(*span)).count() * 3 > words.len() * 2;
    let mut k = 0;
    while k < words.len() {
        let (span, word) = &words[k];
        // May the month, the United States: a name, where nouns are written small.
        if k > 0 && may_be_name && !titled && capital(*span) && starts_inside(text, span.start) {
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
                found_cues.push(Cue { kind: *kind, span: Span::new(span.start, last.end) });
            }
            k += if gap { 0 } else { length };
        } else if let Some(kind) =
            kind_by_stem(word, &data.stems).or_else(|| kind_by_ending(word, &data.endings))
        {
            found_cues.push(Cue { kind, span: *span });
        }
        k += 1;
    }
    found_cues
}

/// Whether a word stands after another word of its sentence, and not after a stop or a mark that opens a quotation.
fn starts_inside(text: &str, start: usize) -> bool {
    text[..start].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && text[..start].ends_with(' ')
}

/// Stands for up to [`REACH`] words of a phrase.
const PHRASE_GAP: &str = "…";

/// Words between the parts of a German verb: "weist den Vorwurf der Gewerkschaft entschieden zurück".
const MAX_GAP_WORDS: usize = 14;

/// How many of `words` the rest of a phrase takes, where they begin with it.
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

/// The effect of the longest stem that the word begins with.
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
