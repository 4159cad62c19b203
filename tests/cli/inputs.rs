//! Every kind of file that is not what it should be, and some that look so and are accepted.

use super::session::{ENGLISH, GERMAN, Session, answer};

#[test]
fn standard_input_is_an_article_once() {
    let session = Session::new();
    let from_file = session.run(&["segment", "en.txt"]).quiet();
    assert_eq!(answer(session.command(&["segment", "-"]).write_stdin(ENGLISH)).quiet(), from_file);
    let compared = answer(session.command(&["compare", "en.txt", "-"]).write_stdin(GERMAN));
    assert_eq!((compared.status, compared.stderr.as_str()), (1, ""));
    for args in [["compare", "-", "-"], ["align", "-", "-"]] {
        let said = session.run(&args).refused();
        assert_eq!(
            said,
            "claimdiff: standard input (-) is named twice\n  help: give the other version as a file\n"
        );
    }
    let said = answer(session.command(&["segment", "-"]).write_stdin("")).refused();
    assert!(said.starts_with("claimdiff: standard input: no text in it\n  help: "), "{said}");
}

#[test]
fn a_file_without_an_article_is_refused_by_name() {
    let session = Session::new();
    session.file("empty.txt", "");
    session.file("blank.txt", " \n\t\u{a0}\r\n\u{feff}\u{3000}");
    session.file("nul.txt", "PNG\0\0\0IHDR");
    session.file("noise.bin", (0..4096).map(|i| (i * 7 % 29) as u8).collect::<Vec<u8>>());
    session.file("story.pdf", "%PDF-1.7 and so on");
    session.file("story.docx", b"PK\x03\x04\x14\0");
    session.file("long.txt", vec![b'a'; (16 << 20) + 1]);
    for (file, reason) in [
        ("missing.txt", "cannot be read: "),
        (".", "cannot be read: "),
        ("empty.txt", "no text in it\n"),
        ("blank.txt", "no text in it\n"),
        ("nul.txt", "binary, not text\n"),
        ("noise.bin", "binary, not text\n"),
        ("story.pdf", "a PDF, not text\n"),
        ("story.docx", "a zip archive or office document, not text\n"),
        ("long.txt", "larger than 16 MiB\n"),
    ] {
        for args in [vec!["segment", file], vec!["claims", file], vec!["compare", "en.txt", file]] {
            let said = session.run(&args).refused();
            assert!(said.starts_with(&format!("claimdiff: {file}: {reason}")), "{args:?} {said}");
            assert_eq!(said.contains("\n  help: "), !reason.starts_with("cannot"), "{said}");
        }
    }
}

#[test]
fn other_encodings_are_read_and_named() {
    let session = Session::new();
    let western: Vec<u8> = GERMAN
        .chars()
        .map(|c| match c {
            '„' => 0x84,
            '“' => 0x93,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    session.file("western.txt", western);
    let plain = session.run(&["claims", "de.txt", "--format", "jsonl"]).quiet();
    for (file, encoding) in
        [("western.txt", "windows-1252"), ("little.txt", "UTF-16LE"), ("big.txt", "UTF-16BE")]
    {
        let units = GERMAN.encode_utf16();
        match encoding {
            "UTF-16LE" => session.file(file, units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
            "UTF-16BE" => session.file(
                file,
                [0xfeff].into_iter().chain(units).flat_map(u16::to_be_bytes).collect::<Vec<u8>>(),
            ),
            _ => {}
        }
        let read = session.run(&["claims", file, "--format", "jsonl"]);
        assert_eq!((read.status, &read.stdout), (0, &plain), "{encoding}");
        assert_eq!(
            read.stderr,
            format!(
                "claimdiff: note: {file}: read as {encoding}; offsets count the bytes of the text in UTF-8\n"
            )
        );
    }
}

#[test]
fn an_unknown_language_is_refused_or_named() {
    let session = Session::new();
    for args in [
        ["claims", "en.txt", "--lang", "german"],
        ["segment", "en.txt", "--lang", "e"],
        ["align", "en.txt", "en.txt", "--lang-b="],
    ] {
        let said = session.run(&args).refused();
        assert!(said.contains("write for example en, de or fr"), "{said}");
    }
    let other = session.run(&["claims", "en.txt", "--lang", "pt-BR"]);
    assert_eq!(other.status, 0);
    assert!(other.stderr.contains("note: en.txt: the language is pt, so"), "{}", other.stderr);
    session.file("short.txt", "Ja.");
    let short = session.run(&["claims", "short.txt"]);
    assert!(short.stderr.contains("the language is not recognised"), "{}", short.stderr);
}

#[test]
fn a_broken_record_is_named_by_its_line() {
    let session = Session::new();
    for (name, line) in [
        ("cut.jsonl", r#"{"id": 1, "a": "x""#),
        ("key.jsonl", r#"{"id": 1, "a": "x"}"#),
        ("type.jsonl", r#"{"id": 1, "a": "x", "b": 3}"#),
        ("array.jsonl", "[]"),
    ] {
        session.file(name, format!("{{\"id\": 0, \"a\": \"x\", \"b\": \"y\"}}\n\n{line}\n"));
        for command in ["words", "score"] {
            let said = session.run(&[command, name]).refused();
            assert!(said.starts_with(&format!("claimdiff: {name}: line 3 is no record: ")), "{said}");
            assert!(said.contains("\n  help: a line looks like {"), "{said}");
        }
    }
    session.file("western.jsonl", b"{\"id\": 1, \"a\": \"\xe9t\xe9\", \"b\": \"y\"}\n");
    let said = session.run(&["score", "western.jsonl"]).refused();
    assert!(said.starts_with("claimdiff: western.jsonl: not UTF-8: "), "{said}");
}

#[test]
fn a_byte_order_mark_is_no_record() {
    let session = Session::new();
    session.file("mark.jsonl", "\u{feff}{\"id\": 0, \"a\": \"x\", \"b\": \"y\"}\r\n");
    assert_eq!(session.run(&["words", "mark.jsonl"]).quiet().lines().count(), 1);
    session.file("none.jsonl", "\n");
    assert_eq!(session.run(&["score", "none.jsonl"]).quiet(), "");
}

#[test]
fn a_missing_encoder_is_an_error_that_says_what_to_do() {
    let session = Session::new();
    for args in [
        vec!["compare", "en.txt", "de.txt"],
        vec!["align", "en.txt", "de.txt"],
        vec!["words", "pairs.jsonl"],
        vec!["score", "pairs.jsonl"],
        vec!["model", "install"],
    ] {
        let said = answer(&mut session.bare(&args)).refused();
        assert!(said.contains("the encoder is not installed in "), "{said}");
        assert!(
            said.contains("the network may not be used\n  help: where there is a network, run `"),
            "{said}"
        );
        assert!(said.contains("claimdiff model install --from FILE.whl"), "{said}");
        let said = answer(session.bare(&args[..]).args(["--model-dir", "nowhere"]).env_remove("HOME"));
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{args:?}");
        assert!(said.stderr.contains("nowhere") && said.stderr.contains("model install"), "{}", said.stderr);
    }
    // An unreadable file is said before anything is fetched.
    let said = answer(&mut session.bare(&["compare", "en.txt", "missing.txt"])).refused();
    assert!(said.starts_with("claimdiff: missing.txt: "), "{said}");
    // What needs no encoder works without.
    for command in ["segment", "claims"] {
        assert!(!answer(&mut session.bare(&[command, "en.txt"])).quiet().is_empty());
    }
}
