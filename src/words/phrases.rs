//! Phrases: three words in a row that correspond to two to four of the other text, whatever the single words.

use crate::encode::dot;

/// Words of a phrase of the own text.
const PHRASE_WORDS: usize = 3;

/// Words of a phrase of the other text.
const OTHER_PHRASE_WORDS: [usize; 3] = [2, 3, 4];

/// Word vectors, row after row, with the weight of each word.
pub(crate) struct WeightedWords<'a> {
    pub(crate) vectors: &'a [f32],
    pub(crate) weights: &'a [f32],
}

impl WeightedWords<'_> {
    /// For each word the lengths of the weighted sums of the first `counts` words from it on; at the end of the text they
    /// have fewer. `counts` ascend.
    fn phrase_lengths<const N: usize>(&self, counts: [usize; N]) -> Vec<[f32; N]> {
        let words = self.weights.len();
        let dim = self.vectors.len() / words.max(1);
        let mut sum = vec![0.0; dim];
        let lengths = (0..words).map(|first| {
            sum.fill(0.0);
            let mut next = first;
            counts.map(|count| {
                for k in next..(first + count).min(words) {
                    let row = &self.vectors[k * dim..(k + 1) * dim];
                    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += self.weights[k] * value);
                }
                next = first + count;
                dot(&sum, &sum).sqrt()
            })
        });
        lengths.collect()
    }
}

/// For each word the mean, over the phrases that contain it, of their best cosine with a phrase of the other text, at least
/// 0. `dots` are the dot products of all words, one row for each word of `own`.
pub(crate) fn phrase_similarities(
    dots: &[f32],
    own: &WeightedWords<'_>,
    other: &WeightedWords<'_>,
) -> Vec<f32> {
    let (words, width) = (own.weights.len(), other.weights.len());
    let (lengths, facing) = (own.phrase_lengths([PHRASE_WORDS]), other.phrase_lengths(OTHER_PHRASE_WORDS));
    let mut sums = vec![0.0; width];
    let best: Vec<f32> = (0..words)
        .map(|first| {
            sums.fill(0.0);
            for k in first..(first + PHRASE_WORDS).min(words) {
                let row = dots[k * width..(k + 1) * width].iter().zip(other.weights);
                sums.iter_mut()
                    .zip(row)
                    .for_each(|(sum, (dot, weight))| *sum += own.weights[k] * weight * dot);
            }
            let mut best = 0.0f32;
            for start in 0..width {
                for (count, facing) in OTHER_PHRASE_WORDS.iter().zip(&facing[start]) {
                    let sum: f32 = sums[start..(start + count).min(width)].iter().sum();
                    best = best.max(sum / (lengths[first][0] * facing).max(1e-6));
                }
            }
            best
        })
        .collect();
    let means = (0..words).map(|k| {
        let phrases = &best[(k + 1).saturating_sub(PHRASE_WORDS)..=k];
        phrases.iter().sum::<f32>() / phrases.len() as f32
    });
    means.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_match_three() {
        let own = WeightedWords { vectors: &[1.0, 0.0, 0.0, 1.0, 1.0, 0.0], weights: &[1.0; 3] };
        let other = WeightedWords { vectors: &[0.0, 1.0, 2.0, 0.0], weights: &[1.0; 2] };
        let dots = [0.0, 2.0, 1.0, 0.0, 0.0, 2.0];
        let similarities = phrase_similarities(&dots, &own, &other);
        // The first phrase is (2, 1), and so is the other.
        assert!((similarities[0] - 1.0).abs() < 1e-6, "{similarities:?}");
        assert!(similarities.iter().all(|s| *s > 0.8), "{similarities:?}");
    }

    #[test]
    fn an_empty_text_matches_nothing() {
        let none = WeightedWords { vectors: &[], weights: &[] };
        let own = WeightedWords { vectors: &[1.0, 0.0], weights: &[1.0] };
        assert_eq!(phrase_similarities(&[], &own, &none), [0.0]);
        assert!(phrase_similarities(&[], &none, &own).is_empty());
    }
}
