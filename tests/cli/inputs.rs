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
    assert!(short.stderr.contains("the text is too short to detect its language"), "{}", short.stderr);
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

/// A page with what pages have around an article.
const PAGE: &str = "<!doctype html><html lang=en><head><title>Marlow library to open 60 hours a week | Marlow Post</title>\
    <meta property='article:published_time' content='2025-02-11T08:00:00Z'><meta name=author content='Hal Reeve'></head>\
    <body><nav><a href=/>Home</a></nav><h1>Marlow library to open 60 hours a week</h1><p>By Hal Reeve\
    <p>The city library of Marlow will open 60 hours a week from 3 March 2025, its director said yesterday.\
    <p>Last year 48,000 people borrowed a book, 12 per cent more than in 2023.\
    <blockquote lang=fr>Personne ne doit trouver porte close.</blockquote>\
    <aside class=related><h3>Read also</h3><a href=/1>Museum \u{202e}to close</a></aside></body></html>";

#[test]
fn an_article_is_shown_as_it_is_read() {
    let session = Session::new();
    session.file("page.html", PAGE);
    insta::assert_snapshot!("article_text", session.run(&["article", "page.html"]).quiet());
    insta::assert_snapshot!(
        "article_json",
        session.run(&["article", "page.html", "--format", "json"]).quiet()
    );
    let piped = answer(session.command(&["article", "-"]).write_stdin(PAGE)).quiet();
    assert_eq!(piped, session.run(&["article", "page.html"]).quiet().replace("page.html", "standard input"));
    let plain = session.run(&["article", "en.txt", "--format", "json"]).quiet();
    let record: serde_json::Value = serde_json::from_str(&plain).unwrap();
    assert!(record["text"].is_null());
    for block in record["blocks"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(block[key].as_u64().unwrap()).unwrap();
        assert_eq!(&ENGLISH[at("start")..at("end")], block["text"].as_str().unwrap());
    }
}

#[test]
fn the_day_of_a_page_tells_its_yesterday() {
    let session = Session::new();
    session.file("page.html", PAGE);
    let claims = session.run(&["claims", "page.html"]).stdout;
    assert!(claims.contains("yesterday  \"2025-02-10\""), "{claims}");
    let other = session.run(&["claims", "page.html", "--date", "2024-01-01"]).stdout;
    assert!(other.contains("yesterday  \"2023-12-31\""), "{other}");
}

#[test]
fn a_page_is_compared_and_what_is_left_out_is_listed() {
    let session = Session::new();
    session.file("page.html", PAGE);
    let found = session.run(&["compare", "page.html", "de.txt", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    let (page, plain) = (&report["articles"][0], &report["articles"][1]);
    assert!(plain["text"].is_null() && page["published"] == "2025-02-11");
    let text = page["text"].as_str().unwrap();
    let mut left_out = Vec::new();
    for sentence in page["sentences"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(sentence[key].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at("start")..at("end")], sentence["text"].as_str().unwrap());
        if sentence["role"] == "boilerplate" {
            left_out.push((sentence["text"].as_str().unwrap(), sentence["reason"].as_str().unwrap()));
        }
    }
    assert_eq!(
        left_out,
        [
            ("Home", "navigation"),
            ("Read also", "teasers of other articles"),
            ("Museum \u{202e}to close", "teasers of other articles")
        ]
    );
    let shown = session.run(&["compare", "page.html", "de.txt"]).stdout;
    assert!(shown.contains("left out of A: navigation, who wrote it, teasers of other articles"), "{shown}");
}

#[test]
fn notes_on_a_file_are_said_and_kept() {
    let session = Session::new();
    let wrong: String = GERMAN.bytes().map(char::from).collect();
    session.file("wrong.txt", wrong);
    let note = "UTF-8 that was read as Windows-1252, in ";
    let found = session.run(&["compare", "en.txt", "wrong.txt", "--format", "json"]);
    assert!(found.stderr.contains(note), "{}", found.stderr);
    let report: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    assert!(report["articles"][1]["notes"][0].as_str().unwrap().contains(note));
    assert!(report["articles"][0]["notes"].is_null());
    assert!(session.run(&["article", "wrong.txt"]).quiet().contains(note));
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_read_no_further_than_an_article_goes() {
    let session = Session::new();
    assert_eq!(
        session.run(&["article", "/dev/zero"]).refused(),
        "claimdiff: /dev/zero: larger than 16 MiB\n  help: an article is far smaller; give one article a file\n"
    );
    // A file that another process goes on writing is read once, up to the same bound.
    let path = session.path().join("growing.txt");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = std::fs::File::create(&path).unwrap();
            let mut written = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) && written < 64 << 20 {
                written += std::io::Write::write(&mut file, ENGLISH.as_bytes()).unwrap();
            }
        });
        for _ in 0..3 {
            let said = session.run(&["segment", "growing.txt"]);
            assert!([0, 2].contains(&said.status), "{}", said.stderr);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
