//! `accept` and `review`: findings that somebody decides to live with.

use std::fs;

use super::check::{check, corpus, json, story};
use super::session::{Answer, ENGLISH, GERMAN, Session, answer, without_numbers};

const MONEY: &str = "4def3461ee0d";

fn accept(session: &Session, args: &[&str]) -> Answer {
    session.run(&[&["accept"], args, &["corpus", "--no-cache", "--today", "2025-06-01"]].concat())
}

#[test]
fn an_accepted_finding_is_suppressed_there_and_nowhere_else() {
    let session = corpus();
    session.file("corpus/claimdiff.toml", "# Our rules.\nlevel = \"medium\" # not low\n");
    story(&session, "corpus/other", &[("source.txt", ENGLISH), ("de.txt", &GERMAN.replace("4,2", "7,9"))]);
    let said = accept(
        &session,
        &["4def", "--reason", "budget of May", "--author", "Mia", "--expires", "2025-06-30"],
    )
    .quiet();
    assert!(
        said.starts_with("4def3461ee0d is accepted in library/de.txt: see ")
            && said.ends_with("claimdiff.toml\n"),
        "{said}"
    );
    let written = fs::read_to_string(session.path().join("corpus/claimdiff.toml")).unwrap();
    assert_eq!(
        written,
        "# Our rules.\nlevel = \"medium\" # not low\n\n[[suppress]]\nid = \"4def3461ee0d\"\nfiles = [\"/library/de.txt\"]\n\
         reason = \"budget of May\"\nauthor = \"Mia\"\nexpires = \"2025-06-30\"\n"
    );
    let text = check(&session, &[]).stdout;
    assert!(text.contains("[suppressed: budget of May (Mia)]"), "{text}");
    assert_eq!(json(&session, &[])["summary"]["suppressed"], 1);
    // The same difference in another story is another decision.
    story(&session, "corpus/third", &[("source.txt", ENGLISH), ("de.txt", GERMAN)]);
    assert_eq!(json(&session, &[])["summary"]["suppressed"], 1);
}

#[test]
fn without_a_configuration_one_is_made() {
    let session = corpus();
    story(&session, "corpus/a [b] *", &[("source.txt", ENGLISH), ("de !x.txt", GERMAN)]);
    accept(&session, &[MONEY, "--reason", "r", "--author", "M"]).quiet();
    accept(&session, &["91ea73df7dd4", "--reason", "\"quoted\"\nand broken", "--author", "M"]).quiet();
    assert!(session.path().join("corpus/claimdiff.toml").is_file());
    let report = json(&session, &[]);
    assert_eq!(
        (&report["summary"]["new"], &report["summary"]["suppressed"]),
        (&0.into(), &4.into()),
        "{report}"
    );
}

#[test]
fn what_cannot_be_accepted() {
    let session = corpus();
    for (args, reason) in [
        (
            vec!["ffff", "--reason", "r", "--author", "M"],
            "no finding in corpus has an id that begins with ffff",
        ),
        (vec!["tea", "--reason", "r", "--author", "M"], "write 4 to 12 of the digits"),
        (vec![MONEY, "--author", "M"], "--reason <TEXT>"),
        (vec![MONEY, "--reason", " ", "--author", "M"], "write at least a word"),
        (vec![MONEY, "--reason", "r"], "it is not known who accepts\n  help: give --author NAME"),
    ] {
        let said = accept(&session, &args).refused();
        assert!(said.contains(reason), "{args:?} {said}");
    }
    session.file("corpus/claimdiff.toml", "suppress = []\n");
    let said = accept(&session, &[MONEY, "--reason", "r", "--author", "M"]).refused();
    assert!(said.contains("suppress is no list of [[suppress]]"), "{said}");
    assert_eq!(fs::read_to_string(session.path().join("corpus/claimdiff.toml")).unwrap(), "suppress = []\n");
}

fn review(session: &Session, keys: &'static str) -> Answer {
    let args = ["review", "corpus", "--no-cache", "--author", "Mia", "--width", "80"];
    answer(session.command(&args).env("EDITOR", "echo opened").write_stdin(keys))
}

#[test]
fn a_review_goes_through_what_is_new() {
    let session = corpus();
    let skipped = review(&session, "s\n\n");
    assert_eq!(skipped.status, 1);
    without_numbers!("review", skipped.stdout);
    // Another key asks again; an empty reason accepts nothing; the end of the input ends it.
    let some = review(&session, "x\no\na\n\na\nbudget of May\n");
    assert_eq!(some.status, 1);
    assert!(some.stdout.contains("opened +3 corpus/library/de.txt\n"), "{}", some.stdout);
    assert!(some.stdout.ends_with("1 accepted, 0 skipped, 1 left\n"), "{}", some.stdout);
    assert_eq!(some.stderr, "claimdiff: not accepted: no reason was given\n");
    let rest = review(&session, "a\ncut for space\n");
    assert_eq!(rest.status, 0, "{}", rest.stdout);
    assert!(rest.stdout.contains("1 of 1\n") && rest.stdout.contains("dropped statement"), "{}", rest.stdout);
    assert_eq!(check(&session, &[]).status, 0);
    let nothing = review(&session, "");
    assert_eq!((nothing.status, nothing.stdout.as_str()), (0, "0 accepted, 0 skipped, 0 left\n"));
}
