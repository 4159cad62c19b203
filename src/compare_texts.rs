//! The library's front: two texts in, their comparison out.

use crate::article::Article;
use crate::claims::Date;
use crate::divergence::glossary::Glossary;
use crate::divergence::{Comparison, Version, compare_with_glossary};
use crate::encode::{EncoderLocation, open_encoder};
use crate::error::Result;
use crate::text::{Lang, Sides};

/// How [`compare_texts()`] reads and compares. Make one with `Options::default()`, then set its fields.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The languages of A and B; a side without one is detected.
    pub langs: Sides<Option<Lang>>,
    /// The day of the articles, to which "yesterday" is relative; without it that of their own byline.
    pub date: Option<Date>,
    /// Allowed equivalents, which are no difference.
    pub glossary: Glossary,
    /// Where the encoder is; by default in the user's cache, to which it is fetched once.
    pub encoder: EncoderLocation,
}

/// Compares two plain texts: A is what B is measured against. Offsets in the result count bytes of the
/// texts as given.
///
/// Each call opens the encoder, which takes some milliseconds. For many pairs, or for files of other forms, open it
/// once with [`open_encoder`], read each side with [`Version::read`] and call [`crate::divergence::compare_versions`].
///
/// # Errors
/// If a text is too long ([`crate::article::MAX_ARTICLE_BYTES`], [`crate::align::MAX_SENTENCES`]), or the encoder is missing and cannot be fetched.
pub fn compare_texts(a: &str, b: &str, options: &Options) -> Result<Comparison> {
    let encoder = open_encoder(&options.encoder)?;
    let a = read_version(a, options.langs.a, options)?;
    let b = read_version(b, options.langs.b, options)?;
    compare_with_glossary(&a, &b, &encoder, &options.glossary)
}

fn read_version(text: &str, lang: Option<Lang>, options: &Options) -> Result<Version> {
    Ok(Version::with_date(Article::from_text(text, lang)?, options.date))
}
