//! Claims of a text: the values, names and quotations it states, each with its span and a value that does not depend
//! on the language; and the cues and events of a sentence.
//!
//! The meaning of words is data in `lang/`. This room reads one text at a time and knows no alignment.

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

/// The values of a text as [`extract_claims`] returns them, without names and quotations.
#[must_use]
pub fn extract_figures(text: &str, lang: Lang) -> Vec<Claim> {
    values::extract_values(text, lang)
}

/// The claims of one block of text, ordered by start; spans are offsets into `text`.
/// A number inside an amount, a percentage, a duration, an ordinal or a date is no quantity of its own. Empty for a
/// language without data.
#[must_use]
pub fn extract_claims(text: &str, lang: Lang) -> Vec<Claim> {
    let mut claims = values::extract_values(text, lang);
    claims.extend(name::extract_names(text, lang));
    claims.extend(quote::extract_quotes(text, lang));
    claims.sort_by_key(|c| (c.span.start, c.span.end));
    claims
}
