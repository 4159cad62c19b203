//! A folder of stories: its manifest, its texts and how well the findings agree with the graded ones.

mod case;
mod grade;

pub use case::{Case, GradedFinding, GradedGroup, GradedPair, Harmless, Origin, VersionInfo};
pub use grade::{Grade, GroupGrade, Judged, Overlap, Verdict, grade, grade_groups};
