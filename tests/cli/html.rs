//! `compare --format html` as a file; `tests/html.rs` uses the pages in a browser.

use super::session::{ENGLISH, GERMAN, Session, answer, content, without_numbers};

fn page(session: &Session, args: &[&str]) -> String {
    let answer = session.run(&[&["compare", "--format", "html"], args].concat());
    assert!(answer.status < 2 && answer.stderr.is_empty(), "{}", answer.stderr);
    answer.stdout
}

#[test]
fn a_page() {
    let session = Session::new();
    without_numbers!("page", content(&page(&session, &["en.txt", "de.txt"])));
}

#[test]
fn a_page_is_the_same_for_the_same_files_and_in_a_file() {
    let session = Session::new();
    let args = ["compare", "en.txt", "fr.txt", "de.txt", "--level", "low", "--format", "html"];
    let first = session.run(&args).stdout;
    for threads in ["1", "2"] {
        let again = answer(session.command(&args).env("RAYON_NUM_THREADS", threads));
        assert_eq!((again.status, again.stdout == first), (1, true), "{threads} threads");
    }
    let written = session.run(&[&args[..], &["-o", "page.html"]].concat());
    assert_eq!((written.status, written.stdout.as_str(), written.stderr.as_str()), (1, "", ""));
    assert_eq!(std::fs::read_to_string(session.path().join("page.html")).unwrap(), first);
}

#[test]
fn other_formats_go_to_a_file_too() {
    let session = Session::new();
    for format in ["text", "json"] {
        let args = ["compare", "en.txt", "de.txt", "--format", format];
        let printed = session.run(&args).stdout;
        session.run(&[&args[..], &["-o", "out"]].concat());
        assert_eq!(std::fs::read_to_string(session.path().join("out")).unwrap(), printed);
    }
}

#[test]
fn a_place_that_cannot_be_written_is_said_before_anything_is_compared() {
    let session = Session::new();
    let said =
        answer(&mut session.bare(&["compare", "en.txt", "de.txt", "--format", "html", "-o", "no/page.html"]));
    assert!(said.refused().contains("no/page.html: cannot be written"));
}

#[test]
fn the_status_is_that_of_the_reference() {
    let session = Session::new();
    session.file("copy.txt", ENGLISH);
    let status = |args: &[&str]| session.run(&[&["compare", "--format", "html"], args].concat()).status;
    assert_eq!(status(&["en.txt", "copy.txt"]), 0);
    assert_eq!(status(&["en.txt", "copy.txt", "de.txt"]), 1);
    let text = page(&session, &["en.txt", "copy.txt"]);
    assert!(text.contains("No findings at or above medium.") && !text.contains("<form"), "{text}");
}

#[test]
fn every_two_of_some_versions_are_compared_and_of_many_those_with_the_first() {
    let session = Session::new();
    let names: Vec<String> = (0..7).map(|k| format!("v{k}.txt")).collect();
    for (k, name) in names.iter().enumerate() {
        session.file(name, if k % 2 == 0 { ENGLISH } else { GERMAN });
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let pairs = |text: &str| text.matches("<section class=\"pair\"").count();
    let some = page(&session, &names[..4]);
    assert_eq!(pairs(&some), 6);
    assert!(some.contains("Divergence of every two versions</caption>"));
    let many = page(&session, &names);
    assert_eq!(pairs(&many), 6);
    assert!(many.contains("past 6 versions each is compared with the first alone"));
    // A finding that several pairs have keeps its id where it is met first.
    let ids: Vec<&str> =
        many.split("<li class=\"finding").skip(1).map(|li| li.split('"').nth(2).unwrap()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len());
    assert!(ids.iter().any(|id| id.ends_with("-1-4")), "{ids:?}");
}
