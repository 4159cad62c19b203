//! How much of each sentence's information, word by word, has a similar word in a run of the other side.

use std::ops::Range;

use super::chance::ChanceLevel;
use super::side::{AlignmentSide, MAX_WINDOW, WordLexicon};
use super::word_cosines::{SideWords, best_word_cosines};

/// Information in nats covered above chance: `a[q][i * columns + j]` is what run `j..j + q + 1` of B covers of sentence
/// `i` of A, `b` the reverse. The information of a word counts by the margin of its best cosine.
pub(super) struct Coverage {
    rows: Range<usize>,
    columns: Range<usize>,
    a: Vec<Vec<f32>>,
    b: Vec<Vec<f32>>,
}

impl Coverage {
    /// Coverage of the sentences `rows` of A and `columns` of B by runs of up to `longest` of the other.
    pub(super) fn new(
        (a, rows): (&AlignmentSide, Range<usize>),
        (b, columns): (&AlignmentSide, Range<usize>),
        lexicon: &WordLexicon,
        chance: [&ChanceLevel; 2],
        longest: usize,
    ) -> Self {
        let own = SideWords::new(a, rows.clone());
        let other = SideWords::new(b, columns.clone());
        let (in_b, in_a) = best_word_cosines(&own, &other, &lexicon.vectors);
        let (a, b) = rayon::join(
            || directed_coverage(&own, &in_b, columns.len(), longest, lexicon, chance[0]),
            || directed_coverage(&other, &in_a, rows.len(), longest, lexicon, chance[1]),
        );
        Self { rows, columns, a, b }
    }

    /// Nats of A's sentences `i..i + p` that B's `j..j + q` cover.
    pub(super) fn covered_nats_a(&self, (i, p): (usize, usize), (j, q): (usize, usize)) -> f32 {
        let (width, first) = (self.columns.len(), j - self.columns.start);
        (i..i + p).map(|k| self.a[q - 1][(k - self.rows.start) * width + first]).sum()
    }

    /// Nats of B's sentences `j..j + q` that A's `i..i + p` cover.
    pub(super) fn covered_nats_b(&self, (i, p): (usize, usize), (j, q): (usize, usize)) -> f32 {
        let (width, first) = (self.rows.len(), i - self.rows.start);
        (j..j + q).map(|k| self.b[p - 1][(k - self.columns.start) * width + first]).sum()
    }
}

/// For each run length, each sentence and each of the `width` starts on the other side the covered information. `best`
/// holds the best cosine of each word with each sentence of the other side.
fn directed_coverage(
    words: &SideWords,
    best: &[f32],
    width: usize,
    longest: usize,
    lexicon: &WordLexicon,
    chance: &ChanceLevel,
) -> Vec<Vec<f32>> {
    let longest = longest.min(MAX_WINDOW).min(width);
    let mut covered = vec![vec![0.0; words.sentences.len() * width]; longest];
    let (mut single, mut window) = (vec![0.0; width], vec![0.0; width]);
    for (sentence, places) in words.sentences.iter().enumerate() {
        for place in places {
            let word = words.distinct[*place] as usize;
            let weight = lexicon.weights[word];
            if weight <= 0.0 {
                continue;
            }
            let values = best[*place..].iter().step_by(words.distinct.len());
            single.iter_mut().zip(values).for_each(|(s, v)| *s = *v);
            window.copy_from_slice(&single);
            for (k, covered) in covered.iter_mut().enumerate() {
                let reach = width - k;
                if k > 0 {
                    window[..reach].iter_mut().zip(&single[k..]).for_each(|(r, s)| *r = r.max(*s));
                }
                let expected = chance.expected_word_cosine(k + 1, word);
                let covered = &mut covered[sentence * width..][..reach];
                covered.iter_mut().zip(&window).for_each(|(c, r)| *c += weight * (r - expected));
            }
        }
    }
    covered
}
