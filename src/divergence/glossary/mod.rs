//! Allowed equivalents: what may stand for one another in two versions without being a difference.
//!
//! [`Glossary::parse`] reads TOML or TBX. A term's forms are words or phrases, compared without capitals and
//! possessive endings; another inflected form is a form of its own.

mod equivalents;
mod file;
mod matches;
mod tbx;

use crate::error::Result;

pub use equivalents::{ANY, GLOSSARY_VERSION, Glossary, GlossaryEntry, UnitConversion};
pub(crate) use matches::GlossaryMatches;

/// Largest glossary in bytes: a hundred thousand terms.
pub const MAX_BYTES: u64 = 16 << 20;

impl Glossary {
    /// Reads a glossary from the text of a file: TBX where it begins as XML does, else TOML. `name` is the file's name
    /// for messages.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) with the line, where it is neither, or says something that no
    /// glossary can.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_start().starts_with('<') {
            tbx::parse_tbx(name, text)
        } else {
            file::parse_toml(name, text)
        }
    }

    /// The same as the text of a TOML file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        file::write_toml(self)
    }
}
