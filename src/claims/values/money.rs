//! Amounts of money: figure, multiplier and currency in any order.

use super::claim::TokenClaim;
use super::currency::{CurrencyMarker, marker_at, marker_before_figure};
use super::lexicon::Glue;
use super::lexicon::Sense;
use super::number::Number;
use super::token::{TokenForm, TokenizedText};
use super::{numeral, percent, qualifier};
use crate::claims::value::{ClaimKind, Currency, Value};

pub(super) fn parse_money(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    let MoneyFigure { start, end, amount, currency, ambiguous_noun, number, is_main_unit } =
        parse_prefixed_money(text, at).or_else(|| parse_suffixed_money(text, at))?;
    let (amount, end) = match parse_subunit(text, end, currency).filter(|_| is_main_unit) {
        Some((part, end)) => (amount + part.copysign(amount), end),
        None => (amount, end),
    };
    let qualifier = number.qualifier.or_else(|| qualifier::qualifier_around(text, start, end));
    let value = Value::Money {
        amount,
        currency,
        among: ambiguous_noun.map_or(Vec::new(), |noun| text.lex.noun_currencies(noun)),
        qualifier,
    };
    amount
        .is_finite()
        .then(|| TokenClaim { scale: number.scale, ..TokenClaim::new(ClaimKind::Money, start, end, value) })
}

/// A figure with its currency.
struct MoneyFigure {
    start: usize,
    end: usize,
    /// Of main units.
    amount: f64,
    currency: Option<Currency>,
    ambiguous_noun: Option<u8>,
    number: Number,
    /// Whether it counts main units.
    is_main_unit: bool,
}

/// $5 million, EUR 1000, US$ 20 bn, with or without a minus before the sign.
fn parse_prefixed_money(text: &TokenizedText<'_>, at: usize) -> Option<MoneyFigure> {
    let minus = text.is_hyphen(at) && text.is_glued(at + 1) && (at == 0 || !text.is_glued(at));
    let sign = if minus { at + 1 } else { at };
    let marker = marker_before_figure(text, sign)?;
    let number = numeral::parse_number(text, marker.end, true)
        .filter(|n| !n.share && !n.one && starts_with_figure(text, n))?;
    // "US$ 5 dollars" repeats itself; "50 dollar 40 rmb" does not.
    let end = match marker_at(text, skip_joiner(text, number.end), false) {
        Some(again)
            if again.currency == marker.currency
                && again.per == marker.per
                && !text.is_glued(number.start) =>
        {
            let number_follows = numeral::parse_number(text, again.end, true).is_some();
            if number_follows { number.end } else { again.end }
        }
        _ => number.end,
    };
    let amount = number.amount * marker.times / marker.per * if minus { -1.0 } else { 1.0 };
    Some(MoneyFigure {
        start: at,
        end,
        amount,
        currency: marker.currency,
        ambiguous_noun: None,
        number,
        is_main_unit: true,
    })
}

/// Whether a number behind a sign is digits, or words and not a scale alone.
fn starts_with_figure(text: &TokenizedText<'_>, number: &Number) -> bool {
    text.form_at(number.start) != Some(TokenForm::Word) || number.scale.is_none_or(|s| s != number.amount)
}

/// 5 million dollars, 16,4 Mio. kanadische Dollar, 90 millions de $.
fn parse_suffixed_money(text: &TokenizedText<'_>, at: usize) -> Option<MoneyFigure> {
    let number = [true, false].into_iter().find_map(|money| {
        let number = numeral::parse_number(text, at, money)?;
        let mut next = skip_joiner(text, number.end);
        if number.share {
            next = text.sense_end(next, Sense::Glue(Glue::Article)).unwrap_or(next);
        }
        let marker = marker_at(text, next, true)?;
        let money = number.scale.is_some() || number.amount >= marker.least;
        money.then_some((number, marker))
    });
    let (number, marker) = match number {
        Some(figure_and_marker) => figure_and_marker,
        None => parse_article_money(text, at)?,
    };
    let amount = number.amount * marker.times / marker.per;
    Some(MoneyFigure {
        start: number.start,
        end: marker.end,
        amount,
        currency: marker.currency,
        ambiguous_noun: marker.ambiguous_noun,
        number,
        is_main_unit: marker.per <= 1.0,
    })
}

/// "a dollar", "une livre": here the article is the figure.
fn parse_article_money(text: &TokenizedText<'_>, at: usize) -> Option<(Number, CurrencyMarker)> {
    let end = text.sense_end(at, Sense::Glue(Glue::Article))?;
    let marker = marker_at(text, end, true).filter(|_| text.form_at(end) != Some(TokenForm::Sign))?;
    let number = Number::new(at, end, 1.0);
    // "a euro zone", "a dollar store": a noun behind it makes the currency an adjective.
    text.ends_phrase(marker.end).then_some((number, marker)).or_else(|| {
        let per = text.sense_end(marker.end, Sense::Glue(Glue::Per)).is_some();
        per.then_some((number, marker))
    })
}

/// Past the hyphen of "50-dollar" and the "of" of "millions of dollars", "millions de francs".
fn skip_joiner(text: &TokenizedText<'_>, at: usize) -> usize {
    if text.is_glued(at) && text.is_hyphen(at) && text.is_glued(at + 1) {
        return at + 1;
    }
    text.sense_end(at, Sense::Glue(Glue::Of)).unwrap_or(at)
}

/// The sub-units behind a whole amount, as a share of the main unit: `and 45 cents`, `and 15`, `50`.
fn parse_subunit(text: &TokenizedText<'_>, end: usize, currency: Option<Currency>) -> Option<(f64, usize)> {
    let and = text.sense_end(end, Sense::Glue(Glue::And));
    let at = and.unwrap_or(end);
    if text.is_glued(at) {
        return None;
    }
    let number = numeral::parse_number(text, at, false)
        .filter(|n| n.amount.fract() == 0.0 && (1.0..100.0).contains(&n.amount) && n.scale.is_none())?;
    if let Some(marker) = marker_at(text, skip_joiner(text, number.end), true) {
        let same = marker.currency.is_none() || currency.is_none() || marker.currency == currency;
        return (marker.per > 1.0 && same).then(|| (number.amount / marker.per, marker.end));
    }
    let loose = text.ends_phrase(number.end) || text.sense_end(number.end, Sense::Glue(Glue::And)).is_some();
    let percent = percent::parse_percent_sign(text, number.end).is_some() || text.is_sign(number.end, '$');
    (loose && !percent && !text.is_glued(number.end + 1)).then(|| (number.amount / 100.0, number.end))
}
