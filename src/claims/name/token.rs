//! Text to words for names and quotations, each with its shape, classes and the gap before it.

use super::fold;
use super::lexicon::{NameLexicon, class};
use crate::text::Span;

/// The shape of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum WordShape {
    /// No capital, or a script without capitals.
    Lower,
    /// A capital first and none after.
    Capital,
    /// Capitals alone, at least two, perhaps with digits or a plural `s`: `NATO`, `G7`, `U.S.`
    Capitals,
    /// A capital inside: `iPhone`, `YouTube`, `McDonald`.
    Camel,
    /// One capital letter.
    Initial,
    /// Begins with a digit.
    Number,
}

/// The gap between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum WordGap {
    /// The end of a sentence, a colon, a quotation mark, an empty line: a capital after it is no evidence.
    Start,
    /// Whitespace alone.
    Space,
    /// A hyphen alone.
    Hyphen,
    /// An apostrophe after a cut-off word.
    Elided,
    /// An opening bracket.
    Bracket,
    /// Any other mark.
    Break,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::claims) struct WordToken {
    /// The word without a possessive ending.
    pub span: Span,
    /// The end of the word with a possessive ending.
    pub end: usize,
    pub shape: WordShape,
    pub gap_before: WordGap,
    pub class: u32,
    pub key: u64,
    /// Whether the gap before has a mark that ends a sentence, and not only an empty line or a quotation mark.
    pub stopped: bool,
}

impl WordToken {
    pub(in crate::claims) fn has_class(&self, class: u32) -> bool {
        self.class & class != 0
    }

    /// Whether the word has a capital.
    pub(in crate::claims) fn is_capitalised(&self) -> bool {
        !matches!(self.shape, WordShape::Lower | WordShape::Number)
    }

    /// Whether the word is joined to the one before by a space, a hyphen or nothing.
    pub(in crate::claims) fn is_joined(&self) -> bool {
        matches!(self.gap_before, WordGap::Space | WordGap::Hyphen | WordGap::Elided)
    }

    pub(in crate::claims) fn is_possessive(&self) -> bool {
        self.end > self.span.end
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// The words of `text`, in order.
pub(in crate::claims) fn tokenize_words(text: &str, lexicon: &NameLexicon) -> Vec<WordToken> {
    let mut words: Vec<WordToken> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last = 0;
    while let Some((start, c)) = chars.next() {
        if !(is_word_char(c) || c == '&') {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut before = c;
        let mut elided = false;
        while let Some(&(at, c)) = chars.peek() {
            if is_word_char(c) {
                chars.next();
                end = at + c.len_utf8();
                before = c;
                continue;
            }
            let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            let joins = match c {
                '.' => after.is_alphanumeric() && (!before.is_lowercase() || !after.is_uppercase()),
                // An address is one word.
                '&' | '@' | '_' => after.is_alphanumeric(),
                _ if is_apostrophe(c) && after.is_alphanumeric() => {
                    elided = lexicon.is_elision(&text[start..end]);
                    true
                }
                _ => false,
            };
            if !joins {
                // The full stop of U.S. and of an initial is part of the word.
                let word = &text[start..end];
                // X is the platform more often than an initial.
                let single = word.chars().count() == 1 && before.is_uppercase() && before != 'X';
                if c == '.' && (single || (word.contains('.') && before.is_uppercase())) {
                    chars.next();
                    end = at + 1;
                }
                break;
            }
            chars.next();
            if elided {
                break;
            }
            before = c;
        }
        let word = &text[start..end];
        let core = match word.char_indices().rfind(|(_, c)| is_apostrophe(*c)) {
            Some((at, _)) if at > 0 && word[at..].chars().skip(1).eq(['s']) => start + at,
            _ => end,
        };
        let span = Span::new(start, core);
        let (gap_before, stopped) = match words.last() {
            None => (WordGap::Start, false),
            Some(previous) => gap_between(&text[last..start], previous, lexicon),
        };
        let key = fold::fold_key(span.slice(text));
        words.push(WordToken {
            span,
            end,
            shape: word_shape(span.slice(text)),
            gap_before,
            class: lexicon.class_of(span.slice(text)),
            key,
            stopped,
        });
        last = end;
    }
    words
}

/// The gap that the text between two words makes, and whether it has a mark that ends a sentence.
fn gap_between(between: &str, previous: &WordToken, lexicon: &NameLexicon) -> (WordGap, bool) {
    if between == " " {
        return (WordGap::Space, false);
    }
    let mut gap = WordGap::Space;
    let mut lines = 0;
    let dotless = previous.has_class(class::ABBREVIATION)
        || previous.shape == WordShape::Initial
        || (previous.shape == WordShape::Number && lexicon.grammar.nouns_capitalised);
    for c in between.chars() {
        match c {
            '\n' => lines += 1,
            '.' if dotless => {}
            '.' | '!' | '?' | '…' | ':' | '。' => return (WordGap::Start, true),
            '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '‚' | '•' => {
                gap = WordGap::Start;
            }
            '(' | '[' if gap != WordGap::Start => gap = WordGap::Bracket,
            '-' | '\u{2011}' if between.len() == c.len_utf8() => gap = WordGap::Hyphen,
            _ if c.is_whitespace() => {}
            _ if is_apostrophe(c) && between.len() == c.len_utf8() => gap = WordGap::Elided,
            _ if gap == WordGap::Space => gap = WordGap::Break,
            _ => {}
        }
    }
    if lines > 1 {
        return (WordGap::Start, false);
    }
    (if between.is_empty() { WordGap::Elided } else { gap }, false)
}

fn word_shape(word: &str) -> WordShape {
    let mut first = None;
    let (mut upper, mut lower, mut inner) = (0, 0, false);
    for c in word.chars() {
        if first.is_none() {
            first = Some(c);
        }
        if c.is_uppercase() {
            inner |= lower > 0;
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    let plural = lower == 1 && upper > 1 && word.ends_with('s');
    match first {
        Some(c) if c.is_ascii_digit() && upper == 0 => WordShape::Number,
        // XIXe siècle
        _ if lower == 1 && upper > 0 && word.trim_end_matches('e').chars().all(|c| "IVXLCM".contains(c)) => {
            WordShape::Number
        }
        _ if upper == 0 => WordShape::Lower,
        _ if inner && !word.contains('\'') => WordShape::Camel,
        _ if lower == 0 && upper == 1 && word.trim_end_matches('.').chars().count() == 1 => {
            WordShape::Initial
        }
        _ if lower == 0 || plural => WordShape::Capitals,
        Some(c) if c.is_uppercase() => WordShape::Capital,
        _ => WordShape::Camel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn words(text: &str, lang: Lang) -> Vec<&str> {
        tokenize_words(text, NameLexicon::for_language(lang).unwrap())
            .iter()
            .map(|t| t.span.slice(text))
            .collect()
    }

    #[test]
    fn words_lose_marks_and_possessive_endings() {
        assert_eq!(words("Apple’s U.S. unit, AT&T.", Lang::EN), ["Apple", "U.S.", "unit", "AT&T"]);
        assert_eq!(
            words("L'avis d’Airbus aujourd'hui", Lang::FR),
            ["L", "avis", "d", "Airbus", "aujourd'hui"]
        );
        assert_eq!(words("J. K. O'Neill\u{301}.", Lang::EN), ["J.", "K.", "O'Neill\u{301}"]);
    }
}
