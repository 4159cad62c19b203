//! A folder of stories: its manifest, its texts and how well the findings agree with the graded ones.

mod case;
#[cfg(feature = "cli")]
mod check;
mod grade;
mod manifest;

pub use case::{Case, GradedFinding, GradedGroup, GradedPair, Harmless};
#[cfg(feature = "cli")]
pub use check::{
    Baseline, CONFIG, Cache, Config, Job, Listed, Outcome, Taken, Versions, articles, check, list, versions,
};
pub use grade::{Grade, GroupGrade, Judged, Overlap, Verdict, grade, grade_groups};
pub use manifest::{MANIFEST, Origin, VersionInfo};

/// JSON schema of `claimdiff.toml`.
pub const CONFIG_SCHEMA: &str = include_str!("config.schema.json");

/// JSON schema of `case.toml`.
pub const CASE_SCHEMA: &str = include_str!("case.schema.json");
