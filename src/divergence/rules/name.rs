//! Names that were replaced by other names.

use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::version::SentenceClaim;
use super::{Emits, FindingDraft, Rule, RuleExample, place_with_value};
use crate::claims::Value;
use crate::claims::name::{NameValue, same_name};
use crate::text::{Sides, Which};
use crate::words::assign_greedily;

pub(super) const RULE: Rule = Rule {
    name: "name",
    finds: "A name that does not appear in the other version, aligned with a name that does not appear in this one.",
    matters: "Medium where no dictionary holds the names, or only the family name stayed; low where the words \
            may have been translated.",
    emits: &[Emits {
        kind: FindingKind::Name,
        severities: &[Severity::Medium, Severity::Low],
        examples: &[
            RuleExample {
                text: "The report was written by Ada Holm and her students.",
                fires: "Der Bericht wurde von Eva Holm und ihren Studenten geschrieben.",
                silent: "Der Bericht wurde von Ada Holm und ihren Studenten geschrieben.",
            },
            RuleExample {
                text: "Minister Ada Holm arrived in Munich in the evening.",
                fires: "Ministerin Ada Holm traf am Abend in Hamburg ein.",
                silent: "Ministerin Ada Holm traf am Abend in München ein.",
            },
        ],
    }],
    check: check_names,
};

fn check_names(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    if !pair.is_parallel {
        return Vec::new();
    }
    let unknown = Sides::from_fn(|which| unknown_names(pair, which));
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let Sides { a, b } = Sides::from_fn(|which| {
            let sentences = pair.group_sentences(group, which);
            unknown[which].iter().copied().filter(|c| sentences.contains(&c.sentence)).collect::<Vec<_>>()
        });
        drafts.extend(pair_names(pair, &a, &b).filter_map(|(a, b)| draft_swapped_name(pair, a, b)));
    }
    drafts
}

/// Pairs unknown names of both sides: the most similar first, then in order.
fn pair_names<'a>(
    pair: &VersionPair<'a>,
    a: &[&'a SentenceClaim],
    b: &[&'a SentenceClaim],
) -> impl Iterator<Item = (&'a SentenceClaim, &'a SentenceClaim)> {
    let mut candidates = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let (x, y) = (pair.a.claim_text(x), pair.b.claim_text(y));
            let as_rare = pair.is_proper_name(x) == pair.is_proper_name(y);
            candidates.push((name_likeness(x, y), !as_rare, i.abs_diff(j), i + j, i, j));
        }
    }
    candidates.sort_unstable();
    assign_greedily(candidates, |(.., i, j)| (*i, *j)).into_iter().map(|(.., i, j)| (a[i], b[j]))
}

/// The names of one version that the other has in no form.
fn unknown_names<'a>(pair: &VersionPair<'a>, which: Which) -> Vec<&'a SentenceClaim> {
    let (own, other) = (pair.side_version(which), pair.side_version(which.other_side()));
    let [names, others] = [own, other].map(|version| {
        let names = version.claims.iter().filter_map(|c| match &c.claim.value {
            Value::Name(name) => Some((c, NameValue::new(name, version.article.lang))),
            _ => None,
        });
        names.collect::<Vec<_>>()
    });
    // "Hale" may be Dorrit Hale, but "Dorrit Hale" is not the Hale of a version with a Doris Hale.
    let is_known = |claim: &SentenceClaim, name: &NameValue| {
        let full: Vec<&str> = own.claim_text(claim).split_whitespace().collect();
        let is_whole = |o: &SentenceClaim| {
            let words: Vec<&str> = other.claim_text(o).split_whitespace().collect();
            words.len() > 1 && words.last() == full.last()
        };
        let only_whole = full.len() > 1 && others.iter().any(|(o, _)| is_whole(o));
        others.iter().any(|(o, other)| (!only_whole || is_whole(o)) && same_name(name, other))
    };
    let text = other.article.text.to_lowercase();
    names
        .into_iter()
        .filter(|(claim, name)| !is_known(claim, name))
        .map(|(claim, _)| claim)
        .filter(|c| !text.contains(&own.claim_text(c).to_lowercase()))
        .filter(|c| !pair.allows_name(which, c))
        .collect()
}

/// Likeness of two names, the most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameLikeness {
    /// One abbreviates the other: Fb, Facebook.
    Short,
    /// Only the last word is equal: another person of that family.
    Ending,
    /// They begin alike or share a word other than the last, as names of firms and papers do with one word translated
    /// or replaced by a synonym.
    Beginning,
    /// Nothing.
    Nothing,
}

/// Classifies the likeness of two names.
pub(crate) fn name_likeness(a: &str, b: &str) -> NameLikeness {
    let [a, b] = [a, b].map(|name| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>());
    let is_empty = a.is_empty() || b.is_empty();
    let short = a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| x == y || is_abbreviation(x, y) || is_abbreviation(y, x));
    if short {
        NameLikeness::Short
    } else if !is_empty && a.first() == b.first() || a.iter().any(|w| b.contains(w) && Some(w) != a.last()) {
        NameLikeness::Beginning
    } else if !is_empty && a.last() == b.last() {
        NameLikeness::Ending
    } else {
        NameLikeness::Nothing
    }
}

/// Whether the letters of `short` occur in `long` in this order, from the same first letter.
fn is_abbreviation(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.len() < long.len()
        && short.chars().next() == long.chars().next()
        && short.chars().all(|s| letters.any(|l| l == s))
}

fn draft_swapped_name(pair: &VersionPair<'_>, a: &SentenceClaim, b: &SentenceClaim) -> Option<FindingDraft> {
    let (text_a, text_b) = (pair.a.claim_text(a), pair.b.claim_text(b));
    let severity = match name_likeness(text_a, text_b) {
        NameLikeness::Short => return None,
        NameLikeness::Ending => Severity::Medium,
        // Dictionary words may be translated or replaced by synonyms; only proper names have to stay.
        NameLikeness::Nothing if pair.is_proper_name(text_a) && pair.is_proper_name(text_b) => {
            Severity::Medium
        }
        NameLikeness::Nothing | NameLikeness::Beginning => Severity::Low,
    };
    Some(FindingDraft::changed_claim(
        pair,
        Change::Altered,
        (FindingKind::Name, severity),
        [place_with_value(a), place_with_value(b)],
        "neither name appears in the other version",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_have_in_common() {
        assert_eq!(name_likeness("Fb Watch", "Facebook Watch"), NameLikeness::Short);
        assert_eq!(name_likeness("Harbour Office", "Harbour Workplace"), NameLikeness::Beginning);
        assert_eq!(name_likeness("Ada Holm", "Eva Holm"), NameLikeness::Ending);
        assert_eq!(name_likeness("Ada Holm", "Eva Lund"), NameLikeness::Nothing);
    }
}
