//! Figures, amounts, dates and times: compared by value, first in the aligned sentences, then in the whole other
//! version.

use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::unclear::{Unclear, UnclearReason};
use super::super::version::{SentenceClaim, Version};
use super::quantifier::is_share;
use super::{Emits, FindingDraft, Rule, RuleExample, place_with_value, shorten_text};
use crate::claims::{
    self, Date, Sameness, TimeUnit, Value, bare_figure, compare_values, same_value, within_share,
};
use crate::text::{Sides, Which};
use crate::words::assign_greedily;

pub(super) const RULE: Rule = Rule {
    name: "value",
    finds: "An amount, figure, percentage, rank, date or duration that differs in the aligned sentence, or does not \
            appear in the other version.",
    matters: "Money is high, the rest medium. Low are an \"about\" that came or went, and a rank, a duration \
            or a count under ten that the other version leaves out.",
    emits: &[
        Emits {
            kind: FindingKind::Money,
            severities: &[Severity::High, Severity::Low],
            examples: &[RuleExample {
                text: "The yard received 1.5 billion euros.",
                fires: "Die Werft erhielt 1,5 Millionen Euro.",
                silent: "Die Werft erhielt 1,5 Milliarden Euro.",
            }],
        },
        Emits {
            kind: FindingKind::Quantity,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[RuleExample {
                text: "The flood destroyed 12,500 houses in the valley.",
                fires: "Das Hochwasser zerstörte 15.200 Häuser im Tal.",
                silent: "Das Hochwasser zerstörte 12.500 Häuser im Tal.",
            }],
        },
        Emits {
            kind: FindingKind::Percent,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[RuleExample {
                text: "Rents in the city rose by 7.5 per cent last year.",
                fires: "Die Mieten in der Stadt stiegen im vergangenen Jahr um 75 Prozent.",
                silent: "Die Mieten in der Stadt stiegen im vergangenen Jahr um 7,5 %.",
            }],
        },
        Emits {
            kind: FindingKind::Ordinal,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[RuleExample {
                text: "It was the third accident on this line.",
                fires: "Es war der vierte Unfall auf dieser Strecke.",
                silent: "Es war der dritte Unfall auf dieser Strecke.",
            }],
        },
        Emits {
            kind: FindingKind::Date,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[RuleExample {
                text: "The old bridge was closed on March 3, 2021.",
                fires: "Die alte Brücke wurde am 5. März 2021 gesperrt.",
                silent: "Die alte Brücke wurde am 3.3.2021 gesperrt.",
            }],
        },
        Emits {
            kind: FindingKind::Duration,
            severities: &[Severity::Medium, Severity::Low],
            examples: &[RuleExample {
                text: "The repairs of the old bridge took two weeks.",
                fires: "Die Reparatur der alten Brücke dauerte zwei Monate.",
                silent: "Die Reparatur der alten Brücke dauerte 14 Tage.",
            }],
        },
    ],
    check: check_values,
};

/// Place of the equal of a value in the other version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum EqualPlace {
    Nowhere,
    Elsewhere,
    InPlace,
}

fn check_values(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    let places = locate_equals(pair);
    let mut paired = Sides::new(pair.a, pair.b).map_sides(|version| vec![false; version.claims.len()]);
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let open = |which: Which, paired: &Sides<Vec<bool>>| -> Vec<usize> {
            let claims = &pair.side_version(which).claims;
            pair.claim_numbers_in(group, which)
                .filter(|k| is_value(&claims[*k]))
                .filter(|k| places[which][*k] < EqualPlace::InPlace && !paired[which][*k])
                .collect()
        };
        for (a, b) in pair_values(pair, &open(Which::A, &paired), &open(Which::B, &paired)) {
            paired.a[a] = true;
            paired.b[b] = true;
            let both_elsewhere = places.a[a] == EqualPlace::Elsewhere && places.b[b] == EqualPlace::Elsewhere;
            let (a, b) = (&pair.a.claims[a], &pair.b.claims[b]);
            // In texts on one event the figures of one sentence are often in another one.
            if pair.is_parallel || !both_elsewhere {
                drafts.extend(draft_altered_value(pair, a, b));
            }
        }
    }
    for which in Which::BOTH_SIDES {
        for (k, stated) in pair.side_version(which).claims.iter().enumerate() {
            let lost = places[which][k] == EqualPlace::Nowhere && !paired[which][k];
            // A value in an unaligned sentence is covered by the finding on that sentence.
            if is_value(stated) && lost && !pair.groups_with(which, stated.sentence).is_empty() {
                drafts.push(draft_lost_value(pair.side_version(which), which, stated));
            }
        }
    }
    drafts
}

/// Whether this rule compares a claim: no names, no quotations, and no shares, which the quantifier rule compares.
pub(crate) fn is_value(stated: &SentenceClaim) -> bool {
    !matches!(stated.claim.kind, claims::ClaimKind::Name | claims::ClaimKind::Quote)
        && !is_share(&stated.claim)
}

/// The place of the equal of each claim on either side. In aligned sentences each claim is the equal of at most one
/// other, so that of two "third" against one only one has an equal. An equal in an adjacent sentence counts as in place
/// too, since the sentence boundaries may differ.
fn locate_equals(pair: &VersionPair<'_>) -> Sides<Vec<EqualPlace>> {
    let claims = Sides::from_fn(|which| &pair.side_version(which).claims[..]);
    let equal = |a: usize, b: usize| {
        let (a, b) = (&claims.a[a], &claims.b[b]);
        equal_values(a, b) || is_value(a) && is_value(b) && pair.allows_values(&a.claim.value, &b.claim.value)
    };
    // A "last year" that has its equal does not account for an "8 May 2025" elsewhere.
    let may_be = |a: usize, b: usize| {
        compare_values(&claims.a[a].claim.value, &claims.b[b].claim.value) == Sameness::Compatible
    };
    let mut places = claims.map_sides(|claims| vec![EqualPlace::Nowhere; claims.len()]);
    let mut taken = claims.map_sides(|claims| vec![false; claims.len()]);
    for group in 0..pair.groups.len() {
        let Sides { a: of_a, b: of_b } = Sides::from_fn(|which| claim_positions(pair, group, which));
        let all = of_a.iter().flat_map(|a| of_b.iter().map(move |b| (a, b)));
        let mut candidates: Vec<(bool, f64, usize, usize)> = all
            .filter(|(a, b)| equal(a.0, b.0))
            .map(|(a, b)| (may_be(a.0, b.0), (a.1 - b.1).abs(), a.0, b.0))
            .collect();
        // Candidates of equal sum `a + b` share no claim, so that exchanging the sides changes nothing.
        candidates
            .sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then((x.2 + x.3).cmp(&(y.2 + y.3))));
        for (.., a, b) in assign_greedily(candidates, |(.., a, b)| (*a, *b)) {
            (taken.a[a], taken.b[b]) = (true, true);
            (places.a[a], places.b[b]) = (EqualPlace::InPlace, EqualPlace::InPlace);
        }
    }
    for a in 0..claims.a.len() {
        for b in 0..claims.b.len() {
            // "The second" may become "two" in the aligned sentence, hardly in another one.
            if is_ordinal(&claims.a[a]) != is_ordinal(&claims.b[b]) || !equal(a, b) {
                continue;
            }
            let free = !taken.a[a] && !taken.b[b];
            let beside = free && is_beside(pair, claims.a[a].sentence, claims.b[b].sentence);
            let to = if beside { EqualPlace::InPlace } else { EqualPlace::Elsewhere };
            let excuses = |by: &SentenceClaim| free || !may_be(a, b) || !is_vague(by);
            if excuses(&claims.b[b]) {
                places.a[a] = places.a[a].max(to);
            }
            if excuses(&claims.a[a]) {
                places.b[b] = places.b[b].max(to);
            }
        }
    }
    places
}

fn is_ordinal(stated: &SentenceClaim) -> bool {
    stated.claim.kind == claims::ClaimKind::Ordinal
}

/// Whether a claim is a relative month or year, such as "last year", which may be any date in it.
fn is_vague(stated: &SentenceClaim) -> bool {
    matches!(stated.claim.value, Value::Relative { unit: TimeUnit::Month | TimeUnit::Year, .. })
}

/// Relative times whose day of reference is unknown, each with a date on the other side that it may be.
pub(crate) fn undated_times(pair: &VersionPair<'_>) -> Vec<Unclear> {
    let mut all = Vec::new();
    for group in 0..pair.groups.len() {
        for which in Which::BOTH_SIDES {
            if pair.claims_in(group, which.other_side()).any(is_undated) {
                continue;
            }
            for own in pair.claims_in(group, which).filter(|c| is_undated(c)) {
                let date = pair.claims_in(group, which.other_side()).find(|c| {
                    matches!(c.claim.value, Value::Date(_))
                        && compare_values(&own.claim.value, &c.claim.value) == Sameness::Compatible
                });
                let Some(date) = date else { continue };
                let [own, date] = [own, date].map(place_with_value);
                all.push(Unclear::on_side(FindingKind::Date, which, own, Some(date), UnclearReason::Day));
            }
        }
    }
    all
}

/// Whether a claim is a time relative to a day that is unknown: known ones were resolved to dates.
fn is_undated(stated: &SentenceClaim) -> bool {
    matches!(stated.claim.value, Value::Relative { .. } | Value::Weekday { .. })
}

/// The numbers of the claims on one side of a group, each with its relative position in the text of the group, 0 to 1.
fn claim_positions(pair: &VersionPair<'_>, group: usize, which: Which) -> Vec<(usize, f64)> {
    let (version, sentences) = (pair.side_version(which), pair.group_sentences(group, which));
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return Vec::new() };
    let (start, end) = (version.sentences[*first].span.start, version.sentences[*last].span.end);
    let length = (end - start).max(1);
    let numbers = pair.claim_numbers_in(group, which);
    numbers
        .map(|k| (k, version.claims[k].claim.span.start.saturating_sub(start) as f64 / length as f64))
        .collect()
}

/// Whether one of two sentences is aligned with the other or with a sentence adjacent to it.
fn is_beside(pair: &VersionPair<'_>, a: usize, b: usize) -> bool {
    [(Which::A, a, b), (Which::B, b, a)].into_iter().any(|(which, own, other)| {
        let mut groups = pair.groups_with(which, own).iter();
        groups.any(|g| pair.group_sentences(*g, which.other_side()).iter().any(|s| s.abs_diff(other) <= 1))
    })
}

/// Whether two claims have the same value, also across kinds: three quarters and 75 per cent.
pub(crate) fn equal_values(a: &SentenceClaim, b: &SentenceClaim) -> bool {
    let is_same = is_value(a)
        && is_value(b)
        && is_plain_percent(a) == is_plain_percent(b)
        && same_value(&a.claim.value, &b.claim.value);
    is_same || is_percent_of_share(a, b) || is_percent_of_share(b, a)
}

/// Whether a claim is in per cent rather than in percentage points. Spinners replace the words of "percentage points",
/// but not "per cent".
fn is_plain_percent(stated: &SentenceClaim) -> bool {
    stated.claim.kind == claims::ClaimKind::Percent
        && matches!(stated.claim.value, Value::Number { unit: None, .. })
}

/// Whether a percentage equals a share such as three quarters.
fn is_percent_of_share(percent: &SentenceClaim, share: &SentenceClaim) -> bool {
    let figures = (bare_figure(&percent.claim.value), bare_figure(&share.claim.value));
    percent.claim.kind == claims::ClaimKind::Percent
        && is_share(&share.claim)
        && share.claim.range.is_none()
        && matches!(figures, (Some(p), Some(s)) if within_share(p, s * 100.0, 0.005))
}

/// Pairs the values without an equal in a group: those with the same figure first, then those of the same kind in
/// order.
fn pair_values(pair: &VersionPair<'_>, a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let same_figure = |x: &SentenceClaim, y: &SentenceClaim| {
        let close = matches!((bare_figure(&x.claim.value), bare_figure(&y.claim.value)), (Some(f), Some(g)) if within_share(f, g, 1e-6));
        x.claim.kind == y.claim.kind && close
    };
    let same_kind = |x: &SentenceClaim, y: &SentenceClaim| {
        FindingKind::from_claim(x.claim.kind) == FindingKind::from_claim(y.claim.kind)
            && std::mem::discriminant(&x.claim.value) == std::mem::discriminant(&y.claim.value)
            && may_have_become(&x.claim.value, &y.claim.value)
    };
    let all: Vec<(usize, usize)> = a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y))).collect();
    let same_figures = all.iter().filter(|(x, y)| same_figure(&pair.a.claims[*x], &pair.b.claims[*y]));
    let same_kinds = all.iter().filter(|(x, y)| same_kind(&pair.a.claims[*x], &pair.b.claims[*y]));
    assign_greedily(same_figures.chain(same_kinds).copied(), |couple| *couple)
}

/// Whether one count may have become the other: a ratio of at most 100 or a power of ten. 412,000 members and two funds
/// are unrelated, but a million may become a billion.
fn may_have_become(x: &Value, y: &Value) -> bool {
    let (Value::Number { amount: x, .. }, Value::Number { amount: y, .. }) = (x, y) else { return true };
    let ratio = (x.abs().max(y.abs()) / x.abs().min(y.abs())).log10();
    !ratio.is_finite() || ratio <= 2.0 || within_share(ratio, ratio.round(), 1e-6)
}

fn draft_altered_value(pair: &VersionPair<'_>, a: &SentenceClaim, b: &SentenceClaim) -> Option<FindingDraft> {
    let sameness = compare_values(&a.claim.value, &b.claim.value);
    let (text_a, text_b) = (pair.a.claim_text(a), pair.b.claim_text(b));
    let kind = FindingKind::from_claim(a.claim.kind);
    let (severity, what) = match sameness {
        Sameness::Equal | Sameness::Compatible => return None,
        _ if pair.allows_values(&a.claim.value, &b.claim.value) => return None,
        Sameness::SameFigure => {
            (qualifier_severity(&a.claim.value, &b.claim.value), "same figure, different qualifier")
        }
        Sameness::Different if kind == FindingKind::Money => (Severity::High, "different amount"),
        Sameness::Different => (Severity::Medium, "different value"),
    };
    Some(FindingDraft {
        change: Change::Altered,
        kind,
        severity,
        message: format!(
            "{} became {}: {what}",
            describe_value(&a.claim.value, text_a),
            describe_value(&b.claim.value, text_b)
        ),
        a: Some(place_with_value(a)),
        b: Some(place_with_value(b)),
        measurements: Vec::new(),
    })
}

/// Severity of a changed qualifier: "about" against an exact figure is a matter of style; a bound such as "over" is
/// not.
fn qualifier_severity(a: &Value, b: &Value) -> Severity {
    match a {
        _ if !has_bound(a) && !has_bound(b) => Severity::Low,
        Value::Money { .. } => Severity::High,
        _ => Severity::Medium,
    }
}

fn has_bound(value: &Value) -> bool {
    match value {
        Value::Money { qualifier, .. } | Value::Number { qualifier, .. } => {
            use claims::Qualifier::{AtLeast, Over, Under, UpTo};
            matches!(qualifier, Some(Over | AtLeast | UpTo | Under))
        }
        // "Over five years" more often means "during" than "more than".
        _ => false,
    }
}

fn draft_lost_value(version: &Version, which: Which, stated: &SentenceClaim) -> FindingDraft {
    let kind = FindingKind::from_claim(stated.claim.kind);
    let text = version.claim_text(stated);
    let severity = match kind {
        FindingKind::Money => Severity::High,
        // "Two plaintiffs" became "the plaintiffs", "daily counts" became "counts": small counts, ranks, durations and
        // frequencies can be phrased in many ways, and are the first that a translator drops.
        FindingKind::Ordinal | FindingKind::Duration => Severity::Low,
        FindingKind::Quantity if bare_figure(&stated.claim.value).is_some_and(|f| f.abs() < 10.0) => {
            Severity::Low
        }
        _ => Severity::Medium,
    };
    let message = match which {
        Which::A => format!("{} does not appear in B", describe_value(&stated.claim.value, text)),
        Which::B => format!("{} does not appear in A", describe_value(&stated.claim.value, text)),
    };
    FindingDraft::one_sided_claim(kind, severity, which, place_with_value(stated), message)
}

/// A value as written, with the qualifier or part of the claim that is not in its span: “100 million” (over).
#[must_use]
pub fn describe_value(value: &Value, text: &str) -> String {
    let qualifier = match value {
        Value::Money { qualifier, .. }
        | Value::Number { qualifier, .. }
        | Value::Duration { qualifier, .. } => qualifier.map(|q| q.name().replace('_', " ")),
        Value::Date(Date { part: Some(part), .. }) => Some(part.name().to_owned()),
        _ => None,
    };
    match qualifier {
        Some(qualifier) => format!("“{}” ({qualifier})", shorten_text(text)),
        None => format!("“{}”", shorten_text(text)),
    }
}
