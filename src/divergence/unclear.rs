use super::finding::{ClaimPlace, FindingKind};
use crate::text::{Lang, Which};

/// Why a claim could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnclearReason {
    /// The other version is in a language without data, or in an unknown one, so its claims are not read.
    Language(Lang),
    /// "Yesterday" against a date, where the date of the article is unknown.
    Day,
    /// Both sides have negations and one has more, which can be a double negation or a rephrased clause.
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

    /// The reason in words.
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

/// A claim that could not be compared with the other version.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unclear {
    /// Kind of the claim.
    pub kind: FindingKind,
    /// Place in A. At least one of `a` and `b` is given; both are where the two may correspond.
    pub a: Option<ClaimPlace>,
    /// Place in B, see `a`.
    pub b: Option<ClaimPlace>,
    /// Why it could not be compared.
    pub reason: UnclearReason,
}

impl Unclear {
    /// A claim at `own` in version `which`, with the corresponding place in the other version if there is one.
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
