//! Values: numbers, percentages, ordinals, money, dates, lengths of time and how often.
//!
//! One pass cuts the text into tokens and looks each word up once; then the kinds are tried at every token in the
//! order of [`claim_at`], and a token belongs to one claim at most.

#![expect(clippy::float_cmp, reason = "figures come from data and digits: equal ones are equal bits")]

mod claim;
mod compound;
mod currency;
mod date;
mod duration;
mod fraction;
mod lexicon;
mod literal;
mod lookalike;
mod money;
mod number;
mod number_words;
mod numeral;
mod ordinal;
mod percent;
mod period;
mod qualifier;
mod quantity;
mod range;
mod relative;
mod sum;
mod token;
mod year;

use super::value::Claim;
use crate::text::Lang;
use claim::TokenClaim;
use lexicon::Sense;
use token::{TokenForm, TokenizedText};

/// The values that `text` states, ordered by start, none overlapping another; empty for a language without data.
pub(super) fn extract_values(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lex) = lexicon::lexicon_of(lang) else { return Vec::new() };
    let text = TokenizedText::new(text, lex);
    let claims = collect_claims(&text);
    claims
        .into_iter()
        .map(|f| Claim {
            kind: f.kind,
            span: text.token_span(f.start, f.end),
            value: f.value,
            range: f.range,
        })
        .collect()
}

fn collect_claims(text: &TokenizedText<'_>) -> Vec<TokenClaim> {
    let mut claims: Vec<TokenClaim> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        // "first lady", "one another": phrases that only look like a value.
        if let Some(end) = text.sense_end(at, Sense::Silent) {
            at = end;
            continue;
        }
        if let Some(mut claim) = claim_at(text, at) {
            if let Some(last) = claims.last_mut() {
                range::join_range(text, last, &mut claim);
            }
            at = claim.end.max(at + 1);
            claims.push(claim);
        } else if text.form_at(at) == Some(TokenForm::Digits) {
            at = lookalike::score_end(text, at).or_else(|| literal::noise_end(text, at)).unwrap_or(at + 1);
        } else {
            at += 1;
        }
    }
    claims
}

/// The claim that begins at a token. The order is the precedence: the kinds that need more context come first, the
/// plain quantity last.
fn claim_at(text: &TokenizedText<'_>, at: usize) -> Option<TokenClaim> {
    if !may_begin_claim(text, at) {
        return None;
    }
    let number = numeral::parse_number(text, at, false);
    let number = number.as_ref();
    if let Some(date) = date::parse_date(text, at, number) {
        return Some(date);
    }
    if literal::telephone_end(text, at).is_some() || lookalike::score_end(text, at).is_some() {
        return None;
    }
    duration::parse_frequency(text, at)
        .or_else(|| money::parse_money(text, at))
        .or_else(|| percent::parse_percent(text, at, number))
        .or_else(|| duration::parse_duration(text, at, number))
        .or_else(|| quantity::parse_quantity(text, number.filter(|n| n.fraction)?))
        .or_else(|| ordinal::parse_ordinal(text, at))
        .or_else(|| quantity::parse_quantity(text, number?))
}

/// A cheap test before the rules: most words of a text begin no claim.
fn may_begin_claim(text: &TokenizedText<'_>, at: usize) -> bool {
    match text.form_at(at) {
        Some(TokenForm::Digits) => true,
        Some(TokenForm::Word | TokenForm::Sign) => {
            text.is_hyphen(at)
                || text.is_sign(at, text.lex.style.decimal)
                || literal::fraction_sign(text, at).is_some()
                || text.tokens[at].title && ordinal::parse_roman_ordinal(text, at).is_some()
                || currency::currency_with_scale(text, at).is_some()
                || text.has_sense(at, begins_value)
        }
        _ => false,
    }
}

fn begins_value(sense: Sense) -> bool {
    use lexicon::Glue::{Article, Every, Minus, Percent, PercentagePoint};
    match sense {
        Sense::Cardinal(_)
        | Sense::Scale { .. }
        | Sense::SeveralScale(_)
        | Sense::RoundScale(_)
        | Sense::Several
        | Sense::Ordinal(_)
        | Sense::Share(_)
        | Sense::Month(_)
        | Sense::Weekday(_)
        | Sense::Decade(_)
        | Sense::Period(_)
        | Sense::Time(..)
        | Sense::RelativeDay(_)
        | Sense::RelativeNext(_)
        | Sense::Frequency { .. }
        | Sense::Length(..)
        | Sense::Count(_)
        | Sense::CurrencyCode { .. } => true,
        Sense::Glue(glue) => matches!(glue, Article | Every | Minus | Percent | PercentagePoint),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces whose repetition makes rules look far ahead or back.
    const HOSTILE: [&str; 24] = [
        "one hundred and ",
        "1 ",
        "1.000,",
        "a ",
        "May ",
        "5-",
        "one in ",
        "un mot sur ",
        "un sur ",
        "zwei und ",
        "zwei",
        "every second ",
        "between 3 and ",
        "XIX ",
        "Q3 ",
        "the third quarter of ",
        "II",
        "3-1-",
        "$ ",
        "half of ",
        "quatre-vingt-",
        "il y a plus de ",
        "minus ",
        "twenty-",
    ];

    #[test]
    fn work_grows_as_the_text_does() {
        for lang in [Lang::EN, Lang::DE, Lang::FR] {
            let lex = lexicon::lexicon_of(lang).unwrap();
            for piece in HOSTILE {
                let work = |times: usize| {
                    let source = piece.repeat(times);
                    let text = TokenizedText::new(&source, lex);
                    collect_claims(&text);
                    text.looks.get()
                };
                let (short, long) = (work(400), work(4000));
                assert!(long <= 11 * short + 1000, "{lang} {piece:?}: {short} looks, then {long}");
            }
        }
    }
}
