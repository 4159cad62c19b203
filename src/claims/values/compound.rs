//! Number words that are written together: `zweihundertdreiundvierzig`, `dreieinhalb`, `hundertzwanzigste`.

use super::lexicon::{Glue, Sense, ValueLexicon};
use super::sum::NumberSum;

/// The longest part in bytes (`dreissigste`, `quadrillionen`), so that a hostile word costs linear time.
const LONGEST_PART: usize = 16;

/// The sense of a folded word that is in no list, where all its parts are number words.
pub(super) fn parse_compound(word: &str, lex: &ValueLexicon) -> Option<Sense> {
    // No word of an article is longer.
    if !lex.starts_number(word) || word.len() > 120 {
        return None;
    }
    let endings = &lex.style.denominator_endings;
    if let Some(stem) =
        endings.iter().find_map(|end| word.strip_suffix(end.as_str())).filter(|stem| stem.len() > 2)
    {
        let n = lex
            .find_sense(stem, cardinal_value)
            .or_else(|| parse_compound(stem, lex).and_then(cardinal_value));
        return n.map(Sense::Denominator);
    }
    // "drittgrößte"
    if let Some(at) = lex.style.superlatives.iter().find_map(|stem| word.find(stem.as_str()))
        && let Some(n) = lex.find_sense(&format!("{}e", &word[..at]), ordinal_value)
    {
        return Some(Sense::Ordinal(n));
    }
    let mut sum = NumberSum::new(&lex.style);
    let mut rest = word;
    let mut and = false;
    while !rest.is_empty() {
        if !and && !sum.is_empty() && lex.find_sense(rest.get(..3)?, is_and).is_some() {
            and = true;
            rest = &rest[3..];
            continue;
        }
        let (sense, len) = longest_number_word(rest, lex, |s, closes| {
            let part = match s {
                Sense::Cardinal(_) | Sense::Scale { .. } => true,
                // "achteinhalb" is acht and einhalb, not achte.
                Sense::Ordinal(_) | Sense::Share(_) | Sense::Time(..) => closes,
                _ => false,
            };
            part.then_some(s)
        })?;
        let last = len == rest.len();
        let fits = match sense {
            Sense::Cardinal(n) => sum.add_word(n, and),
            Sense::Scale { times, .. } => sum.apply_scale(times),
            // "dritte" closes a compound, and only there.
            Sense::Ordinal(n) if last => return sum.finish_ordinal(n, and).map(Sense::Ordinal),
            Sense::Share(n) if last && !sum.is_empty() => {
                return Some(Sense::Cardinal(sum.total_value() + n));
            }
            // dreimonatig, fünfjährig; zweijahr is no word.
            Sense::Time(n, unit) if last && !and && !sum.is_empty() && is_length_adjective(rest, lex) => {
                return Some(Sense::Length(sum.total_value() * n, unit));
            }
            _ => false,
        };
        if !fits {
            return None;
        }
        and = false;
        rest = &rest[len..];
    }
    (!and && !sum.is_empty()).then(|| Sense::Cardinal(sum.total_value()))
}

fn cardinal_value(sense: Sense) -> Option<f64> {
    match sense {
        Sense::Cardinal(n) | Sense::Scale { times: n, bare: true } => Some(n),
        _ => None,
    }
}

fn ordinal_value(sense: Sense) -> Option<f64> {
    if let Sense::Ordinal(n) = sense { Some(n) } else { None }
}

fn is_and(sense: Sense) -> Option<()> {
    (sense == Sense::Glue(Glue::And)).then_some(())
}

/// dreimonatig: a time unit as an adjective.
fn is_length_adjective(word: &str, lex: &ValueLexicon) -> bool {
    lex.style.length_adjectives.iter().any(|part| word.contains(part.as_str()))
}

/// The longest number word that `rest` begins with, and its length.
fn longest_number_word(
    rest: &str,
    lex: &ValueLexicon,
    wanted: impl Fn(Sense, bool) -> Option<Sense>,
) -> Option<(Sense, usize)> {
    (2..=rest.len().min(LONGEST_PART)).rev().filter(|len| rest.is_char_boundary(*len)).find_map(|len| {
        lex.find_sense(&rest[..len], |s| wanted(s, len == rest.len())).map(|sense| (sense, len))
    })
}
