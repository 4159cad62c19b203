//! Sentence to claims: what the text states, with the exact place and a value that does not depend on language.
//!
//! One file a kind; what a language's words mean is data in `lang/`. This room knows one text at a time and
//! nothing of alignment.

mod calendar;
mod cue;
mod equal;
mod event;
mod measure;
pub mod name;
pub mod quote;
mod resolve;
mod value;
mod values;

pub use cue::{Cue, Effect, cues};
pub(crate) use equal::{Sameness, compare, figure, near, same};
pub use event::{Deed, deeds};
pub use measure::{Dimension, in_base};
pub use resolve::{published, resolve};
pub use value::{Claim, Currency, Date, End, Kind, Part, Qualifier, Unit, Value};

use crate::lang;
use crate::text::Lang;

/// Whether there is data to read the claims of a language. In any other no claim is found.
#[must_use]
pub fn is_read(lang: Lang) -> bool {
    lang::is_known(lang)
}

/// The values alone that a text states, as [`extract`] has them: no names and no quotations.
#[must_use]
pub fn figures(text: &str, lang: Lang) -> Vec<Claim> {
    values::extract(text, lang)
}

/// The claims of one block of text, ordered by start; spans are offsets into `text`.
///
/// A number that belongs to an amount, a percentage, a duration, an ordinal or a date is no quantity of its own. For
/// a language without data the result is empty.
#[must_use]
pub fn extract(text: &str, lang: Lang) -> Vec<Claim> {
    let mut claims = values::extract(text, lang);
    claims.extend(name::extract(text, lang));
    claims.extend(quote::extract(text, lang));
    claims.sort_by_key(|c| (c.span.start, c.span.end));
    claims
}
