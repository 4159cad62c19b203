//! More or less: what rose on one side and fell on the other.

use super::super::counterpart::turned;
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::Pair;
use super::{Draft, Example, Makes, Rule, cue_place};
use crate::claims::Effect;
use crate::text::Which;

pub(super) const RULE: Rule = Rule {
    name: "direction",
    finds: "Something that rose on one side and fell on the other.",
    matters: "Always high.",
    makes: &[Makes {
        kind: Kind::Statement,
        severities: &[Severity::High],
        examples: &[Example {
            text: "The price of bread rose by a tenth last winter.",
            fires: "Der Brotpreis sank im vergangenen Winter um ein Zehntel.",
            silent: "Der Brotpreis ist im vergangenen Winter um ein Zehntel gestiegen.",
        }],
    }],
    check,
};

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let turns = |effect| matches!(effect, Effect::Rise | Effect::Fall);
        for (a, b) in turned(pair, group, turns, |x, y| x == y) {
            let places = [cue_place(pair, Which::A, a), cue_place(pair, Which::B, b)];
            let kind = (Kind::Statement, Severity::High);
            drafts.push(Draft::became(pair, Change::Altered, kind, places, "one rises, the other falls"));
        }
    }
    drafts
}
