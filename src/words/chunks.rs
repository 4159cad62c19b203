//! Chunks: the short runs of words that readers compare as one (*in the water*, *the Federal Council*), and what each
//! finds in the other text. No tagger: function words stand before what they belong to in all three languages.

use std::ops::Range;

use rayon::prelude::*;

use super::assignment::{Nearest, mutual, nearest};
use super::word_match::{EncodedSide, facing, firsts};
use crate::align::{Lexicon, Reading};
use crate::encode::{Encoder, Vectors, dots};
use crate::error::Result;
use crate::text::{Lang, Span};

/// Words that tell less, in nats, are function words: *the* has 5, *with* 7, *they* 7, *because* 9; *held* has 11.
pub(crate) const FUNCTION: f32 = 9.0;

/// What may stand between two words of a chunk beside whitespace.
const INSIDE: [&str; 4] = ["", "'", "’", "-"];

/// What a chunk finds in the sentences of the other text that go with its own. Cosines of the encoder, 0 where there
/// is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// Best cosine with a chunk, or with two neighbours as one.
    pub(crate) near: f32,
    /// Best cosine of the chunk and its neighbour as one, of both neighbours the better.
    pub(crate) joined: f32,
    /// Whether the nearest chunk's nearest is this one.
    pub(crate) mutual: bool,
    /// Cosine with the nearest of those sentences less that with its own: low where the other does not tell it.
    pub(crate) gain: f32,
}

/// The chunks of each sentence of a text.
pub(crate) struct Chunks {
    /// As ranges of the sentence's words.
    pub(crate) of_sentence: Vec<Vec<Range<usize>>>,
    /// Vectors of the chunks of each sentence, then of every two neighbours as one.
    vectors: Vec<Vectors>,
}

impl Chunks {
    /// Both texts, encoded together with their chunks.
    pub(crate) fn of_both(
        encoder: &dyn Encoder,
        texts: [&[&str]; 2],
        langs: [&[Lang]; 2],
        longest: usize,
    ) -> Result<([(EncodedSide, Self); 2], Lexicon)> {
        let reading = Reading::new(encoder, texts[0], texts[1], longest)?;
        let [a, b] = [0, 1].map(|side| {
            let sentences = texts[side].iter().zip(&reading.spans[side]).zip(reading.information(side));
            sentences.map(|((text, words), info)| chunks(text, words, &info)).collect::<Vec<_>>()
        });
        let neighbours = |chunks: &Vec<Range<usize>>| -> Vec<Range<usize>> {
            let joined = chunks.windows(2).map(|two| two[0].start..two[1].end);
            chunks.iter().cloned().chain(joined).collect()
        };
        let phrases = [&a, &b].map(|side| side.iter().map(neighbours).collect());
        let ([told_a, told_b], lexicon) = EncodedSide::both(encoder, reading, langs, &phrases)?;
        Ok((
            [
                (told_a.0, Self { of_sentence: a, vectors: told_a.1 }),
                (told_b.0, Self { of_sentence: b, vectors: told_b.1 }),
            ],
            lexicon,
        ))
    }

    /// The vectors of the chunks of a sentence, and of every two neighbours as one.
    fn rows(&self, sentence: usize) -> (&[f32], &[f32]) {
        let vectors = &self.vectors[sentence];
        vectors.values().split_at(self.of_sentence[sentence].len() * vectors.dim())
    }

    /// The same of several sentences, one after the other.
    fn gather(&self, sentences: &[usize]) -> (Vec<f32>, Vec<f32>) {
        let (mut single, mut joined) = (Vec::new(), Vec::new());
        for (own, neighbours) in sentences.iter().map(|s| self.rows(*s)) {
            single.extend_from_slice(own);
            joined.extend_from_slice(neighbours);
        }
        (single, joined)
    }
}

/// The chunks of one sentence: one ends before a function word that follows another word, and at a stop.
fn chunks(text: &str, words: &[Span], info: &[f32]) -> Vec<Range<usize>> {
    let starts = |k: usize| {
        let between = text[words[k - 1].end..words[k].start].trim();
        !INSIDE.contains(&between) || (info[k] < FUNCTION && info[k - 1] >= FUNCTION)
    };
    let mut chunks = Vec::new();
    let mut start = 0;
    for k in 1..=words.len() {
        if k == words.len() || starts(k) {
            chunks.push(start..k);
            start = k;
        }
    }
    chunks
}

/// What every chunk of `from` finds, sentence by sentence; `partners` as for [`super::word_match::links`].
pub(crate) fn find(
    from: (&Chunks, &EncodedSide),
    to: (&Chunks, &EncodedSide),
    partners: &[Vec<usize>],
) -> Vec<Vec<Found>> {
    let firsts = firsts(to.0.of_sentence.iter().map(Vec::len));
    let sentences = partners.par_iter().enumerate();
    let (mut found, nearest): (Vec<Vec<Found>>, Vec<Vec<Nearest>>) =
        sentences.map(|(i, partners)| of_sentence(from, i, (to.0, to.1, &firsts), partners)).unzip();
    let nearest: Vec<Nearest> = nearest.into_iter().flatten().collect();
    for (found, mutual) in found.iter_mut().flatten().zip(mutual(&nearest)) {
        found.mutual = mutual;
    }
    found
}

fn of_sentence(
    (from, told): (&Chunks, &EncodedSide),
    i: usize,
    (to, other, firsts): (&Chunks, &EncodedSide, &[u32]),
    partners: &[usize],
) -> (Vec<Found>, Vec<Nearest>) {
    let (dim, count) = (told.side.runs.dim(), from.of_sentence[i].len());
    let (mine, ours) = from.rows(i);
    let (single, joined) = to.gather(partners);
    let numbered = |j: &usize| firsts[*j]..firsts[*j] + to.of_sentence[*j].len() as u32;
    let items: Vec<u32> = partners.iter().flat_map(numbered).collect();
    let own = dots(mine, &told.side.runs.vector(i, 1), dim);
    let sentences = other.side.runs.gather(partners.iter().copied(), 1);
    let across = dots(mine, &sentences, dim);
    let mut found = vec![Found::default(); count];
    let mut all = Vec::with_capacity(count);
    for (rows, columns) in facing(count, single.len() / dim.max(1)) {
        let (single, joined) = (within(&single, &columns, dim), within(&joined, &columns, dim));
        let (mine, ours) = (within(mine, &rows, dim), within(ours, &rows, dim));
        let alone = dots(mine, single, dim);
        let near = pairwise_max(&best(&alone, rows.len()), &best(&dots(mine, joined, dim), rows.len()));
        let two = ours.len() / dim.max(1);
        let both = pairwise_max(&best(&dots(ours, single, dim), two), &best(&dots(ours, joined, dim), two));
        let width = columns.len();
        all.extend(
            (0..rows.len()).map(|r| nearest(&alone[r * width..(r + 1) * width], &items[columns.clone()])),
        );
        for (r, found) in found[rows].iter_mut().enumerate() {
            found.near = near[r];
            let before = r.checked_sub(1).and_then(|r| both.get(r));
            let joined = both.get(r).into_iter().chain(before).copied().reduce(f32::max);
            // A sentence of one chunk has nothing to join it with.
            found.joined = joined.unwrap_or(near[r]);
        }
    }
    for ((found, own), across) in found.iter_mut().zip(own).zip(best(&across, count)) {
        found.gain = across - own;
    }
    (found, all)
}

/// Those of a range of rows that there are.
fn within<'v>(values: &'v [f32], range: &Range<usize>, dim: usize) -> &'v [f32] {
    let last = values.len() / dim.max(1);
    &values[range.start.min(last) * dim..range.end.min(last) * dim]
}

/// The greatest value of each row, at least 0.
fn best(matrix: &[f32], rows: usize) -> Vec<f32> {
    let width = matrix.len() / rows.max(1);
    (0..rows).map(|r| matrix[r * width..(r + 1) * width].iter().copied().fold(0.0, f32::max)).collect()
}

fn pairwise_max(x: &[f32], y: &[f32]) -> Vec<f32> {
    x.iter().zip(y).map(|(x, y)| x.max(*y)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment;

    fn texts(text: &str) -> Vec<&str> {
        let words: Vec<Span> = segment::words(text).collect();
        let info: Vec<f32> = words.iter().map(|w| if w.len() <= 3 { 6.0 } else { 11.0 }).collect();
        chunks(text, &words, &info)
            .iter()
            .map(|c| &text[words[c.start].start..words[c.end - 1].end])
            .collect()
    }

    #[test]
    fn a_function_word_begins_a_chunk() {
        assert_eq!(texts("Three dogs swim in the water"), ["Three dogs swim", "in the water"]);
        assert_eq!(texts("the city's council said it"), ["the city's council said", "it"]);
    }

    #[test]
    fn a_stop_ends_a_chunk() {
        assert_eq!(texts("yesterday, police (there) said"), ["yesterday", "police", "there", "said"]);
        assert!(texts("").is_empty());
    }

    #[test]
    fn the_best_of_each_row_is_not_below_zero() {
        assert_eq!(best(&[0.9, 0.1, 0.8, 0.2, -0.1, -0.2], 3), [0.9, 0.8, 0.0]);
        assert_eq!(best(&[], 2), [0.0, 0.0]);
    }
}
