//! What the documentation of the rules says is true.

use std::collections::BTreeSet;

use claimdiff::divergence::{Finding, FindingKind, RULES, Rule, Version, compare_versions};
use claimdiff::encode::Model;
use claimdiff::text::Lang;

/// What both sides of an example stand in, so that there is something to align.
const AROUND: (&str, &str) = (
    "The council of Torvik met on Monday to talk about the new harbour.",
    "Der Rat von Torvik trat am Montag zusammen, um über den neuen Hafen zu sprechen.",
);

/// What a rule finds.
fn findings(rule: &Rule, english: &str, german: &str, model: &Model) -> Vec<Finding> {
    let version = |lead: &str, text: &str, lang| {
        Version::read("example", format!("{lead}\n\n{text}\n").as_bytes(), Some(lang)).unwrap()
    };
    let (a, b) = (version(AROUND.0, english, Lang::EN), version(AROUND.1, german, Lang::DE));
    let mut findings = compare_versions(&a, &b, model).unwrap().findings;
    findings.retain(|f| f.rule == rule);
    findings
}

#[test]
fn the_examples_are_true() {
    let model = Model::open_folder(crate::support::folder()).unwrap();
    let mut wrong = Vec::new();
    for rule in &RULES {
        for makes in rule.emits {
            for example in makes.examples {
                let fired = findings(rule, example.text, example.fires, &model);
                let as_said = |f: &Finding| f.kind == makes.kind && makes.severities.contains(&f.severity);
                if !fired.iter().any(as_said) {
                    wrong.push(format!("{}: no finding: {}", rule.name, example.fires));
                }
                if !findings(rule, example.text, example.silent, &model).is_empty() {
                    wrong.push(format!("{}: not silent: {}", rule.name, example.silent));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_is_made_and_every_rule_has_examples() {
    let made: BTreeSet<FindingKind> =
        RULES.iter().flat_map(|rule| rule.emits).map(|makes| makes.kind).collect();
    assert_eq!(made, FindingKind::ALL.iter().copied().collect());
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len(), "a name stands twice");
    for makes in RULES.iter().flat_map(|rule| rule.emits) {
        assert!(!makes.examples.is_empty() && makes.severities.is_sorted_by(|x, y| x > y), "{makes:?}");
    }
}
