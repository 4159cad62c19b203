//! A number in the text, before its unit is known.

use super::currency;
use super::lexicon::Sense;
use super::token::{TokenForm, TokenizedText};
use crate::claims::value::Qualifier;

/// A number with the range of its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) start: usize,
    /// The token after it.
    pub(super) end: usize,
    pub(super) amount: f64,
    /// The number of digits, where it is one run of digits alone.
    pub(super) plain: Option<usize>,
    /// `several` for dozens, `about` for une centaine.
    pub(super) qualifier: Option<Qualifier>,
    /// The last multiplier, which a range shares: 5 to 10 million.
    pub(super) scale: Option<f64>,
    /// A half or a quarter without numerator and multiplier, which needs a unit behind it.
    pub(super) share: bool,
    /// The bare word for one, which is mostly a pronoun or an article.
    pub(super) one: bool,
    /// An article with a denominator, which could also be an ordinal: un centième.
    pub(super) fraction: bool,
}

impl Number {
    pub(super) fn new(start: usize, end: usize, amount: f64) -> Self {
        Self {
            start,
            end,
            amount,
            plain: None,
            qualifier: None,
            scale: None,
            share: false,
            one: false,
            fraction: false,
        }
    }
}

/// Whether the digits at `at` end a name (COVID-19, A4).
pub(super) fn is_part_of_name(text: &TokenizedText<'_>, at: usize) -> bool {
    if !text.is_glued(at) {
        return false;
    }
    match text.form_at(at - 1) {
        Some(TokenForm::Word) => {
            !text.has_sense(at - 1, |s| matches!(s, Sense::CurrencyCode { .. } | Sense::CurrencyNoun(_)))
                && currency::currency_with_scale(text, at - 1).is_none()
        }
        Some(TokenForm::Sign) if text.is_hyphen(at - 1) => {
            text.is_glued(at - 1)
                && at > 1
                && text.form_at(at - 2) == Some(TokenForm::Word)
                && !text.has_sense_before(at - 1, |s| matches!(s, Sense::Part(_) | Sense::Qualifier(_)))
        }
        Some(TokenForm::Sign) => {
            matches!(text.text_at(at - 1), "/" | "_" | "." | ":" | "=" | "&" | "^") && text.is_glued(at - 1)
        }
        _ => false,
    }
}

/// Past a hyphen between two number words, glued to both or between blanks.
pub(super) fn skip_hyphen(text: &TokenizedText<'_>, at: usize) -> usize {
    if text.is_hyphen(at) && text.is_glued(at) == text.is_glued(at + 1) { at + 1 } else { at }
}

/// A multiplier at `at` with the qualifier it implies (une centaine is about 100), without its end.
pub(super) fn scale_at(text: &TokenizedText<'_>, at: usize) -> Option<(f64, Option<Qualifier>)> {
    text.sense_at(at, |s| match s {
        Sense::Scale { times, .. } => Some((times, None)),
        Sense::RoundScale(times) => Some((times, Some(Qualifier::About))),
        _ => None,
    })
    .map(|(scale, _)| scale)
}
