//! `matrix`: several versions as a table, in each format, and who is the odd one out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::check::story;
use super::session::{Answer, ENGLISH, FRENCH, GERMAN, Session, answer, without_numbers};

const VERSIONS: [&str; 4] = ["matrix", "en.txt", "de.txt", "fr.txt"];

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.stdout).unwrap()
}

/// Kind, and for each version the first that tells it in this way; `None` where it is absent.
fn rows(table: &Value) -> Vec<(String, Vec<Option<u64>>)> {
    let rows = table["rows"].as_array().unwrap().iter();
    let cells =
        |row: &Value| row["cells"].as_array().unwrap().iter().map(|cell| cell["like"].as_u64()).collect();
    rows.map(|row| (row["kind"].as_str().unwrap().to_owned(), cells(row))).collect()
}

/// The program in the folder of the repository.
fn on_corpus(args: &[&str]) -> Answer {
    let session = Session::new();
    answer(session.command(args).current_dir(env!("CARGO_MANIFEST_DIR")))
}

#[test]
fn the_table_in_every_format() {
    let session = Session::new();
    for format in ["text", "markdown", "csv", "json"] {
        let table = session.run(&[&VERSIONS[..], &["--format", format, "--width", "90"]].concat());
        assert_eq!((table.status, table.stderr.as_str()), (1, ""), "{format}");
        // The document names the version of the program.
        if format == "json" {
            without_numbers!("matrix_json", table.stdout);
        } else {
            insta::assert_snapshot!(format!("matrix_{format}"), table.stdout);
        }
    }
    let narrow = session.run(&[&VERSIONS[..], &["--width", "50", "--all"]].concat()).stdout;
    assert!(narrow.lines().skip(3).all(|line| line.chars().count() <= 50), "{narrow}");
    insta::assert_snapshot!("matrix_narrow_with_all", narrow);
}

#[test]
fn a_story_of_five_versions() {
    let table = on_corpus(&["matrix", "corpus/ferry-contract", "--level", "high", "--width", "110"]);
    assert_eq!((table.status, table.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("matrix_story", table.stdout);
}

#[test]
fn the_status_says_whether_versions_differ() {
    let session = Session::new();
    session.file("copy.txt", ENGLISH);
    for (args, status) in [
        (vec!["matrix", "en.txt", "copy.txt"], 0),
        (vec!["matrix", "en.txt", "copy.txt", "copy.txt", "--level", "low"], 0),
        (vec!["matrix", "en.txt", "copy.txt", "--all"], 0),
        (vec!["matrix", "en.txt", "fr.txt", "--level", "high"], 0),
        (vec!["matrix", "en.txt", "de.txt"], 1),
        (vec!["matrix", "en.txt", "copy.txt", "de.txt", "--format", "csv"], 1),
    ] {
        let answer = session.run(&args);
        assert_eq!((answer.status, answer.stderr.as_str()), (status, ""), "{args:?}\n{}", answer.stdout);
    }
    let same = session.run(&["matrix", "en.txt", "copy.txt"]).stdout;
    assert!(same.ends_with("\n\nNo claim differs at or above medium.\n"), "{same}");
    let itself = session.run(&["matrix", "en.txt", "en.txt"]);
    assert_eq!(itself.stderr, "claimdiff: note: en.txt is compared with itself\n");
    assert_eq!(itself.status, 0, "{}", itself.stdout);
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_way_out() {
    let session = Session::new();
    story(&session, "corpus/library", &[("source.txt", ENGLISH), ("de.txt", GERMAN)]);
    story(&session, "corpus/undated", &[("a.txt", "Rain fell."), ("b.txt", "Es regnete.")]);
    story(&session, "alone", &[("a.txt", ENGLISH)]);
    for (args, reason) in [
        (vec!["matrix"], "<STORY|FILE>"),
        (
            vec!["matrix", "en.txt"],
            "en.txt: is one version\n  help: name further versions, or the folder of a story",
        ),
        (vec!["matrix", "-"], "standard input: is one version"),
        (vec!["matrix", "nowhere"], "nowhere: cannot be read"),
        (vec!["matrix", "en.txt", "nowhere"], "nowhere: cannot be read"),
        (vec!["matrix", "en.txt", "corpus"], "corpus: cannot be read"),
        (vec!["matrix", "-", "-"], "standard input (-) is named twice"),
        (vec!["matrix", "alone"], "alone: no story in it"),
        (
            vec!["matrix", "corpus"],
            "holds stories, and is none itself\n  help: name one of its 2, such as corpus/library",
        ),
        (vec!["matrix", "corpus/undated"], "corpus/undated: no reference"),
        (vec!["matrix", "corpus/library", "--lang-a", "en"], "--lang-a, --lang-b and --date are for files"),
        (vec!["matrix", "corpus/library", "--glossary", "none.toml"], "none.toml: cannot be read"),
        (vec!["matrix", "en.txt", "de.txt", "--format", "html"], "text, markdown, csv, json"),
    ] {
        let said = session.run(&args).refused();
        assert!(said.contains(reason), "{args:?} {said}");
    }
}

#[test]
fn a_story_begins_with_its_reference_and_has_a_glossary() {
    let session = Session::new();
    let garbled = ENGLISH.replace("2.4 million euros", "28 million crowns");
    let files = [("a.txt", garbled.as_str()), ("b.txt", ENGLISH), ("c.txt", FRENCH)];
    story(&session, "corpus/library", &files);
    session.file("corpus/library/case.toml", "reference = \"b\"\n");
    let args = ["matrix", "corpus/library", "--format", "json"];
    let table = json(&session.run(&args));
    let paths: Vec<&str> =
        table["articles"].as_array().unwrap().iter().map(|a| a["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["corpus/library/b.txt", "corpus/library/a.txt", "corpus/library/c.txt"]);
    assert_eq!(rows(&table)[0], ("money".to_owned(), vec![Some(0), Some(1), Some(0)]));
    assert_eq!(table["rows"][0]["alone"], serde_json::json!({"article": 1, "how": "differs"}));
    // What the corpus allows, and then what the command line does.
    let rate = |rate: &str| {
        format!("version = 1\n[[unit]]\nfrom = \"EUR\"\nto = \"crowns\"\nrate = {rate}\n")
            .replace("crowns", "SEK")
    };
    session.file("corpus/claimdiff.toml", "glossary = \"units.toml\"\n");
    session.file("corpus/units.toml", rate("11.6667"));
    session.file("corpus/library/a.txt", ENGLISH.replace("2.4 million euros", "28 million Swedish crowns"));
    let allowed = session.run(&args);
    assert_eq!((allowed.status, rows(&json(&allowed))), (0, Vec::new()));
    session.file("other.toml", rate("10"));
    assert_eq!(session.run(&[&args[..], &["--glossary", "other.toml"]].concat()).status, 1);
}

#[test]
fn standard_input_is_a_version() {
    let session = Session::new();
    let mut command = session.command(&["matrix", "en.txt", "-", "fr.txt", "--format", "json"]);
    let piped = json(&answer(command.write_stdin(GERMAN)));
    let named =
        json(&session.run(&[&["matrix", "en.txt", "de.txt", "fr.txt"][..], &["--format", "json"]].concat()));
    assert_eq!(piped["articles"][1]["path"], "-");
    assert_eq!(piped["rows"], named["rows"]);
}

#[test]
fn the_order_of_the_others_changes_nothing_but_the_columns() {
    let session = Session::new();
    session.file("copy.txt", ENGLISH);
    let table = |files: [&str; 4]| {
        let args = [&["matrix"][..], &files, &["--level", "low", "--format", "json"]].concat();
        let table = json(&session.run(&args));
        let rows = table["rows"].as_array().unwrap().iter();
        let texts = |row: &Value| -> Vec<(String, String)> {
            let cell = |(file, cell): (&&str, &Value)| {
                ((*file).to_owned(), cell["text"].as_str().unwrap_or_default().to_owned())
            };
            let mut cells: Vec<_> = files.iter().zip(row["cells"].as_array().unwrap()).map(cell).collect();
            cells.sort();
            cells
        };
        rows.map(|row| (row["kind"].to_string(), texts(row))).collect::<Vec<_>>()
    };
    let rows = table(["en.txt", "de.txt", "fr.txt", "copy.txt"]);
    assert!(rows.len() >= 2, "{rows:?}");
    assert_eq!(rows, table(["en.txt", "copy.txt", "fr.txt", "de.txt"]));
    // A copy of the reference is a silent column.
    for (_, cells) in &rows {
        let of = |name: &str| &cells.iter().find(|(file, _)| file == name).unwrap().1;
        assert_eq!(of("en.txt").is_empty(), of("copy.txt").is_empty(), "{cells:?}");
    }
}

/// The findings that a table rests on, of the reference with each other version, and those that compare makes.
fn findings(story: &str) -> [Vec<(u64, String)>; 2] {
    let table = json(&on_corpus(&["matrix", story, "--level", "low", "--format", "json"]));
    let articles = table["articles"].as_array().unwrap().iter();
    let paths: Vec<&str> = articles.map(|article| article["path"].as_str().unwrap()).collect();
    let args = [&["compare"][..], &paths, &["--level", "low", "--format", "json"]].concat();
    let report = json(&on_corpus(&args));
    let id = |b: &Value, finding: &Value| (b.as_u64().unwrap(), finding["id"].as_str().unwrap().to_owned());
    let all = |value: &Value| value["findings"].as_array().unwrap().clone();
    let rows = table["rows"].as_array().unwrap().iter().flat_map(all);
    let named = rows.filter(|finding| finding["a"] == 0).map(|finding| id(&finding["b"], &finding)).collect();
    let comparisons = report["comparisons"].as_array().unwrap().iter();
    let made =
        comparisons.flat_map(|c| all(c).iter().map(|finding| id(&c["b"], finding)).collect::<Vec<_>>());
    [named, made.collect()]
}

#[test]
fn every_finding_is_in_one_row() {
    let [mut named, mut made] = findings("corpus/ferry-contract");
    named.sort();
    made.sort();
    assert!(made.len() > 40, "{}", made.len());
    assert_eq!(named, made);
    // In texts of several newsrooms some are left out: a translation of one shows that the other tells it too.
    let [named, made] = findings("corpus/netflix-inbox");
    let unknown: Vec<_> = named.iter().filter(|finding| !made.contains(finding)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len());
    assert!((made.len() * 3 / 4..made.len()).contains(&named.len()), "{} of {}", named.len(), made.len());
}

/// What holds for every table, on a story with a translation, a garbled copy and two reports of other newsrooms.
#[test]
fn a_table_says_what_stands_in_its_versions() {
    let table = json(&on_corpus(&["matrix", "corpus/netflix-inbox", "--all", "--format", "json"]));
    assert_eq!(table["schema"], "claimdiff.matrix/1");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let articles = table["articles"].as_array().unwrap();
    let texts: Vec<String> = articles
        .iter()
        .map(|article| fs::read_to_string(root.join(article["path"].as_str().unwrap())).unwrap())
        .collect();
    assert_eq!(texts.len(), 7);
    let mut alone = vec![0; texts.len()];
    for row in table["rows"].as_array().unwrap() {
        let cells = row["cells"].as_array().unwrap();
        assert_eq!(cells.len(), texts.len());
        let mut readings = Vec::new();
        for (k, cell) in cells.iter().enumerate() {
            match cell["state"].as_str().unwrap() {
                "present" => {
                    let at = |key: &str| cell[key].as_u64().unwrap() as usize;
                    assert_eq!(texts[k][at("start")..at("end")], *cell["text"].as_str().unwrap(), "{cell}");
                    let like = at("like");
                    assert!(like <= k && cells[like]["like"].as_u64() == Some(like as u64), "{row}");
                    readings.push(Some(like));
                }
                "absent" => readings.push(None),
                state => assert_eq!(state, "unclear"),
            }
        }
        assert!(readings.iter().any(Option::is_some), "{row}");
        let differ = readings.iter().collect::<BTreeSet<_>>().len() > 1;
        assert!(row["severity"].is_null() || differ, "{row}");
        assert_eq!(row["severity"].is_null(), row["findings"].as_array().unwrap().is_empty(), "{row}");
        if let Some(article) = row["alone"]["article"].as_u64() {
            alone[article as usize] += 1;
        }
    }
    for (article, rows) in articles.iter().zip(alone) {
        let counts = article["alone"].as_object().unwrap().values().map(|n| n.as_u64().unwrap());
        assert_eq!(counts.sum::<u64>(), rows, "{article}");
    }
}

#[test]
fn what_strangers_write_steers_nothing() {
    let session = Session::new();
    let nasty =
        "=HYPERLINK(1) costs 500 million euros | <img src=x> [a](http://b) \u{1b}[31m`red` \u{202e}xt.";
    session.file("=ev|il*\u{1b}[2J.txt", format!("{GERMAN}\n{nasty}\n"));
    let args = ["matrix", "en.txt", "=ev|il*\u{1b}[2J.txt", "fr.txt"];
    for format in ["text", "markdown", "csv", "json"] {
        let table = session.run(&[&args[..], &["--format", format]].concat());
        assert_eq!(table.status, 1, "{format}");
        let said = table.stderr.strip_suffix('\n').unwrap();
        assert!(
            said.starts_with("claimdiff: note: =ev|il*\\u{1b}[2J.txt: holds marks")
                && !said.contains(char::is_control)
        );
        assert!(table.stdout.contains("HYPERLINK"), "{format} {}", table.stdout);
        let steers = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        match format {
            "text" => assert!(!table.stdout.contains(steers), "{}", table.stdout),
            "markdown" => {
                assert!(!table.stdout.contains(steers), "{}", table.stdout);
                let lines = table.stdout.lines().filter(|line| line.starts_with('|'));
                for line in lines {
                    assert_eq!(line.replace("\\|", "").matches('|').count(), 6, "{line}");
                    assert!(
                        !line.contains("<img") && !line.contains("[a](") && !line.contains("`red`"),
                        "{line}"
                    );
                }
            }
            "csv" => {
                let mut sheet =
                    csv::ReaderBuilder::new().has_headers(false).from_reader(table.stdout.as_bytes());
                let records: Vec<csv::StringRecord> = sheet.records().map(Result::unwrap).collect();
                assert!(records.len() > 2 && records.iter().all(|record| record.len() == 10));
                assert!(
                    records.iter().flatten().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@']))
                );
                assert!(records.iter().flatten().any(|cell| cell.starts_with("'=HYPERLINK")), "{records:?}");
            }
            _ => assert!(json(&table)["rows"].as_array().unwrap().len() > 1),
        }
    }
}
