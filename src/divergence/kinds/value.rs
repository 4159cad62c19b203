//! Figures, amounts, dates and times: compared by value, first in the sentences that go together, then in the whole
//! other version.

use super::super::equal::{Sameness, compare, figure, near, same};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::{Pair, Which};
use super::super::version::{Stated, Version};
use super::{Draft, Example, Graded, Makes, Rule, place, shown};
use crate::claims::{self, Date, Value};

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
    graded: Graded { right: 108, wrong: 14 },
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
    let found = [found(pair, Which::A), found(pair, Which::B)];
    let mut told = [vec![false; pair.a.claims.len()], vec![false; pair.b.claims.len()]];
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let open = |which: Which, told: &[Vec<bool>; 2]| -> Vec<usize> {
            let sentences = pair.sentences_of(group, which);
            let claims = &pair.version(which).claims;
            (0..claims.len())
                .filter(|k| sentences.contains(&claims[*k].sentence) && is_value(&claims[*k]))
                .filter(|k| found[which as usize][*k] < Found::InPlace && !told[which as usize][*k])
                .collect()
        };
        for (a, b) in couples(pair, &open(Which::A, &told), &open(Which::B, &told)) {
            told[0][a] = true;
            told[1][b] = true;
            let both_elsewhere = found[0][a] == Found::Elsewhere && found[1][b] == Found::Elsewhere;
            let (a, b) = (&pair.a.claims[a], &pair.b.claims[b]);
            // In texts that only share an event the figures of one sentence often stand in another one.
            if pair.parallel || !both_elsewhere {
                drafts.extend(altered(pair, a, b));
            }
        }
    }
    for which in [Which::A, Which::B] {
        for (k, stated) in pair.version(which).claims.iter().enumerate() {
            let lost = found[which as usize][k] == Found::Nowhere && !told[which as usize][k];
            // What stands in a sentence without a partner goes with that sentence.
            if is_value(stated) && lost && !pair.groups_of(which, stated.sentence).is_empty() {
                drafts.push(lost_value(pair.version(which), which, stated));
            }
        }
    }
    drafts
}

fn is_value(stated: &Stated) -> bool {
    !matches!(stated.claim.kind, claims::Kind::Name | claims::Kind::Quote)
}

/// Where each claim of one side has its equal on the other.
fn found(pair: &Pair<'_>, which: Which) -> Vec<Found> {
    let (own, other) = (pair.version(which), pair.version(which.other()));
    let near_groups = |sentence: usize| -> Vec<usize> {
        let partners =
            pair.groups_of(which, sentence).iter().flat_map(|g| pair.sentences_of(*g, which.other()));
        // A sentence boundary may lie elsewhere: the neighbours count as in place.
        partners.flat_map(|s| s.saturating_sub(1)..=s + 1).collect()
    };
    own.claims
        .iter()
        .map(|stated| {
            let near = near_groups(stated.sentence);
            let equal =
                |o: &Value| same(&stated.claim.value, o) || pair.allows_values(&stated.claim.value, o);
            let equals = other.claims.iter().filter(|o| is_value(o) && equal(&o.claim.value));
            equals.fold(Found::Nowhere, |best, o| {
                best.max(if near.contains(&o.sentence) { Found::InPlace } else { Found::Elsewhere })
            })
        })
        .collect()
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

/// A value as written, with the qualifier or part that is of the claim and not of the span.
fn told(value: &Value, text: &str) -> String {
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
