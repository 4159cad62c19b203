//! Article to sentences and words: spans into its text, nothing lost.

mod boundary;
mod clauses;
mod data;
mod enclosed;
mod folded;
mod lists;
mod next;
mod stop;
mod word;
mod words;

pub use clauses::split_clauses;
pub(crate) use folded::{FoldedWord, fold_word, folded_words};
pub use words::word_spans;

use crate::article::{Article, Role};
use crate::text::{Lang, Span};

/// One sentence of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the article's text; neither end is whitespace.
    pub span: Span,
    /// The role of its block.
    pub role: Role,
    /// Index of that block in [`Article::blocks`].
    pub block: usize,
}

/// The sentences of an article, block by block, in order. Between two of them is only whitespace.
#[must_use]
pub fn article_sentences(article: &Article) -> Vec<Sentence> {
    let mut all_sentences = Vec::new();
    for (block, part) in article.blocks.iter().enumerate() {
        for span in split_sentences(part.span.slice(&article.text), part.lang) {
            all_sentences.push(Sentence { span: span.shifted_by(part.span.start), role: part.role, block });
        }
    }
    all_sentences
}

/// The sentences of one block of running text, as spans of `text`.
///
/// A line break inside the block counts as whitespace, an empty line ends a sentence. Between two spans,
/// before the first and after the last there is only whitespace. A short quotation or bracket stays in one sentence. A
/// language without data is split by the rules that hold in all.
#[must_use]
pub fn split_sentences(text: &str, lang: Lang) -> Vec<Span> {
    let ends = boundary::sentence_ends(text, lang);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts
        .zip(ends.iter().copied().chain([text.len()]))
        .map(|(start, end)| Span::new(start, end).trim_whitespace(text))
        .filter(|s| !s.is_empty())
        .collect()
}
