//! Words in the forms in which they are looked up and compared.

use super::words::word_spans;
use crate::text::Span;

/// A word with the forms in which it is compared: apostrophes made straight, with and without capitals, with and
/// without a possessive ending.
#[derive(Clone, Debug)]
pub(crate) struct FoldedWord {
    /// Bytes of the given text.
    pub(crate) span: Span,
    /// As written, with straight apostrophes.
    written: String,
    /// The same in small letters.
    folded: String,
    /// Bytes of a possessive ending: `'s`, or an apostrophe.
    ending: usize,
}

impl FoldedWord {
    fn new(span: Span, text: &str) -> Self {
        let written = fold_word(span.slice(text), true);
        let ending = if written.ends_with("'s") && written.len() > 2 { 2 } else { 0 };
        Self { span, folded: fold_word(&written, false), written, ending }
    }

    /// The word to be compared; `exact` with its capitals.
    pub(crate) fn compared_form(&self, exact: bool) -> &str {
        if exact { &self.written } else { &self.folded }
    }

    /// The same without a possessive ending.
    pub(crate) fn bare_form(&self, exact: bool) -> &str {
        let form = self.compared_form(exact);
        form.get(..form.len() - self.ending).unwrap_or(form)
    }

    /// The span of the word without a possessive ending.
    pub(crate) fn core_span(&self, text: &str) -> Span {
        // The apostrophe may have up to three bytes.
        let own = self.span.slice(text);
        let cut = if self.ending > 0 { own.rfind(['\'', '’']).unwrap_or(own.len()) } else { own.len() };
        Span::new(self.span.start, self.span.start + cut)
    }

    pub(crate) fn is_number(&self) -> bool {
        self.folded.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(crate) fn is_capitalised(&self) -> bool {
        self.written.starts_with(char::is_uppercase)
    }

    /// Whether only blanks and hyphens are between the word and the next.
    pub(crate) fn touches_next(&self, next: &Self, text: &str) -> bool {
        text[self.span.end..next.span.start].chars().all(|c| c.is_whitespace() || c == '-')
    }
}

/// A word as it is compared.
pub(crate) fn fold_word(word: &str, exact: bool) -> String {
    let word = word.replace('’', "'");
    if exact { word } else { word.to_lowercase() }
}

/// The words of a text.
pub(crate) fn folded_words(text: &str) -> Vec<FoldedWord> {
    word_spans(text).map(|span| FoldedWord::new(span, text)).collect()
}
