//! Direction: a rise on one side that is a fall on the other.

use super::super::cue_match::changed_cues;
use super::super::finding::{Change, FindingKind, Severity};
use super::super::pair::VersionPair;
use super::{Emits, FindingDraft, Rule, RuleExample, cue_place};
use crate::claims::CueKind;
use crate::text::Which;

pub(super) const RULE: Rule = Rule {
    name: "direction",
    finds: "Something that rose on one side and fell on the other.",
    matters: "Always high.",
    emits: &[Emits {
        kind: FindingKind::Statement,
        severities: &[Severity::High],
        examples: &[RuleExample {
            text: "The price of bread rose by a tenth last winter.",
            fires: "Der Brotpreis sank im vergangenen Winter um ein Zehntel.",
            silent: "Der Brotpreis ist im vergangenen Winter um ein Zehntel gestiegen.",
        }],
    }],
    check: check_direction,
};

fn check_direction(pair: &VersionPair<'_>) -> Vec<FindingDraft> {
    if !pair.is_parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let changed =
            changed_cues(pair, group, |kind| matches!(kind, CueKind::Rise | CueKind::Fall), |x, y| x == y);
        for (a, b) in changed {
            let places = [cue_place(pair, Which::A, a), cue_place(pair, Which::B, b)];
            let kind = (FindingKind::Statement, Severity::High);
            drafts.push(FindingDraft::changed_claim(
                pair,
                Change::Altered,
                kind,
                places,
                "one rises, the other falls",
            ));
        }
    }
    drafts
}
