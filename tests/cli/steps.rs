//! `segment`, `claims`, `align`, `words` and `score`.

use std::collections::BTreeSet;

use super::session::{ENGLISH, FRENCH, GERMAN, PAIRS, Session, answer, records};

#[test]
fn segment_prints_where_each_sentence_starts() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["segment", "fr.txt", "--lang", "fr"]).quiet());
}

#[test]
fn claims_print_kind_text_and_value() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["claims", "de.txt", "--lang", "de"]).quiet());
}

/// Bytes `start..end` of the file are the text, for each record.
fn true_to(file: &str, output: &str) -> Vec<serde_json::Value> {
    let records = records(output);
    assert!(!records.is_empty());
    for record in &records {
        let at = |key: &str| record[key].as_u64().unwrap() as usize;
        assert_eq!(file.get(at("start")..at("end")), record["text"].as_str(), "{record}");
    }
    records
}

#[test]
fn records_are_true_to_the_file() {
    let session = Session::new();
    let hostile = format!("\u{feff}Ärger\u{301} 🚢 um 3,5 Mio. €.\r\n \r\n\u{2028}{GERMAN}");
    session.file("hostile.txt", &hostile);
    for (name, text) in
        [("en.txt", ENGLISH), ("de.txt", GERMAN), ("fr.txt", FRENCH), ("hostile.txt", hostile.as_str())]
    {
        let sentences = true_to(text, &session.run(&["segment", name, "--format", "jsonl"]).quiet());
        let mut end = 0;
        for sentence in sentences {
            let between = &text[end..sentence["start"].as_u64().unwrap() as usize];
            assert!(between.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty());
            end = sentence["end"].as_u64().unwrap() as usize;
        }
        assert!(text[end..].trim().is_empty());
        let claims = true_to(text, &session.run(&["claims", name, "--format", "jsonl"]).quiet());
        let starts: Vec<u64> = claims.iter().map(|c| c["start"].as_u64().unwrap()).collect();
        assert!(starts.is_sorted());
        assert!(claims.iter().any(|c| c["kind"] == "money" && c["value"]["currency"] == "EUR"));
    }
}

#[test]
fn times_are_told_from_the_day_of_the_article() {
    let session = Session::new();
    let body = "The council of Marlow voted on the new bridge yesterday, after a debate of six hours.\n";
    session.file("plain.txt", body);
    session.file("dated.txt", format!("Council votes\n\nBy Ann Reed, March 14, 2024\n\n{body}"));
    let dates = |args: &[&str]| -> Vec<serde_json::Value> {
        let args = [&["claims", "--format", "jsonl", "--lang", "en"], args].concat();
        let found = records(&session.run(&args).quiet());
        found.into_iter().filter(|c| c["kind"] == "date").map(|mut c| c["value"].take()).collect()
    };
    let yesterday = serde_json::json!({"offset": -1, "unit": "day"});
    assert_eq!(dates(&["plain.txt"]), [yesterday]);
    assert_eq!(dates(&["plain.txt", "--date", "2024-03-01"]), ["2024-02-29"]);
    assert_eq!(dates(&["dated.txt"]), ["2024-03-14", "2024-03-13"]);
    assert_eq!(dates(&["dated.txt", "--date", "2020-01-01"]), ["2024-03-14", "2019-12-31"]);
    for day in ["2024-02-30", "2024-03", "yesterday"] {
        let refused = session.run(&["claims", "plain.txt", "--date", day]).refused();
        assert!(refused.contains("--date") && refused.contains(day), "{refused}");
    }
}

/// Lines such as `[0, 1]:[2]:0.83` as lists of indices.
fn rows(output: &str) -> Vec<(Vec<usize>, Vec<usize>)> {
    let list = |text: &str| -> Vec<usize> { serde_json::from_str(text).unwrap() };
    output
        .lines()
        .map(|line| {
            let mut parts = line.split(':');
            let row = (list(parts.next().unwrap()), list(parts.next().unwrap()));
            assert!(parts.next().unwrap().parse::<f64>().unwrap().is_finite() && parts.next().is_none());
            row
        })
        .collect()
}

#[test]
fn align_lines_puts_each_line_in_one_row() {
    let session = Session::new();
    session.file("a.lines", "The ferry sank near the coast in heavy fog.\n\nNobody was hurt.\nThe captain was arrested on Monday.\n");
    session.file(
        "b.lines",
        "Die Fähre sank in dichtem Nebel vor der Küste.\r\nDer Kapitän wurde am Montag festgenommen.\r\n",
    );
    let rows = rows(&session.run(&["align", "a.lines", "b.lines", "--lines", "--format", "tsv"]).quiet());
    let mut a: Vec<usize> = rows.iter().flat_map(|r| r.0.clone()).collect();
    let mut b: Vec<usize> = rows.iter().flat_map(|r| r.1.clone()).collect();
    a.sort_unstable();
    b.sort_unstable();
    assert_eq!((a, b), (vec![0, 1, 2, 3], vec![0, 1]));
    assert!(rows.contains(&(vec![0], vec![0])) && rows.contains(&(vec![3], vec![1])), "{rows:?}");
    session.file("none.lines", "");
    assert_eq!(
        session.run(&["align", "none.lines", "b.lines", "--lines"]).quiet(),
        "[]:[0]:0.0000\n[]:[1]:0.0000\n"
    );
}

#[test]
fn align_reads_articles_and_numbers_sentences_as_compare_does() {
    let session = Session::new();
    let shared = "Comments\n\nPlease log in to leave a comment.\n";
    session.file("en.md", format!("{ENGLISH}\n{shared}"));
    let rows = rows(&session.run(&["align", "en.md", "de.txt", "--lang-a", "en", "--lang-b", "de"]).quiet());
    let report = session.run(&["compare", "en.md", "de.txt", "--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    for group in report["comparisons"][0]["alignment"].as_array().unwrap() {
        let side = |key: &str| -> Vec<usize> { serde_json::from_value(group[key].clone()).unwrap() };
        assert!(rows.contains(&(side("a"), side("b"))), "{group} {rows:?}");
    }
    let told: BTreeSet<usize> = report["articles"][0]["sentences"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| ["headline", "body", "caption"].contains(&s["role"].as_str().unwrap()))
        .map(|s| s["id"].as_u64().unwrap() as usize)
        .collect();
    assert_eq!(rows.iter().flat_map(|r| r.0.clone()).collect::<BTreeSet<_>>(), told);
}

#[test]
fn align_prints_a_translation_memory_and_a_document() {
    let session = Session::new();
    session.file("a.lines", "Fish & chips < 5 euros\u{1}.\nNobody was hurt when the ferry sank.\n");
    session.file("b.lines", "Fisch & Chips < 5 Euro.\n");
    let asked = |format| {
        session
            .run(&[
                "align", "a.lines", "b.lines", "--lines", "--lang-a", "en", "--lang-b", "de", "--format",
                format,
            ])
            .quiet()
    };
    insta::assert_snapshot!("align_tmx", asked("tmx"));
    insta::assert_snapshot!("align_json", asked("json"));
    insta::assert_snapshot!("align_text", asked("text"));
}

#[test]
fn words_have_a_number_for_each_token() {
    let session = Session::new();
    let answers = records(&session.run(&["words", "pairs.jsonl"]).quiet());
    assert_eq!(
        answers.iter().map(|r| r["id"].clone()).collect::<Vec<_>>(),
        ["p0".into(), 7.into(), serde_json::json!("p2")]
    );
    for (answer, asked) in answers.iter().zip(PAIRS.lines().filter(|l| !l.is_empty())) {
        let asked: serde_json::Value = serde_json::from_str(asked).unwrap();
        for side in ["a", "b"] {
            let numbers = answer[side].as_array().unwrap();
            assert_eq!(numbers.len(), asked[side].as_str().unwrap().split_whitespace().count());
            assert!(numbers.iter().all(|n| (0.0..=1.0).contains(&n.as_f64().unwrap())));
        }
    }
    let figure = |k: usize| answers[k]["a"][3].as_f64().unwrap();
    assert!(figure(1) > figure(0) + 0.2, "{answers:?}");
}

#[test]
fn score_ranks_what_changes_the_message() {
    let session = Session::new();
    let output = answer(session.command(&["score", "-"]).write_stdin(PAIRS)).quiet();
    let answers = records(&output);
    assert_eq!(answers.len(), 3);
    let of = |k: usize, key: &str| answers[k][key].as_f64().unwrap();
    for (k, answer) in answers.iter().enumerate() {
        assert!((-1.0..=1.0).contains(&of(k, "similarity")) && (0.0..=1.0).contains(&of(k, "divergence")));
        assert!(answer["flags"].is_array());
    }
    assert!(
        of(0, "divergence") < of(1, "divergence") && of(0, "divergence") < of(2, "divergence"),
        "{output}"
    );
    assert!(of(2, "divergence") >= 0.5 && of(0, "divergence") < 0.5, "{output}");
    assert!(output.starts_with(r#"{"id":"p0","similarity":"#), "{output}");
}

#[test]
fn records_do_not_depend_on_each_other() {
    let session = Session::new();
    for command in ["words", "score"] {
        let together = session.run(&[command, "pairs.jsonl"]).quiet();
        let mut alone = String::new();
        for line in PAIRS.lines() {
            alone += &answer(session.command(&[command, "-"]).write_stdin(line)).quiet();
        }
        assert_eq!(alone, together);
    }
}
