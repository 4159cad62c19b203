//! What the words of one text find in the other.

use std::ops::Range;

use rayon::prelude::*;

use super::assignment::{NearestItems, assign_one_to_one, find_mutual, nearest_items};
use super::phrases::{self, WeightedWords};
use crate::align::{AlignmentSide, PairWordIndex, WordContext, WordLexicon};
use crate::claims::{self, Claim};
use crate::encode::{Encoder, Vectors, dot, dot_products};
use crate::error::Result;
use crate::text::{Lang, Span};

/// One word of a text, seen from the sentences of the other text that go with its own, or that come nearest to it
/// where none do. Cosines are 0 where there is no other word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WordMatch {
    /// Information of the word in nats.
    pub info: f32,
    /// Best cosine of the word by itself.
    pub word_sim: f32,
    /// Best mean of that cosine and the one of the words in their contexts.
    pub context_sim: f32,
    /// The same, where two words side by side count as one too: *Bundesrat*, *Federal Council*.
    pub bigram_sim: f32,
    /// Whether the nearest word's nearest word is this one.
    pub mutual: bool,
    /// Whether the very same word is there.
    pub identical: bool,
    /// The same as `both`, where each word is taken once, the nearest pairs first; 0 for one that is left over.
    pub assigned_sim: f32,
    /// How near phrases of two to four words come to those that the word stands in.
    pub phrase_sim: f32,
    /// The nearest word, numbered through the other text.
    pub target: Option<u32>,
    /// Part of a value that is not there (1), part of one that is (-1), or of none (0).
    pub value_missing: f32,
}

impl WordMatch {
    /// The same word, as if the other text had it too.
    pub(crate) fn with_full_match(self) -> Self {
        let figure = if self.value_missing > 0.0 { -1.0 } else { self.value_missing };
        Self {
            word_sim: 1.0,
            context_sim: 1.0,
            bigram_sim: 1.0,
            mutual: true,
            identical: true,
            assigned_sim: 1.0,
            phrase_sim: 1.0,
            value_missing: figure,
            ..self
        }
    }
}

/// The sentences of one text with what is known of their words.
pub(crate) struct EncodedSide {
    /// See [`Side`].
    pub(crate) side: AlignmentSide,
    /// The words of each sentence.
    pub(crate) word_spans: Vec<Vec<Span>>,
    /// Their vectors in context.
    context_vectors: Vec<Vectors>,
    /// The figures of each sentence.
    values: Vec<Vec<Claim>>,
}

/// A side, and the vectors of the phrases of its sentences.
type PhrasedSide = (EncodedSide, Vec<Vectors>);

impl EncodedSide {
    /// Both sides of a pair, encoded together, with the vectors of the `phrases` of their sentences.
    pub(crate) fn encode_both(
        encoder: &dyn Encoder,
        reading: PairWordIndex<'_>,
        langs: [&[Lang]; 2],
        phrases: &[Vec<Vec<Range<usize>>>; 2],
    ) -> Result<([PhrasedSide; 2], WordLexicon)> {
        let texts = reading.sentences;
        let ([a, b], lexicon) = reading.encode_sides(encoder, Some(phrases))?;
        let build_side = |(side, context): (AlignmentSide, WordContext), s: usize| {
            let figures = |(text, lang): (&&str, &Lang)| claims::extract_figures(text, *lang);
            let values = texts[s].par_iter().zip(langs[s]).map(figures).collect();
            (
                Self { side, word_spans: context.word_spans, context_vectors: context.word_vectors, values },
                context.phrase_vectors,
            )
        };
        Ok(([build_side(a, 0), build_side(b, 1)], lexicon))
    }
}

/// Words that are looked at together, and the most words that they are compared with: in a longer text, those about
/// the same place.
const ROWS: usize = 256;
const COLUMNS: usize = 2048;

/// The words of a sentence by parts, each with those words of the other side that it is compared with.
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

/// Words in their two kinds of vectors, row after row.
struct WordRows<'c> {
    word_vectors: Vec<f32>,
    context_vectors: &'c [f32],
    /// What each counts in a phrase.
    weights: Vec<f32>,
    dim: usize,
}

impl<'c> WordRows<'c> {
    fn from_ids(ids: &[u32], context: &'c [f32], lexicon: &WordLexicon) -> Self {
        let alone = lexicon.vectors.gather_rows(ids);
        let weights = ids.iter().map(|w| lexicon.weights[*w as usize].max(0.0).sqrt()).collect();
        Self { word_vectors: alone, context_vectors: context, weights, dim: lexicon.vectors.vector_dim() }
    }

    fn weighted_words(&self) -> WeightedWords<'_> {
        WeightedWords { vectors: &self.word_vectors, weights: &self.weights }
    }

    /// The mean cosine of words `j` and `j + 1`, for each `j`.
    fn neighbour_cosines(&self) -> Vec<f32> {
        let next = |rows: &[f32]| -> Vec<f32> {
            let (first, second) = (rows.chunks_exact(self.dim), rows.chunks_exact(self.dim).skip(1));
            first.zip(second).map(|(x, y)| dot(x, y)).collect()
        };
        next(&self.word_vectors)
            .iter()
            .zip(next(self.context_vectors))
            .map(|(x, y)| f32::midpoint(*x, y))
            .collect()
    }
}

/// The links of every word of `from`, sentence by sentence; `partners[i]` are the sentences of `to` that go with
/// sentence `i`.
pub(crate) fn match_words(
    from: &EncodedSide,
    to: &EncodedSide,
    partners: &[Vec<usize>],
    lexicon: &WordLexicon,
) -> Vec<Vec<WordMatch>> {
    let firsts = first_numbers(to.side.words.iter().map(Vec::len));
    let sentences = partners.par_iter().enumerate();
    let (mut matches, found): (Vec<Vec<WordMatch>>, Vec<Vec<NearestItems>>) = sentences
        .map(|(i, partners)| match_sentence_words(from, i, (to, &firsts), partners, lexicon))
        .unzip();
    let found: Vec<NearestItems> = found.into_iter().flatten().collect();
    for (link, nearest) in matches.iter_mut().flatten().zip(&found) {
        link.target = nearest.first().map(|(item, _)| *item);
    }
    let matched = find_mutual(&found).into_iter().zip(assign_one_to_one(&found));
    for (link, matched) in matches.iter_mut().flatten().zip(matched) {
        (link.mutual, link.assigned_sim) = matched;
    }
    matches
}

/// The number of the first item of each sentence, where all are numbered through.
pub(crate) fn first_numbers(counts: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut next = 0;
    let first = |count: usize| {
        next += count as u32;
        next - count as u32
    };
    counts.map(first).collect()
}

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
    let numbered = |j: &usize| firsts[*j]..firsts[*j] + to.side.words[*j].len() as u32;
    let items: Vec<u32> = partners.iter().flat_map(numbered).collect();
    let dim = lexicon.vectors.vector_dim();
    let mut found = Vec::with_capacity(words.len());
    let mut matches: Vec<WordMatch> = words
        .iter()
        .map(|w| WordMatch { info: lexicon.weights[*w as usize], ..WordMatch::default() })
        .collect();
    for (part, columns) in facing_parts(words.len(), others.len()) {
        let own = &from.context_vectors[i].all_values()[part.start * dim..part.end * dim];
        let rows = WordRows::from_ids(&words[part.clone()], own, lexicon);
        let (other, items) = (&others[columns.clone()], &items[columns.clone()]);
        let columns = WordRows::from_ids(other, &context[columns.start * dim..columns.end * dim], lexicon);
        found.extend(compare_words(&rows, &columns, items, &mut matches[part.clone()]));
        for (link, word) in matches[part.clone()].iter_mut().zip(&words[part]) {
            link.identical = other.contains(word);
        }
    }
    for own in &from.values[i] {
        let mut facing = partners.iter().flat_map(|j| &to.values[*j]);
        let is_matched = facing.any(|other| claims::same_value(&own.value, &other.value));
        for (_, link) in
            from.word_spans[i].iter().zip(&mut matches).filter(|(word, _)| word.overlaps_span(own.span))
        {
            link.value_missing = if is_matched { -1.0 } else { 1.0 };
        }
    }
    (matches, found)
}

/// `items` says which words of the other text the columns are.
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
    let mut found = Vec::with_capacity(matches.len());
    for (r, link) in matches.iter_mut().enumerate() {
        let row = &context_sims[r * width..(r + 1) * width];
        let nearest = nearest_items(row, items);
        link.word_sim = word_dots[r * width..(r + 1) * width].iter().copied().fold(0.0, f32::max);
        link.context_sim = nearest.first().map_or(0.0, |(_, value)| *value);
        link.bigram_sim = row
            .windows(2)
            .zip(&lengths)
            .map(|(pair, length)| (pair[0] + pair[1]) / length)
            .fold(link.context_sim, f32::max);
        found.push(nearest);
    }
    let phrases = phrases::phrase_similarities(&word_dots, &rows.weighted_words(), &columns.weighted_words());
    for (link, phrase) in matches.iter_mut().zip(phrases) {
        link.phrase_sim = phrase;
    }
    found
}

/// The mean of a value over words, weighted by their information; 1 where there is none.
pub(crate) fn weighted_mean(matches: &[WordMatch], value: impl Fn(&WordMatch) -> f32) -> f32 {
    let info: f32 = matches.iter().map(|l| l.info).sum();
    if info == 0.0 { 1.0 } else { matches.iter().map(|l| l.info * value(l)).sum::<f32>() / info }
}

/// Share of the information of these words that has a near word on the other side: the mean best cosine, weighted by
/// information. 1 where there is no word.
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
        let mut links = vec![WordMatch::default(); 2];
        let columns = rows(&[[0.8, 0.6], [1.0, 0.0], [-1.0, 0.0]]);
        let found = compare_words(&rows(&[[1.0, 0.0], [0.6, 0.8]]), &columns, &[7, 8, 9], &mut links);
        assert_eq!(found.iter().map(|nearest| nearest[0].0).collect::<Vec<_>>(), [8, 7]);
        assert!((links[0].context_sim - 1.0).abs() < 1e-6);
        assert!((links[1].context_sim - 0.96).abs() < 1e-6);
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
    fn nothing_is_near_nothing() {
        let mut links = vec![WordMatch::default()];
        assert_eq!(compare_words(&rows(&[[1.0, 0.0]]), &rows(&[]), &[], &mut links), [[]]);
        assert_eq!(links, [WordMatch::default()]);
        assert!((weighted_mean(&[], |l| l.context_sim) - 1.0).abs() < 1e-6);
    }
}
