//! Bytes to blocks with roles: `tests/article/<lang>.txt`, decoding, and what must hold for any text.
use claimdiff::article::{Article, MAX_ARTICLE_BYTES, Role};
use claimdiff::text::Lang;
use claimdiff::{Error, ErrorKind};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn read(name: &str, text: &str) -> Article {
    Article::read(name, text.as_bytes(), None).unwrap()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(article: &Article) -> Vec<String> {
    let line = |b: &claimdiff::article::ArticleBlock| {
        format!("{}: {}", b.role.name(), squeezed(b.span.slice(&article.text)))
    };
    article.blocks.iter().map(line).collect()
}

fn cases(file: &str, text: &str) {
    let mut wrong = Vec::new();
    for case in text.split("\n===\n").map(str::trim_start).filter(|c| !c.is_empty()) {
        let case = case.lines().skip_while(|l| l.starts_with("# ")).collect::<Vec<_>>().join("\n");
        let (name, rest) = case.split_once('\n').unwrap();
        // The last ruler: a text in Markdown has rulers of its own.
        let (input, wanted) = rest.rsplit_once("\n---\n").unwrap();
        let known = name.starts_with("#!");
        let path = if name.ends_with("(markdown)") { "a.md" } else { "a.txt" };
        let found = shown(&read(path, input));
        let right = found == wanted.lines().collect::<Vec<_>>();
        if right == known {
            wrong.push(format!("{file}: {name}\n  {}", found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_roles() {
    cases("en", include_str!("article/en.txt"));
}

#[test]
fn german_roles() {
    cases("de", include_str!("article/de.txt"));
}

#[test]
fn french_roles() {
    cases("fr", include_str!("article/fr.txt"));
}

#[test]
fn each_block_that_is_not_body_says_why() {
    for text in
        [include_str!("article/en.txt"), include_str!("article/de.txt"), include_str!("article/fr.txt")]
    {
        for block in read("a.txt", text).blocks {
            assert_eq!(block.role == Role::Body, block.reason.is_none(), "{block:?}");
        }
    }
}

const GERMAN: &str = "Die Bürger hätten gern mehr Bäume, sagte die Bürgermeisterin am Dienstag im Rathaus.";

#[test]
fn reads_the_usual_encodings() {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| GERMAN.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin: Vec<u8> = GERMAN.chars().map(|c| u8::try_from(c as u32).unwrap()).collect();
    let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    for bytes in [
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        marked(&[0xff, 0xfe], utf16(u16::to_le_bytes)),
        marked(&[0xfe, 0xff], utf16(u16::to_be_bytes)),
        latin,
    ] {
        let article = Article::read("a.txt", &bytes, None).unwrap();
        assert_eq!(article.text, GERMAN);
        assert_eq!(article.lang, Lang::DE);
        assert_eq!(article.notes.len(), 1, "{:?}", article.notes);
    }
    let plain = read("a.txt", &format!("\u{feff}{GERMAN}\r\n"));
    assert!(plain.notes.is_empty());
    assert_eq!((plain.blocks[0].span.start, plain.text.len()), (3, GERMAN.len() + 5));
    assert_eq!(plain.blocks[0].span.slice(&plain.text), GERMAN);
}

#[test]
fn a_damaged_byte_does_not_turn_utf8_into_another_encoding() {
    let mut bytes = GERMAN.as_bytes().to_vec();
    bytes.extend(b" Ende \xc3");
    let article = Article::read("a.txt", &bytes, None).unwrap();
    assert!(article.text.starts_with(GERMAN) && article.text.ends_with('\u{fffd}'));
    assert_eq!(article.notes.len(), 1);
}

#[test]
fn refuses_what_is_no_text_and_says_what_to_do() {
    let large = vec![b'a'; usize::try_from(MAX_ARTICLE_BYTES).unwrap() + 1];
    let refused = |bytes: &[u8]| -> Error { Article::read("a.txt", bytes, None).unwrap_err() };
    for (bytes, what) in [
        (&b""[..], "no text"),
        (b" \r\n\t ", "no text"),
        (b"\xef\xbb\xbf\n", "no text"),
        (b"abc\0def ghi", "binary"),
        (b"\x01\x02\x03\x04 abc", "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (&large, "16 MiB"),
    ] {
        let error = refused(bytes);
        assert!(error.to_string().contains(what), "{error}");
        assert!(error.advice_text().is_some() && error.error_kind() == ErrorKind::Input);
    }
}

#[test]
fn tells_the_language_or_that_it_cannot() {
    assert_eq!(read("a.txt", GERMAN).lang, Lang::DE);
    let french =
        "Le maire de la ville a déclaré que les travaux de la gare seront terminés avant l'été prochain.";
    assert_eq!(read("a.txt", french).lang, Lang::FR);
    assert_eq!(read("a.txt", "Ja, nein, OK.").lang, Lang::UND);
    let declared = Article::read("a.txt", GERMAN.as_bytes(), Some(Lang::FR)).unwrap();
    assert_eq!(declared.lang, Lang::FR);
}

#[test]
fn odd_line_breaks_are_line_breaks() {
    let one = "The first line is long enough to be prose of its own.";
    for sign in ["\r\n\r\n", "\r\r", "\u{2029}", "\u{c}", "\u{85}\u{85}", "\u{2028}\u{2028}"] {
        let article = read("a.txt", &format!("{one}{sign}{one} More."));
        assert_eq!(article.blocks.len(), 2, "{sign:?}");
    }
}

/// Greedy wrapping, as editors and mail programs do it.
fn wrap(paragraph: &str, width: usize, end: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push_str(end);
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

fn sentence() -> impl Strategy<Value = String> {
    (proptest::collection::vec("[a-zäé]{1,14}", 3..25), prop::sample::select(vec![".", "!", "?", ".”"]))
        .prop_map(|(words, stop)| format!("W{}{stop}", words.join(" ")))
}

proptest! {
    // The gate asks the same texts each time.
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn wrapping_changes_no_block(
        text in proptest::collection::vec(proptest::collection::vec(sentence(), 1..5), 1..6),
        width in 48_usize..150,
        end in prop::sample::select(vec!["\n", "\r\n", " \n"]),
    ) {
        let paragraphs: Vec<String> = text.iter().map(|p| p.join(" ")).collect();
        let flat = shown(&read("a.txt", &paragraphs.join("\n\n")));
        let wrapped: Vec<String> = paragraphs.iter().map(|p| wrap(p, width, end)).collect();
        for name in ["a.txt", "a.md"] {
            if name == "a.md" && end == " \n" { continue; }
            prop_assert_eq!(&flat, &shown(&read(name, &wrapped.join("\n\n"))));
        }
    }

    #[test]
    fn blocks_hold_all_but_whitespace(text in "[ a-zA-Z.:#>*•\\-\n\r\t\u{2028}\u{85}é©(){}/@0-9\u{301}\u{202e}]{0,200}") {
        for name in ["a.txt", "a.md"] {
            let Ok(article) = Article::read(name, text.as_bytes(), None) else { continue };
            let mut at = 0;
            for block in &article.blocks {
                prop_assert!(article.text[at..block.span.start].trim().is_empty());
                let inner = block.span.slice(&article.text);
                prop_assert!(!inner.is_empty() && inner.trim() == inner);
                at = block.span.end;
            }
            prop_assert!(article.text[at..].trim().is_empty());
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Article::read("a.md", &bytes, None);
    }
}
