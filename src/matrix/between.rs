//! One comparison seen from either side: what the other version has of a claim.

use crate::align::Relation;
use crate::claims::name::{NameValue, same_name};
use crate::claims::{self, Sameness, Value, compare, same};
use crate::divergence::glossary::{Allowed, Glossary};
use crate::divergence::{Aligned, Comparison, Finding, Kind, Place, Stated, Version, equal_values, is_value};
use crate::text::Span;

/// A claim in one version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention<'m> {
    pub(super) kind: Kind,
    pub(super) place: &'m Place,
    /// Which it is of several findings of one comparison on the same place.
    pub(super) nth: usize,
}

/// What the other version has of a claim.
#[derive(Debug)]
pub(super) enum Told {
    /// The same, there; whether that is the claim itself or all sentences that go with the claim's own.
    Same(Place, Exactness),
    /// Something else in its place.
    Otherwise(Place),
    Lacks,
    Unclear,
}

/// How exactly a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exactness {
    Claim,
    Sentences,
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'m> {
    pub(super) version: &'m Version,
    pub(super) allowed: &'m Allowed,
}

/// A comparison, indexed by the sentences of both sides.
#[derive(Debug)]
pub(super) struct Between<'m> {
    comparison: &'m Comparison,
    sides: [Side<'m>; 2],
    findings: [Vec<Vec<usize>>; 2],
    groups: [Vec<Vec<usize>>; 2],
    glossary: &'m Glossary,
}

/// A comparison seen from its side `own`, 0 or 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'b, 'm> {
    between: &'b Between<'m>,
    own: usize,
}

impl<'m> Between<'m> {
    pub(super) fn new(comparison: &'m Comparison, sides: [Side<'m>; 2], glossary: &'m Glossary) -> Self {
        let empty = || sides.map(|side| vec![Vec::new(); side.version.sentences.len()]);
        let (mut findings, mut groups) = (empty(), empty());
        for (k, finding) in comparison.findings.iter().enumerate() {
            for (of, place) in findings.iter_mut().zip([&finding.a, &finding.b]) {
                if let Some(place) = place {
                    of[place.sentence].push(k);
                }
            }
        }
        for (k, group) in comparison.groups.iter().enumerate() {
            group.a.iter().for_each(|s| groups[0][*s].push(k));
            group.b.iter().for_each(|s| groups[1][*s].push(k));
        }
        Self { comparison, sides, findings, groups, glossary }
    }

    pub(super) fn seen(&self, own: usize) -> Seen<'_, 'm> {
        Seen { between: self, own }
    }
}

impl<'b, 'm> Seen<'b, 'm> {
    fn own(self) -> Side<'m> {
        self.between.sides[self.own]
    }

    fn other(self) -> Side<'m> {
        self.between.sides[1 - self.own]
    }

    /// The places of a finding: on this side, on the other.
    fn places(self, finding: &'m Finding) -> [Option<&'m Place>; 2] {
        let [a, b] = [finding.a.as_ref(), finding.b.as_ref()];
        if self.own == 0 { [a, b] } else { [b, a] }
    }

    /// The findings on a sentence of this side.
    fn findings(self, sentence: usize) -> impl Iterator<Item = &'m Finding> + use<'b, 'm> {
        let findings = &self.between.comparison.findings;
        self.between.findings[self.own][sentence].iter().map(|k| &findings[*k])
    }

    fn groups(self, sentence: usize) -> impl Iterator<Item = &'m Aligned> + use<'b, 'm> {
        let groups = &self.between.comparison.groups;
        self.between.groups[self.own][sentence].iter().map(|k| &groups[*k])
    }

    /// The sentences of the other side that go with one of this side, ascending.
    pub(super) fn partners(self, sentence: usize) -> Vec<usize> {
        let of = |group: &'m Aligned| if self.own == 0 { &group.b } else { &group.a };
        let mut partners: Vec<usize> = self.groups(sentence).flat_map(of).copied().collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    /// Whether the two are versions of one text.
    pub(super) fn is_parallel(self) -> bool {
        self.between.comparison.parallel
    }

    /// All claims of this side that a finding names, each with what the other side has in its place.
    pub(super) fn mentions(self) -> impl Iterator<Item = (Mention<'m>, Option<Mention<'m>>)> {
        self.between.comparison.findings.iter().filter_map(move |finding| {
            let [own, facing] = self.places(finding);
            let place = own?;
            let kind = finding.kind;
            let before = self.findings(place.sentence).take_while(|other| !std::ptr::eq(*other, finding));
            let nth = before.filter(|other| self.is_on(other, kind, place)).count();
            Some((Mention { kind, place, nth }, facing.map(|place| Mention { kind, place, nth })))
        })
    }

    /// The finding of a claim of this side.
    pub(super) fn finding(self, mention: Mention<'_>) -> Option<&'m Finding> {
        let Mention { kind, place, nth } = mention;
        self.findings(place.sentence).filter(|finding| self.is_on(finding, kind, place)).nth(nth)
    }

    /// Whether a finding is about what stands in a place of this side.
    fn is_on(self, finding: &'m Finding, kind: Kind, place: &Place) -> bool {
        let own = self.places(finding)[0];
        finding.kind == kind && own.is_some_and(|own| same_place(self.own().version, own, place))
    }

    /// What the other version has of a claim of this side.
    pub(super) fn told(self, mention: Mention<'_>) -> Told {
        let Mention { kind, place, .. } = mention;
        if let Some(finding) = self.finding(mention) {
            return self.places(finding)[1].map_or(Told::Lacks, |place| Told::Otherwise(place.clone()));
        }
        if self.is_in_missing(place) {
            return Told::Lacks;
        }
        let partners = self.partners(place.sentence);
        match self.stated(place).filter(|s| Kind::of(s.claim.kind) == kind) {
            Some(value) if is_value(value) => self.value(value, &partners),
            Some(name) if kind == Kind::Name => self.name(name, &partners),
            _ => self.sentences(kind, place.sentence, &partners),
        }
    }

    /// The same for a claim of which only the sentences are known: where a finding is on them, it may be on the claim.
    pub(super) fn told_around(self, kind: Kind, sentence: usize) -> Told {
        if self.findings(sentence).any(|finding| finding.kind == kind || finding.kind == Kind::Statement) {
            return Told::Unclear;
        }
        self.sentences(kind, sentence, &self.partners(sentence))
    }

    /// Whether two places of this comparison are told apart by a finding.
    pub(super) fn differ(self, kind: Kind, own: &Place, other: &Place) -> bool {
        let told_apart = |finding: &'m Finding| {
            let [a, b] = self.places(finding);
            finding.kind == kind
                && a.is_some_and(|p| p.span.overlaps(own.span))
                && b.is_none_or(|p| p.span.overlaps(other.span))
        };
        match (&own.value, &other.value) {
            (Some(x), Some(y)) if kind != Kind::Name && kind != Kind::Quote => {
                !same(x, y) && !self.between.glossary.same_value(x, y)
            }
            _ => self.findings(own.sentence).any(told_apart),
        }
    }

    /// Whether a place lies in a statement that the other version does not tell.
    fn is_in_missing(self, place: &Place) -> bool {
        self.findings(place.sentence).any(|finding| match self.places(finding) {
            [Some(own), None] => finding.kind == Kind::Statement && own.span.contains(place.span),
            _ => false,
        })
    }

    fn stated(self, place: &Place) -> Option<&'m Stated> {
        let claims = &self.own().version.claims;
        let first = claims.partition_point(|c| c.claim.span.start < place.span.start);
        claims[first..]
            .iter()
            .take_while(|c| c.claim.span.start == place.span.start)
            .find(|c| c.claim.span == place.span)
    }

    /// The claims of the other version: those of some sentences first, in their order, then all.
    fn others(self, first: &[usize]) -> impl Iterator<Item = (&'m Stated, bool)> {
        let claims = &self.other().version.claims;
        let beside: Vec<(&Stated, bool)> = first
            .iter()
            .flat_map(|s| self.other().version.claim_numbers_of(*s))
            .map(|k| (&claims[k], true))
            .collect();
        beside.into_iter().chain(claims.iter().map(|c| (c, false)))
    }

    /// A value is told where its equal stands, as the rule of values has it. One that is only compatible, as "hundreds of
    /// millions" is with 750 million, has to stand in a sentence that goes with its own.
    fn value(self, own: &Stated, partners: &[usize]) -> Told {
        let ordinal = |stated: &Stated| stated.claim.kind == claims::Kind::Ordinal;
        let (x, glossary) = (&own.claim.value, self.between.glossary);
        let told = |(other, beside): &(&Stated, bool)| {
            let y = &other.claim.value;
            let alike = *beside || ordinal(own) == ordinal(other);
            alike && (equal_values(own, other) || is_value(other) && glossary.same_value(x, y))
        };
        let sure = |(other, beside): &(&Stated, bool)| {
            let y = &other.claim.value;
            *beside || compare(x, y) == Sameness::Equal || glossary.same_value(x, y)
        };
        let found: Vec<(&Stated, bool)> = self.others(partners).filter(told).collect();
        match found.iter().find(|found| sure(found)) {
            Some((other, _)) => exactly(other),
            None if found.is_empty() && self.other().version.is_read() => Told::Lacks,
            None => Told::Unclear,
        }
    }

    fn name(self, own: &Stated, partners: &[usize]) -> Told {
        let name = |version: &Version, stated: &Stated| match &stated.claim.value {
            Value::Name(name) => Some(NameValue::new(name, version.article.lang)),
            _ => None,
        };
        let Some(wanted) = name(self.own().version, own) else { return Told::Unclear };
        let other = self.other().version;
        let same =
            |(stated, _): &(&Stated, bool)| name(other, stated).is_some_and(|n| same_name(&wanted, &n));
        if let Some((stated, _)) = self.others(partners).find(same) {
            return exactly(stated);
        }
        let text = own.claim.span.of(&self.own().version.article.text).to_lowercase();
        let is_there = other.article.text.to_lowercase().contains(&text)
            || self.own().allowed.anywhere(own.sentence, own.claim.span, self.other().allowed);
        if is_there { self.sentences(Kind::Name, own.sentence, partners) } else { Told::Lacks }
    }

    /// What has no value is told where sentences go together and no finding says otherwise.
    fn sentences(self, kind: Kind, sentence: usize, partners: &[usize]) -> Told {
        let comparison = self.between.comparison;
        // In such sentences the rules of single words look for nothing.
        let unread = !comparison.parallel
            && matches!(kind, Kind::Polarity | Kind::Modality | Kind::Quantifier | Kind::Attribution)
            && self.groups(sentence).all(|group| group.relation == Relation::Partial);
        let (Some(first), false) = (partners.first(), unread) else { return Told::Unclear };
        let sentences = &self.other().version.sentences;
        let run = partners.windows(2).take_while(|pair| pair[0] + 1 == pair[1]).count();
        let span = Span::new(sentences[*first].span.start, sentences[partners[run]].span.end);
        Told::Same(Place { sentence: *first, span, value: None }, Exactness::Sentences)
    }
}

fn exactly(stated: &Stated) -> Told {
    let (span, value) = (stated.claim.span, Some(stated.claim.value.clone()));
    Told::Same(Place { sentence: stated.sentence, span, value }, Exactness::Claim)
}

/// Whether two places of one version hold one claim. A sentence is another claim than a clause or a word in it.
pub(super) fn same_place(version: &Version, x: &Place, y: &Place) -> bool {
    x.span.overlaps(y.span) && is_whole(version, x) == is_whole(version, y)
}

/// Whether a place is a whole sentence, or several.
pub(super) fn is_whole(version: &Version, place: &Place) -> bool {
    place.span.contains(version.sentences[place.sentence].span)
}
