//! Sentence to claims: what the text states, with the exact place and a value that does not depend on language.
//!
//! One file a kind; what a language's words mean is data in `lang/`. This room knows one text at a time and
//! nothing of alignment.

mod calendar;
mod cue;
mod deed;
mod measure;
pub mod name;
pub mod quote;
mod resolve;
mod value;
mod values;

pub use cue::{Cue, Effect, cues};
pub use deed::{Deed, deeds};
pub use measure::{Dimension, in_base};
pub use resolve::{published, resolve};
pub use value::{Claim, Currency, Date, End, Kind, Part, Qualifier, Unit, Value};

use crate::text::Lang;

/// The languages with data. In any other no claim is found.
pub const LANGUAGES: [Lang; 3] = [Lang::EN, Lang::DE, Lang::FR];

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
