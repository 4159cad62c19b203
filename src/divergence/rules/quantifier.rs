//! Quantifiers: "all" that became "some", and shares such as two of three.

use super::super::cue_match::changed_cues;
use super::super::finding::{Change, ClaimPlace, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::super::version::{SentenceClaim, Version};
use super::{Emits, FindingDraft, Rule, RuleExample, claim_place, cue_place, is_quoted};
use crate::claims::{Claim, ClaimKind, CueKind, RangeEnd, Value};
use crate::text::{Sides, Span, Which};

pub(super) const RULE: Rule = Rule {
    name: "quantifier",
    finds: "A quantifier (all, most, some, few, none) that became another one in the same place, or a share \
            (two of the three) that became all or one of them.",
    matters: "Medium. Inside a quotation it is a change of the quotation, and high.",
    emits: &[
        Emits {
            kind: FindingKind::Quantifier,
            severities: &[Severity::Medium],
            examples: &[
                RuleExample {
                    text: "All members of the committee supported the new budget.",
                    fires: "Einige Mitglieder des Ausschusses unterstützten den neuen Haushalt.",
                    silent: "Sämtliche Mitglieder des Ausschusses unterstützten den neuen Haushalt.",
                },
                RuleExample {
                    text: "Two of the three bridges were closed after the inspection.",
                    fires: "Die drei Brücken wurden nach der Prüfung gesperrt.",
                    silent: "Zwei der drei Brücken wurden nach der Prüfung gesperrt.",
                },
            ],
        },
        Emits {
            kind: FindingKind::Quote,
            severities: &[Severity::High],
            examples: &[RuleExample {
                text: "“All members of the committee supported the new budget,” said the chairwoman.",
                fires: "„Einige Mitglieder des Ausschusses haben den neuen Haushalt unterstützt“, sagte die Vorsitzende.",
                silent: "„Alle Mitglieder des Ausschusses haben den neuen Haushalt unterstützt“, sagte die Vorsitzende.",
            }],
        },
    ],
    check: check_quantifiers,
};

fn check_quantifiers(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    if !pair.is_parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        drafts.extend(draft_changed_share(pair, group));
        for (a, b) in changed_cues(pair, group, is_quantifier, is_same_quantifier) {
            let (at_a, at_b) = (cue_place(pair, Which::A, a), cue_place(pair, Which::B, b));
            drafts.push(draft_quantifier(pair, at_a, at_b));
        }
    }
    drafts
}

fn draft_quantifier(pair: &VersionPair<'_>, a: ClaimPlace, b: ClaimPlace) -> FindingDraft {
    let quoted = is_quoted(pair.a, &a) && is_quoted(pair.b, &b);
    let kind = if quoted {
        (FindingKind::Quote, Severity::High)
    } else {
        (FindingKind::Quantifier, Severity::Medium)
    };
    FindingDraft::changed_claim(pair, Change::Altered, kind, [a, b], "different quantifier")
}

/// Whether a claim is a share: two of the three, three out of four, two thirds.
pub(super) fn is_share(claim: &Claim) -> bool {
    let below_one = matches!(claim.value, Value::Number { amount, .. } if amount > 0.0 && amount < 1.0);
    claim.range == Some(RangeEnd::Part) || claim.kind == ClaimKind::Quantity && below_one
}

/// A share as a ratio, with the total where the text has it.
struct ClaimedShare {
    ratio: f64,
    total: Option<f64>,
    place: ClaimPlace,
}

fn quantity_amount(claim: &Claim) -> Option<f64> {
    match claim.value {
        Value::Number { amount, .. } if claim.kind == ClaimKind::Quantity => Some(amount),
        _ => None,
    }
}

/// The shares on one side of a group.
fn claimed_shares(version: &Version, claims: &[&SentenceClaim]) -> Vec<ClaimedShare> {
    let mut shares = Vec::new();
    for (k, stated) in claims.iter().enumerate().filter(|(_, c)| is_share(&c.claim)) {
        let Some(part) = quantity_amount(&stated.claim) else { continue };
        let next = claims.get(k + 1).filter(|_| stated.claim.range == Some(RangeEnd::Part));
        let (ratio, whole, end) =
            match next.and_then(|next| Some((quantity_amount(&next.claim)?, next.claim.span.end))) {
                Some((whole, end)) => (part / whole, Some(whole), end),
                None => (part, last_figure(version, stated), stated.claim.span.end),
            };
        let span = Span::new(stated.claim.span.start, end);
        shares.push(ClaimedShare { ratio, total: whole, place: claim_place(stated.sentence, span, None) });
    }
    shares
}

/// The last figure of a claim: four in "three out of four".
fn last_figure(version: &Version, stated: &SentenceClaim) -> Option<f64> {
    let last = version.claim_text(stated).split_whitespace().next_back()?;
    crate::claims::extract_claims(last, version.sentence_lang(stated.sentence))
        .iter()
        .find_map(quantity_amount)
}

/// A share that became another one, or the total.
fn draft_changed_share(pair: &VersionPair<'_>, group: usize) -> Option<FindingDraft> {
    let claims = Sides::from_fn(|which| pair.claims_in(group, which).collect::<Vec<_>>());
    let Sides { a, b } = Sides::from_fn(|which| claimed_shares(pair.side_version(which), &claims[which]));
    match (&a[..], &b[..]) {
        ([a], [b]) if (a.ratio - b.ratio).abs() > 1e-6 => {
            Some(draft_quantifier(pair, a.place.clone(), b.place.clone()))
        }
        ([a], []) => Some(draft_quantifier(pair, a.place.clone(), total_place(a, &claims.b)?)),
        ([], [b]) => Some(draft_quantifier(pair, total_place(b, &claims.a)?, b.place.clone())),
        _ => None,
    }
}

/// The place of the total of a share among the claims of the other side.
fn total_place(share: &ClaimedShare, claims: &[&SentenceClaim]) -> Option<ClaimPlace> {
    let mut totals =
        claims.iter().filter(|c| quantity_amount(&c.claim).is_some_and(|n| share.total == Some(n)));
    totals.next().map(|c| claim_place(c.sentence, c.claim.span, None))
}

fn is_quantifier(kind: CueKind) -> bool {
    matches!(
        kind,
        CueKind::All | CueKind::Most | CueKind::Many | CueKind::Some | CueKind::Few | CueKind::NoneOf
    )
}

/// Whether two quantifiers are equivalent: "several" and "many" are in translations.
fn is_same_quantifier(x: CueKind, y: CueKind) -> bool {
    x == y || [x, y].iter().all(|kind| matches!(kind, CueKind::Many | CueKind::Some))
}
