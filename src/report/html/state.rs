//! How a sentence or a group compares with the other version.

/// The state of a sentence, or of a group of aligned sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SentenceState {
    /// Aligned, without a difference.
    Shared,
    /// Aligned without a difference, at another place.
    Moved,
    /// Aligned, with a finding.
    Differs,
    /// Not aligned.
    Unmatched,
}

impl SentenceState {
    pub(super) const ALL: [Self; 4] = [Self::Shared, Self::Moved, Self::Differs, Self::Unmatched];

    /// The class that it is shown by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Moved => "moved",
            Self::Differs => "differs",
            Self::Unmatched => "alone",
        }
    }

    /// The entry of the legend.
    pub(super) fn legend_text(self) -> &'static str {
        match self {
            Self::Shared => "same content",
            Self::Moved => "same content, elsewhere",
            Self::Differs => "content differs",
            Self::Unmatched => "in one version only",
        }
    }
}

/// The compared sentences of a version in order: number, state, length in characters.
pub(super) type SentenceLengths = Vec<(usize, SentenceState, usize)>;
