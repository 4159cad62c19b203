//! How much of each sentence's information, word by word, has a near word in a run of the other side.
//!
//! Word vectors are the dictionary: *messages* and *Nachrichten* have a cosine of .72, as have *learn* and *read* in
//! spun text of .63.

use std::ops::Range;

use super::chance::ChanceLevel;
use super::side::{AlignmentSide, MAX_WINDOW, WordLexicon};
use crate::encode::{Vectors, dot_products};

/// Words of either side that are compared at a time: bounds the memory, whatever a sentence holds.
pub(super) const TILE_WORDS: usize = 2048;

/// Information covered above chance: `a[q][i][j]` is what run `j..j+q+1` of B covers of sentence `i` of A.
pub(super) struct Coverage {
    rows: Range<usize>,
    columns: Range<usize>,
    a: Vec<Vec<f32>>,
    b: Vec<Vec<f32>>,
}

impl Coverage {
    /// For the sentences `rows` of A and `columns` of B, and runs of up to `longest` of them.
    pub(super) fn new(
        (a, rows): (&AlignmentSide, Range<usize>),
        (b, columns): (&AlignmentSide, Range<usize>),
        lexicon: &WordLexicon,
        chance: [&ChanceLevel; 2],
        longest: usize,
    ) -> Self {
        let own = SideWords::new(a, rows.clone());
        let other = SideWords::new(b, columns.clone());
        let (in_b, in_a) = best_word_cosines(&own, &other, &lexicon.vectors);
        let (a, b) = rayon::join(
            || directed_coverage(&own, &in_b, columns.len(), longest, lexicon, chance[0]),
            || directed_coverage(&other, &in_a, rows.len(), longest, lexicon, chance[1]),
        );
        Self { rows, columns, a, b }
    }

    /// Nats of A's sentences `i..i + p` that B's `j..j + q` cover.
    pub(super) fn covered_nats_a(&self, (i, p): (usize, usize), (j, q): (usize, usize)) -> f32 {
        let (width, first) = (self.columns.len(), j - self.columns.start);
        (i..i + p).map(|k| self.a[q - 1][(k - self.rows.start) * width + first]).sum()
    }

    /// Nats of B's sentences `j..j + q` that A's `i..i + p` cover.
    pub(super) fn covered_nats_b(&self, (i, p): (usize, usize), (j, q): (usize, usize)) -> f32 {
        let (width, first) = (self.rows.len(), i - self.rows.start);
        (j..j + q).map(|k| self.b[p - 1][(k - self.columns.start) * width + first]).sum()
    }
}

/// The words of some sentences.
pub(super) struct SideWords {
    /// Their ids, ascending.
    pub(super) distinct: Vec<u32>,
    /// For each sentence its words, as places in `distinct`, in order.
    pub(super) sentences: Vec<Vec<usize>>,
}

impl SideWords {
    pub(super) fn new(side: &AlignmentSide, range: Range<usize>) -> Self {
        let mut distinct: Vec<u32> = side.words[range.clone()].iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let place = |word: &u32| distinct.binary_search(word).unwrap_or_default();
        let sentences = side.words[range].iter().map(|words| words.iter().map(place).collect()).collect();
        Self { distinct, sentences }
    }
}

/// For each sentence of either side and each word of the other the cosine of the nearest word, at least 0:
/// `[sentence of B][word of A]` and `[sentence of A][word of B]`.
fn best_word_cosines(a: &SideWords, b: &SideWords, vectors: &Vectors) -> (Vec<f32>, Vec<f32>) {
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

/// The cosine of `count` words, whose vectors are given, with the nearest word of each sentence: `[sentence][word]`.
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

/// Raises the values of each sentence to those of its words in `own`; `similar` holds a row of `others` for each.
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
    // In squares that fit the cache.
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

/// For each run length, each sentence and each start on the other side, `width` of them: covered information.
/// `best` is what each of the other side's sentences has for each word.
fn directed_coverage(
    words: &SideWords,
    best: &[f32],
    width: usize,
    longest: usize,
    lexicon: &WordLexicon,
    chance: &ChanceLevel,
) -> Vec<Vec<f32>> {
    let longest = longest.min(MAX_WINDOW).min(width);
    let mut covered = vec![vec![0.0; words.sentences.len() * width]; longest];
    let (mut single, mut window) = (vec![0.0; width], vec![0.0; width]);
    for (sentence, places) in words.sentences.iter().enumerate() {
        for place in places {
            let word = words.distinct[*place] as usize;
            let weight = lexicon.weights[word];
            if weight <= 0.0 {
                continue;
            }
            let values = best[*place..].iter().step_by(words.distinct.len());
            single.iter_mut().zip(values).for_each(|(s, v)| *s = *v);
            window.copy_from_slice(&single);
            for (k, covered) in covered.iter_mut().enumerate() {
                let reach = width - k;
                if k > 0 {
                    window[..reach].iter_mut().zip(&single[k..]).for_each(|(r, s)| *r = r.max(*s));
                }
                let expected = chance.expected_word_cosine(k + 1, word);
                let covered = &mut covered[sentence * width..][..reach];
                covered.iter_mut().zip(&window).for_each(|(c, r)| *c += weight * (r - expected));
            }
        }
    }
    covered
}
