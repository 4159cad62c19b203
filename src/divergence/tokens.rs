//! Word differences of two bare texts, by whitespace token.

use std::iter::zip;

use rayon::prelude::*;

use super::difference::{Standing, WordFeatures, difference, features};
use super::pair::partners;
use super::words::{Told, links};
use crate::align::{self, Aligner};
use crate::article::guess;
use crate::encode::Encoder;
use crate::error::Result;
use crate::segment;
use crate::text::Span;

/// Bytes of a text that are looked at; more than the longest newspaper page.
pub(super) const READ: usize = 1 << 18;

/// The features of each whitespace token, `None` for one without a word or past what is looked at.
pub type TokenFeatures = Vec<Option<WordFeatures>>;

/// The beginning of a text, as far as it is looked at.
pub(super) fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(READ)]
}

/// What [`differences`] is computed from, for each token of both texts of each pair. Languages are not told; pairs do
/// not influence one another.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn token_features(encoder: &dyn Encoder, pairs: &[(&str, &str)]) -> Result<Vec<[TokenFeatures; 2]>> {
    pairs.par_iter().map(|(a, b)| of_pair(encoder, a, b)).collect()
}

/// The difference of each whitespace token, 0 to 1; 0 for one without a word.
#[must_use]
pub fn differences(tokens: &[Option<WordFeatures>]) -> Vec<f32> {
    tokens.iter().map(|features| features.as_ref().map_or(0.0, difference)).collect()
}

fn of_pair(encoder: &dyn Encoder, a: &str, b: &str) -> Result<[TokenFeatures; 2]> {
    if a == b {
        return Ok([a, b].map(|text| vec![None; text.split_whitespace().count()]));
    }
    let heads = [head(a), head(b)];
    let langs = heads.map(guess);
    let spans = [0, 1].map(|s| segment::sentences(heads[s], langs[s]));
    let texts = [0, 1].map(|s| spans[s].iter().map(|span| span.of(heads[s])).collect::<Vec<&str>>());
    let single = texts.iter().all(|t| t.len() == 1);
    let (side_a, side_b, lexicon, partners, standings);
    if single {
        (side_a, side_b, lexicon) = align::encode_single(encoder, &texts[0], &texts[1])?;
        let cosine = zip(side_a.runs.vector(0, 1), side_b.runs.vector(0, 1)).map(|(x, y)| x * y).sum();
        partners = [(); 2].map(|()| vec![vec![0]]);
        standings = [(); 2].map(|()| vec![Standing::paired(cosine)]);
    } else {
        (side_a, side_b, lexicon) = align::encode(encoder, &texts[0], &texts[1])?;
        let aligner = Aligner::new(&side_a, &side_b, &lexicon);
        let alignment = aligner.align();
        partners = self::partners(&alignment, aligner.nearest());
        standings = Standing::all(&alignment, aligner.nearest());
    }
    let told = |s: usize, side| Told::new(encoder, &texts[s], &vec![langs[s]; texts[s].len()], side);
    let (told_a, told_b) = (told(0, side_a)?, told(1, side_b)?);
    let tokens = |s: usize, text: &str, from: &Told, to: &Told| {
        let features = features(&links(from, to, &partners[s], &lexicon), &standings[s]);
        let mut words: Vec<(Span, WordFeatures)> = Vec::new();
        for ((sentence, own), features) in zip(&spans[s], &from.words).zip(features) {
            words.extend(zip(own.iter().map(|w| w.shifted(sentence.start)), features));
        }
        per_token(text, &words)
    };
    Ok([tokens(0, a, &told_a, &told_b), tokens(1, b, &told_b, &told_a)])
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

    #[test]
    fn every_token_has_its_own_words() {
        let text = "  a b-c , a\u{a0}d ";
        let marked = |place: usize, bias: f32| {
            let mut features = WordFeatures::default();
            features[0] = bias;
            (Span::new(place, place + 1), features)
        };
        let found = per_token(text, &[marked(2, 1.0), marked(4, 2.0), marked(10, 3.0), marked(13, 4.0)]);
        let first: Vec<Option<f32>> = found.iter().map(|f| f.map(|f| f[0])).collect();
        assert_eq!(first, [Some(1.0), Some(2.0), None, Some(3.0), Some(4.0)]);
    }

    #[test]
    fn a_head_ends_at_a_character() {
        let text = "é".repeat(READ);
        assert_eq!(head(&text).len(), READ);
        let text = format!("a{text}");
        assert_eq!(head(&text).len(), READ - 1);
        assert_eq!(head("short"), "short");
    }
}
