//! Every rule fires on the example that its documentation says it fires on, and stays silent on the other.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "encode/support.rs"]
mod support;

use claimdiff::divergence::{RULES, Rule, Version, compare};
use claimdiff::encode::Model;
use claimdiff::text::Lang;

/// What both sides of an example stand in, so that there is something to align.
const AROUND: (&str, &str) = (
    "The council of Torvik met on Monday to talk about the new harbour.",
    "Der Rat von Torvik trat am Montag zusammen, um über den neuen Hafen zu sprechen.",
);

fn fires(rule: &Rule, (a, b): (&str, &str), model: &Model) -> bool {
    let version = |lead: &str, text: &str, lang| {
        Version::read("example", format!("{lead}\n\n{text}\n").as_bytes(), Some(lang)).unwrap()
    };
    let (a, b) = (version(AROUND.0, a, Lang::EN), version(AROUND.1, b, Lang::DE));
    compare(&a, &b, model).unwrap().findings.iter().any(|f| rule.kinds.contains(&f.kind))
}

#[test]
fn the_examples_are_true() {
    let model = Model::open(support::folder()).unwrap();
    let mut wrong = Vec::new();
    for rule in &RULES {
        if !fires(rule, rule.fires, &model) {
            wrong.push(format!("{} does not fire on its example", rule.name));
        }
        if fires(rule, rule.silent, &model) {
            wrong.push(format!("{} fires on its silent example", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("; "));
}
