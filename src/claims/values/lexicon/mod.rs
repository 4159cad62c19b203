//! The words of a language, as phrases with their senses.

mod load;
mod phrases;
mod sense;
mod style;

use crate::lang::PerLanguage;
use crate::text::Lang;

pub(super) use phrases::{LONGEST_PHRASE, ValueLexicon};
pub(super) use sense::{DateGlue, Glue, One, Period, Sense, Street};
pub(super) use style::NumberStyle;

static LEXICONS: PerLanguage<ValueLexicon> = PerLanguage::new(|language| load::read_lexicon(language.values));

/// The lexicon of `lang`, where there is data for it.
pub(super) fn lexicon_of(lang: Lang) -> Option<&'static ValueLexicon> {
    LEXICONS.get(lang)
}
