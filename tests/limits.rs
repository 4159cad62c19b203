//! Every limit at its edge and just past it: what `claimdiff --limits` says is what happens.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use claimdiff::align::{self, Alignment, MAX_LEXICON, MAX_PAIRS, MAX_SENTENCES, MAX_WORDS};
use claimdiff::article::{
    Article, MAX_ARTICLE_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_PULL_QUOTES, MAX_SEARCHED_BYTES,
};
use claimdiff::claims::{ClaimKind, name, quote};
use claimdiff::divergence::{Version, compare_versions, glossary};
use claimdiff::encode::{Encoder, EncoderIdentity, MAX_TOKENS, Vectors};
use claimdiff::garble::{MAX_GROUP_WORDS, compare_garbling};
use claimdiff::report::MAX_PAIRWISE_VERSIONS;
use claimdiff::text::Lang;
use claimdiff::words::MAX_SCORED_BYTES;

use crate::support::encoder;

fn claimdiff(at: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
    command
        .current_dir(at)
        .env("CLAIMDIFF_MODEL_DIR", crate::support::folder())
        .env("CLAIMDIFF_OFFLINE", "1");
    command
}

/// So many different words.
fn words(count: usize) -> String {
    (0..count).map(|k| format!("w{k}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_table_has_the_numbers_that_hold() {
    let output = claimdiff(Path::new(".")).arg("--limits").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    let table = String::from_utf8(output.stdout).unwrap();
    let value = |name: &str| -> usize {
        let row = table.lines().find(|row| row.split_whitespace().next() == Some(name)).unwrap();
        row.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    for (name, holds) in [
        ("file", usize::try_from(MAX_ARTICLE_BYTES).unwrap()),
        ("glossary", usize::try_from(glossary::MAX_BYTES).unwrap()),
        ("page-elements", MAX_ELEMENTS),
        ("page-depth", MAX_DEPTH),
        ("pull-quote-text", MAX_SEARCHED_BYTES),
        ("pull-quotes", MAX_PULL_QUOTES),
        ("name-words", name::MAX_NAME_WORDS),
        ("quotations-nested", quote::MAX_QUOTE_DEPTH),
        ("quotation-open", quote::MAX_UNCLOSED_BYTES),
        ("sentences", MAX_SENTENCES),
        ("sentence-words", MAX_WORDS),
        ("sentence-pieces", MAX_TOKENS),
        ("lexicon", MAX_LEXICON),
        ("unordered", MAX_PAIRS),
        ("record", MAX_SCORED_BYTES),
        ("garble-group", MAX_GROUP_WORDS),
        ("page-versions", MAX_PAIRWISE_VERSIONS),
    ] {
        assert_eq!(value(name), holds, "{name}");
    }
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split_whitespace().collect()).collect();
    assert!(rows.len() > 20 && rows.iter().all(|row| row.len() > 3), "{table}");
}

#[test]
fn a_file_of_16_mib_is_read_and_one_byte_more_is_not() {
    let mut bytes = b"Ein Satz steht hier. ".repeat(1 << 20);
    bytes.truncate(usize::try_from(MAX_ARTICLE_BYTES).unwrap());
    assert!(Article::read("a.txt", &bytes, Some(Lang::DE)).is_ok());
    bytes.push(b'.');
    assert_eq!(Article::read("a.txt", &bytes, None).unwrap_err().to_string(), "a.txt: larger than 16 MiB");
}

#[test]
fn a_glossary_of_16_mib_is_read_and_one_byte_more_is_not() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "The council spent 3 million euros.").unwrap();
    let run = |more: usize| {
        let mut text = String::from("version = 1\n#");
        text.extend(std::iter::repeat_n(
            'x',
            usize::try_from(glossary::MAX_BYTES).unwrap() - text.len() + more,
        ));
        fs::write(folder.path().join("glossary.toml"), text).unwrap();
        claimdiff(folder.path())
            .args(["compare", "a.txt", "a.txt", "--glossary", "glossary.toml"])
            .output()
            .unwrap()
    };
    assert!(run(0).status.success());
    let past = run(1);
    assert_eq!(past.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&past.stderr).contains("glossary.toml: larger than 16 MiB"));
}

fn page(body: &str) -> Result<Article, String> {
    Article::read("a.html", body.as_bytes(), Some(Lang::EN)).map_err(|e| e.to_string())
}

#[test]
fn a_page_has_so_many_elements_and_is_so_deep() {
    // The element around all others and the paragraph count.
    let many = |count: usize| page(&format!("<p>A sentence.{}", "<b>x</b>".repeat(count - 2)));
    assert!(many(MAX_ELEMENTS).is_ok());
    assert_eq!(many(MAX_ELEMENTS + 1).unwrap_err(), "a.html: more than 400000 elements of markup");
    let deep = |depth: usize| page(&format!("{}A sentence.", "<div>".repeat(depth - 1))).unwrap();
    assert!(deep(MAX_DEPTH).notes.is_empty(), "{:?}", deep(MAX_DEPTH).notes);
    let past = deep(MAX_DEPTH + 1);
    assert_eq!(past.text, "A sentence.");
    assert!(past.notes[0].starts_with("elements nested deeper than 512"), "{:?}", past.notes);
}

#[test]
fn pull_quotes_are_looked_for_up_to_a_limit() {
    let line = |k: usize| format!("<p>The mayor said that line {k} would open on time.</p>");
    let short = |count: usize| page(&(0..count).map(line).collect::<String>()).unwrap().notes;
    assert!(short(MAX_PULL_QUOTES).is_empty());
    assert_eq!(short(MAX_PULL_QUOTES + 1).len(), 1);
    // A leaf is looked at with a space on either side.
    let long = |length: usize| page(&format!("<p>{}</p>", "a".repeat(length - 2))).unwrap().notes;
    assert!(long(MAX_SEARCHED_BYTES).is_empty());
    assert!(long(MAX_SEARCHED_BYTES + 1)[0].contains("pull quotes are not looked for"));
}

#[test]
fn names_and_quotations_end_somewhere() {
    let longest = |count: usize| {
        let names: Vec<String> =
            (0..count).map(|k| format!("Zel{}or", ["a", "e", "i", "o", "u", "y"][k % 6])).collect();
        let text = format!("Yesterday {} spoke.", names.join(" "));
        let found = name::extract_names(&text, Lang::EN);
        found.iter().map(|c| c.span.slice(&text).split_whitespace().count()).max().unwrap()
    };
    assert_eq!(longest(name::MAX_NAME_WORDS), name::MAX_NAME_WORDS);
    assert_eq!(longest(name::MAX_NAME_WORDS + 1), name::MAX_NAME_WORDS);
    let open = |length: usize| {
        let text = format!("“{} end", "very long ".repeat(1000));
        let cut = &text[.."“".len() + length];
        quote::extract_quotes(cut.trim_end(), Lang::EN).iter().filter(|c| c.kind == ClaimKind::Quote).count()
    };
    assert_eq!((open(quote::MAX_UNCLOSED_BYTES - 1), open(quote::MAX_UNCLOSED_BYTES + 9)), (1, 0));
    let nested = |depth: usize| {
        let text = format!("{}word{}", "«".repeat(depth), "»".repeat(depth));
        quote::extract_quotes(&text, Lang::FR).iter().filter(|c| c.kind == ClaimKind::Quote).count()
    };
    assert_eq!(
        (nested(quote::MAX_QUOTE_DEPTH), nested(quote::MAX_QUOTE_DEPTH + 1)),
        (quote::MAX_QUOTE_DEPTH, quote::MAX_QUOTE_DEPTH)
    );
}

/// Vectors that cost nothing.
struct Flat;

impl Encoder for Flat {
    fn encoder_identity(&self) -> &EncoderIdentity {
        const { &EncoderIdentity { name: "flat", sha256: "" } }
    }
    fn encode_texts(&self, texts: &[&str]) -> claimdiff::Result<Vectors> {
        Ok(Vectors::new(1, vec![1.0; texts.len()]))
    }
    fn text_information(&self, _: &str) -> f32 {
        1.0
    }
}

#[test]
fn a_side_has_so_many_sentences() {
    let lines = vec!["One."; MAX_SENTENCES + 1];
    assert!(align::encode_versions(&Flat, &lines[1..], &lines[..1]).is_ok());
    for (a, b) in [(&lines[..], &lines[..1]), (&lines[..1], &lines[..])] {
        let error = align::encode_versions(&Flat, a, b).unwrap_err().to_string();
        assert_eq!(error, "a text has 20001 sentences; at most 20000 are compared");
    }
}

#[test]
fn so_many_different_words_are_looked_up() {
    let is_cut = |count: usize| {
        let all = words(count);
        let all: Vec<&str> = all.split(' ').collect();
        let sentences: Vec<String> = all.chunks(MAX_WORDS).map(|part| part.join(" ")).collect();
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        align::encode_versions(&Flat, &sentences, &["One."]).unwrap().2.is_cut
    };
    // "One" is one of them.
    assert!(!is_cut(MAX_LEXICON - 1) && is_cut(MAX_LEXICON));
}

#[test]
fn so_many_pairs_are_matched_without_order() {
    let apart = Alignment { groups: Vec::new(), parallel_share: 0.0 };
    assert_eq!(apart.unmatched_note([MAX_PAIRS / 10_000, 10_000]), None);
    assert!(apart.unmatched_note([MAX_PAIRS / 10_000, 10_001]).unwrap().contains("10000 x 10001 sentences"));
    assert_eq!(Alignment { parallel_share: 1.0, ..apart }.unmatched_note([20_000, 20_000]), None);
}

fn notes(text: &str) -> Vec<String> {
    let version = |text: &str| Version::read("a.txt", text.as_bytes(), Some(Lang::EN)).unwrap();
    compare_versions(&version("A ship sails."), &version(text), encoder()).unwrap().notes
}

#[test]
fn a_sentence_has_so_many_words_and_pieces() {
    assert_eq!(notes(&words(MAX_WORDS)), [""; 0]);
    assert_eq!(
        notes(&words(MAX_WORDS + 1)),
        [
            "sentences of B with more than 2000 words: 1, the first is 0; what follows is not looked up word by word"
        ]
    );
    // One word of many pieces.
    let letters: String = ('a'..='z').cycle().step_by(7).take(3 * MAX_TOKENS).collect();
    let cut = |length: usize| encoder().tokenize_text(&letters[..length]).truncated;
    let (mut fits, mut past) = (1, letters.len());
    assert!(!cut(fits) && cut(past));
    while past - fits > 1 {
        let middle = usize::midpoint(fits, past);
        if cut(middle) { past = middle } else { fits = middle }
    }
    assert_eq!(notes(&letters[..fits]), [""; 0]);
    assert!(notes(&letters[..past])[0].starts_with("sentences of B with more than 16384 pieces: 1"));
}

#[test]
fn what_was_not_looked_at_stands_in_every_report() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("source.txt"), "A ship sails.").unwrap();
    fs::write(folder.path().join("copy.txt"), words(MAX_WORDS + 1)).unwrap();
    for arguments in [
        &["compare", "source.txt", "copy.txt"][..],
        &["compare", "source.txt", "copy.txt", "--format", "json"],
        &["compare", "source.txt", "copy.txt", "--format", "markdown"],
        &["compare", "source.txt", "copy.txt", "--format", "html"],
        &["check", ".", "--cache-dir", "cache"],
        // From the cache.
        &["check", ".", "--cache-dir", "cache", "--format", "json"],
    ] {
        let output = claimdiff(folder.path()).args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("with more than 2000 words: 1"), "{arguments:?}: {text}");
    }
}

#[test]
fn words_and_score_say_where_a_text_is_cut() {
    let said = |length: usize| {
        let text = "a".repeat(length);
        let record = format!("{{\"id\": \"p0\", \"a\": \"{text}\", \"b\": \"{text}\"}}\n");
        let output = claimdiff(Path::new(".")).args(["words", "-"]).write_stdin(record).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(said(MAX_SCORED_BYTES), "");
    assert!(
        said(MAX_SCORED_BYTES + 1).contains("\"p0\": what follows 262144 bytes of a text is not looked at")
    );
}

#[test]
fn a_long_group_is_counted_as_passed_over() {
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/ferry-contract");
    let passed_over = |count: usize| {
        let long = (0..count).map(|k| format!("ship{k}")).collect::<Vec<_>>().join(" ");
        let version = |name: &str| {
            let text = format!("{}\n\n{long}.\n", fs::read_to_string(story.join(name)).unwrap());
            Version::read("a.txt", text.as_bytes(), Some(Lang::EN)).unwrap()
        };
        compare_garbling(&version("spun.en.txt"), &version("report.en.txt"), encoder()).unwrap().passed_over
    };
    assert_eq!((passed_over(MAX_GROUP_WORDS), passed_over(MAX_GROUP_WORDS + 1)), (0, 1));
}

#[test]
fn a_page_compares_every_two_of_so_many_versions() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..=MAX_PAIRWISE_VERSIONS).map(|k| format!("{k}.txt")).collect();
    for (k, name) in names.iter().enumerate() {
        fs::write(folder.path().join(name), format!("The council spent {} million euros.", k + 2)).unwrap();
    }
    let pairs = |count: usize| {
        let output = claimdiff(folder.path())
            .arg("compare")
            .args(&names[..count])
            .args(["--format", "html"])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().matches("<section class=\"pair").count()
    };
    assert_eq!((pairs(MAX_PAIRWISE_VERSIONS), pairs(MAX_PAIRWISE_VERSIONS + 1)), (15, MAX_PAIRWISE_VERSIONS));
}
