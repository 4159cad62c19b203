use std::collections::{HashMap, HashSet};

use crate::encode::{Encoder, Runs, Vectors};
use crate::error::{Error, ErrorKind, Result};
use crate::segment;

/// Longest run of sentences that one side of a group may hold. With a partner of at least one sentence a group
/// has at most eight.
pub const MAX_RUN: usize = 7;

/// Most sentences in a group, both sides together.
pub const MAX_GROUP: usize = 8;

/// Upper bound of a word's weight in nats: past it a word is rare because it is garbled (OCR noise splits into many
/// pieces), not because it says more.
const MAX_WEIGHT: f32 = 25.0;

/// Most sentences of one version, some 400,000 words: the vectors of their runs take 145 MB.
pub const MAX_SENTENCES: usize = 20_000;

/// Words of one sentence that are looked up on the other side. What follows counts in its vector and its length alone;
/// a sentence of this length is a list or lacks its stops.
pub const MAX_WORDS: usize = 2_000;

/// Distinct words of both versions that are looked up, by first appearance: their vectors take 270 MB. Two texts of
/// [`MAX_SENTENCES`] hold half of that.
pub const MAX_LEXICON: usize = 131_072;

/// Stands for all words past those bounds; it weighs nothing.
const UNKNOWN: &str = "";

/// What alignment knows about the sentences of one version.
#[derive(Debug)]
pub struct Side {
    /// Unit vectors of all runs of consecutive sentences.
    pub runs: Runs,
    /// Word ids (rows of [`Lexicon::vectors`]) of each sentence, in order.
    pub words: Vec<Vec<u32>>,
    /// Characters that are not whitespace, of each sentence.
    pub chars: Vec<f32>,
    /// What each sentence names exactly, in any form that is equal on both sides: figures by value, say. Given by
    /// the caller; empty where nothing is known.
    pub anchors: Vec<Vec<String>>,
}

/// The distinct words of both versions: a dictionary across languages, by word vectors.
#[derive(Debug)]
pub struct Lexicon {
    /// Unit vectors, one row a word.
    pub vectors: Vectors,
    /// Information of each word in nats: minus the log-probability of its pieces under the encoder's unigram model,
    /// at most 25.
    pub weights: Vec<f32>,
    /// Whether the versions have more than [`MAX_LEXICON`] distinct words; those that came last are not in it.
    pub is_cut: bool,
}

impl Side {
    /// Number of sentences.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// For each sentence whether its words stand there for the first time: what is repeated says nothing new about
    /// what the text is like.
    pub(super) fn first_told(&self) -> Vec<bool> {
        let mut seen: HashSet<&[u32]> = HashSet::with_capacity(self.len());
        self.words.iter().map(|words| seen.insert(words)).collect()
    }

    /// Whether there is no sentence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Encodes both versions, their runs of up to [`MAX_RUN`] sentences and their distinct words.
///
/// # Errors
/// If the encoder cannot read its weights, or a version has more than [`MAX_SENTENCES`].
pub fn encode(encoder: &dyn Encoder, a: &[&str], b: &[&str]) -> Result<(Side, Side, Lexicon)> {
    let most = a.len().max(b.len());
    if most > MAX_SENTENCES {
        let message = format!("a text has {most} sentences; at most {MAX_SENTENCES} are compared");
        return Err(Error::new(ErrorKind::Input, message).advise("split the text"));
    }
    encode_runs(encoder, a, b, MAX_RUN)
}

/// The same for sentences that stand alone: a run is one sentence.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn encode_single(encoder: &dyn Encoder, a: &[&str], b: &[&str]) -> Result<(Side, Side, Lexicon)> {
    encode_runs(encoder, a, b, 1)
}

fn encode_runs(
    encoder: &dyn Encoder,
    a: &[&str],
    b: &[&str],
    longest: usize,
) -> Result<(Side, Side, Lexicon)> {
    let mut index: HashMap<&str, u32> = HashMap::new();
    let mut list: Vec<&str> = Vec::new();
    let mut is_cut = false;
    let mut words = [Vec::with_capacity(a.len()), Vec::with_capacity(b.len())];
    for (sentences, words) in [a, b].into_iter().zip(&mut words) {
        for sentence in sentences {
            let ids = segment::words(sentence).enumerate().map(|(place, span)| {
                let full = list.len() >= MAX_LEXICON && !index.contains_key(span.of(sentence));
                is_cut |= full && place < MAX_WORDS;
                let word = if place >= MAX_WORDS || full { UNKNOWN } else { span.of(sentence) };
                *index.entry(word).or_insert_with(|| {
                    list.push(word);
                    (list.len() - 1) as u32
                })
            });
            words.push(ids.collect());
        }
    }
    let weight = |word: &&str| if *word == UNKNOWN { 0.0 } else { encoder.information(word).min(MAX_WEIGHT) };
    let weights = list.iter().map(weight).collect();
    let mut encoded = encoder.runs(&[(a, longest), (b, longest), (&list, 1)])?.into_iter();
    let mut next = || encoded.next().unwrap_or_default();
    let (runs_a, runs_b, vectors) = (next(), next(), next());
    let build = |sentences: &[&str], words, runs| Side {
        runs,
        chars: sentences.iter().map(|s| s.chars().filter(|c| !c.is_whitespace()).count() as f32).collect(),
        anchors: vec![Vec::new(); sentences.len()],
        words,
    };
    let [words_a, words_b] = words;
    let vectors = Vectors::new(vectors.dim(), vectors.gather(0..list.len(), 1));
    Ok((build(a, words_a, runs_a), build(b, words_b, runs_b), Lexicon { vectors, weights, is_cut }))
}
