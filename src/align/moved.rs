//! Moved groups: those that cross the common order of the others.

use super::group::SentenceGroup;

/// Marks the groups outside the heaviest chain that ascends on both sides. `groups` are ordered by A.
pub(super) fn mark_moved(groups: &mut [SentenceGroup]) {
    let places = groups.iter().map(|g| g.b[0] + 1).max().unwrap_or(0);
    let mut best = PrefixChains::new(places);
    // For each group the weight of the heaviest chain that ends in it, and the group before it.
    let mut chain: Vec<(f64, Option<usize>)> = Vec::with_capacity(groups.len());
    for (k, group) in groups.iter().enumerate() {
        let before = best.heaviest_up_to(group.b[0], |h| chain[h].0);
        // The strength is the same from either side, so that swapping the texts marks the same groups.
        let weight = f64::from(group.evidence.match_strength().max(0.0)) + 1e-3;
        let sum = weight + before.map_or(0.0, |h| chain[h].0);
        chain.push((sum, before));
        best.raise_chain(group.b[0], k, |h| chain[h].0);
    }
    let mut kept = vec![false; groups.len()];
    let mut at = places.checked_sub(1).and_then(|last| best.heaviest_up_to(last, |h| chain[h].0));
    while let Some(k) = at {
        kept[k] = true;
        at = chain[k].1;
    }
    for (group, kept) in groups.iter_mut().zip(kept) {
        group.moved = !kept;
    }
}

/// For each prefix of the sentences of B the heaviest chain that ends in it, as a Fenwick tree (Fenwick 1994), so that
/// marking takes `n log n` steps.
struct PrefixChains(Vec<Option<usize>>);

impl PrefixChains {
    fn new(places: usize) -> Self {
        Self(vec![None; places + 1])
    }

    /// The heaviest chain that ends at `place` or before it.
    fn heaviest_up_to(&self, place: usize, weight: impl Fn(usize) -> f64) -> Option<usize> {
        let mut best: Option<usize> = None;
        let mut at = place + 1;
        while at > 0 {
            best = heavier_chain(best, self.0[at], &weight);
            at &= at - 1;
        }
        best
    }

    /// Enters a chain that ends at `place`.
    fn raise_chain(&mut self, place: usize, chain: usize, weight: impl Fn(usize) -> f64) {
        let mut at = place + 1;
        while at < self.0.len() {
            self.0[at] = heavier_chain(self.0[at], Some(chain), &weight);
            at += at & at.wrapping_neg();
        }
    }
}

/// The heavier of two chains; of equals the earlier.
fn heavier_chain(x: Option<usize>, y: Option<usize>, weight: impl Fn(usize) -> f64) -> Option<usize> {
    let (Some(i), Some(j)) = (x, y) else { return x.or(y) };
    let order = weight(i).total_cmp(&weight(j)).then(j.cmp(&i));
    Some(if order.is_ge() { i } else { j })
}
