use std::ops::Range;

use crate::article::{Article, Role};
use crate::claims::{self, Claim, Date, Value};
use crate::error::Result;
use crate::segment::{self, Sentence};
use crate::text::Lang;

/// One version of an article with its sentences and claims.
#[derive(Debug)]
#[non_exhaustive]
pub struct Version {
    /// Text, blocks, language.
    pub article: Article,
    /// All sentences, including boilerplate.
    pub sentences: Vec<Sentence>,
    /// The claims of the compared sentences, spans in the article's text, ordered by start.
    pub claims: Vec<SentenceClaim>,
    /// Indices of the compared sentences: all but bylines and boilerplate.
    pub compared_sentences: Vec<usize>,
}

/// A claim and the sentence it starts in.
#[derive(Clone, Debug)]
pub struct SentenceClaim {
    /// The claim, its span in the article's text.
    pub claim: Claim,
    /// Index into [`Version::sentences`].
    pub sentence: usize,
}

/// Whether sentences of this role are compared.
fn is_compared(role: Role) -> bool {
    matches!(role, Role::Headline | Role::Body | Role::Caption)
}

impl Version {
    /// Reads one version; see [`Article::read`] for `name` and `lang`.
    ///
    /// # Errors
    /// As [`Article::read`].
    pub fn read(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Self> {
        Ok(Self::new(Article::read(name, bytes, lang)?))
    }

    /// Segments an article and extracts its claims.
    #[must_use]
    pub fn new(article: Article) -> Self {
        Self::with_date(article, None)
    }

    /// As [`Version::new`]; times such as "yesterday" are resolved by `day`, or else by the article's own dateline.
    #[must_use]
    pub fn with_date(article: Article, day: Option<Date>) -> Self {
        let day = day.or_else(|| claims::published_date(&article));
        let sentences = segment::article_sentences(&article);
        let compared_sentences = (0..sentences.len()).filter(|k| is_compared(sentences[*k].role)).collect();
        let mut claims = Vec::new();
        for block in article.blocks.iter().filter(|b| is_compared(b.role)) {
            let mut block_claims = claims::extract_claims(block.span.slice(&article.text), block.lang);
            if let Some(day) = &day {
                claims::resolve_dates(&mut block_claims, day);
            }
            for mut claim in block_claims {
                claim.span = claim.span.shifted_by(block.span.start);
                let after = sentences.partition_point(|s| s.span.start <= claim.span.start);
                claims.push(SentenceClaim { claim, sentence: after.saturating_sub(1) });
            }
        }
        name_currencies(&article.text, &mut claims);
        Self { article, sentences, claims, compared_sentences }
    }

    /// The language of a sentence: that of its block.
    #[must_use]
    pub fn sentence_lang(&self, sentence: usize) -> Lang {
        self.article.blocks[self.sentences[sentence].block].lang
    }

    /// Whether there is language data to read the claims of this version.
    #[must_use]
    pub fn is_read(&self) -> bool {
        claims::has_claim_data(self.article.lang)
    }

    /// The text of a sentence.
    #[must_use]
    pub fn sentence_text(&self, sentence: usize) -> &str {
        self.sentences[sentence].span.slice(&self.article.text)
    }

    /// The text of a claim.
    #[must_use]
    pub fn claim_text(&self, claim: &SentenceClaim) -> &str {
        claim.claim.span.slice(&self.article.text)
    }

    /// Indices of the claims of a sentence.
    pub(crate) fn claim_numbers(&self, sentence: usize) -> Range<usize> {
        let claims = &self.claims;
        claims.partition_point(|c| c.sentence < sentence)..claims.partition_point(|c| c.sentence <= sentence)
    }
}

/// Sets the currency of amounts such as "48 million crowns" where the article has "Norwegian crowns" elsewhere, and no
/// other crowns.
fn name_currencies(text: &str, claims: &mut [SentenceClaim]) {
    let known: Vec<_> = claims
        .iter()
        .filter_map(|c| match c.claim.value {
            Value::Money { currency: Some(currency), .. } => {
                Some((alphabetic_words(text, &c.claim), currency))
            }
            _ => None,
        })
        .collect();
    for stated in claims {
        let bare = alphabetic_words(text, &stated.claim);
        if let Value::Money { currency: currency @ None, .. } = &mut stated.claim.value
            && let Some(noun) = bare.last()
        {
            let mut currencies =
                known.iter().filter(|(words, _)| words.contains(noun)).map(|(_, currency)| *currency);
            if let Some(first) = currencies.next()
                && currencies.all(|other| other == first)
            {
                *currency = Some(first);
            }
        }
    }
}

/// The words of a claim without digits and signs, in lower case.
fn alphabetic_words(text: &str, claim: &Claim) -> Vec<String> {
    let words = claim.span.slice(text).split_whitespace().filter(|w| w.chars().all(char::is_alphabetic));
    words.map(str::to_lowercase).collect()
}
