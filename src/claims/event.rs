//! Who does what to whom, as far as word order, case and small words show it: pay, lend, sue, accuse.
//!
//! No parser: the voice, relatives and German articles place most participants, and where they do not, nothing is said.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::Deserialize;

use crate::lang::PerLanguage;
use crate::segment::{self, clauses};
use crate::text::{Lang, Span};

/// Something that one does to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What is done; the same name in every language: `pay`.
    pub what: &'static str,
    /// Where its clause stands in the text.
    pub span: Span,
    /// The words, counted through the text as [`segment::words`] does, among which the one who does it is.
    pub by: Vec<usize>,
    /// Those among which the one is whom it is done to.
    pub to: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    passive: Vec<String>,
    reach: usize,
    by: Vec<String>,
    from: Vec<String>,
    to_relative: Vec<String>,
    relative: Vec<String>,
    aside: Vec<String>,
    object: Vec<String>,
    free: bool,
    infinitive: Vec<String>,
    deed: BTreeMap<String, Forms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    does: Vec<String>,
    done: Vec<String>,
    gets: Vec<String>,
}

/// What a form says of its subject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// That it does the deed.
    Does,
    /// The same, or in the passive that it is done to it.
    Done,
    /// That it is done to it: receive, borrow, buy.
    Gets,
}

struct Data {
    file: File,
    verbs: HashMap<String, (&'static str, Form)>,
}

fn read(source: &str) -> Data {
    let mut file: File =
        toml::from_str(source).unwrap_or_else(|error| panic!("deeds shipped with claimdiff: {error}"));
    let mut verbs = HashMap::new();
    for (what, forms) in std::mem::take(&mut file.deed) {
        let what: &'static str = what.leak();
        for (list, form) in [(forms.does, Form::Does), (forms.done, Form::Done), (forms.gets, Form::Gets)] {
            verbs.extend(list.into_iter().map(|word| (word, (what, form))));
        }
    }
    Data { file, verbs }
}

static DATA: PerLanguage<Data> = PerLanguage::new(|language| read(language.events));

/// Words before a relative among which that is which it stands for.
const ANTECEDENT: usize = 5;

/// Words behind a verb, or behind "by", among which a participant is.
const BEHIND: usize = 8;
const BEHIND_BY: usize = 4;

/// The deeds of a sentence, in order; empty for a language without data.
#[must_use]
pub fn deeds(text: &str, lang: Lang) -> Vec<Deed> {
    let Some(data) = DATA.get(lang) else { return Vec::new() };
    let spans: Vec<Span> = segment::words(text).collect();
    let words: Vec<String> = spans.iter().map(|w| w.of(text).to_lowercase().replace('’', "'")).collect();
    let capital: Vec<bool> = spans.iter().map(|w| w.of(text).starts_with(char::is_uppercase)).collect();
    let mut found = Vec::new();
    for clause in clauses(text, &spans) {
        for verb in clause.clone() {
            let Some((what, form)) = data.verbs.get(&words[verb]).copied() else { continue };
            let reading =
                Reading { file: &data.file, words: &words, capital: &capital, clause: clause.clone(), verb };
            let (by, to) = reading.roles(form);
            let span = Span::new(spans[clause.start].start, spans[clause.end - 1].end);
            found.push(Deed { what, span, by, to });
        }
    }
    found
}

/// One verb in its clause.
struct Reading<'t> {
    file: &'t File,
    words: &'t [String],
    capital: &'t [bool],
    clause: Range<usize>,
    verb: usize,
}

/// Who does it, and to whom.
type Roles = (Vec<usize>, Vec<usize>);

impl Reading<'_> {
    fn roles(&self, form: Form) -> Roles {
        match form {
            Form::Gets => (self.behind(&self.file.from, self.verb + 1), self.subject()),
            Form::Done if self.is_passive() => {
                let start = if self.file.free { self.clause.start } else { self.verb + 1 };
                let by = self.behind(&self.file.by, start);
                let to = if self.file.free { self.free(self.clause.clone()) } else { self.subject() };
                let to = to.into_iter().filter(|k| !by.contains(k)).collect();
                (by, to)
            }
            _ if self.file.free => self.by_case(),
            _ => self.by_order(),
        }
    }

    fn is_passive(&self) -> bool {
        let first = self.verb.saturating_sub(self.file.reach).max(self.clause.start);
        let last = if self.file.free { self.clause.end } else { self.verb };
        // "The share paid by the company" has no auxiliary.
        let by = self.words[..self.clause.end].get(self.verb + 1);
        by.is_some_and(|word| self.file.by.contains(word))
            || self.words[first..last].iter().any(|word| self.file.passive.contains(word))
    }

    /// English and French: who does it stands before the verb, and to whom behind it.
    fn by_order(&self) -> Roles {
        let before = self.clause.start..self.verb;
        for relative in &self.file.to_relative {
            let parts: Vec<&str> = relative.split(' ').collect();
            let at = before.clone().find(|k| self.words[*k..].iter().take(parts.len()).eq(parts.iter()));
            if let Some(at) = at {
                let by = self.free(at + parts.len()..self.verb);
                return (by, (at.saturating_sub(ANTECEDENT)..at).collect());
            }
        }
        (self.subject(), self.free(self.verb + 1..(self.verb + 1 + BEHIND).min(self.clause.end)))
    }

    /// What stands before the verb, or what a relative there stands for.
    fn subject(&self) -> Vec<usize> {
        let start = self.clause.start;
        if start > 0 && start < self.verb && self.file.relative.contains(&self.words[start]) {
            return (start.saturating_sub(ANTECEDENT)..start).collect();
        }
        self.free(start..self.verb)
    }

    /// German: articles that no subject has, else the order around a verb in the middle.
    fn by_case(&self) -> Roles {
        let Range { start, end } = self.clause.clone();
        // "Dem Partner einen Kredit gewährt zu haben": who does it stands in another clause.
        let around = [self.verb.checked_sub(1), Some(self.verb + 1)].into_iter().flatten();
        if around.filter_map(|k| self.words.get(k)).any(|word| self.file.infinitive.contains(word)) {
            return (Vec::new(), self.free(start..end));
        }
        let last = self.verb + 2 >= end;
        let nouns = |range: Range<usize>| -> Vec<usize> {
            self.free(range).into_iter().filter(|k| self.capital[*k]).collect()
        };
        let antecedent = || (start.saturating_sub(ANTECEDENT)..start).collect::<Vec<_>>();
        let is_object = |k: usize| self.file.object.contains(&self.words[k]);
        if start > 0 && last && is_object(start) {
            return (nouns(start + 1..end), antecedent());
        }
        let mut to = Vec::new();
        for at in (start..end).filter(|k| is_object(*k)) {
            to.extend((at + 1..end.min(at + 4)).find(|k| self.capital[*k]));
        }
        let unmarked = |range| nouns(range).into_iter().filter(|k| !to.contains(k)).collect::<Vec<_>>();
        if start > 0 && last && self.file.relative.contains(&self.words[start]) {
            let to = if to.is_empty() { unmarked(start + 1..end) } else { to };
            return (antecedent(), to);
        }
        if !to.is_empty() {
            return (unmarked(start..end), to);
        }
        if last { (Vec::new(), Vec::new()) } else { (nouns(start..self.verb), nouns(self.verb + 1..end)) }
    }

    /// The words behind the first of these small words.
    fn behind(&self, small: &[String], start: usize) -> Vec<usize> {
        let at = (start..self.clause.end).find(|k| small.contains(&self.words[*k]));
        at.map_or_else(Vec::new, |at| {
            (at + 1..self.clause.end.min(at + 1 + BEHIND_BY)).filter(|k| *k != self.verb).collect()
        })
    }

    /// The words of a range that are not aside: up to three behind a preposition, or up to a noun or name.
    fn free(&self, range: Range<usize>) -> Vec<usize> {
        let mut free = Vec::new();
        let mut aside = 0;
        for k in range {
            if k == self.verb {
                aside = 0;
            } else if self.file.aside.contains(&self.words[k]) {
                aside = 3;
            } else if aside > 0 {
                aside = if self.capital[k] { 0 } else { aside - 1 };
            } else {
                free.push(k);
            }
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is done, by and to which of these words.
    fn read(text: &str, lang: Lang, among: &[&str]) -> Vec<String> {
        let words: Vec<Span> = segment::words(text).collect();
        let told = |of: &[usize]| {
            let words = of.iter().map(|k| words[*k].of(text)).filter(|word| among.contains(word));
            words.collect::<Vec<_>>().join(" ")
        };
        let deeds = deeds(text, lang).into_iter();
        deeds.map(|deed| format!("{} {} > {}", deed.what, told(&deed.by), told(&deed.to))).collect()
    }

    #[test]
    fn each_language_shows_who_does_it_in_its_own_way() {
        for (lang, text) in [
            (Lang::EN, "In May Kelvane paid the Hospital 2.4 million euros for the study."),
            (Lang::EN, "The Hospital was paid 2.4 million euros by Kelvane."),
            (Lang::EN, "The maker is Kelvane, which is paying the Hospital 2.4 million euros."),
            (Lang::EN, "It is the Hospital to which Kelvane is paying 2.4 million euros."),
            (Lang::EN, "The Hospital staff paid by Kelvane will stay."),
            (Lang::EN, "The Hospital received 2.4 million euros from Kelvane."),
            (Lang::DE, "Kelvane zahlte dem Hospital 2,4 Millionen Euro."),
            (Lang::DE, "Dem Hospital zahlte Kelvane 2,4 Millionen Euro."),
            (Lang::DE, "Kelvane hat dem Hospital 2,4 Millionen Euro gezahlt."),
            (Lang::DE, "Das Hospital erhielt 2,4 Millionen Euro von Kelvane."),
            (Lang::DE, "Der Hersteller ist Kelvane, der dem Hospital 2,4 Millionen Euro zahlt."),
            (Lang::DE, "Es ist das Hospital, dem Kelvane 2,4 Millionen Euro zahlt."),
            (Lang::FR, "Kelvane a versé 2,4 millions d’euros au Hospital."),
            (Lang::FR, "C’est le Hospital auquel Kelvane verse 2,4 millions d’euros."),
        ] {
            assert_eq!(read(text, lang, &["Kelvane", "Hospital"]), ["pay Kelvane > Hospital"], "{text}");
        }
        for (lang, text) in [
            (Lang::EN, "The City is suing the Builder for damages."),
            (Lang::EN, "The Builder has been sued by the City."),
            (Lang::DE, "Die City verklagt den Builder auf Schadenersatz."),
            (Lang::DE, "Den Builder verklagte die City."),
            (Lang::DE, "Der Builder wird von der City verklagt."),
            (Lang::FR, "Le Builder est poursuivi par la City."),
            (Lang::FR, "La City a poursuivi le Builder."),
        ] {
            assert_eq!(read(text, lang, &["City", "Builder"]), ["sue City > Builder"], "{text}");
        }
    }

    #[test]
    fn what_is_not_shown_is_not_said() {
        let text = "Man weiß, dass die City die Firma verklagt.";
        assert_eq!(read(text, Lang::DE, &["City", "Firma"]), ["sue  > "]);
        let text = "Kelvane bestreitet, dem Hospital Geld gezahlt zu haben.";
        assert_eq!(read(text, Lang::DE, &["Kelvane", "Hospital"]), ["pay  > Hospital"]);
        assert!(deeds("La ciudad demandó a la empresa.", Lang::UND).is_empty());
    }
}
