//! Rows and cells of the matrix.

use crate::divergence::{ClaimPlace, Finding, FindingKind, Severity};

/// The claims on which several versions differ, with the content of each version.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// In the order of the first version; a claim that it lacks follows the claim before it in another version.
    pub rows: Vec<MatrixRow>,
    /// Which rows these are.
    pub filter: RowFilter,
    /// How many rows with findings below the level are left out.
    pub below_level: usize,
}

/// One claim in all versions.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRow {
    /// The kind of claim.
    pub kind: FindingKind,
    /// The highest severity of its findings; `None` where the versions agree, or differ only in a statement around it.
    pub severity: Option<Severity>,
    /// The content of each version, in the order of the versions; at least one is [`MatrixCell::Present`].
    pub cells: Vec<MatrixCell>,
    /// The version that differs from all others, where these agree; of three versions or more, and where a finding is at
    /// or above the level.
    pub outlier: Option<Outlier>,
    /// Its findings, ordered by the two versions in whose comparison each is made.
    pub findings: Vec<FindingRef>,
}

/// The content of one version for a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum MatrixCell {
    /// The claim, with the same or a different value.
    Present {
        /// The place of the claim, or of the sentences that contain it.
        place: ClaimPlace,
        /// The first version with the same content: the version itself where none before it has it.
        same_as: usize,
    },
    /// The version lacks the claim.
    Absent,
    /// Undecided: no sentence is aligned with the claim's own, but others contain most of its words.
    Unclear,
}

impl MatrixCell {
    /// The place of the claim in the version.
    pub(super) fn place(&self) -> Option<&ClaimPlace> {
        match self {
            Self::Present { place, .. } => Some(place),
            Self::Absent | Self::Unclear => None,
        }
    }
}

/// A finding of the comparison of version `a` with version `b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingRef {
    /// Index of the version that is A.
    pub a: usize,
    /// Index of the version that is B.
    pub b: usize,
    /// [`Finding::id`](crate::divergence::Finding::id).
    pub id: String,
}

/// The version that differs from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// Index of the version.
    pub version: usize,
    /// How it differs.
    pub kind: OutlierKind,
}

/// How one version differs from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutlierKind {
    /// It has the claim with a different value.
    Differs,
    /// It lacks a claim that the others have.
    Lacks,
    /// It has a claim that the others lack.
    Adds,
}

impl OutlierKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Differs, Self::Lacks, Self::Adds];

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Lacks => "lacks",
            Self::Adds => "adds",
        }
    }
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowFilter {
    /// Those with a finding at or above this level.
    pub level: Severity,
    /// Also a row for each other amount, figure, date and quotation of the first version.
    pub all_figures: bool,
}

impl Matrix {
    /// The rows with a finding at or above the level.
    pub fn rows_at_level(&self) -> impl Iterator<Item = &MatrixRow> {
        self.rows.iter().filter(|row| row.severity >= Some(self.filter.level))
    }
}

impl MatrixRow {
    /// The first version with the claim, and its place there.
    #[must_use]
    pub fn first_place(&self) -> Option<(usize, &ClaimPlace)> {
        self.cells.iter().enumerate().find_map(|(version, cell)| Some((version, cell.place()?)))
    }

    /// The version that differs from all others, where these agree; `None` of fewer than three versions or with an
    /// undecided cell.
    pub(super) fn find_outlier(&self) -> Option<Outlier> {
        // The contents of two versions are equal where these numbers are.
        let contents: Vec<Option<usize>> = self
            .cells
            .iter()
            .map(|cell| match cell {
                MatrixCell::Present { same_as, .. } => Some(Some(*same_as)),
                MatrixCell::Absent => Some(None),
                MatrixCell::Unclear => None,
            })
            .collect::<Option<_>>()?;
        if contents.len() < 3 {
            return None;
        }
        let last = contents.len() - 1;
        let version = (0..contents.len()).find(|version| {
            let (own, other) = (contents[*version], contents[usize::from(*version == 0)]);
            contents.iter().filter(|c| **c != own).count() == last
                && contents.iter().filter(|c| **c == other).count() == last
        })?;
        let kind = match (contents[version], contents[usize::from(version == 0)]) {
            (None, _) => OutlierKind::Lacks,
            (_, None) => OutlierKind::Adds,
            _ => OutlierKind::Differs,
        };
        Some(Outlier { version, kind })
    }

    /// Whether the contents of two versions differ.
    pub(super) fn versions_differ(&self, x: usize, y: usize) -> bool {
        match [x, y].map(|version| &self.cells[version]) {
            [MatrixCell::Present { same_as: x, .. }, MatrixCell::Present { same_as: y, .. }] => x != y,
            [x, y] => x != y,
        }
    }

    /// Adds a finding of the comparison of two versions, once, and raises the severity to its own.
    pub(super) fn add_finding(&mut self, finding: &Finding, own: usize, other: usize) {
        let named = FindingRef { a: own.min(other), b: own.max(other), id: finding.id.clone() };
        if let Err(at) = self.findings.binary_search(&named) {
            self.findings.insert(at, named);
            self.severity = self.severity.max(Some(finding.severity));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// Cells written as the first version with the same content, `-` for absent and `?` for unclear.
    fn outlier(cells: &str) -> Option<(usize, OutlierKind)> {
        let place = ClaimPlace { sentence: 0, span: Span::new(0, 1), value: None };
        let cell = |c: char| match c {
            '-' => MatrixCell::Absent,
            '?' => MatrixCell::Unclear,
            c => MatrixCell::Present { place: place.clone(), same_as: c as usize - '0' as usize },
        };
        let cells = cells.chars().map(cell).collect();
        let row =
            MatrixRow { kind: FindingKind::Name, severity: None, cells, outlier: None, findings: Vec::new() };
        row.find_outlier().map(|outlier| (outlier.version, outlier.kind))
    }

    #[test]
    fn one_version_is_the_outlier_where_all_others_agree() {
        assert_eq!(outlier("010"), Some((1, OutlierKind::Differs)));
        assert_eq!(outlier("0111"), Some((0, OutlierKind::Differs)));
        assert_eq!(outlier("00-0"), Some((2, OutlierKind::Lacks)));
        assert_eq!(outlier("---3"), Some((3, OutlierKind::Adds)));
        assert_eq!(outlier("0--"), Some((0, OutlierKind::Adds)));
        assert_eq!(outlier("-111"), Some((0, OutlierKind::Lacks)));
    }

    #[test]
    fn no_version_is_the_outlier_where_the_others_disagree() {
        for cells in ["01", "0-", "000", "012", "01-", "0011", "00--", "0?0", "00?1", "--?"] {
            assert_eq!(outlier(cells), None, "{cells}");
        }
    }
}
