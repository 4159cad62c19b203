//! One version judged by its signs, without the encoder.

use super::score::{self, GarbleVerdict, SignCounts};
use super::signs::{self, GarbleSign};
use super::text::GarbleText;
use crate::divergence::Version;
use crate::text::Lang;

/// The judgement of one version.
#[derive(Clone, Debug)]
pub struct GarbleJudgement {
    /// The verdict by the chances and the length.
    pub verdict: GarbleVerdict,
    /// The chance that the text was garbled either way, 0 to 1.
    pub score: f32,
    /// The chance that it was spun, 0 to 1.
    pub spun: f32,
    /// The chance that it was translated by a machine, 0 to 1.
    pub translated: f32,
    /// Words outside bylines and boilerplate.
    pub words: usize,
    /// The language of its leftovers, where they are of one language.
    pub from_lang: Option<Lang>,
    /// The evidence, in the order of the text.
    pub signs: Vec<GarbleSign>,
}

/// Judges one version. Linear in its length.
#[must_use]
pub fn judge_garbling(version: &Version) -> GarbleJudgement {
    let Some(text) = GarbleText::new(version) else {
        return GarbleJudgement {
            verdict: GarbleVerdict::Undecided,
            score: 0.0,
            spun: 0.0,
            translated: 0.0,
            words: 0,
            from_lang: None,
            signs: Vec::new(),
        };
    };
    let signs = signs::find_signs(&text);
    let words = text.compared_word_count();
    let counts = score::count_signs(&signs, text.full_text(), words);
    let [spun, translated] = score::garbling_chances(&counts);
    let mut leftovers = signs.iter().filter_map(|sign| sign.from_lang);
    let from = leftovers.next().filter(|first| leftovers.all(|other| other == *first));
    GarbleJudgement {
        verdict: score::choose_verdict(spun, translated, words),
        score: spun.max(translated),
        spun,
        translated,
        words,
        from_lang: from,
        signs,
    }
}

/// The input of the score of a version, in the order of [`SIGNS`](super::SIGNS); zeros for a language without data.
#[must_use]
pub fn sign_counts(version: &Version) -> SignCounts {
    GarbleText::new(version).map_or([0.0; signs::SIGN_COUNT], |text| {
        score::count_signs(&signs::find_signs(&text), text.full_text(), text.compared_word_count())
    })
}
