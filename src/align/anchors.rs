//! Anchors: exact values, such as figures, that occur in both texts.

use std::collections::BTreeMap;

use super::side::{AlignmentSide, Window};

/// An anchor that occurs in more sentences than this on one side is too common to link two of them.
const MAX_ANCHOR_SENTENCES: usize = 2;

/// The rare anchors that occur in both texts: for each sentence of either side their numbers, ascending.
#[derive(Debug)]
pub(super) struct SharedAnchors {
    a: Vec<Vec<u32>>,
    b: Vec<Vec<u32>>,
}

impl SharedAnchors {
    pub(super) fn new(a: &AlignmentSide, b: &AlignmentSide) -> Self {
        let mut anchors = Self { a: vec![Vec::new(); a.len()], b: vec![Vec::new(); b.len()] };
        let mut others = sentences_by_anchor(b);
        let shared =
            sentences_by_anchor(a).into_iter().filter_map(|(anchor, a)| Some((a, others.remove(anchor)?)));
        for (number, (in_a, in_b)) in (0..).zip(shared) {
            for k in in_a {
                anchors.a[k].push(number);
            }
            for k in in_b {
                anchors.b[k].push(number);
            }
        }
        anchors
    }

    /// The pairs of sentences (A, B) that share an anchor.
    pub(super) fn anchored_pairs(&self) -> Vec<(usize, usize)> {
        let mut sentences: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (j, numbers) in self.b.iter().enumerate() {
            for number in numbers {
                sentences.entry(*number).or_default().push(j);
            }
        }
        let anchors_a =
            self.a.iter().enumerate().flat_map(|(i, numbers)| numbers.iter().map(move |n| (i, n)));
        anchors_a.flat_map(|(i, n)| sentences.get(n).into_iter().flatten().map(move |j| (i, *j))).collect()
    }

    /// Number of anchors that occur in both runs, at most 9.
    pub(super) fn count_shared(&self, (i, p): Window, (j, q): Window) -> u8 {
        let anchors_b = &self.b[j..j + q];
        let mut shared: Vec<u32> = Vec::new();
        for number in self.a[i..i + p].iter().flatten() {
            if anchors_b.iter().any(|numbers| numbers.contains(number)) && !shared.contains(number) {
                shared.push(*number);
            }
        }
        shared.len().min(9) as u8
    }
}

/// The sentences of each anchor of one side, without the common anchors.
fn sentences_by_anchor(side: &AlignmentSide) -> BTreeMap<&str, Vec<usize>> {
    let mut sentences: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (k, anchors) in side.anchors.iter().enumerate() {
        for anchor in anchors {
            let own = sentences.entry(anchor).or_default();
            if own.last() != Some(&k) {
                own.push(k);
            }
        }
    }
    sentences.retain(|_, own| own.len() <= MAX_ANCHOR_SENTENCES);
    sentences
}
