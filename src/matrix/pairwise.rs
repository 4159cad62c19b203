//! The comparisons of every two versions, seen from any of them.

use super::comparison_view::{
    CellContent, ClaimMention, ComparisonSide, ComparisonView, IndexedComparison, PlaceExactness,
    is_whole_sentence,
};
use crate::divergence::glossary::{Glossary, GlossaryMatches};
use crate::divergence::{Comparison, FindingKind, Version};

/// Every two of so many versions, the earlier one first.
pub(super) fn version_pairs(versions: usize) -> Vec<[usize; 2]> {
    (0..versions).flat_map(|a| (a + 1..versions).map(move |b| [a, b])).collect()
}

/// The glossary matches of each version.
pub(super) fn match_glossary(versions: &[Version], glossary: &Glossary) -> Vec<GlossaryMatches> {
    versions.iter().map(|version| GlossaryMatches::find_forms(version, glossary)).collect()
}

/// Versions with the comparisons of every two of them.
pub(super) struct PairwiseComparisons<'m> {
    pub(super) versions: &'m [Version],
    /// In the order of [`version_pairs`].
    comparisons: Vec<IndexedComparison<'m>>,
}

impl<'m> PairwiseComparisons<'m> {
    /// `comparisons` are in the order of [`version_pairs`], `allowed` are of [`match_glossary`].
    pub(super) fn new<'c: 'm>(
        versions: &'m [Version],
        comparisons: impl IntoIterator<Item = &'c Comparison>,
        glossary: &'m Glossary,
        allowed: &'m [GlossaryMatches],
    ) -> Self {
        let sides: Vec<ComparisonSide<'_>> = versions
            .iter()
            .zip(allowed)
            .map(|(version, allowed)| ComparisonSide { version, allowed })
            .collect();
        let comparisons = version_pairs(versions.len())
            .iter()
            .zip(comparisons)
            .map(|([a, b], comparison)| IndexedComparison::new(comparison, [sides[*a], sides[*b]], glossary))
            .collect();
        Self { versions, comparisons }
    }

    /// The comparison of two versions, seen from `own`.
    pub(super) fn comparison_view(&self, own: usize, other: usize) -> ComparisonView<'_, 'm> {
        let (first, second) = (own.min(other), own.max(other));
        let before = first * (2 * self.versions.len() - first - 1) / 2;
        self.comparisons[before + second - first - 1].view_from(usize::from(own > other))
    }

    /// All versions but one.
    pub(super) fn other_versions(&self, own: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.versions.len()).filter(move |other| *other != own)
    }

    /// The claims of a version in the findings of its comparison with another one, each with that other version. Claims
    /// of the first version are judged by its own comparisons alone.
    pub(super) fn judged_mentions(&self, own: usize, other: usize) -> Vec<(ClaimMention<'m>, usize)> {
        let judged = self.comparison_view(own, other).claim_mentions().filter(|(mention, facing)| {
            own == 0
                || self.is_new_claim(own, *mention)
                    && facing.is_none_or(|facing| self.is_new_claim(other, facing))
        });
        judged.map(|(mention, _)| (mention, other)).collect()
    }

    /// Whether the first version lacks a claim of a version, or is that version.
    fn is_new_claim(&self, version: usize, mention: ClaimMention<'m>) -> bool {
        version == 0 || matches!(self.comparison_view(version, 0).claim_content(mention), CellContent::Absent)
    }

    /// The content of each version for a claim of `own`, by its comparisons and by witnesses.
    pub(super) fn claim_contents(&self, own: usize, mention: ClaimMention<'m>) -> Vec<CellContent> {
        let mut contents: Vec<CellContent> = (0..self.versions.len())
            .map(|other| {
                if other == own {
                    CellContent::Same(mention.place.clone(), PlaceExactness::Claim)
                } else {
                    self.comparison_view(own, other).claim_content(mention)
                }
            })
            .collect();
        let witnessed: Vec<(usize, CellContent)> = self
            .other_versions(own)
            .filter_map(|version| {
                Some((version, self.content_from_witness(own, mention, &contents, version)?))
            })
            .collect();
        for (version, better) in witnessed {
            contents[version] = better;
        }
        contents
    }

    /// The content of a version by way of a third one, where the comparison of the version with the claim's own has no
    /// finding and is one of two newsrooms' texts, of whose common sentences it aligns only half. A translation or a copy
    /// of either text is a witness, but not against a finding that a sentence lacks a clause or a word.
    fn content_from_witness(
        &self,
        own: usize,
        mention: ClaimMention<'_>,
        contents: &[CellContent],
        version: usize,
    ) -> Option<CellContent> {
        let (view, kind) = (self.comparison_view(own, version), mention.kind);
        let is_found = view.finding_for_mention(mention).is_some()
            && !is_whole_sentence(&self.versions[own], mention.place);
        if view.is_parallel()
            || is_found
            || matches!(contents[version], CellContent::Same(..) | CellContent::Different(_))
        {
            return None;
        }
        self.other_versions(own).filter(|third| *third != version).find_map(|third| {
            let view = self.comparison_view(third, version);
            let is_witness = view.is_parallel() || self.comparison_view(own, third).is_parallel();
            let CellContent::Same(place, exactness) = &contents[third] else { return None };
            let content = match exactness {
                PlaceExactness::Claim => view.claim_content(ClaimMention { kind, place, finding_number: 0 }),
                PlaceExactness::Sentences => view.claim_content_around(kind, place.sentence),
            };
            (is_witness && matches!(content, CellContent::Same(..))).then_some(content)
        })
    }

    /// Whether two versions have the same content: both that of the claim's own version, or the same different one.
    pub(super) fn is_same_content(
        &self,
        kind: FindingKind,
        contents: &[CellContent],
        x: usize,
        y: usize,
    ) -> bool {
        match (&contents[x], &contents[y]) {
            (CellContent::Same(..), CellContent::Same(..)) => true,
            (CellContent::Different(at_x), CellContent::Different(at_y)) => {
                !self.comparison_view(x, y).places_differ(kind, at_x, at_y)
            }
            _ => false,
        }
    }

    /// For each sentence of a version the end, in bytes, of the last sentence of the first version that is aligned with it
    /// or with the nearest aligned one before it; 0 where there is none.
    pub(super) fn reference_positions(&self, version: usize) -> Vec<usize> {
        let mut last = 0;
        (0..self.versions[version].sentences.len())
            .map(|sentence| {
                if let Some(partner) = self.comparison_view(version, 0).partner_sentences(sentence).pop() {
                    last = self.versions[0].sentences[partner].span.end;
                }
                last
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_two_versions_are_a_pair() {
        assert_eq!(version_pairs(4), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert!(version_pairs(1).is_empty());
    }
}
