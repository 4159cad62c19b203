//! One-to-one assignment between the items of two texts. All items compete: a word of a lost paragraph has similar words
//! anywhere, but those have more similar partners of their own.

use std::collections::HashSet;

/// Nearest items of the other text that are kept for each item.
const MAX_NEAREST: usize = 16;

/// Cosine up to which two words are never assigned to one another: any two words reach it by chance.
const CHANCE_SIMILARITY: f32 = 0.15;

/// The nearest items of the other text with their similarity, above 0, in descending order.
pub(crate) type NearestItems = Vec<(u32, f32)>;

/// The nearest of `items` by `values`, their similarities in the same order; of equals the first.
pub(crate) fn nearest_items(values: &[f32], items: &[u32]) -> NearestItems {
    let mut best = NearestItems::with_capacity(MAX_NEAREST + 1);
    for (value, item) in values.iter().zip(items) {
        if *value > best.get(MAX_NEAREST - 1).map_or(0.0, |(_, least)| *least) {
            best.insert(best.partition_point(|(_, other)| other >= value), (*item, *value));
            best.truncate(MAX_NEAREST);
        }
    }
    best
}

/// For each item whether it is the nearest item of its own nearest item.
pub(crate) fn find_mutual(nearest: &[NearestItems]) -> Vec<bool> {
    let mut best: Vec<Option<(usize, f32)>> = vec![None; count_others(nearest)];
    for (k, items) in nearest.iter().enumerate() {
        for (item, value) in items {
            let best = &mut best[*item as usize];
            if best.is_none_or(|(_, greatest)| *value > greatest) {
                *best = Some((k, *value));
            }
        }
    }
    let first_partners = nearest.iter().map(|items| items.first().and_then(|(item, _)| best[*item as usize]));
    first_partners.enumerate().map(|(k, partner)| partner.is_some_and(|(other, _)| other == k)).collect()
}

/// The similarity of each item to its partner in a one-to-one assignment of the most similar pairs first; 0 for an item
/// without a partner.
pub(crate) fn assigned_similarities(nearest: &[NearestItems]) -> Vec<f32> {
    let pairs = nearest.iter().enumerate().flat_map(|(k, items)| items.iter().map(move |(j, v)| (k, *j, *v)));
    let mut pairs: Vec<(usize, u32, f32)> =
        pairs.filter(|(_, _, similarity)| *similarity > CHANCE_SIMILARITY).collect();
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2));
    let mut similarities = vec![0.0; nearest.len()];
    for (k, _, similarity) in assign_greedily(pairs, |(k, item, _)| (*k, *item as usize)) {
        similarities[k] = similarity;
    }
    similarities
}

/// Greedy one-to-one assignment: keeps each candidate pair of which no kept pair before it has either item.
///
/// `candidates` come in order of preference, the best first; callers sort them so that ties do not depend on which text
/// is A. `items_of` names the two items of a candidate, each by its index on its own side. The kept candidates are
/// returned in the order given. The total cost can exceed that of the optimal assignment (Kuhn 1955), but a pair is
/// never given up for the sake of two others, so a reader can follow each choice.
pub(crate) fn assign_greedily<P>(
    candidates: impl IntoIterator<Item = P>,
    items_of: impl Fn(&P) -> (usize, usize),
) -> Vec<P> {
    let (mut assigned_a, mut assigned_b) = (HashSet::new(), HashSet::new());
    let kept = candidates.into_iter().filter(|candidate| {
        let (a, b) = items_of(candidate);
        !assigned_a.contains(&a) && assigned_b.insert(b) && assigned_a.insert(a)
    });
    kept.collect()
}

/// One more than the highest item of the other text that is named.
fn count_others(nearest: &[NearestItems]) -> usize {
    nearest.iter().flatten().map(|(item, _)| *item as usize + 1).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_few_are_kept() {
        let values: Vec<f32> = (0..20).map(|k| (k % 10) as f32 / 10.0).collect();
        let items: Vec<u32> = (100..120).collect();
        let found = nearest_items(&values, &items);
        assert_eq!(found.len(), MAX_NEAREST);
        assert_eq!(found[..3], [(109, 0.9), (119, 0.9), (108, 0.8)]);
        assert!(nearest_items(&[-0.5, 0.0], &[0, 1]).is_empty());
    }

    #[test]
    fn of_pairs_with_a_common_item_the_first_is_kept() {
        let candidates = [(0, 1), (0, 0), (1, 1), (2, 0), (1, 2)];
        assert_eq!(assign_greedily(candidates, |pair| *pair), [(0, 1), (2, 0), (1, 2)]);
    }

    #[test]
    fn a_word_is_assigned_once() {
        let nearest = [vec![(0, 0.9), (1, 0.5)], vec![(0, 0.8), (1, 0.4)], vec![(0, 0.7), (1, 0.1)], vec![]];
        assert_eq!(assigned_similarities(&nearest), [0.9, 0.4, 0.0, 0.0]);
        assert_eq!(find_mutual(&nearest), [true, false, false, false]);
        assert!(assigned_similarities(&[]).is_empty() && find_mutual(&[]).is_empty());
    }
}
