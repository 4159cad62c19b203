//! What each document is written from.

use crate::align::{Evidence, Relation};
use crate::divergence::{Comparison, Explanation, Finding, Severity, Version};
use crate::encode::EncoderIdentity;
use crate::garble::{GarbleComparison, GarbleJudgement};
use crate::matrix::{Matrix, OutlierKind};
use crate::text::Lang;

/// A reference compared with other versions, for every format of `compare`.
#[derive(Debug)]
pub struct Report<'a> {
    /// Path of each version, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// The judgement of each version by itself, in the same order.
    pub garbles: &'a [GarbleJudgement],
    /// The reference against each other version, in order: entry `k` is version 0 against version `k + 1`.
    pub comparisons: &'a [Comparison],
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
    /// Lowest severity that is shown.
    pub level: Severity,
}

impl Report<'_> {
    /// The findings of one comparison at or above the level.
    pub fn findings_at_level<'c>(&self, comparison: &'c Comparison) -> impl Iterator<Item = &'c Finding> {
        let level = self.level;
        comparison.findings.iter().filter(move |f| f.severity >= level)
    }

    /// Whether any comparison has a finding at or above the level.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        self.comparisons.iter().any(|c| c.findings.iter().any(|f| f.severity >= self.level))
    }
}

/// A part of a report that can be written without the others. The head with the versions is part of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportPart {
    /// The findings, and the scores.
    Findings,
    /// The sentence alignment.
    Alignment,
    /// The number of findings, and the scores.
    Summary,
}

impl ReportPart {
    /// Whether a report with this part only, or with all parts where `only` is `None`, has it.
    pub(super) fn is_in(self, only: Option<Self>) -> bool {
        only.is_none_or(|only| only == self)
    }
}

/// One pair of versions in a stream of pairs.
#[derive(Debug)]
pub struct BatchRecord<'a> {
    /// The caller's name for the pair: any JSON value.
    pub id: &'a serde_json::Value,
    /// The versions; the first is the reference.
    pub versions: [&'a Version; 2],
    /// Their comparison.
    pub comparison: &'a Comparison,
    /// Lowest severity that is written.
    pub level: Severity,
    /// Whether the sentence alignment is written too.
    pub alignment: bool,
}

/// Texts judged for spinning and machine translation.
#[derive(Debug)]
pub struct GarbledTexts<'a> {
    /// Path of each text, as the user named it; one or two.
    pub paths: &'a [&'a String],
    /// The texts, in the same order.
    pub versions: &'a [Version],
    /// The judgement of each by itself.
    pub garbles: &'a [GarbleJudgement],
    /// The comparison of the two, where there are two.
    pub between: Option<&'a GarbleComparison>,
    /// The encoder that was used, where one was.
    pub encoder: Option<&'a EncoderIdentity>,
}

/// Most versions of which a page shows every pair, which makes 15 comparisons; of more, each is compared with the
/// reference only.
pub const MAX_PAIRWISE_VERSIONS: usize = 6;

/// Versions compared pairwise, for a page.
#[derive(Debug)]
pub struct ComparisonPage<'a> {
    /// Path of each version, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// The judgement of each version by itself, in the same order.
    pub garbles: &'a [GarbleJudgement],
    /// The pairs, ordered by their first version, then by the second.
    pub pairs: &'a [ComparedPair],
    /// The claims by version, where there are three or more and every pair is compared.
    pub matrix: Option<&'a Matrix>,
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
    /// Lowest severity that is shown.
    pub level: Severity,
}

/// Two versions compared, and the evidence for their findings.
#[derive(Debug)]
pub struct ComparedPair {
    /// Index of the version that the other is compared with.
    pub a: usize,
    /// Index of the other; greater than `a`.
    pub b: usize,
    /// Their comparison.
    pub comparison: Comparison,
    /// The explanation of each finding, in the same order.
    pub explanations: Vec<Explanation>,
}

impl ComparisonPage<'_> {
    /// The findings of two versions at or above the level, each with its explanation.
    pub(super) fn findings_at_level<'c>(
        &self,
        compared: &'c ComparedPair,
    ) -> impl Iterator<Item = (&'c Finding, Option<&'c Explanation>)> {
        let level = self.level;
        let all = compared.comparison.findings.iter().enumerate();
        all.filter(move |(_, f)| f.severity >= level).map(|(k, f)| (f, compared.explanations.get(k)))
    }

    /// Whether the reference and another version have a finding at or above the level.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        self.pairs.iter().filter(|pair| pair.a == 0).any(|pair| self.findings_at_level(pair).next().is_some())
    }
}

/// Findings with the evidence for them.
#[derive(Debug)]
pub struct ExplainedFindings<'a> {
    /// Path of each version, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// The explanations, each with the index of the version that is compared with the reference.
    pub explanations: &'a [(usize, Explanation)],
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
}

/// Two texts and their sentence alignment.
#[derive(Debug)]
pub struct Bitext<'a> {
    /// A and B.
    pub sides: [BitextSide<'a>; 2],
    /// The groups and the unaligned sentences, in the order of A, then of B.
    pub rows: Vec<BitextRow>,
    /// Whether the two are versions of one text.
    pub parallel: bool,
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
}

/// One of the two texts.
#[derive(Debug)]
pub struct BitextSide<'a> {
    /// Its path, as the user named it.
    pub path: &'a str,
    /// Its language.
    pub lang: Lang,
    /// All its sentences, also those that are not compared.
    pub sentences: Vec<&'a str>,
}

/// A group of aligned sentences of A and B, or one unaligned sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct BitextRow {
    /// Indices of A's sentences, ascending.
    pub a: Vec<usize>,
    /// Indices of B's sentences, ascending.
    pub b: Vec<usize>,
    /// The evidence for the group; `None` for an unaligned sentence.
    pub evidence: Option<Evidence>,
    /// Which side has more content; equivalent for an unaligned sentence.
    pub relation: Relation,
    /// Whether the group crosses the order of the others.
    pub moved: bool,
}

impl BitextRow {
    /// An unaligned sentence of A.
    #[must_use]
    pub fn only_a(sentence: usize) -> Self {
        Self {
            a: vec![sentence],
            b: Vec::new(),
            evidence: None,
            relation: Relation::Equivalent,
            moved: false,
        }
    }

    /// An unaligned sentence of B.
    #[must_use]
    pub fn only_b(sentence: usize) -> Self {
        Self {
            a: Vec::new(),
            b: vec![sentence],
            evidence: None,
            relation: Relation::Equivalent,
            moved: false,
        }
    }
}

/// The claims of several versions, a row for each claim.
#[derive(Debug)]
pub struct MatrixTable<'a> {
    /// Path of each version, as the user named it.
    pub paths: &'a [String],
    /// The versions, in the same order; the first is the reference.
    pub versions: &'a [Version],
    /// Their claims.
    pub matrix: &'a Matrix,
    /// The encoder that was used.
    pub encoder: &'a EncoderIdentity,
}

impl MatrixTable<'_> {
    /// The number of rows in which a version is the outlier, by kind in the order of [`OutlierKind::ALL`].
    pub(super) fn count_outliers(&self, version: usize) -> [usize; 3] {
        let outliers = || self.matrix.rows.iter().filter_map(|row| row.outlier.as_ref());
        OutlierKind::ALL.map(|kind| outliers().filter(|o| o.version == version && o.kind == kind).count())
    }
}
