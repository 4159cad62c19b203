//! The pages in a real browser: they are made here by the built program, and used by `tests/browser`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The four stories with a French version of the same text.
const PARALLEL: [&str; 4] = ["ferry-contract", "pension-merger", "vaccine-trial", "water-audit"];

/// What a stranger may write.
const HOSTILE: [&str; 7] = [
    "<script>globalThis.ran = 1</script>",
    "</script><script>globalThis.ran = 1</script>",
    "<img src=x onerror=\"globalThis.ran = 1\">",
    "\" onmouseover=\"globalThis.ran = 1\" x='",
    "[text](javascript:globalThis.ran=1) <a href='javascript:globalThis.ran=1'>a</a>",
    "\u{202e}txet\u{2066} \u{1b}]8;;file:///etc/passwd\u{7}a\u{1b}[2J",
    "{{ 7 * 7 }} {% endblock %} </style><style>*{display:none}</style><!-- ]]>",
];

/// The folder of the pages, which is kept for whoever wants to look.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn corpus(name: &str) -> String {
    Path::new(ROOT).join("corpus").join(name).display().to_string()
}

/// Runs the program for a page; there have to be findings.
fn page(args: &[&str], name: &str) -> String {
    let file = folder().join(name);
    let output = Command::new(env!("CARGO_BIN_EXE_claimdiff"))
        .args(args)
        .args(["--format", "html", "-o"])
        .arg(&file)
        .env("CLAIMDIFF_MODEL_DIR", support::folder())
        .env("CLAIMDIFF_OFFLINE", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    fs::read_to_string(file).unwrap()
}

fn write(name: &str, text: &str) -> String {
    let file = folder().join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

/// Articles of some 20,000 words: the four stories over and over, each time with other figures and other names, so
/// that each time differs.
fn long(lang: &str, without: usize) -> String {
    let mut paragraphs = Vec::new();
    for round in 0..9_u32 {
        for story in PARALLEL {
            let text = fs::read_to_string(corpus(&format!("{story}/report.{lang}.txt"))).unwrap();
            let kept = text.split("\n\n").enumerate().filter(|(k, _)| without == 0 || (k + 1) % without != 0);
            paragraphs.extend(kept.map(|(_, paragraph)| varied(paragraph, round)));
        }
    }
    paragraphs.join("\n\n")
}

/// Figures are some more, and long words with a capital get another end.
fn varied(text: &str, round: u32) -> String {
    let word = |word: &str| match word.parse::<u32>() {
        Ok(figure) => (figure + 7 * round).to_string(),
        Err(_)
            if word.len() > 5
                && word.starts_with(char::is_uppercase)
                && word.chars().all(char::is_alphabetic) =>
        {
            format!("{word}{}", char::from(b'a' + round as u8))
        }
        Err(_) => word.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Two articles in which every sentence ends in something hostile.
fn hostile() -> [String; 2] {
    let english = [
        "The harbour of Lind gets a new crane for 3 million euros",
        "It will be ready in May 2026",
        "The mayor, Ada Quill, denied that the old one is unsafe",
        "A fisherman lost two boats in the storm of last week",
        "The council voted for it on Monday with 14 votes to 9",
        "“We have waited long enough,” she said",
        "The work takes 18 months",
    ];
    let german = [
        "Der Hafen von Lind bekommt für 8 Millionen Euro einen neuen Kran",
        "Er wird im Juni 2027 fertig",
        "Die Bürgermeisterin Ada Quill sagte, der alte sei unsicher",
        "Im Rathaus wurde am Abend gefeiert, und ein Chor sang alte Lieder",
        "Der Rat stimmte am Montag mit 14 zu 5 Stimmen dafür",
        "„Wir haben lange genug gewartet“, sagte sie",
        "Die Arbeiten dauern 8 Monate",
    ];
    [english, german].map(|sentences| {
        let told = sentences.iter().zip(HOSTILE).map(|(sentence, hostile)| format!("{sentence} {hostile}."));
        told.collect::<Vec<_>>().join("\n\n") + "\n"
    })
}

/// A corpus of two stories: one with findings, and one of which no two versions are compared.
fn stories() -> String {
    let stories = folder().join("stories");
    for story in ["ferry-contract", "river-spill"] {
        fs::create_dir_all(stories.join(story)).unwrap();
        for file in fs::read_dir(corpus(story)).unwrap().map(|entry| entry.unwrap().path()) {
            if file.is_file() {
                fs::copy(&file, stories.join(story).join(file.file_name().unwrap())).unwrap();
            }
        }
    }
    stories.display().to_string()
}

#[test]
fn pages_work_in_a_browser() {
    let [en, fr] = ["report.en.txt", "report.fr.txt"].map(|name| corpus(&format!("ferry-contract/{name}")));
    page(&["compare", &en, &fr], "two.html");
    let three =
        ["report.en.txt", "rival.en.txt", "tech.fr.txt"].map(|name| corpus(&format!("netflix-inbox/{name}")));
    page(&["compare", &three[0], &three[1], &three[2], "--level", "low"], "three.html");
    let [a, b] = hostile();
    let a = write("a\"><img src=x onerror='globalThis.ran=1'>\u{202e}.txt", &a);
    let b = write("b' onload='globalThis.ran=1.txt", &b);
    page(&["compare", &a, &b, "--lang-a", "en", "--lang-b", "de", "--level", "low"], "hostile.html");
    let (a, b) = (write("long.en.txt", &long("en", 0)), write("long.fr.txt", &long("fr", 4)));
    let long = page(&["compare", &a, &b], "long.html");
    // The bound that the README names.
    assert!(long.len() < 4_000_000, "{} bytes", long.len());
    let (stories, bare) = (stories(), write("none.toml", ""));
    page(
        &["check", &stories, "--config", &bare, "--no-cache", "--baseline", &write("none.json", NOTHING)],
        "check.html",
    );

    let setup = Command::new("sh").arg("tests/browser/setup.sh").current_dir(ROOT).status().unwrap();
    assert!(
        setup.success(),
        "the browser tests cannot be set up: see what tests/browser/setup.sh says above"
    );
    let tests = Command::new("node")
        .args(["--test", "--test-reporter=spec", "tests/browser/pages.test.mjs"])
        .env("CLAIMDIFF_PAGES", folder())
        .current_dir(ROOT)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tests.stdout);
    println!("{said}");
    assert!(tests.status.success(), "{said}{}", String::from_utf8_lossy(&tests.stderr));
}

/// A baseline that knows no finding.
const NOTHING: &str = "{\"schema\": \"claimdiff.baseline/1\", \"findings\": []}\n";
