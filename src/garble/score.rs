//! The chances of a garbling by the signs of a text, and the verdict.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use strum::VariantArray;

use super::signs::{GarbleSign, SIGN_COUNT, SIGNS};
use crate::models::{self, LinearModel};

/// For each kind of [`SIGNS`] the number of different ones, on the scale of the score: see `tests/fit/garble.py`.
pub type SignCounts = [f32; SIGN_COUNT];

/// The verdict on a text by its signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
#[non_exhaustive]
pub enum GarbleVerdict {
    /// Too little evidence of either garbling.
    Clean,
    /// See [`Garbling::Translated`](super::Garbling::Translated).
    MachineTranslated,
    /// See [`Garbling::Spun`](super::Garbling::Spun).
    Spun,
    /// Too short, or in a language without data.
    Undecided,
}

impl GarbleVerdict {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

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

    /// Whether the text is judged to be garbled, either way.
    #[must_use]
    pub fn is_garbled(self) -> bool {
        matches!(self, Self::MachineTranslated | Self::Spun)
    }
}

/// Words of a short news report. A longer text has more signs by chance, so there their number is scaled down.
const REPORT_WORDS: f32 = 400.0;

/// Fewest words of a text that may be called clean.
const MIN_CLEAN_WORDS: usize = 60;

/// Least chance of a garbled text.
const MIN_GARBLED_CHANCE: f32 = 0.5;

/// For each kind of sign `ln(1 + n)`, where `n` is the number of different ones in a text of [`REPORT_WORDS`]
/// words.
pub(super) fn count_signs(signs: &[GarbleSign], text: &str, words: usize) -> SignCounts {
    let scale = REPORT_WORDS / REPORT_WORDS.max(words as f32);
    let mut counts = [0.0; SIGN_COUNT];
    for (count, rule) in counts.iter_mut().zip(&SIGNS) {
        let own = signs.iter().filter(|sign| sign.rule.name == rule.name);
        let different: BTreeSet<String> = own.map(|sign| sign_habit(sign.span.slice(text))).collect();
        *count = (different.len() as f32 * scale).ln_1p();
    }
    counts
}

/// The habit that a sign shows, counted once: 35 % and 8 % are one habit.
fn sign_habit(sign: &str) -> String {
    let mut habit: Vec<char> =
        sign.to_lowercase().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    habit.dedup_by(|next, before| *next == '#' && *before == '#');
    habit.into_iter().collect()
}

/// The chances, 0 to 1, that a text with these counts was spun, and that it was translated by a machine: two logistic
/// models.
pub(super) fn garbling_chances(counts: &SignCounts) -> [f32; 2] {
    static MODELS: LazyLock<[LinearModel<SIGN_COUNT>; 2]> = LazyLock::new(|| {
        let names = SIGNS.map(|sign| sign.name);
        [models::GARBLE_SPUN, models::GARBLE_TRANSLATED].map(|file| LinearModel::load(file, &names))
    });
    MODELS.each_ref().map(|model| model.probability(counts))
}

/// The verdict by the two chances and the number of words.
pub(super) fn choose_verdict(spun: f32, translated: f32, words: usize) -> GarbleVerdict {
    match spun.max(translated) {
        chance if chance < MIN_GARBLED_CHANCE && words < MIN_CLEAN_WORDS => GarbleVerdict::Undecided,
        chance if chance < MIN_GARBLED_CHANCE => GarbleVerdict::Clean,
        _ if spun >= translated => GarbleVerdict::Spun,
        _ => GarbleVerdict::MachineTranslated,
    }
}
