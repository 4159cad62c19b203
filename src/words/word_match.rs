//! What the words of one text find in the other.

use std::ops::Range;

use rayon::prelude::*;

use super::assignment::{Nearest, mutual, nearest, one_to_one};
use super::phrases::{self, Weighted};
use crate::align::{Context, Lexicon, Reading, Side};
use crate::claims::{self, Claim};
use crate::encode::{Encoder, Vectors, dot, dots};
use crate::error::Result;
use crate::text::{Lang, Span};

/// One word of a text, seen from the sentences of the other text that go with its own, or that come nearest to it
/// where none do. Cosines are 0 where there is no other word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Link {
    /// Information of the word in nats.
    pub info: f32,
    /// Best cosine of the word by itself.
    pub near: f32,
    /// Best mean of that cosine and the one of the words in their contexts.
    pub both: f32,
    /// The same, where two words side by side count as one too: *Bundesrat*, *Federal Council*.
    pub joined: f32,
    /// Whether the nearest word's nearest word is this one.
    pub mutual: bool,
    /// Whether the very same word is there.
    pub same: bool,
    /// The same as `both`, where each word is taken once, the nearest pairs first; 0 for one that is left over.
    pub taken: f32,
    /// How near phrases of two to four words come to those that the word stands in.
    pub phrase: f32,
    /// The nearest word, numbered through the other text.
    pub to: Option<u32>,
    /// Part of a value that is not there (1), part of one that is (-1), or of none (0).
    pub figure: f32,
}

impl Link {
    /// The same word, as if the other text had it too.
    pub(crate) fn told(self) -> Self {
        let figure = if self.figure > 0.0 { -1.0 } else { self.figure };
        Self {
            near: 1.0,
            both: 1.0,
            joined: 1.0,
            mutual: true,
            same: true,
            taken: 1.0,
            phrase: 1.0,
            figure,
            ..self
        }
    }
}

/// The sentences of one text with what is known of their words.
pub(crate) struct EncodedSide {
    /// See [`Side`].
    pub(crate) side: Side,
    /// The words of each sentence.
    pub(crate) words: Vec<Vec<Span>>,
    /// Their vectors in context.
    context: Vec<Vectors>,
    /// The figures of each sentence.
    values: Vec<Vec<Claim>>,
}

/// A side, and the vectors of the phrases of its sentences.
type Phrased = (EncodedSide, Vec<Vectors>);

impl EncodedSide {
    /// Both sides of a pair, encoded together, with the vectors of the `phrases` of their sentences.
    pub(crate) fn both(
        encoder: &dyn Encoder,
        reading: Reading<'_>,
        langs: [&[Lang]; 2],
        phrases: &[Vec<Vec<Range<usize>>>; 2],
    ) -> Result<([Phrased; 2], Lexicon)> {
        let texts = reading.sentences;
        let ([a, b], lexicon) = reading.encode(encoder, Some(phrases))?;
        let told = |(side, context): (Side, Context), s: usize| {
            let figures = |(text, lang): (&&str, &Lang)| claims::figures(text, *lang);
            let values = texts[s].par_iter().zip(langs[s]).map(figures).collect();
            (Self { side, words: context.spans, context: context.words, values }, context.phrases)
        };
        Ok(([told(a, 0), told(b, 1)], lexicon))
    }
}

/// Words that are looked at together, and the most words that they are compared with: in a longer text, those about
/// the same place.
const ROWS: usize = 256;
const COLUMNS: usize = 2048;

/// The words of a sentence by parts, each with those words of the other side that it is compared with.
pub(crate) fn facing(words: usize, others: usize) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    (0..words).step_by(ROWS).map(move |start| {
        let end = (start + ROWS).min(words);
        let middle = usize::midpoint(start, end) * others / words;
        let first = middle.saturating_sub(COLUMNS / 2).min(others.saturating_sub(COLUMNS));
        (start..end, first..(first + COLUMNS).min(others))
    })
}

/// Words in their two kinds of vectors, row after row.
struct Rows<'c> {
    alone: Vec<f32>,
    context: &'c [f32],
    /// What each counts in a phrase.
    weights: Vec<f32>,
    dim: usize,
}

impl<'c> Rows<'c> {
    fn of(ids: &[u32], context: &'c [f32], lexicon: &Lexicon) -> Self {
        let alone = lexicon.vectors.gather(ids);
        let weights = ids.iter().map(|w| lexicon.weights[*w as usize].max(0.0).sqrt()).collect();
        Self { alone, context, weights, dim: lexicon.vectors.dim() }
    }

    fn weighted(&self) -> Weighted<'_> {
        Weighted { vectors: &self.alone, weights: &self.weights }
    }

    /// The mean cosine of words `j` and `j + 1`, for each `j`.
    fn neighbours(&self) -> Vec<f32> {
        let next = |rows: &[f32]| -> Vec<f32> {
            let (first, second) = (rows.chunks_exact(self.dim), rows.chunks_exact(self.dim).skip(1));
            first.zip(second).map(|(x, y)| dot(x, y)).collect()
        };
        next(&self.alone).iter().zip(next(self.context)).map(|(x, y)| f32::midpoint(*x, y)).collect()
    }
}

/// The links of every word of `from`, sentence by sentence; `partners[i]` are the sentences of `to` that go with
/// sentence `i`.
pub(crate) fn links(
    from: &EncodedSide,
    to: &EncodedSide,
    partners: &[Vec<usize>],
    lexicon: &Lexicon,
) -> Vec<Vec<Link>> {
    let firsts = firsts(to.side.words.iter().map(Vec::len));
    let sentences = partners.par_iter().enumerate();
    let (mut links, found): (Vec<Vec<Link>>, Vec<Vec<Nearest>>) =
        sentences.map(|(i, partners)| of_sentence(from, i, (to, &firsts), partners, lexicon)).unzip();
    let found: Vec<Nearest> = found.into_iter().flatten().collect();
    for (link, nearest) in links.iter_mut().flatten().zip(&found) {
        link.to = nearest.first().map(|(item, _)| *item);
    }
    let matched = mutual(&found).into_iter().zip(one_to_one(&found));
    for (link, matched) in links.iter_mut().flatten().zip(matched) {
        (link.mutual, link.taken) = matched;
    }
    links
}

/// The number of the first item of each sentence, where all are numbered through.
pub(crate) fn firsts(counts: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut next = 0;
    let first = |count: usize| {
        next += count as u32;
        next - count as u32
    };
    counts.map(first).collect()
}

fn of_sentence(
    from: &EncodedSide,
    i: usize,
    (to, firsts): (&EncodedSide, &[u32]),
    partners: &[usize],
    lexicon: &Lexicon,
) -> (Vec<Link>, Vec<Nearest>) {
    let words = &from.side.words[i];
    let others: Vec<u32> = partners.iter().flat_map(|j| &to.side.words[*j]).copied().collect();
    let context = partners.iter().map(|j| to.context[*j].values()).collect::<Vec<_>>().concat();
    let numbered = |j: &usize| firsts[*j]..firsts[*j] + to.side.words[*j].len() as u32;
    let items: Vec<u32> = partners.iter().flat_map(numbered).collect();
    let dim = lexicon.vectors.dim();
    let mut found = Vec::with_capacity(words.len());
    let mut links: Vec<Link> =
        words.iter().map(|w| Link { info: lexicon.weights[*w as usize], ..Link::default() }).collect();
    for (part, columns) in facing(words.len(), others.len()) {
        let own = &from.context[i].values()[part.start * dim..part.end * dim];
        let rows = Rows::of(&words[part.clone()], own, lexicon);
        let (other, items) = (&others[columns.clone()], &items[columns.clone()]);
        let columns = Rows::of(other, &context[columns.start * dim..columns.end * dim], lexicon);
        found.extend(compare(&rows, &columns, items, &mut links[part.clone()]));
        for (link, word) in links[part.clone()].iter_mut().zip(&words[part]) {
            link.same = other.contains(word);
        }
    }
    for own in &from.values[i] {
        let mut facing = partners.iter().flat_map(|j| &to.values[*j]);
        let told = facing.any(|other| claims::same(&own.value, &other.value));
        for (_, link) in from.words[i].iter().zip(&mut links).filter(|(word, _)| word.overlaps(own.span)) {
            link.figure = if told { -1.0 } else { 1.0 };
        }
    }
    (links, found)
}

/// `items` says which words of the other text the columns are.
fn compare(rows: &Rows<'_>, columns: &Rows<'_>, items: &[u32], links: &mut [Link]) -> Vec<Nearest> {
    let alone = dots(&rows.alone, &columns.alone, rows.dim);
    if alone.is_empty() {
        return vec![Nearest::new(); links.len()];
    }
    let width = alone.len() / links.len();
    let context = dots(rows.context, columns.context, rows.dim);
    let both: Vec<f32> = alone.iter().zip(&context).map(|(x, y)| f32::midpoint(*x, *y)).collect();
    // The length of the sum of two unit vectors.
    let lengths: Vec<f32> = columns.neighbours().iter().map(|c| (2.0 + 2.0 * c).max(0.1).sqrt()).collect();
    let mut found = Vec::with_capacity(links.len());
    for (r, link) in links.iter_mut().enumerate() {
        let row = &both[r * width..(r + 1) * width];
        let nearest = nearest(row, items);
        link.near = alone[r * width..(r + 1) * width].iter().copied().fold(0.0, f32::max);
        link.both = nearest.first().map_or(0.0, |(_, value)| *value);
        link.joined = row
            .windows(2)
            .zip(&lengths)
            .map(|(pair, length)| (pair[0] + pair[1]) / length)
            .fold(link.both, f32::max);
        found.push(nearest);
    }
    let phrases = phrases::told(&alone, &rows.weighted(), &columns.weighted());
    for (link, phrase) in links.iter_mut().zip(phrases) {
        link.phrase = phrase;
    }
    found
}

/// The mean of a value over words, weighted by their information; 1 where there is none.
pub(crate) fn mean(links: &[Link], value: impl Fn(&Link) -> f32) -> f32 {
    let info: f32 = links.iter().map(|l| l.info).sum();
    if info == 0.0 { 1.0 } else { links.iter().map(|l| l.info * value(l)).sum::<f32>() / info }
}

/// Share of the information of these words that has a near word on the other side: the mean best cosine, weighted by
/// information. 1 where there is no word.
#[must_use]
pub fn coverage(links: &[Link]) -> f32 {
    mean(links, |l| l.near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(vectors: &[[f32; 2]]) -> Rows<'_> {
        let context = vectors.as_flattened();
        Rows { alone: context.to_vec(), context, weights: vec![1.0; vectors.len()], dim: 2 }
    }

    #[test]
    fn a_word_finds_its_nearest() {
        let mut links = vec![Link::default(); 2];
        let columns = rows(&[[0.8, 0.6], [1.0, 0.0], [-1.0, 0.0]]);
        let found = compare(&rows(&[[1.0, 0.0], [0.6, 0.8]]), &columns, &[7, 8, 9], &mut links);
        assert_eq!(found.iter().map(|nearest| nearest[0].0).collect::<Vec<_>>(), [8, 7]);
        assert!((links[0].both - 1.0).abs() < 1e-6);
        assert!((links[1].both - 0.96).abs() < 1e-6);
    }

    #[test]
    fn two_words_count_as_one() {
        let mut links = vec![Link::default()];
        compare(&rows(&[[1.0, 0.0]]), &rows(&[[0.6, 0.8], [0.6, -0.8]]), &[0, 1], &mut links);
        assert!((links[0].both - 0.6).abs() < 1e-6 && (links[0].joined - 1.0).abs() < 1e-3, "{links:?}");
    }

    #[test]
    fn a_long_text_faces_those_about_the_same_place() {
        let parts: Vec<_> = facing(600, 6000).collect();
        assert_eq!(parts, [(0..256, 256..2304), (256..512, 2816..4864), (512..600, 3952..6000)]);
        assert_eq!(facing(3, 2).collect::<Vec<_>>(), [(0..3, 0..2)]);
    }

    #[test]
    fn nothing_is_near_nothing() {
        let mut links = vec![Link::default()];
        assert_eq!(compare(&rows(&[[1.0, 0.0]]), &rows(&[]), &[], &mut links), [[]]);
        assert_eq!(links, [Link::default()]);
        assert!((mean(&[], |l| l.both) - 1.0).abs() < 1e-6);
    }
}
