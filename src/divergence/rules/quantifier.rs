//! All that became some: how many of them it is said of.

use super::super::counterpart::turned;
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::super::version::{Stated, Version};
use super::{Draft, Example, Makes, Place, Rule, cue_place, is_quoted, place};
use crate::claims::{Claim, Effect, End, Kind as ClaimKind, Value};
use crate::text::{Sides, Span, Which};

pub(super) const RULE: Rule = Rule {
    name: "quantifier",
    finds: "A word for how many of them (all, most, some, few, none) that became another one in the same place, or \
            two of the three that became all three or one.",
    matters: "Medium. Inside a quotation it is a change of the quotation, and high.",
    makes: &[
        Makes {
            kind: Kind::Quantifier,
            severities: &[Severity::Medium],
            examples: &[
                Example {
                    text: "All members of the committee supported the new budget.",
                    fires: "Einige Mitglieder des Ausschusses unterstützten den neuen Haushalt.",
                    silent: "Sämtliche Mitglieder des Ausschusses unterstützten den neuen Haushalt.",
                },
                Example {
                    text: "Two of the three bridges were closed after the inspection.",
                    fires: "Die drei Brücken wurden nach der Prüfung gesperrt.",
                    silent: "Zwei der drei Brücken wurden nach der Prüfung gesperrt.",
                },
            ],
        },
        Makes {
            kind: Kind::Quote,
            severities: &[Severity::High],
            examples: &[Example {
                text: "“All members of the committee supported the new budget,” said the chairwoman.",
                fires: "„Einige Mitglieder des Ausschusses haben den neuen Haushalt unterstützt“, sagte die Vorsitzende.",
                silent: "„Alle Mitglieder des Ausschusses haben den neuen Haushalt unterstützt“, sagte die Vorsitzende.",
            }],
        },
    ],
    check,
};

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        drafts.extend(shares(pair, group));
        for (a, b) in turned(pair, group, counts, same) {
            let (at_a, at_b) = (cue_place(pair, Which::A, a), cue_place(pair, Which::B, b));
            drafts.push(draft(pair, at_a, at_b));
        }
    }
    drafts
}

fn draft(pair: &Pair<'_>, a: Place, b: Place) -> Draft {
    let quoted = is_quoted(pair.a, &a) && is_quoted(pair.b, &b);
    let kind = if quoted { (Kind::Quote, Severity::High) } else { (Kind::Quantifier, Severity::Medium) };
    Draft::became(pair, Change::Altered, kind, [a, b], "said of others")
}

/// Whether a claim tells a share: two of the three, three out of four, two thirds.
pub(super) fn is_share(claim: &Claim) -> bool {
    let below_one = matches!(claim.value, Value::Number { amount, .. } if amount > 0.0 && amount < 1.0);
    claim.range == Some(End::Part) || claim.kind == ClaimKind::Quantity && below_one
}

/// Some of a number: which part, and of how many where the text tells that.
struct Share {
    ratio: f64,
    whole: Option<f64>,
    place: Place,
}

fn amount(claim: &Claim) -> Option<f64> {
    match claim.value {
        Value::Number { amount, .. } if claim.kind == ClaimKind::Quantity => Some(amount),
        _ => None,
    }
}

/// The shares that one side of a group tells.
fn told_shares(version: &Version, claims: &[&Stated]) -> Vec<Share> {
    let mut found = Vec::new();
    for (k, stated) in claims.iter().enumerate().filter(|(_, c)| is_share(&c.claim)) {
        let Some(part) = amount(&stated.claim) else { continue };
        let next = claims.get(k + 1).filter(|_| stated.claim.range == Some(End::Part));
        let (ratio, whole, end) =
            match next.and_then(|next| Some((amount(&next.claim)?, next.claim.span.end))) {
                Some((whole, end)) => (part / whole, Some(whole), end),
                None => (part, last_figure(version, stated), stated.claim.span.end),
            };
        let span = Span::new(stated.claim.span.start, end);
        found.push(Share { ratio, whole, place: place(stated.sentence, span, None) });
    }
    found
}

/// Four, in "three out of four".
fn last_figure(version: &Version, stated: &Stated) -> Option<f64> {
    let last = stated.claim.span.of(&version.article.text).split_whitespace().next_back()?;
    crate::claims::extract(last, version.lang_of(stated.sentence)).iter().find_map(amount)
}

/// A share that became another one, or all of them.
fn shares(pair: &Pair<'_>, group: usize) -> Option<Draft> {
    let claims = Sides::from_fn(|which| pair.claims_in(group, which).collect::<Vec<_>>());
    let Sides { a, b } = Sides::from_fn(|which| told_shares(pair.version(which), &claims[which]));
    let all_of = |share: &Share, claims: &[&Stated]| {
        let all = claims.iter().find(|c| amount(&c.claim).is_some_and(|n| share.whole == Some(n)))?;
        Some(place(all.sentence, all.claim.span, None))
    };
    match (&a[..], &b[..]) {
        ([a], [b]) if (a.ratio - b.ratio).abs() > 1e-6 => Some(draft(pair, a.place.clone(), b.place.clone())),
        ([a], []) => Some(draft(pair, a.place.clone(), all_of(a, &claims.b)?)),
        ([], [b]) => Some(draft(pair, all_of(b, &claims.a)?, b.place.clone())),
        _ => None,
    }
}

fn counts(effect: Effect) -> bool {
    matches!(effect, Effect::All | Effect::Most | Effect::Many | Effect::Some | Effect::Few | Effect::NoneOf)
}

/// Whether two counts may stand for one another: "several" and "many" do in translations.
fn same(x: Effect, y: Effect) -> bool {
    let rough = |e| matches!(e, Effect::Many | Effect::Some);
    x == y || rough(x) && rough(y)
}
