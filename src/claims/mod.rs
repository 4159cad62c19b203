//! Sentence to claims: what the text states, with the exact place and a value that does not depend on language.
//!
//! One file a kind; what a language's words mean is data in `lang/`. This room knows one text at a time and
//! nothing of alignment.

mod calendar;
mod compare;
mod cue;
mod event;
mod measure;
pub mod name;
pub mod quote;
mod resolve;
mod value;
mod values;

pub(crate) use compare::{Sameness, bare_figure, compare_values, same_value, within_share};
pub use cue::{Cue, CueKind, find_cues};
pub use event::{Event, events};
pub use measure::{Dimension, in_base_unit};
pub use resolve::{published_date, resolve_dates};
pub use value::{Claim, ClaimKind, Currency, Date, DatePart, Qualifier, RangeEnd, TimeUnit, Value};

use crate::lang;
use crate::text::Lang;

/// Whether there is data to read the claims of a language. In any other no claim is found.
#[must_use]
pub fn has_claim_data(lang: Lang) -> bool {
    lang::is_known(lang)
}

/// The values alone that a text states, as [`extract`] has them: no names and no quotations.
#[must_use]
pub fn extract_figures(text: &str, lang: Lang) -> Vec<Claim> {
    values::extract_values(text, lang)
}

/// The claims of one block of text, ordered by start; spans are offsets into `text`.
///
/// A number that belongs to an amount, a percentage, a duration, an ordinal or a date is no quantity of its own. For
/// a language without data the result is empty.
#[must_use]
pub fn extract_claims(text: &str, lang: Lang) -> Vec<Claim> {
    let mut claims = values::extract_values(text, lang);
    claims.extend(name::extract_names(text, lang));
    claims.extend(quote::extract_quotes(text, lang));
    claims.sort_by_key(|c| (c.span.start, c.span.end));
    claims
}
