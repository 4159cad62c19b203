//! `neighbours`: which articles of a folder belong together.

use std::fs;

use super::session::{ENGLISH, GERMAN, Session, answer, records};

/// A folder with an article, its translation in another folder, one on something else, and what is no article.
fn archive() -> Session {
    let session = Session::new();
    let other = "The harbour of Skarnsund was closed on Monday after a storm had torn loose two ferries. Nobody was hurt, \
                 the port authority said, but it may take weeks to clear the quay.\n";
    fs::create_dir_all(session.path().join("archive/2025")).unwrap();
    session.file("archive/library.txt", ENGLISH);
    session.file("archive/2025/bücherei.txt", GERMAN);
    session.file("archive/harbour.txt", other);
    session.file("archive/short.txt", "The pool is closed.\n");
    session.file("archive/broken.html", [0x1f, 0x8b, 0, 1, 2]);
    session
}

#[test]
fn pairs_for_people_and_for_batch() {
    let session = archive();
    let found = session.run(&["neighbours", "archive"]);
    assert_eq!(found.status, 0);
    let line = found.stdout.strip_prefix("0.").unwrap();
    assert!(line.ends_with("archive/2025/bücherei.txt  archive/library.txt\n"), "{line}");
    assert_eq!(line.lines().count(), 1);
    let said: Vec<&str> = found.stderr.lines().collect();
    assert!(said[0].starts_with("claimdiff: note: left out: archive/broken.html: "), "{}", found.stderr);
    assert_eq!(said.last(), Some(&"claimdiff: note: 1 left out: too short to judge"));
    let args = ["neighbours", "archive", "--format", "jsonl"];
    let record = &records(&session.run(&args).stdout)[0];
    assert_eq!(record["id"], "archive/2025/bücherei.txt archive/library.txt");
    assert_eq!(
        (&record["a_path"], &record["b_path"]),
        (&"archive/2025/bücherei.txt".into(), &"archive/library.txt".into())
    );
    assert!(record["likeness"].as_f64().unwrap() >= 0.55);
    assert!(["versions", "event"].contains(&record["relation"].as_str().unwrap()));
}

#[test]
fn the_line_is_the_users_and_threads_change_nothing() {
    let session = archive();
    let all = session.run(&["neighbours", "archive", "--least", "-1"]).stdout;
    assert_eq!(all.lines().count(), 3);
    let one =
        answer(session.command(&["neighbours", "archive", "--least", "-1"]).env("RAYON_NUM_THREADS", "1"));
    assert_eq!(one.stdout, all);
    assert_eq!(session.run(&["neighbours", "archive", "--least", "1"]).stdout, "");
    fs::create_dir(session.path().join("empty")).unwrap();
    assert_eq!(session.run(&["neighbours", "empty"]).quiet(), "");
    let said = session.run(&["neighbours", "archive", "--least", "2"]).refused();
    assert!(said.contains("a likeness is from -1 to 1"), "{said}");
    let said = session.run(&["neighbours", "nowhere"]).refused();
    assert!(said.contains("nowhere"), "{said}");
}
