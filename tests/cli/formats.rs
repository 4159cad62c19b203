//! The formats of `check`, all over the same corpus with what is hard to write in each.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::check::{check, corpus, story};
use super::session::{ENGLISH, GERMAN, Session, content, without_numbers};

/// New, baselined, suppressed and expected findings, a failure, a doubt and notes; names and texts with marks of
/// every format in them.
fn hard() -> Session {
    let session = corpus();
    let nasty = GERMAN.replace("Hanna Okoro", "Hanna <b>|@all #1 *Okoro* ::error::x");
    story(
        &session,
        "corpus/a, b: c",
        &[("source.txt", ENGLISH), ("=übel #1%.txt", &nasty), ("de.txt", GERMAN)],
    );
    check(&session, &["--write-baseline"]).quiet();
    session.file(
        "corpus/a, b: c/=übel #1%.txt",
        nasty.replace("4,2", "7,9").replace("60 Stunden", "16 Stunden"),
    );
    let expected = "reference = \"source\"\n[[pair]]\na = \"source\"\nb = \"de\"\n[[pair.finding]]\nchange = \"altered\"\n\
                    kind = \"money\"\nseverity = \"high\"\na = \"2.4 million\"\nb = \"4,2 Millionen\"\nwhy = \"later <sum>\"\n\
                    [[pair.finding]]\nchange = \"added\"\nkind = \"name\"\nb = \"Marlow\"\nwhy = \"not so\"\n";
    session.file("corpus/a, b: c/case.toml", expected);
    story(&session, "corpus/broken", &[("source.txt", ENGLISH), ("empty.txt", "")]);
    let stranger =
        "Volcano wakes up\n\nAsh fell on the harbour of Tavik. Nobody was hurt when the crater opened.\n";
    story(&session, "corpus/strangers", &[("source.txt", ENGLISH), ("other.txt", stranger)]);
    session.file(
        "corpus/claimdiff.toml",
        "[[suppress]]\nid = \"91ea73df7dd4\"\nfiles = [\"library/\"]\nreason = \"cut | for <space>\"\nauthor = \"Mia\"\n\
         [[suppress]]\nid = \"0000\"\nreason = \"old\"\nauthor = \"Mia\"\nexpires = \"2020-01-01\"\n",
    );
    session
}

/// The corpus in a format.
fn run_check(session: &Session, format: &str) -> String {
    let text = check(session, &["--format", format]).stdout;
    text.replace(&format!("{}/", session.path().canonicalize().unwrap().display()), "[folder]/").replace(
        &session.path().canonicalize().unwrap().display().to_string().replace('/', "\\/"),
        "[folder]",
    )
}

/// A SARIF log whose rules are their ids only: their texts are the rules' own, and change with them.
fn without_rule_texts(sarif: &str) -> String {
    let mut log: Value = serde_json::from_str(sarif).unwrap();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        *rule = serde_json::json!({ "id": rule["id"] });
    }
    format!("{}\n", serde_json::to_string_pretty(&log).unwrap())
}

#[test]
fn every_format_has_all_of_it() {
    let session = hard();
    for format in ["text", "json", "sarif", "junit", "github", "markdown", "csv", "html"] {
        let text = run_check(&session, format);
        let text = if format == "html" { content(&text) } else { text };
        for word in [
            "4def3461ee0d",
            "91ea73df7dd4",
            "cannot tell",
            "not so",
            "expired after 2020-01-01",
            "no text in it",
        ] {
            let word = match (format, word) {
                ("json" | "csv", "cannot tell") => "cannot_tell",
                ("junit", "cannot tell") => "<skipped ",
                (_, word) => word,
            };
            assert!(text.contains(word), "{format} {word}\n{text}");
        }
        if format == "sarif" {
            without_numbers!("check_as_sarif", without_rule_texts(&text));
        } else if format != "json" {
            without_numbers!(format!("check_as_{format}"), text);
        }
    }
}

/// The platform that the tests are built for.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The schema that OASIS publishes, as a crate ships it. Packages of other platforms are not there: nothing that builds
/// the tests fetches them.
fn official_schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", &host()])
        .arg("--manifest-path")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap());
    let text = fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    // Its patterns of languages end in a bracket that closes nothing, which not every reader of patterns takes.
    let patterns = "[a-zA-Z]{2}]?$";
    assert_eq!(text.matches(patterns).count(), 2);
    serde_json::from_str(&text.replace(patterns, "[a-zA-Z]{2}$")).unwrap()
}

#[test]
fn sarif_is_valid_by_the_official_schema() {
    let schema = official_schema();
    assert_eq!(schema["title"], "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema");
    let schema = jsonschema::validator_for(&schema).unwrap();
    let session = hard();
    let report: Value = serde_json::from_str(&check(&session, &["--format", "sarif"]).stdout).unwrap();
    let wrong: Vec<String> =
        schema.iter_errors(&report).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut other = report.clone();
    other["runs"][0]["results"][0]["level"] = "grave".into();
    assert!(!schema.is_valid(&other));
    // What the schema does not hold.
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut states = Vec::new();
    for result in run["results"].as_array().unwrap() {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.contains(' ') && !uri.contains('#'), "{uri}");
        states.push((
            result["properties"]["claimdiff/state"].as_str().unwrap().to_owned(),
            result["baselineState"].as_str().unwrap().to_owned(),
            result["suppressions"].is_array(),
        ));
    }
    for (state, baseline, suppressed) in [
        ("new", "new", false),
        ("baselined", "unchanged", false),
        ("suppressed", "unchanged", true),
        ("expected", "unchanged", true),
    ] {
        assert!(states.contains(&(state.to_owned(), baseline.to_owned(), suppressed)), "{state} {states:?}");
    }
    for rule in rules {
        assert!(rule["help"]["text"].as_str().unwrap().len() > 20, "{rule}");
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn sarif_leaves_the_status_to_its_reader() {
    let session = corpus();
    assert_eq!(check(&session, &["--format", "sarif"]).status, 0);
    assert_eq!(check(&session, &["--format", "sarif", "--exit-status", "always"]).status, 1);
    story(&session, "corpus/broken", &[("source.txt", ENGLISH), ("empty.txt", "")]);
    assert_eq!(check(&session, &["--format", "sarif"]).status, 2);
}

#[test]
fn junit_is_whole() {
    let text = run_check(&hard(), "junit");
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut counts = std::collections::BTreeMap::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                for attribute in tag.attributes() {
                    attribute.unwrap();
                }
                *counts.entry(name).or_insert(0) += 1;
            }
            _ => {}
        }
    }
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    assert_eq!((count("testsuites"), count("error"), count("skipped")), (1, 1, 1), "{counts:?}");
    // The stories, and the expired suppression.
    assert_eq!(count("testsuite"), 6, "{counts:?}");
    assert!(count("failure") >= 3 && count("testcase") >= 7, "{counts:?}");
}

#[test]
fn github_reads_no_command_out_of_a_text() {
    let text = run_check(&hard(), "github");
    for line in text.lines().filter(|line| line.starts_with("::")) {
        let (head, _) = line[2..].split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        assert!(["error", "warning", "notice"].contains(&name), "{line}");
        for property in properties.split(',').filter(|p| !p.is_empty()) {
            let (key, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{line}");
            assert!(!value.contains(':'), "{line}");
        }
    }
    assert!(text.contains("::error file=corpus/a%2C b%3A c/=übel #1%25.txt,line=3,endLine=3,col="), "{text}");
    assert!(text.contains("\nknown: corpus/library/de.txt:"), "{text}");
}

#[test]
fn a_sheet_has_rows_of_one_length_and_no_formula() {
    let text = run_check(&hard(), "csv");
    let mut sheet = csv::Reader::from_reader(text.as_bytes());
    let mut rows = 0;
    for row in sheet.records() {
        let row = row.unwrap();
        assert_eq!(row.len(), 17);
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '@', '+', '-'])), "{row:?}");
        rows += 1;
    }
    assert!(rows >= 9, "{rows}");
}

#[test]
fn a_comment_fits_its_limit() {
    let session = Session::new();
    let dropped = "Bücherei\n\nDie Stadtbücherei von Marlow wird ab dem 3. März 2025 60 Stunden pro Woche geöffnet sein.\n";
    let councillor = |k: usize| {
        let year = 1950 + k;
        format!("Councillor number {k} of district {year} opposed the plan for a tunnel under river {k}.")
    };
    let long = format!("{ENGLISH}\n\n{}\n", (0..60).map(councillor).collect::<Vec<_>>().join("\n\n"));
    for k in 0..10 {
        story(&session, &format!("corpus/long{k}"), &[("source.txt", &long), ("de.txt", dropped)]);
    }
    let text = check(&session, &["--format", "markdown"]).stdout;
    assert!((60_000..=65_000).contains(&text.len()), "{}", text.len());
    assert!(
        text.contains(" entries are left out to fit a comment; `claimdiff check` prints all.\n"),
        "{text}"
    );
}
