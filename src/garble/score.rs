//! From signs to chances and a verdict.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::signs::{COUNT, SIGNS};
use super::{Sign, SignCounts, Verdict};
use crate::models::{self, LinearModel};

/// Words of a short news report. A longer text has more signs by chance, so there their number is scaled down.
const REPORT: f32 = 400.0;

/// Fewer words say too little to call a text clean.
const LEAST_WORDS: usize = 60;

/// From this chance on a text is called garbled.
const GARBLED: f32 = 0.5;

/// For each kind of sign `ln(1 + n)`, where `n` is the number of different ones in a text of [`REPORT`] words.
pub(super) fn counts(signs: &[Sign], text: &str, words: usize) -> SignCounts {
    let scale = REPORT / REPORT.max(words as f32);
    let mut counts = [0.0; COUNT];
    for (count, rule) in counts.iter_mut().zip(&SIGNS) {
        let own = signs.iter().filter(|sign| sign.rule.name == rule.name);
        let different: BTreeSet<String> = own.map(|sign| habit(sign.span.of(text))).collect();
        *count = (different.len() as f32 * scale).ln_1p();
    }
    counts
}

/// What of a sign is counted once: 35 % and 8 % are one habit.
fn habit(sign: &str) -> String {
    let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
    let mut habit: Vec<char> = sign.to_lowercase().chars().map(digits).collect();
    habit.dedup_by(|next, before| *next == '#' && *before == '#');
    habit.into_iter().collect()
}

/// The chances that a text with these counts was spun, and that it was translated.
pub(super) fn chances(counts: &SignCounts) -> [f32; 2] {
    static MODELS: LazyLock<[LinearModel<COUNT>; 2]> = LazyLock::new(|| {
        let names = SIGNS.map(|sign| sign.name);
        [models::GARBLE_SPUN, models::GARBLE_TRANSLATED].map(|file| LinearModel::load(file, &names))
    });
    MODELS.each_ref().map(|model| model.probability(counts))
}

pub(super) fn verdict(spun: f32, translated: f32, words: usize) -> Verdict {
    match spun.max(translated) {
        chance if chance < GARBLED && words < LEAST_WORDS => Verdict::CannotTell,
        chance if chance < GARBLED => Verdict::Clean,
        _ if spun >= translated => Verdict::Spun,
        _ => Verdict::MachineTranslated,
    }
}
