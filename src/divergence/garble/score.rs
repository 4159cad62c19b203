//! From signs to chances and a verdict.

use std::collections::BTreeSet;

use super::signs::{COUNT, SIGNS};
use super::{Sign, SignCounts, Verdict};

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
    [(SPUN_BIAS, &SPUN), (TRANSLATED_BIAS, &TRANSLATED)].map(|(bias, weights)| {
        let sum: f32 = counts.iter().zip(weights).map(|(count, weight)| count * weight).sum();
        1.0 / (1.0 + (-bias - sum).exp())
    })
}

/// Bias and weights in the order of [`SIGNS`], fitted by `tests/fit/garble.py` on the corpus and on `tests/garble`, with
/// 669 texts cut from the development halves of SwissGov-RSD, `REFreSD` and Text+Berg beside them. Each chance has the
/// signs that speak for it alone.
const SPUN_BIAS: f32 = -8.53;
const SPUN: SignCounts = [1.35, 0.0, 3.28, 0.0, 0.2, 0.0, 0.0, 0.0, 2.37];
const TRANSLATED_BIAS: f32 = -7.67;
const TRANSLATED: SignCounts = [0.0, 1.66, 0.0, 5.18, 0.0, 0.22, 0.05, 3.96, 0.0];

pub(super) fn verdict(spun: f32, translated: f32, words: usize) -> Verdict {
    match spun.max(translated) {
        chance if chance < GARBLED && words < LEAST_WORDS => Verdict::CannotTell,
        chance if chance < GARBLED => Verdict::Clean,
        _ if spun >= translated => Verdict::Spun,
        _ => Verdict::MachineTranslated,
    }
}
