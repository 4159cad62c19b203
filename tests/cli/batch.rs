//! `batch`: records in, results out, and what a stop, a kill and a full disk leave behind.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::session::{ENGLISH, FRENCH, GERMAN, Session, answer, records};
use crate::support;

/// So many records of short texts, each with an id of its own.
fn many(count: usize) -> String {
    let record = |k: usize| {
        let a = format!("The council spent {k} million euros on {} bridges in May 2024.", k % 7 + 2);
        let b = format!("Der Rat gab im Mai 2024 {} Millionen Euro für Brücken aus.", k + k % 2);
        json!({ "id": format!("p{k}"), "a": a, "b": b }).to_string() + "\n"
    };
    (0..count).map(record).collect()
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// The program in the folder, started and not waited for.
fn start(session: &Session, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
    command.arg("batch").args(args).current_dir(session.path()).env("RAYON_NUM_THREADS", "2");
    command.env("CLAIMDIFF_MODEL_DIR", support::folder()).env("CLAIMDIFF_OFFLINE", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    let kill = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", child.id())).status().unwrap();
    assert!(kill.success());
}

#[test]
fn results_are_those_of_compare() {
    let session = Session::new();
    session.file("page.html", format!("<html><body><article><p>{GERMAN}</p></article></body></html>"));
    let texts = json!({ "id": "texts", "a": ENGLISH, "b": GERMAN, "source": "unknown keys are passed over" });
    let paths = json!({ "id": 7, "a_path": "en.txt", "b_path": "fr.txt", "a_lang": "en", "b_lang": "fr-CH" });
    let mixed = json!({ "id": -1, "a": ENGLISH, "b_path": "page.html", "date": "2025-03-01" });
    session.file("in.jsonl", format!("\u{feff}{texts}\n\n{paths}\r\n{mixed}"));
    for level in ["low", "high"] {
        let args = ["batch", "in.jsonl", "--ordered", "--alignment", "--level", level];
        let batch = session.run(&args);
        assert_eq!(batch.status, 0, "{}", batch.stderr);
        assert!(batch.stderr.starts_with("claimdiff: 3 compared, 0 errors, 0 skipped, "), "{}", batch.stderr);
        let results = records(&batch.stdout);
        let ids: Vec<&Value> = results.iter().map(|record| &record["id"]).collect();
        assert_eq!(ids, [&json!("texts"), &json!(7), &json!(-1)]);
        for (result, other, date) in [
            (&results[0], "de.txt", None),
            (&results[1], "fr.txt", None),
            (&results[2], "page.html", Some("2025-03-01")),
        ] {
            let mut args = vec!["compare", "en.txt", other, "--format", "json", "--level", level];
            args.extend(date.iter().flat_map(|date| ["--date", date]));
            let whole: Value = serde_json::from_str(&session.run(&args).stdout).unwrap();
            let pair = &whole["comparisons"][0];
            for part in ["scores", "parallel", "alignment", "findings", "unclear"] {
                assert_eq!(result[part], pair[part], "{other} {part}");
            }
            let languages: Vec<&Value> = (0..2).map(|k| &whole["articles"][k]["language"]).collect();
            assert_eq!(result["languages"], json!(languages));
        }
    }
    // From standard input, and without groups of sentences.
    let piped = answer(session.command(&["batch", "-", "-q"]).write_stdin(texts.to_string())).quiet();
    let keys =
        piped.split('"').filter(|word| ["scores", "languages", "alignment", "findings"].contains(word));
    assert_eq!(keys.collect::<Vec<_>>(), ["scores", "languages", "findings"]);
    assert!(
        piped.starts_with(r#"{"id":"texts","scores":{"divergence":0."#) && piped.ends_with("]}\n"),
        "{piped}"
    );
}

#[test]
fn a_broken_line_is_answered_and_the_rest_goes_on() {
    let session = Session::new();
    let good = json!({ "id": "good", "a": ENGLISH, "b": FRENCH }).to_string();
    let long = format!(r#"{{"id": "long", "a": "{}"}}"#, "x".repeat(16 << 20));
    let lines = [
        good.as_str(),
        "",
        "{\"id\": \"torn\", \"a\": ",
        r#"{"a": "no id", "b": "none"}"#,
        r#"{"id": null, "a": "one", "b": "two"}"#,
        r#"{"id": 1.5, "a": "one", "b": "two"}"#,
        r#"{"id": "half", "a": "one"}"#,
        r#"{"id": "both", "a": "one", "a_path": "en.txt", "b": "two"}"#,
        r#"{"id": "type", "a": 5, "b": "two"}"#,
        r#"{"id": "lang", "a": "one", "a_lang": "english", "b": "two"}"#,
        r#"{"id": "date", "a": "one", "b": "two", "date": "yesterday"}"#,
        r#"{"id": "empty", "a": " ", "b": "two"}"#,
        r#"{"id": "gone", "a_path": "en.txt", "b_path": "gone.txt"}"#,
        r#"{"id": "stdin", "a_path": "-", "b_path": "en.txt"}"#,
        &long,
        &good,
    ];
    session.file("in.jsonl", lines.join("\n"));
    let batch = session.run(&["batch", "in.jsonl", "--ordered"]);
    assert_eq!(batch.status, 2);
    assert!(batch.stderr.starts_with("claimdiff: 2 compared, 13 errors, 0 skipped, "), "{}", batch.stderr);
    let answers: Vec<&str> = batch.stdout.lines().collect();
    // An id that stands twice is answered twice.
    assert_eq!(answers[0], answers[14]);
    assert!(answers[0].starts_with(r#"{"id":"good","scores":"#), "{}", answers[0]);
    insta::assert_snapshot!("batch_errors", answers[1..14].join("\n"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let session = Session::new();
    session.file("in.jsonl", many(60));
    let run = |threads: &str, args: &[&str]| {
        let mut command = session.command(&[&["batch", "in.jsonl", "-q"], args].concat());
        answer(command.env("RAYON_NUM_THREADS", threads)).quiet()
    };
    let one = run("1", &[]);
    assert_eq!(one.lines().count(), 60);
    assert_eq!(run("2", &["--ordered"]), one);
    assert_eq!(run("7", &["--ordered"]), one);
    assert_eq!(sorted(&run("7", &[])), sorted(&one));
}

#[test]
fn a_run_goes_on_where_another_ended() {
    let session = Session::new();
    session
        .file("in.jsonl", many(6) + "{\"id\": \"late\", \"a\": \"One text.\", \"b_path\": \"late.txt\"}\n");
    let whole = session.run(&["batch", "in.jsonl", "--ordered", "-o", "whole.jsonl"]);
    assert_eq!((whole.status, whole.stdout.as_str()), (2, ""));
    let whole = fs::read_to_string(session.path().join("whole.jsonl")).unwrap();
    assert_eq!(whole.lines().count(), 7);
    let lines: Vec<&str> = whole.lines().collect();
    session.file("late.txt", "Another text.");
    // Two results, the error and a line that a kill has torn.
    let torn = format!("{}\n{}\n{}\n{}", lines[0], lines[6], lines[3], &lines[1][..40]);
    let end = |out: &str, said: &str| {
        assert!(said.starts_with("claimdiff: 5 compared, 0 errors, 2 skipped, "), "{said}");
        let out = fs::read_to_string(session.path().join(out)).unwrap();
        assert_eq!(out.lines().take(3).collect::<Vec<_>>(), [lines[0], lines[6], lines[3]]);
        let added = records(&out).split_off(3);
        let ids: Vec<&str> = added.iter().map(|record| record["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["p1", "p2", "p4", "p5", "late"]);
        assert!(added.iter().all(|record| record["error"].is_null()));
    };
    session.file("out.jsonl", &torn);
    let args = ["batch", "in.jsonl", "--ordered", "--skip-done", "out.jsonl", "-o", "out.jsonl"];
    let resumed = session.run(&args);
    assert_eq!((resumed.status, resumed.stdout.as_str()), (0, ""));
    end("out.jsonl", &resumed.stderr);
    // Once more there is nothing to do.
    let again = session.run(&args).stderr;
    assert!(again.starts_with("claimdiff: 0 compared, 0 errors, 7 skipped, "), "{again}");
    // The same through the shell.
    session.file("shell.jsonl", &torn);
    let program = env!("CARGO_BIN_EXE_claimdiff");
    let script = format!("{program} batch in.jsonl --ordered --skip-done shell.jsonl >> shell.jsonl");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(session.path()).env("CLAIMDIFF_MODEL_DIR", support::folder());
    let output = shell.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    end("shell.jsonl", &String::from_utf8(output.stderr).unwrap());
    // Into another file, the first is left as it is.
    session.file("old.jsonl", &torn);
    let other = session.run(&["batch", "in.jsonl", "-q", "--ordered", "--skip-done", "old.jsonl"]).quiet();
    assert_eq!(other.lines().count(), 5);
    assert_eq!(fs::read_to_string(session.path().join("old.jsonl")).unwrap(), torn);
    // Nothing was done where there is no file; a file that is not continued is emptied.
    session.file("new.jsonl", "old\n");
    session.run(&["batch", "in.jsonl", "-q", "--ordered", "--skip-done", "none", "-o", "new.jsonl"]).quiet();
    let new = fs::read_to_string(session.path().join("new.jsonl")).unwrap();
    assert_eq!(new.lines().collect::<Vec<_>>()[..6], lines[..6]);
}

#[test]
fn output_that_cannot_be_written_is_refused() {
    let session = Session::new();
    session.file("in.jsonl", many(3));
    let said = session.run(&["batch", "in.jsonl", "-o", "in.jsonl"]).refused();
    assert!(said.contains("in.jsonl: cannot be written: it is the input"), "{said}");
    assert_eq!(fs::read_to_string(session.path().join("in.jsonl")).unwrap(), many(3));
    let said = session.run(&["batch", "in.jsonl", "-o", "none/out.jsonl"]).refused();
    assert!(said.contains("none/out.jsonl: cannot be written"), "{said}");
    let said = session.run(&["batch", "none.jsonl"]).refused();
    assert!(said.contains("none.jsonl: cannot be read"), "{said}");
    let said = session.run(&["batch", "."]).refused();
    assert!(said.contains(".: cannot be read"), "{said}");
    if cfg!(target_os = "linux") {
        let full = session.run(&["batch", "in.jsonl", "-o", "/dev/full"]).refused();
        assert!(full.contains("/dev/full: cannot be written"), "{full}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_it() {
    let session = Session::new();
    session.file("in.jsonl", many(2000));
    let mut child = start(&session, &["in.jsonl"]);
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.ends_with("}\n"), "{line}");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[cfg(unix)]
#[test]
fn a_stop_half_way_loses_nothing() {
    let session = Session::new();
    session.file("in.jsonl", many(400));
    let out = session.path().join("out.jsonl");
    for (name, status) in [("TERM", 143), ("INT", 130)] {
        let args = ["in.jsonl", "--skip-done", "out.jsonl", "-o", "out.jsonl"];
        let before = fs::read(&out).map_or(0, |bytes| bytes.len());
        let child = start(&session, &args);
        while fs::metadata(&out).map_or(0, |file| file.len() as usize) <= before {
            thread::sleep(Duration::from_millis(2));
        }
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(said.contains(" compared, 0 errors, "), "{said}");
        let text = fs::read_to_string(&out).unwrap();
        assert!(text.ends_with("}\n") && records(&text).len() < 400);
    }
    // A kill may tear a line.
    let mut child = start(&session, &["in.jsonl", "--skip-done", "out.jsonl", "-o", "out.jsonl"]);
    thread::sleep(Duration::from_millis(300));
    child.kill().unwrap();
    child.wait().unwrap();
    session.run(&["batch", "in.jsonl", "-q", "--skip-done", "out.jsonl", "-o", "out.jsonl"]).quiet();
    let resumed = fs::read_to_string(&out).unwrap();
    let whole = session.run(&["batch", "in.jsonl", "-q"]).quiet();
    assert_eq!(sorted(&resumed), sorted(&whole));
}

#[cfg(unix)]
#[test]
fn a_stop_does_not_wait_for_input() {
    let session = Session::new();
    let mut child = start(&session, &["-"]);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(many(1).as_bytes()).unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    // A result is there as soon as it is ready, while the input is still open.
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert!(line.ends_with("}\n"), "{line}");
    signal(&child, "TERM");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(143));
    drop(stdin);
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_it_at_once() {
    let session = Session::new();
    let mut child = start(&session, &["-"]);
    // The second record takes long.
    let text = |seed: usize| -> String {
        let sentence = |k| format!("The mayor {} spent {} euros on bridge {k}. ", k * seed, k * 31);
        (0..3000).map(sentence).collect()
    };
    let long = json!({ "id": "long", "a": text(3), "b": text(7) });
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(format!("{}{long}\n", many(1)).as_bytes()).unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    thread::sleep(Duration::from_millis(300));
    signal(&child, "TERM");
    thread::sleep(Duration::from_millis(100));
    assert!(child.try_wait().unwrap().is_none(), "what is begun is finished");
    signal(&child, "TERM");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(143), &b""[..]));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_stream() {
    let session = Session::new();
    let mut child = start(&session, &["-", "--ordered"]);
    let mut stdin = child.stdin.take().unwrap();
    let feed = thread::spawn(move || {
        // Records without a partner of 1 MB each, then one line of 200 MB.
        let megabyte = "x".repeat(1 << 20);
        for k in 0..200 {
            stdin.write_all(format!("{{\"id\": {k}, \"a\": \"{megabyte}\"}}\n").as_bytes()).unwrap();
        }
        for _ in 0..200 {
            stdin.write_all(megabyte.as_bytes()).unwrap();
        }
        stdin.write_all(b"\n").unwrap();
        stdin
    });
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for k in 0..=200 {
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let id = if k < 200 { k.to_string() } else { "null".to_owned() };
        assert!(line.starts_with(&format!(r#"{{"id":{id},"line":{},"error":"#, k + 1)), "{line}");
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: usize = peak.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    assert!(peak < 120_000, "{peak} kB");
    drop(feed.join().unwrap());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!((rest.as_str(), child.wait().unwrap().code()), ("", Some(2)));
}

#[test]
fn a_glossary_and_defaults_hold_for_all() {
    let session = Session::new();
    session.file(
        "in.jsonl",
        json!({ "id": 1, "a": ENGLISH, "b": ENGLISH.replace("2.4 million", "2.41 million") }).to_string(),
    );
    session.file("g.toml", "version = 1\nrounding = 0.01\n");
    let run = |args: &[&str]| {
        records(&session.run(&[&["batch", "in.jsonl", "-q"], args].concat()).quiet()).remove(0)
    };
    let named = run(&["--lang-b", "fr"]);
    assert_eq!(named["languages"], json!(["en", "fr"]));
    let kinds = |record: &Value| -> Vec<String> {
        record["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(kinds(&run(&[])), ["money"]);
    assert_eq!(run(&["--glossary", "g.toml"])["findings"], json!([]));
}
