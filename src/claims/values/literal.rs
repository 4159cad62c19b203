//! Numbers in digits: groups, decimals, and literals that only look like a number.

use super::token::{TokenForm, TokenizedText};

/// What a run of tokens that begins with digits is.
pub(super) enum Literal {
    Number(DigitNumber),
    /// A version, a clock time, a score, a telephone number, up to this token.
    Other(usize),
}

/// A number in digits.
pub(super) struct DigitNumber {
    /// The token after it.
    pub(super) end: usize,
    pub(super) amount: f64,
    /// The number of digits, where it is one run of digits alone.
    pub(super) plain: Option<usize>,
}

/// Reads the number at token `at`: digits, or a decimal sign with digits behind it.
///
/// Where the separators of the language do not fit and those of another language do, the latter apply: `1,35` in
/// English.
pub(super) fn parse_literal(text: &TokenizedText<'_>, at: usize) -> Option<Literal> {
    let decimal = text.lex.style.decimal;
    if text.is_sign(at, decimal) {
        let free = at == 0
            || !text.is_glued(at)
            || !matches!(text.form_at(at - 1), Some(TokenForm::Digits | TokenForm::Word));
        if free
            && text.is_glued(at + 1)
            && text.form_at(at + 1) == Some(TokenForm::Digits)
            && !has_alien_suffix(text, at + 2)
        {
            let amount = format!("0.{}", text.text_at(at + 1)).parse().ok()?;
            return Some(Literal::Number(DigitNumber { end: at + 2, amount, plain: None }));
        }
        return None;
    }
    if text.form_at(at) != Some(TokenForm::Digits) {
        return None;
    }
    let parts = digit_groups(text, at);
    let Some((amount, end)) = combine_groups(text, at, &parts) else {
        return Some(Literal::Other(run_end(text, at)));
    };
    if has_alien_suffix(text, end) {
        return Some(Literal::Other(run_end(text, at)));
    }
    let plain = (end == at + 1).then(|| text.text_at(at).len());
    amount.is_finite().then_some(Literal::Number(DigitNumber { end, amount, plain }))
}

/// The separators between glued digit runs (or runs of three behind one blank), with the run behind each.
fn digit_groups(text: &TokenizedText<'_>, at: usize) -> Vec<(char, usize)> {
    let mut parts = Vec::new();
    let mut end = at + 1;
    // Longer chains are no numbers; the bound keeps hostile text linear.
    while parts.len() < 12 {
        if text.form_at(end) == Some(TokenForm::Digits) {
            let blank = one_blank(text, end);
            // A blank separates groups only: three digits each, and never after another separator.
            let groups = text.text_at(end).len() == 3
                && text.text_at(at).len() <= 3
                && !text.text_at(at).starts_with('0')
                && parts.iter().all(|(c, _)| *c == ' ');
            if !(blank && groups) || joined_digits(text, end + 1) {
                break;
            }
            parts.push((' ', end));
            end += 1;
        } else if let Some(sign) = group_separator(text, end) {
            parts.push((sign, end + 1));
            end += 2;
        } else {
            break;
        }
    }
    parts
}

/// A group sign or decimal sign with digits glued on both sides.
fn group_separator(text: &TokenizedText<'_>, at: usize) -> Option<char> {
    if !(text.is_glued(at) && text.is_glued(at + 1) && text.form_at(at + 1) == Some(TokenForm::Digits)) {
        return None;
    }
    match text.text_at(at) {
        "." => Some('.'),
        "," => Some(','),
        // The Swiss group with an apostrophe, typed or typeset.
        "'" | "’" => Some('\''),
        _ => None,
    }
}

/// Whether token `at` follows the one before it after one blank of any width, and no line break.
fn one_blank(text: &TokenizedText<'_>, at: usize) -> bool {
    let (before, here) = (text.tokens[at - 1].end as usize, text.tokens[at].start as usize);
    matches!(&text.source[before..here], " " | "\u{a0}" | "\u{202f}" | "\u{2009}" | "\u{2008}" | "\u{2007}")
}

fn joined_digits(text: &TokenizedText<'_>, at: usize) -> bool {
    text.is_glued(at) && matches!(text.form_at(at), Some(TokenForm::Digits))
}

/// The number of the first digit run and its parts, and the token behind it; `None` for a version or the like.
fn combine_groups(text: &TokenizedText<'_>, at: usize, parts: &[(char, usize)]) -> Option<(f64, usize)> {
    let style = &text.lex.style;
    let run = |n: usize| text.text_at(if n == 0 { at } else { parts[n - 1].1 });
    let number = |groups: usize, decimals: Option<usize>| {
        let mut digits: String = (0..=groups).map(run).collect();
        let mut end = if groups == 0 { at + 1 } else { parts[groups - 1].1 + 1 };
        if let Some(n) = decimals {
            digits.push('.');
            digits.push_str(run(n));
            end = parts[n - 1].1 + 1;
        }
        digits.parse::<f64>().ok().map(|amount| (amount, end))
    };
    let first = run(0);
    // How many of the parts from the start are groups of `sign`.
    let groups = |sign: char| {
        if first.len() > 3 || first.starts_with('0') {
            return 0;
        }
        let same = parts.iter().take_while(|(c, _)| *c == sign).count();
        let threes = (1..=same).take_while(|n| run(*n).len() == 3).count();
        // The Indian way: 12,34,567.
        let twos = (1..=same).take_while(|n| run(*n).len() == 2).count();
        if sign == ',' && twos > 0 && twos + 1 == same && run(same).len() == 3 { same } else { threes }
    };
    let Some((sign, _)) = parts.first() else { return number(0, None) };
    if matches!(sign, ' ' | '\'') {
        let n = groups(*sign);
        return match parts.get(n) {
            Some((c, _)) if n > 0 && (*c == '.' || *c == ',') && parts.len() == n + 1 => {
                number(n, Some(n + 1))
            }
            Some(_) if n > 0 && *sign == ' ' => number(n, None),
            Some(_) => None,
            None => number(n, None),
        };
    }
    let same = parts.iter().take_while(|(c, _)| c == sign).count();
    let n = groups(*sign);
    match parts.len() {
        // 2.500 or 2.5
        1 if *sign == style.decimal => number(0, Some(1)),
        1 if n == 1 => number(1, None),
        1 => number(0, Some(1)),
        // 1.234.567, whatever the language
        _ if n == parts.len() => number(n, None),
        // 1.234,5
        len if n + 1 == len && n == same && parts[n].0 != ' ' => number(n, Some(len)),
        // 3,5 400: a decimal, then another number
        _ if *sign == ',' && same > 1 && same == parts.len() && !style.day_first => number(0, None),
        _ => None,
    }
}

/// Whether a token glued to the end of the number shows that it is none.
fn has_alien_suffix(text: &TokenizedText<'_>, at: usize) -> bool {
    if !text.is_glued(at) {
        return false;
    }
    match text.form_at(at) {
        // 10k, 5km, 21st are known words; A4 and iPhone15Pro are not.
        Some(TokenForm::Word) => text.sense_at(at, |_| Some(())).is_none(),
        Some(TokenForm::Digits | TokenForm::Address) => true,
        Some(TokenForm::Sign) => {
            let inner = matches!(text.text_at(at), ":" | "/" | "_" | "." | "," | "@" | "*" | "=");
            inner && text.is_glued(at + 1) && matches!(text.form_at(at + 1), Some(TokenForm::Digits))
                || text.is_hyphen(at) && is_hyphenated_code(text, at)
        }
        _ => false,
    }
}

/// Whether digits with a hyphen at `hyphen` are a code: a second hyphen with digits, or groups of three and four
/// digits.
fn is_hyphenated_code(text: &TokenizedText<'_>, hyphen: usize) -> bool {
    if !joined_digits(text, hyphen + 1) {
        return false;
    }
    let again = text.is_glued(hyphen + 2) && text.is_hyphen(hyphen + 2) && joined_digits(text, hyphen + 3);
    again || (text.text_at(hyphen - 1).len() == 3 && text.text_at(hyphen + 1).len() == 4)
}

/// The end of a telephone number that begins at `at`: an international one, one with a leading zero, or pairs.
pub(super) fn telephone_end(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    let plus = at > 0 && text.is_sign(at - 1, '+') && text.is_glued(at);
    let zero = text.text_at(at).starts_with('0') && (2..=5).contains(&text.text_at(at).len());
    let bracket = at > 0 && text.is_sign(at - 1, '(') && text.is_sign(at + 1, ')');
    if text.form_at(at) != Some(TokenForm::Digits) || !(plus || zero || bracket) {
        return None;
    }
    let (mut end, mut digits, mut runs) = (at + 1, text.text_at(at).len(), 1);
    while runs < 12 {
        let mut next = end;
        while next < end + 2 && matches!(text.text_at(next), "-" | "." | "/" | "(" | ")") {
            next += 1;
        }
        if text.form_at(next) != Some(TokenForm::Digits) || !(text.is_glued(next) || one_blank(text, next)) {
            break;
        }
        (digits, runs, end) = (digits + text.text_at(next).len(), runs + 1, next + 1);
    }
    (digits >= 8 && (runs > 1 || plus)).then_some(end)
}

/// The end of digits that are no claim: a telephone number, a version, a file number.
pub(super) fn noise_end(text: &TokenizedText<'_>, at: usize) -> Option<usize> {
    telephone_end(text, at).or_else(|| match parse_literal(text, at)? {
        Literal::Other(end) => Some(end),
        Literal::Number(_) => None,
    })
}

/// The end of the glued run around `at`, without the punctuation at its end.
pub(super) fn run_end(text: &TokenizedText<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while text.is_glued(end) && !matches!(text.form_at(end), Some(TokenForm::Break) | None) {
        end += 1;
    }
    while end > at + 1 && text.form_at(end - 1) == Some(TokenForm::Sign) {
        end -= 1;
    }
    end
}

/// ½ and its like.
pub(super) fn fraction_sign(text: &TokenizedText<'_>, at: usize) -> Option<f64> {
    if text.form_at(at) != Some(TokenForm::Sign) {
        return None;
    }
    Some(match text.text_at(at) {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅕" => 0.2,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅙" => 1.0 / 6.0,
        "⅚" => 5.0 / 6.0,
        "⅐" => 1.0 / 7.0,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        "⅑" => 1.0 / 9.0,
        "⅒" => 0.1,
        _ => return None,
    })
}
