use sha2::{Digest, Sha256};

use super::rules::Rule;
use crate::claims::{self, Value};
use crate::text::{Span, hex};

/// What happened to a claim on the way from A to B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// In B only.
    Added,
    /// In A only.
    Dropped,
    /// In both, and different.
    Altered,
    /// B denies what A says, or the other way round.
    Contradicted,
    /// Told with another degree of certainty.
    HedgeChanged,
    /// In both, at another place.
    Moved,
}

impl Change {
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
    pub fn mirrored(self) -> Self {
        match self {
            Self::Added => Self::Dropped,
            Self::Dropped => Self::Added,
            other => other,
        }
    }
}

/// What kind of claim a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the output, see the README")]
pub enum Kind {
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

impl Kind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Money,
        Self::Quantity,
        Self::Percent,
        Self::Ordinal,
        Self::Date,
        Self::Duration,
        Self::Name,
        Self::Quote,
        Self::Statement,
        Self::Polarity,
        Self::Modality,
        Self::Quantifier,
        Self::Attribution,
    ];

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

    /// The kind of finding that a claim of this kind can make.
    #[must_use]
    pub fn of(claim: claims::Kind) -> Self {
        match claim {
            claims::Kind::Money => Self::Money,
            claims::Kind::Quantity => Self::Quantity,
            claims::Kind::Percent => Self::Percent,
            claims::Kind::Ordinal => Self::Ordinal,
            claims::Kind::Date => Self::Date,
            claims::Kind::Duration | claims::Kind::Frequency => Self::Duration,
            claims::Kind::Name => Self::Name,
            claims::Kind::Quote => Self::Quote,
        }
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Tolerable; shown on request.
    Low,
    /// An editor would act.
    Medium,
    /// Money, a denial or an accusation, who says so, polarity, a changed quotation.
    High,
}

impl Severity {
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

/// Where a claim stands in one version, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Index into the version's sentences.
    pub sentence: usize,
    /// Bytes of the version's text.
    pub span: Span,
    /// The claim's value, where it has one.
    pub value: Option<Value>,
}

/// Something that a rule measured before it made a finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// What, in words: `information of the clause in nats`.
    pub what: &'static str,
    /// How much.
    pub value: f32,
    /// Where the rule draws the line. The value is on the side of it on which the finding is made, or on it.
    pub line: f32,
}

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable: depends on kind, change and both contents, never on places.
    pub id: String,
    /// What happened.
    pub change: Change,
    /// To what kind of claim.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// The chance that a careful editor agrees, 0 to 1: that of its rule.
    pub confidence: f32,
    /// The rule that made it.
    pub rule: &'static Rule,
    /// Where in A; `None` for what B adds.
    pub a: Option<Place>,
    /// Where in B; `None` for what B lacks.
    pub b: Option<Place>,
    /// One sentence for a person: what differs and why this was reported.
    pub message: String,
    /// What the rule measured; empty where it compared values alone.
    pub measured: Vec<Measured>,
}

/// The stable id of a finding: 12 hexadecimal digits of a SHA-256 over kind, change and the folded contents.
///
/// A content is the canonical value where there is one, else the text with runs of whitespace as one space.
pub(crate) fn id(kind: Kind, change: Change, a: Option<&str>, b: Option<&str>) -> String {
    let mut hash = Sha256::new();
    for part in [kind.name(), change.name(), a.unwrap_or("\u{1}"), b.unwrap_or("\u{1}")] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize()[..6])
}

/// What of a place goes into the id.
pub(crate) fn content(place: &Place, text: &str) -> String {
    match &place.value {
        Some(value @ (Value::Money { .. } | Value::Number { .. } | Value::Date(_))) => {
            serde_json::to_string(value).unwrap_or_default()
        }
        _ => place.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_each_part() {
        let base = id(Kind::Money, Change::Altered, Some("1"), Some("2"));
        assert_eq!(base.len(), 12);
        assert_eq!(base, id(Kind::Money, Change::Altered, Some("1"), Some("2")));
        for other in [
            id(Kind::Date, Change::Altered, Some("1"), Some("2")),
            id(Kind::Money, Change::Dropped, Some("1"), Some("2")),
            id(Kind::Money, Change::Altered, Some("12"), Some("")),
            id(Kind::Money, Change::Altered, Some("1"), None),
        ] {
            assert_ne!(base, other);
        }
    }
}
