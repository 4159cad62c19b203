//! Events: predicates such as pay, lend, sue or accuse with agent and patient, by word order, case and function words.
//!
//! Without a parser: voice, relative pronouns and German articles determine most participants; an undetermined one is
//! empty.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::Deserialize;

use crate::lang::PerLanguage;
use crate::segment::{self, split_clauses};
use crate::text::{Lang, Span};

/// An event of a predicate with its agent and patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The predicate, by the same name in every language: `pay`.
    pub predicate: &'static str,
    /// The span of its clause.
    pub span: Span,
    /// Words among which the agent is, as indices into the words of [`segment::word_spans`].
    pub agent: Vec<usize>,
    /// Words among which the patient is, as the same indices.
    pub patient: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventLists {
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
    deed: BTreeMap<String, VerbForms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbForms {
    does: Vec<String>,
    done: Vec<String>,
    gets: Vec<String>,
}

/// The role of the subject of a verb form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum VerbForm {
    /// The agent.
    Active,
    /// The agent, or in the passive the patient.
    Participle,
    /// The patient: receive, borrow, buy.
    Receiving,
}

struct EventData {
    lists: EventLists,
    verbs: HashMap<String, (&'static str, VerbForm)>,
}

fn parse_event_data(source: &str) -> EventData {
    let mut file: EventLists =
        toml::from_str(source).unwrap_or_else(|error| panic!("deeds shipped with claimdiff: {error}"));
    let mut verbs = HashMap::new();
    for (predicate, forms) in std::mem::take(&mut file.deed) {
        let predicate: &'static str = predicate.leak();
        for (list, form) in [
            (forms.does, VerbForm::Active),
            (forms.done, VerbForm::Participle),
            (forms.gets, VerbForm::Receiving),
        ] {
            verbs.extend(list.into_iter().map(|word| (word, (predicate, form))));
        }
    }
    EventData { lists: file, verbs }
}

static EVENT_DATA: PerLanguage<EventData> = PerLanguage::new(|language| parse_event_data(language.events));

/// Words before a relative pronoun among which its antecedent is.
const ANTECEDENT_WORDS: usize = 5;

/// Words behind a verb among which the patient is.
const WORDS_BEHIND_VERB: usize = 8;
/// Words behind "by" among which the agent is.
const WORDS_BEHIND_BY: usize = 4;

/// The events of a sentence, in order; empty for a language without data.
#[must_use]
pub fn events(text: &str, lang: Lang) -> Vec<Event> {
    let Some(data) = EVENT_DATA.get(lang) else { return Vec::new() };
    let spans: Vec<Span> = segment::word_spans(text).collect();
    let words: Vec<String> = spans.iter().map(|w| w.slice(text).to_lowercase().replace('’', "'")).collect();
    let capital: Vec<bool> = spans.iter().map(|w| w.slice(text).starts_with(char::is_uppercase)).collect();
    let mut events = Vec::new();
    for clause in split_clauses(text, &spans) {
        for verb in clause.clone() {
            let Some((predicate, form)) = data.verbs.get(&words[verb]).copied() else { continue };
            let verb_clause = VerbClause {
                lists: &data.lists,
                words: &words,
                capital: &capital,
                clause: clause.clone(),
                verb,
            };
            let (agent, patient) = verb_clause.find_agent_patient(form);
            let span = Span::new(spans[clause.start].start, spans[clause.end - 1].end);
            events.push(Event { predicate, span, agent, patient });
        }
    }
    events
}

/// One verb in its clause.
struct VerbClause<'t> {
    lists: &'t EventLists,
    words: &'t [String],
    capital: &'t [bool],
    clause: Range<usize>,
    verb: usize,
}

/// Words of the agent, and of the patient.
type AgentPatient = (Vec<usize>, Vec<usize>);

impl VerbClause<'_> {
    fn find_agent_patient(&self, form: VerbForm) -> AgentPatient {
        match form {
            VerbForm::Receiving => (self.words_behind(&self.lists.from, self.verb + 1), self.subject_words()),
            VerbForm::Participle if self.is_passive() => {
                let start = if self.lists.free { self.clause.start } else { self.verb + 1 };
                let agent = self.words_behind(&self.lists.by, start);
                let patient = if self.lists.free {
                    self.words_without_asides(self.clause.clone())
                } else {
                    self.subject_words()
                };
                let patient = patient.into_iter().filter(|k| !agent.contains(k)).collect();
                (agent, patient)
            }
            _ if self.lists.free => self.agent_patient_by_case(),
            _ => self.agent_patient_by_order(),
        }
    }

    fn is_passive(&self) -> bool {
        let first = self.verb.saturating_sub(self.lists.reach).max(self.clause.start);
        let last = if self.lists.free { self.clause.end } else { self.verb };
        // "The share paid by the company" has no auxiliary.
        let next_word = self.words[..self.clause.end].get(self.verb + 1);
        next_word.is_some_and(|word| self.lists.by.contains(word))
            || self.words[first..last].iter().any(|word| self.lists.passive.contains(word))
    }

    /// English and French: the agent precedes the verb, and the patient follows it.
    fn agent_patient_by_order(&self) -> AgentPatient {
        let before = self.clause.start..self.verb;
        for relative in &self.lists.to_relative {
            let parts: Vec<&str> = relative.split(' ').collect();
            let at = before.clone().find(|k| self.words[*k..].iter().take(parts.len()).eq(parts.iter()));
            if let Some(at) = at {
                let agent = self.words_without_asides(at + parts.len()..self.verb);
                return (agent, (at.saturating_sub(ANTECEDENT_WORDS)..at).collect());
            }
        }
        (
            self.subject_words(),
            self.words_without_asides(
                self.verb + 1..(self.verb + 1 + WORDS_BEHIND_VERB).min(self.clause.end),
            ),
        )
    }

    /// The words before the verb, or the antecedent of a relative pronoun there.
    fn subject_words(&self) -> Vec<usize> {
        let start = self.clause.start;
        if start > 0 && start < self.verb && self.lists.relative.contains(&self.words[start]) {
            return (start.saturating_sub(ANTECEDENT_WORDS)..start).collect();
        }
        self.words_without_asides(start..self.verb)
    }

    /// German: by articles that no subject has, else by the order around a verb inside the clause.
    fn agent_patient_by_case(&self) -> AgentPatient {
        let Range { start, end } = self.clause.clone();
        // "Dem Partner einen Kredit gewährt zu haben": the agent is in another clause.
        let around = [self.verb.checked_sub(1), Some(self.verb + 1)].into_iter().flatten();
        if around.filter_map(|k| self.words.get(k)).any(|word| self.lists.infinitive.contains(word)) {
            return (Vec::new(), self.words_without_asides(start..end));
        }
        let last = self.verb + 2 >= end;
        let antecedent: Vec<usize> = (start.saturating_sub(ANTECEDENT_WORDS)..start).collect();
        if start > 0 && last && self.is_object_article(start) {
            return (self.nouns(start + 1..end), antecedent);
        }
        let mut patient = Vec::new();
        for at in (start..end).filter(|k| self.is_object_article(*k)) {
            patient.extend((at + 1..end.min(at + 4)).find(|k| self.capital[*k]));
        }

        if start > 0 && last && self.lists.relative.contains(&self.words[start]) {
            let patient = if patient.is_empty() { self.nouns(start + 1..end) } else { patient };
            return (antecedent, patient);
        }
        if !patient.is_empty() {
            let agent = self.nouns(start..end).into_iter().filter(|k| !patient.contains(k)).collect();
            return (agent, patient);
        }
        if last {
            (Vec::new(), Vec::new())
        } else {
            (self.nouns(start..self.verb), self.nouns(self.verb + 1..end))
        }
    }

    /// The capitalised words of a range, without asides.
    fn nouns(&self, range: Range<usize>) -> Vec<usize> {
        self.words_without_asides(range).into_iter().filter(|k| self.capital[*k]).collect()
    }

    fn is_object_article(&self, k: usize) -> bool {
        self.lists.object.contains(&self.words[k])
    }

    /// The words behind the first of these function words.
    fn words_behind(&self, markers: &[String], start: usize) -> Vec<usize> {
        let at = (start..self.clause.end).find(|k| markers.contains(&self.words[*k]));
        at.map_or_else(Vec::new, |at| {
            (at + 1..self.clause.end.min(at + 1 + WORDS_BEHIND_BY)).filter(|k| *k != self.verb).collect()
        })
    }

    /// The words of a range without asides: up to three words behind a preposition, or up to a noun or name.
    fn words_without_asides(&self, range: Range<usize>) -> Vec<usize> {
        let mut words = Vec::new();
        let mut aside = 0;
        for k in range {
            if k == self.verb {
                aside = 0;
            } else if self.lists.aside.contains(&self.words[k]) {
                aside = 3;
            } else if aside > 0 {
                aside = if self.capital[k] { 0 } else { aside - 1 };
            } else {
                words.push(k);
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Predicate, agents and patients as text, with the words of `among` alone.
    fn event_lines(text: &str, lang: Lang, among: &[&str]) -> Vec<String> {
        let words: Vec<Span> = segment::word_spans(text).collect();
        let joined_words = |of: &[usize]| {
            let words = of.iter().map(|k| words[*k].slice(text)).filter(|word| among.contains(word));
            words.collect::<Vec<_>>().join(" ")
        };
        let events = events(text, lang).into_iter();
        events
            .map(|event| {
                format!(
                    "{} {} > {}",
                    event.predicate,
                    joined_words(&event.agent),
                    joined_words(&event.patient)
                )
            })
            .collect()
    }

    #[test]
    fn each_language_marks_agent_and_patient() {
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
            assert_eq!(
                event_lines(text, lang, &["Kelvane", "Hospital"]),
                ["pay Kelvane > Hospital"],
                "{text}"
            );
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
            assert_eq!(event_lines(text, lang, &["City", "Builder"]), ["sue City > Builder"], "{text}");
        }
    }

    #[test]
    fn undetermined_participants_are_empty() {
        let text = "Man weiß, dass die City die Firma verklagt.";
        assert_eq!(event_lines(text, Lang::DE, &["City", "Firma"]), ["sue  > "]);
        let text = "Kelvane bestreitet, dem Hospital Geld gezahlt zu haben.";
        assert_eq!(event_lines(text, Lang::DE, &["Kelvane", "Hospital"]), ["pay  > Hospital"]);
        assert!(events("La ciudad demandó a la empresa.", Lang::UND).is_empty());
    }
}
