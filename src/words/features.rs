//! What the model of word differences looks at: the word, its chunk, the words and sentences around it.

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

/// What a word's difference is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WordFeatures {
    /// Whether neither text has more than [`BRIEF`] sentences. What readers mark in a pair of sentences and in a
    /// pair of pages is not the same: they have a model each.
    pub is_sentence_pair: bool,
    /// Whether both texts are of one language; logarithm of the text's words. Of the word's chunk: best cosine, the
    /// same with a neighbour, whether mutual, mean of the sentence's chunks, gain; means of [`Link::taken`],
    /// [`Link::mutual`] and [`Link::both`], the last of the next chunk too. `both` of the content word that a function
    /// word belongs to; [`Link::phrase`]; mutual words of 21, `taken` and `same` of 5, `both` of 81;
    /// information. Of the sentence: cosine, margin and strength of its group, whether it stands alone.
    /// [`Link::figure`].
    pub values: [f32; WORD_FEATURES],
}

/// Most sentences of a text that is read as one of a pair of sentences.
pub const MAX_PAIR_SENTENCES: usize = 2;

/// How a sentence stands to the other text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct AlignmentFeatures {
    /// Whether no sentence goes with it.
    pub(crate) is_unaligned: bool,
    /// Cosine, margin and strength of those that do; 0 where none do.
    pub(crate) group_evidence: [f32; 3],
}

impl AlignmentFeatures {
    /// Of a sentence that is one side of a pair.
    pub(crate) fn for_sentence_pair(cosine: f32) -> Self {
        Self { is_unaligned: false, group_evidence: [cosine, 0.0, 0.0] }
    }

    /// Of all sentences of both sides.
    pub(crate) fn from_alignment(alignment: &Alignment, sentences: [usize; 2]) -> [Vec<Self>; 2] {
        let mut all =
            sentences.map(|count| vec![Self { is_unaligned: true, group_evidence: [0.0; 3] }; count]);
        let of = |e: &Evidence| [e.cosine, e.margin, e.match_strength()];
        for group in &alignment.groups {
            for (side, sentences) in all.iter_mut().zip([&group.a, &group.b]) {
                for sentence in sentences {
                    side[*sentence] = Self { is_unaligned: false, group_evidence: of(&group.evidence) };
                }
            }
        }
        all
    }
}

/// One text, sentence by sentence.
#[derive(Clone, Copy)]
pub(crate) struct FeatureInput<'a> {
    pub(crate) matches: &'a [Vec<WordMatch>],
    pub(crate) chunks: &'a [Vec<Range<usize>>],
    pub(crate) chunk_matches: &'a [Vec<ChunkMatch>],
    pub(crate) alignment_features: &'a [AlignmentFeatures],
    pub(crate) same_language: bool,
    pub(crate) is_sentence_pair: bool,
}

/// Means of a value over the words around a place, in one look each.
struct LocalMeans {
    /// Sums of weighted values and of weights before each word.
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

    /// Over so many words either way.
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
    let mut of_sentence = |s: usize| {
        let (matches, alignment) = (&input.matches[s], &input.alignment_features[s]);
        let mut found_of: Vec<ChunkMatch> = Vec::with_capacity(matches.len());
        for (range, found) in input.chunks[s].iter().zip(&input.chunk_matches[s]) {
            found_of.extend(range.clone().map(|_| *found));
        }
        let info = matches.iter().map(|l| l.info).sum::<f32>().max(f32::MIN_POSITIVE);
        let sentence_chunk_sim =
            matches.iter().zip(&found_of).map(|(l, f)| l.info * f.chunk_sim).sum::<f32>() / info;
        let mut features = Vec::with_capacity(matches.len());
        for (range, found) in input.chunks[s].iter().zip(&input.chunk_matches[s]) {
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
                    found.chunk_sim,
                    found.bigram_sim,
                    indicator_value(found.mutual),
                    sentence_chunk_sim,
                    found.gain,
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
    };
    (0..input.matches.len()).map(&mut of_sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_weighted_and_ends_with_the_text() {
        let word = |info, both| WordMatch { info, context_sim: both, ..WordMatch::default() };
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
        let told = FeatureInput {
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
        let features = &word_features(&told)[0];
        assert_eq!(features.len(), 4);
        let head = |k: usize| features[k].values[11];
        assert!((head(0) - 0.3).abs() < 1e-6 && (head(1) - 0.3).abs() < 1e-6);
        assert!((features[0].values[2] - 0.4).abs() < 1e-6 && features[2].values[2].abs() < 1e-6);
        assert!((features[3].values[5] - 0.2).abs() < 1e-6);
    }
}
