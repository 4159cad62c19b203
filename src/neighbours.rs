//! Which of many articles are versions of one another, or tell of the same event: the step before comparing them.
//!
//! Every article is compared with every other: of 10,000 vectors that took 1.7 s on two cores, where the index of an
//! approximate search (`instant-distance` 0.6) took 25 s to build on one. It misses none, and comes out the same on any
//! number of threads.

use rayon::prelude::*;

use crate::article::{Article, Role};
use crate::encode::{Vectors, dot_products};
use crate::text::Span;

/// Words of an article that stand for it, headline and all. Of 47 articles, those of `corpus/` and five more, two that
/// tell the same event are nearer than two that do not in .9992 of all cases by their first 120 words encoded as one, in
/// .9974 by 400 words, and in .9978 by the mean of all their sentences.
pub const MAX_BEGINNING: usize = 120;

/// An article of fewer words tells too little.
const MIN_BEGINNING_WORDS: usize = 20;

/// Cosine from which two articles are likely to tell of the same event. On the corpus 83 of 94 pairs of one story are
/// at or over it, and 1 of 428 of two (`tests/neighbours.rs`).
pub const MIN_EVENT_COSINE: f32 = 0.55;

/// Cosine from which two articles are likely to be versions of one text: a translation, a copy. No pair of two stories
/// of the corpus reaches it, and 38 of one; two newsrooms on one event are at times among them.
pub const MIN_VERSIONS_COSINE: f32 = 0.75;

/// The nearest that are kept of each article: of a thousand copies not each with each other.
pub const MAX_NEAREST: usize = 20;

/// Articles whose vectors are multiplied at once.
const BLOCK_ROWS: usize = 512;

/// Two articles that belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeighbourPair {
    /// Number of the one.
    pub a: usize,
    /// Number of the other, which is greater.
    pub b: usize,
    /// Cosine of their vectors, at most 1.
    pub likeness: f32,
}

impl NeighbourPair {
    /// What the likeness says: `versions` or `event`.
    #[must_use]
    pub fn relation_name(&self) -> &'static str {
        if self.likeness >= MIN_VERSIONS_COSINE { "versions" } else { "event" }
    }
}

/// The words that stand for an article: those of headline and body up to 120, one space between them. `None`
/// where there are fewer than 20.
#[must_use]
pub fn beginning_text(article: &Article) -> Option<String> {
    let compared_blocks =
        article.blocks.iter().filter(|block| matches!(block.role, Role::Headline | Role::Body));
    let words = compared_blocks.flat_map(|block| block.span.slice(&article.text).split_whitespace());
    let words: Vec<&str> = words.take(MAX_BEGINNING).collect();
    (words.len() >= MIN_BEGINNING_WORDS).then(|| words.join(" "))
}

/// The pairs of rows whose cosine is at least `least`, ordered by `a`, then `b`. A pair counts where one of the two is
/// among the 20 nearest of the other. Time grows with the square of the rows, memory with the pairs.
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

/// Leaves the nearest; of equals those that come first.
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
    fn near_ones_are_found_once() {
        let angles: Vec<f32> = (0..1500).map(|k| (k % 300) as f32 / 300.0 * 360.0).collect();
        let found = pairs(&at(&angles), 0.9999);
        assert_eq!(found.len(), 300 * 10);
        assert_eq!(found[..5], [(0, 300), (0, 600), (0, 900), (0, 1200), (1, 301)]);
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
    fn a_short_text_stands_for_nothing() {
        let read = |text: &str| Article::read("a.txt", text.as_bytes(), None).expect("plain text is read");
        assert_eq!(beginning_text(&read("The pool is closed.")), None);
        let long = "The pool in the north of the town is closed for repairs. ".repeat(30);
        assert_eq!(beginning_text(&read(&long)).map(|text| text.split(' ').count()), Some(MAX_BEGINNING));
    }
}
