//! Who does it to whom: what one pays the other, and in the other version the other the one.

use std::rc::Rc;

use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::super::version::Version;
use super::value::is_value;
use super::{Draft, Example, Makes, Rule, place};
use crate::align::Relation;
use crate::claims::{Deed, Value, deeds};
use crate::segment;
use crate::text::{Sides, Span, Which};

pub(super) const RULE: Rule = Rule {
    name: "agent_patient",
    finds: "A deed such as to pay, lend, sue or accuse whose two sides have changed places.",
    matters: "Always high.",
    makes: &[Makes {
        kind: Kind::Statement,
        severities: &[Severity::High],
        examples: &[Example {
            text: "Last year the manufacturer paid the hospital 2.4 million euros.",
            fires: "Im vergangenen Jahr zahlte das Krankenhaus dem Hersteller 2,4 Millionen Euro.",
            silent: "Im vergangenen Jahr zahlte der Hersteller dem Krankenhaus 2,4 Millionen Euro.",
        }],
    }],
    check,
};

/// Information in nats from which a word can be one of the two, and mean cosine from which it is the same on both sides.
const TELLS: f32 = 9.0;
const NEAR: f32 = 0.5;

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    let same = |g: &usize| pair.parallel || pair.groups[*g].relation == Relation::Equivalent;
    (0..pair.groups.len()).filter(same).flat_map(|group| changed(pair, group)).collect()
}

/// A deed, the sentence it stands in and that sentence's words, in the version's text.
struct Done {
    sentence: usize,
    words: Rc<[Span]>,
    deed: Deed,
}

fn changed(pair: &Pair<'_>, group: usize) -> Vec<Draft> {
    let Sides { a, b } = Sides::from_fn(|which| {
        let version = pair.version(which);
        let of = |sentence: usize| {
            let (text, start) = (version.text_of(sentence), version.sentences[sentence].span.start);
            let words: Rc<[Span]> = segment::words(text).map(|word| word.shifted(start)).collect();
            let deeds = deeds(text, version.lang_of(sentence)).into_iter();
            deeds.map(move |deed| Done { sentence, words: words.clone(), deed })
        };
        pair.sentences_of(group, which).iter().flat_map(|sentence| of(*sentence)).collect::<Vec<_>>()
    });
    // Of two that pay it is not known which is which.
    let only = |all: &[Done], what: &str| all.iter().filter(|done| done.deed.what == what).count() == 1;
    let couples = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    couples
        .filter(|(x, y)| x.deed.what == y.deed.what && only(&a, x.deed.what) && only(&b, y.deed.what))
        .filter(|(x, y)| is_turned(pair, x, y))
        .map(|(x, y)| {
            let places = [(pair.a, x), (pair.b, y)].map(|(version, done)| {
                let start = version.sentences[done.sentence].span.start;
                place(done.sentence, done.deed.span.shifted(start), None)
            });
            let kind = (Kind::Statement, Severity::High);
            Draft::became(pair, Change::Altered, kind, places, "who does it and to whom have changed places")
        })
        .collect()
}

/// Whether who does it in one version is whom it is done to in the other: both of them, or one that is named.
fn is_turned(pair: &Pair<'_>, a: &Done, b: &Done) -> bool {
    let mut links = linked(pair, Which::A, a, b);
    links.extend(linked(pair, Which::B, b, a).into_iter().map(|(b, a, named)| (a, b, named)));
    let any = |of_a: &[usize], of_b: &[usize], also: fn(bool) -> bool| {
        links.iter().any(|(x, y, named)| of_a.contains(x) && of_b.contains(y) && also(*named))
    };
    let straight = any(&a.deed.by, &b.deed.by, |_| true) || any(&a.deed.to, &b.deed.to, |named| named);
    let crossed = |also| [any(&a.deed.by, &b.deed.to, also), any(&a.deed.to, &b.deed.by, also)];
    let both = crossed(|_| true) == [true; 2];
    let told = names_one(pair.a, a) && names_one(pair.b, b);
    !straight && (both || told && crossed(|named| named) != [false; 2])
}

/// The words of a deed that lead to words of the other sentence, and whether they are of one name.
fn linked(pair: &Pair<'_>, which: Which, own: &Done, other: &Done) -> Vec<(usize, usize, bool)> {
    let links = pair.links_of(which, own.sentence);
    let version = pair.version(which);
    let found = own.deed.by.iter().chain(&own.deed.to).filter_map(|k| {
        let (link, span) = (&links[*k], own.words[*k]);
        let (sentence, word) = pair.place_of(which.other(), link.to?)?;
        let is_figure = version
            .claims
            .iter()
            .any(|c| c.sentence == own.sentence && is_value(c) && c.claim.span.overlaps(span));
        let is_same = link.same || link.mutual && link.both >= NEAR;
        let tells = link.info >= TELLS && is_same && !is_figure && sentence == other.sentence;
        tells.then(|| (*k, word, link.same && is_name(version, span)))
    });
    found.collect()
}

/// Whether the one who does it is named.
fn names_one(version: &Version, done: &Done) -> bool {
    done.deed.by.iter().any(|k| is_name(version, done.words[*k]))
}

fn is_name(version: &Version, span: Span) -> bool {
    version.claims.iter().any(|c| matches!(c.claim.value, Value::Name(_)) && c.claim.span.overlaps(span))
}
