//! `explain` and `rules`: what a finding rests on.

use claimdiff::divergence::RULES;

use super::session::{ENGLISH, GERMAN, Session, without_numbers};

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// The findings of a comparison.
fn findings(session: &Session, a: &str, b: &str) -> Vec<serde_json::Value> {
    let text = session.run(&["compare", a, b, "--format", "json", "--level", "low"]).stdout;
    json(&text)["comparisons"][0]["findings"].as_array().unwrap().clone()
}

#[test]
fn another_amount_in_text() {
    let session = Session::new();
    without_numbers!(session.run(&["explain", "4def", "en.txt", "de.txt", "--width", "80"]).quiet());
}

#[test]
fn a_missing_sentence_in_text() {
    let session = Session::new();
    without_numbers!(session.run(&["explain", "91EA73DF", "en.txt", "de.txt", "--width", "80"]).quiet());
}

#[test]
fn another_amount_as_json() {
    let session = Session::new();
    without_numbers!(session.run(&["explain", "4def", "en.txt", "de.txt", "--format", "json"]).quiet());
}

#[test]
fn every_finding_is_explained_truly() {
    let session = Session::new();
    session.file("not.txt", GERMAN.replace("Millionen Euro", "Millionen Euro nicht"));
    let texts = [("en.txt", ENGLISH), ("de.txt", GERMAN)];
    let mut explained = 0;
    for (a, b) in [("en.txt", "de.txt"), ("de.txt", "en.txt"), ("en.txt", "not.txt")] {
        for finding in findings(&session, a, b) {
            let id = finding["id"].as_str().unwrap();
            let document = json(&session.run(&["explain", id, a, b, "--format", "json"]).quiet());
            assert_eq!(document["schema"], "claimdiff.explain/1");
            let entries = document["explanations"].as_array().unwrap();
            assert_eq!(entries.len(), 1);
            let entry = &entries[0];
            assert_eq!(entry["finding"], finding);
            assert_eq!(entry["rule"]["name"], finding["rule"]);
            assert_eq!(entry["rule"]["confidence"], finding["confidence"]);
            for (side, file) in [("a", a), ("b", b)] {
                let place = &finding[side];
                let words = entry["words"][side].as_array().unwrap();
                assert_eq!(place.is_null(), words.is_empty() && entry["sentences"][side].is_null());
                assert_eq!(place.is_null(), !words.iter().any(|word| word["inside"] == true));
                let Some((_, text)) = texts.iter().find(|(name, _)| *name == file) else { continue };
                let sentence = Some(&entry["sentences"][side]).filter(|sentence| !sentence.is_null());
                for piece in words.iter().chain(sentence) {
                    let at = |key: &str| piece[key].as_u64().unwrap() as usize;
                    assert_eq!(text.get(at("start")..at("end")), piece["text"].as_str(), "{piece}");
                }
            }
            // A divergence is the chance whose log odds are the sum of its parts.
            for group in entry["alignment"].as_array().unwrap() {
                let number = |part: &serde_json::Value, key: &str| part[key].as_f64().unwrap();
                let parts = group["parts"].as_array().unwrap();
                let sum: f64 = parts.iter().map(|p| number(p, "value") * number(p, "weight")).sum();
                assert!((number(group, "divergence") - 1.0 / (1.0 + (-sum).exp())).abs() < 0.005, "{group}");
            }
            assert!(session.run(&["explain", id, a, b]).quiet().contains(id));
            explained += 1;
        }
    }
    assert!(explained >= 5, "{explained}");
}

#[test]
fn one_finding_of_two_versions_is_explained_twice() {
    let session = Session::new();
    session.file("de2.txt", GERMAN);
    let text = session.run(&["explain", "4def", "en.txt", "fr.txt", "de.txt", "de2.txt"]).quiet();
    let firsts: Vec<&str> = text.lines().filter(|line| line.contains("4def3461ee0d")).collect();
    assert_eq!(firsts.len(), 2, "{text}");
    assert!(text.contains("B de.txt, sentence 2") && text.contains("B de2.txt, sentence 2"), "{text}");
}

#[test]
fn what_is_no_finding_is_refused_with_a_way_out() {
    let session = Session::new();
    assert_eq!(
        session.run(&["explain", "00000000", "en.txt", "de.txt"]).refused(),
        "claimdiff: no finding of these versions has an id that begins with 00000000\n  \
         help: claimdiff compare en.txt de.txt --level low prints all findings with their ids\n"
    );
    // Two ids that begin alike.
    let told = "The mayor will open the new bridge over the river in May.";
    let [first, second] = [1454, 1537].map(|n| format!("Farmers near Torvik sold {n} baskets of plums."));
    session.file("long.txt", format!("{told} {first} {second}\n"));
    session.file("short.txt", format!("{told}\n"));
    assert_eq!(
        session.run(&["explain", "5e7a", "long.txt", "short.txt", "--lang-b", "en"]).refused(),
        "claimdiff: 2 findings have an id that begins with 5e7a: 5e7a1a9ad42b, 5e7adbac0143\n  \
         help: write more of the digits\n"
    );
    let text = session.run(&["explain", "5e7ad", "long.txt", "short.txt", "--lang-b", "en"]).quiet();
    assert!(text.contains(&second) && !text.contains("5e7a1"), "{text}");
    let said = session.run(&["explain", "4def", "en.txt", "missing.txt"]).refused();
    assert!(said.starts_with("claimdiff: missing.txt: cannot be read: "), "{said}");
    let said = session.run(&["explain", "4def", "-", "-"]).refused();
    assert!(said.starts_with("claimdiff: standard input (-) is named twice"), "{said}");
}

#[test]
fn an_article_cannot_steer_the_terminal_of_who_asks() {
    let session = Session::new();
    let sequence = "\u{1b}[2J\u{202e}";
    for (name, text) in [("a\u{1b}[1m.txt", ENGLISH), ("b.txt", GERMAN)] {
        session.file(name, text.replace("Okoro", &format!("Oko{sequence}ro")));
    }
    let ids = findings(&session, "a\u{1b}[1m.txt", "b.txt");
    assert!(ids.len() >= 2, "{ids:?}");
    for finding in &ids {
        let args = ["explain", finding["id"].as_str().unwrap(), "a\u{1b}[1m.txt", "b.txt"];
        let answer = session.run(&args);
        assert_eq!(answer.status, 0);
        assert!(
            answer.stderr.contains("b.txt: holds marks that turn the direction of text"),
            "{}",
            answer.stderr
        );
        for text in [answer.stdout, answer.stderr] {
            assert!(text.contains("a\\u{1b}[1m.txt"), "{text}");
            assert!(!text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
        }
    }
}

#[test]
fn rules_in_short() {
    let session = Session::new();
    without_numbers!(session.run(&["rules", "--width", "100"]).quiet());
}

#[test]
fn one_rule_in_full() {
    let session = Session::new();
    without_numbers!(session.run(&["rules", "polarity", "--width", "100"]).quiet());
}

#[test]
fn rules_are_told_by_name_by_kind_and_as_json() {
    let session = Session::new();
    let names = |args: &[&str]| -> Vec<String> {
        let document = json(&session.run(&[&["rules", "--format", "json"], args].concat()).quiet());
        assert_eq!(document["schema"], "claimdiff.rules/1");
        let rules = document["rules"].as_array().unwrap();
        rules.iter().map(|rule| rule["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), RULES.map(|rule| rule.name));
    assert_eq!(names(&["polarity"]), ["polarity"]);
    assert_eq!(names(&["quote"]), ["quote", "polarity", "modality", "quantifier"]);
    assert_eq!(names(&["money"]), ["value"]);
    let document = json(&session.run(&["rules", "quantifier", "--format", "json"]).quiet());
    let rule = &document["rules"][0];
    let count = |key: &str| rule["graded"][key].as_f64().unwrap();
    let (right, wrong) = (count("right"), count("false"));
    let confidence = rule["confidence"].as_f64().unwrap();
    assert!(((right + 1.0) / (right + wrong + 2.0) - confidence).abs() < 1e-4, "{rule}");
    let kinds: Vec<&str> =
        rule["kinds"].as_array().unwrap().iter().map(|k| k["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["quantifier", "quote"]);
    assert!(rule["kinds"][0]["examples"][0]["fires"].as_str().unwrap().starts_with("Einige"));
}
