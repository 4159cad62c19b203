//! How different each word is: a logistic model over what it and the words and sentences around it find.

use super::words::{Link, mean};
use crate::align::{Alignment, Evidence, Nearest};
use crate::text::Span;

/// What a word's difference is computed from: bias, [`Link::both`], [`Link::same`], `both` over three and over seven
/// words, mutual words of five, `both` of the sentence; whether the sentence stands alone, its cosine with its
/// partners, the cosine and the strength of its nearest single sentence; the share of its text that stands alone;
/// [`Link::figure`].
pub type WordFeatures = [f32; 13];

/// Fitted by `tests/fit/words.py` on the development halves of SwissGov-RSD (Wastl, Vamvas and Sennrich 2025),
/// iSTS-RSD (Vamvas and Sennrich 2023) and `REFreSD` (Briakou and Carpuat 2020), each with the same weight.
const WEIGHTS: WordFeatures =
    [4.05, -1.16, 0.45, -1.57, -2.28, -1.34, 3.49, -1.77, -3.37, -1.88, -1.68, -0.78, 0.52];

/// Below this chance a word is as good as the same: one value for all of them. Nine in ten words are the same, and
/// any order among them is noise; without the floor rank correlations on iSTS-RSD are ten points lower.
const SAME: f32 = 0.1;

/// The chance from which on a word is marked as different: where the F1 of the words whose degree is over one half is
/// best on the same sets. The degrees that the model was fitted on are mostly below one, so that a chance of one half
/// is rare.
const MARKED: f32 = 0.25;

/// How different one word is, for showing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    /// The word, in the version's text.
    pub span: Span,
    /// 0: its meaning is on the other side too; 1: it is missing there or differs. From 0.5 on it is marked.
    pub difference: f32,
}

/// How a sentence stands to the other text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Standing {
    /// Whether no sentence goes with it.
    alone: bool,
    /// Cosine with those that do; 0 where none do.
    cosine: f32,
    /// Cosine and strength of the nearest single sentence; 0 where it is not known.
    nearest: [f32; 2],
}

impl Standing {
    /// Of a sentence that is one side of a pair.
    pub(super) fn paired(cosine: f32) -> Self {
        Self { alone: false, cosine, nearest: [cosine, 0.0] }
    }

    /// Of all sentences of both sides.
    pub(super) fn all(alignment: &Alignment, nearest: &Nearest) -> [Vec<Self>; 2] {
        let start = |nearest: &[Option<(usize, Evidence)>]| -> Vec<Self> {
            let nearest = nearest.iter().map(|n| n.map_or([0.0; 2], |(_, e)| [e.cosine, e.strength()]));
            nearest.map(|nearest| Self { alone: true, cosine: 0.0, nearest }).collect()
        };
        let mut all = [start(&nearest.of_a), start(&nearest.of_b)];
        for group in &alignment.groups {
            for (side, sentences) in all.iter_mut().zip([&group.a, &group.b]) {
                for sentence in sentences {
                    side[*sentence].alone = false;
                    side[*sentence].cosine = group.evidence.cosine;
                }
            }
        }
        all
    }
}

/// The features of each word of one text, sentence by sentence.
pub(super) fn features(links: &[Vec<Link>], standings: &[Standing]) -> Vec<Vec<WordFeatures>> {
    let info = |links: &[Link]| links.iter().map(|l| l.info).sum::<f32>();
    let all: f32 = links.iter().map(|links| info(links)).sum();
    let alone = links.iter().zip(standings).filter(|(_, standing)| standing.alone);
    let alone = alone.map(|(links, _)| info(links)).sum::<f32>() / all.max(1.0);
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let of_sentence = |links: &Vec<Link>, standing: &Standing| -> Vec<WordFeatures> {
        let whole = mean(links, |l| l.both);
        let around = |k: usize, reach: usize, value: fn(&Link) -> f32| {
            mean(&links[k.saturating_sub(reach)..(k + reach + 1).min(links.len())], value)
        };
        let word = |(k, link): (usize, &Link)| {
            [
                1.0,
                link.both,
                flag(link.same),
                around(k, 1, |l| l.both),
                around(k, 3, |l| l.both),
                around(k, 2, |l| if l.mutual { 1.0 } else { 0.0 }),
                whole,
                flag(standing.alone),
                standing.cosine,
                standing.nearest[0],
                standing.nearest[1],
                alone,
                link.figure,
            ]
        };
        links.iter().enumerate().map(word).collect()
    };
    links.iter().zip(standings).map(|(links, standing)| of_sentence(links, standing)).collect()
}

/// How different a word is, 0 to 1; from 0.5 on it differs.
pub(super) fn difference(features: &WordFeatures) -> f32 {
    let sum: f32 = features.iter().zip(&WEIGHTS).map(|(f, w)| f * w).sum();
    let chance = 1.0 / (1.0 + (-sum).exp());
    let scaled = |low: f32, high: f32| ((chance - low) / (high - low)).clamp(0.0, 1.0) / 2.0;
    scaled(SAME, MARKED) + scaled(MARKED, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sentences, the second without partner.
    fn differences() -> Vec<Vec<f32>> {
        let told = Link { info: 6.0, both: 0.9, mutual: true, ..Link::default() };
        let lost = Link { info: 6.0, both: 0.3, ..Link::default() };
        let alone = Standing { alone: true, cosine: 0.0, nearest: [0.2, 0.1] };
        let found = features(&[vec![told; 6], vec![lost; 6]], &[Standing::paired(0.85), alone]);
        found.iter().map(|words| words.iter().map(difference).collect()).collect()
    }

    #[test]
    fn sure_words_have_one_value_and_lost_ones_are_marked() {
        let found = differences();
        assert!(found[0].iter().all(|d| d.abs() < 1e-6), "{found:?}");
        assert!(found[1].iter().all(|d| *d >= 0.5), "{found:?}");
    }

    #[test]
    fn two_far_words_among_near_ones_differ() {
        let near = Link { info: 6.0, both: 0.9, mutual: true, ..Link::default() };
        let far = Link { info: 6.0, both: 0.1, ..Link::default() };
        let links = [near, near, near, far, far, near];
        let found = features(&[links.to_vec()], &[Standing::paired(0.85)]);
        assert!(difference(&found[0][3]) > difference(&found[0][0]));
    }
}
