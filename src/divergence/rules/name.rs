//! Names that became other names.

use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::super::version::{Stated, Version};
use super::{Draft, Example, Makes, Rule, place};
use crate::claims::Value;
use crate::claims::name::{NameValue, same_name};
use crate::text::{Sides, Which};
use crate::words::each_once;

pub(super) const RULE: Rule = Rule {
    name: "name",
    finds: "A name that stands nowhere in the other version, in a sentence whose partner has a name that stands \
            nowhere in this one.",
    matters: "Medium where no dictionary holds the names, or only the family name stayed; low where the words \
            may have been translated.",
    makes: &[Makes {
        kind: Kind::Name,
        severities: &[Severity::Medium, Severity::Low],
        examples: &[
            Example {
                text: "The report was written by Ada Holm and her students.",
                fires: "Der Bericht wurde von Eva Holm und ihren Studenten geschrieben.",
                silent: "Der Bericht wurde von Ada Holm und ihren Studenten geschrieben.",
            },
            Example {
                text: "Minister Ada Holm arrived in Munich in the evening.",
                fires: "Ministerin Ada Holm traf am Abend in Hamburg ein.",
                silent: "Ministerin Ada Holm traf am Abend in München ein.",
            },
        ],
    }],
    check,
};

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let unknown = Sides::from_fn(|which| unknown(pair, which));
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let open = |which: Which| {
            let sentences = pair.sentences_of(group, which);
            unknown[which].iter().copied().filter(|c| sentences.contains(&c.sentence)).collect::<Vec<_>>()
        };
        drafts
            .extend(couples(pair, &open(Which::A), &open(Which::B)).filter_map(|(a, b)| swapped(pair, a, b)));
    }
    drafts
}

/// Each open name with the one that may stand in its place: the most alike first, then in order.
fn couples<'a>(
    pair: &Pair<'a>,
    a: &[&'a Stated],
    b: &[&'a Stated],
) -> impl Iterator<Item = (&'a Stated, &'a Stated)> {
    let text = |version: &Version, stated: &Stated| stated.claim.span.of(&version.article.text).to_owned();
    let mut near = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let (x, y) = (text(pair.a, x), text(pair.b, y));
            let as_rare = pair.is_proper(&x) == pair.is_proper(&y);
            near.push((likeness(&x, &y), !as_rare, i.abs_diff(j), i + j, i, j));
        }
    }
    near.sort_unstable();
    each_once(near.into_iter().map(|(.., i, j)| (i, j))).into_iter().map(|(i, j)| (a[i], b[j]))
}

/// The names of one version that the other one has in no form.
fn unknown<'a>(pair: &Pair<'a>, which: Which) -> Vec<&'a Stated> {
    let (own, other) = (pair.version(which), pair.version(which.other()));
    let named = |version: &Version| -> Vec<(usize, NameValue)> {
        let names = version.claims.iter().enumerate().filter_map(|(k, c)| match &c.claim.value {
            Value::Name(name) => Some((k, NameValue::new(name, version.article.lang))),
            _ => None,
        });
        names.collect()
    };
    let (names, others) = (named(own), named(other));
    let words = |version: &Version, k: usize| -> Vec<String> {
        version.claims[k].claim.span.of(&version.article.text).split_whitespace().map(str::to_owned).collect()
    };
    // "Hale" may be Dorrit Hale, unless the other version has a Doris Hale.
    let known = |k: usize, name: &NameValue| {
        let full = words(own, k);
        let whole = |o: usize| words(other, o).len() > 1 && words(other, o).last() == full.last();
        let only_whole = full.len() > 1 && others.iter().any(|(o, _)| whole(*o));
        others.iter().any(|(o, other)| (!only_whole || whole(*o)) && same_name(name, other))
    };
    let text = other.article.text.to_lowercase();
    names
        .into_iter()
        .filter(|(k, name)| !known(*k, name))
        .map(|(k, _)| &own.claims[k])
        .filter(|c| !text.contains(&c.claim.span.of(&own.article.text).to_lowercase()))
        .filter(|c| !pair.allows_name(which, c))
        .collect()
}

/// What one name has in common with the one that stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// One abbreviates the other: Fb, Facebook.
    Short,
    /// Only the last word is the same: another person of that family.
    Ending,
    /// They begin alike, as names of firms and papers do that lost a word to a translator or a synonym table.
    Beginning,
    /// Nothing.
    Nothing,
}

/// What two names have in common.
pub(crate) fn likeness(a: &str, b: &str) -> Likeness {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (words(a), words(b));
    let same = |x: Option<&String>, y: Option<&String>| x.is_some() && x == y;
    let short =
        a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x == y || abbreviates(x, y) || abbreviates(y, x));
    if short {
        Likeness::Short
    } else if same(a.first(), b.first()) || a.iter().any(|w| b.contains(w) && Some(w) != a.last()) {
        Likeness::Beginning
    } else if same(a.last(), b.last()) {
        Likeness::Ending
    } else {
        Likeness::Nothing
    }
}

/// Whether the letters of `short` stand in `long` in this order, from the same first letter.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.len() < long.len()
        && short.chars().next() == long.chars().next()
        && short.chars().all(|s| letters.any(|l| l == s))
}

fn swapped(pair: &Pair<'_>, a: &Stated, b: &Stated) -> Option<Draft> {
    let (text_a, text_b) = (a.claim.span.of(&pair.a.article.text), b.claim.span.of(&pair.b.article.text));
    let severity = match likeness(text_a, text_b) {
        Likeness::Short => return None,
        Likeness::Ending => Severity::Medium,
        // Words of the language are translated and replaced; only what no dictionary holds has to stay.
        Likeness::Nothing if pair.is_proper(text_a) && pair.is_proper(text_b) => Severity::Medium,
        Likeness::Nothing | Likeness::Beginning => Severity::Low,
    };
    let at = |c: &Stated| place(c.sentence, c.claim.span, Some(c.claim.value.clone()));
    let what = "neither name stands in the other version";
    Some(Draft::became(pair, Change::Altered, (Kind::Name, severity), [at(a), at(b)], what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_have_in_common() {
        assert_eq!(likeness("Fb Watch", "Facebook Watch"), Likeness::Short);
        assert_eq!(likeness("Harbour Office", "Harbour Workplace"), Likeness::Beginning);
        assert_eq!(likeness("Ada Holm", "Eva Holm"), Likeness::Ending);
        assert_eq!(likeness("Ada Holm", "Eva Lund"), Likeness::Nothing);
    }
}
