//! Text to the words that matter for names, each with what stands before it.

use super::fold;
use super::lexicon::{Lexicon, class};
use crate::text::Span;

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Shape {
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

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Gap {
    /// The end of a sentence, a colon, an opening quotation mark, an empty line: a capital says nothing here.
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
pub(in crate::claims) struct Token {
    /// Without a possessive ending.
    pub span: Span,
    /// With it.
    pub end: usize,
    pub shape: Shape,
    pub gap: Gap,
    pub class: u32,
    pub key: u64,
    /// Whether a mark of the end of a sentence stands before (and not only an empty line or a quotation mark).
    pub stopped: bool,
}

impl Token {
    pub(in crate::claims) fn is(&self, class: u32) -> bool {
        self.class & class != 0
    }

    /// Whether the word has a capital, whatever that says.
    pub(in crate::claims) fn capital(&self) -> bool {
        !matches!(self.shape, Shape::Lower | Shape::Number)
    }

    /// Whether the word is joined to the one before by a space, a hyphen or nothing.
    pub(in crate::claims) fn joined(&self) -> bool {
        matches!(self.gap, Gap::Space | Gap::Hyphen | Gap::Elided)
    }

    pub(in crate::claims) fn possessive(&self) -> bool {
        self.end > self.span.end
    }
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// The words of `text`, in order.
pub(in crate::claims) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last = 0;
    while let Some((start, c)) = chars.next() {
        if !(in_word(c) || c == '&') {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut before = c;
        let mut elided = false;
        while let Some(&(at, c)) = chars.peek() {
            if in_word(c) {
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
                _ if apostrophe(c) && after.is_alphanumeric() => {
                    elided = lexicon.elides(&text[start..end]);
                    true
                }
                _ => false,
            };
            if !joins {
                // The full stop of U.S. and of an initial belongs to the word.
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
        let core = match word.char_indices().rfind(|(_, c)| apostrophe(*c)) {
            Some((at, _)) if at > 0 && word[at..].chars().skip(1).eq(['s']) => start + at,
            _ => end,
        };
        let span = Span::new(start, core);
        let (gap, stopped) = match found.last() {
            None => (Gap::Start, false),
            Some(previous) => gap(&text[last..start], previous, lexicon),
        };
        let key = fold::key(span.of(text));
        found.push(Token {
            span,
            end,
            shape: shape(span.of(text)),
            gap,
            class: lexicon.class(span.of(text)),
            key,
            stopped,
        });
        last = end;
    }
    found
}

/// What the text between two words says.
fn gap(between: &str, previous: &Token, lexicon: &Lexicon) -> (Gap, bool) {
    if between == " " {
        return (Gap::Space, false);
    }
    let mut gap = Gap::Space;
    let mut lines = 0;
    let dotless = previous.is(class::ABBREVIATION)
        || previous.shape == Shape::Initial
        || (previous.shape == Shape::Number && lexicon.grammar.nouns_capitalised);
    for c in between.chars() {
        match c {
            '\n' => lines += 1,
            '.' if dotless => {}
            '.' | '!' | '?' | '…' | ':' | '。' => return (Gap::Start, true),
            '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '‚' | '•' => {
                gap = Gap::Start;
            }
            '(' | '[' if gap != Gap::Start => gap = Gap::Bracket,
            '-' | '\u{2011}' if between.len() == c.len_utf8() => gap = Gap::Hyphen,
            _ if c.is_whitespace() => {}
            _ if apostrophe(c) && between.len() == c.len_utf8() => gap = Gap::Elided,
            _ if gap == Gap::Space => gap = Gap::Break,
            _ => {}
        }
    }
    if lines > 1 {
        return (Gap::Start, false);
    }
    (if between.is_empty() { Gap::Elided } else { gap }, false)
}

fn shape(word: &str) -> Shape {
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
        Some(c) if c.is_ascii_digit() && upper == 0 => Shape::Number,
        // XIXe siècle
        _ if lower == 1 && upper > 0 && word.trim_end_matches('e').chars().all(|c| "IVXLCM".contains(c)) => {
            Shape::Number
        }
        _ if upper == 0 => Shape::Lower,
        _ if inner && !word.contains('\'') => Shape::Camel,
        _ if lower == 0 && upper == 1 && word.trim_end_matches('.').chars().count() == 1 => Shape::Initial,
        _ if lower == 0 || plural => Shape::Capitals,
        Some(c) if c.is_uppercase() => Shape::Capital,
        _ => Shape::Camel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn words(text: &str, lang: Lang) -> Vec<&str> {
        tokens(text, Lexicon::of(lang).unwrap()).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn words_without_what_clings_to_them() {
        assert_eq!(words("Apple’s U.S. unit, AT&T.", Lang::EN), ["Apple", "U.S.", "unit", "AT&T"]);
        assert_eq!(
            words("L'avis d’Airbus aujourd'hui", Lang::FR),
            ["L", "avis", "d", "Airbus", "aujourd'hui"]
        );
        assert_eq!(words("J. K. O'Neill\u{301}.", Lang::EN), ["J.", "K.", "O'Neill\u{301}"]);
    }
}
