//! A drawing of both texts from start to end: sentences as bars by state, groups as ribbons between them.

use std::fmt::Write as _;

use super::state::{SentenceLengths, SentenceState};

/// Width and height of the drawing in its own units; the template has the same numbers.
const DRAWING_WIDTH: f32 = 1000.0;
const DRAWING_HEIGHT: f32 = 96.0;

/// Height of the bar of a text.
const BAR_HEIGHT: f32 = 22.0;

/// Top and height of a sentence within its bar, as shares of the bar's height: states differ in shape, not only in colour.
fn bar_extent(state: SentenceState) -> (f32, f32) {
    match state {
        SentenceState::Shared => (0.3, 0.4),
        SentenceState::Moved => (0.0, 0.5),
        SentenceState::Differs => (0.0, 1.0),
        SentenceState::Unmatched => (0.15, 0.7),
    }
}

/// A bar of a state in a square of 16 units, for the legend.
pub(super) fn sample_path(state: SentenceState) -> String {
    let (from, high) = bar_extent(state);
    format!("M0 {:.1}h16v{:.1}h-16z", from * 16.0, high * 16.0)
}

/// The paths of the drawing.
#[derive(Debug)]
pub(super) struct Overview {
    /// For A and B, a path for each state that occurs.
    pub(super) bars: [Vec<(SentenceState, String)>; 2],
    /// For the groups, a path for each state that occurs.
    pub(super) ribbons: Vec<(SentenceState, String)>,
}

impl Overview {
    /// `groups` are the state, the sentences of A and the sentences of B of each group.
    pub(super) fn new(sides: [&SentenceLengths; 2], groups: &[(SentenceState, &[usize], &[usize])]) -> Self {
        let places = [0, 1].map(|side| sentence_extents(sides[side]));
        let bars = [0, 1].map(|side| {
            let top = if side == 0 { 0.0 } else { DRAWING_HEIGHT - BAR_HEIGHT };
            SentenceState::ALL
                .into_iter()
                .map(|state| {
                    let own = sides[side].iter().zip(&places[side]).filter(|((_, own, _), _)| *own == state);
                    (state, bars_path(state, top, own.map(|(_, (_, start, end))| (*start, *end))))
                })
                .filter(|(_, path)| !path.is_empty())
                .collect()
        });
        let ribbons =
            [SentenceState::Shared, SentenceState::Differs, SentenceState::Moved].into_iter().map(|state| {
                let own = groups.iter().filter(|(own, ..)| *own == state);
                (state, own.map(|(_, a, b)| ribbon_path(&places, a, b)).collect::<String>())
            });
        Self { bars, ribbons: ribbons.filter(|(_, path)| !path.is_empty()).collect() }
    }
}

/// Bars of a state from `start` to `end` each, in a bar whose top is at `top`.
fn bars_path(state: SentenceState, top: f32, extents: impl Iterator<Item = (f32, f32)>) -> String {
    let (from, high) = bar_extent(state);
    let mut path = String::new();
    for (start, end) in extents {
        let (y, width) = (top + from * BAR_HEIGHT, end - start);
        let _ = write!(path, "M{start:.1} {y:.1}h{width:.1}v{0:.1}h-{width:.1}z", high * BAR_HEIGHT);
    }
    path
}

/// For each sentence its number and where it begins and ends. A thin gap is left before the next, where there is room.
fn sentence_extents(sentences: &SentenceLengths) -> Vec<(usize, f32, f32)> {
    let all = sentences.iter().map(|(_, _, length)| length).sum::<usize>().max(1) as f32;
    let gap = (DRAWING_WIDTH / sentences.len().max(1) as f32 / 8.0).min(1.5);
    let mut before = 0;
    let extents = sentences.iter().map(|(number, _, length)| {
        let start = before as f32 / all * DRAWING_WIDTH;
        before += length;
        (*number, start, (before as f32 / all * DRAWING_WIDTH - gap).max(start))
    });
    extents.collect()
}

/// A ribbon from each run of consecutive sentences in A to each in B.
fn ribbon_path(places: &[Vec<(usize, f32, f32)>; 2], a: &[usize], b: &[usize]) -> String {
    let (top, bottom) = (BAR_HEIGHT, DRAWING_HEIGHT - BAR_HEIGHT);
    let middle = f32::midpoint(top, bottom);
    let mut path = String::new();
    for (from, to) in run_extents(&places[0], a) {
        for (low, high) in run_extents(&places[1], b) {
            let _ = write!(
                path,
                "M{from:.1} {top:.0}C{from:.1} {middle:.0} {low:.1} {middle:.0} {low:.1} {bottom:.0}\
                 H{high:.1}C{high:.1} {middle:.0} {to:.1} {middle:.0} {to:.1} {top:.0}z"
            );
        }
    }
    path
}

/// Where each run of consecutive sentences begins and ends.
fn run_extents(places: &[(usize, f32, f32)], sentences: &[usize]) -> Vec<(f32, f32)> {
    let positions =
        sentences.iter().filter_map(|k| places.binary_search_by_key(k, |(number, ..)| *number).ok());
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in positions {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => runs.push((at, at)),
        }
    }
    runs.into_iter().map(|(first, last)| (places[first].1, places[last].2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fills_the_width_by_the_length_of_its_sentences() {
        let places =
            sentence_extents(&vec![(0, SentenceState::Shared, 30), (2, SentenceState::Unmatched, 10)]);
        assert_eq!(places.iter().map(|(k, ..)| *k).collect::<Vec<_>>(), [0, 2]);
        assert!((places[0].2 - 748.5).abs() < 0.01 && (places[1].1 - 750.0).abs() < 0.01, "{places:?}");
    }

    #[test]
    fn each_state_has_a_path_and_each_group_a_ribbon() {
        let sides = [
            vec![
                (0, SentenceState::Shared, 10),
                (1, SentenceState::Moved, 10),
                (3, SentenceState::Unmatched, 10),
            ],
            vec![
                (0, SentenceState::Moved, 10),
                (1, SentenceState::Shared, 10),
                (2, SentenceState::Shared, 10),
            ],
        ];
        let groups: [(SentenceState, &[usize], &[usize]); 2] =
            [(SentenceState::Shared, &[0], &[1, 2]), (SentenceState::Moved, &[1], &[0])];
        let strip = Overview::new([&sides[0], &sides[1]], &groups);
        let states = |bar: &[(SentenceState, String)]| bar.iter().map(|(s, _)| s.name()).collect::<Vec<_>>();
        assert_eq!(states(&strip.bars[0]), ["shared", "moved", "alone"]);
        assert_eq!(states(&strip.bars[1]), ["shared", "moved"]);
        assert_eq!(states(&strip.ribbons), ["shared", "moved"]);
        // Two consecutive sentences of B make one ribbon; sentences with others between them make one each.
        assert_eq!(strip.ribbons[0].1.matches('M').count(), 1);
        assert_eq!(run_extents(&sentence_extents(&sides[0]), &[0, 1, 3]).len(), 1);
        assert_eq!(run_extents(&sentence_extents(&sides[0]), &[0, 3]).len(), 2);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let strip = Overview::new([&vec![], &vec![]], &[]);
        assert!(strip.bars.iter().all(Vec::is_empty) && strip.ribbons.is_empty());
    }
}
