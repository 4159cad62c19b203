//! Features of the model of word differences: of the word, its chunk, and the words and sentences around it.

use std::ops::Range;

use super::chunks::{ChunkMatch, MIN_CONTENT_INFO};
use super::word_match::{WordMatch, weighted_mean};
use crate::align::{Alignment, Evidence};

/// Number of [`WordFeatures::values`].
pub const WORD_FEATURES: usize = WORD_FEATURE_NAMES.len();

/// The names of [`WordFeatures::values`], in their order.
pub const WORD_FEATURE_NAMES: [&str; 23] = [
    "same_language",
    "log_words",
    "chunk_sim",
    "chunk_bigram_sim",
    "chunk_mutual",
    "sentence_chunk_sim",
    "chunk_gain",
    "chunk_assigned",
    "chunk_mutual_words",
    "chunk_context",
    "next_chunk_context",
    "head_context",
    "phrase_sim",
    "mutual_within_10",
    "assigned_within_2",
    "identical_within_2",
    "context_within_40",
    "information",
    "group_cosine",
    "group_margin",
    "group_strength",
    "unaligned",
    "value",
];

/// Features that the difference of a word is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WordFeatures {
    /// Whether neither text has more than [`MAX_PAIR_SENTENCES`]. Readers mark differently in a pair of sentences and in a
    /// pair of documents, so each kind has its own model.
    pub is_sentence_pair: bool,
    /// In the order of [`WORD_FEATURE_NAMES`]: whether both texts are in one language; natural logarithm of the number of
    /// words of the text. Of the word's chunk: best cosine, the same with a neighbour, whether mutual, the
    /// mean of the sentence's chunks, gain; means of [`WordMatch::assigned_sim`], [`WordMatch::mutual`] and
    /// [`WordMatch::context_sim`], the last of the next chunk too. `context_sim` of the content word that a function word
    /// belongs to; [`WordMatch::phrase_sim`]; means of `mutual` over 21 words, of `assigned_sim` and `identical` over 5, of
    /// `context_sim` over 81; information in nats. Of the sentence: cosine, margin and strength of its group, whether it is
    /// unaligned. [`WordMatch::value_missing`].
    pub values: [f32; WORD_FEATURES],
}

/// Most sentences of either text of a pair of sentences.
pub const MAX_PAIR_SENTENCES: usize = 2;

/// How a sentence is aligned with the other text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct AlignmentFeatures {
    /// Whether it is in no group.
    pub(crate) is_unaligned: bool,
    /// Cosine, margin and strength of its group; 0 where it is unaligned.
    pub(crate) group_evidence: [f32; 3],
}

impl AlignmentFeatures {
    /// For a sentence that is one side of a pair of sentences.
    pub(crate) fn for_sentence_pair(cosine: f32) -> Self {
        Self { is_unaligned: false, group_evidence: [cosine, 0.0, 0.0] }
    }

    /// For each sentence of both sides; `sentences` are their numbers.
    pub(crate) fn from_alignment(alignment: &Alignment, sentences: [usize; 2]) -> [Vec<Self>; 2] {
        let mut all =
            sentences.map(|count| vec![Self { is_unaligned: true, group_evidence: [0.0; 3] }; count]);
        for group in &alignment.groups {
            let Evidence { cosine, margin, .. } = group.evidence;
            let group_evidence = [cosine, margin, group.evidence.match_strength()];
            for (side, sentences) in all.iter_mut().zip([&group.a, &group.b]) {
                for sentence in sentences {
                    side[*sentence] = Self { is_unaligned: false, group_evidence };
                }
            }
        }
        all
    }
}

/// What the features of one text are computed from, sentence by sentence.
#[derive(Clone, Copy)]
pub(crate) struct FeatureInput<'a> {
    pub(crate) matches: &'a [Vec<WordMatch>],
    pub(crate) chunks: &'a [Vec<Range<usize>>],
    pub(crate) chunk_matches: &'a [Vec<ChunkMatch>],
    pub(crate) alignment_features: &'a [AlignmentFeatures],
    pub(crate) same_language: bool,
    pub(crate) is_sentence_pair: bool,
}

/// Means of a value over the words around a position, each in constant time.
struct LocalMeans {
    /// Running sums of weighted values and of weights before each word.
    sums: Vec<(f64, f64)>,
}

impl LocalMeans {
    fn new(words: &[WordMatch], weight: fn(&WordMatch) -> f32, value: fn(&WordMatch) -> f32) -> Self {
        let mut sums = vec![(0.0, 0.0)];
        let (mut sum, mut weights) = (0.0, 0.0);
        for word in words {
            let weight = f64::from(weight(word));
            sum += weight * f64::from(value(word));
            weights += weight;
            sums.push((sum, weights));
        }
        Self { sums }
    }

    /// The weighted mean over the word at `place` and `reach` words on either side.
    fn local_mean(&self, place: usize, reach: usize) -> f32 {
        let (first, last) = (place.saturating_sub(reach), (place + reach + 1).min(self.sums.len() - 1));
        let (from, to) = (self.sums[first], self.sums[last]);
        if to.1 > from.1 { ((to.0 - from.0) / (to.1 - from.1)) as f32 } else { 0.0 }
    }
}

fn indicator_value(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

fn mutual_indicator(link: &WordMatch) -> f32 {
    indicator_value(link.mutual)
}

/// The features of each word of one text, sentence by sentence.
pub(crate) fn word_features(input: &FeatureInput<'_>) -> Vec<Vec<WordFeatures>> {
    let words: Vec<WordMatch> = input.matches.iter().flatten().copied().collect();
    let [mutuals, assigned_sims, identicals, context_sims] = [
        LocalMeans::new(&words, |_| 1.0, mutual_indicator),
        LocalMeans::new(&words, |l| l.info, |l| l.assigned_sim),
        LocalMeans::new(&words, |l| l.info, |l| indicator_value(l.identical)),
        LocalMeans::new(&words, |l| l.info, |l| l.context_sim),
    ];
    let length = (words.len().max(1) as f32).ln();
    let chunk_context_sims: Vec<f32> = input
        .matches
        .iter()
        .zip(input.chunks)
        .flat_map(|(matches, chunks)| {
            chunks.iter().map(|c| weighted_mean(&matches[c.clone()], |l| l.context_sim))
        })
        .collect();
    let (mut place, mut chunk) = (0, 0);
    let sentences = (0..input.matches.len()).map(|s| {
        let (matches, alignment) = (&input.matches[s], &input.alignment_features[s]);
        let mut chunk_of_word: Vec<ChunkMatch> = Vec::with_capacity(matches.len());
        for (range, chunk_match) in input.chunks[s].iter().zip(&input.chunk_matches[s]) {
            chunk_of_word.extend(range.clone().map(|_| *chunk_match));
        }
        let info = matches.iter().map(|l| l.info).sum::<f32>().max(f32::MIN_POSITIVE);
        let sentence_chunk_sim =
            matches.iter().zip(&chunk_of_word).map(|(l, c)| l.info * c.chunk_sim).sum::<f32>() / info;
        let mut features = Vec::with_capacity(matches.len());
        for (range, chunk_match) in input.chunks[s].iter().zip(&input.chunk_matches[s]) {
            let own = &matches[range.clone()];
            let next = chunk_context_sims.get(chunk + 1).unwrap_or(&chunk_context_sims[chunk]);
            for (k, link) in own.iter().enumerate() {
                let head = own[k..].iter().find(|l| l.info >= MIN_CONTENT_INFO).unwrap_or(link);
                let [cosine, margin, strength] = if input.is_sentence_pair {
                    AlignmentFeatures::for_sentence_pair(alignment.group_evidence[0]).group_evidence
                } else {
                    alignment.group_evidence
                };
                let values = [
                    indicator_value(input.same_language),
                    length,
                    chunk_match.chunk_sim,
                    chunk_match.bigram_sim,
                    indicator_value(chunk_match.mutual),
                    sentence_chunk_sim,
                    chunk_match.gain,
                    weighted_mean(own, |l| l.assigned_sim),
                    weighted_mean(own, mutual_indicator),
                    chunk_context_sims[chunk],
                    *next,
                    head.context_sim,
                    link.phrase_sim,
                    mutuals.local_mean(place, 10),
                    assigned_sims.local_mean(place, 2),
                    identicals.local_mean(place, 2),
                    context_sims.local_mean(place, 40),
                    link.info,
                    cosine,
                    margin,
                    strength,
                    indicator_value(alignment.is_unaligned && !input.is_sentence_pair),
                    link.value_missing,
                ];
                features.push(WordFeatures { is_sentence_pair: input.is_sentence_pair, values });
                place += 1;
            }
            chunk += 1;
        }
        features
    });
    sentences.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_weighted_and_ends_with_the_text() {
        let word = |info, context_sim| WordMatch { info, context_sim, ..WordMatch::default() };
        let around =
            LocalMeans::new(&[word(1.0, 0.5), word(3.0, 1.0), word(0.0, 9.0)], |l| l.info, |l| l.context_sim);
        assert!((around.local_mean(0, 1) - 0.875).abs() < 1e-6);
        assert!((around.local_mean(1, 40) - 0.875).abs() < 1e-6);
        assert!(around.local_mean(2, 0).abs() < 1e-6);
    }

    #[test]
    fn a_function_word_has_the_features_of_its_chunk() {
        let the = WordMatch { info: 5.0, context_sim: 0.9, ..WordMatch::default() };
        let snow = WordMatch { info: 11.0, context_sim: 0.3, ..WordMatch::default() };
        let input = FeatureInput {
            matches: &[vec![the, snow, the, snow]],
            chunks: &[vec![0..2, 2..4]],
            chunk_matches: &[vec![
                ChunkMatch { chunk_sim: 0.4, ..ChunkMatch::default() },
                ChunkMatch::default(),
            ]],
            alignment_features: &[AlignmentFeatures::for_sentence_pair(0.7)],
            same_language: true,
            is_sentence_pair: true,
        };
        let features = &word_features(&input)[0];
        assert_eq!(features.len(), 4);
        let head = |k: usize| features[k].values[11];
        assert!((head(0) - 0.3).abs() < 1e-6 && (head(1) - 0.3).abs() < 1e-6);
        assert!((features[0].values[2] - 0.4).abs() < 1e-6 && features[2].values[2].abs() < 1e-6);
        assert!((features[3].values[5] - 0.2).abs() < 1e-6);
    }
}
