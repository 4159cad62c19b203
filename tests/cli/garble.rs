//! `garble` and `--glossary`: judged texts, replaced words, allowed equivalents.

use super::session::{ENGLISH, Session, answer, without_numbers};

/// A report and what a table of synonyms made of it.
const REPORT: &str = "\
Harbour fund misses its target

The harbour fund of Marlow missed its target last year, according to a blog post by its head, Hanna Okoro. The city had hoped for 2.4 million euros from private donors, and received half of that.

“We need better data about our donors,” Okoro told the New York Times in May. She denied that any member of the board would leave.

The fund wants to build a new beach between the two piers. A public hearing is due to start in a few weeks, and the users of the old pool are against the plan, among other things because of the traffic.
";
const SPUN: &str = "\
Harbour fund misses its goal

The harbour fund of Marlow missed its goal final yr, in keeping with a weblog publish by its head, Hanna Okoro. The town had hoped for 2.4 million euros from personal donors, and obtained half of that.

“We’d like higher knowledge about our donors,” Okoro advised the New York Occasions in Might. She denied that any member of the board would go away.

The fund needs to construct a brand new seashore between the 2 piers. A public listening to is because of begin in a number of weeks, and the customers of the outdated pool are in opposition to the plan, amongst different issues because of the site visitors.

Supply hyperlink
";

fn session() -> Session {
    let session = Session::new();
    session.file("report.txt", REPORT);
    session.file("spun.txt", SPUN);
    session
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn one_text_needs_no_encoder() {
    let session = session();
    let quiet = |args: &[&str]| answer(&mut session.bare(args)).quiet();
    insta::assert_snapshot!(quiet(&["garble", "spun.txt", "--width", "80"]));
    assert!(quiet(&["garble", "report.txt"]).starts_with("A report.txt (en, 107 words): clean, 0.0"));
    session.file("short.txt", "Pool closed today.\n");
    let short = answer(&mut session.bare(&["garble", "short.txt"]));
    assert!(short.stdout.contains("cannot tell: too short"), "{}", short.stdout);
    assert!(
        short.stderr.contains("short.txt: the text is too short to detect its language"),
        "{}",
        short.stderr
    );
    let report = json(&quiet(&["garble", "spun.txt", "--format", "json"]));
    assert_eq!(
        (&report["schema"], &report["between"]),
        (&"claimdiff.garble/1".into(), &serde_json::Value::Null)
    );
    for sign in report["articles"][0]["signs"].as_array().unwrap() {
        let at = |key: &str| sign[key].as_u64().unwrap() as usize;
        assert_eq!(SPUN.get(at("start")..at("end")), sign["text"].as_str());
    }
}

#[test]
fn two_versions_in_text_and_json() {
    let session = session();
    let run = |args: &[&str]| session.run(args).quiet();
    without_numbers!("garble_text", run(&["garble", "spun.txt", "report.txt", "--width", "80"]));
    without_numbers!("garble_json", run(&["garble", "report.txt", "spun.txt", "--format", "json"]));
    let clean = run(&["garble", "report.txt", "en.txt"]);
    assert!(clean.ends_with("Neither reads as garbled, so nothing is said of their words.\n"), "{clean}");
}

#[test]
fn what_was_replaced_is_written_and_allowed() {
    let session = session();
    session.run(&["garble", "spun.txt", "report.txt", "--write-glossary", "g.toml"]).quiet();
    insta::assert_snapshot!(std::fs::read_to_string(session.path().join("g.toml")).unwrap());
    let score = |args: &[&str]| {
        let report = json(
            &session.run(&[&["compare", "report.txt", "spun.txt", "--format", "json"], args].concat()).stdout,
        );
        report["comparisons"][0]["scores"]["divergence"].as_f64().unwrap()
    };
    assert!(score(&["--glossary", "g.toml"]) < score(&[]));
    // It may have been read over and changed.
    let said = session.run(&["garble", "spun.txt", "report.txt", "--write-glossary", "g.toml"]);
    assert_eq!(said.status, 2);
    assert!(said.stderr.starts_with("claimdiff: g.toml: cannot be written: "), "{}", said.stderr);
    let said = session.run(&["garble", "report.txt", "en.txt", "--write-glossary", "none.toml"]);
    assert_eq!(said.status, 2);
    let refused = "claimdiff: none.toml: not written, for no replaced words were found\n  \
                   help: name a garbled text and a version of it that is not\n";
    assert_eq!(said.stderr, refused);
    assert!(!session.path().join("none.toml").exists());
}

#[test]
fn compare_says_that_a_version_reads_as_garbled() {
    let session = session();
    let text = session.run(&["compare", "report.txt", "spun.txt"]).stdout;
    assert!(text.contains("\nB reads as spun, 0.98; claimdiff garble shows the signs\n"), "{text}");
    let report = json(&session.run(&["compare", "report.txt", "spun.txt", "--format", "json"]).stdout);
    assert_eq!(report["articles"][1]["garble"]["verdict"], "spun");
    assert!(report["articles"][0].get("garble").is_none());
}

#[test]
fn allowed_names_values_and_terms_are_no_difference() {
    let session = session();
    let told = "The council met Ada Velmorand and paid 1,200,000 crowns for the pool.";
    session.file("a.txt", format!("{told} It sold the old hall with its heavily guarded vaults.\n"));
    let other = told.replace("Velmorand", "Quistgaard").replace("1,200,000 crowns", "102,500 euros");
    session.file("b.txt", format!("{other} It sold the old hall with its heavily guarded vaults.\n"));
    session.file(
        "g.toml",
        "version = 1\n\n[[name]]\nany = [\"Ada Velmorand\", \"Ada Quistgaard\"]\n\n\
         [[unit]]\nfrom = \"SEK\"\nto = \"EUR\"\nrate = 0.085\n",
    );
    session.file(
        "a.txt",
        std::fs::read_to_string(session.path().join("a.txt")).unwrap().replace("crowns", "Swedish crowns"),
    );
    let kinds = |args: &[&str]| -> Vec<String> {
        let asked = [&["compare", "a.txt", "b.txt", "--format", "json", "--level", "low"], args].concat();
        let report = json(&session.run(&asked).stdout);
        let findings = report["comparisons"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|f| f["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kinds(&[]), ["money", "name"]);
    assert_eq!(kinds(&["--glossary", "g.toml"]), [""; 0]);
    // Nothing else is: another amount stays one.
    session.file(
        "b.txt",
        format!(
            "{} It sold the old hall with its heavily guarded vaults.\n",
            other.replace("102,500", "152,500")
        ),
    );
    assert_eq!(kinds(&["--glossary", "g.toml"]), ["money"]);
    session.file("round.toml", "version = 1\nrounding = 0.01\n");
    session.file(
        "b.txt",
        format!(
            "{} It sold the old hall with its heavily guarded vaults.\n",
            told.replace("1,200,000 crowns", "1,195,000 Swedish crowns")
        ),
    );
    assert_eq!(kinds(&[]), ["money"]);
    assert_eq!(kinds(&["--glossary", "round.toml"]), [""; 0]);
}

#[test]
fn a_wrong_glossary_is_refused_with_its_line() {
    let session = session();
    let refused = |file: &str, text: &str| {
        session.file(file, text);
        session.run(&["compare", "en.txt", "de.txt", "--glossary", file]).refused()
    };
    insta::assert_snapshot!(
        "glossary_toml",
        refused("g.toml", "version = 1\n\n[[term]]\nenglish = [\"users\", \"customers\"]\n")
    );
    insta::assert_snapshot!(
        "glossary_tbx",
        refused("g.tbx", "<tbx>\n<text>\n<langSec>\n</langSec></text></tbx>\n")
    );
    let said = session.run(&["compare", "en.txt", "de.txt", "--glossary", "none.toml"]).refused();
    assert!(said.starts_with("claimdiff: none.toml: cannot be read: "), "{said}");
    let said = session.run(&["compare", "en.txt", "-", "--glossary", "-"]).refused();
    assert!(said.starts_with("claimdiff: standard input (-) is named twice"), "{said}");
    let said = session.run(&["garble", "-", "-"]).refused();
    assert!(said.starts_with("claimdiff: standard input (-) is named twice"), "{said}");
}

#[test]
fn terms_of_a_translation_memory_tool_are_read() {
    let session = session();
    session.file(
        "g.tbx",
        "<?xml version=\"1.0\"?>\n<tbx><text><body><conceptEntry><langSec xml:lang=\"en\"><termSec>\
         <term>Hanna Okoro</term></termSec></langSec><langSec xml:lang=\"de\"><termSec><term>Eva Brandmüller</term>\
         </termSec></langSec></conceptEntry></body></text></tbx>\n",
    );
    session.file("de2.txt", super::session::GERMAN.replace("Hanna Okoro", "Eva Brandmüller"));
    assert!(ENGLISH.contains("Hanna Okoro"));
    let named = |args: &[&str]| {
        let asked = [&["compare", "en.txt", "de2.txt", "--level", "low"], args].concat();
        session.run(&asked).stdout.contains("altered name")
    };
    assert!(named(&[]) && !named(&["--glossary", "g.tbx"]));
}
