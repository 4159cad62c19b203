//! Figures, amounts, dates and times: compared by value, first in the sentences that go together, then in the whole
//! other version.

use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::super::unclear::{Reason, Unclear};
use super::super::version::{Stated, Version};
use super::quantifier::is_share;
use super::{Draft, Example, Makes, Rule, place, shown};
use crate::claims::{self, Date, Sameness, Unit, Value, compare, figure, near, same};
use crate::text::{Sides, Which};
use crate::words::each_once;

pub(super) const RULE: Rule = Rule {
    name: "value",
    finds: "An amount, figure, percentage, rank, date or length of time that is another one in the sentence that \
            goes with its own, or stands nowhere in the other version.",
    matters: "Money is high, the rest medium. Low are an \"about\" that came or went, and a rank, a length of \
            time or a count under ten that the other version leaves out.",
    makes: &[
        Makes {
            kind: Kind::Money,
            severities: &[Severity::High, Severity::Low],
            examples: &[Example {
                text: "The yard received 1.5 billion euros.",
                fires: "Die Werft erhielt 1,5 Millionen Euro.",
                silent: "Die Werft erhielt 1,5 Milliarden Euro.",
            }],
        },
        Makes {
            kind: Kind::Quantity,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[Example {
                text: "The flood destroyed 12,500 houses in the valley.",
                fires: "Das Hochwasser zerstörte 15.200 Häuser im Tal.",
                silent: "Das Hochwasser zerstörte 12.500 Häuser im Tal.",
            }],
        },
        Makes {
            kind: Kind::Percent,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[Example {
                text: "Rents in the city rose by 7.5 per cent last year.",
                fires: "Die Mieten in der Stadt stiegen im vergangenen Jahr um 75 Prozent.",
                silent: "Die Mieten in der Stadt stiegen im vergangenen Jahr um 7,5 %.",
            }],
        },
        Makes {
            kind: Kind::Ordinal,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[Example {
                text: "It was the third accident on this line.",
                fires: "Es war der vierte Unfall auf dieser Strecke.",
                silent: "Es war der dritte Unfall auf dieser Strecke.",
            }],
        },
        Makes {
            kind: Kind::Date,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[Example {
                text: "The old bridge was closed on March 3, 2021.",
                fires: "Die alte Brücke wurde am 5. März 2021 gesperrt.",
                silent: "Die alte Brücke wurde am 3.3.2021 gesperrt.",
            }],
        },
        Makes {
            kind: Kind::Duration,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[Example {
                text: "The repairs of the old bridge took two weeks.",
                fires: "Die Reparatur der alten Brücke dauerte zwei Monate.",
                silent: "Die Reparatur der alten Brücke dauerte 14 Tage.",
            }],
        },
    ],
    check,
};

/// Where a value's equal was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Nowhere,
    Elsewhere,
    InPlace,
}

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    let found = found(pair);
    let mut told = Sides::new(pair.a, pair.b).map(|version| vec![false; version.claims.len()]);
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let open = |which: Which, told: &Sides<Vec<bool>>| -> Vec<usize> {
            let claims = &pair.version(which).claims;
            pair.claim_numbers_in(group, which)
                .filter(|k| is_value(&claims[*k]))
                .filter(|k| found[which][*k] < Found::InPlace && !told[which][*k])
                .collect()
        };
        for (a, b) in couples(pair, &open(Which::A, &told), &open(Which::B, &told)) {
            told.a[a] = true;
            told.b[b] = true;
            let both_elsewhere = found.a[a] == Found::Elsewhere && found.b[b] == Found::Elsewhere;
            let (a, b) = (&pair.a.claims[a], &pair.b.claims[b]);
            // In texts that only share an event the figures of one sentence often stand in another one.
            if pair.parallel || !both_elsewhere {
                drafts.extend(altered(pair, a, b));
            }
        }
    }
    for which in Which::BOTH {
        for (k, stated) in pair.version(which).claims.iter().enumerate() {
            let lost = found[which][k] == Found::Nowhere && !told[which][k];
            // What stands in a sentence without a partner goes with that sentence.
            if is_value(stated) && lost && !pair.groups_of(which, stated.sentence).is_empty() {
                drafts.push(lost_value(pair.version(which), which, stated));
            }
        }
    }
    drafts
}

/// Shares are the business of the rule for quantifiers.
pub(crate) fn is_value(stated: &Stated) -> bool {
    !matches!(stated.claim.kind, claims::Kind::Name | claims::Kind::Quote) && !is_share(&stated.claim)
}

/// Where each claim of either side has its equal on the other. In the sentences that go together each claim is the equal
/// of one other at most, so that of two "third" and one only one is there. An equal in a neighbour of those sentences
/// counts as in place too, for a sentence boundary may lie elsewhere.
fn found(pair: &Pair<'_>) -> Sides<Vec<Found>> {
    let claims = Sides::from_fn(|which| &pair.version(which).claims[..]);
    let equal = |a: usize, b: usize| {
        let (a, b) = (&claims.a[a], &claims.b[b]);
        equal(a, b) || is_value(a) && is_value(b) && pair.allows_values(&a.claim.value, &b.claim.value)
    };
    // Where "last year" has its equal, it is no excuse for "8 May 2025" elsewhere.
    let may_be = |a: usize, b: usize| {
        compare(&claims.a[a].claim.value, &claims.b[b].claim.value) == Sameness::Compatible
    };
    let mut found = claims.map(|claims| vec![Found::Nowhere; claims.len()]);
    let mut taken = claims.map(|claims| vec![false; claims.len()]);
    for group in 0..pair.groups.len() {
        let Sides { a: of_a, b: of_b } = Sides::from_fn(|which| placed(pair, group, which));
        let all = of_a.iter().flat_map(|a| of_b.iter().map(move |b| (a, b)));
        let mut near: Vec<(bool, f64, usize, usize)> = all
            .filter(|(a, b)| equal(a.0, b.0))
            .map(|(a, b)| (may_be(a.0, b.0), (a.1 - b.1).abs(), a.0, b.0))
            .collect();
        // Pairs of one sum share no claim, so that the order of the two sides does not matter.
        near.sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then((x.2 + x.3).cmp(&(y.2 + y.3))));
        for (a, b) in each_once(near.into_iter().map(|(_, _, a, b)| (a, b))) {
            (taken.a[a], taken.b[b]) = (true, true);
            (found.a[a], found.b[b]) = (Found::InPlace, Found::InPlace);
        }
    }
    for a in 0..claims.a.len() {
        // "The second" may be "two" in the same sentence, hardly in another one.
        let ordinal = |stated: &Stated| stated.claim.kind == claims::Kind::Ordinal;
        let alike = |b: &usize| ordinal(&claims.a[a]) == ordinal(&claims.b[*b]) && equal(a, *b);
        for b in (0..claims.b.len()).filter(alike) {
            let free = !taken.a[a] && !taken.b[b];
            let beside = free && is_beside(pair, claims.a[a].sentence, claims.b[b].sentence);
            let to = if beside { Found::InPlace } else { Found::Elsewhere };
            let excuses = |by: &Stated| free || !may_be(a, b) || !is_vague(by);
            if excuses(&claims.b[b]) {
                found.a[a] = found.a[a].max(to);
            }
            if excuses(&claims.a[a]) {
                found.b[b] = found.b[b].max(to);
            }
        }
    }
    found
}

/// Whether it names a month or more, told from a day that may not be known: "last year" may be any date.
fn is_vague(stated: &Stated) -> bool {
    matches!(stated.claim.value, Value::Relative { unit: Unit::Month | Unit::Year, .. })
}

/// Times told from a day that is not known, beside the dates that they may be.
pub(crate) fn times_without_their_day(pair: &Pair<'_>) -> Vec<Unclear> {
    let mut all = Vec::new();
    for group in 0..pair.groups.len() {
        let times = |which: Which| {
            let told_from =
                |c: &&Stated| matches!(c.claim.value, Value::Relative { .. } | Value::Weekday { .. });
            pair.claims_in(group, which).filter(told_from)
        };
        for which in Which::BOTH {
            for own in times(which).filter(|_| times(which.other()).next().is_none()) {
                let may_be = |c: &&Stated| {
                    matches!(c.claim.value, Value::Date(_))
                        && compare(&own.claim.value, &c.claim.value) == Sameness::Compatible
                };
                let Some(date) = pair.claims_in(group, which.other()).find(may_be) else { continue };
                let [own, date] =
                    [own, date].map(|c| place(c.sentence, c.claim.span, Some(c.claim.value.clone())));
                all.push(Unclear::of(Kind::Date, which, own, Some(date), Reason::Day));
            }
        }
    }
    all
}

/// The claims of one side of a group, each with its place in it, 0 to 1.
fn placed(pair: &Pair<'_>, group: usize, which: Which) -> Vec<(usize, f64)> {
    let (version, sentences) = (pair.version(which), pair.sentences_of(group, which));
    let span = |k: usize| version.sentences[k].span;
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return Vec::new() };
    let (start, length) = (span(*first).start, (span(*last).end - span(*first).start).max(1));
    let place = |k: usize| version.claims[k].claim.span.start.saturating_sub(start) as f64 / length as f64;
    pair.claim_numbers_in(group, which).map(|k| (k, place(k))).collect()
}

/// Whether one of two sentences is a neighbour of one that the other goes with.
fn is_beside(pair: &Pair<'_>, a: usize, b: usize) -> bool {
    let beside = |which: Which, own: usize, other: usize| {
        let mut groups = pair.groups_of(which, own).iter();
        groups.any(|g| pair.sentences_of(*g, which.other()).iter().any(|s| s.abs_diff(other) <= 1))
    };
    beside(Which::A, a, b) || beside(Which::B, b, a)
}

/// Whether two claims tell the same value: also three quarters and 75 per cent.
pub(crate) fn equal(a: &Stated, b: &Stated) -> bool {
    let percent_of = |percent: &Stated, share: &Stated| {
        percent.claim.kind == claims::Kind::Percent
            && is_share(&share.claim)
            && share.claim.range.is_none()
            && matches!((figure(&percent.claim.value), figure(&share.claim.value)), (Some(p), Some(s)) if near(p, s * 100.0, 0.005))
    };
    // A spinner makes other words of "percentage points", but leaves "per cent" alone.
    let is_percent = |stated: &Stated| {
        stated.claim.kind == claims::Kind::Percent
            && matches!(stated.claim.value, Value::Number { unit: None, .. })
    };
    let same =
        is_value(a) && is_value(b) && is_percent(a) == is_percent(b) && same(&a.claim.value, &b.claim.value);
    same || percent_of(a, b) || percent_of(b, a)
}

/// Pairs the open values of a group: the same figure first, then the same kind in order.
fn couples(pair: &Pair<'_>, a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let (mut free_a, mut free_b) = (a.to_vec(), b.to_vec());
    let mut couples = Vec::new();
    let same_figure = |x: &Stated, y: &Stated| {
        let close = matches!((figure(&x.claim.value), figure(&y.claim.value)), (Some(f), Some(g)) if near(f, g, 1e-6));
        x.claim.kind == y.claim.kind && close
    };
    let same_kind = |x: &Stated, y: &Stated| {
        Kind::of(x.claim.kind) == Kind::of(y.claim.kind)
            && std::mem::discriminant(&x.claim.value) == std::mem::discriminant(&y.claim.value)
            && may_have_been(&x.claim.value, &y.claim.value)
    };
    for matches in [&same_figure as &dyn Fn(&Stated, &Stated) -> bool, &same_kind] {
        free_a.retain(|x| {
            let partner = free_b.iter().position(|y| matches(&pair.a.claims[*x], &pair.b.claims[*y]));
            partner.is_none_or(|k| {
                couples.push((*x, free_b.remove(k)));
                false
            })
        });
    }
    couples
}

/// Whether one count may have become the other: 412,000 members and two funds have nothing to do with one another, but
/// a million may become a billion.
fn may_have_been(x: &Value, y: &Value) -> bool {
    let (Value::Number { amount: x, .. }, Value::Number { amount: y, .. }) = (x, y) else { return true };
    let ratio = (x.abs().max(y.abs()) / x.abs().min(y.abs())).log10();
    !ratio.is_finite() || ratio <= 2.0 || near(ratio, ratio.round(), 1e-6)
}

fn altered(pair: &Pair<'_>, a: &Stated, b: &Stated) -> Option<Draft> {
    let sameness = compare(&a.claim.value, &b.claim.value);
    let (text_a, text_b) = (a.claim.span.of(&pair.a.article.text), b.claim.span.of(&pair.b.article.text));
    let kind = Kind::of(a.claim.kind);
    let (severity, what) = match sameness {
        Sameness::Equal | Sameness::Compatible => return None,
        _ if pair.allows_values(&a.claim.value, &b.claim.value) => return None,
        Sameness::Figure => {
            (qualifier_severity(&a.claim.value, &b.claim.value), "the same figure, meant otherwise")
        }
        Sameness::Different if kind == Kind::Money => (Severity::High, "another amount"),
        Sameness::Different => (Severity::Medium, "another value"),
    };
    Some(Draft {
        change: Change::Altered,
        kind,
        severity,
        message: format!("{} became {}: {what}", told(&a.claim.value, text_a), told(&b.claim.value, text_b)),
        a: Some(place(a.sentence, a.claim.span, Some(a.claim.value.clone()))),
        b: Some(place(b.sentence, b.claim.span, Some(b.claim.value.clone()))),
        measured: Vec::new(),
    })
}

/// About against exactly is a matter of style; over against exactly, or over against under, is not.
fn qualifier_severity(a: &Value, b: &Value) -> Severity {
    let bound = |value: &Value| match value {
        Value::Money { qualifier, .. } | Value::Number { qualifier, .. } => {
            use claims::Qualifier::{AtLeast, Over, Under, UpTo};
            matches!(qualifier, Some(Over | AtLeast | UpTo | Under))
        }
        // "Over five years" is more often during them than longer.
        _ => false,
    };
    match a {
        _ if !bound(a) && !bound(b) => Severity::Low,
        Value::Money { .. } => Severity::High,
        _ => Severity::Medium,
    }
}

fn lost_value(version: &Version, which: Which, stated: &Stated) -> Draft {
    let kind = Kind::of(stated.claim.kind);
    let text = stated.claim.span.of(&version.article.text);
    let severity = match kind {
        Kind::Money => Severity::High,
        // "Two plaintiffs" against "the plaintiffs", "daily counts" against "counts": small counts, ranks, lengths and
        // rhythms of time are told in many ways, and are the first that a translator drops.
        Kind::Ordinal | Kind::Duration => Severity::Low,
        Kind::Quantity if figure(&stated.claim.value).is_some_and(|f| f.abs() < 10.0) => Severity::Low,
        _ => Severity::Medium,
    };
    let message = match which {
        Which::A => format!("{} is told nowhere in B", told(&stated.claim.value, text)),
        Which::B => format!("{} is told nowhere in A", told(&stated.claim.value, text)),
    };
    let at = place(stated.sentence, stated.claim.span, Some(stated.claim.value.clone()));
    Draft::alone(kind, severity, which, at, message)
}

/// A value as written, with the qualifier or part that is of the claim and not of the span: “100 million” (over).
#[must_use]
pub fn told(value: &Value, text: &str) -> String {
    let qualifier = match value {
        Value::Money { qualifier, .. }
        | Value::Number { qualifier, .. }
        | Value::Duration { qualifier, .. } => qualifier.map(|q| q.name().replace('_', " ")),
        Value::Date(Date { part: Some(part), .. }) => Some(part.name().to_owned()),
        _ => None,
    };
    match qualifier {
        Some(qualifier) => format!("“{}” ({qualifier})", shown(text)),
        None => format!("“{}”", shown(text)),
    }
}
