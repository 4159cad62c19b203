//! Both texts from start to end, as a drawing: what they share, what moved, what differs, what stands alone.

use std::fmt::Write as _;

use super::articles::State;

/// So wide and so high is the drawing, in its own units; the template says the same.
const WIDTH: f32 = 1000.0;
const HEIGHT: f32 = 96.0;

/// How high a text is drawn.
const BAR: f32 = 22.0;

/// Where something that is `State` begins within a bar, and how high it is: states differ in shape, not in colour alone.
fn part(state: State) -> (f32, f32) {
    match state {
        State::Shared => (0.3, 0.4),
        State::Moved => (0.0, 0.5),
        State::Differs => (0.0, 1.0),
        State::Alone => (0.15, 0.7),
    }
}

/// One bar of a state, in a square of 16: what a legend shows.
pub(super) fn sample(state: State) -> String {
    let (from, high) = part(state);
    format!("M0 {:.1}h16v{:.1}h-16z", from * 16.0, high * 16.0)
}

/// Paths to draw.
#[derive(Debug)]
pub(super) struct Strip {
    /// For A and for B a path for each state.
    pub(super) bars: [Vec<(State, String)>; 2],
    /// The groups: a path for those of each state.
    pub(super) ribbons: Vec<(State, String)>,
}

/// A text as the drawing sees it: the sentences that take part, each with its length in characters.
pub(super) type Lengths = Vec<(usize, State, usize)>;

impl Strip {
    /// `groups` are sentences of A and of B, and what the group is.
    pub(super) fn new(sides: [&Lengths; 2], groups: &[(State, &[usize], &[usize])]) -> Self {
        let places = [0, 1].map(|side| places(sides[side]));
        let bars = [0, 1].map(|side| {
            let top = if side == 0 { 0.0 } else { HEIGHT - BAR };
            let of = |state: State| {
                let (from, high) = part(state);
                let mut path = String::new();
                let own = sides[side].iter().zip(&places[side]).filter(|((_, own, _), _)| *own == state);
                for (_, (_, start, end)) in own {
                    let (y, width) = (top + from * BAR, end - start);
                    let _ = write!(path, "M{start:.1} {y:.1}h{width:.1}v{0:.1}h-{width:.1}z", high * BAR);
                }
                (state, path)
            };
            State::ALL.into_iter().map(of).filter(|(_, path)| !path.is_empty()).collect()
        });
        let ribbons = [State::Shared, State::Differs, State::Moved].into_iter().map(|state| {
            let own = groups.iter().filter(|(own, ..)| *own == state);
            (state, own.map(|(_, a, b)| ribbon(&places, a, b)).collect::<String>())
        });
        Self { bars, ribbons: ribbons.filter(|(_, path)| !path.is_empty()).collect() }
    }
}

/// For each sentence where it begins and ends. A thin line is left before the next, where there is room for one.
fn places(sentences: &Lengths) -> Vec<(usize, f32, f32)> {
    let all = sentences.iter().map(|(_, _, length)| length).sum::<usize>().max(1) as f32;
    let gap = (WIDTH / sentences.len().max(1) as f32 / 8.0).min(1.5);
    let mut before = 0;
    let place = |(number, _, length): &(usize, State, usize)| {
        let start = before as f32 / all * WIDTH;
        before += length;
        (*number, start, (before as f32 / all * WIDTH - gap).max(start))
    };
    sentences.iter().map(place).collect()
}

/// From each run of neighbours in A to each in B.
fn ribbon(places: &[Vec<(usize, f32, f32)>; 2], a: &[usize], b: &[usize]) -> String {
    let (top, bottom) = (BAR, HEIGHT - BAR);
    let middle = f32::midpoint(top, bottom);
    let mut path = String::new();
    for (from, to) in runs(&places[0], a) {
        for (low, high) in runs(&places[1], b) {
            let _ = write!(
                path,
                "M{from:.1} {top:.0}C{from:.1} {middle:.0} {low:.1} {middle:.0} {low:.1} {bottom:.0}\
                 H{high:.1}C{high:.1} {middle:.0} {to:.1} {middle:.0} {to:.1} {top:.0}z"
            );
        }
    }
    path
}

/// Where runs of sentences that follow one another begin and end.
fn runs(places: &[(usize, f32, f32)], sentences: &[usize]) -> Vec<(f32, f32)> {
    let found = sentences.iter().filter_map(|k| places.binary_search_by_key(k, |(number, ..)| *number).ok());
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in found {
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
        let places = places(&vec![(0, State::Shared, 30), (2, State::Alone, 10)]);
        assert_eq!(places.iter().map(|(k, ..)| *k).collect::<Vec<_>>(), [0, 2]);
        assert!((places[0].2 - 748.5).abs() < 0.01 && (places[1].1 - 750.0).abs() < 0.01, "{places:?}");
    }

    #[test]
    fn each_state_has_a_path_and_each_group_a_ribbon() {
        let sides = [
            vec![(0, State::Shared, 10), (1, State::Moved, 10), (3, State::Alone, 10)],
            vec![(0, State::Moved, 10), (1, State::Shared, 10), (2, State::Shared, 10)],
        ];
        let groups: [(State, &[usize], &[usize]); 2] =
            [(State::Shared, &[0], &[1, 2]), (State::Moved, &[1], &[0])];
        let strip = Strip::new([&sides[0], &sides[1]], &groups);
        let states = |bar: &[(State, String)]| bar.iter().map(|(s, _)| s.name()).collect::<Vec<_>>();
        assert_eq!(states(&strip.bars[0]), ["shared", "moved", "alone"]);
        assert_eq!(states(&strip.bars[1]), ["shared", "moved"]);
        assert_eq!(states(&strip.ribbons), ["shared", "moved"]);
        // Two neighbours of B make one ribbon; sentences with others between them make one each.
        assert_eq!(strip.ribbons[0].1.matches('M').count(), 1);
        assert_eq!(runs(&places(&sides[0]), &[0, 1, 3]).len(), 1);
        assert_eq!(runs(&places(&sides[0]), &[0, 3]).len(), 2);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let strip = Strip::new([&vec![], &vec![]], &[]);
        assert!(strip.bars.iter().all(Vec::is_empty) && strip.ribbons.is_empty());
    }
}
