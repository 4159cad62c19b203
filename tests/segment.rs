//! Sentences and words: `tests/segment/<lang>.txt`, and what must hold for any text.
use std::time::{Duration, Instant};

use claimdiff::article::Article;
use claimdiff::segment::{self, split_sentences, word_spans};
use claimdiff::text::Lang;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cases(lang: Lang, file: &str) {
    let mut wrong = Vec::new();
    let mut count = 0;
    let file = file.trim_start_matches('#').split_once("\n# ").unwrap().1.split_once('\n').unwrap().1;
    for case in file.split("\n===").map(str::trim_start).filter(|c| !c.is_empty()) {
        let (known, case) = case.strip_prefix("#!\n").map_or((false, case), |rest| (true, rest));
        let (text, wanted) = case.split_once("\n---\n").unwrap();
        let found: Vec<String> =
            split_sentences(text, lang).into_iter().map(|s| squeezed(s.slice(text))).collect();
        if (found == wanted.lines().collect::<Vec<_>>()) == known {
            wrong.push(format!("{lang}: {}", found.join(" || ")));
        }
        count += 1;
    }
    assert!(count >= 60, "{lang}: {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english() {
    cases(Lang::EN, include_str!("segment/en.txt"));
}

#[test]
fn german() {
    cases(Lang::DE, include_str!("segment/de.txt"));
}

#[test]
fn french() {
    cases(Lang::FR, include_str!("segment/fr.txt"));
}

fn split(text: &str, lang: Lang) -> Vec<&str> {
    split_sentences(text, lang).into_iter().map(|s| s.slice(text)).collect()
}

#[test]
fn a_language_without_data_is_split_by_what_holds_in_all() {
    let spanish: Lang = "es".parse().unwrap();
    assert_eq!(
        split("La casa es azul. El Dr. Ruiz lo sabe.", spanish),
        ["La casa es azul.", "El Dr. Ruiz lo sabe."]
    );
    assert_eq!(split("天气很好。我们出去！好吗？", Lang::UND), ["天气很好。", "我们出去！", "好吗？"]);
}

#[test]
fn a_long_quotation_is_split_at_its_own_stops() {
    let inner = "The council has known of the cracks in the bridge for years. ".repeat(8);
    let text = format!("“{inner}” she said.");
    assert!(split_sentences(&text, Lang::EN).len() > 6);
}

#[test]
fn sentences_stand_in_their_blocks() {
    let article =
        Article::read("a.txt", b"Dam holds\n\nThe dam held. It rained.\n\nPost a Comment\n", Some(Lang::EN))
            .unwrap();
    let found: Vec<_> = segment::article_sentences(&article)
        .iter()
        .map(|s| (s.block, s.span.slice(&article.text).to_owned()))
        .collect();
    let wanted = [(0, "Dam holds"), (1, "The dam held."), (1, "It rained."), (2, "Post a Comment")];
    assert_eq!(found, wanted.map(|(b, t)| (b, t.to_owned())));
}

#[test]
fn words_are_what_a_reader_calls_words() {
    let of = |text: &'static str| word_spans(text).map(|s| s.slice(text)).collect::<Vec<_>>();
    assert_eq!(of("L'homme d’Elon, aujourd'hui."), ["L'", "homme", "d’", "Elon", "aujourd'hui"]);
    assert_eq!(of("qu'il l’a dit-il, a-t-elle"), ["qu'", "il", "l’", "a", "dit", "il", "a", "t", "elle"]);
    assert_eq!(of("They don't pay $4.5 (3,000 €)."), ["They", "don't", "pay", "4.5", "3,000"]);
    assert_eq!(of("end-to-end Facebook-Anzeigen, add-on"), ["end-to-end", "Facebook-Anzeigen", "add-on"]);
    assert_eq!(of("It's O'Neil's – U.S. 2019-20"), ["It's", "O'Neil's", "U.S", "2019-20"]);
    assert_eq!(of(" …!? "), [""; 0]);
}

proptest! {
    // The gate asks the same texts each time.
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_lost_and_nothing_lies_in_two_sentences(
        text in "([a-zA-Z]{1,6}|[.!?…\"“”„«»'()\\[\\]–•0-9]{1,3}|[ \n\t]{1,2}|[é\u{301}\u{202e}。\0]|z\\. B\\.|1\\.|U\\.S\\.){0,60}",
        lang in prop::sample::select(vec![Lang::EN, Lang::DE, Lang::FR, Lang::UND]),
    ) {
        let mut at = 0;
        for span in split_sentences(&text, lang) {
            prop_assert!(text[at..span.start].trim().is_empty());
            let inner = span.slice(&text);
            prop_assert!(!inner.is_empty() && inner.trim() == inner);
            at = span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
        let mut at = 0;
        for span in word_spans(&text) {
            prop_assert!(span.start >= at && !span.is_empty() && text.is_char_boundary(span.end));
            at = span.end;
        }
    }

    #[test]
    fn no_string_panics(text in any::<String>()) {
        let _ = split_sentences(&text, Lang::EN);
        word_spans(&text).count();
    }
}

#[test]
fn hostile_text_takes_linear_time() {
    for piece in [
        ".",
        ". ",
        "\"",
        "“",
        "(",
        "'a",
        "a.",
        "1. ",
        "• ",
        "Mr. ",
        "A. B. ",
        "“a.” ",
        "[1]",
        "-- ",
        " »",
        "…",
        "?\n",
    ] {
        let text = piece.repeat((1 << 19) / piece.len());
        let start = Instant::now();
        let found = split_sentences(&text, Lang::EN);
        assert!(found.len() <= text.len());
        let long = "a".repeat(1 << 19) + ". B";
        assert_eq!(split_sentences(&long, Lang::DE).len(), 2);
        assert!(start.elapsed() < Duration::from_secs(20), "{piece:?}: {:?}", start.elapsed());
    }
}
