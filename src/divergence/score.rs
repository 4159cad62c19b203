//! The divergence of two versions, 0 to 1, from three parts: content (information that the other version does not
//! cover), claims (claims in aligned sentences that differ) and order (groups that moved).

use super::finding::{Change, FindingKind};
use super::pair::VersionPair;
use super::rules::Finding;
use crate::text::Which;
use crate::words::word_coverage;

/// Divergence of two versions, all parts 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DivergenceScores {
    /// Total: `1 - (1 - content)(1 - claims)(1 - order / 4)`.
    pub divergence: f32,
    /// Share of the information of both versions that the other does not cover.
    pub content: f32,
    /// Share of the claims in aligned sentences that differ.
    pub claims: f32,
    /// Share of the groups that moved, crossing the order of the others.
    pub order: f32,
}

/// Mean coverage of a sentence at which none and all of its information counts as covered; linear between. A random
/// sentence on the same topic has about 0.35, a good translation about 0.75.
const UNCOVERED: f32 = 0.40;
const FULLY_COVERED: f32 = 0.66;

/// Computes the scores of two versions.
pub(super) fn score_versions(pair: &VersionPair<'_>, findings: &[Finding]) -> DivergenceScores {
    let content = uncovered_share(pair);
    let claims = differing_claim_share(pair, findings);
    let moved = pair.groups.iter().filter(|g| g.moved).count();
    let order = moved as f32 / pair.groups.len().max(1) as f32;
    let divergence = 1.0 - (1.0 - content) * (1.0 - claims) * (1.0 - order / 4.0);
    DivergenceScores { divergence, content, claims, order }
}

/// Share of the information of both versions that the aligned sentences do not cover; all of an unaligned sentence.
fn uncovered_share(pair: &VersionPair<'_>) -> f32 {
    let (mut all, mut covered) = (0.0, 0.0);
    for which in Which::BOTH_SIDES {
        for sentence in &pair.side_version(which).compared_sentences {
            let matches = pair.matches_of(which, *sentence);
            let info: f32 = matches.iter().map(|l| l.info).sum();
            all += info;
            if pair.groups_with(which, *sentence).is_empty() {
                continue;
            }
            covered +=
                info * ((word_coverage(matches) - UNCOVERED) / (FULLY_COVERED - UNCOVERED)).clamp(0.0, 1.0);
        }
    }
    if all == 0.0 { 0.0 } else { 1.0 - covered / all }
}

/// Share of the claims in aligned sentences that are in a finding.
fn differing_claim_share(pair: &VersionPair<'_>, findings: &[Finding]) -> f32 {
    let mut all = 0;
    for which in Which::BOTH_SIDES {
        let version = pair.side_version(which);
        all += version.claims.iter().filter(|c| !pair.groups_with(which, c.sentence).is_empty()).count();
    }
    let apart: usize = findings
        .iter()
        .filter(|f| f.kind != FindingKind::Statement && f.change != Change::Moved)
        .map(|f| usize::from(f.a.is_some()) + usize::from(f.b.is_some()))
        .sum();
    (apart as f32 / all.max(1) as f32).min(1.0)
}
