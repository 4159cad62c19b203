//! Versions of one story as a table: a row a claim, a cell what one version has of it.
//!
//! What the first version tells is judged by its comparisons with each other one, and stands where it stands there.
//! What it does not tell starts from the first version that tells it, and is judged by that one's comparisons. So each
//! row rests on one version's comparisons, and what two versions add is one row. Where such a comparison is one of two
//! newsrooms' texts and finds nothing, a translation or a copy of either may know better.

mod comparison_view;
mod join;

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::divergence::glossary::Glossary;
use crate::divergence::{ClaimPlace, Comparison, FindingKind, Severity, Version, compare_with_glossary};
use crate::encode::Encoder;
use crate::error::Result;

/// What several versions have of each claim on which they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// In the order of the first version; what it does not tell follows what stands before it elsewhere.
    pub rows: Vec<MatrixRow>,
    /// Which rows these are.
    pub filter: RowFilter,
    /// How many rows with findings below the level are left out.
    pub below_level: usize,
}

/// One claim.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRow {
    /// What kind of claim.
    pub kind: FindingKind,
    /// That of its gravest finding; `None` where the versions agree, or differ only in a statement around it.
    pub severity: Option<Severity>,
    /// What each version has of it, in the order of the versions; one at least tells it.
    pub cells: Vec<MatrixCell>,
    /// The version that stands against all others, where these agree; of three versions or more, and where a finding at
    /// or above the level says so.
    pub outlier: Option<Outlier>,
    /// The findings that it rests on, by the two versions in whose comparison each is made.
    pub findings: Vec<FindingRef>,
}

/// What one version has of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum MatrixCell {
    /// It tells it.
    Present {
        /// Where: the claim, or the sentences that tell it.
        place: ClaimPlace,
        /// The first version that tells it in this way; itself where none does before it.
        same_as: usize,
    },
    /// It does not tell it.
    Absent,
    /// The comparison cannot tell: no sentence goes with the claim's own, but others tell most of its words.
    Unclear,
}

/// A finding of the comparison of version `a` with version `b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingRef {
    /// Index of the version that stands for A.
    pub a: usize,
    /// Index of the version that stands for B.
    pub b: usize,
    /// [`Finding::id`](crate::divergence::Finding::id).
    pub id: String,
}

/// The odd one out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// Index of the version.
    pub version: usize,
    /// What sets it apart.
    pub kind: OutlierKind,
}

/// What sets one version apart from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutlierKind {
    /// It tells what the others tell, but otherwise.
    Differs,
    /// It does not tell what the others tell.
    Lacks,
    /// It tells what the others do not tell.
    Adds,
}

impl OutlierKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Differs, Self::Lacks, Self::Adds];

    /// The name used in all machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "otherwise",
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
    /// The first version that tells the claim, and where.
    #[must_use]
    pub fn first_place(&self) -> Option<(usize, &ClaimPlace)> {
        self.cells.iter().enumerate().find_map(|(version, cell)| match cell {
            MatrixCell::Present { place, .. } => Some((version, place)),
            MatrixCell::Absent | MatrixCell::Unclear => None,
        })
    }

    /// The version that differs from all others, which agree.
    fn find_outlier(&self) -> Option<Outlier> {
        // Two readings at most, and nothing in doubt.
        let reading = |cell: &MatrixCell| match cell {
            MatrixCell::Present { same_as: like, .. } => Some(Some(*like)),
            MatrixCell::Absent => Some(None),
            MatrixCell::Unclear => None,
        };
        let readings: Vec<Option<usize>> = self.cells.iter().map(reading).collect::<Option<_>>()?;
        if readings.len() < 3 {
            return None;
        }
        let against = |version: usize| readings.iter().filter(|r| **r != readings[version]).count();
        let agree = |version: usize| readings.iter().filter(|r| **r == readings[version]).count();
        let last = readings.len() - 1;
        let version = (0..readings.len()).find(|version| {
            let other = usize::from(*version == 0);
            against(*version) == last && agree(other) == last
        })?;
        let how = match (readings[version], readings[usize::from(version == 0)]) {
            (None, _) => OutlierKind::Lacks,
            (_, None) => OutlierKind::Adds,
            _ => OutlierKind::Differs,
        };
        Some(Outlier { version, kind: how })
    }
}

/// Compares every two of the versions and joins what they differ in; the first version is the reference. `done` is
/// called after each comparison with how many are done and how many there are. Time grows with the square of the number
/// of versions.
///
/// # Errors
/// If the encoder cannot read its weights.
pub fn build_matrix(
    versions: &[Version],
    encoder: &dyn Encoder,
    glossary: &Glossary,
    wanted: RowFilter,
    done: &(dyn Fn(usize, usize) + Sync),
) -> Result<Matrix> {
    let pairs = version_pairs(versions.len());
    let count = AtomicUsize::new(0);
    let comparisons = pairs
        .par_iter()
        .map(|[a, b]| {
            let comparison = compare_with_glossary(&versions[*a], &versions[*b], encoder, glossary);
            done(count.fetch_add(1, Ordering::Relaxed) + 1, pairs.len());
            comparison
        })
        .collect::<Result<Vec<Comparison>>>()?;
    Ok(join::join_comparisons(versions, &comparisons, glossary, wanted))
}

/// As [`matrix()`], from comparisons that are made already: of every two of the versions, the earlier one first, ordered
/// by the first, then by the second.
pub fn assemble_matrix<'m>(
    versions: &'m [Version],
    comparisons: impl IntoIterator<Item = &'m Comparison>,
    glossary: &Glossary,
    wanted: RowFilter,
) -> Matrix {
    join::join_comparisons(versions, comparisons, glossary, wanted)
}

/// Every two of so many versions, the earlier one first.
fn version_pairs(versions: usize) -> Vec<[usize; 2]> {
    (0..versions).flat_map(|a| (a + 1..versions).map(move |b| [a, b])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// Cells written as the first version that tells it in this way, `-` for none and `?` for unclear.
    fn outlier_of(cells: &str) -> Option<(usize, OutlierKind)> {
        let place = ClaimPlace { sentence: 0, span: Span::new(0, 1), value: None };
        let cell = |c: char| match c {
            '-' => MatrixCell::Absent,
            '?' => MatrixCell::Unclear,
            c => MatrixCell::Present { place: place.clone(), same_as: c as usize - '0' as usize },
        };
        let cells = cells.chars().map(cell).collect();
        let row =
            MatrixRow { kind: FindingKind::Name, severity: None, cells, outlier: None, findings: Vec::new() };
        row.find_outlier().map(|alone| (alone.version, alone.kind))
    }

    #[test]
    fn one_stands_alone_where_all_others_agree() {
        assert_eq!(outlier_of("010"), Some((1, OutlierKind::Differs)));
        assert_eq!(outlier_of("0111"), Some((0, OutlierKind::Differs)));
        assert_eq!(outlier_of("00-0"), Some((2, OutlierKind::Lacks)));
        assert_eq!(outlier_of("---3"), Some((3, OutlierKind::Adds)));
        assert_eq!(outlier_of("0--"), Some((0, OutlierKind::Adds)));
        assert_eq!(outlier_of("-111"), Some((0, OutlierKind::Lacks)));
    }

    #[test]
    fn nobody_stands_alone_where_the_others_do_not_agree() {
        for cells in ["01", "0-", "000", "012", "01-", "0011", "00--", "0?0", "00?1", "--?"] {
            assert_eq!(outlier_of(cells), None, "{cells}");
        }
    }

    #[test]
    fn every_two_versions_are_a_pair() {
        assert_eq!(version_pairs(4), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert!(version_pairs(1).is_empty());
    }
}
