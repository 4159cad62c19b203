//! The matches of the words of one text in the other.

use std::ops::Range;

use rayon::prelude::*;

use super::assignment::{NearestItems, assigned_similarities, find_mutual, nearest_items};
use super::phrases::{self, WeightedWords};
use crate::align::{AlignmentSide, PairWordIndex, WordContext, WordLexicon};
use crate::claims::{self, Claim};
use crate::encode::{Encoder, Vectors, dot, dot_products};
use crate::error::Result;
use crate::text::{Lang, Span};

/// The match of one word in the partner sentences of its own sentence, or in the most similar sentence where it is
/// unaligned. Cosines are 0 where there is no other word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WordMatch {
    /// Information of the word in nats.
    pub info: f32,
    /// Best cosine of the word without its context.
    pub word_sim: f32,
    /// Best mean of that cosine and the cosine of the two words in their contexts.
    pub context_sim: f32,
    /// The same, where two adjacent words count as one too: *Bundesrat*, *Federal Council*.
    pub bigram_sim: f32,
    /// Whether it is the nearest word of its own nearest word.
    pub mutual: bool,
    /// Whether the partner sentences contain the identical word.
    pub identical: bool,
    /// `context_sim` with its partner in a one-to-one assignment of the words of both texts; 0 for a word without one.
    pub assigned_sim: f32,
    /// Mean of the best cosines of the phrases that contain the word with phrases of two to four words.
    pub phrase_sim: f32,
    /// The nearest word, by its number within the other text.
    pub target: Option<u32>,
    /// 1 for a word of a value that the partner sentences lack, -1 for one of a value that they have, 0 outside values.
    pub value_missing: f32,
}

impl WordMatch {
    /// The match that the word would have if the other text contained it too.
    pub(crate) fn with_full_match(self) -> Self {
        Self {
            word_sim: 1.0,
            context_sim: 1.0,
            bigram_sim: 1.0,
            mutual: true,
            identical: true,
            assigned_sim: 1.0,
            phrase_sim: 1.0,
            value_missing: if self.value_missing > 0.0 { -1.0 } else { self.value_missing },
            ..self
        }
    }
}

/// The encoded sentences of one text with their words and values.
pub(crate) struct EncodedSide {
    /// The sentences, as alignment reads them.
    pub(crate) side: AlignmentSide,
    /// Spans of the words of each sentence, within the sentence.
    pub(crate) word_spans: Vec<Vec<Span>>,
    /// Vectors of the words of each sentence in their context.
    context_vectors: Vec<Vectors>,
    /// The values of each sentence.
    values: Vec<Vec<Claim>>,
}

/// A side, and for each sentence the vectors of its phrases.
type PhrasedSide = (EncodedSide, Vec<Vectors>);

impl EncodedSide {
    /// Both sides of a pair, encoded together, with the vectors of the `phrases` of their sentences.
    ///
    /// # Errors
    /// If the encoder cannot read its weights.
    pub(crate) fn encode_both(
        encoder: &dyn Encoder,
        reading: PairWordIndex<'_>,
        langs: [&[Lang]; 2],
        phrases: &[Vec<Vec<Range<usize>>>; 2],
    ) -> Result<([PhrasedSide; 2], WordLexicon)> {
        let texts = reading.sentences;
        let ([a, b], lexicon) = reading.encode_sides(encoder, Some(phrases))?;
        let build_side = |(side, context): (AlignmentSide, WordContext), s: usize| {
            let sentences = texts[s].par_iter().zip(langs[s]);
            let values = sentences.map(|(text, lang)| claims::extract_figures(text, *lang)).collect();
            let WordContext { word_spans, word_vectors: context_vectors, phrase_vectors } = context;
            (Self { side, word_spans, context_vectors, values }, phrase_vectors)
        };
        Ok(([build_side(a, 0), build_side(b, 1)], lexicon))
    }
}

/// Words whose cosines are computed together.
const ROWS: usize = 256;

/// Most words of the other side that they are compared with; of more, those about the same relative position.
const COLUMNS: usize = 2048;

/// The words of a sentence in parts, each with the range of words of the other side that it is compared with.
pub(crate) fn facing_parts(
    words: usize,
    others: usize,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    (0..words).step_by(ROWS).map(move |start| {
        let end = (start + ROWS).min(words);
        let middle = usize::midpoint(start, end) * others / words;
        let first = middle.saturating_sub(COLUMNS / 2).min(others.saturating_sub(COLUMNS));
        (start..end, first..(first + COLUMNS).min(others))
    })
}

/// Words with their vectors, row after row, without and with context.
struct WordRows<'c> {
    word_vectors: Vec<f32>,
    context_vectors: &'c [f32],
    /// Weight of each word in a phrase.
    weights: Vec<f32>,
    dim: usize,
}

impl<'c> WordRows<'c> {
    /// The words `ids` of the lexicon with their vectors in context.
    fn from_ids(ids: &[u32], context_vectors: &'c [f32], lexicon: &WordLexicon) -> Self {
        let word_vectors = lexicon.vectors.gather_rows(ids);
        let weights = ids.iter().map(|w| lexicon.weights[*w as usize].max(0.0).sqrt()).collect();
        Self { word_vectors, context_vectors, weights, dim: lexicon.vectors.vector_dim() }
    }

    fn weighted_words(&self) -> WeightedWords<'_> {
        WeightedWords { vectors: &self.word_vectors, weights: &self.weights }
    }

    /// For each `j` the mean of the two cosines of words `j` and `j + 1`.
    fn neighbour_cosines(&self) -> Vec<f32> {
        let [word_cosines, context_cosines] = [&self.word_vectors[..], self.context_vectors].map(|rows| {
            let (first, second) = (rows.chunks_exact(self.dim), rows.chunks_exact(self.dim).skip(1));
            first.zip(second).map(|(x, y)| dot(x, y))
        });
        word_cosines.zip(context_cosines).map(|(x, y)| f32::midpoint(x, y)).collect()
    }
}

/// The match of every word of `from` in `to`, sentence by sentence; `partners[i]` are the partner sentences of sentence
/// `i`.
pub(crate) fn match_words(
    from: &EncodedSide,
    to: &EncodedSide,
    partners: &[Vec<usize>],
    lexicon: &WordLexicon,
) -> Vec<Vec<WordMatch>> {
    let firsts = first_numbers(to.side.words.iter().map(Vec::len));
    let sentences = partners.par_iter().enumerate();
    let (mut matches, nearest): (Vec<Vec<WordMatch>>, Vec<Vec<NearestItems>>) = sentences
        .map(|(i, partners)| match_sentence_words(from, i, (to, &firsts), partners, lexicon))
        .unzip();
    let nearest: Vec<NearestItems> = nearest.into_iter().flatten().collect();
    for (word, items) in matches.iter_mut().flatten().zip(&nearest) {
        word.target = items.first().map(|(item, _)| *item);
    }
    let assigned = find_mutual(&nearest).into_iter().zip(assigned_similarities(&nearest));
    for (word, assigned) in matches.iter_mut().flatten().zip(assigned) {
        (word.mutual, word.assigned_sim) = assigned;
    }
    matches
}

/// The number of the first item of each sentence, where the items of all sentences are numbered consecutively.
pub(crate) fn first_numbers(counts: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut next = 0;
    let firsts = counts.map(|count| {
        next += count as u32;
        next - count as u32
    });
    firsts.collect()
}

/// The matches of the words of sentence `i`, without the fields that depend on the whole text, and the nearest words of
/// each.
fn match_sentence_words(
    from: &EncodedSide,
    i: usize,
    (to, firsts): (&EncodedSide, &[u32]),
    partners: &[usize],
    lexicon: &WordLexicon,
) -> (Vec<WordMatch>, Vec<NearestItems>) {
    let words = &from.side.words[i];
    let others: Vec<u32> = partners.iter().flat_map(|j| &to.side.words[*j]).copied().collect();
    let context = partners.iter().map(|j| to.context_vectors[*j].all_values()).collect::<Vec<_>>().concat();
    let ranges = partners.iter().map(|j| firsts[*j]..firsts[*j] + to.side.words[*j].len() as u32);
    let items: Vec<u32> = ranges.flatten().collect();
    let dim = lexicon.vectors.vector_dim();
    let mut nearest = Vec::with_capacity(words.len());
    let mut matches: Vec<WordMatch> = words
        .iter()
        .map(|w| WordMatch { info: lexicon.weights[*w as usize], ..WordMatch::default() })
        .collect();
    for (part, columns) in facing_parts(words.len(), others.len()) {
        let own = &from.context_vectors[i].all_values()[part.start * dim..part.end * dim];
        let rows = WordRows::from_ids(&words[part.clone()], own, lexicon);
        let (other, items) = (&others[columns.clone()], &items[columns.clone()]);
        let columns = WordRows::from_ids(other, &context[columns.start * dim..columns.end * dim], lexicon);
        nearest.extend(compare_words(&rows, &columns, items, &mut matches[part.clone()]));
        for (own, word) in matches[part.clone()].iter_mut().zip(&words[part]) {
            own.identical = other.contains(word);
        }
    }
    for own in &from.values[i] {
        let mut facing = partners.iter().flat_map(|j| &to.values[*j]);
        let is_matched = facing.any(|other| claims::same_value(&own.value, &other.value));
        for (_, word) in
            from.word_spans[i].iter().zip(&mut matches).filter(|(span, _)| span.overlaps_span(own.span))
        {
            word.value_missing = if is_matched { -1.0 } else { 1.0 };
        }
    }
    (matches, nearest)
}

/// Fills the cosines of `matches`, one for each row, and returns the nearest words of each. `items` are the numbers of the
/// columns within the other text.
fn compare_words(
    rows: &WordRows<'_>,
    columns: &WordRows<'_>,
    items: &[u32],
    matches: &mut [WordMatch],
) -> Vec<NearestItems> {
    let word_dots = dot_products(&rows.word_vectors, &columns.word_vectors, rows.dim);
    if word_dots.is_empty() {
        return vec![NearestItems::new(); matches.len()];
    }
    let width = word_dots.len() / matches.len();
    let context = dot_products(rows.context_vectors, columns.context_vectors, rows.dim);
    let context_sims: Vec<f32> = word_dots.iter().zip(&context).map(|(x, y)| f32::midpoint(*x, *y)).collect();
    // The length of the sum of two unit vectors.
    let lengths: Vec<f32> =
        columns.neighbour_cosines().iter().map(|c| (2.0 + 2.0 * c).max(0.1).sqrt()).collect();
    let mut all_nearest = Vec::with_capacity(matches.len());
    for (r, word) in matches.iter_mut().enumerate() {
        let row = &context_sims[r * width..(r + 1) * width];
        let nearest = nearest_items(row, items);
        word.word_sim = word_dots[r * width..(r + 1) * width].iter().copied().fold(0.0, f32::max);
        word.context_sim = nearest.first().map_or(0.0, |(_, value)| *value);
        word.bigram_sim = row
            .windows(2)
            .zip(&lengths)
            .map(|(pair, length)| (pair[0] + pair[1]) / length)
            .fold(word.context_sim, f32::max);
        all_nearest.push(nearest);
    }
    let phrases = phrases::phrase_similarities(&word_dots, &rows.weighted_words(), &columns.weighted_words());
    for (word, phrase_sim) in matches.iter_mut().zip(phrases) {
        word.phrase_sim = phrase_sim;
    }
    all_nearest
}

/// The mean of a value over words, weighted by their information; 1 where they have none.
pub(crate) fn weighted_mean(matches: &[WordMatch], value: impl Fn(&WordMatch) -> f32) -> f32 {
    let info: f32 = matches.iter().map(|l| l.info).sum();
    if info == 0.0 { 1.0 } else { matches.iter().map(|l| l.info * value(l)).sum::<f32>() / info }
}

/// Coverage of these words by the other side: the mean of [`WordMatch::word_sim`], weighted by information, 0 to 1. 1 where
/// there is no word.
#[must_use]
pub fn word_coverage(matches: &[WordMatch]) -> f32 {
    weighted_mean(matches, |l| l.word_sim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(vectors: &[[f32; 2]]) -> WordRows<'_> {
        let context = vectors.as_flattened();
        WordRows {
            word_vectors: context.to_vec(),
            context_vectors: context,
            weights: vec![1.0; vectors.len()],
            dim: 2,
        }
    }

    #[test]
    fn a_word_finds_its_nearest() {
        let mut matches = vec![WordMatch::default(); 2];
        let columns = rows(&[[0.8, 0.6], [1.0, 0.0], [-1.0, 0.0]]);
        let nearest = compare_words(&rows(&[[1.0, 0.0], [0.6, 0.8]]), &columns, &[7, 8, 9], &mut matches);
        assert_eq!(nearest.iter().map(|items| items[0].0).collect::<Vec<_>>(), [8, 7]);
        assert!((matches[0].context_sim - 1.0).abs() < 1e-6);
        assert!((matches[1].context_sim - 0.96).abs() < 1e-6);
    }

    #[test]
    fn two_words_count_as_one() {
        let mut links = vec![WordMatch::default()];
        compare_words(&rows(&[[1.0, 0.0]]), &rows(&[[0.6, 0.8], [0.6, -0.8]]), &[0, 1], &mut links);
        assert!(
            (links[0].context_sim - 0.6).abs() < 1e-6 && (links[0].bigram_sim - 1.0).abs() < 1e-3,
            "{links:?}"
        );
    }

    #[test]
    fn a_long_text_faces_those_about_the_same_place() {
        let parts: Vec<_> = facing_parts(600, 6000).collect();
        assert_eq!(parts, [(0..256, 256..2304), (256..512, 2816..4864), (512..600, 3952..6000)]);
        assert_eq!(facing_parts(3, 2).collect::<Vec<_>>(), [(0..3, 0..2)]);
    }

    #[test]
    fn without_other_words_there_is_no_nearest() {
        let mut links = vec![WordMatch::default()];
        assert_eq!(compare_words(&rows(&[[1.0, 0.0]]), &rows(&[]), &[], &mut links), [[]]);
        assert_eq!(links, [WordMatch::default()]);
        assert!((weighted_mean(&[], |l| l.context_sim) - 1.0).abs() < 1e-6);
    }
}
