//! One comparison seen from either side: the content of the other version for a claim.

use crate::align::Relation;
use crate::claims::name::{NameValue, same_name};
use crate::claims::{ClaimKind, Sameness, Value, compare_values, same_value};
use crate::divergence::glossary::{Glossary, GlossaryMatches};
use crate::divergence::{
    AlignedGroup, ClaimPlace, Comparison, Finding, FindingKind, SentenceClaim, Version, equal_values,
    is_value,
};
use crate::text::Span;

/// A claim in one version.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClaimMention<'m> {
    pub(super) kind: FindingKind,
    pub(super) place: &'m ClaimPlace,
    /// Its index among several findings of one comparison on the same place.
    pub(super) finding_number: usize,
}

/// The content of the other version for a claim.
#[derive(Debug)]
pub(super) enum CellContent {
    /// The same claim, at this place: its own, or that of all sentences aligned with the claim's.
    Same(ClaimPlace, PlaceExactness),
    /// A different claim in its place.
    Different(ClaimPlace),
    Absent,
    Unclear,
}

/// The exactness of a place: the claim itself, or the sentences that contain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceExactness {
    Claim,
    Sentences,
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub(super) struct ComparisonSide<'m> {
    pub(super) version: &'m Version,
    pub(super) allowed: &'m GlossaryMatches,
}

/// A comparison, indexed by the sentences of both sides.
#[derive(Debug)]
pub(super) struct IndexedComparison<'m> {
    comparison: &'m Comparison,
    sides: [ComparisonSide<'m>; 2],
    findings: [Vec<Vec<usize>>; 2],
    groups: [Vec<Vec<usize>>; 2],
    glossary: &'m Glossary,
}

/// A comparison seen from its side `own`, 0 or 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct ComparisonView<'b, 'm> {
    indexed: &'b IndexedComparison<'m>,
    own: usize,
}

impl<'m> IndexedComparison<'m> {
    pub(super) fn new(
        comparison: &'m Comparison,
        sides: [ComparisonSide<'m>; 2],
        glossary: &'m Glossary,
    ) -> Self {
        let empty = || sides.map(|side| vec![Vec::new(); side.version.sentences.len()]);
        let (mut findings, mut groups) = (empty(), empty());
        for (k, finding) in comparison.findings.iter().enumerate() {
            for (by_sentence, place) in findings.iter_mut().zip([&finding.a, &finding.b]) {
                if let Some(place) = place {
                    by_sentence[place.sentence].push(k);
                }
            }
        }
        for (k, group) in comparison.groups.iter().enumerate() {
            group.a.iter().for_each(|s| groups[0][*s].push(k));
            group.b.iter().for_each(|s| groups[1][*s].push(k));
        }
        Self { comparison, sides, findings, groups, glossary }
    }

    pub(super) fn view_from(&self, own: usize) -> ComparisonView<'_, 'm> {
        ComparisonView { indexed: self, own }
    }
}

impl<'b, 'm> ComparisonView<'b, 'm> {
    fn own_side(self) -> ComparisonSide<'m> {
        self.indexed.sides[self.own]
    }

    fn other_side(self) -> ComparisonSide<'m> {
        self.indexed.sides[1 - self.own]
    }

    /// The places of a finding: on this side, on the other.
    fn finding_places(self, finding: &'m Finding) -> [Option<&'m ClaimPlace>; 2] {
        let [a, b] = [finding.a.as_ref(), finding.b.as_ref()];
        if self.own == 0 { [a, b] } else { [b, a] }
    }

    /// The findings on a sentence of this side.
    fn sentence_findings(self, sentence: usize) -> impl Iterator<Item = &'m Finding> + use<'b, 'm> {
        let findings = &self.indexed.comparison.findings;
        self.indexed.findings[self.own][sentence].iter().map(|k| &findings[*k])
    }

    fn sentence_groups(self, sentence: usize) -> impl Iterator<Item = &'m AlignedGroup> + use<'b, 'm> {
        let groups = &self.indexed.comparison.groups;
        self.indexed.groups[self.own][sentence].iter().map(|k| &groups[*k])
    }

    /// The sentences of the other side that are aligned with one of this side, ascending.
    pub(super) fn partner_sentences(self, sentence: usize) -> Vec<usize> {
        let groups = self.sentence_groups(sentence);
        let mut partners: Vec<usize> =
            groups.flat_map(|group| if self.own == 0 { &group.b } else { &group.a }).copied().collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    /// Whether the two are versions of one text.
    pub(super) fn is_parallel(self) -> bool {
        self.indexed.comparison.is_parallel
    }

    /// All claims of this side in findings, each with the claim of the other side in its place.
    pub(super) fn claim_mentions(self) -> impl Iterator<Item = (ClaimMention<'m>, Option<ClaimMention<'m>>)> {
        self.indexed.comparison.findings.iter().filter_map(move |finding| {
            let [own, facing] = self.finding_places(finding);
            let place = own?;
            let kind = finding.kind;
            let before =
                self.sentence_findings(place.sentence).take_while(|other| !std::ptr::eq(*other, finding));
            let finding_number = before.filter(|other| self.is_on(other, kind, place)).count();
            Some((
                ClaimMention { kind, place, finding_number },
                facing.map(|place| ClaimMention { kind, place, finding_number }),
            ))
        })
    }

    /// The finding on a claim of this side.
    pub(super) fn finding_for_mention(self, mention: ClaimMention<'_>) -> Option<&'m Finding> {
        let ClaimMention { kind, place, finding_number } = mention;
        let mut findings =
            self.sentence_findings(place.sentence).filter(|finding| self.is_on(finding, kind, place));
        findings.nth(finding_number)
    }

    /// Whether a finding is about the claim at a place of this side.
    fn is_on(self, finding: &'m Finding, kind: FindingKind, place: &ClaimPlace) -> bool {
        let own = self.finding_places(finding)[0];
        finding.kind == kind && own.is_some_and(|own| same_place(self.own_side().version, own, place))
    }

    /// The content of the other version for a claim of this side.
    pub(super) fn claim_content(self, mention: ClaimMention<'_>) -> CellContent {
        let ClaimMention { kind, place, .. } = mention;
        if let Some(finding) = self.finding_for_mention(mention) {
            return self.finding_places(finding)[1]
                .map_or(CellContent::Absent, |place| CellContent::Different(place.clone()));
        }
        if self.is_in_missing(place) {
            return CellContent::Absent;
        }
        let partners = self.partner_sentences(place.sentence);
        match self.claim_at_place(place).filter(|s| FindingKind::from_claim(s.claim.kind) == kind) {
            Some(value) if is_value(value) => self.content_by_value(value, &partners),
            Some(name) if kind == FindingKind::Name => self.content_by_name(name, &partners),
            _ => self.content_by_sentences(kind, place.sentence, &partners),
        }
    }

    /// The same for a claim of which only the sentences are known: where a finding is on them, it may be on the claim.
    pub(super) fn claim_content_around(self, kind: FindingKind, sentence: usize) -> CellContent {
        if self
            .sentence_findings(sentence)
            .any(|finding| finding.kind == kind || finding.kind == FindingKind::Statement)
        {
            return CellContent::Unclear;
        }
        self.content_by_sentences(kind, sentence, &self.partner_sentences(sentence))
    }

    /// Whether the claims at two places of this comparison differ: by their values, or else by a finding.
    pub(super) fn places_differ(self, kind: FindingKind, own: &ClaimPlace, other: &ClaimPlace) -> bool {
        match (&own.value, &other.value) {
            (Some(x), Some(y)) if kind != FindingKind::Name && kind != FindingKind::Quote => {
                !same_value(x, y) && !self.indexed.glossary.is_same_value(x, y)
            }
            _ => self.sentence_findings(own.sentence).any(|finding| {
                let [a, b] = self.finding_places(finding);
                finding.kind == kind
                    && a.is_some_and(|p| p.span.overlaps_span(own.span))
                    && b.is_none_or(|p| p.span.overlaps_span(other.span))
            }),
        }
    }

    /// Whether a place is in a statement that the other version lacks.
    fn is_in_missing(self, place: &ClaimPlace) -> bool {
        self.sentence_findings(place.sentence).any(|finding| match self.finding_places(finding) {
            [Some(own), None] => finding.kind == FindingKind::Statement && own.span.contains_span(place.span),
            _ => false,
        })
    }

    fn claim_at_place(self, place: &ClaimPlace) -> Option<&'m SentenceClaim> {
        let claims = &self.own_side().version.claims;
        let first = claims.partition_point(|c| c.claim.span.start < place.span.start);
        claims[first..]
            .iter()
            .take_while(|c| c.claim.span.start == place.span.start)
            .find(|c| c.claim.span == place.span)
    }

    /// The claims of the other version: those of the aligned sentences first, with `true`, then all, with `false`.
    fn other_claims(self, partners: &[usize]) -> impl Iterator<Item = (&'m SentenceClaim, bool)> {
        let claims = &self.other_side().version.claims;
        let aligned: Vec<(&SentenceClaim, bool)> = partners
            .iter()
            .flat_map(|s| self.other_side().version.claim_numbers(*s))
            .map(|k| (&claims[k], true))
            .collect();
        aligned.into_iter().chain(claims.iter().map(|c| (c, false)))
    }

    /// The other version has a value where it has an equal one, by the rule of values. One that is only compatible, as
    /// "hundreds of millions" is with 750 million, counts in an aligned sentence alone.
    fn content_by_value(self, own: &SentenceClaim, partners: &[usize]) -> CellContent {
        let (value, glossary) = (&own.claim.value, self.indexed.glossary);
        let own_is_ordinal = own.claim.kind == ClaimKind::Ordinal;
        let matches: Vec<(&SentenceClaim, bool)> = self
            .other_claims(partners)
            .filter(|(other, aligned)| {
                let same_kind = *aligned || own_is_ordinal == (other.claim.kind == ClaimKind::Ordinal);
                let in_glossary = || is_value(other) && glossary.is_same_value(value, &other.claim.value);
                same_kind && (equal_values(own, other) || in_glossary())
            })
            .collect();
        let sure = matches.iter().find(|(other, aligned)| {
            let other_value = &other.claim.value;
            *aligned
                || compare_values(value, other_value) == Sameness::Equal
                || glossary.is_same_value(value, other_value)
        });
        match sure {
            Some((other, _)) => exact_content(other),
            None if matches.is_empty() && self.other_side().version.is_read() => CellContent::Absent,
            None => CellContent::Unclear,
        }
    }

    fn content_by_name(self, own: &SentenceClaim, partners: &[usize]) -> CellContent {
        let Some(name) = name_value(self.own_side().version, own) else { return CellContent::Unclear };
        let other = self.other_side().version;
        let same = self
            .other_claims(partners)
            .find(|(claim, _)| name_value(other, claim).is_some_and(|n| same_name(&name, &n)));
        if let Some((claim, _)) = same {
            return exact_content(claim);
        }
        let text = own.claim.span.slice(&self.own_side().version.article.text).to_lowercase();
        let is_there = other.article.text.to_lowercase().contains(&text)
            || self.own_side().allowed.has_equivalent(
                own.sentence,
                own.claim.span,
                self.other_side().allowed,
            );
        if is_there {
            self.content_by_sentences(FindingKind::Name, own.sentence, partners)
        } else {
            CellContent::Absent
        }
    }

    /// The other version has a claim without a value where it has aligned sentences, unless a finding shows a difference.
    fn content_by_sentences(self, kind: FindingKind, sentence: usize, partners: &[usize]) -> CellContent {
        let comparison = self.indexed.comparison;
        // The rules of single words do not examine such sentences.
        let unread = !comparison.is_parallel
            && kind.is_of_cue()
            && self.sentence_groups(sentence).all(|group| group.relation == Relation::Partial);
        let (Some(first), false) = (partners.first(), unread) else { return CellContent::Unclear };
        let sentences = &self.other_side().version.sentences;
        let run = partners.windows(2).take_while(|pair| pair[0] + 1 == pair[1]).count();
        let span = Span::new(sentences[*first].span.start, sentences[partners[run]].span.end);
        CellContent::Same(ClaimPlace { sentence: *first, span, value: None }, PlaceExactness::Sentences)
    }
}

/// The name of a claim in a version; `None` of another kind of claim.
fn name_value(version: &Version, claim: &SentenceClaim) -> Option<NameValue> {
    match &claim.claim.value {
        Value::Name(name) => Some(NameValue::new(name, version.article.lang)),
        _ => None,
    }
}

fn exact_content(claim: &SentenceClaim) -> CellContent {
    let (span, value) = (claim.claim.span, Some(claim.claim.value.clone()));
    CellContent::Same(ClaimPlace { sentence: claim.sentence, span, value }, PlaceExactness::Claim)
}

/// Whether two places of one version are of one claim. A sentence is another claim than a clause or a word in it.
pub(super) fn same_place(version: &Version, x: &ClaimPlace, y: &ClaimPlace) -> bool {
    x.span.overlaps_span(y.span) && is_whole_sentence(version, x) == is_whole_sentence(version, y)
}

/// Whether a place is a whole sentence, or several.
pub(super) fn is_whole_sentence(version: &Version, place: &ClaimPlace) -> bool {
    place.span.contains_span(version.sentences[place.sentence].span)
}
