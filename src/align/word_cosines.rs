//! The best cosine of each word of one side with the words of each sentence of the other.
//!
//! Word vectors are the dictionary: *messages* and *Nachrichten* have a cosine of .72, as have *learn* and *read* in
//! spun text of .63.

use std::ops::Range;

use super::side::{AlignmentSide, WordLexicon};
use crate::encode::{Vectors, dot_products};

/// Words of either side that are multiplied at a time: bounds the memory, however long a sentence is.
pub(super) const TILE_WORDS: usize = 2048;

/// The distinct words of a range of sentences.
pub(super) struct SideWords {
    /// Their ids, ascending.
    pub(super) distinct: Vec<u32>,
    /// For each sentence its words in order, as indices into `distinct`.
    pub(super) sentences: Vec<Vec<usize>>,
}

impl SideWords {
    /// The words of the sentences `range` of `side`.
    pub(super) fn new(side: &AlignmentSide, range: Range<usize>) -> Self {
        let mut distinct: Vec<u32> = side.words[range.clone()].iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let sentences = side.words[range]
            .iter()
            .map(|words| words.iter().map(|word| distinct.binary_search(word).unwrap_or_default()).collect());
        let sentences = sentences.collect();
        Self { distinct, sentences }
    }
}

/// For each sentence of either side and each word of the other side the best cosine, at least 0: two matrices,
/// `[sentence of B][word of A]` and `[sentence of A][word of B]`.
pub(super) fn best_word_cosines(a: &SideWords, b: &SideWords, vectors: &Vectors) -> (Vec<f32>, Vec<f32>) {
    let (width_a, width_b) = (a.distinct.len(), b.distinct.len());
    let mut in_b = vec![0.0; b.sentences.len() * width_a];
    let mut in_a = vec![0.0; a.sentences.len() * width_b];
    for start_a in (0..width_a).step_by(TILE_WORDS) {
        let tile_a = start_a..(start_a + TILE_WORDS).min(width_a);
        let rows_a = vectors.gather_rows(&a.distinct[tile_a.clone()]);
        for start_b in (0..width_b).step_by(TILE_WORDS) {
            let tile_b = start_b..(start_b + TILE_WORDS).min(width_b);
            let rows_b = vectors.gather_rows(&b.distinct[tile_b.clone()]);
            let similar = dot_products(&rows_a, &rows_b, vectors.vector_dim());
            raise_to_nearest(&mut in_a, width_b, a, &tile_a, &tile_b, &similar);
            raise_to_nearest(
                &mut in_b,
                width_a,
                b,
                &tile_b,
                &tile_a,
                &transpose_matrix(&similar, tile_b.len()),
            );
        }
    }
    (in_b, in_a)
}

/// The best cosine of `count` words, whose vectors are `own`, with the words of each sentence, at least 0:
/// `[sentence][word]`.
pub(super) fn nearest_word_cosines(
    words: &SideWords,
    own: &[f32],
    count: usize,
    lexicon: &WordLexicon,
) -> Vec<f32> {
    let mut values = vec![0.0; words.sentences.len() * count];
    for start in (0..words.distinct.len()).step_by(TILE_WORDS) {
        let tile = start..(start + TILE_WORDS).min(words.distinct.len());
        let rows = lexicon.vectors.gather_rows(&words.distinct[tile.clone()]);
        let similar = dot_products(&rows, own, lexicon.vectors.vector_dim());
        raise_to_nearest(&mut values, count, words, &tile, &(0..count), &similar);
    }
    values
}

/// Raises the values of each sentence to the cosines of its words in the range `own`; `similar` holds one row of `others`
/// for each of them.
fn raise_to_nearest(
    values: &mut [f32],
    width: usize,
    words: &SideWords,
    own: &Range<usize>,
    others: &Range<usize>,
    similar: &[f32],
) {
    for (sentence, places) in words.sentences.iter().enumerate() {
        let target = &mut values[sentence * width..][others.clone()];
        for place in places.iter().filter(|place| own.contains(place)) {
            let row = &similar[(place - own.start) * others.len()..][..others.len()];
            target.iter_mut().zip(row).for_each(|(best, value)| *best = best.max(*value));
        }
    }
}

fn transpose_matrix(matrix: &[f32], width: usize) -> Vec<f32> {
    let height = matrix.len() / width.max(1);
    let mut out = vec![0.0; matrix.len()];
    // Blocks of 16 x 16 fit the cache.
    for top in (0..height).step_by(16) {
        for left in (0..width).step_by(16) {
            for row in top..(top + 16).min(height) {
                for column in left..(left + 16).min(width) {
                    out[column * height + row] = matrix[row * width + column];
                }
            }
        }
    }
    out
}
