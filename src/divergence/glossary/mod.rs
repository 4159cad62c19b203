//! Glossaries of allowed equivalents: terms, names, units and rounding whose substitution is no difference.
//!
//! [`Glossary::parse`] reads TOML or TBX. The forms of a term are words or phrases, compared without case and
//! possessive endings; every other inflection has to be listed as a form.

mod equivalents;
mod file;
mod matches;
mod tbx;

use crate::error::Result;

pub use equivalents::{ANY, GLOSSARY_VERSION, Glossary, GlossaryEntry, UnitConversion};
pub(crate) use matches::GlossaryMatches;

/// Maximum size of a glossary in bytes, enough for a hundred thousand terms.
pub const MAX_BYTES: u64 = 16 << 20;

impl Glossary {
    /// Parses the text of a glossary file: TBX where it begins with `<`, else TOML. `name` is the file's name for
    /// messages.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with the line, where the text is neither, or has an invalid key or
    /// value.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_start().starts_with('<') {
            tbx::parse_tbx(name, text)
        } else {
            file::parse_toml(name, text)
        }
    }

    /// The glossary as the text of a TOML file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        file::write_toml(self)
    }
}
