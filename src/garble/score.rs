//! From signs to chances and a verdict.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::signs::{SIGN_COUNT, SIGNS};
use super::{GarbleSign, GarbleVerdict, SignCounts};
use crate::models::{self, LinearModel};

/// Words of a short news report. A longer text has more signs by chance, so there their number is scaled down.
const REPORT_WORDS: f32 = 400.0;

/// Fewer words say too little to call a text clean.
const MIN_CLEAN_WORDS: usize = 60;

/// From this chance on a text is called garbled.
const MIN_GARBLED_CHANCE: f32 = 0.5;

/// For each kind of sign `ln(1 + n)`, where `n` is the number of different ones in a text of [`REPORT`] words.
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

/// What of a sign is counted once: 35 % and 8 % are one habit.
fn sign_habit(sign: &str) -> String {
    let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
    let mut habit: Vec<char> = sign.to_lowercase().chars().map(digits).collect();
    habit.dedup_by(|next, before| *next == '#' && *before == '#');
    habit.into_iter().collect()
}

/// The chances that a text with these counts was spun, and that it was translated.
pub(super) fn garbling_chances(counts: &SignCounts) -> [f32; 2] {
    static MODELS: LazyLock<[LinearModel<SIGN_COUNT>; 2]> = LazyLock::new(|| {
        let names = SIGNS.map(|sign| sign.name);
        [models::GARBLE_SPUN, models::GARBLE_TRANSLATED].map(|file| LinearModel::load(file, &names))
    });
    MODELS.each_ref().map(|model| model.probability(counts))
}

pub(super) fn choose_verdict(spun: f32, translated: f32, words: usize) -> GarbleVerdict {
    match spun.max(translated) {
        chance if chance < MIN_GARBLED_CHANCE && words < MIN_CLEAN_WORDS => GarbleVerdict::Undecided,
        chance if chance < MIN_GARBLED_CHANCE => GarbleVerdict::Clean,
        _ if spun >= translated => GarbleVerdict::Spun,
        _ => GarbleVerdict::MachineTranslated,
    }
}
