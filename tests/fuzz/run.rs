//! What each fuzz target does with its bytes. Used by the fuzzers in `targets/` and, over the kept inputs in `corpus/`,
//! by the ordinary test `fuzz`. A panic is a failure, and so is a result that breaks a promise.

use std::io;
use std::ops::Range;

use claimdiff::align::{self, Aligner};
use claimdiff::article::Article;
use claimdiff::corpus::{Case, CorpusConfig};
use claimdiff::divergence::glossary::Glossary;
use claimdiff::divergence::{self, Version};
use claimdiff::encode::{Encoder, Model};
use claimdiff::garble::judge_garbling;
use claimdiff::report::{self, Report, Style, Theme};
use claimdiff::text::{Lang, Span};
use claimdiff::{claims, segment, words};

/// A target's function on its bytes; the encoder is opened where it is needed.
pub(crate) type Target = fn(&[u8], &dyn Fn() -> &'static Model);

/// Every target with its name.
pub(crate) const TARGETS: [(&str, Target); 15] = [
    ("align", align),
    ("claims", |bytes, _| claims(bytes)),
    ("compare", compare),
    ("config", |bytes, _| config(bytes)),
    ("garble", |bytes, _| garbled(bytes)),
    ("glossary", |bytes, _| glossary(bytes)),
    ("html", |bytes, _| article("a.html", bytes)),
    ("json", |bytes, _| article("a.json", bytes)),
    ("markdown", |bytes, _| article("a.md", bytes)),
    ("packed", |bytes, _| packed(bytes)),
    ("pairs", pairs),
    ("plain", |bytes, _| article("a.txt", bytes)),
    ("segment", |bytes, _| sentences(bytes)),
    ("tokens", tokens),
    ("xml", |bytes, _| article("a.xml", bytes)),
];

/// Runs a target by name.
pub(crate) fn run(target: &str, bytes: &[u8], encoder: &dyn Fn() -> &'static Model) {
    let (_, function) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target has a name");
    function(bytes, encoder);
}

/// A file of some form, as far as its claims.
fn article(name: &str, bytes: &[u8]) {
    let Ok(article) = Article::read(name, bytes, None) else { return };
    let text = &article.text;
    in_order(text, article.blocks.iter().map(|block| block.span));
    let found = segment::article_sentences(&article);
    in_order(text, found.iter().map(|sentence| sentence.span));
    for sentence in &found {
        assert!(article.blocks[sentence.block].span.contains_span(sentence.span));
    }
    for block in &article.blocks {
        told(block.span.slice(text), block.lang);
    }
}

/// The first byte chooses between a gzip file and a zip archive; the rest goes on behind the mark of either.
fn packed(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let mark: &[u8] = if kind % 2 == 0 { b"\x1f\x8b\x08\0" } else { b"PK\x03\x04" };
    article("a", &[mark, rest].concat());
}

/// The first byte chooses a language; the rest is the text.
fn spoken(bytes: &[u8]) -> Option<(Lang, &str)> {
    let (lang, text) = bytes.split_first()?;
    Some(([Lang::EN, Lang::DE, Lang::FR, Lang::UND][usize::from(lang % 4)], std::str::from_utf8(text).ok()?))
}

fn sentences(bytes: &[u8]) {
    let Some((lang, text)) = spoken(bytes) else { return };
    let found = segment::split_sentences(text, lang);
    in_order(text, found.iter().copied());
    let mut end = 0;
    for span in found.iter().copied().chain([Span::new(text.len(), text.len())]) {
        assert!(
            text[end..span.start].trim().is_empty(),
            "lost between sentences: {:?}",
            &text[end..span.start]
        );
        end = span.end;
        let sentence = span.slice(text);
        assert_eq!(sentence.trim(), sentence);
        in_order(sentence, segment::word_spans(sentence));
    }
}

fn claims(bytes: &[u8]) {
    if let Some((lang, text)) = spoken(bytes) {
        told(text, lang);
    }
}

/// The claims and cues of a text: in it, and such as JSON can hold.
fn told(text: &str, lang: Lang) {
    for claim in claims::extract_claims(text, lang) {
        assert!(!claim.span.slice(text).trim().is_empty(), "a claim without words");
        let value = serde_json::to_value(&claim.value).expect("a value is JSON");
        finite(&value);
    }
    for cue in claims::find_cues(text, lang) {
        let _ = cue.span.slice(text);
    }
}

/// JSON has no number for infinity: serde writes null.
fn finite(value: &serde_json::Value) {
    if let Some(map) = value.as_object() {
        assert!(!map.get("amount").is_some_and(serde_json::Value::is_null), "{value}");
    }
}

fn glossary(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(glossary) = Glossary::parse("glossary", text) else { return };
    let written = glossary.to_toml();
    let again = Glossary::parse("again", &written).unwrap_or_else(|e| panic!("{e}: {written}"));
    assert_eq!(again, glossary, "{written}");
}

/// `claimdiff.toml` and `case.toml` from the same bytes.
fn config(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["claimdiff.toml", "case.toml"] {
        std::fs::write(folder.path().join(name), bytes).expect("a file in it");
    }
    if let Ok(config) = CorpusConfig::find_nearest(folder.path()) {
        let dumped = config.dump_toml().expect("what was read can be written");
        std::fs::write(folder.path().join("claimdiff.toml"), &dumped).expect("a file in it");
        let again = CorpusConfig::find_nearest(folder.path()).unwrap_or_else(|e| panic!("{e}: {dumped}"));
        assert_eq!(again.dump_toml().expect("and again"), dumped);
    }
    let _ = Case::read_folder(folder.path());
}

/// Two texts, on either side of the first NUL.
fn two(bytes: &[u8]) -> Option<(&str, &str)> {
    std::str::from_utf8(bytes).ok()?.split_once('\0')
}

fn tokens(bytes: &[u8], encoder: &dyn Fn() -> &'static Model) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let tokens = encoder().tokenize_text(text);
    assert!([tokens.spans.len(), tokens.scores.len()] == [tokens.ids.len(); 2]);
    let mut end = 0;
    for span in &tokens.spans {
        let _ = span.slice(text);
        assert!(span.end >= end, "a piece stands before the one before");
        end = span.end;
    }
    assert!(tokens.scores.iter().all(|score| *score <= 0.0));
    let vectors = encoder().encode_texts(&[text]).expect("an encoder that is whole");
    let length: f32 = vectors.row_values(0).iter().map(|value| value * value).sum();
    assert!((length - 1.0).abs() < 1e-4, "length {length}");
}

fn align(bytes: &[u8], encoder: &dyn Fn() -> &'static Model) {
    let Some((a, b)) = two(bytes) else { return };
    let (a, b): (Vec<&str>, Vec<&str>) = (a.lines().take(60).collect(), b.lines().take(60).collect());
    let (one, other, lexicon) = align::encode_versions(encoder(), &a, &b).expect("an encoder that is whole");
    let alignment = Aligner::new(&one, &other, &lexicon).align_sentences();
    assert!((0.0..=1.0).contains(&alignment.parallel_share));
    let groups = alignment.disjoint_groups();
    let sides =
        [(a.len(), groups.iter().map(|g| &g.a).collect()), (b.len(), groups.iter().map(|g| &g.b).collect())];
    for (count, groups) in sides as [(usize, Vec<&Vec<usize>>); 2] {
        let mut used: Vec<usize> = groups.into_iter().flatten().copied().collect();
        used.sort_unstable();
        assert!(used.windows(2).all(|w| w[0] < w[1]) && used.iter().all(|k| *k < count));
    }
}

fn pairs(bytes: &[u8], encoder: &dyn Fn() -> &'static Model) {
    let Some((a, b)) = two(bytes) else { return };
    for score in divergence::score_pairs(encoder(), &[(a, b)]).expect("an encoder that is whole") {
        assert!((-1.001..=1.001).contains(&score.similarity) && (0.0..=1.0).contains(&score.divergence));
    }
    let found = words::token_features(encoder(), &[(a, b)]).expect("an encoder that is whole");
    for (side, text) in found[0].iter().zip([a, b]) {
        let scores = words::token_differences(side);
        assert_eq!(scores.len(), text.split_whitespace().count());
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{scores:?}");
    }
}

/// Two articles compared, and every report of that.
fn compare(bytes: &[u8], encoder: &dyn Fn() -> &'static Model) {
    let Some((a, b)) = two(bytes) else { return };
    let read = |text: &str| Version::read("a.txt", text.as_bytes(), None);
    let (Ok(a), Ok(b)) = (read(a), read(b)) else { return };
    let comparison = divergence::compare_versions(&a, &b, encoder()).expect("an encoder that is whole");
    let scores = &comparison.scores;
    for score in [scores.divergence, scores.content, scores.claims, scores.order] {
        assert!((0.0..=1.0).contains(&score), "{scores:?}");
    }
    for finding in &comparison.findings {
        assert!((0.0..=1.0).contains(&finding.confidence) && !finding.message.is_empty());
        for (place, version) in [(&finding.a, &a), (&finding.b, &b)] {
            if let Some(place) = place {
                let _ = place.span.slice(&version.article.text);
            }
        }
    }
    let versions = [a, b];
    let garbles: Vec<_> = versions.iter().map(judge_garbling).collect();
    let report = Report {
        paths: &["a.txt".to_owned(), "b.txt".to_owned()],
        versions: &versions,
        garbles: &garbles,
        comparisons: std::slice::from_ref(&comparison),
        encoder: encoder().encoder_identity(),
        level: divergence::Severity::Low,
    };
    let mut json = Vec::new();
    report::write_json(&report, &mut json).expect("memory takes it");
    let _: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    for width in [40, 120] {
        let style = Style { width, color: true, theme: Theme::default() };
        report::write_text(&report, None, style, &mut io::sink()).expect("nothing to fail");
    }
    report::write_markdown(&report, None, &mut io::sink()).expect("nothing to fail");
    report::write_corrections(&report, &mut io::sink()).expect("nothing to fail");
}

fn garbled(bytes: &[u8]) {
    let Some((lang, text)) = spoken(bytes) else { return };
    let Ok(version) = Version::read("a.txt", text.as_bytes(), Some(lang)) else { return };
    let judged = judge_garbling(&version);
    for chance in [judged.score, judged.spun, judged.translated] {
        assert!((0.0..=1.0).contains(&chance), "{chance}");
    }
    for sign in &judged.signs {
        let _ = sign.span.slice(&version.article.text);
    }
}

/// Spans that stand in `text`, one after the other.
fn in_order(text: &str, spans: impl Iterator<Item = Span>) {
    let mut before: Range<usize> = 0..0;
    for span in spans {
        assert!(span.start >= before.end && !span.is_empty(), "{before:?} then {span:?}");
        assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a character");
        before = span.start..span.end;
    }
}
