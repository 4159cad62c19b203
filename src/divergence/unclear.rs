use super::finding::{ClaimPlace, FindingKind};
use crate::text::{Lang, Which};

/// Why it cannot be told whether two versions say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnclearReason {
    /// The other version is in a language without data, or in one that is not clear, so its claims are not read.
    Language(Lang),
    /// "Yesterday" against a date, where the day of the article is not known.
    Day,
    /// Both sides have a "not" and one has more of them, which can be a double negation or a clause turned.
    Negations,
}

impl UnclearReason {
    /// The name used in machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Language(_) => "language",
            Self::Day => "day",
            Self::Negations => "negations",
        }
    }

    /// In words.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Language(lang) if lang.is_known() => format!("claims in the language {lang} are not read"),
            Self::Language(_) => "the language of the other version is not clear".to_owned(),
            Self::Day => "the day that the date is relative to is not known".to_owned(),
            Self::Negations => "one side has more negations than the other".to_owned(),
        }
    }
}

/// A claim of which the evidence does not say whether the other version tells it too.
#[derive(Clone, Debug, PartialEq)]
pub struct Unclear {
    /// Of what kind.
    pub kind: FindingKind,
    /// Where in A, and where in B; one of them at least. A place on both sides is one that may tell the same.
    pub a: Option<ClaimPlace>,
    /// See `a`.
    pub b: Option<ClaimPlace>,
    /// Why.
    pub reason: UnclearReason,
}

impl Unclear {
    /// One place, which stands in `which`.
    pub(super) fn on_side(
        kind: FindingKind,
        which: Which,
        own: ClaimPlace,
        facing: Option<ClaimPlace>,
        reason: UnclearReason,
    ) -> Self {
        let (a, b) = if which == Which::A { (Some(own), facing) } else { (facing, Some(own)) };
        Self { kind, a, b, reason }
    }
}
