//! `check`: stories, verdicts, baseline, suppressions, selection.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::session::{Answer, ENGLISH, FRENCH, GERMAN, Session, answer, without_numbers};

/// A corpus: a story with another sum and a lost denial, and one whose versions agree.
pub(crate) fn corpus() -> Session {
    let session = Session::new();
    story(&session, "corpus/library", &[("source.en.txt", ENGLISH), ("de.txt", GERMAN)]);
    story(&session, "corpus/twice", &[("source.txt", ENGLISH), ("copy.txt", ENGLISH)]);
    session
}

pub(crate) fn story(session: &Session, folder: &str, files: &[(&str, &str)]) {
    fs::create_dir_all(session.path().join(folder)).unwrap();
    for (name, text) in files {
        session.file(&format!("{folder}/{name}"), text);
    }
}

pub(crate) fn check(session: &Session, args: &[&str]) -> Answer {
    session.run(&[&["check", "corpus", "--no-cache", "--today", "2025-06-01"], args].concat())
}

pub(crate) fn json(session: &Session, args: &[&str]) -> Value {
    serde_json::from_str(&check(session, &[&["--format", "json"], args].concat()).stdout).unwrap()
}

/// State and title of each finding of each pair.
fn findings(report: &Value) -> Vec<(String, String)> {
    let pairs = report["stories"].as_array().unwrap().iter().flat_map(|s| s["pairs"].as_array().unwrap());
    let own = report["findings"].as_array().unwrap().iter();
    let all = pairs.flat_map(|p| p["findings"].as_array().unwrap()).chain(own);
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    all.map(|f| (text(&f["state"]), format!("{} {}", text(&f["rule"]), text(&f["kind"])).trim().to_owned()))
        .collect()
}

#[test]
fn one_line_a_finding() {
    let answer = check(&corpus(), &[]);
    assert_eq!((answer.status, answer.stderr.as_str()), (1, ""));
    without_numbers!("check_text", answer.stdout);
    // The place can be followed: line and column of the words.
    let money = answer.stdout.lines().find(|line| line.contains("altered money")).unwrap();
    let mut parts = money.splitn(4, ':');
    assert_eq!(parts.next(), Some("corpus/library/de.txt"));
    let [line, column] = [(); 2].map(|()| parts.next().unwrap().parse::<usize>().unwrap());
    let there: String = GERMAN.lines().nth(line - 1).unwrap().chars().skip(column - 1).collect();
    assert!(there.starts_with("4,2 Millionen Euro"), "{there}");
}

#[test]
fn json_keeps_its_schema() {
    let session = corpus();
    story(&session, "corpus/broken", &[("source.txt", ENGLISH), ("empty.txt", "")]);
    story(&session, "corpus/strangers", &[("source.txt", ENGLISH), ("other.txt", STRANGER)]);
    let schema: Value = serde_json::from_str(&session.run(&["--schema", "check"]).quiet()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for report in [json(&session, &[]), json(&session, &["--files", "nothing"])] {
        let wrong: Vec<String> = schema.iter_errors(&report).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let mut other = report.clone();
        other["surprise"] = 1.into();
        assert!(!schema.is_valid(&other));
    }
    without_numbers!("check_json", check(&corpus(), &["--format", "json"]).stdout);
}

/// Tells nothing of the library.
const STRANGER: &str =
    "Volcano wakes up\n\nAsh fell on the harbour of Tavik. Nobody was hurt when the crater opened.\n";

#[test]
fn the_status_says_what_came_out() {
    let session = corpus();
    let status = |args: &[&str]| check(&session, args).status;
    assert_eq!(status(&[]), 1);
    assert_eq!(status(&["--exit-status", "never"]), 0);
    fs::remove_dir_all(session.path().join("corpus/library")).unwrap();
    assert_eq!(status(&[]), 0);
    story(&session, "corpus/strangers", &[("source.txt", ENGLISH), ("other.txt", STRANGER)]);
    let unsure = check(&session, &[]);
    assert_eq!(unsure.status, 4, "{}", unsure.stdout);
    let line = "corpus/strangers/other.txt:1:1: cannot tell: no sentence of it is aligned with one of \
                corpus/strangers/source.txt: are they versions of one story?\n";
    assert!(unsure.stdout.contains(line), "{}", unsure.stdout);
    // A story that cannot be read fails, and the others are checked all the same.
    story(&session, "corpus/broken", &[("source.txt", ENGLISH), ("empty.txt", "")]);
    let failed = check(&session, &[]);
    assert_eq!(failed.status, 2);
    assert!(
        failed.stdout.contains("corpus/broken: failed: corpus/broken/empty.txt: no text in it; check that")
    );
    assert!(failed.stdout.contains("cannot tell"), "{}", failed.stdout);
    assert_eq!(status(&["--exit-status", "never"]), 2);
    fs::remove_dir_all(session.path().join("corpus")).unwrap();
    fs::create_dir_all(session.path().join("corpus/alone")).unwrap();
    session.file("corpus/alone/one.txt", ENGLISH);
    let empty = check(&session, &[]);
    assert_eq!(empty.status, 3);
    assert!(
        empty.stderr.starts_with("claimdiff: no story in corpus: a story is a folder with"),
        "{}",
        empty.stderr
    );
    let missing = session.run(&["check", "nowhere"]).refused();
    assert!(missing.starts_with("claimdiff: nowhere: cannot be read: "), "{missing}");
    let file = session.run(&["check", "en.txt"]).refused();
    assert!(file.contains("en.txt: is no folder"), "{file}");
}

#[test]
fn an_unread_language_is_no_agreement() {
    let session = Session::new();
    let dutch = "Bibliotheek\n\nDe bibliotheek van Marlow gaat vanaf maart zestig uur per week open. De gemeente heeft \
                 dat gisteren besloten na een lang debat over het personeel.\n";
    story(&session, "corpus/dutch", &[("source.txt", dutch), ("copy.txt", dutch)]);
    let answer = check(&session, &[]);
    assert_eq!(answer.status, 4, "{}", answer.stdout);
    assert!(answer.stdout.contains("source.txt is nl, so its claims are not read"), "{}", answer.stdout);
}

#[test]
fn the_reference_is_named_or_called_so_or_the_oldest() {
    let session = Session::new();
    let dated = |day: &str| ENGLISH.replacen("\n\n", &format!("\n\nPublished on {day}\n\n"), 1);
    let (early, late) = (dated("3 May 2024"), dated("4 May 2024"));
    let list = |files: &[(&str, &str)]| {
        let _ = fs::remove_dir_all(session.path().join("corpus"));
        story(&session, "corpus/story", files);
        check(&session, &["--list"])
    };
    let called = list(&[("a.txt", ENGLISH), ("Reference.de.md", GERMAN)]);
    assert_eq!(called.quiet(), "corpus/story/a.txt against corpus/story/Reference.de.md\n");
    let named = list(&[("a.txt", ENGLISH), ("source.txt", GERMAN), ("case.toml", "reference = \"a\"\n")]);
    assert_eq!(named.quiet(), "corpus/story/source.txt against corpus/story/a.txt\n");
    let oldest = list(&[("a.txt", &late), ("b.txt", &early)]);
    assert_eq!(oldest.quiet(), "corpus/story/a.txt against corpus/story/b.txt\n");
    let declared = "[[version]]\nid = \"a\"\ndate = \"2020-01-01\"\n";
    let by_manifest = list(&[("a.txt", &late), ("b.txt", &early), ("case.toml", declared)]);
    assert_eq!(by_manifest.quiet(), "corpus/story/b.txt against corpus/story/a.txt\n");
    for (files, reason) in [
        (
            vec![("a.txt", early.as_str()), ("b.txt", GERMAN)],
            "nothing is called source, and corpus/story/b.txt has no date",
        ),
        (
            vec![("a.txt", &early), ("b.txt", &early)],
            "corpus/story/a.txt and corpus/story/b.txt are both the oldest",
        ),
        (vec![("source.txt", ENGLISH), ("reference.txt", GERMAN)], "are called so"),
        (
            vec![("a.txt", ENGLISH), ("b.txt", ENGLISH), ("case.toml", "reference = \"c\"")],
            "no version is called \"c\"",
        ),
        (vec![("a.txt", ENGLISH), ("case.toml", "")], "has fewer than two versions"),
        (
            vec![("a.txt", ENGLISH), ("b.txt", ENGLISH), ("case.toml", "refrence = \"a\"")],
            "unknown field `refrence`",
        ),
    ] {
        let answer = list(&files);
        assert_eq!(answer.status, 2);
        let text = answer.stdout;
        assert!(text.starts_with("corpus/story failed: ") && text.contains(reason), "{text}");
        assert_eq!(check(&session, &[]).status, 2);
    }
}

#[test]
fn a_list_says_what_is_left_out() {
    let session = corpus();
    story(&session, "corpus/alone", &[("one.txt", ENGLISH)]);
    story(
        &session,
        "corpus/hidden",
        &[("source.txt", ENGLISH), ("de.txt", GERMAN), ("README.md", "# Notes\n")],
    );
    session.file("corpus/.gitignore", "hidden/de.txt\n");
    story(&session, "corpus/drafts", &[("source.txt", ENGLISH), ("de.txt", GERMAN)]);
    session.file("claimdiff.toml", "exclude = [\"drafts/\"]\nlanguages = [\"en\"]\n");
    assert_eq!(
        check(&session, &["--list"]).quiet(),
        "corpus/library/de.txt left out: its language is none of those in languages\n\
         corpus/twice/copy.txt against corpus/twice/source.txt\n\
         corpus/alone/one.txt left out: alone in its folder\n\
         corpus/hidden/source.txt left out: alone in its folder\n"
    );
}

#[test]
fn a_manifest_cannot_leave_its_story() {
    let session = corpus();
    session.file("secret.txt", "A secret that no report may show.\n");
    let refuse = |manifest: &str, reason: &str| {
        session.file("corpus/twice/case.toml", manifest);
        let text = check(&session, &[]).stdout;
        assert!(text.contains("corpus/twice: failed: ") && text.contains(reason), "{manifest} {text}");
        assert!(!text.contains("no report may show"), "{text}");
    };
    let absolute = session.path().join("secret").display().to_string();
    for id in ["../../secret", "../library/de", absolute.as_str(), "..", ".", ""] {
        refuse(&format!("[[version]]\nid = {id:?}\n"), "is no name of a version");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(
            session.path().join("secret.txt"),
            session.path().join("corpus/twice/link.txt"),
        )
        .unwrap();
        refuse("[[version]]\nid = \"link\"\n", "is a link to another folder");
        // Without being named it is no version.
        fs::remove_file(session.path().join("corpus/twice/case.toml")).unwrap();
        assert!(!check(&session, &["--list"]).quiet().contains("link"));
    }
}

#[test]
fn settings_hold_by_path_and_the_last_one_wins() {
    let session = corpus();
    let kinds = |settings: &str| {
        session.file("claimdiff.toml", settings);
        findings(&json(&session, &[])).into_iter().map(|(_, what)| what).collect::<Vec<_>>()
    };
    let all = kinds("");
    assert!(all.len() >= 2 && all.contains(&"value money".to_owned()), "{all:?}");
    assert_eq!(kinds("kinds = [\"money\"]"), ["value money"]);
    assert_eq!(kinds("kinds = []"), [""; 0]);
    assert_eq!(kinds("[[path]]\nfiles = [\"library/\"]\nkinds = [\"date\"]"), [""; 0]);
    assert_eq!(kinds("[[path]]\nfiles = [\"twice/\"]\nkinds = [\"date\"]"), all);
    let last = "kinds = []\n[[path]]\nfiles = [\"*.txt\"]\nkinds = [\"date\"]\n[[path]]\nfiles = [\"de.txt\"]\nkinds = [\"money\"]";
    assert_eq!(kinds(last), ["value money"]);
    assert_eq!(kinds("kinds = []\nmax-divergence = 0.01"), ["threshold"]);
    assert_eq!(kinds("kinds = []\nmax-order = 0.5\nmax-claims = 1.0\nmax-divergence = 0.99"), [""; 0]);
}

#[test]
fn a_wrong_configuration_is_refused() {
    let session = corpus();
    let schema: Value = serde_json::from_str(&session.run(&["--schema", "config"]).quiet()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let as_json = |text: &str| serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
    for (text, reason) in [
        ("levle = \"high\"", "unknown field `levle`"),
        ("level = \"grave\"", "\"grave\" is not known\n  help: write one of: low, medium, high"),
        ("kinds = [\"tea\"]", "\"tea\" is not known"),
        ("languages = [\"german\"]", "is not a language tag"),
        ("max-divergence = 2.0", "the threshold 2 is no score"),
        ("[[path]]\nlevel = \"low\"", "a [[path]] names no files"),
        ("[[path]]\nfiles = [\"a\"]\nbaseline = \"b\"", "unknown field `baseline`"),
        ("[[suppress]]\nid = \"4def\"\nreason = \"fine\"", "missing field `author`"),
        ("[[suppress]]\nid = \"4def\"\nreason = \" \"\nauthor = \"A\"", "has no reason"),
        ("[[suppress]]\nid = \"tea\"\nreason = \"fine\"\nauthor = \"A\"", "has no id"),
        (
            "[[suppress]]\nid = \"4def\"\nreason = \"fine\"\nauthor = \"A\"\nexpires = \"soon\"",
            "does not expire on a day",
        ),
    ] {
        session.file("corpus/claimdiff.toml", text);
        let said = check(&session, &[]).refused();
        assert!(said.contains("corpus/claimdiff.toml") && said.contains(reason), "{text} {said}");
        assert!(!schema.is_valid(&as_json(text)), "{text}");
    }
    session.file("corpus/claimdiff.toml", "exclude = [");
    assert!(check(&session, &[]).refused().contains("is no configuration"));
    // What is taken is also what the schema takes, and what is dumped.
    let full = "baseline = \"base.json\"\nexclude = [\"drafts/\"]\nlevel = \"low\"\nkinds = [\"money\"]\nlanguages = [\"en\", \"de\"]\n\
                max-divergence = 0.5\n[[path]]\nfiles = [\"twice/\"]\nlevel = \"high\"\nmax-order = 0.25\n\
                [[suppress]]\nid = \"4def\"\nreason = \"fine\"\nauthor = \"A\"\nfiles = [\"x\"]\nexpires = \"2030-01-01\"\n";
    for text in ["", full] {
        session.file("corpus/claimdiff.toml", text);
        let dumped = check(&session, &["--dump-config"]).quiet();
        for text in [text, &dumped] {
            let wrong: Vec<String> = schema.iter_errors(&as_json(text)).map(|e| e.to_string()).collect();
            assert!(wrong.is_empty(), "{text} {wrong:?}");
        }
        session.file("corpus/claimdiff.toml", &dumped);
        assert_eq!(check(&session, &["--dump-config"]).quiet(), dumped);
        if text == full {
            assert_eq!(as_json(text), as_json(&dumped));
        }
    }
    // Another file than the nearest, from elsewhere.
    session.file("other.toml", "kinds = [\"money\"]\n");
    let found = findings(&json(&session, &["--config", "other.toml"]));
    assert_eq!(found.len(), 1);
    assert!(check(&session, &["--config", "none.toml"]).refused().contains("none.toml: cannot be read"));
}

const EXPECTING: &str = r#"
[[pair]]
a = "source.en"
b = "de"

[[pair.finding]]
change = "altered"
kind = "money"
a = "2.4 million euros"
b = "4,2 Millionen Euro"
why = "the sum was raised after the report"
"#;

#[test]
fn an_expected_difference_is_known_and_missed_when_it_is_gone() {
    let session = corpus();
    session.file("corpus/library/case.toml", EXPECTING);
    session.file("claimdiff.toml", "kinds = [\"money\"]\n");
    let schema: Value = serde_json::from_str(&session.run(&["--schema", "case"]).quiet()).unwrap();
    let manifest = serde_json::to_value(toml::from_str::<toml::Table>(EXPECTING).unwrap()).unwrap();
    jsonschema::validate(&schema, &manifest).unwrap();
    let known = check(&session, &[]);
    assert_eq!(known.status, 0, "{}", known.stdout);
    assert!(known.stdout.contains("[expected: the sum was raised after the report]"), "{}", known.stdout);
    // The German text now tells the same sum.
    session.file("corpus/library/de.txt", GERMAN.replace("4,2", "2,4"));
    let gone = check(&session, &[]);
    assert_eq!(gone.status, 1);
    assert!(gone.stdout.contains("medium unmet altered money "), "{}", gone.stdout);
    assert!(gone.stdout.contains(": expected and not found: the sum was raised"), "{}", gone.stdout);
    // Another sum is not the one that was meant.
    session.file("corpus/library/de.txt", GERMAN.replace("4,2", "7,9"));
    let other = findings(&json(&session, &[]));
    assert_eq!(
        other,
        [("new".to_owned(), "value money".to_owned()), ("new".to_owned(), "unmet money".to_owned())]
    );
    session.file("corpus/library/case.toml", EXPECTING.replace("money", "tea"));
    assert!(check(&session, &[]).stdout.contains("\"tea\" is not known; write one of: money"));
}

#[test]
fn a_baseline_marks_what_was_there() {
    let session = corpus();
    let written = check(&session, &["--write-baseline"]);
    let before = findings(&json(&session, &["--config", "/dev/null"])).len();
    let said = written.quiet();
    assert_eq!(said.lines().filter(|line| line.starts_with("+ library/de.txt: ")).count(), before);
    assert!(said.ends_with(&format!("{before} new, 0 kept, 0 dropped\n")), "{said}");
    let known = check(&session, &[]);
    assert_eq!(known.status, 0);
    assert_eq!(known.stdout.matches("[baselined]").count(), before);
    // Other lines and places change nothing; another sum is new.
    let moved = GERMAN.replacen("\n\n", "\n\n\n\nDie Stadt liegt an einem Fluss.\n\n", 1);
    session.file("corpus/library/de.txt", moved);
    let money =
        |report: &Value| findings(report).into_iter().find(|(_, what)| what == "value money").unwrap().0;
    assert_eq!(money(&json(&session, &[])), "baselined");
    session.file("corpus/library/de.txt", GERMAN.replace("4,2", "7,9"));
    let report = json(&session, &[]);
    assert_eq!(money(&report), "new");
    assert_eq!(report["summary"]["new"], 1);
    let notes = report["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].as_str().unwrap().ends_with("of library/de.txt, which is gone"));
    // Nothing is taken in by checking.
    assert_eq!(check(&session, &[]).status, 1);
    let renewed = check(&session, &["--write-baseline"]).quiet();
    assert!(renewed.ends_with(&format!("1 new, {} kept, 1 dropped\n", before - 1)), "{renewed}");
    assert_eq!(check(&session, &[]).status, 0);
}

#[test]
fn a_missing_or_broken_baseline_is_an_error() {
    let session = corpus();
    session.file("corpus/claimdiff.toml", "baseline = \"known.json\"\n");
    let missing = check(&session, &[]).refused();
    assert!(
        missing.contains("known.json: the baseline cannot be read") && missing.contains("--write-baseline"),
        "{missing}"
    );
    check(&session, &["--write-baseline"]).quiet();
    assert_eq!(check(&session, &[]).status, 0);
    for broken in [
        "",
        "{}",
        "[]",
        "{\"schema\": \"claimdiff.baseline/9\", \"findings\": []}",
        "{\"schema\": \"claimdiff.baseline/1\", \"findings\": [{}]}",
    ] {
        session.file("corpus/known.json", broken);
        let said = check(&session, &[]).refused();
        assert!(said.contains("known.json: is ") && said.contains("restore it"), "{broken} {said}");
        assert_eq!(check(&session, &["--write-baseline"]).status, 2);
    }
    fs::remove_file(session.path().join("corpus/known.json")).unwrap();
    story(&session, "corpus/broken", &[("source.txt", ENGLISH), ("empty.txt", "")]);
    let refused = check(&session, &["--write-baseline"]).refused();
    assert!(refused.contains("the baseline is not written"), "{refused}");
    assert!(!session.path().join("corpus/known.json").exists());
}

#[test]
fn a_suppression_has_a_reason_and_an_end() {
    let session = corpus();
    session.file("claimdiff.toml", "kinds = [\"money\"]\n");
    let report = json(&session, &[]);
    let id = report["stories"][0]["pairs"][0]["findings"][0]["id"].as_str().unwrap().to_owned();
    let entry = |more: &str| {
        format!("[[suppress]]\nid = \"{id}\"\nreason = \"budget of May\"\nauthor = \"Mia\"\n{more}\n")
    };
    for (file, text, status, said) in [
        ("claimdiff.toml", entry(""), 0, "[suppressed: budget of May (Mia)]"),
        ("claimdiff.toml", entry("files = [\"corpus/library/\"]"), 0, "[suppressed"),
        ("claimdiff.toml", entry("files = [\"corpus/twice/\"]"), 1, "means no finding"),
        ("claimdiff.toml", entry("expires = \"2025-06-01\""), 0, "[suppressed"),
        (
            "claimdiff.toml",
            entry("expires = \"2025-05-31\""),
            1,
            "by Mia expired after 2025-05-31: budget of May",
        ),
        ("corpus/library/case.toml", entry(""), 0, "[suppressed"),
        ("corpus/library/case.toml", entry("files = [\"de.txt\"]"), 0, "[suppressed"),
        (
            "corpus/library/case.toml",
            entry("expires = \"2025-05-31\""),
            1,
            "corpus/library/case.toml:2:6: medium suppression",
        ),
        ("corpus/twice/case.toml", entry(""), 1, "corpus/twice/case.toml: the suppression of"),
    ] {
        let head = if file == "claimdiff.toml" { "kinds = [\"money\"]\n" } else { "" };
        session.file(file, head.to_owned() + &text);
        let answer = check(&session, &[]);
        assert_eq!(answer.status, status, "{file} {text} {}", answer.stdout);
        assert!(answer.stdout.contains(said), "{file} {text} {}", answer.stdout);
        if file == "claimdiff.toml" {
            session.file(file, head);
        } else {
            fs::remove_file(session.path().join(file)).unwrap();
        }
    }
}

#[test]
fn only_what_was_selected_is_checked() {
    let session = corpus();
    session.file("corpus/library/fr.txt", FRENCH);
    let list = |args: &[&str]| check(&session, &[&["--list"], args].concat());
    let french = "corpus/library/fr.txt against corpus/library/source.en.txt\n";
    assert_eq!(list(&["--files", "corpus/library/fr.txt", "gone.txt"]).quiet(), french);
    let whole = format!("corpus/library/de.txt against corpus/library/source.en.txt\n{french}");
    assert_eq!(list(&["--files", "corpus/library/source.en.txt"]).quiet(), whole);
    let args = ["check", "corpus", "--list", "--files", "-"];
    let piped = answer(session.command(&args).write_stdin("corpus/library/fr.txt\n")).quiet();
    assert_eq!(piped, french);
    // Nothing selected is nothing wrong, also where something else is broken.
    story(&session, "corpus/broken", &[("source.txt", ENGLISH), ("empty.txt", "")]);
    let nothing = check(&session, &["--files", "en.txt"]);
    assert_eq!(
        (nothing.status, nothing.stdout.as_str()),
        (0, "0 stories, 0 pairs of versions: 0 new findings\n")
    );
    assert_eq!(check(&session, &["--files", "corpus/broken/empty.txt"]).status, 2);
}

fn git(session: &Session, args: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Mia", "-c", "user.email=mia@example.org", "-c", "init.defaultBranch=main"])
        .args(args)
        .current_dir(session.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_changed_since_a_revision() {
    let session = corpus();
    let run = |args: &[&str]| {
        let args = [&["check", "corpus", "--list", "--no-cache", "--changed-since"], args].concat();
        answer(session.command(&args).env("PATH", std::env::var("PATH").unwrap()))
    };
    assert!(run(&["main"]).refused().contains("git in corpus: "));
    git(&session, &["init", "--quiet"]);
    git(&session, &["add", "."]);
    git(&session, &["commit", "--quiet", "-m", "first"]);
    assert_eq!(run(&["main"]).stdout, "");
    git(&session, &["checkout", "--quiet", "-b", "work"]);
    session.file("corpus/library/de.txt", GERMAN.replace("4,2", "7,9"));
    // Not known to git yet, with a name that git would quote.
    session.file("corpus/library/französisch.txt", FRENCH);
    let both = "corpus/library/de.txt against corpus/library/source.en.txt\n\
                corpus/library/französisch.txt against corpus/library/source.en.txt\n";
    assert_eq!(run(&["main"]).quiet(), both);
    git(&session, &["add", "."]);
    git(&session, &["commit", "--quiet", "-m", "second"]);
    assert_eq!(run(&["main"]).quiet(), both);
    // What others changed on the main branch meanwhile is theirs.
    git(&session, &["checkout", "--quiet", "main"]);
    session.file("corpus/twice/copy.txt", GERMAN);
    git(&session, &["commit", "--quiet", "-am", "third"]);
    git(&session, &["checkout", "--quiet", "work"]);
    assert_eq!(run(&["main"]).quiet(), both);
    for revision in ["nowhere", "--output=x"] {
        let said = run(&[revision]);
        assert_eq!(said.status, 2, "{}", said.stdout);
    }
    assert!(run(&["nowhere"]).refused().contains("fetch the history up to nowhere first"));
    let args = ["check", "corpus", "--changed-since", "main"];
    assert!(answer(session.command(&args).env("PATH", "")).refused().contains("git cannot be run"));
}

#[test]
fn the_cache_changes_nothing_but_time() {
    let session = corpus();
    let args = ["check", "corpus", "--format", "json", "--cache-dir", "kept"];
    let first = session.run(&args).stdout;
    let files = || -> Vec<_> {
        let folders = fs::read_dir(session.path().join("kept")).unwrap().map(|f| f.unwrap().path());
        folders.flat_map(|f| fs::read_dir(f).unwrap().map(|f| f.unwrap().path())).collect()
    };
    assert_eq!(files().len(), 2);
    assert_eq!(session.run(&args).stdout, first);
    // What is kept is used: another message appears.
    let kept =
        files().into_iter().find(|f| fs::read_to_string(f).unwrap().contains("different amount")).unwrap();
    let text = fs::read_to_string(&kept).unwrap();
    fs::write(&kept, text.replace("different amount", "kept amount")).unwrap();
    assert!(session.run(&args).stdout.contains("kept amount"));
    // Damaged or foreign entries are compared again, and so is a changed text.
    for damaged in
        ["", "{}", "\u{0}", &text.replace("\"rule\":\"value\"", "\"rule\":\"tea\""), &text[..text.len() / 2]]
    {
        fs::write(&kept, damaged).unwrap();
        assert_eq!(session.run(&args).stdout, first);
    }
    session.file("corpus/library/de.txt", GERMAN.replace("4,2", "7,9"));
    assert!(session.run(&args).stdout.contains("7,9 Millionen Euro"));
    assert_eq!(files().len(), 3);
    // What another build of the program kept goes; what is none of ours stays.
    for other in ["0123456789abcdef", "0123456789abcdeg", "notes"] {
        fs::create_dir(session.path().join("kept").join(other)).unwrap();
        session.file(&format!("kept/{other}/{}.json", "0".repeat(64)), "{}");
    }
    session.run(&args);
    assert!(!session.path().join("kept/0123456789abcdef").exists());
    assert_eq!(files().len(), 5);
    // A folder that cannot be written is slow and no failure.
    let nowhere = ["check", "corpus", "--cache-dir", "en.txt/kept"];
    assert_eq!((session.run(&nowhere).status, session.run(&nowhere).stderr.as_str()), (1, ""));
}

#[test]
fn a_glossary_says_what_may_differ() {
    let session = corpus();
    let args = ["check", "corpus", "--cache-dir", "kept"];
    assert!(session.run(&args).stdout.contains("different amount"));
    session.file("corpus/claimdiff.toml", "glossary = \"allowed.toml\"\n");
    let said = session.run(&args).refused();
    assert!(said.contains("allowed.toml: cannot be read"), "{said}");
    session.file("corpus/allowed.toml", "version = 1\nrounding = 0.5\n");
    assert!(!session.run(&args).stdout.contains("different amount"));
    session.file("corpus/allowed.toml", "version = 1\nrounding = 0.01\n");
    assert!(session.run(&args).stdout.contains("different amount"));
}

#[test]
fn the_same_corpus_gives_the_same_bytes() {
    let session = corpus();
    for k in 0..6 {
        story(
            &session,
            &format!("corpus/more{k}"),
            &[("source.txt", ENGLISH), ("fr.txt", FRENCH), ("de.txt", GERMAN)],
        );
    }
    let args = ["check", "corpus", "--no-cache", "--format", "json"];
    let first = session.run(&args).stdout;
    for threads in ["1", "2"] {
        assert_eq!(answer(session.command(&args).env("RAYON_NUM_THREADS", threads)).stdout, first);
    }
}

#[test]
fn a_file_takes_the_output() {
    let session = corpus();
    let answer = check(&session, &["--format", "json", "--output", "report.json"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
    let text = fs::read_to_string(session.path().join("report.json")).unwrap();
    assert_eq!(text, check(&session, &["--format", "json"]).stdout);
    assert!(
        check(&session, &["-o", "no/such/report"]).refused().contains("no/such/report: cannot be written")
    );
}
