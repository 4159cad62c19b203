//! Where two versions make use of a glossary.

use std::collections::{BTreeSet, HashMap};

use super::super::garble::words;
use super::super::version::Version;
use super::{Entry, Glossary, forms};
use crate::text::Span;

/// The places of one version that an entry has a form for.
#[derive(Debug, Default)]
pub(in crate::divergence) struct Allowed {
    /// In the order of the text.
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    /// Number of the entry; names come after the terms.
    entry: usize,
    sentence: usize,
    span: Span,
}

impl Allowed {
    /// All forms of a glossary in a version. Linear in the text.
    pub(in crate::divergence) fn of(version: &Version, glossary: &Glossary) -> Self {
        let lang = version.article.lang;
        let mut by_first: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
        let entries: Vec<&Entry> = glossary.terms.iter().chain(&glossary.names).collect();
        for (entry, form) in entries.iter().enumerate().flat_map(|(k, e)| forms(e, lang).map(move |f| (k, f)))
        {
            let form: Vec<String> = words(form).iter().map(|word| word.bare(false).to_owned()).collect();
            if let Some(first) = form.first() {
                by_first.entry(first.clone()).or_default().push((entry, form));
            }
        }
        let mut places = Vec::new();
        if by_first.is_empty() {
            return Self { places };
        }
        for sentence in &version.told {
            let text = version.text_of(*sentence);
            let start = version.sentences[*sentence].span.start;
            let own = words(text);
            for (k, word) in own.iter().enumerate() {
                for (entry, form) in by_first.get(word.bare(false)).into_iter().flatten() {
                    let fits = own.len() >= k + form.len()
                        && own[k..].iter().zip(form).all(|(word, form)| word.bare(false) == form);
                    if fits {
                        let span =
                            Span::new(word.span.start, own[k + form.len() - 1].span.end).shifted(start);
                        places.push(Place { entry: *entry, sentence: *sentence, span });
                    }
                }
            }
        }
        Self { places }
    }

    fn entries_in(&self, sentences: &[usize]) -> BTreeSet<usize> {
        self.places.iter().filter(|p| sentences.contains(&p.sentence)).map(|p| p.entry).collect()
    }

    /// The places in `own` sentences for which these sentences of the other version have a form of the same entry.
    pub(in crate::divergence) fn facing(&self, own: &[usize], other: &Self, others: &[usize]) -> Vec<Span> {
        let facing = other.entries_in(others);
        let places = self.places.iter().filter(|p| own.contains(&p.sentence) && facing.contains(&p.entry));
        places.map(|p| p.span).collect()
    }

    /// Whether the words at `span` are a form of an entry that stands anywhere in the other version.
    pub(in crate::divergence) fn anywhere(&self, span: Span, other: &Self) -> bool {
        let mut own = self.places.iter().filter(|p| p.span.overlaps(span));
        own.any(|p| other.places.iter().any(|o| o.entry == p.entry))
    }
}
