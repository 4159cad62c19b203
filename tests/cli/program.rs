//! Help, wrong arguments, generated files, pipes and the folder of the encoder.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::session::{Session, answer};
use crate::support;

#[test]
fn help() {
    let session = Session::new();
    insta::assert_snapshot!("help", session.run(&["--help"]).quiet());
    insta::assert_snapshot!("help_short", session.run(&["-h"]).quiet());
    for command in [
        "compare",
        "batch",
        "matrix",
        "check",
        "accept",
        "review",
        "corrections",
        "diff-driver",
        "explain",
        "rules",
        "garble",
        "article",
        "align",
        "segment",
        "score",
    ] {
        insta::assert_snapshot!(format!("help_{command}"), session.run(&[command, "--help"]).quiet());
    }
}

#[test]
fn wrong_arguments_are_refused_with_a_way_out() {
    let session = Session::new();
    for (args, reason) in [
        (vec![], "Usage: claimdiff"),
        (vec!["--"], "Usage: claimdiff"),
        (vec!["compare"], "<FILE> <FILE>"),
        (vec!["compare", "en.txt"], "only 1 was provided"),
        (vec!["compare", "en.txt", "-x.txt"], "to pass '-x' as a value, use '-- -x'"),
        (vec!["compare", "en.txt", "--de.txt"], "unexpected argument '--de.txt'"),
        (vec!["compare", "en.txt", "de.txt", "--width", "39"], "40..=1000"),
        (vec!["compare", "en.txt", "de.txt", "--width", "99999999999999999999"], "99999999999999999999"),
        (vec!["compare", "en.txt", "de.txt", "--level", "grave"], "low, medium, high"),
        (vec!["explain", "4def", "en.txt"], "only 1 was provided"),
        (vec!["explain", "4de", "en.txt", "de.txt"], "write 4 to 12 of the digits 0-9 and a-f"),
        (vec!["explain", "4def3461ee0d0", "en.txt", "de.txt"], "write 4 to 12 of the digits 0-9 and a-f"),
        (vec!["explain", "money", "en.txt", "de.txt"], "write 4 to 12 of the digits 0-9 and a-f"),
        (vec!["garble"], "<A>"),
        (vec!["garble", "en.txt", "--write-glossary", "g.toml"], "<B>"),
        (vec!["rules", "polarty"], "a similar value exists: 'polarity'"),
        (vec!["rules", "tea"], "value, quote, name, polarity"),
        (vec!["claim", "en.txt"], "a similar subcommand exists: 'claims'"),
        (vec!["--generate", "tea"], "complete-bash"),
    ] {
        let said = session.run(&args).refused();
        assert!(said.contains(reason), "{args:?} {said}");
    }
    // A file may be called what it likes.
    session.file("-x.txt", super::session::ENGLISH);
    let found = session.run(&["compare", "en.txt", "--", "-x.txt"]);
    assert_eq!((found.status, found.stderr.as_str()), (0, ""));
}

#[test]
fn completions_and_manual_know_every_command() {
    let session = Session::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = session.run(&["--generate", &format!("complete-{shell}")]).quiet();
        for word in [
            "compare",
            "batch",
            "matrix",
            "check",
            "explain",
            "rules",
            "garble",
            "article",
            "segment",
            "claims",
            "align",
            "words",
            "score",
            "model-dir",
        ] {
            assert!(script.contains(word), "{shell} {word}");
        }
    }
    let manual = session.run(&["--generate", "man"]).quiet();
    assert!(manual.contains(".TH claimdiff 1"));
    for section in ["NAME", "\"CLAIMDIFF COMPARE\"", "\"CLAIMDIFF MODEL\"", "EXAMPLES"] {
        assert!(manual.contains(&format!("\n.SH {section}\n")), "{section}");
    }
    assert!(manual.contains("Exit status:"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let session = Session::new();
    // More than a pipe holds.
    session.file("long.txt", "The mayor spent 3 million euros on a bridge in May 2024. ".repeat(4000));
    for args in [["segment", "long.txt"], ["claims", "long.txt"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_claimdiff"))
            .args(args)
            .current_dir(session.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let session = Session::new();
    for args in [vec!["segment", "en.txt"], vec!["--generate", "man"], vec!["model", "path"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_claimdiff"))
            .args(&args)
            .current_dir(session.path())
            .env("CLAIMDIFF_MODEL_DIR", support::folder())
            .stdout(full)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?} {said}");
        assert!(said.starts_with("claimdiff: writing to standard output failed: "), "{said}");
    }
}

#[test]
fn the_folder_of_the_encoder() {
    let session = Session::new();
    let path = answer(&mut session.bare(&["model", "path"])).quiet();
    assert!(path.starts_with(session.path().to_str().unwrap()) && path.contains("claimdiff"), "{path}");
    let named = session.run(&["model", "path"]).quiet();
    assert_eq!(named.trim_end(), support::folder().to_str().unwrap());
    assert_eq!(session.run(&["model", "install"]).quiet(), named);
    let verified = session.run(&["model", "verify"]).quiet();
    assert!(verified.starts_with("use-multilingual-v3 "), "{verified}");
}

#[test]
fn threads_and_instructions_change_no_byte() {
    let session = Session::new();
    let run = |threads: &str, instructions: &str| {
        let mut command =
            session.command(&["compare", "en.txt", "de.txt", "fr.txt", "--format", "json", "--level", "low"]);
        answer(command.env("RAYON_NUM_THREADS", threads).env("CLAIMDIFF_INSTRUCTIONS", instructions))
    };
    let one = run("1", "");
    assert_eq!((one.status, one.stderr.as_str()), (1, ""));
    assert_eq!(run("4", "").stdout, one.stdout);
    for instructions in ["avx2", "avx512", "avx512vnni"] {
        let forced = run("2", instructions);
        if forced.status == 2 {
            assert!(forced.stderr.contains("is not to be had on this machine"), "{}", forced.stderr);
            support::record_left_out(instructions, Some("this processor does not have these instructions"));
        } else {
            assert_eq!(forced.stdout, one.stdout, "{instructions}");
            support::record_left_out(instructions, None);
        }
    }
    let wrong = run("1", "mmx").stderr;
    assert!(wrong.contains("CLAIMDIFF_INSTRUCTIONS: \"mmx\" is not to be had"), "{wrong}");
}
