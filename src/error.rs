//! The error type of the crate.

use std::error::Error as StdError;
use std::fmt;

/// The kind of an error, for callers that handle them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An input file could not be read, or is not what claimdiff can compare.
    Input,
    /// The encoder is missing, foreign or damaged.
    Model,
    /// A corpus, its manifest or its texts are invalid.
    Corpus,
    /// Writing the result failed.
    Output,
}

/// The error of this crate: what failed, on which input, and separately the advice for the user.
///
/// [`fmt::Display`] prints what failed; [`Error::advice_text`] is a second sentence for the user; [`StdError::source`]
/// is the underlying cause, if there is one.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    advice: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// A result with the error of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of `kind`; `message` names what failed and the input, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), advice: None, source: None }
    }

    /// Adds the advice for the user.
    #[must_use]
    pub fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Prepends the name of the file to the message.
    #[must_use]
    pub(crate) fn in_file(mut self, name: &str) -> Self {
        self.message = format!("{name}: {}", self.message);
        self
    }

    /// Adds the underlying cause.
    #[must_use]
    pub fn with_cause(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The kind of the error.
    #[must_use]
    pub fn error_kind(&self) -> ErrorKind {
        self.kind
    }

    /// The underlying causes, the nearest first.
    #[cfg(feature = "report")]
    pub(crate) fn cause_chain(&self) -> impl Iterator<Item = &(dyn StdError + 'static)> {
        std::iter::successors(self.source(), |&cause| cause.source())
    }

    /// The advice for the user, if there is any.
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
