//! Numbers that count nothing: parts of names, house numbers, clock times, scores.

use super::lexicon::{Glue, Sense, Street};
use super::number::Number;
use super::token::{Form, Text};
use crate::claims::value::Unit;

/// Whether the number only looks like a quantity.
pub(super) fn is(text: &Text<'_>, number: &Number) -> bool {
    named(text, number) || clock(text, number) || house(text, number) || padded(text, number)
}

/// Section 230, iPhone 15, #5.
fn named(text: &Text<'_>, number: &Number) -> bool {
    let at = number.start;
    if at == 0 || number.scale.is_some() {
        return false;
    }
    let label = |at| text.before(at, |s| (s == Sense::Label).then_some(())).is_some();
    // "section 10 (1)"
    let inner =
        at > 2 && text.is_sign(at - 1, '(') && text.form(at - 2) == Some(Form::Digits) && label(at - 2);
    if label(at) || inner {
        return true;
    }
    // Names with a capital inside: eBay 5, PlayStation 5.
    let before = text.tokens[at - 1];
    before.form == Form::Word && !before.upper && text.str(at - 1).chars().skip(1).any(char::is_uppercase)
}

/// 10 a.m., 14 Uhr, il est dix heures.
fn clock(text: &Text<'_>, number: &Number) -> bool {
    let hours = || text.find(number.end, |s| matches!(s, Sense::Time(_, Unit::Hour)).then_some(())).is_some();
    let told =
        || text.before(number.start, |s| (s == Sense::Glue(Glue::ClockBefore)).then_some(())).is_some();
    number.amount <= 24.0 && (text.is(number.end, Sense::Glue(Glue::Clock)).is_some() || hours() && told())
}

/// Schalke 04, agent 007: no count begins with a zero.
fn padded(text: &Text<'_>, number: &Number) -> bool {
    number.plain.is_some_and(|digits| digits > 1)
        && number.amount > 0.0
        && text.str(number.start).starts_with('0')
}

/// 10 Downing Street, 12, rue de la Paix, Hauptstraße 12.
fn house(text: &Text<'_>, number: &Number) -> bool {
    /// Words of a street's name before the word for street.
    const LONGEST_NAME: usize = 3;
    let at = number.start;
    if at > 0 && number.scale.is_none() && text.lex.is_street(text.str(at - 1)) {
        return true;
    }
    let street = |at| text.is(at, Sense::Street(Street::Behind)).is_some();
    let mut next = number.end;
    if text.is_sign(next, ',') && street(next + 1) {
        return true;
    }
    while next < number.end + LONGEST_NAME && text.tokens.get(next).is_some_and(|t| t.title) {
        next += 1;
    }
    street(next) || next > number.end && street(next - 1)
}

/// No team of a sport that is scored with a hyphen often gets more.
const MOST_GOALS: u32 = 15;

/// The end of a score, 3-1 or 0-0: two small figures that do not rise, with nothing behind them that they could count.
pub(super) fn score(text: &Text<'_>, at: usize) -> Option<usize> {
    let goals = |at: usize| -> Option<u32> {
        let digits = (text.form(at) == Some(Form::Digits)).then(|| text.str(at))?;
        (digits.len() < 3).then(|| digits.parse().ok())?.filter(|n| *n <= MOST_GOALS)
    };
    let hyphen = text.is_hyphen(at + 1) && text.glued(at + 1) && text.glued(at + 2);
    let (home, away) = (goals(at)?, goals(at + 2).filter(|_| hyphen && !text.glued(at))?);
    let counted = text.find(at + 3, |s| match s {
        Sense::Scale { .. }
        | Sense::Unit(_)
        | Sense::Time(..)
        | Sense::CurrencyNoun(_)
        | Sense::CurrencyCode { .. } => Some(()),
        Sense::Glue(glue) => matches!(glue, Glue::Percent | Glue::PercentagePoint).then_some(()),
        _ => None,
    });
    let goes_on = text.glued(at + 3) && text.glued(at + 4);
    ((home >= away || home == 0) && counted.is_none() && !goes_on).then_some(at + 3)
}
