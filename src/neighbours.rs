//! Finds the pairs among many articles that are versions of one text or report the same event: the step before comparing
//! them.
//!
//! Every article is compared with every other: of 10,000 vectors that took 1.7 s on two cores, where the index of an
//! approximate search (`instant-distance` 0.6) took 25 s to build on one. The exhaustive search misses no pair and has the
//! same result on any number of threads.

use rayon::prelude::*;

use crate::article::{Article, Role};
use crate::encode::{Vectors, dot_products};
use crate::text::Span;

/// Words of the beginning that represent an article, headline included. Of 47 articles, those of `corpus/` and five more, a
/// pair on one event has a higher cosine than a pair on two in .9992 of all cases by their first 120 words encoded as one,
/// in .9974 by 400 words, and in .9978 by the mean of all their sentences.
pub const MAX_BEGINNING: usize = 120;

/// Least words of an article that is compared.
const MIN_BEGINNING_WORDS: usize = 20;

/// Least cosine of two articles that probably report the same event. On the corpus 83 of 94 pairs of one story reach it, and
/// 1 of 428 pairs of two stories (`tests/neighbours.rs`).
pub const MIN_EVENT_COSINE: f32 = 0.55;

/// Least cosine of two articles that are probably versions of one text: a translation, a copy. On the corpus 38 pairs of one
/// story reach it, at times two newsrooms on one event, and no pair of two stories.
pub const MIN_VERSIONS_COSINE: f32 = 0.75;

/// Most neighbours that are kept of each article: a thousand copies would make half a million pairs.
pub const MAX_NEAREST: usize = 20;

/// Articles whose vectors are multiplied at once.
const BLOCK_ROWS: usize = 512;

/// Two articles with a high cosine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeighbourPair {
    /// Index of the first article.
    pub a: usize,
    /// Index of the second article, which is greater.
    pub b: usize,
    /// Cosine of their vectors, at most 1.
    pub likeness: f32,
}

impl NeighbourPair {
    /// The probable relation of the two: `versions` or `event`.
    #[must_use]
    pub fn relation_name(&self) -> &'static str {
        if self.likeness >= MIN_VERSIONS_COSINE { "versions" } else { "event" }
    }
}

/// The words that represent an article: the first [`MAX_BEGINNING`] of headline and body, with one space between them.
/// `None` for fewer than 20.
#[must_use]
pub fn beginning_text(article: &Article) -> Option<String> {
    let compared_blocks =
        article.blocks.iter().filter(|block| matches!(block.role, Role::Headline | Role::Body));
    let words = compared_blocks.flat_map(|block| block.span.slice(&article.text).split_whitespace());
    let words: Vec<&str> = words.take(MAX_BEGINNING).collect();
    (words.len() >= MIN_BEGINNING_WORDS).then(|| words.join(" "))
}

/// The pairs of rows whose cosine is at least `least`, ordered by `a`, then `b`. A pair is kept if one of the two is among
/// the [`MAX_NEAREST`] nearest of the other. Time grows with the square of the rows, memory with the pairs.
#[must_use]
pub fn find_neighbours(vectors: &Vectors, least: f32) -> Vec<NeighbourPair> {
    let (rows, dim) = (vectors.len(), vectors.vector_dim());
    let blocks: Vec<Span> =
        (0..rows).step_by(BLOCK_ROWS).map(|k| Span::new(k, rows.min(k + BLOCK_ROWS))).collect();
    let block_values = |block: &Span| &vectors.all_values()[block.start * dim..block.end * dim];
    let pair_lists = blocks.par_iter().flat_map_iter(|own| {
        let mut nearest = vec![Vec::new(); own.len()];
        for other in &blocks {
            let cosines = dot_products(block_values(own), block_values(other), dim);
            for (row, cosines) in cosines.chunks_exact(other.len()).enumerate() {
                let similar = cosines.iter().enumerate().filter(|(_, cosine)| **cosine >= least);
                let similar_rows = similar.map(|(k, cosine)| (other.start + k, *cosine));
                nearest[row].extend(similar_rows.filter(|(k, _)| *k != own.start + row));
            }
            nearest.iter_mut().for_each(keep_nearest);
        }
        let start = own.start;
        nearest.into_iter().enumerate().flat_map(move |(row, nearest_rows)| {
            nearest_rows.into_iter().map(move |(other, likeness)| {
                let (a, b) = (other.min(start + row), other.max(start + row));
                NeighbourPair { a, b, likeness: likeness.min(1.0) }
            })
        })
    });
    let mut pairs: Vec<NeighbourPair> = pair_lists.collect();
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    // The two sides of a pair multiply the same numbers in the same order.
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// Keeps the [`MAX_NEAREST`] of the highest cosine; of equals the first.
fn keep_nearest(nearest: &mut Vec<(usize, f32)>) {
    if nearest.len() > MAX_NEAREST {
        nearest.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        nearest.truncate(MAX_NEAREST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unit vectors in the plane at these angles in degrees.
    fn at(angles: &[f32]) -> Vectors {
        Vectors::new(2, angles.iter().flat_map(|a| [a.to_radians().cos(), a.to_radians().sin()]).collect())
    }

    fn pairs(vectors: &Vectors, least: f32) -> Vec<(usize, usize)> {
        find_neighbours(vectors, least).iter().map(|pair| (pair.a, pair.b)).collect()
    }

    #[test]
    fn each_pair_is_found_once() {
        let angles: Vec<f32> = (0..1500).map(|k| (k % 300) as f32 / 300.0 * 360.0).collect();
        let neighbours = pairs(&at(&angles), 0.9999);
        assert_eq!(neighbours.len(), 300 * 10);
        assert_eq!(neighbours[..5], [(0, 300), (0, 600), (0, 900), (0, 1200), (1, 301)]);
        assert_eq!(pairs(&at(&[0.0, 10.0, 90.0]), 0.9), [(0, 1)]);
        assert!(pairs(&at(&[0.0]), 0.0).is_empty() && pairs(&Vectors::default(), 0.0).is_empty());
    }

    #[test]
    fn of_many_copies_the_nearest_are_kept() {
        let found = find_neighbours(&at(&[5.0; 100]), 0.5);
        assert!(found.len() <= 100 * MAX_NEAREST && found.len() >= 100 * MAX_NEAREST / 2, "{}", found.len());
        assert!(found.iter().all(|pair| pair.likeness <= 1.0 && pair.relation_name() == "versions"));
    }

    #[test]
    fn a_short_text_has_no_beginning() {
        let read = |text: &str| Article::read("a.txt", text.as_bytes(), None).expect("plain text is read");
        assert_eq!(beginning_text(&read("The pool is closed.")), None);
        let long = "The pool in the north of the town is closed for repairs. ".repeat(30);
        assert_eq!(beginning_text(&read(&long)).map(|text| text.split(' ').count()), Some(MAX_BEGINNING));
    }
}
