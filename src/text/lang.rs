use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A language, by its primary BCP 47 subtag (two or three lower-case letters).
///
/// Any language has a tag; only some have data. A room with data by language looks the tag up in its own table and documents
/// its behaviour without.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 3]);

impl Lang {
    /// English.
    pub const EN: Self = Self(*b"en\0");
    /// German.
    pub const DE: Self = Self(*b"de\0");
    /// French.
    pub const FR: Self = Self(*b"fr\0");
    /// Not determined (BCP 47 `und`).
    pub const UND: Self = Self(*b"und");

    /// The language of a lower-case primary subtag of two or three letters, for tags in the program itself.
    ///
    /// # Panics
    /// If the subtag has another length.
    pub(crate) const fn from_subtag(subtag: &str) -> Self {
        match *subtag.as_bytes() {
            [first, second] => Self([first, second, 0]),
            [first, second, third] => Self([first, second, third]),
            _ => panic!("a primary subtag has two or three letters"),
        }
    }

    /// The subtag, such as `de`.
    #[must_use]
    pub fn code(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }

    /// Whether the language is determined.
    #[must_use]
    pub fn is_known(self) -> bool {
        self != Self::UND
    }
}

impl FromStr for Lang {
    type Err = String;

    /// Parses `de`, `DE` or `de-CH`; only the primary subtag is kept.
    fn from_str(tag: &str) -> Result<Self, String> {
        let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let bytes = primary.as_bytes();
        if !matches!(bytes.len(), 2 | 3) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return Err(format!("{tag:?} is not a language tag; write for example en, de or fr"));
        }
        let mut code = [0; 3];
        code[..bytes.len()].copy_from_slice(bytes);
        Ok(Self(code))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_refuses_words() {
        assert_eq!("de-CH".parse(), Ok(Lang::DE));
        assert_eq!("EN".parse(), Ok(Lang::EN));
        assert_eq!(Lang::FR.to_string(), "fr");
        assert!("german".parse::<Lang>().is_err());
        assert!("".parse::<Lang>().is_err());
    }
}
