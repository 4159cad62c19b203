//! `--schema`: what every command writes as JSON is what its schema says, and the schemas name all that there is.

use claimdiff::divergence::{Change, FindingKind, RULES, Severity};
use serde_json::Value;

use super::session::{ENGLISH, FRENCH, GERMAN, PAIRS, Session};

fn schema(session: &Session, name: &str) -> Value {
    serde_json::from_str(&session.run(&["--schema", name]).quiet()).unwrap()
}

/// Fails where a document is not what the schema says.
fn check_document(session: &Session, name: &str, document: &Value) {
    let validator = jsonschema::validator_for(&schema(session, name)).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {}\n{document:#}", errors.join("\n"));
}

fn story() -> Session {
    let session = Session::new();
    session.file("a.txt", ENGLISH);
    session.file("b.txt", GERMAN);
    session.file("c.txt", FRENCH);
    session.file("pairs.jsonl", PAIRS);
    session
}

#[test]
fn documents_are_what_their_schemas_say() {
    let session = story();
    let garbled = "Yesterday the folks's weblog publish said that the council spent 2.4 million euros. ";
    session.file("garbled.txt", garbled.repeat(8));
    let compared: Value = serde_json::from_str(
        &session.run(&["compare", "a.txt", "b.txt", "c.txt", "--level", "low", "--format", "json"]).stdout,
    )
    .unwrap();
    check_document(&session, "compare", &compared);
    let id = compared["comparisons"][0]["findings"][0]["id"].as_str().unwrap();
    for (name, command) in [
        ("explain", vec!["explain", id, "a.txt", "b.txt", "--format", "json"]),
        ("matrix", vec!["matrix", "a.txt", "b.txt", "c.txt", "--all", "--format", "json"]),
        ("garble", vec!["garble", "garbled.txt", "a.txt", "--format", "json"]),
        ("garble", vec!["garble", "garbled.txt", "--format", "json"]),
        ("article", vec!["article", "a.txt", "--format", "json"]),
        ("align", vec!["align", "a.txt", "b.txt", "--format", "json"]),
        ("rules", vec!["rules", "--format", "json"]),
    ] {
        let answer = session.run(&command);
        let document = serde_json::from_str(&answer.stdout).unwrap_or_else(|e| panic!("{command:?}: {e}"));
        check_document(&session, name, &document);
    }
}

#[test]
fn lines_are_what_their_schemas_say() {
    let session = story();
    session.file(
        "batch.jsonl",
        "{\"id\": 1, \"a_path\": \"a.txt\", \"b_path\": \"b.txt\"}\n{\"id\": 2, \"a\": \"x\"}\n",
    );
    for (name, command) in [
        ("claims", vec!["claims", "a.txt", "--format", "jsonl"]),
        ("segment", vec!["segment", "a.txt", "--format", "jsonl"]),
        ("score", vec!["score", "pairs.jsonl"]),
        ("words", vec!["words", "pairs.jsonl"]),
        ("batch", vec!["batch", "batch.jsonl", "--alignment"]),
        ("neighbours", vec!["neighbours", ".", "--least", "0", "--format", "jsonl"]),
    ] {
        let answer = session.run(&command);
        assert!(answer.stdout.lines().count() > 1, "{command:?}: {}", answer.stderr);
        for line in answer.stdout.lines() {
            check_document(&session, name, &serde_json::from_str(line).unwrap());
        }
    }
}

#[test]
fn the_names_of_the_registries_are_in_the_schemas() {
    let session = Session::new();
    let compare = schema(&session, "compare")["$defs"]["FindingRecord"]["properties"].clone();
    let names = |property: &str| -> Vec<String> {
        serde_json::from_value(compare[property]["enum"].clone()).unwrap()
    };
    assert_eq!(names("kind"), FindingKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>());
    assert_eq!(names("change"), Change::ALL.iter().map(|change| change.name()).collect::<Vec<_>>());
    assert_eq!(names("severity"), Severity::ALL.iter().map(|severity| severity.name()).collect::<Vec<_>>());
    assert_eq!(names("rule"), RULES.iter().map(|rule| rule.name).collect::<Vec<_>>());
    // What people write by hand has its own schema, which knows the same kinds.
    for (file, pointer) in [("case", "kind"), ("config", "kind")] {
        let text = schema(&session, file).to_string();
        for kind in FindingKind::ALL {
            assert!(text.contains(&format!("\"{}\"", kind.name())), "{file} {pointer}: {}", kind.name());
        }
    }
}

#[test]
fn a_closed_schema_refuses_what_is_not_there() {
    let session = Session::new();
    let rules: Value = serde_json::from_str(&session.run(&["rules", "--format", "json"]).stdout).unwrap();
    let mut more = rules.clone();
    more["rules"][0]["kinds"][0]["kind"] = "weather".into();
    let validator = jsonschema::validator_for(&schema(&session, "rules")).unwrap();
    assert!(validator.is_valid(&rules) && !validator.is_valid(&more));
    let mut other = rules;
    other["extra"] = 1.into();
    assert!(!validator.is_valid(&other));
}
