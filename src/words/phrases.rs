//! Phrases: three words in a row that are told by two to four others, whatever the words one by one.

use crate::encode::dot;

/// Words of a phrase of one text.
const PHRASE_WORDS: usize = 3;

/// Words that a phrase of the other text may have.
const OTHER_PHRASE_WORDS: [usize; 3] = [2, 3, 4];

/// Word vectors, row after row, with what each word counts.
pub(crate) struct WeightedWords<'a> {
    pub(crate) vectors: &'a [f32],
    pub(crate) weights: &'a [f32],
}

impl WeightedWords<'_> {
    /// The lengths of the weighted sums of so many words, for each word they can begin with; the last have fewer.
    /// `counts` ascend.
    fn phrase_lengths<const N: usize>(&self, counts: [usize; N]) -> Vec<[f32; N]> {
        let words = self.weights.len();
        let dim = self.vectors.len() / words.max(1);
        let mut sum = vec![0.0; dim];
        let lengths = |first: usize| {
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
        };
        (0..words).map(lengths).collect()
    }
}

/// For each word the mean, over the phrases that hold it, of their best cosine with a phrase of the other text.
/// `dots` are the dot products of all words.
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
    let mean = |k: usize| {
        let holding = &best[(k + 1).saturating_sub(PHRASE_WORDS)..=k];
        holding.iter().sum::<f32>() / holding.len() as f32
    };
    (0..words).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_tell_three() {
        let own = WeightedWords { vectors: &[1.0, 0.0, 0.0, 1.0, 1.0, 0.0], weights: &[1.0; 3] };
        let other = WeightedWords { vectors: &[0.0, 1.0, 2.0, 0.0], weights: &[1.0; 2] };
        let dots = [0.0, 2.0, 1.0, 0.0, 0.0, 2.0];
        let told = phrase_similarities(&dots, &own, &other);
        // The first phrase is (2, 1), and so is the other.
        assert!((told[0] - 1.0).abs() < 1e-6, "{told:?}");
        assert!(told.iter().all(|t| *t > 0.8), "{told:?}");
    }

    #[test]
    fn nothing_tells_nothing() {
        let none = WeightedWords { vectors: &[], weights: &[] };
        let own = WeightedWords { vectors: &[1.0, 0.0], weights: &[1.0] };
        assert_eq!(phrase_similarities(&[], &own, &none), [0.0]);
        assert!(phrase_similarities(&[], &none, &own).is_empty());
    }
}
