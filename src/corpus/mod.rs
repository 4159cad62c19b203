//! Corpora of stories: manifests, checks, and grades of findings and alignments.

mod case;
mod check;
mod grade;
mod manifest;

pub use case::{Case, GradedFinding, GradedGroup, GradedPair, HarmlessRewording};
pub use check::{
    Baseline, BaselineChanges, CONFIG_FILE, CheckJob, CheckOutcome, ComparisonCache, CorpusConfig,
    ListedVersion, StoryVersions, baseline_schema, check_corpus, list_articles, list_comparisons, read_story,
};
pub use grade::{
    FindingVerdict, FindingsGrade, GroupGrade, JudgedFinding, Overlap, grade_findings, grade_groups,
};
pub use manifest::{MANIFEST_FILE, Origin, VersionInfo};

/// JSON schema of `claimdiff.toml`.
pub const CONFIG_SCHEMA: &str = include_str!("config.schema.json");

/// JSON schema of `case.toml`.
pub const CASE_SCHEMA: &str = include_str!("case.schema.json");
