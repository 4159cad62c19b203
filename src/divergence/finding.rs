use sha2::{Digest, Sha256};
use strum::VariantArray;

use crate::claims::{self, Value};
use crate::text::{Span, to_hex};

/// How a claim differs between A and B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
#[non_exhaustive]
pub enum Change {
    /// In B only.
    Added,
    /// In A only.
    Dropped,
    /// In both, and different.
    Altered,
    /// B denies a claim of A, or A one of B.
    Contradicted,
    /// In both, with another degree of certainty.
    HedgeChanged,
    /// In both, at another place.
    Moved,
}

impl Change {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Dropped => "dropped",
            Self::Altered => "altered",
            Self::Contradicted => "contradicted",
            Self::HedgeChanged => "hedge_changed",
            Self::Moved => "moved",
        }
    }

    /// The same change seen from the other version.
    #[must_use]
    pub fn mirrored_change(self) -> Self {
        match self {
            Self::Added => Self::Dropped,
            Self::Dropped => Self::Added,
            other => other,
        }
    }
}

/// What kind of claim a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
#[expect(missing_docs, reason = "the variants have the names of the output, see the README")]
#[non_exhaustive]
pub enum FindingKind {
    Money,
    Quantity,
    Percent,
    Ordinal,
    Date,
    Duration,
    Name,
    Quote,
    Statement,
    Polarity,
    Modality,
    Quantifier,
    Attribution,
}

impl FindingKind {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Quantity => "quantity",
            Self::Percent => "percent",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Duration => "duration",
            Self::Name => "name",
            Self::Quote => "quote",
            Self::Statement => "statement",
            Self::Polarity => "polarity",
            Self::Modality => "modality",
            Self::Quantifier => "quantifier",
            Self::Attribution => "attribution",
        }
    }

    /// Whether its findings are about a cue (a "not", a hedge, "all", "she said"), not about a claim with a value. A new
    /// kind has to be placed here, or this does not compile.
    #[must_use]
    pub fn is_of_cue(self) -> bool {
        match self {
            Self::Polarity | Self::Modality | Self::Quantifier | Self::Attribution => true,
            Self::Money
            | Self::Quantity
            | Self::Percent
            | Self::Ordinal
            | Self::Date
            | Self::Duration
            | Self::Name
            | Self::Quote
            | Self::Statement => false,
        }
    }

    /// The kind of finding that a claim of this kind can make.
    #[must_use]
    pub fn from_claim(claim: claims::ClaimKind) -> Self {
        match claim {
            claims::ClaimKind::Money => Self::Money,
            claims::ClaimKind::Quantity => Self::Quantity,
            claims::ClaimKind::Percent => Self::Percent,
            claims::ClaimKind::Ordinal => Self::Ordinal,
            claims::ClaimKind::Date => Self::Date,
            claims::ClaimKind::Duration | claims::ClaimKind::Frequency => Self::Duration,
            claims::ClaimKind::Name => Self::Name,
            claims::ClaimKind::Quote => Self::Quote,
        }
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
#[non_exhaustive]
pub enum Severity {
    /// Tolerable; reported on request.
    Low,
    /// An editor would act on it.
    Medium,
    /// Money, a denial or an accusation, the source, polarity, or a changed quotation.
    High,
}

impl Severity {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The place of a claim in one version, with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimPlace {
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// The claim's value, where it has one.
    pub value: Option<Value>,
}

/// A quantity that a rule compared with a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measurement {
    /// Description of the quantity: `information of the clause in nats`.
    pub what: &'static str,
    /// Measured value.
    pub value: f32,
    /// Threshold of the rule. The value is on its side of a finding, or equal to it.
    pub threshold: f32,
}

/// The stable id of a finding: the first 12 hexadecimal digits of the SHA-256 of kind, change and both contents, see
/// [`place_content`].
pub(crate) fn finding_id(kind: FindingKind, change: Change, a: Option<&str>, b: Option<&str>) -> String {
    let mut hash = Sha256::new();
    for part in [kind.name(), change.name(), a.unwrap_or("\u{1}"), b.unwrap_or("\u{1}")] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    to_hex(&hash.finalize()[..6])
}

/// The content of a place for the id: the canonical value of a figure or date, else the text with each run of
/// whitespace as one space.
pub(crate) fn place_content(place: &ClaimPlace, text: &str) -> String {
    match &place.value {
        Some(value @ (Value::Money { .. } | Value::Number { .. } | Value::Date(_))) => {
            serde_json::to_string(value).unwrap_or_default()
        }
        _ => place.span.slice(text).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_each_part() {
        let base = finding_id(FindingKind::Money, Change::Altered, Some("1"), Some("2"));
        assert_eq!(base.len(), 12);
        assert_eq!(base, finding_id(FindingKind::Money, Change::Altered, Some("1"), Some("2")));
        for other in [
            finding_id(FindingKind::Date, Change::Altered, Some("1"), Some("2")),
            finding_id(FindingKind::Money, Change::Dropped, Some("1"), Some("2")),
            finding_id(FindingKind::Money, Change::Altered, Some("12"), Some("")),
            finding_id(FindingKind::Money, Change::Altered, Some("1"), None),
        ] {
            assert_ne!(base, other);
        }
    }
}
