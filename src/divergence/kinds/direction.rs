//! More or less: what rose on one side and fell on the other.

use super::super::counterpart::{Placed, matched, placed};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::{Pair, Which};
use super::{Draft, Example, Graded, Makes, Rule, cue_place, shown};
use crate::claims::Effect;

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
    graded: Graded { right: 4, wrong: 0 },
    check,
};

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let sides = [placed(pair, group, Which::A), placed(pair, group, Which::B)];
        let turns = |p: &&Placed| matches!(p.cue.effect, Effect::Rise | Effect::Fall);
        let [a, b] = [0, 1].map(|k| sides[k].iter().filter(turns).collect::<Vec<_>>());
        let (pairs, _) = matched(pair, &a, &b, |x, y| Some(u8::from(x != y)));
        for (a, b) in pairs.into_iter().filter(|(a, b)| a.cue.effect != b.cue.effect) {
            let (a, b) = (cue_place(pair, Which::A, a), cue_place(pair, Which::B, b));
            let texts = [(&a, pair.a), (&b, pair.b)].map(|(p, v)| shown(p.span.of(&v.article.text)));
            drafts.push(Draft {
                change: Change::Altered,
                kind: Kind::Statement,
                severity: Severity::High,
                message: format!("“{}” became “{}”: one rises, the other falls", texts[0], texts[1]),
                a: Some(a),
                b: Some(b),
                measured: Vec::new(),
            });
        }
    }
    drafts
}
