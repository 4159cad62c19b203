//! The words of a garbled version that were put in the place of words of another version.
//!
//! In one language the aligned sentences are compared word by word. Across languages a word is a substitution where the
//! language data list the words that it replaces and the other version has these in its place.

mod aligned_words;
mod hunks;
mod listed;
mod names;
mod row;
mod text_vectors;

pub use aligned_words::MAX_GROUP_WORDS;
pub use row::{Basis, Substitution};

use super::lexicon::GarbleLexicon;
use crate::divergence::VersionPair;
use crate::encode::Encoder;
use crate::error::Result;
use crate::text::Which;
use aligned_words::{AlignedWords, word_grams};
use hunks::MAX_PHRASE_WORDS;
use listed::{ListedCandidate, MAX_FACING_WORDS};
use text_vectors::TextVectors;

/// The substitutions of a pair.
#[derive(Default)]
pub(super) struct SubstitutionTable {
    /// The rows with the most places first, then in the order of the text.
    pub(super) rows: Vec<Substitution>,
    /// The number of groups of more than [`MAX_GROUP_WORDS`] words, which are not searched.
    pub(super) passed_over: usize,
}

/// The substitutions of one side of a pair.
///
/// # Errors
/// If the encoder cannot read its weights.
pub(super) fn find_substitutions(
    pair: &VersionPair<'_>,
    garbled: Which,
    encoder: &dyn Encoder,
) -> Result<SubstitutionTable> {
    let (own, other) = (pair.side_version(garbled), pair.side_version(garbled.other_side()));
    let Some(lexicon) = GarbleLexicon::for_lang(own.article.lang) else {
        return Ok(SubstitutionTable::default());
    };
    let groups: Vec<AlignedWords> =
        (0..pair.groups.len()).map(|group| AlignedWords::new(pair, group, garbled, encoder)).collect();
    let all = groups.len();
    let groups: Vec<AlignedWords> = groups.into_iter().filter(AlignedWords::is_short_enough).collect();
    let texts = [own.article.text.as_str(), other.article.text.as_str()];
    let same_language = own.article.lang == other.article.lang;
    let mut places = Vec::new();
    for group in 0..pair.groups.len() {
        places.extend(names::name_places(pair, group, garbled));
    }
    let candidates: Vec<ListedCandidate> =
        groups.iter().flat_map(|group| group.listed_candidates(texts[0], lexicon)).collect();
    let mut vectors = TextVectors::default();
    for candidate in &candidates {
        vectors.add_text(candidate.span.slice(texts[0]));
        candidate.meant.iter().for_each(|meant| vectors.add_text(meant));
    }
    for group in &groups {
        // Any words of the other side may be the replaced ones.
        word_grams(&group.other, 0..group.other.len(), MAX_FACING_WORDS, texts[1])
            .for_each(|gram| vectors.add_text(gram.slice(texts[1])));
        if same_language {
            for hunk in group.changed_hunks() {
                word_grams(&group.own, hunk.own.clone(), MAX_PHRASE_WORDS, texts[0])
                    .for_each(|gram| vectors.add_text(gram.slice(texts[0])));
                word_grams(&group.other, hunk.other, MAX_PHRASE_WORDS, texts[1])
                    .for_each(|gram| vectors.add_text(gram.slice(texts[1])));
            }
        }
    }
    vectors.encode_texts(encoder)?;
    for group in &groups {
        let listed = group.listed_candidates(texts[0], lexicon);
        places.extend(group.known_places(&listed, texts, same_language, &vectors));
        if same_language {
            places.extend(group.aligned_places([own, other], &vectors));
        }
    }
    Ok(SubstitutionTable {
        rows: row::merge_places(places, texts, same_language),
        passed_over: all - groups.len(),
    })
}
