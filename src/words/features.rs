//! What the model of word differences looks at: the word, its chunk, the words and sentences around it.

use std::ops::Range;

use super::chunks::{FUNCTION, Found};
use super::word_match::{Link, mean};
use crate::align::{Alignment, Evidence};

/// Number of [`WordFeatures::values`].
pub const WORD_FEATURES: usize = WORD_FEATURE_NAMES.len();

/// The names of [`WordFeatures::values`], in their order.
pub const WORD_FEATURE_NAMES: [&str; 23] = [
    "same_language",
    "log_words",
    "chunk_sim",
    "chunk_bigram_sim",
    "chunk_mutual",
    "sentence_chunk_sim",
    "chunk_gain",
    "chunk_assigned",
    "chunk_mutual_words",
    "chunk_context",
    "next_chunk_context",
    "head_context",
    "phrase_sim",
    "mutual_within_10",
    "assigned_within_2",
    "identical_within_2",
    "context_within_40",
    "information",
    "group_cosine",
    "group_margin",
    "group_strength",
    "unaligned",
    "value",
];

/// What a word's difference is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WordFeatures {
    /// Whether neither text has more than [`BRIEF`] sentences. What readers mark in a pair of sentences and in a
    /// pair of pages is not the same: they have a model each.
    pub brief: bool,
    /// Whether both texts are of one language; logarithm of the text's words. Of the word's chunk: best cosine, the
    /// same with a neighbour, whether mutual, mean of the sentence's chunks, gain; means of [`Link::taken`],
    /// [`Link::mutual`] and [`Link::both`], the last of the next chunk too. `both` of the content word that a function
    /// word belongs to; [`Link::phrase`]; mutual words of 21, `taken` and `same` of 5, `both` of 81;
    /// information. Of the sentence: cosine, margin and strength of its group, whether it stands alone.
    /// [`Link::figure`].
    pub values: [f32; WORD_FEATURES],
}

/// Most sentences of a text that is read as one of a pair of sentences.
pub const BRIEF: usize = 2;

/// How a sentence stands to the other text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Standing {
    /// Whether no sentence goes with it.
    pub(crate) alone: bool,
    /// Cosine, margin and strength of those that do; 0 where none do.
    pub(crate) group: [f32; 3],
}

impl Standing {
    /// Of a sentence that is one side of a pair.
    pub(crate) fn paired(cosine: f32) -> Self {
        Self { alone: false, group: [cosine, 0.0, 0.0] }
    }

    /// Of all sentences of both sides.
    pub(crate) fn all(alignment: &Alignment, sentences: [usize; 2]) -> [Vec<Self>; 2] {
        let mut all = sentences.map(|count| vec![Self { alone: true, group: [0.0; 3] }; count]);
        let of = |e: &Evidence| [e.cosine, e.margin, e.strength()];
        for group in &alignment.groups {
            for (side, sentences) in all.iter_mut().zip([&group.a, &group.b]) {
                for sentence in sentences {
                    side[*sentence] = Self { alone: false, group: of(&group.evidence) };
                }
            }
        }
        all
    }
}

/// One text, sentence by sentence.
#[derive(Clone, Copy)]
pub(crate) struct FeatureInput<'a> {
    pub(crate) links: &'a [Vec<Link>],
    pub(crate) chunks: &'a [Vec<Range<usize>>],
    pub(crate) found: &'a [Vec<Found>],
    pub(crate) standings: &'a [Standing],
    pub(crate) same_language: bool,
    pub(crate) brief: bool,
}

/// Means of a value over the words around a place, in one look each.
struct Around {
    /// Sums of weighted values and of weights before each word.
    sums: Vec<(f64, f64)>,
}

impl Around {
    fn new(words: &[Link], weight: fn(&Link) -> f32, value: fn(&Link) -> f32) -> Self {
        let mut sums = vec![(0.0, 0.0)];
        let (mut sum, mut weights) = (0.0, 0.0);
        for word in words {
            let weight = f64::from(weight(word));
            sum += weight * f64::from(value(word));
            weights += weight;
            sums.push((sum, weights));
        }
        Self { sums }
    }

    /// Over so many words either way.
    fn mean(&self, place: usize, reach: usize) -> f32 {
        let (first, last) = (place.saturating_sub(reach), (place + reach + 1).min(self.sums.len() - 1));
        let (from, to) = (self.sums[first], self.sums[last]);
        if to.1 > from.1 { ((to.0 - from.0) / (to.1 - from.1)) as f32 } else { 0.0 }
    }
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

fn mutual(link: &Link) -> f32 {
    flag(link.mutual)
}

/// The features of each word of one text, sentence by sentence.
pub(crate) fn features(told: &FeatureInput<'_>) -> Vec<Vec<WordFeatures>> {
    let words: Vec<Link> = told.links.iter().flatten().copied().collect();
    let [mutuals, taken, same, both] = [
        Around::new(&words, |_| 1.0, mutual),
        Around::new(&words, |l| l.info, |l| l.taken),
        Around::new(&words, |l| l.info, |l| flag(l.same)),
        Around::new(&words, |l| l.info, |l| l.both),
    ];
    let length = (words.len().max(1) as f32).ln();
    let chunk_both: Vec<f32> = told
        .links
        .iter()
        .zip(told.chunks)
        .flat_map(|(links, chunks)| chunks.iter().map(|c| mean(&links[c.clone()], |l| l.both)))
        .collect();
    let (mut place, mut chunk) = (0, 0);
    let mut of_sentence = |s: usize| {
        let (links, standing) = (&told.links[s], &told.standings[s]);
        let mut found_of: Vec<Found> = Vec::with_capacity(links.len());
        for (range, found) in told.chunks[s].iter().zip(&told.found[s]) {
            found_of.extend(range.clone().map(|_| *found));
        }
        let info = links.iter().map(|l| l.info).sum::<f32>().max(f32::MIN_POSITIVE);
        let near = links.iter().zip(&found_of).map(|(l, f)| l.info * f.near).sum::<f32>() / info;
        let mut features = Vec::with_capacity(links.len());
        for (range, found) in told.chunks[s].iter().zip(&told.found[s]) {
            let own = &links[range.clone()];
            let next = chunk_both.get(chunk + 1).unwrap_or(&chunk_both[chunk]);
            for (k, link) in own.iter().enumerate() {
                let head = own[k..].iter().find(|l| l.info >= FUNCTION).unwrap_or(link);
                let [cosine, margin, strength] =
                    if told.brief { Standing::paired(standing.group[0]).group } else { standing.group };
                let values = [
                    flag(told.same_language),
                    length,
                    found.near,
                    found.joined,
                    flag(found.mutual),
                    near,
                    found.gain,
                    mean(own, |l| l.taken),
                    mean(own, mutual),
                    chunk_both[chunk],
                    *next,
                    head.both,
                    link.phrase,
                    mutuals.mean(place, 10),
                    taken.mean(place, 2),
                    same.mean(place, 2),
                    both.mean(place, 40),
                    link.info,
                    cosine,
                    margin,
                    strength,
                    flag(standing.alone && !told.brief),
                    link.figure,
                ];
                features.push(WordFeatures { brief: told.brief, values });
                place += 1;
            }
            chunk += 1;
        }
        features
    };
    (0..told.links.len()).map(&mut of_sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_weighted_and_ends_with_the_text() {
        let word = |info, both| Link { info, both, ..Link::default() };
        let around = Around::new(&[word(1.0, 0.5), word(3.0, 1.0), word(0.0, 9.0)], |l| l.info, |l| l.both);
        assert!((around.mean(0, 1) - 0.875).abs() < 1e-6);
        assert!((around.mean(1, 40) - 0.875).abs() < 1e-6);
        assert!(around.mean(2, 0).abs() < 1e-6);
    }

    #[test]
    fn a_function_word_has_the_features_of_its_chunk() {
        let the = Link { info: 5.0, both: 0.9, ..Link::default() };
        let snow = Link { info: 11.0, both: 0.3, ..Link::default() };
        let told = FeatureInput {
            links: &[vec![the, snow, the, snow]],
            chunks: &[vec![0..2, 2..4]],
            found: &[vec![Found { near: 0.4, ..Found::default() }, Found::default()]],
            standings: &[Standing::paired(0.7)],
            same_language: true,
            brief: true,
        };
        let features = &features(&told)[0];
        assert_eq!(features.len(), 4);
        let head = |k: usize| features[k].values[11];
        assert!((head(0) - 0.3).abs() < 1e-6 && (head(1) - 0.3).abs() < 1e-6);
        assert!((features[0].values[2] - 0.4).abs() < 1e-6 && features[2].values[2].abs() < 1e-6);
        assert!((features[3].values[5] - 0.2).abs() < 1e-6);
    }
}
