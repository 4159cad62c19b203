//! Chunks: short runs of words that readers compare as one (*in the water*, *the Federal Council*), and their matches in
//! the other text. No tagger: in all three languages function words precede the word they belong to.

use std::ops::Range;

use rayon::prelude::*;

use super::assignment::{NearestItems, find_mutual, nearest_items};
use super::word_match::{EncodedSide, facing_parts, first_numbers};
use crate::align::{PairWordIndex, WordLexicon};
use crate::encode::{Encoder, Vectors, dot_products};
use crate::error::Result;
use crate::text::{Lang, Span};

/// Least information of a content word in nats: *the* has 5, *with* 7, *they* 7, *because* 9; *held* has 11.
pub(crate) const MIN_CONTENT_INFO: f32 = 9.0;

/// Characters allowed between two words of a chunk, beside whitespace.
const CHUNK_JOINERS: [&str; 4] = ["", "'", "’", "-"];

/// The match of a chunk in the partner sentences of its own sentence. Cosines of the encoder, 0 without a partner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ChunkMatch {
    /// Best cosine with a chunk, or with two neighbouring chunks as one.
    pub(crate) chunk_sim: f32,
    /// Best cosine of the chunk joined with its left or right neighbour.
    pub(crate) bigram_sim: f32,
    /// Whether it is the nearest chunk of its own nearest chunk.
    pub(crate) mutual: bool,
    /// Best cosine with a partner sentence minus the cosine with its own sentence: low where its content is missing there.
    pub(crate) gain: f32,
}

/// The chunks of each sentence of a text.
pub(crate) struct Chunks {
    /// For each sentence its chunks, as ranges of its words.
    pub(crate) sentence_chunks: Vec<Vec<Range<usize>>>,
    /// For each sentence the vectors of its chunks, then of every two neighbours as one.
    vectors: Vec<Vectors>,
}

impl Chunks {
    /// Both texts, encoded together with their chunks, and their words.
    pub(crate) fn encode_both(
        encoder: &dyn Encoder,
        texts: [&[&str]; 2],
        langs: [&[Lang]; 2],
        longest: usize,
    ) -> Result<([(EncodedSide, Self); 2], WordLexicon)> {
        let reading = PairWordIndex::new(encoder, texts[0], texts[1], longest)?;
        let [a, b] = [0, 1].map(|side| {
            let sentences = texts[side].iter().zip(&reading.spans[side]).zip(reading.word_information(side));
            sentences.map(|((text, words), info)| chunk_sentence(text, words, &info)).collect::<Vec<_>>()
        });
        let phrases = [&a, &b].map(|side| side.iter().map(|chunks| with_neighbours(chunks)).collect());
        let ([phrased_a, phrased_b], lexicon) = EncodedSide::encode_both(encoder, reading, langs, &phrases)?;
        Ok((
            [
                (phrased_a.0, Self { sentence_chunks: a, vectors: phrased_a.1 }),
                (phrased_b.0, Self { sentence_chunks: b, vectors: phrased_b.1 }),
            ],
            lexicon,
        ))
    }

    /// The vectors of the chunks of a sentence, and of every two neighbours as one.
    fn sentence_rows(&self, sentence: usize) -> (&[f32], &[f32]) {
        let vectors = &self.vectors[sentence];
        vectors.all_values().split_at(self.sentence_chunks[sentence].len() * vectors.vector_dim())
    }

    /// The same of several sentences, one after the other.
    fn gather_rows(&self, sentences: &[usize]) -> (Vec<f32>, Vec<f32>) {
        let (mut single, mut joined) = (Vec::new(), Vec::new());
        for (own, neighbours) in sentences.iter().map(|s| self.sentence_rows(*s)) {
            single.extend_from_slice(own);
            joined.extend_from_slice(neighbours);
        }
        (single, joined)
    }
}

/// The chunks, then every two neighbours as one.
fn with_neighbours(chunks: &[Range<usize>]) -> Vec<Range<usize>> {
    let joined = chunks.windows(2).map(|two| two[0].start..two[1].end);
    chunks.iter().cloned().chain(joined).collect()
}

/// The chunks of one sentence, as ranges of its words. A chunk ends before a function word that follows a content word, and
/// at punctuation.
fn chunk_sentence(text: &str, words: &[Span], info: &[f32]) -> Vec<Range<usize>> {
    let starts_chunk = |k: usize| {
        let between = text[words[k - 1].end..words[k].start].trim();
        !CHUNK_JOINERS.contains(&between) || (info[k] < MIN_CONTENT_INFO && info[k - 1] >= MIN_CONTENT_INFO)
    };
    let mut chunks = Vec::new();
    let mut start = 0;
    for k in 1..=words.len() {
        if k == words.len() || starts_chunk(k) {
            chunks.push(start..k);
            start = k;
        }
    }
    chunks
}

/// The match of every chunk of `from` in `to`, sentence by sentence; `partners` as for
/// [`match_words`](super::word_match::match_words).
pub(crate) fn match_chunks(
    from: (&Chunks, &EncodedSide),
    to: (&Chunks, &EncodedSide),
    partners: &[Vec<usize>],
) -> Vec<Vec<ChunkMatch>> {
    let firsts = first_numbers(to.0.sentence_chunks.iter().map(Vec::len));
    let sentences = partners.par_iter().enumerate();
    let (mut matches, nearest): (Vec<Vec<ChunkMatch>>, Vec<Vec<NearestItems>>) = sentences
        .map(|(i, partners)| match_sentence_chunks(from, i, (to.0, to.1, &firsts), partners))
        .unzip();
    let nearest: Vec<NearestItems> = nearest.into_iter().flatten().collect();
    for (chunk, mutual) in matches.iter_mut().flatten().zip(find_mutual(&nearest)) {
        chunk.mutual = mutual;
    }
    matches
}

/// The matches of the chunks of sentence `i`, without [`ChunkMatch::mutual`], and the nearest chunks of each.
fn match_sentence_chunks(
    (from, own_side): (&Chunks, &EncodedSide),
    i: usize,
    (to, other_side, firsts): (&Chunks, &EncodedSide, &[u32]),
    partners: &[usize],
) -> (Vec<ChunkMatch>, Vec<NearestItems>) {
    let (dim, count) = (own_side.side.windows.vector_dim(), from.sentence_chunks[i].len());
    let (mine, ours) = from.sentence_rows(i);
    let (single, joined) = to.gather_rows(partners);
    let ranges = partners.iter().map(|j| firsts[*j]..firsts[*j] + to.sentence_chunks[*j].len() as u32);
    let items: Vec<u32> = ranges.flatten().collect();
    let own = dot_products(mine, &own_side.side.windows.window_vector(i, 1), dim);
    let sentences = other_side.side.windows.gather_windows(partners.iter().copied(), 1);
    let across = dot_products(mine, &sentences, dim);
    let mut matches = vec![ChunkMatch::default(); count];
    let mut nearest = Vec::with_capacity(count);
    for (rows, columns) in facing_parts(count, single.len() / dim.max(1)) {
        let (single, joined) = (rows_within(&single, &columns, dim), rows_within(&joined, &columns, dim));
        let (mine, ours) = (rows_within(mine, &rows, dim), rows_within(ours, &rows, dim));
        let chunk_dots = dot_products(mine, single, dim);
        let chunk_sims = pairwise_max(
            &row_maxima(&chunk_dots, rows.len()),
            &row_maxima(&dot_products(mine, joined, dim), rows.len()),
        );
        let two = ours.len() / dim.max(1);
        let joined_sims = pairwise_max(
            &row_maxima(&dot_products(ours, single, dim), two),
            &row_maxima(&dot_products(ours, joined, dim), two),
        );
        let width = columns.len();
        nearest.extend(
            (0..rows.len())
                .map(|r| nearest_items(&chunk_dots[r * width..(r + 1) * width], &items[columns.clone()])),
        );
        for (r, chunk) in matches[rows].iter_mut().enumerate() {
            chunk.chunk_sim = chunk_sims[r];
            let before = r.checked_sub(1).and_then(|r| joined_sims.get(r));
            let joined = joined_sims.get(r).into_iter().chain(before).copied().reduce(f32::max);
            // The chunk of a sentence of one chunk has no neighbour.
            chunk.bigram_sim = joined.unwrap_or(chunk_sims[r]);
        }
    }
    for ((chunk, own), across) in matches.iter_mut().zip(own).zip(row_maxima(&across, count)) {
        chunk.gain = across - own;
    }
    (matches, nearest)
}

/// The rows of a range, as far as they exist.
fn rows_within<'v>(values: &'v [f32], range: &Range<usize>, dim: usize) -> &'v [f32] {
    let last = values.len() / dim.max(1);
    &values[range.start.min(last) * dim..range.end.min(last) * dim]
}

/// The greatest value of each row, at least 0.
fn row_maxima(matrix: &[f32], rows: usize) -> Vec<f32> {
    let width = matrix.len() / rows.max(1);
    (0..rows).map(|r| matrix[r * width..(r + 1) * width].iter().copied().fold(0.0, f32::max)).collect()
}

/// The greater of each two values.
fn pairwise_max(x: &[f32], y: &[f32]) -> Vec<f32> {
    x.iter().zip(y).map(|(x, y)| x.max(*y)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment;

    fn texts(text: &str) -> Vec<&str> {
        let words: Vec<Span> = segment::word_spans(text).collect();
        let info: Vec<f32> = words.iter().map(|w| if w.len() <= 3 { 6.0 } else { 11.0 }).collect();
        chunk_sentence(text, &words, &info)
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
        assert_eq!(row_maxima(&[0.9, 0.1, 0.8, 0.2, -0.1, -0.2], 3), [0.9, 0.8, 0.0]);
        assert_eq!(row_maxima(&[], 2), [0.0, 0.0]);
    }
}
