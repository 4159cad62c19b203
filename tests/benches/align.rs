//! Growth of alignment with length: `cargo bench --bench align`.
//!
//! A text of so many sentences and its translation, drawn from the graded groups of the corpus' parallel pairs in a
//! fixed order, as often as it takes. Time for each sentence stays the same where time grows linearly. Encoding is a
//! bench of its own: it is most of the time.
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

#[path = "../support.rs"]
mod support;

use std::path::Path;
use std::sync::OnceLock;

use claimdiff::align::{Aligner, AlignmentSide, MAX_GROUP, WordLexicon, encode_versions};
use claimdiff::corpus::Case;
use claimdiff::encode::Model;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const LENGTHS: [usize; 4] = [1_000, 4_000, 10_000, 20_000];

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::open_folder(support::folder()).unwrap())
}

/// The sentences of both sides of every graded group.
fn groups() -> &'static [[Vec<String>; 2]] {
    static GROUPS: OnceLock<Vec<[Vec<String>; 2]>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut stories: Vec<_> = corpus.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
        stories.retain(|path| path.is_dir());
        stories.sort();
        let mut found = Vec::new();
        for case in stories.iter().map(|path| Case::read_folder(path).unwrap()) {
            for pair in case.pairs.iter().filter(|pair| pair.parallel) {
                let versions = [pair.a, pair.b].map(|k| &case.versions[k].1);
                let texts = |side: usize, of: &[usize]| -> Vec<String> {
                    of.iter().map(|k| versions[side].sentence_text(*k).to_owned()).collect()
                };
                let groups = pair.groups.iter().flatten();
                found.extend(groups.map(|group| [texts(0, &group.a), texts(1, &group.b)]));
            }
        }
        found
    })
}

/// Two texts, the longer of nearly `length` sentences.
fn texts(length: usize) -> [Vec<&'static str>; 2] {
    let groups = groups();
    // Larger than the number of groups and prime, so that each comes once before any comes again.
    let mut order = (0..).map(|k| &groups[k * 7919 % groups.len()]);
    let mut texts = [Vec::new(), Vec::new()];
    while texts.iter().all(|text| text.len() + MAX_GROUP <= length) {
        for (text, sentences) in texts.iter_mut().zip(order.next().unwrap()) {
            text.extend(sentences.iter().map(String::as_str));
        }
    }
    texts
}

fn encoded(length: usize) -> (AlignmentSide, AlignmentSide, WordLexicon) {
    let [a, b] = texts(length);
    encode_versions(model(), &a, &b).unwrap()
}

#[divan::bench(args = LENGTHS, sample_count = 1)]
fn encoding(bencher: Bencher<'_, '_>, length: usize) {
    bencher.counter(ItemsCount::new(length)).bench_local(|| encoded(length));
}

#[divan::bench(args = LENGTHS, sample_count = 1)]
fn aligning(bencher: Bencher<'_, '_>, length: usize) {
    let (a, b, lexicon) = encoded(length);
    bencher.counter(ItemsCount::new(length)).bench_local(|| Aligner::new(&a, &b, &lexicon).align_sentences());
}
