//! Numbers that are no quantities: parts of names, house numbers, clock times, scores.

use super::lexicon::{Glue, Sense, Street};
use super::number::Number;
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::TimeUnit;

/// Whether the number only looks like a quantity.
pub(super) fn is_lookalike(text: &TokenizedText<'_>, number: &Number) -> bool {
    is_name_part(text, number)
        || is_clock_time(text, number)
        || is_house_number(text, number)
        || is_zero_padded(text, number)
}

/// Section 230, iPhone 15, #5.
fn is_name_part(text: &TokenizedText<'_>, number: &Number) -> bool {
    let at = number.start;
    if at == 0 || number.scale.is_some() {
        return false;
    }
    // "section 10 (1)"
    let inner = at > 2
        && text.is_sign(at - 1, '(')
        && text.form_at(at - 2) == Some(TokenForm::Digits)
        && has_label_before(text, at - 2);
    if has_label_before(text, at) || inner {
        return true;
    }
    // Names with a capital inside: eBay 5, PlayStation 5.
    let before = text.tokens[at - 1];
    before.form == TokenForm::Word
        && !before.upper
        && text.text_at(at - 1).chars().skip(1).any(char::is_uppercase)
}

fn has_label_before(text: &TokenizedText<'_>, at: usize) -> bool {
    text.has_sense_before(at, |s| s == Sense::Label)
}

/// 10 a.m., 14 Uhr, il est dix heures.
fn is_clock_time(text: &TokenizedText<'_>, number: &Number) -> bool {
    number.amount <= 24.0
        && (text.sense_end(number.end, Sense::Glue(Glue::Clock)).is_some()
            || text.has_sense(number.end, |s| matches!(s, Sense::Time(_, TimeUnit::Hour)))
                && text.has_sense_before(number.start, |s| s == Sense::Glue(Glue::ClockBefore)))
}

/// Schalke 04, agent 007: no quantity begins with a zero.
fn is_zero_padded(text: &TokenizedText<'_>, number: &Number) -> bool {
    number.plain.is_some_and(|digits| digits > 1)
        && number.amount > 0.0
        && text.text_at(number.start).starts_with('0')
}

/// 10 Downing Street, 12, rue de la Paix, Hauptstraße 12.
fn is_house_number(text: &TokenizedText<'_>, number: &Number) -> bool {
    /// Words of a street's name before the word for street.
    const LONGEST_NAME: usize = 3;
    let at = number.start;
    if at > 0 && number.scale.is_none() && text.lex.is_street(text.text_at(at - 1)) {
        return true;
    }
    let mut next = number.end;
    if text.is_sign(next, ',') && is_street_word(text, next + 1) {
        return true;
    }
    while next < number.end + LONGEST_NAME && text.tokens.get(next).is_some_and(|t| t.title) {
        next += 1;
    }
    is_street_word(text, next) || next > number.end && is_street_word(text, next - 1)
}

fn is_street_word(text: &TokenizedText<'_>, at: usize) -> bool {
    text.sense_end(at, Sense::Street(Street::Behind)).is_some()
}

/// The most goals of one side in a score with a hyphen.
const MAX_GOALS: u32 = 15;

/// The end of a score, 3-1 or 0-0: two small figures that do not
/// rise, without a unit behind them.
pub(super) fn score_end(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    let hyphen = text.is_hyphen(at + 1) && text.is_glued(at + 1) && text.is_glued(at + 2);
    let (home, away) =
        (goals_at(text, at)?, goals_at(text, at + 2).filter(|_| hyphen && !text.is_glued(at))?);
    let counted = text.has_sense(at + 3, |s| match s {
        Sense::Scale { .. }
        | Sense::Unit(_)
        | Sense::Time(..)
        | Sense::CurrencyNoun(_)
        | Sense::CurrencyCode { .. } => true,
        Sense::Glue(glue) => matches!(glue, Glue::Percent | Glue::PercentagePoint),
        _ => false,
    });
    let goes_on = text.is_glued(at + 3) && text.is_glued(at + 4);
    ((home >= away || home == 0) && !counted && !goes_on).then_some(at + 3)
}

fn goals_at(text: &TokenizedText<'_>, at: usize) -> Option<u32> {
    let digits = (text.form_at(at) == Some(TokenForm::Digits)).then(|| text.text_at(at))?;
    (digits.len() < 3).then(|| digits.parse().ok())?.filter(|n| *n <= MAX_GOALS)
}
