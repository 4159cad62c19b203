//! Word differences of two bare texts, by whitespace token.

use std::iter::zip;
use std::ops::Range;

use rayon::prelude::*;

use super::chunks::{Chunks, match_chunks};
use super::difference::word_difference;
use super::features::{AlignmentFeatures, FeatureInput, MAX_PAIR_SENTENCES, WordFeatures, word_features};
use super::word_match::{EncodedSide, match_words};
use crate::align::{Aligner, MAX_WINDOW, WordLexicon, partner_sentences};
use crate::article::guess_language;
use crate::encode::{Encoder, dot};
use crate::error::Result;
use crate::segment;
use crate::text::{Lang, Span};

/// Bytes of a text whose tokens are scored: more than the longest newspaper page.
pub const MAX_SCORED_BYTES: usize = 1 << 18;

/// Bytes of the pairs of single sentences that are encoded at a time, some hundreds of pairs. They have far fewer words
/// than the limit of the lexicon, so that no pair pushes the words of another out of it.
const MAX_BATCH_BYTES: usize = 1 << 16;

/// The features of each whitespace token; `None` for one without a word or beyond [`MAX_SCORED_BYTES`].
pub type TokenFeatures = Vec<Option<WordFeatures>>;

/// The beginning of a text, at most [`MAX_SCORED_BYTES`].
pub(crate) fn text_head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_SCORED_BYTES)]
}

/// The input of [`token_differences`] for each token of both texts of each pair. Languages are guessed; pairs do not
/// influence one another.
///
/// # Errors
/// If the encoder cannot read its weights.
#[doc(hidden)]
pub fn token_features(encoder: &dyn Encoder, pairs: &[(&str, &str)]) -> Result<Vec<[TokenFeatures; 2]>> {
    let texts: Vec<[InputText<'_>; 2]> =
        pairs.par_iter().map(|(a, b)| [InputText::new(a), InputText::new(b)]).collect();
    let mut features: Vec<[TokenFeatures; 2]> =
        texts.iter().map(|sides| [0, 1].map(|s| vec![None; sides[s].tokens])).collect();
    let differ: Vec<usize> = (0..pairs.len()).filter(|k| pairs[*k].0 != pairs[*k].1).collect();
    let (single, documents): (Vec<usize>, Vec<usize>) =
        differ.into_iter().partition(|k| texts[*k].iter().all(|text| text.sentences.len() == 1));
    let parts =
        split_bounded(&single, |k| texts[*k].iter().map(|text| text_head(text.full_text).len()).sum());
    let sentences: Vec<Vec<[TokenFeatures; 2]>> =
        parts.par_iter().map(|part| sentence_pair_features(encoder, &texts, part)).collect::<Result<_>>()?;
    let document_features: Vec<[TokenFeatures; 2]> =
        documents.par_iter().map(|k| document_pair_features(encoder, &texts[*k])).collect::<Result<_>>()?;
    let computed = zip(single, sentences.into_iter().flatten()).chain(zip(documents, document_features));
    for (k, pair_features) in computed {
        features[k] = pair_features;
    }
    Ok(features)
}

/// Consecutive parts of `items` whose sizes sum to at most [`MAX_BATCH_BYTES`]; a larger item is a part of its own.
pub(crate) fn split_bounded<T>(items: &[T], size: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let (mut rest, mut parts) = (items, Vec::new());
    while !rest.is_empty() {
        let mut sum = 0;
        let fit = rest.iter().take_while(|item| {
            sum += size(item);
            sum <= MAX_BATCH_BYTES
        });
        parts.extend(rest.split_off(..fit.count().max(1)));
    }
    parts
}

/// The difference of each whitespace token, 0 to 1. A token without a word has the mean of its neighbours: readers mark the
/// punctuation inside what they mark.
#[must_use]
pub fn token_differences(tokens: &[Option<WordFeatures>]) -> Vec<f32> {
    let own: Vec<Option<f32>> =
        tokens.iter().map(|features| features.as_ref().map(word_difference)).collect();
    let before = carry_forward(own.iter());
    let mut after = carry_forward(own.iter().rev());
    after.reverse();
    let means = zip(before, after).map(|neighbours| match neighbours {
        (Some(before), Some(after)) => f32::midpoint(before, after),
        (one, other) => one.or(other).unwrap_or(0.0),
    });
    means.collect()
}

/// Each value, or the last one before it where it is missing.
fn carry_forward<'v>(values: impl Iterator<Item = &'v Option<f32>>) -> Vec<Option<f32>> {
    let carried = values.scan(None, |last: &mut Option<f32>, value| {
        *last = value.or(*last);
        Some(*last)
    });
    carried.collect()
}

/// One text of a pair.
struct InputText<'t> {
    full_text: &'t str,
    tokens: usize,
    lang: Lang,
    sentences: Vec<Span>,
}

impl<'t> InputText<'t> {
    fn new(text: &'t str) -> Self {
        let tokens = text.split_whitespace().count();
        let lang = guess_language(text_head(text));
        Self { full_text: text, tokens, lang, sentences: segment::split_sentences(text_head(text), lang) }
    }

    fn sentence_texts(&self) -> Vec<&'t str> {
        self.sentences.iter().map(|span| span.slice(self.full_text)).collect()
    }
}

/// Both sides of many pairs of sentences, or of one pair of documents.
struct EncodedPairs {
    sides: [EncodedSide; 2],
    chunks: [Chunks; 2],
    lexicon: WordLexicon,
    partners: [Vec<Vec<usize>>; 2],
    alignment_features: [Vec<AlignmentFeatures>; 2],
}

impl EncodedPairs {
    /// The features of the tokens of side `s` of each of `pairs`, given with the range of its sentences.
    fn side_token_features(
        &self,
        s: usize,
        pairs: &[(Range<usize>, [&InputText<'_>; 2])],
    ) -> Vec<TokenFeatures> {
        let (own, other) = (&self.sides[s], &self.sides[1 - s]);
        let matches = match_words(own, other, &self.partners[s], &self.lexicon);
        let chunk_matches =
            match_chunks((&self.chunks[s], own), (&self.chunks[1 - s], other), &self.partners[s]);
        let features = pairs.iter().map(|(sentences, texts)| {
            let input = FeatureInput {
                matches: &matches[sentences.clone()],
                chunks: &self.chunks[s].sentence_chunks[sentences.clone()],
                chunk_matches: &chunk_matches[sentences.clone()],
                alignment_features: &self.alignment_features[s][sentences.clone()],
                same_language: texts[0].lang == texts[1].lang,
                is_sentence_pair: texts.iter().all(|text| text.sentences.len() <= MAX_PAIR_SENTENCES),
            };
            let mut words: Vec<(Span, WordFeatures)> = Vec::new();
            let spans = zip(&texts[s].sentences, &own.word_spans[sentences.clone()]);
            for ((sentence, own), features) in spans.zip(word_features(&input)) {
                words.extend(zip(own.iter().map(|w| w.shifted_by(sentence.start)), features));
            }
            per_token(texts[s].full_text, &words)
        });
        features.collect()
    }
}

/// The features of pairs of single sentences, which are encoded together; `pairs` are indices into `texts`.
fn sentence_pair_features(
    encoder: &dyn Encoder,
    texts: &[[InputText<'_>; 2]],
    pairs: &[usize],
) -> Result<Vec<[TokenFeatures; 2]>> {
    let sentences =
        [0, 1].map(|s| pairs.iter().flat_map(|k| texts[*k][s].sentence_texts()).collect::<Vec<&str>>());
    let langs = [0, 1].map(|s| pairs.iter().map(|k| texts[*k][s].lang).collect::<Vec<Lang>>());
    let ([(a, chunks_a), (b, chunks_b)], lexicon) =
        Chunks::encode_both(encoder, [&sentences[0], &sentences[1]], [&langs[0], &langs[1]], 1)?;
    let cosines = (0..pairs.len())
        .map(|k| dot(&a.side.windows.window_vector(k, 1), &b.side.windows.window_vector(k, 1)));
    let alignment_features: Vec<AlignmentFeatures> =
        cosines.map(AlignmentFeatures::for_sentence_pair).collect();
    let partners: Vec<Vec<usize>> = (0..pairs.len()).map(|k| vec![k]).collect();
    let encoded = EncodedPairs {
        sides: [a, b],
        chunks: [chunks_a, chunks_b],
        lexicon,
        partners: [partners.clone(), partners],
        alignment_features: [alignment_features.clone(), alignment_features],
    };
    let each: Vec<_> =
        pairs.iter().enumerate().map(|(k, pair)| (k..k + 1, texts[*pair].each_ref())).collect();
    Ok(zip(encoded.side_token_features(0, &each), encoded.side_token_features(1, &each))
        .map(|(a, b)| [a, b])
        .collect())
}

/// The features of one pair of documents.
fn document_pair_features(encoder: &dyn Encoder, texts: &[InputText<'_>; 2]) -> Result<[TokenFeatures; 2]> {
    let sentences = [0, 1].map(|s| texts[s].sentence_texts());
    let langs = [0, 1].map(|s| vec![texts[s].lang; sentences[s].len()]);
    let ([(a, chunks_a), (b, chunks_b)], lexicon) =
        Chunks::encode_both(encoder, [&sentences[0], &sentences[1]], [&langs[0], &langs[1]], MAX_WINDOW)?;
    let aligner = Aligner::new(&a.side, &b.side, &lexicon);
    let alignment = aligner.align_sentences();
    let partners = partner_sentences(&alignment, aligner.nearest_sentences());
    let alignment_features =
        AlignmentFeatures::from_alignment(&alignment, [0, 1].map(|s| sentences[s].len()));
    let encoded =
        EncodedPairs { sides: [a, b], chunks: [chunks_a, chunks_b], lexicon, partners, alignment_features };
    Ok([0, 1].map(|s| {
        let features = encoded.side_token_features(s, &[(0..sentences[s].len(), texts.each_ref())]);
        features.into_iter().next().unwrap_or_default()
    }))
}

/// For each whitespace token the features of its word of the greatest difference.
fn per_token(text: &str, words: &[(Span, WordFeatures)]) -> TokenFeatures {
    let mut words = words.iter().peekable();
    let mut at = 0;
    let features = text.split_whitespace().map(|token| {
        let start = at + text[at..].find(token).unwrap_or(0);
        at = start + token.len();
        let mut most: Option<WordFeatures> = None;
        while let Some((_, features)) = words.next_if(|(span, _)| span.start < at) {
            if most.is_none_or(|most| word_difference(features) > word_difference(&most)) {
                most = Some(*features);
            }
        }
        most
    });
    features.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::features::WORD_FEATURES;

    #[test]
    fn every_token_has_its_own_words() {
        let text = "  a b-c , a\u{a0}d ";
        let marked = |place: usize, bias: f32| {
            let mut features = WordFeatures::default();
            features.values[22] = bias;
            (Span::new(place, place + 1), features)
        };
        let found = per_token(text, &[marked(2, 1.0), marked(4, 2.0), marked(10, 3.0), marked(13, 4.0)]);
        let first: Vec<Option<f32>> = found.iter().map(|f| f.map(|f| f.values[22])).collect();
        assert_eq!(first, [Some(1.0), Some(2.0), None, Some(3.0), Some(4.0)]);
    }

    #[test]
    fn a_token_without_a_word_has_the_mean_of_its_neighbours() {
        let near = WordFeatures { is_sentence_pair: true, values: [1.0; WORD_FEATURES] };
        let mut far = near;
        far.values[12] = -3.0;
        let found = token_differences(&[None, Some(far), None, Some(near), None, None]);
        assert!(found[1] > found[3], "{found:?}");
        let expected = [found[1], found[1], f32::midpoint(found[1], found[3]), found[3], found[3], found[3]];
        assert!(zip(&found, expected).all(|(x, y)| (x - y).abs() < 1e-6), "{found:?}");
        assert!(token_differences(&[None, None]).iter().all(|d| *d == 0.0));
    }

    #[test]
    fn parts_hold_a_bounded_size() {
        let sizes = [MAX_BATCH_BYTES / 2, MAX_BATCH_BYTES / 3, MAX_BATCH_BYTES, 10, 2 * MAX_BATCH_BYTES, 0];
        let parts = split_bounded(&sizes, |size| *size);
        assert_eq!(parts.concat(), sizes);
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [2, 1, 1, 1, 1]);
        assert!(split_bounded(&[0; 0], |size| *size).is_empty());
    }

    #[test]
    fn a_head_ends_at_a_character() {
        let text = "é".repeat(MAX_SCORED_BYTES);
        assert_eq!(text_head(&text).len(), MAX_SCORED_BYTES);
        let text = format!("a{text}");
        assert_eq!(text_head(&text).len(), MAX_SCORED_BYTES - 1);
        assert_eq!(text_head("short"), "short");
    }
}
