//! The encoder against the reference package, and everything that can be wrong with its file.
mod install;
pub(crate) mod wheel;

use std::ops::Range;

use claimdiff::encode::{
    BEGIN, END, EncodeRequest, Encoder, MAX_TOKENS, Model, SentenceWindows, UNKNOWN, Vectors,
};
use claimdiff::text::Span;

use crate::support::encoder;

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// How far half precision may put a cosine off; seen are 4e-5.
const HALF: f64 = 1e-4;

/// Texts, ids and vectors as the reference has them: see `encode/make_reference.py`.
fn reference() -> Vec<(String, Vec<u32>, Vec<f32>)> {
    let lines = include_str!("encode/reference.jsonl").lines();
    let vectors = include_bytes!("encode/reference.f16").chunks_exact(2 * 512);
    lines
        .zip(vectors)
        .map(|(line, vector)| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = record["text"].as_str().unwrap().repeat(record["repeat"].as_u64().unwrap() as usize);
            let ids =
                record["ids"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap() as u32).collect();
            let half = vector.as_chunks().0.iter().map(|bytes| half::f16::from_le_bytes(*bytes).to_f32());
            (text, ids, half.collect())
        })
        .collect()
}

#[test]
fn the_ids_are_those_of_sentencepiece() {
    let cases = reference();
    assert!(cases.len() >= 300);
    for (text, expected, _) in cases {
        let tokens = encoder().tokenize_text(&text);
        let found = if tokens.ids.is_empty() { vec![UNKNOWN] } else { tokens.ids };
        assert_eq!([&[BEGIN], &found[..], &[END]].concat(), expected, "{text:?}");
    }
}

#[test]
fn the_vectors_are_those_of_the_reference() {
    let cases = reference();
    let texts: Vec<&str> = cases.iter().map(|(text, _, _)| text.as_str()).collect();
    let vectors = encoder().encode_texts(&texts).unwrap();
    assert_eq!(vectors.len(), cases.len());
    let mut cosines: Vec<f64> = Vec::new();
    for ((text, _, expected), row) in cases.iter().zip(vectors.iter_rows()) {
        assert!((cosine(row, row) - 1.0).abs() < 1e-5, "{text:?} has not unit length");
        let near = cosine(row, expected) / (cosine(expected, expected) * cosine(row, row)).sqrt();
        assert!(near >= 0.999_999_5, "{text:?} {near}");
        cosines.push(near);
    }
    cosines.sort_by(f64::total_cmp);
    println!("lowest cosine {:.9}, median {:.9}", cosines[0], cosines[cosines.len() / 2]);
}

#[test]
fn a_vector_has_the_same_bits_in_any_company_and_on_any_number_of_threads() {
    let cases = reference();
    let texts: Vec<&str> =
        cases.iter().map(|(text, _, _)| text.as_str()).filter(|t| t.len() < 1000).collect();
    let together = encoder().encode_texts(&texts).unwrap();
    for (i, text) in texts.iter().enumerate().step_by(9) {
        assert_eq!(
            encoder().encode_texts(&[text]).unwrap().row_values(0),
            together.row_values(i),
            "{text:?}"
        );
    }
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert!(one.install(|| encoder().encode_texts(&texts).unwrap()) == together);
    // More different pieces than are kept for a whole call.
    let many: Vec<String> = (0..3000).map(|i| format!("{i} {} x{}", i * 7919, i * 31)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).chain(texts.iter().copied()).collect();
    let crowded = encoder().encode_texts(&many).unwrap();
    assert!((0..texts.len()).all(|i| crowded.row_values(3000 + i) == together.row_values(i)));
}

#[test]
fn words_that_mean_the_same_are_near_in_other_languages() {
    let words =
        ["messages", "Nachrichten", "users", "Benutzer", "access", "Zugriff", "bicycle", "parliament"];
    let v = encoder().encode_texts(&words).unwrap();
    for (a, b) in [(0, 1), (2, 3), (4, 5)] {
        let near = cosine(v.row_values(a), v.row_values(b));
        assert!(near > 0.6, "{} {} {near}", words[a], words[b]);
        assert!(
            near > cosine(v.row_values(a), v.row_values(6)) + 0.2
                && near > cosine(v.row_values(b), v.row_values(7)) + 0.2
        );
    }
}

fn runs(encoder: &dyn Encoder, sentences: &[&str], longest: usize) -> SentenceWindows {
    encoder.encode_requests(&[EncodeRequest::for_windows(sentences, longest)]).unwrap().remove(0).windows
}

#[test]
fn a_run_is_its_joined_text() {
    let cases = reference();
    let mut sentences: Vec<&str> = cases.iter().map(|(text, _, _)| text.as_str()).take(24).collect();
    // Nothing at all, a single piece, and sentences shorter than the context.
    sentences.splice(5..5, ["", "No.", "a", " ", "☃", "Nein!", "\u{301}x"]);
    sentences.extend(["Oui.", ""]);
    let longest = 8;
    let found = runs(encoder(), &sentences, longest);
    assert_eq!((found.sentence_count(), found.max_window()), (sentences.len(), longest));
    for first in 0..sentences.len() {
        for count in 1..=longest.min(sentences.len() - first) {
            let joined = sentences[first..first + count].join(" ");
            let direct = encoder().encode_texts(&[&joined]).unwrap();
            let near = cosine(&found.window_vector(first, count), direct.row_values(0));
            assert!((1.0 - near).abs() < HALF, "{first}+{count} {near} {joined:?}");
        }
    }
    assert_eq!(runs(encoder(), &[], 8).sentence_count(), 0);
    assert_eq!(runs(encoder(), &["one"], 8).window_vector(0, 1).len(), 512);
}

/// An encoder without a short cut: the plain way of the trait.
struct Plain;

impl Encoder for Plain {
    fn encoder_identity(&self) -> &claimdiff::encode::EncoderIdentity {
        encoder().encoder_identity()
    }
    fn encode_texts(&self, texts: &[&str]) -> claimdiff::Result<Vectors> {
        encoder().encode_texts(texts)
    }
    fn text_information(&self, text: &str) -> f32 {
        encoder().text_information(text)
    }
}

#[test]
fn the_short_cut_and_the_plain_way_agree_on_the_order_of_runs() {
    let sentences =
        ["Ships sail.", "Trains run late again today.", "", "Nobody knows why, not even the board."];
    for longest in 1..6 {
        let (short, plain) = (runs(encoder(), &sentences, longest), runs(&Plain, &sentences, longest));
        for first in 0..4 {
            for count in 1..=longest.min(4 - first) {
                let near = cosine(&short.window_vector(first, count), &plain.window_vector(first, count));
                assert!((1.0 - near).abs() < HALF, "{near}");
            }
        }
    }
}

#[test]
fn pieces_know_where_they_stand() {
    let text = "  Die Oﬃce\u{ad} Größe:\u{a0}１２ ☃☃ e\u{301}t\u{e9}\u{200b}! ";
    let tokens = encoder().tokenize_text(text);
    let mut before = 0;
    for (span, score) in tokens.spans.iter().zip(&tokens.scores) {
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        assert!(span.start >= before && *score <= 0.0);
        let piece = span.slice(text);
        assert!(piece == piece.trim() || piece.trim().is_empty(), "{piece:?}");
        before = span.start;
    }
    let pieces: Vec<&str> = tokens.spans.iter().map(|span| span.slice(text)).collect();
    assert!(["Die", "１２", "☃☃", "!"].iter().all(|piece| pieces.contains(piece)), "{pieces:?}");
    let score = |word| encoder().tokenize_text(word).scores.iter().sum::<f32>();
    assert!(score("brewery") < score("the") && score("☃") < score("brewery"));
}

#[test]
fn a_word_from_the_file_has_the_bits_that_it_would_have() {
    // Common words of one piece, a rare one, and one of several pieces.
    let words = ["the", "Haus", "gouvernement", "of", "zeppelin", "incompréhensible", ""];
    let found = runs(encoder(), &words, 1);
    let worked_out = encoder().encode_texts(&words).unwrap();
    for (i, vector) in worked_out.iter_rows().enumerate() {
        let half: Vec<f32> = vector.iter().map(|value| half::f16::from_f32(*value).to_f32()).collect();
        assert_eq!(found.window_vector(i, 1), half, "{:?}", words[i]);
    }
}

#[test]
fn what_was_read_before_changes_nothing() {
    let sentences = ["The council voted on Monday.", "Le conseil a voté lundi.", "Nobody was there."];
    let words = ["council", "voted", "Monday", "Le", "", "lundi", "incompréhensible", "the"];
    let read = |model: &Model| {
        let (spans, phrases) = asked(&sentences);
        let text =
            EncodeRequest { words: &spans, phrases: &phrases, ..EncodeRequest::for_windows(&sentences, 7) };
        let found = model.encode_requests(&[text, EncodeRequest::for_windows(&words, 1)]).unwrap();
        let runs =
            found.iter().flat_map(|read| read.windows.gather_windows(0..read.windows.sentence_count(), 1));
        let rows = found.iter().flat_map(|read| read.word_vectors.iter().chain(&read.phrase_vectors));
        (runs.collect::<Vec<f32>>(), rows.flat_map(Vectors::all_values).copied().collect::<Vec<f32>>())
    };
    let fresh = Model::open_folder(crate::support::folder()).unwrap();
    let first = read(&fresh);
    // The second call keeps what it shares with the first, the third takes it from there.
    assert!((0..3).all(|_| read(&fresh) == first));
    let other = Model::open_folder(crate::support::folder()).unwrap();
    other
        .encode_requests(&[
            EncodeRequest::for_windows(&["voted on lundi", "a council"], 2),
            EncodeRequest::for_windows(&["Monday", "the"], 1),
        ])
        .unwrap();
    other.encode_texts(&["The council was there."]).unwrap();
    assert!((0..2).all(|_| read(&other) == first));
}

/// The words of each sentence, and each sentence's words as one phrase beside its first two.
fn asked(sentences: &[&str]) -> (Vec<Vec<Span>>, Vec<Vec<Range<usize>>>) {
    let words: Vec<Vec<Span>> =
        sentences.iter().map(|sentence| claimdiff::segment::word_spans(sentence).collect()).collect();
    let phrases = |words: &Vec<Span>| match words.len() {
        0 => Vec::new(),
        count => vec![0..count, 0..count.min(2)],
    };
    let phrases = words.iter().map(phrases).collect();
    (words, phrases)
}

fn in_context(sentences: &[&str], words: &[Vec<Span>]) -> Vec<Vectors> {
    encoder()
        .encode_requests(&[EncodeRequest { words, ..EncodeRequest::for_windows(sentences, 2) }])
        .unwrap()
        .remove(0)
        .word_vectors
}

#[test]
fn every_word_has_one_vector_in_context() {
    let sentences = ["L'incompréhensible déluge, 2\u{a0}500 m.", ""];
    let (words, _) = asked(&sentences);
    let found = in_context(&sentences, &words);
    assert_eq!((found.len(), found[0].len(), found[1].len()), (2, words[0].len(), 0));
    assert!(found[0].iter_rows().all(|row| (cosine(row, row) - 1.0).abs() < 1e-4));
    // A word that no piece belongs to has none.
    let past = in_context(&sentences, &[vec![Span::new(0, 3), Span::new(70, 90)], Vec::new()]);
    assert!(past[0].row_values(1).iter().all(|value| value.abs() < 1e-9));
    assert!(in_context(&sentences, &[]).is_empty());
}

#[test]
fn a_word_in_context_has_a_vector_of_its_own() {
    let sentences = ["She sat on the bank of the river.", "He robbed the bank in town.", ""];
    let (words, _) = asked(&sentences);
    let asked = EncodeRequest { words: &words, ..EncodeRequest::for_windows(&sentences, 7) };
    let found = encoder().encode_requests(&[asked]).unwrap().remove(0).word_vectors;
    let bank = |s: usize| {
        let at = words[s].iter().position(|span| span.slice(sentences[s]) == "bank").unwrap();
        found[s].row_values(at)
    };
    let near = cosine(bank(0), bank(1));
    assert!(near > 0.3 && near < 0.999, "{near}");
}

#[test]
fn a_phrase_is_read_between_the_marks_of_its_sentence() {
    // Whatever the length: sentences shorter than the context, longer, and nothing at all.
    let sentences = [
        "Yes",
        "Nobody knows why",
        "",
        "Trains run late again today and not even the board of the company knows why",
    ];
    let (words, phrases) = asked(&sentences);
    let ask = |encoder: &dyn Encoder, longest| {
        let asked = EncodeRequest {
            words: &words,
            phrases: &phrases,
            ..EncodeRequest::for_windows(&sentences, longest)
        };
        encoder.encode_requests(&[asked]).unwrap().remove(0)
    };
    let (alone, together) = (ask(encoder(), 1), ask(encoder(), 7));
    for (s, sentence) in sentences.iter().enumerate() {
        let same = |a: &Vectors, b: &Vectors| {
            a.iter_rows().zip(b.iter_rows()).all(|(a, b)| cosine(a, b) > 1.0 - 1e-5)
        };
        assert!(
            same(&alone.word_vectors[s], &together.word_vectors[s])
                && same(&alone.phrase_vectors[s], &together.phrase_vectors[s]),
            "{sentence}"
        );
        if let Some(whole) = together.phrase_vectors[s].iter_rows().next() {
            let own = encoder().encode_texts(&[sentence]).unwrap();
            assert!(cosine(whole, own.row_values(0)) > 1.0 - 1e-5, "{sentence}");
        }
    }
    // An encoder without contexts reads the phrase by itself.
    let plain = ask(&Plain, 7);
    let first = encoder().encode_texts(&["Trains run"]).unwrap();
    assert!(cosine(plain.phrase_vectors[3].row_values(1), first.row_values(0)) > 1.0 - 1e-5);
    assert!(
        (plain.word_vectors[2].len(), plain.phrase_vectors[2].len(), plain.word_vectors[3].len())
            == (0, 0, words[3].len())
    );
}

#[test]
fn a_text_without_end_is_cut_and_says_so() {
    let long = "word ".repeat(MAX_TOKENS + 5);
    let hostile = ["\u{0}".repeat(1 << 20), "\u{fdfa}".repeat(1 << 18), " ".repeat(1 << 20)];
    let texts: Vec<&str> = ["short", &long].into_iter().chain(hostile.iter().map(String::as_str)).collect();
    let vectors = encoder().encode_texts(&texts).unwrap();
    assert_eq!(vectors.truncated_rows(), [1, 2, 3, 4]);
    assert!(vectors.all_values().iter().all(|value| value.is_finite()));
    for runs in [runs(encoder(), &texts[..2], 2), runs(&Plain, &texts[..2], 2)] {
        assert_eq!(runs.truncated_sentences(), [1]);
    }
    let tokens = encoder().tokenize_text(&long);
    assert!(tokens.truncated && tokens.ids.len() == MAX_TOKENS);
}

#[test]
fn the_identity_names_the_weights() {
    let identity = encoder().encoder_identity();
    assert_eq!((identity.name, identity.sha256.len()), ("use-multilingual-v3", 64));
}
