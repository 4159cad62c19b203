use std::ops::Range;

use crate::article::{Article, Role};
use crate::claims::{self, Claim, Date, Value};
use crate::error::Result;
use crate::segment::{self, Sentence};
use crate::text::Lang;

/// One version of an article with everything that is known of it alone.
#[derive(Debug)]
pub struct Version {
    /// Text, blocks, language.
    pub article: Article,
    /// All sentences, boilerplate too.
    pub sentences: Vec<Sentence>,
    /// The claims of the sentences that take part, spans in the article's text, ordered by start.
    pub claims: Vec<Stated>,
    /// Indices of the sentences that take part in the comparison: all but bylines and boilerplate.
    pub told: Vec<usize>,
}

/// A claim and the sentence it starts in.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The claim, its span in the article's text.
    pub claim: Claim,
    /// Index into [`Version::sentences`].
    pub sentence: usize,
}

/// Whether sentences of this role are compared.
fn takes_part(role: Role) -> bool {
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
        Self::dated(article, None)
    }

    /// As [`Version::new`]; times such as "yesterday" are told from `day`, or else from the article's own date line.
    #[must_use]
    pub fn dated(article: Article, day: Option<Date>) -> Self {
        let day = day.or_else(|| claims::published(&article));
        let sentences = segment::article(&article);
        let told = (0..sentences.len()).filter(|k| takes_part(sentences[*k].role)).collect();
        let mut claims = Vec::new();
        for block in article.blocks.iter().filter(|b| takes_part(b.role)) {
            let mut found = claims::extract(block.span.of(&article.text), block.lang);
            if let Some(day) = &day {
                claims::resolve(&mut found, day);
            }
            for mut claim in found {
                claim.span = claim.span.shifted(block.span.start);
                let after = sentences.partition_point(|s| s.span.start <= claim.span.start);
                claims.push(Stated { claim, sentence: after.saturating_sub(1) });
            }
        }
        name_currencies(&article.text, &mut claims);
        Self { article, sentences, claims, told }
    }

    /// The language of a sentence: that of its block.
    #[must_use]
    pub fn lang_of(&self, sentence: usize) -> Lang {
        self.article.blocks[self.sentences[sentence].block].lang
    }

    /// Whether there is language data to read the claims of this version.
    #[must_use]
    pub fn is_read(&self) -> bool {
        claims::is_read(self.article.lang)
    }

    /// The text of a sentence.
    #[must_use]
    pub fn text_of(&self, sentence: usize) -> &str {
        self.sentences[sentence].span.of(&self.article.text)
    }

    /// The numbers of the claims of a sentence.
    pub(crate) fn claim_numbers_of(&self, sentence: usize) -> Range<usize> {
        let claims = &self.claims;
        claims.partition_point(|c| c.sentence < sentence)..claims.partition_point(|c| c.sentence <= sentence)
    }
}

/// "48 million crowns" are Norwegian where the article says "Norwegian crowns" elsewhere, and nothing else.
fn name_currencies(text: &str, claims: &mut [Stated]) {
    let words = |claim: &Claim| -> Vec<String> {
        claim
            .span
            .of(text)
            .split_whitespace()
            .filter(|w| w.chars().all(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect()
    };
    let known: Vec<_> = claims
        .iter()
        .filter_map(|c| match c.claim.value {
            Value::Money { currency: Some(currency), .. } => Some((words(&c.claim), currency)),
            _ => None,
        })
        .collect();
    for stated in claims {
        let bare = words(&stated.claim);
        if let Value::Money { currency: currency @ None, .. } = &mut stated.claim.value
            && let Some(noun) = bare.last()
        {
            let mut said =
                known.iter().filter(|(words, _)| words.contains(noun)).map(|(_, currency)| *currency);
            if let Some(first) = said.next()
                && said.all(|other| other == first)
            {
                *currency = Some(first);
            }
        }
    }
}
