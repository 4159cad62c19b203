//! The divergence of two sentences or groups of sentences: the probability, by a logistic model of eight features, that
//! a careful reader would call the meaning different.

use std::sync::LazyLock;

use rayon::prelude::*;

use crate::align::PairWordIndex;
use crate::article::guess_language;
use crate::claims::{self, CueKind, find_cues};
use crate::encode::{Encoder, dot};
use crate::error::Result;
use crate::models::{self, LinearModel};
use crate::text::Lang;
use crate::words::{EncodedSide, WordMatch, match_words, split_bounded, text_head, weighted_mean};

/// Divergence of two sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct PairScore {
    /// Cosine of the two vectors, -1 to 1.
    pub similarity: f32,
    /// Probability that a careful reader would call the meaning different, 0 to 1.
    pub divergence: f32,
    /// Reasons: `number`, `polarity`, `missing`, `added`, `length`.
    pub flags: Vec<&'static str>,
    /// Features of the divergence.
    pub features: DivergenceFeatures,
}

/// Features of the divergence of two texts: bias, cosine, weakest two adjacent words, mutual words, words without a
/// near match, words on both sides, figures without an equal, altered figures, polarity. Of the two sides the worse one
/// counts.
pub type DivergenceFeatures = [f32; 9];

/// The fitted weights. Identical words (names, figures) raise the similarity of any two texts on one topic, so their
/// weight raises the divergence.
static MODEL: LazyLock<LinearModel<{ FEATURE_NAMES.len() }>> =
    LazyLock::new(|| LinearModel::load(models::SENTENCE_DIVERGENCE, &FEATURE_NAMES.map(|(name, _)| name)));

/// The name of each of [`DivergenceFeatures`] in machine-readable output, and its description.
const FEATURE_NAMES: [(&str, &str); 9] = [
    ("base", "any two texts"),
    ("similarity", "similarity of the two sides"),
    ("weakest", "nearness of the least near two words in a row"),
    ("mutual", "share of the words that are nearest to each other"),
    ("far", "share of the words without a near one"),
    ("shared", "share of the words that are the very same, at most 0.3"),
    ("figures", "figures without an equal, at most 2"),
    ("altered", "figures that became others"),
    ("polarity", "one side is negated and the other is not"),
];

/// One term of the divergence: the sum of all values times their weights is the log odds of the divergence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DivergencePart {
    /// Its name in machine-readable output.
    pub name: &'static str,
    /// Description in words.
    pub means: &'static str,
    /// Value of the feature: 0 to 1, or a count.
    pub value: f32,
    /// Log odds per unit of the value.
    pub weight: f32,
}

/// Minimum [`WordMatch::bigram_sim`] of a word with a near match on the other side.
const MIN_NEAR_SIM: f32 = 0.4;

/// Maximum of the share of identical words: texts in one language share most words, and more of them mean nothing.
const MAX_SHARED: f32 = 0.3;

/// Share of words without a near match from which a text is flagged as saying more than the other.
const MIN_ADDED_SHARE: f32 = 0.35;

/// Scores pairs of sentences; their languages are detected. Pairs do not influence one another. Text beyond 256 KB is
/// ignored.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn score_pairs(encoder: &dyn Encoder, pairs: &[(&str, &str)]) -> Result<Vec<PairScore>> {
    let mut scores = Vec::with_capacity(pairs.len());
    for pairs in split_bounded(pairs, |(a, b)| text_head(a).len() + text_head(b).len()) {
        scores.extend(score_batch(encoder, pairs)?);
    }
    Ok(scores)
}

fn score_batch(encoder: &dyn Encoder, pairs: &[(&str, &str)]) -> Result<Vec<PairScore>> {
    let (texts_a, texts_b): (Vec<&str>, Vec<&str>) =
        pairs.iter().map(|(a, b)| (text_head(a), text_head(b))).unzip();
    let [langs_a, langs_b] =
        [&texts_a, &texts_b].map(|texts| texts.iter().map(|text| guess_language(text)).collect::<Vec<_>>());
    let reading = PairWordIndex::new(encoder, &texts_a, &texts_b, 1)?;
    let ([(a, _), (b, _)], lexicon) =
        EncodedSide::encode_both(encoder, reading, [&langs_a, &langs_b], &[Vec::new(), Vec::new()])?;
    let partners: Vec<Vec<usize>> = (0..pairs.len()).map(|k| vec![k]).collect();
    let matches = [match_words(&a, &b, &partners, &lexicon), match_words(&b, &a, &partners, &lexicon)];
    let scores = (0..pairs.len()).into_par_iter().map(|k| {
        let cosine = dot(&a.side.windows.window_vector(k, 1), &b.side.windows.window_vector(k, 1));
        let chars = [a.side.chars[k], b.side.chars[k]];
        let sides = [(texts_a[k], langs_a[k]), (texts_b[k], langs_b[k])];
        score_sides(cosine, [&matches[0][k], &matches[1][k]], chars, sides)
    });
    Ok(scores.collect())
}

pub(super) fn score_sides(
    cosine: f32,
    matches: [&[WordMatch]; 2],
    chars: [f32; 2],
    sides: [(&str, Lang); 2],
) -> PairScore {
    let length = ((chars[0] + 10.0) / (chars[1] + 10.0)).ln();
    let [far_a, far_b] = matches.map(|links| {
        weighted_mean(links, |l| indicator_value(l.bigram_sim < MIN_NEAR_SIM))
            * indicator_value(!links.is_empty())
    });
    let lost = count_lost_figures(sides);
    let figures = lost[0] + lost[1];
    let polarity = differs_in_polarity(sides);
    let least = |value: fn(&[WordMatch]) -> f32| value(matches[0]).min(value(matches[1]));
    let features = [
        1.0,
        cosine,
        least(weakest_bigram),
        least(|links| weighted_mean(links, |l| indicator_value(l.mutual))),
        far_a.max(far_b),
        least(|links| weighted_mean(links, |l| indicator_value(l.identical))).min(MAX_SHARED),
        figures.min(2.0),
        indicator_value(lost[0].min(lost[1]) > 0.0),
        indicator_value(polarity),
    ];
    let mut flags = Vec::new();
    for (flag, raised) in [
        ("number", figures > 0.0),
        ("polarity", polarity),
        ("missing", far_a >= MIN_ADDED_SHARE),
        ("added", far_b >= MIN_ADDED_SHARE),
        ("length", length.abs() > 0.7),
    ] {
        if raised {
            flags.push(flag);
        }
    }
    let equal = sides[0].0 == sides[1].0;
    let divergence = if equal { 0.0 } else { MODEL.probability(&features) };
    PairScore { similarity: cosine.clamp(-1.0, 1.0), divergence, flags, features }
}

fn indicator_value(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// The smallest mean similarity of two adjacent words; 1 without words. A single word may be paraphrased, but of two
/// adjacent words one has a match in a good translation.
fn weakest_bigram(matches: &[WordMatch]) -> f32 {
    let pairs = matches.windows(matches.len().clamp(1, 2));
    pairs.map(|pair| weighted_mean(pair, |l| l.bigram_sim)).fold(1.0, f32::min)
}

/// Number of values of each text without an equal in the other.
fn count_lost_figures(sides: [(&str, Lang); 2]) -> [f32; 2] {
    let [a, b] = sides.map(|(text, lang)| claims::extract_figures(text, lang));
    [(&a, &b), (&b, &a)].map(|(own, other)| {
        own.iter().filter(|x| !other.iter().any(|y| claims::same_value(&x.value, &y.value))).count() as f32
    })
}

/// Whether exactly one of the two texts is negated.
fn differs_in_polarity(sides: [(&str, Lang); 2]) -> bool {
    let [a, b] = sides.map(|(text, lang)| {
        find_cues(text, lang).iter().any(|c| c.kind.is_negation() || c.kind == CueKind::Denial)
    });
    a != b
}

impl PairScore {
    /// The terms of the divergence.
    pub(super) fn divergence_parts(&self) -> Vec<DivergencePart> {
        let parts = self.features.into_iter().zip(MODEL.weights()).zip(FEATURE_NAMES);
        parts.map(|((value, weight), (name, means))| DivergencePart { name, means, value, weight }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(joined: f32) -> WordMatch {
        WordMatch { info: 8.0, bigram_sim: joined, mutual: joined > 0.5, ..WordMatch::default() }
    }

    fn divergence(a: &str, b: &str, joined: [&[f32]; 2]) -> f32 {
        let links = joined.map(|side| side.iter().map(|j| word(*j)).collect::<Vec<WordMatch>>());
        score_sides(0.8, [&links[0], &links[1]], [30.0; 2], [(a, Lang::EN), (b, Lang::EN)]).divergence
    }

    #[test]
    fn one_weak_word_is_no_gap_but_two_in_a_row_are() {
        let weakest =
            |side: &[f32]| weakest_bigram(&side.iter().map(|j| word(*j)).collect::<Vec<WordMatch>>());
        assert!(weakest(&[0.9, 0.1, 0.9, 0.1]) > weakest(&[0.9, 0.9, 0.1, 0.1]));
        assert!((weakest(&[0.3]) - 0.3).abs() < 1e-6);
        assert!((weakest(&[]) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn content_that_is_not_covered_raises_the_divergence() {
        let (a, b) = ("They opened the bridge.", "The bridge was opened.");
        let covered = divergence(a, b, [&[0.8; 4], &[0.8; 4]]);
        let added = divergence(a, b, [&[0.8; 4], &[0.8, 0.8, 0.8, 0.2, 0.2]]);
        assert!(covered < 0.5 && added > 0.5, "{covered} {added}");
    }

    #[test]
    fn another_figure_or_a_lost_negation_raises_the_divergence() {
        let matched: [&[f32]; 2] = [&[0.8; 6], &[0.8; 6]];
        let same = divergence("They paid 300 dollars.", "They paid 300 dollars then.", matched);
        assert!(divergence("They paid 300 dollars.", "They paid 900 dollars.", matched) > same);
        assert!(divergence("They paid 300 dollars.", "They did not pay 300 dollars.", matched) > same);
    }

    #[test]
    fn equal_texts_do_not_differ() {
        assert!(divergence("Nothing.", "Nothing.", [&[0.1], &[0.1]]).abs() < 1e-6);
    }
}
