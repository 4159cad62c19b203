//! Values: numbers, percentages, ordinals, money, dates, lengths of time and how often.
//!
//! One pass cuts the text to tokens and looks each word up once; then every place is offered to the kinds in the
//! order of [`claim_at`], and what one of them takes, no other sees.

#![expect(clippy::float_cmp, reason = "figures come from data and digits: equal ones are equal bits")]

mod date;
mod duration;
mod german;
mod lexicon;
mod literal;
mod lookalike;
mod money;
mod number;
mod ordinal;
mod percent;
mod period;
mod qualifier;
mod quantity;
mod range;
mod relative;
mod share;
mod sum;
mod token;

use super::value::{Claim, End, Kind, Value};
use crate::text::Lang;
use lexicon::Sense;
use token::{Form, Text};

/// A claim by the tokens it covers.
struct Found {
    kind: Kind,
    start: usize,
    /// The token after it.
    end: usize,
    value: Value,
    /// The figure's last multiplier, which a range shares.
    scale: Option<f64>,
    range: Option<End>,
}

impl Found {
    fn new(kind: Kind, start: usize, end: usize, value: Value) -> Self {
        Self { kind, start, end, value, scale: None, range: None }
    }
}

/// The values that `text` states, ordered by start, none overlapping another; empty for a language without data.
pub(super) fn extract(text: &str, lang: Lang) -> Vec<Claim> {
    let Some(lex) = lexicon::of(lang) else { return Vec::new() };
    let text = Text::new(text, lex);
    let claims = all(&text);
    claims
        .into_iter()
        .map(|f| Claim { kind: f.kind, span: text.span(f.start, f.end), value: f.value, range: f.range })
        .collect()
}

fn all(text: &Text<'_>) -> Vec<Found> {
    let mut claims: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        // "first lady", "one another": words that only look like a value.
        if let Some(end) = text.is(at, Sense::Silent) {
            at = end;
            continue;
        }
        if let Some(mut found) = claim_at(text, at) {
            if let Some(last) = claims.last_mut() {
                range::join(text, last, &mut found);
            }
            at = found.end.max(at + 1);
            claims.push(found);
        } else if text.form(at) == Some(Form::Digits) {
            at = lookalike::score(text, at).or_else(|| literal::noise(text, at)).unwrap_or(at + 1);
        } else {
            at += 1;
        }
    }
    claims
}

/// The claim that begins at a token. The order is the precedence: the kinds that need more around them go first, and
/// a plain quantity is what is left.
fn claim_at(text: &Text<'_>, at: usize) -> Option<Found> {
    if !may_begin(text, at) {
        return None;
    }
    let number = number::parse(text, at, false);
    let number = number.as_ref();
    if let Some(date) = date::read(text, at, number) {
        return Some(date);
    }
    if literal::telephone(text, at).is_some() || lookalike::score(text, at).is_some() {
        return None;
    }
    duration::frequency(text, at)
        .or_else(|| money::read(text, at))
        .or_else(|| percent::read(text, at, number))
        .or_else(|| duration::length(text, at, number))
        .or_else(|| quantity::read(text, number.filter(|n| n.fraction)?))
        .or_else(|| ordinal::read(text, at))
        .or_else(|| quantity::read(text, number?))
}

/// A cheap look before the rules: most words of a text begin nothing.
fn may_begin(text: &Text<'_>, at: usize) -> bool {
    match text.form(at) {
        Some(Form::Digits) => true,
        Some(Form::Word | Form::Sign) => {
            text.is_hyphen(at)
                || text.is_sign(at, text.lex.reading.decimal)
                || literal::fraction_sign(text, at).is_some()
                || text.tokens[at].title && ordinal::roman(text, at).is_some()
                || text.lex.money_prefix(text, at).is_some()
                || text.find(at, |s| begins(s).then_some(())).is_some()
        }
        _ => false,
    }
}

fn begins(sense: Sense) -> bool {
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

    /// Pieces that make rules look far ahead or back when they are repeated.
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
            let lex = lexicon::of(lang).unwrap();
            for piece in HOSTILE {
                let work = |times: usize| {
                    let source = piece.repeat(times);
                    let text = Text::new(&source, lex);
                    all(&text);
                    text.looks.get()
                };
                let (short, long) = (work(400), work(4000));
                assert!(long <= 11 * short + 1000, "{lang} {piece:?}: {short} looks, then {long}");
            }
        }
    }
}
