use std::error::Error as StdError;
use std::fmt;

/// What kind of thing went wrong, for callers that act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An input file could not be read, or is not what claimdiff can compare.
    Input,
    /// The encoder is missing, foreign or damaged.
    Model,
    /// A corpus, its manifest or its texts are not as they should be.
    Corpus,
    /// Writing the result failed.
    Output,
}

/// The one error of this crate: what failed, on what, and, apart from it, what to do next.
///
/// [`fmt::Display`] prints what failed; [`Error::advice`] is a second sentence for a person; [`StdError::source`]
/// is the cause below, where there is one.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    advice: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of `kind`; `message` says what failed and on what, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), advice: None, source: None }
    }

    /// Adds what the reader can do about it.
    #[must_use]
    pub fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Says on which file it failed, where that was not known.
    #[must_use]
    pub(crate) fn in_file(mut self, name: &str) -> Self {
        self.message = format!("{name}: {}", self.message);
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_cause(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn error_kind(&self) -> ErrorKind {
        self.kind
    }

    /// What it came from, the nearest cause first.
    #[cfg(feature = "cli")]
    pub(crate) fn cause_chain(&self) -> impl Iterator<Item = &(dyn StdError + 'static)> {
        std::iter::successors(self.source(), |&cause| cause.source())
    }

    /// What to do next, where that is known.
    #[must_use]
    pub fn advice_text(&self) -> Option<&str> {
        self.advice.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
