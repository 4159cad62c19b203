//! A folder of stories: its manifest, its texts and how well the findings agree with the graded ones.

mod case;
mod grade;

pub use case::{Case, GradedFinding, GradedPair, Harmless, Origin, VersionInfo};
pub use grade::{Grade, Judged, Verdict, grade};
