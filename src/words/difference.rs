//! The difference of each word, by a logistic model.

use std::sync::LazyLock;

use super::features::{WORD_FEATURE_NAMES, WORD_FEATURES, WordFeatures};
use crate::models::{self, LinearModel};
use crate::text::Span;

/// The difference of one word, for display.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordDifference {
    /// The word, in the version's text.
    pub span: Span,
    /// 0 to 1. 0: the other version has its meaning too; 1: it is missing there or differs. From 0.5 on it is marked.
    pub difference: f32,
}

/// A fitted model of one kind of pair.
///
/// It yields the probability that a reader marks the word at all; a model of the degree ranks documents a point lower.
struct DifferenceModel {
    linear: LinearModel<WORD_FEATURES>,
    /// Up to this probability a word counts as equal: one value for all of them. Most words are equal, and any order among
    /// them is noise.
    same_threshold: f32,
    /// Least probability of a marked word: it maximises the F1 of the words that more than half of the readers marked.
    marked_threshold: f32,
}

impl DifferenceModel {
    fn load_model(file: &str) -> Self {
        let linear = LinearModel::load(file, &WORD_FEATURE_NAMES);
        Self {
            same_threshold: linear.threshold("same"),
            marked_threshold: linear.threshold("marked"),
            linear,
        }
    }
}

/// For a pair of sentences.
static SENTENCE_MODEL: LazyLock<DifferenceModel> =
    LazyLock::new(|| DifferenceModel::load_model(models::WORD_DIFFERENCE_SENTENCES));

/// For a pair of documents, in which readers mark one word in ten.
static DOCUMENT_MODEL: LazyLock<DifferenceModel> =
    LazyLock::new(|| DifferenceModel::load_model(models::WORD_DIFFERENCE_DOCUMENTS));

/// The difference of a word, 0 to 1: piecewise linear in the probability, 0 up to [`DifferenceModel::same_threshold`] and
/// 0.5 at [`DifferenceModel::marked_threshold`].
pub(crate) fn word_difference(features: &WordFeatures) -> f32 {
    let model = if features.is_sentence_pair { &SENTENCE_MODEL } else { &DOCUMENT_MODEL };
    let probability = model.linear.probability(&features.values);
    let scaled = |low: f32, high: f32| ((probability - low) / (high - low)).clamp(0.0, 1.0) / 2.0;
    scaled(model.same_threshold, model.marked_threshold) + scaled(model.marked_threshold, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::chunks::ChunkMatch;
    use crate::words::features::{AlignmentFeatures, FeatureInput, word_features};
    use crate::words::word_match::WordMatch;

    const NEAR: WordMatch = WordMatch {
        info: 10.0,
        word_sim: 0.9,
        context_sim: 0.9,
        bigram_sim: 0.9,
        mutual: true,
        identical: false,
        assigned_sim: 0.9,
        phrase_sim: 0.9,
        target: None,
        value_missing: 0.0,
    };
    const FAR: WordMatch = WordMatch {
        word_sim: 0.3,
        context_sim: 0.3,
        bigram_sim: 0.3,
        mutual: false,
        assigned_sim: 0.0,
        phrase_sim: 0.3,
        ..NEAR
    };

    /// Sentences of one chunk a word.
    fn differences(
        links: &[Vec<WordMatch>],
        alignment_features: &[AlignmentFeatures],
        brief: bool,
    ) -> Vec<Vec<f32>> {
        let chunks: Vec<Vec<_>> = links.iter().map(|l| (0..l.len()).map(|k| k..k + 1).collect()).collect();
        let found = |l: &WordMatch| ChunkMatch {
            chunk_sim: l.word_sim,
            bigram_sim: l.word_sim,
            mutual: l.mutual,
            gain: if l.mutual { 0.0 } else { -0.3 },
        };
        let found: Vec<Vec<ChunkMatch>> = links.iter().map(|l| l.iter().map(found).collect()).collect();
        let input = FeatureInput {
            matches: links,
            chunks: &chunks,
            chunk_matches: &found,
            alignment_features,
            same_language: false,
            is_sentence_pair: brief,
        };
        word_features(&input).iter().map(|words| words.iter().map(word_difference).collect()).collect()
    }

    #[test]
    fn sure_words_have_one_value_and_lost_ones_are_marked() {
        let paired = AlignmentFeatures { is_unaligned: false, group_evidence: [0.85, 0.6, 1.1] };
        let alone = AlignmentFeatures { is_unaligned: true, group_evidence: [0.0; 3] };
        let links: Vec<Vec<WordMatch>> =
            [[NEAR; 12]; 8].into_iter().chain([[FAR; 12]; 4]).map(Vec::from).collect();
        let found = differences(&links, &[[paired; 8].as_slice(), &[alone; 4]].concat(), false);
        assert!(found[..6].iter().flatten().all(|d| d.abs() < 1e-6), "{found:?}");
        assert!(found[9..].iter().flatten().all(|d| *d >= 0.5), "{found:?}");
    }

    #[test]
    fn a_far_word_in_a_pair_of_sentences_differs() {
        let links = vec![vec![NEAR, NEAR, NEAR, FAR, FAR, NEAR]];
        let found = differences(&links, &[AlignmentFeatures::for_sentence_pair(0.75)], true);
        assert!(found[0][3] > found[0][0] && found[0][0].abs() < 1e-6, "{found:?}");
    }
}
