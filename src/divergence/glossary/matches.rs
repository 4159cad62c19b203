//! The occurrences of glossary entries in two versions.

use std::collections::{BTreeSet, HashMap};

use super::super::version::Version;
use super::equivalents::{Glossary, GlossaryEntry, forms_in_language};
use crate::segment::folded_words;
use crate::text::Span;

/// The occurrences of glossary forms in one version.
#[derive(Debug, Default)]
pub(crate) struct GlossaryMatches {
    /// In the order of the text.
    places: Vec<FormPlace>,
    /// Numbers of the entries that occur.
    entries: BTreeSet<usize>,
}

#[derive(Clone, Copy, Debug)]
struct FormPlace {
    /// Number of the entry; terms come first, then names.
    entry: usize,
    sentence: usize,
    span: Span,
}

impl GlossaryMatches {
    /// Finds all forms of a glossary in a version, in time linear in the text.
    pub(crate) fn find_forms(version: &Version, glossary: &Glossary) -> Self {
        let lang = version.article.lang;
        let mut by_first: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
        let entries: Vec<&GlossaryEntry> = glossary.terms.iter().chain(&glossary.names).collect();
        for (entry, form) in
            entries.iter().enumerate().flat_map(|(k, e)| forms_in_language(e, lang).map(move |f| (k, f)))
        {
            let form: Vec<String> =
                folded_words(form).iter().map(|word| word.bare_form(false).to_owned()).collect();
            if let Some(first) = form.first() {
                by_first.entry(first.clone()).or_default().push((entry, form));
            }
        }
        if by_first.is_empty() {
            return Self::default();
        }
        let mut places: Vec<FormPlace> = Vec::new();
        for sentence in &version.compared_sentences {
            let text = version.sentence_text(*sentence);
            let start = version.sentences[*sentence].span.start;
            let own = folded_words(text);
            for (k, word) in own.iter().enumerate() {
                for (entry, form) in by_first.get(word.bare_form(false)).into_iter().flatten() {
                    let fits = own.len() >= k + form.len()
                        && own[k..].iter().zip(form).all(|(word, form)| word.bare_form(false) == form);
                    if fits {
                        let span =
                            Span::new(word.span.start, own[k + form.len() - 1].span.end).shifted_by(start);
                        places.push(FormPlace { entry: *entry, sentence: *sentence, span });
                    }
                }
            }
        }
        let entries = places.iter().map(|place| place.entry).collect();
        Self { places, entries }
    }

    /// The occurrences in a sentence.
    fn places_in(&self, sentence: usize) -> &[FormPlace] {
        let first = self.places.partition_point(|p| p.sentence < sentence);
        let after = self.places.partition_point(|p| p.sentence <= sentence);
        &self.places[first..after]
    }

    /// The spans in the sentences `own` for which the sentences `others` of the other version have a form of the same
    /// entry.
    pub(crate) fn facing_spans(&self, own: &[usize], other: &Self, others: &[usize]) -> Vec<Span> {
        let facing: BTreeSet<usize> =
            others.iter().flat_map(|k| other.places_in(*k)).map(|p| p.entry).collect();
        let places = own.iter().flat_map(|k| self.places_in(*k)).filter(|p| facing.contains(&p.entry));
        places.map(|p| p.span).collect()
    }

    /// Whether the words at `span` of a sentence are a form of an entry that occurs anywhere in the other version.
    pub(crate) fn has_equivalent(&self, sentence: usize, span: Span, other: &Self) -> bool {
        let mut own = self.places_in(sentence).iter().filter(|p| p.span.overlaps_span(span));
        own.any(|p| other.entries.contains(&p.entry))
    }
}
