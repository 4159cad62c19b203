//! Matching without order.

use super::score::{Evidence, Scorer};
use super::{Group, SURE, group};

/// Rows whose evidence is computed together.
const ROWS: usize = 64;

/// Most pairs of sentences that are looked at without order. Two reports of 2,000 sentences each; past it sentences
/// stay where the path left them.
const MAX_PAIRS: usize = 4_000_000;

/// A sentence that is wholly told inside a longer one, as a second partner of that one, needs this coverage.
const TOLD_INSIDE: f32 = 0.6;

/// The best partner of each row and of each column among single sentences.
pub(super) struct Best {
    pub(super) of_row: Vec<Option<(usize, Evidence)>>,
    pub(super) of_column: Vec<Option<(usize, Evidence)>>,
}

pub(super) fn best(scorer: &Scorer<'_>, free_a: &[bool], free_b: &[bool]) -> Best {
    let (n, m) = (free_a.len(), free_b.len());
    let mut best = Best { of_row: vec![None; n], of_column: vec![None; m] };
    if n * m > MAX_PAIRS {
        return best;
    }
    let better = |old: &Option<(usize, Evidence)>, new: Evidence| {
        old.is_none_or(|(_, evidence)| new.strength() > evidence.strength())
    };
    for start in (0..n).step_by(ROWS) {
        let rows = start..(start + ROWS).min(n);
        if !free_a[rows.clone()].contains(&true) {
            continue;
        }
        let found = scorer.singles(rows.clone(), 0..m);
        for i in rows.clone().filter(|i| free_a[*i]) {
            for j in (0..m).filter(|j| free_b[*j]) {
                let evidence = found[(i - start) * m + j];
                if better(&best.of_row[i], evidence) {
                    best.of_row[i] = Some((j, evidence));
                }
                if better(&best.of_column[j], evidence) {
                    best.of_column[j] = Some((i, evidence));
                }
            }
        }
    }
    best
}

/// Pairs that are each other's best and sure.
fn mutual(best: &Best) -> Vec<Group> {
    let mut groups = Vec::new();
    for (i, found) in best.of_row.iter().enumerate() {
        let Some((j, evidence)) = found else { continue };
        if evidence.strength() >= SURE && best.of_column[*j].is_some_and(|(k, _)| k == i) {
            groups.push(group(vec![i], vec![*j], *evidence));
        }
    }
    groups
}

/// Adds what was left alone on both sides and tells the same elsewhere.
pub(super) fn match_alone(scorer: &Scorer<'_>, groups: &mut Vec<Group>) {
    let (mut free_a, mut free_b) = (vec![true; scorer.a.len()], vec![true; scorer.b.len()]);
    for group in groups.iter() {
        group.a.iter().for_each(|i| free_a[*i] = false);
        group.b.iter().for_each(|j| free_b[*j] = false);
    }
    groups.extend(mutual(&best(scorer, &free_a, &free_b)));
}

/// The groups of two comparable texts: mutual best pairs, and sentences that are told inside a longer one.
pub(super) fn match_all(best: &Best) -> Vec<Group> {
    let mut groups = mutual(best);
    let told = |evidence: &Evidence, covered: f32| evidence.strength() >= SURE && covered >= TOLD_INSIDE;
    let mut inside = Vec::new();
    for (i, found) in best.of_row.iter().enumerate() {
        if let Some((j, evidence)) = found
            && told(evidence, evidence.covered_a)
            && !groups.iter().any(|g| g.a == [i])
        {
            inside.push(group(vec![i], vec![*j], *evidence));
        }
    }
    for (j, found) in best.of_column.iter().enumerate() {
        if let Some((i, evidence)) = found
            && told(evidence, evidence.covered_b)
            && !groups.iter().any(|g| g.b == [j])
        {
            inside.push(group(vec![*i], vec![j], *evidence));
        }
    }
    groups.extend(inside);
    groups
}

/// Marks the groups outside of the heaviest chain that goes forward on both sides. `groups` are ordered by A.
pub(super) fn mark_moved(groups: &mut [Group]) {
    // The strength of the evidence is the same from either side, so that swapping the texts moves the same groups.
    let weight = |g: &Group| f64::from(g.evidence.strength().max(0.0)) + 1e-3;
    let mut chain: Vec<(f64, Option<usize>)> = Vec::with_capacity(groups.len());
    for (k, group) in groups.iter().enumerate() {
        let before = (0..k)
            .filter(|h| groups[*h].a[0] <= group.a[0] && groups[*h].b[0] <= group.b[0])
            .max_by(|g, h| chain[*g].0.total_cmp(&chain[*h].0).then(h.cmp(g)));
        chain.push((weight(group) + before.map_or(0.0, |h| chain[h].0), before));
    }
    let mut kept = vec![false; groups.len()];
    let mut at = (0..groups.len()).max_by(|g, h| chain[*g].0.total_cmp(&chain[*h].0).then(h.cmp(g)));
    while let Some(k) = at {
        kept[k] = true;
        at = chain[k].1;
    }
    for (group, kept) in groups.iter_mut().zip(kept) {
        group.moved = !kept;
    }
}
