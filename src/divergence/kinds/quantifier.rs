//! All that became some: how many of them it is said of.

use super::super::counterpart::{matched, placed};
use super::super::finding::{Change, Kind, Severity};
use super::super::pair::{Pair, Which};
use super::{Draft, Example, Graded, Makes, Rule, cue_place, is_quoted, shown};
use crate::claims::Effect;

pub(super) const RULE: Rule = Rule {
    name: "quantifier",
    finds: "A word for how many of them (all, most, some, few, none) that became another one in the same place.",
    matters: "Medium. Inside a quotation it is a change of the quotation, and high.",
    makes: &[
        Makes {
            kind: Kind::Quantifier,
            severities: &[Severity::Medium],
            examples: &[Example {
                text: "All members of the committee supported the new budget.",
                fires: "Einige Mitglieder des Ausschusses unterstützten den neuen Haushalt.",
                silent: "Sämtliche Mitglieder des Ausschusses unterstützten den neuen Haushalt.",
            }],
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
    graded: Graded { right: 32, wrong: 0 },
    check,
};

fn check(pair: &Pair<'_>) -> Vec<Draft> {
    if !pair.parallel {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for group in 0..pair.groups.len() {
        let sides = [placed(pair, group, Which::A), placed(pair, group, Which::B)];
        let counted = [0, 1].map(|k| sides[k].iter().filter(|p| counts(p.cue.effect)).collect::<Vec<_>>());
        let (pairs, _) = matched(pair, &counted[0], &counted[1], |x, y| Some(u8::from(!same(x, y))));
        for (a, b) in pairs.into_iter().filter(|(a, b)| !same(a.cue.effect, b.cue.effect)) {
            let (at_a, at_b) = (cue_place(pair, Which::A, a), cue_place(pair, Which::B, b));
            let quoted = is_quoted(pair.a, &at_a) && is_quoted(pair.b, &at_b);
            drafts.push(Draft {
                change: Change::Altered,
                kind: if quoted { Kind::Quote } else { Kind::Quantifier },
                severity: if quoted { Severity::High } else { Severity::Medium },
                message: format!(
                    "“{}” became “{}”: said of others",
                    shown(at_a.span.of(&pair.a.article.text)),
                    shown(at_b.span.of(&pair.b.article.text))
                ),
                a: Some(at_a),
                b: Some(at_b),
                measured: Vec::new(),
            });
        }
    }
    drafts
}

fn counts(effect: Effect) -> bool {
    matches!(effect, Effect::All | Effect::Most | Effect::Many | Effect::Some | Effect::Few | Effect::NoneOf)
}

/// Whether two counts may stand for one another: "several" and "many" do in translations.
fn same(x: Effect, y: Effect) -> bool {
    let rough = |e| matches!(e, Effect::Many | Effect::Some);
    x == y || rough(x) && rough(y)
}
