//! A version's words as the signs look at them.

use super::super::version::Version;
use super::lexicon::Lexicon;
use crate::article::Role;
use crate::segment;
use crate::text::Span;

/// One word.
#[derive(Clone, Debug)]
pub(in crate::divergence) struct Word {
    /// Where, in the text that was given.
    pub(in crate::divergence) span: Span,
    /// As written, with straight apostrophes.
    written: String,
    /// The same in small letters.
    folded: String,
    /// Bytes of a possessive ending: `'s`, or an apostrophe.
    ending: usize,
}

impl Word {
    fn new(span: Span, text: &str) -> Self {
        let written = fold(span.of(text), true);
        let ending = if written.ends_with("'s") && written.len() > 2 { 2 } else { 0 };
        Self { span, folded: fold(&written, false), written, ending }
    }

    /// The word to be compared; `exact` with its capitals.
    pub(super) fn form(&self, exact: bool) -> &str {
        if exact { &self.written } else { &self.folded }
    }

    /// The same without a possessive ending.
    pub(in crate::divergence) fn bare(&self, exact: bool) -> &str {
        let form = self.form(exact);
        form.get(..form.len() - self.ending).unwrap_or(form)
    }

    /// Where the word stands without a possessive ending.
    pub(super) fn core(&self, text: &str) -> Span {
        // The apostrophe may have up to three bytes.
        let own = self.span.of(text);
        let cut = if self.ending > 0 { own.rfind(['\'', '’']).unwrap_or(own.len()) } else { own.len() };
        Span::new(self.span.start, self.span.start + cut)
    }

    pub(super) fn is_number(&self) -> bool {
        self.folded.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.written.starts_with(char::is_uppercase)
    }

    /// Whether nothing but blanks stands between the word and the next.
    pub(super) fn touches(&self, next: &Self, text: &str) -> bool {
        text[self.span.end..next.span.start].chars().all(|c| c.is_whitespace() || c == '-')
    }
}

/// A word as it is compared.
pub(super) fn fold(word: &str, exact: bool) -> String {
    let word = word.replace('’', "'");
    if exact { word } else { word.to_lowercase() }
}

/// The words of a text.
pub(in crate::divergence) fn words(text: &str) -> Vec<Word> {
    segment::words(text).map(|span| Word::new(span, text)).collect()
}

/// A sentence with its words, in the version's text.
#[derive(Debug)]
pub(super) struct Line {
    /// Index into the version's sentences.
    pub(super) sentence: usize,
    /// What it is.
    pub(super) role: Role,
    /// Where it stands.
    pub(super) span: Span,
    /// Its words, spans in the version's text.
    pub(super) words: Vec<Word>,
}

/// What the signs look at.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) version: &'a Version,
    pub(super) lexicon: &'static Lexicon,
    /// All sentences but those of bylines.
    pub(super) lines: Vec<Line>,
}

impl<'a> Text<'a> {
    /// `None` for a language without data.
    pub(super) fn new(version: &'a Version) -> Option<Self> {
        let lexicon = Lexicon::of(version.article.lang)?;
        let lines = version.sentences.iter().enumerate().filter(|(_, s)| s.role != Role::Byline);
        let line = |(sentence, s): (usize, &segment::Sentence)| Line {
            sentence,
            role: s.role,
            span: s.span,
            words: line_words(version, sentence),
        };
        Some(Self { version, lexicon, lines: lines.map(line).collect() })
    }

    /// The whole text.
    pub(super) fn whole(&self) -> &'a str {
        &self.version.article.text
    }

    /// The sentences that take part in a comparison.
    pub(super) fn told(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.role != Role::Boilerplate)
    }

    /// How many words those have.
    pub(super) fn count(&self) -> usize {
        self.told().map(|line| line.words.len()).sum()
    }
}

/// The words of a version's sentence, spans in the version's text.
pub(super) fn line_words(version: &Version, sentence: usize) -> Vec<Word> {
    let span = version.sentences[sentence].span;
    let mut words = words(span.of(&version.article.text));
    for word in &mut words {
        word.span = word.span.shifted(span.start);
    }
    words
}
