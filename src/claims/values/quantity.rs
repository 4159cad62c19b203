//! Counts and measures: numbers that no other kind of claim takes.

use super::claim::TokenClaim;
use super::lexicon::{Glue, One, Sense};
use super::number::Number;
use super::token::{TokenForm, TokenizedText};
use super::{lookalike, qualifier};
use crate::claims::value::{ClaimKind, Value};

pub(super) fn parse_quantity(text: &TokenizedText<'_>, number: &Number) -> Option<TokenClaim> {
    let Number { start, end, amount, scale, .. } = *number;
    if lookalike::is_lookalike(text, number) || number.share && !is_share(text, number) {
        return None;
    }
    if number.one && !is_one(text, number) {
        return None;
    }
    let unit = parse_unit(text, end);
    // "two-faced", "mille-feuille": part of a word; "three-member" and "27-nation" count something.
    let joined = text.is_hyphen(end) && text.is_glued(end) && text.is_glued(end + 1);
    if joined
        && unit.is_none()
        && text.form_at(start) == Some(TokenForm::Word)
        && text.form_at(end + 1) == Some(TokenForm::Word)
    {
        return None;
    }
    let qualifier = number.qualifier.or_else(|| qualifier::qualifier_around(text, start, end));
    let value = Value::Number { amount, qualifier, unit };
    Some(TokenClaim { scale, ..TokenClaim::new(ClaimKind::Quantity, start, end, value) })
}

/// "half of them", "a quarter of it"; "the first half of" and "the third quarter of" are times.
fn is_share(text: &TokenizedText<'_>, number: &Number) -> bool {
    let place = text.has_sense_before(number.start, |s| matches!(s, Sense::Ordinal(_)));
    let article = text.sense_end(number.start, Sense::Glue(Glue::Article)).is_some();
    text.sense_end(number.end, Sense::Glue(Glue::Of)).is_some() && !place && (article || number.amount == 0.5)
}

/// Whether a bare "one" is a number, and no pronoun.
fn is_one(text: &TokenizedText<'_>, number: &Number) -> bool {
    !text.has_sense_before(number.start, |s| s == Sense::One(One::NotAfter))
        && !text.has_sense(number.end, |s| s == Sense::One(One::NotBefore))
}

fn parse_unit(text: &TokenizedText<'_>, at: usize) -> Option<String> {
    let of = text.sense_end(at, Sense::Glue(Glue::Of)).unwrap_or(at);
    let of = text.sense_end(of, Sense::Glue(Glue::Article)).filter(|_| of > at).unwrap_or(of);
    let at = if text.is_hyphen(of) && text.is_glued(of) && text.is_glued(of + 1) { of + 1 } else { of };
    text.sense_at(at, |s| if let Sense::Unit(u) = s { Some(u) } else { None })
        .map(|(u, _)| text.lex.unit_name(u).to_owned())
}
