//! Versions of one story as a table: a row for each claim, a cell for each version.
//!
//! A claim of the first version is judged by its comparisons with each other one, and placed by its position there. A
//! claim that the first version lacks starts from the first version with it, and is judged by the comparisons of that
//! one. So each row is based on the comparisons of one version, and a claim that two versions add is one row. Where such
//! a comparison is one of two newsrooms' texts and has no finding, a translation or a copy of either may decide.

mod comparison_view;
mod join;
mod pairwise;
mod row;

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

pub use row::{FindingRef, Matrix, MatrixCell, MatrixRow, Outlier, OutlierKind, RowFilter};

use crate::divergence::glossary::Glossary;
use crate::divergence::{Comparison, Version, compare_with_glossary};
use crate::encode::Encoder;
use crate::error::Result;

/// Compares every two of the versions and joins their differences; the first version is the reference. `done` is called
/// after each comparison with the number of comparisons that are done and that of all. Time grows with the square of the number
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
    let pairs = pairwise::version_pairs(versions.len());
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

/// As [`build_matrix`], from comparisons that are made already: of every two of the versions, the earlier one first, ordered
/// by the first, then by the second.
pub fn assemble_matrix<'m>(
    versions: &'m [Version],
    comparisons: impl IntoIterator<Item = &'m Comparison>,
    glossary: &Glossary,
    wanted: RowFilter,
) -> Matrix {
    join::join_comparisons(versions, comparisons, glossary, wanted)
}
