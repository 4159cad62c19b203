//! Throughput of the extractor on one thread: `cargo bench --bench claims`, in bytes of text a second.
//!
//! The texts are the sentences of `tests/claims`, which hold more figures than an article has.

use claimdiff::claims;
use claimdiff::text::Lang;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const LANGS: [(&str, &str); 3] = [
    ("en", include_str!("../claims/en.txt")),
    ("de", include_str!("../claims/de.txt")),
    ("fr", include_str!("../claims/fr.txt")),
];

/// Paragraphs of ten sentences.
fn paragraphs(cases: &str) -> Vec<String> {
    let sentences: Vec<&str> =
        cases.lines().filter(|l| !l.is_empty() && !l.starts_with("# ") && !l.starts_with("    ")).collect();
    sentences.chunks(10).map(|chunk| chunk.join(" ")).collect()
}

#[divan::bench(args = [0, 1, 2])]
fn extract(bencher: Bencher<'_, '_>, at: usize) {
    let (code, cases) = LANGS[at];
    let lang: Lang = code.parse().unwrap_or(Lang::UND);
    let texts = paragraphs(cases);
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.iter().map(|text| claims::extract_claims(text, lang).len()).sum::<usize>());
}
