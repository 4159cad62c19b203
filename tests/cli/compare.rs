//! `compare`: status, JSON against its contract, text on a terminal and in a pipe.

use claimdiff::divergence::RULES;

use super::session::{ENGLISH, FRENCH, GERMAN, Session, answer, without_numbers};

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_status_says_whether_there_is_a_finding() {
    let session = Session::new();
    session.file("copy.txt", ENGLISH);
    for (args, status) in [
        (vec!["compare", "en.txt", "copy.txt"], 0),
        (vec!["compare", "en.txt", "de.txt"], 1),
        (vec!["compare", "en.txt", "de.txt", "--level", "high", "--format", "json"], 1),
        (vec!["compare", "en.txt", "copy.txt", "de.txt"], 1),
        (vec!["compare", "en.txt", "copy.txt", "--level", "low"], 0),
    ] {
        let answer = session.run(&args);
        assert_eq!((answer.status, answer.stderr.as_str()), (status, ""), "{args:?}\n{}", answer.stdout);
    }
}

#[test]
fn a_file_against_itself_is_silent_and_said() {
    let answer = Session::new().run(&["compare", "en.txt", "en.txt"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert_eq!(answer.stderr, "claimdiff: note: en.txt is compared with itself\n");
    assert!(answer.stdout.contains("No findings at or above medium."), "{}", answer.stdout);
}

#[test]
fn text_for_reading() {
    let session = Session::new();
    let args = ["compare", "en.txt", "de.txt", "--width", "80"];
    without_numbers!(session.run(&args).stdout);
}

#[test]
fn text_side_by_side() {
    let session = Session::new();
    let args = ["compare", "en.txt", "de.txt", "--width", "110", "--level", "high"];
    let text = session.run(&args).stdout;
    assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
    without_numbers!(text);
}

#[test]
fn json_for_programs() {
    let session = Session::new();
    without_numbers!(session.run(&["compare", "en.txt", "de.txt", "--format", "json"]).stdout);
}

#[test]
fn sentences_that_follow_one_another_are_one_passage() {
    let session = Session::new();
    let (first, last) = (ENGLISH.lines().next().unwrap(), ENGLISH.lines().last().unwrap());
    session.file("cut.txt", format!("{first}\n\n{last}\n"));
    let text = session.run(&["compare", "en.txt", "cut.txt", "--width", "80"]).stdout;
    let shown = text.split("Findings\n").nth(1).unwrap().split("\nDivergence").next().unwrap();
    without_numbers!("passage", shown);
    // In JSON each stands by itself.
    let report = json(&session.run(&["compare", "en.txt", "cut.txt", "--format", "json"]).stdout);
    let findings = report["comparisons"][0]["findings"].as_array().unwrap();
    let missing: Vec<_> = findings.iter().filter(|f| f["kind"] == "statement").collect();
    assert_eq!(missing.len(), 4, "{missing:?}");
    assert!(findings.iter().all(|f| text.matches(f["id"].as_str().unwrap()).count() == 1), "{text}");
    // From the other side, and where one of them is below the level.
    let text = session.run(&["compare", "cut.txt", "en.txt", "--width", "80"]).stdout;
    assert!(text.contains("high   added statement, 4 sentences, 1-4  "), "{text}");
    assert!(text.contains("\n       none of them in A\n"), "{text}");
    let text = session.run(&["compare", "en.txt", "cut.txt", "--level", "high", "--width", "80"]).stdout;
    assert!(text.contains("high   dropped statement, 3 sentences, 2-4  "), "{text}");
}

#[test]
fn sentences_apart_and_clauses_stand_by_themselves() {
    let session = Session::new();
    let told = "The mayor will open the new bridge over the river in May.";
    let lost = ["A singer was arrested at the airport of Rome.", "Farmers expect a poor harvest of olives."];
    session.file("long.txt", format!("{} {told} {}\n", lost[0], lost[1]));
    session.file("short.txt", format!("{told}\n"));
    let text = session.run(&["compare", "long.txt", "short.txt", "--level", "low"]).stdout;
    for sentence in lost {
        assert!(text.contains(&format!("       sentence missing from B: “{sentence}”\n")), "{text}");
    }
    assert!(!text.contains("sentences,"), "{text}");
    session.file(
        "clause.txt",
        "The mayor, who had borrowed millions for two failed casinos, approved the plan for the harbour.\n",
    );
    session.file("plain.txt", "The mayor approved the plan for the harbour.\n");
    let text = session.run(&["compare", "clause.txt", "plain.txt"]).stdout;
    assert!(text.contains("medium dropped statement  ") && !text.contains("none of them"), "{text}");
}

/// The keys of an object in the order in which they are written.
fn keys(text: &str, indent: usize) -> Vec<&str> {
    let start = format!("{}\"", " ".repeat(indent));
    text.lines().filter_map(|l| l.strip_prefix(&start)?.split_once('"').map(|(key, _)| key)).collect()
}

#[test]
fn json_keeps_its_contract() {
    let session = Session::new();
    let answer =
        session.run(&["compare", "en.txt", "de.txt", "fr.txt", "--format", "json", "--level", "low"]);
    assert_eq!((answer.status, answer.stderr.as_str()), (1, ""));
    assert_eq!(keys(&answer.stdout, 2), ["schema", "tool", "articles", "comparisons"]);
    let report = json(&answer.stdout);
    assert_eq!(report["schema"], "claimdiff.compare/1");
    assert_eq!(report["tool"]["name"], "claimdiff");
    assert_eq!(report["tool"]["encoder"]["sha256"].as_str().unwrap().len(), 64);
    let texts = [ENGLISH, GERMAN, FRENCH];
    let articles = report["articles"].as_array().unwrap();
    for (k, (path, language)) in [("en.txt", "en"), ("de.txt", "de"), ("fr.txt", "fr")].iter().enumerate() {
        assert_eq!((&articles[k]["path"], &articles[k]["language"]), (&(*path).into(), &(*language).into()));
        assert_eq!(articles[k]["title"].as_str(), texts[k].lines().next());
        for (id, sentence) in articles[k]["sentences"].as_array().unwrap().iter().enumerate() {
            assert_eq!(sentence["id"], id);
            assert!(
                ["headline", "body", "caption", "byline", "boilerplate"]
                    .contains(&sentence["role"].as_str().unwrap())
            );
            in_text(sentence, texts[k]);
        }
    }
    let comparisons = report["comparisons"].as_array().unwrap();
    assert_eq!(comparisons.len(), 2);
    for (b, comparison) in comparisons.iter().enumerate() {
        assert_eq!((&comparison["a"], &comparison["b"]), (&0.into(), &(b + 1).into()));
        for score in ["divergence", "content", "claims", "order"] {
            assert!((0.0..=1.0).contains(&comparison["scores"][score].as_f64().unwrap()));
        }
        for group in comparison["alignment"].as_array().unwrap() {
            assert!(["equivalent", "partial", "contradicts"].contains(&group["relation"].as_str().unwrap()));
            assert!(group["moved"].is_boolean() && group["similarity"].is_number());
            for (side, article) in [("a", 0), ("b", b + 1)] {
                let sentences = articles[article]["sentences"].as_array().unwrap().len() as u64;
                assert!(group[side].as_array().unwrap().iter().all(|k| k.as_u64().unwrap() < sentences));
            }
        }
        let mut ids = Vec::new();
        for finding in comparison["findings"].as_array().unwrap() {
            ids.push(finding["id"].as_str().unwrap());
            let change = finding["change"].as_str().unwrap();
            assert_eq!(finding["a"].is_null(), change == "added", "{finding}");
            assert_eq!(finding["b"].is_null(), change == "dropped", "{finding}");
            assert!(["low", "medium", "high"].contains(&finding["severity"].as_str().unwrap()));
            assert!((0.0..=1.0).contains(&finding["confidence"].as_f64().unwrap()));
            assert!(RULES.iter().any(|rule| finding["rule"] == rule.name), "{finding}");
            assert!(!finding["message"].as_str().unwrap().is_empty());
            for (side, text) in [("a", texts[0]), ("b", texts[b + 1])] {
                if !finding[side].is_null() {
                    in_text(&finding[side], text);
                }
            }
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice");
    }
    let money = |k: usize| {
        let findings = comparisons[k]["findings"].as_array().unwrap();
        findings.iter().find(|f| f["kind"] == "money").map(|f| f["b"]["value"]["amount"].as_f64())
    };
    assert_eq!((money(0), money(1)), (Some(Some(4.2e6)), None));
}

#[track_caller]
fn in_text(place: &serde_json::Value, text: &str) {
    let at = |key: &str| place[key].as_u64().unwrap() as usize;
    assert_eq!(text.get(at("start")..at("end")), place["text"].as_str());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let session = Session::new();
    for format in ["json", "text"] {
        let args = ["compare", "en.txt", "fr.txt", "de.txt", "--format", format, "--level", "low"];
        let first = session.run(&args).stdout;
        for threads in ["1", "2", "2"] {
            let again = answer(session.command(&args).env("RAYON_NUM_THREADS", threads));
            assert_eq!(again.stdout, first, "{threads} threads");
        }
    }
}

#[test]
fn an_id_speaks_of_content_and_not_of_place() {
    let session = Session::new();
    let ids = |args: &[&str]| -> Vec<String> {
        let report = json(&session.run(args).stdout);
        let findings = report["comparisons"][0]["findings"].as_array().unwrap().clone();
        findings
            .iter()
            .filter(|f| f["kind"] == "money")
            .map(|f| f["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = ids(&["compare", "en.txt", "de.txt", "--format", "json"]);
    let more = "Die Stadt liegt an einem Fluss und hat drei Brücken.";
    session.file("later.txt", GERMAN.replacen("\n\n", &format!("\n\n{more} "), 1));
    assert_eq!(before.len(), 1);
    assert_eq!(ids(&["compare", "en.txt", "later.txt", "--format", "json"]), before);
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let session = Session::new();
    let escapes = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = session.command(&["compare", "en.txt", "de.txt"]);
        answer(command.args(args).envs(env.iter().copied())).stdout.contains('\u{1b}')
    };
    assert!(!escapes(&[], &[]));
    assert!(!escapes(&["--color", "auto"], &[("TERM", "xterm-256color")]));
    assert!(escapes(&["--color", "always"], &[]));
    assert!(escapes(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(escapes(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!escapes(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!escapes(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!escapes(&["--format", "json", "--color", "always"], &[]));
}

#[test]
fn an_article_cannot_steer_the_terminal() {
    let session = Session::new();
    let sequence = "\u{1b}[2J\u{9b}31m\u{202e}\u{7}";
    // Inside a name, and between the words of a quotation.
    let steering = |text: &str| {
        text.replace("Okoro", &format!("Oko{sequence}ro")).replace(" Tür ", &format!(" {sequence} Tür "))
    };
    session.file("a\u{1b}[1m.txt", steering(ENGLISH));
    session.file("b.txt", steering(GERMAN));
    for args in [
        vec!["compare", "a\u{1b}[1m.txt", "b.txt"],
        vec!["compare", "b.txt", "a\u{1b}[1m.txt", "--width", "120"],
        vec!["segment", "b.txt"],
        vec!["claims", "b.txt"],
        vec!["segment", "missing\u{1b}[1m.txt"],
    ] {
        let answer = session.run(&args);
        let text = answer.stdout + &answer.stderr;
        assert!(text.contains("\\u{1b}[") && text.lines().count() > 0, "{args:?} {text:?}");
        let unsafe_character = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(unsafe_character), "{args:?} {text:?}");
    }
    // In JSON nothing is changed.
    let report = session.run(&["compare", "b.txt", "en.txt", "--format", "json"]).stdout;
    assert!(report.contains("\\u001b[2J") && !report.contains('\u{1b}'));
}
