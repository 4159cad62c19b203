//! What both texts name exactly: figures by value, say.

use std::collections::BTreeMap;

use super::score::Window;
use super::side::AlignmentSide;

/// An anchor that stands in more sentences than this of one side says little.
const MAX_ANCHOR_SENTENCES: usize = 2;

/// For each sentence of A and of B the rare anchors that both texts hold, by number, ascending.
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

    /// The pairs of sentences that share one.
    pub(super) fn anchored_pairs(&self) -> Vec<(usize, usize)> {
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (j, numbers) in self.b.iter().enumerate() {
            for number in numbers {
                places.entry(*number).or_default().push(j);
            }
        }
        let of_a = self.a.iter().enumerate().flat_map(|(i, numbers)| numbers.iter().map(move |n| (i, n)));
        of_a.flat_map(|(i, n)| places.get(n).into_iter().flatten().map(move |j| (i, *j))).collect()
    }

    /// How many stand in both runs.
    pub(super) fn count_shared(&self, (i, p): Window, (j, q): Window) -> u8 {
        let of_b = &self.b[j..j + q];
        let mut found: Vec<u32> = Vec::new();
        for number in self.a[i..i + p].iter().flatten() {
            if of_b.iter().any(|numbers| numbers.contains(number)) && !found.contains(number) {
                found.push(*number);
            }
        }
        found.len().min(9) as u8
    }
}

fn sentences_by_anchor(side: &AlignmentSide) -> BTreeMap<&str, Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (k, anchors) in side.anchors.iter().enumerate() {
        for anchor in anchors {
            let held = places.entry(anchor).or_default();
            if held.last() != Some(&k) {
                held.push(k);
            }
        }
    }
    places.retain(|_, held| held.len() <= MAX_ANCHOR_SENTENCES);
    places
}
