//! Whether a text was garbled: put through a table of synonyms, or through a machine translation.
//!
//! [`garble`] judges one version by signs that stand alone, without the encoder; [`between()`] says, with another
//! version at hand, which words stand for which.

mod between;
mod lexicon;
mod score;
mod signs;
mod table;
mod text;

use crate::divergence::Version;
use crate::text::{Lang, Span};

pub use between::{Between, Direction, Reason, between};
pub use signs::SIGNS;
pub use table::{Basis, MAX_LOOKED_AT, Substitution};

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
pub enum Verdict {
    /// Too little speaks for either.
    Clean,
    /// See [`Garbling::Translated`].
    MachineTranslated,
    /// See [`Garbling::Spun`].
    Spun,
    /// Too short, or in a language without data.
    CannotTell,
}

impl Verdict {
    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::MachineTranslated => "machine_translated",
            Self::Spun => "spun",
            Self::CannotTell => "cannot_tell",
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
    pub of: Garbling,
    check: fn(&text::Text<'_>) -> Vec<signs::Hit>,
}

/// A place that speaks for a garbling.
#[derive(Clone, Debug)]
pub struct Sign {
    /// What kind of sign it is.
    pub rule: &'static SignRule,
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// What the words stand for, where that is known; the likeliest first.
    pub meant: Vec<String>,
    /// The language that a leftover is of, where that is known.
    pub from: Option<Lang>,
}

/// What is to be said of one version.
#[derive(Clone, Debug)]
pub struct Garble {
    /// What it comes to.
    pub verdict: Verdict,
    /// The chance that the text was garbled either way, 0 to 1.
    pub score: f32,
    /// The chance that it was spun.
    pub spun: f32,
    /// The chance that it was translated by a machine.
    pub translated: f32,
    /// How many words were looked at.
    pub words: usize,
    /// The language of its leftovers, where they have one.
    pub from: Option<Lang>,
    /// What speaks for it, in the order of the text.
    pub signs: Vec<Sign>,
}

/// How many different signs of each kind of [`SIGNS`] there are, as the score counts them: see `tests/fit/garble.py`.
pub type SignCounts = [f32; signs::COUNT];

/// Judges one version. Linear in its length.
#[must_use]
pub fn garble(version: &Version) -> Garble {
    let Some(text) = text::Text::new(version) else {
        return Garble {
            verdict: Verdict::CannotTell,
            score: 0.0,
            spun: 0.0,
            translated: 0.0,
            words: 0,
            from: None,
            signs: Vec::new(),
        };
    };
    let signs = signs::all(&text);
    let words = text.count();
    let counts = score::counts(&signs, text.whole(), words);
    let [spun, translated] = score::chances(&counts);
    let mut leftovers = signs.iter().filter_map(|sign| sign.from);
    let from = leftovers.next().filter(|first| leftovers.all(|other| other == *first));
    Garble {
        verdict: score::verdict(spun, translated, words),
        score: spun.max(translated),
        spun,
        translated,
        words,
        from,
        signs,
    }
}

/// What the score of a version is computed from, in the order of [`SIGNS`].
#[must_use]
pub fn sign_counts(version: &Version) -> SignCounts {
    text::Text::new(version)
        .map_or([0.0; signs::COUNT], |text| score::counts(&signs::all(&text), text.whole(), text.count()))
}
