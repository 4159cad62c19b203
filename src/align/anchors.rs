//! What both texts name exactly: figures by value, say.

use std::collections::BTreeMap;

use super::score::Run;
use super::side::Side;

/// An anchor that stands in more sentences than this of one side says little.
const RARE: usize = 2;

/// For each sentence of A and of B the rare anchors that both texts hold, by number, ascending.
#[derive(Debug)]
pub(super) struct Anchors {
    a: Vec<Vec<u32>>,
    b: Vec<Vec<u32>>,
}

impl Anchors {
    pub(super) fn new(a: &Side, b: &Side) -> Self {
        let mut both = Self { a: vec![Vec::new(); a.len()], b: vec![Vec::new(); b.len()] };
        let mut others = places(b);
        let shared = places(a).into_iter().filter_map(|(anchor, a)| Some((a, others.remove(anchor)?)));
        for (number, (in_a, in_b)) in (0..).zip(shared) {
            for k in in_a {
                both.a[k].push(number);
            }
            for k in in_b {
                both.b[k].push(number);
            }
        }
        both
    }

    /// The pairs of sentences that share one.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
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
    pub(super) fn shared(&self, (i, p): Run, (j, q): Run) -> u8 {
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

fn places(side: &Side) -> BTreeMap<&str, Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (k, anchors) in side.anchors.iter().enumerate() {
        for anchor in anchors {
            let held = places.entry(anchor).or_default();
            if held.last() != Some(&k) {
                held.push(k);
            }
        }
    }
    places.retain(|_, held| held.len() <= RARE);
    places
}
