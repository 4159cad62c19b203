//! Fitted models: one file for each, with its weights by name, the data and the day of the fit, and its cross-validated
//! quality. `tests/fit` writes the files; their numbers are not edited by hand, except where a file declares it.
//!
//! A model is linear in named features. The names belong to the code that computes the features, which passes them when it
//! loads its model, so that a file and its code cannot disagree.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Monotone alignment: the semi-Markov model of `align`.
pub(crate) const ALIGNMENT_PATH: &str = include_str!("alignment_path.toml");
/// Links between sentences of comparable texts.
pub(crate) const COMPARABLE_LINKS: &str = include_str!("comparable_links.toml");
/// Differences of words in a pair of sentences.
pub(crate) const WORD_DIFFERENCE_SENTENCES: &str = include_str!("word_difference_sentences.toml");
/// Differences of words in a pair of documents.
pub(crate) const WORD_DIFFERENCE_DOCUMENTS: &str = include_str!("word_difference_documents.toml");
/// Divergence of two sentences or groups.
pub(crate) const SENTENCE_DIVERGENCE: &str = include_str!("sentence_divergence.toml");
/// Signs of text from a synonym spinner.
pub(crate) const GARBLE_SPUN: &str = include_str!("garble_spun.toml");
/// Signs of text from machine translation.
pub(crate) const GARBLE_TRANSLATED: &str = include_str!("garble_translated.toml");
/// Precision of each rule on the graded corpus.
pub(crate) const RULE_PRECISION: &str = include_str!("rule_precision.toml");

/// The logistic function: log odds to a probability, 0 to 1.
pub(crate) fn sigmoid(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The content of a model's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    /// The data of the fit, with the sizes.
    #[serde(rename = "data")]
    _data: String,
    /// The day of the fit, ISO 8601.
    #[serde(rename = "fitted")]
    _fitted: String,
    /// Its quality on text that was left out of the fit.
    #[serde(rename = "cross_validated")]
    _cross_validated: String,
    #[serde(default)]
    bias: f32,
    weights: BTreeMap<String, f32>,
    #[serde(default)]
    thresholds: BTreeMap<String, f32>,
}

/// A linear model of `N` features.
#[derive(Debug, Clone)]
pub(crate) struct LinearModel<const N: usize> {
    bias: f32,
    weights: [f32; N],
    thresholds: BTreeMap<String, f32>,
}

impl<const N: usize> LinearModel<N> {
    /// Parses a file of this room as the model of these features, in this order.
    ///
    /// # Panics
    /// If the file does not name exactly these features; the tests load every model.
    pub(crate) fn load(file: &str, features: &[&str; N]) -> Self {
        let ModelFile { bias, mut weights, thresholds, .. } =
            toml::from_str(file).unwrap_or_else(|error| panic!("a model shipped with claimdiff: {error}"));
        let ordered: [f32; N] = features.map(|name| {
            weights
                .remove(name)
                .unwrap_or_else(|| panic!("a model shipped with claimdiff has no weight for {name}"))
        });
        assert!(
            weights.is_empty(),
            "a model shipped with claimdiff has weights that nothing measures: {weights:?}"
        );
        Self { bias, weights: ordered, thresholds }
    }

    /// The weights, in the order of the features.
    pub(crate) fn weights(&self) -> [f32; N] {
        self.weights
    }

    /// The bias plus the weighted sum of the features, in log odds for a logistic model.
    pub(crate) fn linear_score(&self, features: &[f32; N]) -> f32 {
        self.bias + features.iter().zip(&self.weights).map(|(feature, weight)| feature * weight).sum::<f32>()
    }

    /// The logistic function of [`Self::linear_score`], 0 to 1.
    pub(crate) fn probability(&self, features: &[f32; N]) -> f32 {
        sigmoid(self.linear_score(features))
    }

    /// The threshold of this name.
    ///
    /// # Panics
    /// If the file has none of that name; the tests load every model.
    pub(crate) fn threshold(&self, name: &str) -> f32 {
        *self
            .thresholds
            .get(name)
            .unwrap_or_else(|| panic!("a model shipped with claimdiff has no threshold {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "data = 'two pairs'\nfitted = '2026-11-29'\ncross_validated = 'none'\nbias = -1.0\n\
                        [weights]\nlength = 2.0\nmargin = 0.5\n[thresholds]\nmarked = 0.6\n";

    #[test]
    fn weights_follow_the_order_of_the_features() {
        let model = LinearModel::load(FILE, &["margin", "length"]);
        assert!((model.linear_score(&[2.0, 3.0]) - 6.0).abs() < 1e-6);
        assert!((model.probability(&[2.0, 0.0]) - 0.5).abs() < 1e-6);
        assert!((model.threshold("marked") - 0.6).abs() < 1e-6);
    }

    #[test]
    #[should_panic(expected = "no weight for cosine")]
    fn a_feature_without_a_weight_is_an_error() {
        let _ = LinearModel::load(FILE, &["margin", "length", "cosine"]);
    }

    #[test]
    #[should_panic(expected = "nothing measures")]
    fn a_weight_without_a_feature_is_an_error() {
        let _ = LinearModel::load(FILE, &["margin"]);
    }
}
