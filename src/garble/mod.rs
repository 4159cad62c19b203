//! Whether a text was garbled: put through a table of synonyms, or through a machine translation.
//!
//! [`garble`] judges one version by signs that stand alone, without the encoder; [`between()`] says, with another
//! version at hand, which words stand for which.

mod comparison;
mod lexicon;
mod score;
mod signs;
mod substitutions;
mod text;

use crate::divergence::Version;
use crate::text::{Lang, Span};

pub use comparison::{CopyDirection, DirectionReason, GarbleComparison, compare_garbling};
pub use signs::SIGNS;
pub use substitutions::{Basis, MAX_GROUP_WORDS, Substitution};

/// How a text was garbled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Garbling {
    /// Word by word, through a table of synonyms.
    Spun,
    /// Through a machine translation that shows.
    Translated,
}

/// What a text's signs come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GarbleVerdict {
    /// Too little speaks for either.
    Clean,
    /// See [`Garbling::Translated`].
    MachineTranslated,
    /// See [`Garbling::Spun`].
    Spun,
    /// Too short, or in a language without data.
    Undecided,
}

impl GarbleVerdict {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::MachineTranslated => "machine_translated",
            Self::Spun => "spun",
            Self::Undecided => "cannot_tell",
        }
    }

    /// Whether it says that the text was garbled.
    #[must_use]
    pub fn is_garbled(self) -> bool {
        matches!(self, Self::MachineTranslated | Self::Spun)
    }
}

/// One kind of sign. Rules of one name are equal.
#[derive(Clone, Copy, Debug)]
pub struct SignRule {
    /// Its name.
    pub name: &'static str,
    /// What it finds, as a noun phrase.
    pub finds: &'static str,
    /// What it speaks for.
    pub garbling: Garbling,
    find_hits: fn(&text::GarbleText<'_>) -> Vec<signs::SignHit>,
}

/// A place that speaks for a garbling.
#[derive(Clone, Debug)]
pub struct GarbleSign {
    /// What kind of sign it is.
    pub rule: &'static SignRule,
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// What the words stand for, where that is known; the likeliest first.
    pub meant: Vec<String>,
    /// The language that a leftover is of, where that is known.
    pub from_lang: Option<Lang>,
}

/// What is to be said of one version.
#[derive(Clone, Debug)]
pub struct GarbleJudgement {
    /// What it comes to.
    pub verdict: GarbleVerdict,
    /// The chance that the text was garbled either way, 0 to 1.
    pub score: f32,
    /// The chance that it was spun.
    pub spun: f32,
    /// The chance that it was translated by a machine.
    pub translated: f32,
    /// How many words were looked at.
    pub words: usize,
    /// The language of its leftovers, where they have one.
    pub from_lang: Option<Lang>,
    /// What speaks for it, in the order of the text.
    pub signs: Vec<GarbleSign>,
}

/// How many different signs of each kind of [`SIGNS`] there are, as the score counts them: see `tests/fit/garble.py`.
pub type SignCounts = [f32; signs::SIGN_COUNT];

/// Judges one version. Linear in its length.
#[must_use]
pub fn judge_garbling(version: &Version) -> GarbleJudgement {
    let Some(text) = text::GarbleText::new(version) else {
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

/// What the score of a version is computed from, in the order of [`SIGNS`].
#[must_use]
pub fn sign_counts(version: &Version) -> SignCounts {
    text::GarbleText::new(version).map_or([0.0; signs::SIGN_COUNT], |text| {
        score::count_signs(&signs::find_signs(&text), text.full_text(), text.compared_word_count())
    })
}
