//! Which items of one text and of the other are for one another, where all of them compete: a word of a lost paragraph
//! finds near words anywhere, but those have nearer ones.

use std::collections::BTreeSet;

/// Items of the other text that an item is compared with in the end.
const MAX_NEAREST: usize = 16;

/// Below this two words are not taken for one another: chance has it that any two are so near.
const CHANCE_SIMILARITY: f32 = 0.15;

/// The nearest items of the other text with how near they are, above 0, the best first.
pub(crate) type NearestItems = Vec<(u32, f32)>;

/// The nearest by a row of values for `items`; of equals the first.
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

/// For each item whether its nearest item's nearest is this one.
pub(crate) fn find_mutual(found: &[NearestItems]) -> Vec<bool> {
    let mut best: Vec<Option<(usize, f32)>> = vec![None; count_others(found)];
    for (k, nearest) in found.iter().enumerate() {
        for (item, value) in nearest {
            let best = &mut best[*item as usize];
            if best.is_none_or(|(_, greatest)| *value > greatest) {
                *best = Some((k, *value));
            }
        }
    }
    let is = |(k, nearest): (usize, &NearestItems)| {
        nearest.first().and_then(|(item, _)| best[*item as usize]).is_some_and(|(first, _)| first == k)
    };
    found.iter().enumerate().map(is).collect()
}

/// How near the item is that each takes, where each takes one and the nearest pairs come first; 0 for one left over.
pub(crate) fn assign_one_to_one(found: &[NearestItems]) -> Vec<f32> {
    let pairs =
        found.iter().enumerate().flat_map(|(k, nearest)| nearest.iter().map(move |(j, v)| (k, *j, *v)));
    let mut pairs: Vec<(usize, u32, f32)> =
        pairs.filter(|(_, _, value)| *value > CHANCE_SIMILARITY).collect();
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2));
    let mut taken = vec![0.0; found.len()];
    let mut free = vec![true; count_others(found)];
    for (k, item, value) in pairs {
        if taken[k] == 0.0 && std::mem::take(&mut free[item as usize]) {
            taken[k] = value;
        }
    }
    taken
}

/// Those pairs of items of which none before them has either: each item is taken once, the first pairs first.
pub(crate) fn assign_greedily(pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let (mut taken_a, mut taken_b) = (BTreeSet::new(), BTreeSet::new());
    let mut kept = Vec::new();
    for (a, b) in pairs {
        if !taken_a.contains(&a) && taken_b.insert(b) {
            taken_a.insert(a);
            kept.push((a, b));
        }
    }
    kept
}

/// How many items of the other text there are, as far as they were found.
fn count_others(found: &[NearestItems]) -> usize {
    found.iter().flatten().map(|(item, _)| *item as usize + 1).max().unwrap_or(0)
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
        assert_eq!(assign_greedily([(0, 1), (0, 0), (1, 1), (2, 0), (1, 2)]), [(0, 1), (2, 0), (1, 2)]);
    }

    #[test]
    fn a_word_is_taken_once() {
        let found = [vec![(0, 0.9), (1, 0.5)], vec![(0, 0.8), (1, 0.4)], vec![(0, 0.7), (1, 0.1)], vec![]];
        assert_eq!(assign_one_to_one(&found), [0.9, 0.4, 0.0, 0.0]);
        assert_eq!(find_mutual(&found), [true, false, false, false]);
        assert!(assign_one_to_one(&[]).is_empty() && find_mutual(&[]).is_empty());
    }
}
