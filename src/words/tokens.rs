//! Word differences of two bare texts, by whitespace token.

use std::iter::zip;
use std::ops::Range;

use rayon::prelude::*;

use super::chunks::{Chunks, find};
use super::difference::difference;
use super::features::{BRIEF, FeatureInput, Standing, WordFeatures, features};
use super::word_match::{EncodedSide, links};
use crate::align::{Aligner, Lexicon, MAX_RUN, partners};
use crate::article::guess;
use crate::encode::{Encoder, dot};
use crate::error::Result;
use crate::segment;
use crate::text::{Lang, Span};

/// Bytes of a text whose tokens are scored; more than the longest newspaper page.
pub const MAX_READ: usize = 1 << 18;

/// Bytes of pairs of single sentences that are encoded at a time: some hundreds. Far fewer words than a lexicon holds, so
/// that no pair takes another's place in it.
const TOGETHER: usize = 1 << 16;

/// The features of each whitespace token, `None` for one without a word or past what is looked at.
pub type TokenFeatures = Vec<Option<WordFeatures>>;

/// The beginning of a text, as far as it is looked at.
pub(crate) fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_READ)]
}

/// What [`differences`] is computed from, for each token of both texts of each pair. Languages are not told; pairs do
/// not influence one another.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn token_features(encoder: &dyn Encoder, pairs: &[(&str, &str)]) -> Result<Vec<[TokenFeatures; 2]>> {
    let texts: Vec<[Text<'_>; 2]> = pairs.par_iter().map(|(a, b)| [Text::new(a), Text::new(b)]).collect();
    let mut found: Vec<[TokenFeatures; 2]> =
        texts.iter().map(|sides| [0, 1].map(|s| vec![None; sides[s].tokens])).collect();
    let differ: Vec<usize> = (0..pairs.len()).filter(|k| pairs[*k].0 != pairs[*k].1).collect();
    let single = |k: &usize| texts[*k].iter().all(|text| text.sentences.len() == 1);
    let (single, documents): (Vec<usize>, Vec<usize>) = differ.into_iter().partition(single);
    let parts = bounded(&single, |k| texts[*k].iter().map(|text| head(text.whole).len()).sum());
    let sentences: Vec<Vec<[TokenFeatures; 2]>> =
        parts.par_iter().map(|part| of_sentences(encoder, &texts, part)).collect::<Result<_>>()?;
    let documents_found: Vec<[TokenFeatures; 2]> =
        documents.par_iter().map(|k| of_documents(encoder, &texts[*k])).collect::<Result<_>>()?;
    for (k, features) in zip(single, sentences.into_iter().flatten()).chain(zip(documents, documents_found)) {
        found[k] = features;
    }
    Ok(found)
}

/// Runs of items whose sizes come to no more than [`TOGETHER`]; a greater item stands alone.
pub(crate) fn bounded<T>(items: &[T], size: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let (mut rest, mut parts) = (items, Vec::new());
    while !rest.is_empty() {
        let mut sum = 0;
        let fit = rest.iter().take_while(|item| {
            sum += size(item);
            sum <= TOGETHER
        });
        parts.extend(rest.split_off(..fit.count().max(1)));
    }
    parts
}

/// The difference of each whitespace token, 0 to 1. One without a word goes with those beside it: readers mark the
/// stops inside what they mark.
#[must_use]
pub fn differences(tokens: &[Option<WordFeatures>]) -> Vec<f32> {
    let own: Vec<Option<f32>> = tokens.iter().map(|features| features.as_ref().map(difference)).collect();
    let last = |last: &mut Option<f32>, own: &Option<f32>| {
        *last = own.or(*last);
        Some(*last)
    };
    let before: Vec<Option<f32>> = own.iter().scan(None, last).collect();
    let mut after: Vec<Option<f32>> = own.iter().rev().scan(None, last).collect();
    after.reverse();
    let both = |(before, after): (Option<f32>, Option<f32>)| match (before, after) {
        (Some(before), Some(after)) => f32::midpoint(before, after),
        (one, other) => one.or(other).unwrap_or(0.0),
    };
    zip(before, after).map(both).collect()
}

/// One text of a pair.
struct Text<'t> {
    whole: &'t str,
    tokens: usize,
    lang: Lang,
    sentences: Vec<Span>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str) -> Self {
        let tokens = text.split_whitespace().count();
        let lang = guess(head(text));
        Self { whole: text, tokens, lang, sentences: segment::sentences(head(text), lang) }
    }

    fn sentences(&self) -> Vec<&'t str> {
        self.sentences.iter().map(|span| span.of(self.whole)).collect()
    }
}

/// Both sides of many pairs of sentences, or of one pair of documents.
struct Encoded {
    told: [EncodedSide; 2],
    chunks: [Chunks; 2],
    lexicon: Lexicon,
    partners: [Vec<Vec<usize>>; 2],
    standings: [Vec<Standing>; 2],
}

impl Encoded {
    /// The features of the tokens of one side of each of `pairs`, which `sentences` belong to.
    fn tokens(&self, s: usize, pairs: &[(Range<usize>, [&Text<'_>; 2])]) -> Vec<TokenFeatures> {
        let (own, other) = (&self.told[s], &self.told[1 - s]);
        let links = links(own, other, &self.partners[s], &self.lexicon);
        let found = find((&self.chunks[s], own), (&self.chunks[1 - s], other), &self.partners[s]);
        let of_pair = |(sentences, texts): &(Range<usize>, [&Text<'_>; 2])| {
            let told = FeatureInput {
                links: &links[sentences.clone()],
                chunks: &self.chunks[s].of_sentence[sentences.clone()],
                found: &found[sentences.clone()],
                standings: &self.standings[s][sentences.clone()],
                same_language: texts[0].lang == texts[1].lang,
                brief: texts.iter().all(|text| text.sentences.len() <= BRIEF),
            };
            let mut words: Vec<(Span, WordFeatures)> = Vec::new();
            let spans = zip(&texts[s].sentences, &own.words[sentences.clone()]);
            for ((sentence, own), features) in spans.zip(features(&told)) {
                words.extend(zip(own.iter().map(|w| w.shifted(sentence.start)), features));
            }
            per_token(texts[s].whole, &words)
        };
        pairs.iter().map(of_pair).collect()
    }
}

/// Pairs of single sentences, encoded together.
fn of_sentences(
    encoder: &dyn Encoder,
    texts: &[[Text<'_>; 2]],
    pairs: &[usize],
) -> Result<Vec<[TokenFeatures; 2]>> {
    let sentences =
        [0, 1].map(|s| pairs.iter().flat_map(|k| texts[*k][s].sentences()).collect::<Vec<&str>>());
    let langs = [0, 1].map(|s| pairs.iter().map(|k| texts[*k][s].lang).collect::<Vec<Lang>>());
    let ([(a, chunks_a), (b, chunks_b)], lexicon) =
        Chunks::of_both(encoder, [&sentences[0], &sentences[1]], [&langs[0], &langs[1]], 1)?;
    let cosine = |k: usize| dot(&a.side.runs.vector(k, 1), &b.side.runs.vector(k, 1));
    let standings: Vec<Standing> = (0..pairs.len()).map(|k| Standing::paired(cosine(k))).collect();
    let partners: Vec<Vec<usize>> = (0..pairs.len()).map(|k| vec![k]).collect();
    let encoded = Encoded {
        told: [a, b],
        chunks: [chunks_a, chunks_b],
        lexicon,
        partners: [partners.clone(), partners],
        standings: [standings.clone(), standings],
    };
    let each: Vec<_> =
        pairs.iter().enumerate().map(|(k, pair)| (k..k + 1, texts[*pair].each_ref())).collect();
    Ok(zip(encoded.tokens(0, &each), encoded.tokens(1, &each)).map(|(a, b)| [a, b]).collect())
}

/// One pair of documents.
fn of_documents(encoder: &dyn Encoder, texts: &[Text<'_>; 2]) -> Result<[TokenFeatures; 2]> {
    let sentences = [0, 1].map(|s| texts[s].sentences());
    let langs = [0, 1].map(|s| vec![texts[s].lang; sentences[s].len()]);
    let ([(a, chunks_a), (b, chunks_b)], lexicon) =
        Chunks::of_both(encoder, [&sentences[0], &sentences[1]], [&langs[0], &langs[1]], MAX_RUN)?;
    let aligner = Aligner::new(&a.side, &b.side, &lexicon);
    let alignment = aligner.align();
    let partners = partners(&alignment, aligner.nearest());
    let standings = Standing::all(&alignment, [0, 1].map(|s| sentences[s].len()));
    let encoded = Encoded { told: [a, b], chunks: [chunks_a, chunks_b], lexicon, partners, standings };
    let side = |s: usize| encoded.tokens(s, &[(0..sentences[s].len(), texts.each_ref())]).into_iter().next();
    Ok([0, 1].map(|s| side(s).unwrap_or_default()))
}

/// The features of the word in each whitespace token that differs most.
fn per_token(text: &str, words: &[(Span, WordFeatures)]) -> TokenFeatures {
    let mut words = words.iter().peekable();
    let mut at = 0;
    let mut of_token = |token: &str| {
        let start = at + text[at..].find(token).unwrap_or(0);
        at = start + token.len();
        let mut most: Option<WordFeatures> = None;
        while let Some((_, features)) = words.next_if(|(span, _)| span.start < at) {
            if most.is_none_or(|most| difference(features) > difference(&most)) {
                most = Some(*features);
            }
        }
        most
    };
    text.split_whitespace().map(&mut of_token).collect()
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
    fn a_token_without_a_word_goes_with_its_neighbours() {
        let near = WordFeatures { brief: true, values: [1.0; WORD_FEATURES] };
        let mut far = near;
        far.values[12] = -3.0;
        let found = differences(&[None, Some(far), None, Some(near), None, None]);
        assert!(found[1] > found[3], "{found:?}");
        let expected = [found[1], found[1], f32::midpoint(found[1], found[3]), found[3], found[3], found[3]];
        assert!(zip(&found, expected).all(|(x, y)| (x - y).abs() < 1e-6), "{found:?}");
        assert!(differences(&[None, None]).iter().all(|d| *d == 0.0));
    }

    #[test]
    fn parts_hold_a_bounded_size() {
        let sizes = [TOGETHER / 2, TOGETHER / 3, TOGETHER, 10, 2 * TOGETHER, 0];
        let parts = bounded(&sizes, |size| *size);
        assert_eq!(parts.concat(), sizes);
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [2, 1, 1, 1, 1]);
        assert!(bounded(&[0; 0], |size| *size).is_empty());
    }

    #[test]
    fn a_head_ends_at_a_character() {
        let text = "é".repeat(MAX_READ);
        assert_eq!(head(&text).len(), MAX_READ);
        let text = format!("a{text}");
        assert_eq!(head(&text).len(), MAX_READ - 1);
        assert_eq!(head("short"), "short");
    }
}
