//! Which items of one text and of the other are for one another, where all of them compete: a word of a lost paragraph
//! finds near words anywhere, but those have nearer ones.

use std::collections::BTreeSet;

/// Items of the other text that an item is compared with in the end.
const KEPT: usize = 16;

/// Below this two words are not taken for one another: chance has it that any two are so near.
const CHANCE: f32 = 0.15;

/// The nearest items of the other text with how near they are, above 0, the best first.
pub(crate) type Nearest = Vec<(u32, f32)>;

/// The nearest by a row of values for `items`; of equals the first.
pub(crate) fn nearest(values: &[f32], items: &[u32]) -> Nearest {
    let mut best = Nearest::with_capacity(KEPT + 1);
    for (value, item) in values.iter().zip(items) {
        if *value > best.get(KEPT - 1).map_or(0.0, |(_, least)| *least) {
            best.insert(best.partition_point(|(_, other)| other >= value), (*item, *value));
            best.truncate(KEPT);
        }
    }
    best
}

/// For each item whether its nearest item's nearest is this one.
pub(crate) fn mutual(found: &[Nearest]) -> Vec<bool> {
    let mut best: Vec<Option<(usize, f32)>> = vec![None; others(found)];
    for (k, nearest) in found.iter().enumerate() {
        for (item, value) in nearest {
            let best = &mut best[*item as usize];
            if best.is_none_or(|(_, greatest)| *value > greatest) {
                *best = Some((k, *value));
            }
        }
    }
    let is = |(k, nearest): (usize, &Nearest)| {
        nearest.first().and_then(|(item, _)| best[*item as usize]).is_some_and(|(first, _)| first == k)
    };
    found.iter().enumerate().map(is).collect()
}

/// How near the item is that each takes, where each takes one and the nearest pairs come first; 0 for one left over.
pub(crate) fn one_to_one(found: &[Nearest]) -> Vec<f32> {
    let pairs =
        found.iter().enumerate().flat_map(|(k, nearest)| nearest.iter().map(move |(j, v)| (k, *j, *v)));
    let mut pairs: Vec<(usize, u32, f32)> = pairs.filter(|(_, _, value)| *value > CHANCE).collect();
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2));
    let mut taken = vec![0.0; found.len()];
    let mut free = vec![true; others(found)];
    for (k, item, value) in pairs {
        if taken[k] == 0.0 && std::mem::take(&mut free[item as usize]) {
            taken[k] = value;
        }
    }
    taken
}

/// Those pairs of items of which none before them has either: each item is taken once, the first pairs first.
pub(crate) fn each_once(pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
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
fn others(found: &[Nearest]) -> usize {
    found.iter().flatten().map(|(item, _)| *item as usize + 1).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_few_are_kept() {
        let values: Vec<f32> = (0..20).map(|k| (k % 10) as f32 / 10.0).collect();
        let items: Vec<u32> = (100..120).collect();
        let found = nearest(&values, &items);
        assert_eq!(found.len(), KEPT);
        assert_eq!(found[..3], [(109, 0.9), (119, 0.9), (108, 0.8)]);
        assert!(nearest(&[-0.5, 0.0], &[0, 1]).is_empty());
    }

    #[test]
    fn of_pairs_with_a_common_item_the_first_is_kept() {
        assert_eq!(each_once([(0, 1), (0, 0), (1, 1), (2, 0), (1, 2)]), [(0, 1), (2, 0), (1, 2)]);
    }

    #[test]
    fn a_word_is_taken_once() {
        let found = [vec![(0, 0.9), (1, 0.5)], vec![(0, 0.8), (1, 0.4)], vec![(0, 0.7), (1, 0.1)], vec![]];
        assert_eq!(one_to_one(&found), [0.9, 0.4, 0.0, 0.0]);
        assert_eq!(mutual(&found), [true, false, false, false]);
        assert!(one_to_one(&[]).is_empty() && mutual(&[]).is_empty());
    }
}
