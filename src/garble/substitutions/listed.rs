//! Substitutions that the language data list.

use std::ops::Range;

use super::super::lexicon::GarbleLexicon;
use super::aligned_words::{AlignedWords, MIN_INFORMATION, max_value, phrase_span};
use super::row::{Basis, SubstitutionPlace};
use super::text_vectors::TextVectors;
use crate::text::Span;

/// Most words of the other version that a listed phrase can be in the place of.
pub(super) const MAX_FACING_WORDS: usize = 2;

/// Least cosine of the listed meaning with the words of the other version: translations of single words have .6 and more.
const MIN_MEANT_COSINE: f32 = 0.55;

/// The same for words that are not informative by themselves.
const SURE_MEANT_COSINE: f32 = 0.87;

/// Least difference by which the listed meaning has to be nearer than the garbled word.
const MIN_COSINE_GAIN: f32 = 0.05;

/// Cost of a word at the other end of the sentence.
const DISTANCE_COST: f32 = 0.15;

/// Cost of each further word: "der Branche" is no better than "Branche".
const EXTRA_WORD_COST: f32 = 0.08;

/// Words of the garbled version that the language data list as replacements.
pub(super) struct ListedCandidate {
    /// Index of the first among the group's words.
    at: usize,
    pub(super) span: Span,
    /// The words that they replace.
    pub(super) meant: Vec<String>,
    /// Whether they are wrong whatever the other version has.
    sure: bool,
}

/// Words of the other version that a listed candidate may be in the place of.
struct CandidateFit {
    value: f32,
    at: Range<usize>,
    place: SubstitutionPlace,
}

impl AlignedWords {
    /// The listed words of the garbled version.
    pub(super) fn listed_candidates(&self, text: &str, lexicon: &GarbleLexicon) -> Vec<ListedCandidate> {
        let lists = [
            (&lexicon.names, true),
            (&lexicon.phrases, true),
            (&lexicon.words, false),
            (&lexicon.plain, false),
        ];
        let mut candidates = Vec::new();
        let mut k = 0;
        while k < self.own.len() {
            let matches = lists.iter().rev().filter_map(|(list, sure)| {
                let (length, meant) = list.longest_match(text, &self.own[k..])?;
                Some((length, meant, *sure))
            });
            // The longest, and of two equal ones the surer.
            let longest = matches.max_by_key(|(length, _, _)| *length);
            let Some((length, meant, sure)) = longest else {
                k += 1;
                continue;
            };
            let words = &self.own[k..k + length];
            let span = Span::new(words[0].span.start, words[length - 1].core_span(text).end);
            let number =
                words.iter().find(|word| word.is_number()).map_or("", |word| word.compared_form(true));
            let meant = meant.iter().map(|meant| meant.replace('#', number)).collect();
            candidates.push(ListedCandidate { at: k, span, meant, sure });
            k += length;
        }
        candidates
    }

    /// The places where the other version has the meaning of listed words. Each word of the other side is taken once, by
    /// the listed words that fit best.
    pub(super) fn known_places(
        &self,
        candidates: &[ListedCandidate],
        texts: [&str; 2],
        same_language: bool,
        vectors: &TextVectors,
    ) -> Vec<SubstitutionPlace> {
        let all = candidates.iter().enumerate();
        let mut options: Vec<(usize, CandidateFit)> = all
            .flat_map(|(k, candidate)| {
                let fits = self.candidate_fits(candidate, texts, same_language, vectors);
                fits.into_iter().map(move |fit| (k, fit))
            })
            .collect();
        options.sort_by(|(_, x), (_, y)| y.value.total_cmp(&x.value));
        let (mut placed, mut taken) = (vec![false; candidates.len()], vec![false; self.other.len()]);
        let mut places = Vec::new();
        for (k, fit) in options {
            if placed[k] || fit.at.clone().any(|word| taken[word]) {
                continue;
            }
            placed[k] = true;
            taken[fit.at].fill(true);
            places.push(fit.place);
        }
        places
    }

    /// All words of the other side that a candidate may be in the place of.
    fn candidate_fits(
        &self,
        candidate: &ListedCandidate,
        texts: [&str; 2],
        same_language: bool,
        vectors: &TextVectors,
    ) -> Vec<CandidateFit> {
        let place = candidate.at as f32 / self.own.len() as f32;
        let garbled = candidate.span.slice(texts[0]);
        let mut fits = Vec::new();
        for start in 0..self.other.len() {
            let far = DISTANCE_COST * (start as f32 / self.other.len() as f32 - place).abs();
            for end in start + 1..=self.other.len().min(start + MAX_FACING_WORDS) {
                let span = phrase_span(&self.other[start..end], texts[1]);
                let facing = span.slice(texts[1]);
                let facing_information = max_value(&self.information[1][start..end]);
                for meant in &candidate.meant {
                    let information = facing_information.min(vectors.text_information(meant));
                    let similarity = vectors.text_cosine(meant, facing);
                    let gain = similarity - vectors.text_cosine(garbled, facing);
                    let is_meant = if same_language {
                        meant.to_lowercase() == facing.to_lowercase()
                    } else {
                        similarity
                            >= if information >= MIN_INFORMATION {
                                MIN_MEANT_COSINE
                            } else {
                                SURE_MEANT_COSINE
                            }
                    };
                    if is_meant && (gain >= MIN_COSINE_GAIN || candidate.sure && gain > 0.0) {
                        let meant = (!same_language).then(|| meant.clone());
                        let more = EXTRA_WORD_COST * (end - start - 1) as f32;
                        let place = SubstitutionPlace {
                            garbled: candidate.span,
                            original: span,
                            meant,
                            basis: Basis::Known,
                            similarity,
                        };
                        fits.push(CandidateFit { value: similarity - far - more, at: start..end, place });
                    }
                }
            }
        }
        fits
    }
}
