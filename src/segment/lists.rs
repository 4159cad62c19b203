//! Lists inside running text: "1. Bread 2. Milk", "(a) ... (b) ...", "• ... • ...".

use super::data::SentenceData;
use super::word::{is_closed, plain_letters};

/// Where list items begin, in order.
///
/// One mark alone proves nothing: "on 1. May". A list is a mark at the start of a sentence, and the next number or
/// letter in the same form after it.
pub(super) fn list_starts(text: &str, data: &SentenceData) -> Vec<usize> {
    let mut offsets = Vec::new();
    let mut list: Option<OpenList> = None;
    let mut first: Option<OpenList> = None;
    let mut bullets = false;
    let mut before: &str = "";
    let mut tokens = text.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        let at = token.as_ptr() as usize - text.as_ptr() as usize;
        let opens = before.is_empty() || is_closed(before);
        let next = tokens.peek().copied().unwrap_or("");
        if token.starts_with(BULLETS) {
            if opens || bullets {
                offsets.push(at);
                bullets = true;
            }
        } else if let Some(mark) =
            ListMark::parse_token(token).filter(|_| !next.is_empty() && !before.ends_with(BULLETS))
        {
            // Nothing but the first mark of the next list ends a list without stops.
            let endless = bullets || list.as_ref().is_some_and(|l| l.punctuated == Some(false));
            let continued = [list.as_ref(), first.as_ref()].into_iter().flatten().find(|open| {
                mark.numbers_after(open).is_some() && mark.may_begin_item(open, opens, before, next, data)
            });
            if let Some(open) = continued {
                let numbers = mark.numbers_after(open).unwrap_or(mark.numbers);
                offsets.extend([open.at, at]);
                list = Some(OpenList { mark: ListMark { numbers, ..mark }, at, punctuated: Some(opens) });
                first = None;
            } else if opens || endless && mark.numbers.contains(&1) {
                first = Some(OpenList { mark, at, punctuated: None });
            }
        }
        before = token;
    }
    offsets.sort_unstable();
    offsets.dedup();
    offsets
}

const BULLETS: [char; 7] = ['•', '‣', '⁃', '▪', '◦', '●', '■'];

/// The last mark seen that may belong to a list.
struct OpenList {
    mark: ListMark,
    at: usize,
    /// Whether the items end in a stop; unknown at the first.
    punctuated: Option<bool>,
}

/// "1.", "1.)", "(b)", "iv)": its form and the numbers it may be.
struct ListMark {
    digits: bool,
    upper: bool,
    bracket: bool,
    sign: &'static str,
    /// As a number or letter, as a Roman number; 0 where it is none.
    numbers: [u32; 2],
}

impl ListMark {
    fn parse_token(token: &str) -> Option<Self> {
        let inner = token.trim_start_matches('(');
        let sign = [".)", ".", ")"].into_iter().find(|s| inner.ends_with(s))?;
        let name = inner.strip_suffix(sign)?;
        if name.is_empty() || name.len() > 4 || token.len() - inner.len() > 1 {
            return None;
        }
        let bracket = inner.len() < token.len();
        let upper = name.bytes().all(|b| b.is_ascii_uppercase());
        let numbers = if name.bytes().all(|b| b.is_ascii_digit()) {
            [name.parse().ok().filter(|_| name.len() <= 2)?, 0]
        } else if upper || name.bytes().all(|b| b.is_ascii_lowercase()) {
            let letter = name.bytes().next().filter(|_| name.len() == 1);
            [
                letter.map_or(0, |b| u32::from(b.to_ascii_lowercase() - b'a') + 1),
                roman_value(name).unwrap_or(0),
            ]
        } else {
            return None;
        };
        (numbers != [0, 0]).then_some(Self {
            digits: name.as_bytes()[0].is_ascii_digit(),
            upper,
            bracket,
            sign,
            numbers,
        })
    }

    /// The numbers in which this mark is the next after `last`, in the same form.
    fn numbers_after(&self, last: &OpenList) -> Option<[u32; 2]> {
        let l = &last.mark;
        let alike =
            (self.digits, self.upper, self.bracket, self.sign) == (l.digits, l.upper, l.bracket, l.sign);
        let next = [0, 1].map(|i| {
            if l.numbers[i] > 0 && self.numbers[i] == l.numbers[i] + 1 { self.numbers[i] } else { 0 }
        });
        (alike && next != [0, 0]).then_some(next)
    }

    /// Whether it may begin an item, after the token `before` and in front of `next`; `opens` where a sentence begins.
    fn may_begin_item(
        &self,
        last: &OpenList,
        opens: bool,
        before: &str,
        next: &str,
        data: &SentenceData,
    ) -> bool {
        if last.punctuated == Some(true) && !opens {
            return false;
        }
        // A capital with a point is an initial; a number with one is no item after "and", before "May" or small letters.
        let before = before.to_lowercase();
        let initial = self.upper && self.sign == ".";
        !initial
            && (self.sign != "."
                || opens
                || !self.digits
                || next.starts_with(char::is_uppercase)
                    && !data.starters.contains(&before)
                    && !data.months.contains(&plain_letters(next)))
    }
}

/// The value of a Roman number in letters of one case, up to 39: lists are no longer.
fn roman_value(name: &str) -> Option<u32> {
    let mut total = 0;
    let mut highest = 0;
    for b in name.bytes().rev() {
        let value = match b.to_ascii_lowercase() {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            _ => return None,
        };
        if value < highest {
            total -= value;
        } else {
            total += value;
            highest = value;
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::data;
    use crate::text::Lang;

    #[test]
    fn lists_are_detected_and_dates_are_none() {
        let starts = |text, lang| list_starts(text, data::sentence_data(lang));
        assert_eq!(starts("1. Bread 2. Milk", Lang::EN), [0, 9]);
        assert_eq!(starts("See: (i) one (ii) two", Lang::EN), [5, 13]);
        assert!(starts("Am 1. Mai und 2. Juni", Lang::DE).is_empty());
        assert!(starts("1. Mai und 2. Juni", Lang::DE).is_empty());
        assert!(starts("We need a) time and b) money", Lang::EN).is_empty());
    }

    #[test]
    fn reads_roman_numbers() {
        assert_eq!(["i", "iv", "ix", "xiv"].map(roman_value), [Some(1), Some(4), Some(9), Some(14)]);
        assert_eq!(roman_value("mix"), None);
    }
}
