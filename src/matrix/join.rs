//! The findings of all comparisons to rows.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::comparison_view::{
    CellContent, ClaimMention, ComparisonSide, ComparisonView, IndexedComparison, PlaceExactness,
    is_whole_sentence, same_place,
};
use super::{FindingRef, Matrix, MatrixCell, MatrixRow, RowFilter, version_pairs};
use crate::claims::Value;
use crate::divergence::glossary::{Glossary, GlossaryMatches};
use crate::divergence::{ClaimPlace, Comparison, Finding, FindingKind, Version, is_value, place_content};

/// Joins the comparisons of every two versions, in the order of [`pairs`].
pub(super) fn join_comparisons<'m>(
    versions: &'m [Version],
    comparisons: impl IntoIterator<Item = &'m Comparison>,
    glossary: &Glossary,
    wanted: RowFilter,
) -> Matrix {
    let allowed: Vec<GlossaryMatches> =
        versions.iter().map(|version| GlossaryMatches::find_forms(version, glossary)).collect();
    let sides: Vec<ComparisonSide<'_>> =
        versions.iter().zip(&allowed).map(|(version, allowed)| ComparisonSide { version, allowed }).collect();
    let between = version_pairs(versions.len())
        .iter()
        .zip(comparisons)
        .map(|([a, b], comparison)| IndexedComparison::new(comparison, [sides[*a], sides[*b]], glossary))
        .collect();
    let in_sentence = versions.iter().map(|version| vec![Vec::new(); version.sentences.len()]).collect();
    let mut join = MatrixBuilder { versions, comparisons: between, drafts: Vec::new(), in_sentence };
    join.collect_rows(wanted);
    join.into_matrix(wanted)
}

struct MatrixBuilder<'m> {
    versions: &'m [Version],
    /// In the order of [`pairs`].
    comparisons: Vec<IndexedComparison<'m>>,
    drafts: Vec<RowDraft>,
    /// For each sentence of each version the drafts whose cell has a place in it.
    in_sentence: Vec<Vec<Vec<usize>>>,
}

/// A row that is being made.
struct RowDraft {
    row: MatrixRow,
    /// Whether it is about whole sentences.
    covers_sentence: bool,
    /// Which of several findings on one place it is about.
    finding_number: usize,
    /// For each version how exactly the place of its cell is known.
    exactness: Vec<PlaceExactness>,
}

impl<'m> MatrixBuilder<'m> {
    fn comparison_view(&self, own: usize, other: usize) -> ComparisonView<'_, 'm> {
        let (first, second) = (own.min(other), own.max(other));
        let before = first * (2 * self.versions.len() - first - 1) / 2;
        self.comparisons[before + second - first - 1].view_from(usize::from(own > other))
    }

    fn other_versions(&self, own: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.versions.len()).filter(move |other| *other != own)
    }

    fn collect_rows(&mut self, wanted: RowFilter) {
        for own in 0..self.versions.len() {
            let mut mentions: Vec<(ClaimMention<'m>, usize)> =
                self.other_versions(own).flat_map(|other| self.judged_mentions(own, other)).collect();
            // A sentence before what stands in it.
            mentions.sort_by_key(|(m, other)| {
                (m.place.span.start, Reverse(m.place.span.end), m.kind, *other, m.finding_number)
            });
            for (mention, against) in mentions {
                let known =
                    self.find_draft(own, mention).or_else(|| self.absorb_mention(own, mention, against));
                let draft = known.unwrap_or_else(|| self.add_draft(self.draft_row(own, mention)));
                self.record_findings(draft, own, mention);
            }
        }
        if wanted.all_figures {
            self.add_agreed_rows();
        }
    }

    /// The claims of a version that its comparison with another one names, as far as that one is to judge them: what
    /// the first version tells is judged by its own comparisons.
    fn judged_mentions(&self, own: usize, other: usize) -> Vec<(ClaimMention<'m>, usize)> {
        let is_new = |version: usize, mention: ClaimMention<'m>| {
            version == 0
                || matches!(self.comparison_view(version, 0).claim_content(mention), CellContent::Absent)
        };
        let named = self.comparison_view(own, other).claim_mentions().filter(|(mention, facing)| {
            own == 0 || is_new(own, *mention) && facing.is_none_or(|facing| is_new(other, facing))
        });
        named.map(|(mention, _)| (mention, other)).collect()
    }

    fn add_draft(&mut self, draft: RowDraft) -> usize {
        for (version, cell) in draft.row.cells.iter().enumerate() {
            if let MatrixCell::Present { place, .. } = cell {
                let sentences = self.versions[version].sentences.iter().enumerate().skip(place.sentence);
                for (sentence, _) in sentences.take_while(|(_, s)| s.span.start < place.span.end) {
                    self.in_sentence[version][sentence].push(self.drafts.len());
                }
            }
        }
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    /// The row that has a claim of a version already.
    fn find_draft(&self, own: usize, mention: ClaimMention<'_>) -> Option<usize> {
        let mut here = self.in_sentence[own][mention.place.sentence].iter().copied();
        here.find(|draft| {
            let RowDraft { row, finding_number: nth, .. } = &self.drafts[*draft];
            let at = |place| same_place(&self.versions[own], place, mention.place);
            row.kind == mention.kind
                && *nth == mention.finding_number
                && matches!(&row.cells[own], MatrixCell::Present { place, .. } if at(place))
        })
    }

    /// Where a row knows only in which sentences a version tells its claim, a claim in them on which the same other
    /// version differs is that claim.
    fn absorb_mention(&mut self, own: usize, mention: ClaimMention<'_>, against: usize) -> Option<usize> {
        let covers_sentence = is_whole_sentence(&self.versions[own], mention.place);
        let is_match = |draft: &RowDraft| {
            let MatrixCell::Present { place, .. } = &draft.row.cells[own] else { return false };
            draft.row.kind == mention.kind
                && draft.covers_sentence == covers_sentence
                && draft.exactness[own] == PlaceExactness::Sentences
                && place.span.contains_span(mention.place.span)
                && draft.row.versions_differ(own, against)
        };
        let mut here = self.in_sentence[own][mention.place.sentence].iter().copied();
        let draft_number = here.find(|draft| is_match(&self.drafts[*draft]))?;
        let draft = &mut self.drafts[draft_number];
        if let (MatrixCell::Present { place, .. }, false) = (&mut draft.row.cells[own], covers_sentence) {
            *place = mention.place.clone();
            draft.exactness[own] = PlaceExactness::Claim;
        }
        Some(draft_number)
    }

    /// Notes on which findings on a claim of a version a row rests: those on versions that have it otherwise.
    fn record_findings(&mut self, draft: usize, own: usize, mention: ClaimMention<'_>) {
        for other in self.other_versions(own) {
            let finding = self.comparison_view(own, other).finding_for_mention(mention).cloned();
            let row = &mut self.drafts[draft].row;
            if let Some(finding) = finding.filter(|_| row.versions_differ(own, other)) {
                row.add_finding(&finding, own, other);
            }
        }
    }

    /// The row of a claim, as its version's comparisons tell.
    fn draft_row(&self, own: usize, mention: ClaimMention<'m>) -> RowDraft {
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
        let mut cells = Vec::new();
        for (version, of) in contents.iter().enumerate() {
            cells.push(match of {
                CellContent::Same(place, _) | CellContent::Different(place) => {
                    let first = (0..version)
                        .find(|first| self.is_same_content(mention.kind, &contents, *first, version));
                    MatrixCell::Present { place: place.clone(), same_as: first.unwrap_or(version) }
                }
                CellContent::Absent => MatrixCell::Absent,
                CellContent::Unclear => MatrixCell::Unclear,
            });
        }
        let row =
            MatrixRow { kind: mention.kind, severity: None, cells, outlier: None, findings: Vec::new() };
        let exactness = contents.iter().map(|content| match content {
            CellContent::Same(_, exactness) => *exactness,
            _ => PlaceExactness::Claim,
        });
        let covers_sentence = is_whole_sentence(&self.versions[own], mention.place);
        RowDraft {
            row,
            covers_sentence,
            finding_number: mention.finding_number,
            exactness: exactness.collect(),
        }
    }

    /// What a version has of a claim by way of a third one, where its comparison with the claim's own finds nothing and
    /// is one of two newsrooms' texts: of their common sentences that finds half. A translation or a copy of either text
    /// is a witness; none of that a clause or a word is there which its sentence was found without.
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

    /// Whether two versions tell a claim in the same way: both as the row's own one, or both otherwise and alike.
    fn is_same_content(&self, kind: FindingKind, contents: &[CellContent], x: usize, y: usize) -> bool {
        match (&contents[x], &contents[y]) {
            (CellContent::Same(..), CellContent::Same(..)) => true,
            (CellContent::Different(at_x), CellContent::Different(at_y)) => {
                !self.comparison_view(x, y).places_differ(kind, at_x, at_y)
            }
            _ => false,
        }
    }

    /// Rows for the values and quotations of the first version that no finding names, each once.
    fn add_agreed_rows(&mut self) {
        let first = &self.versions[0];
        let mut listed = BTreeSet::new();
        for stated in &first.claims {
            let (kind, value) = (FindingKind::from_claim(stated.claim.kind), &stated.claim.value);
            let wanted = is_value(stated) || matches!(value, Value::Quote { speech: true, .. });
            let place =
                ClaimPlace { sentence: stated.sentence, span: stated.claim.span, value: Some(value.clone()) };
            let mention = ClaimMention { kind, place: &place, finding_number: 0 };
            if wanted
                && self.find_draft(0, mention).is_none()
                && listed.insert((kind, place_content(&place, &first.article.text)))
            {
                self.add_draft(self.draft_row(0, mention));
            }
        }
    }

    fn into_matrix(self, wanted: RowFilter) -> Matrix {
        let first = std::iter::once(Vec::new());
        let behind: Vec<_> =
            first.chain((1..self.versions.len()).map(|version| self.reference_positions(version))).collect();
        let mut drafts: Vec<&MatrixRow> = self.drafts.iter().map(|draft| &draft.row).collect();
        drafts.sort_by_key(|row| row_position(row, &behind));
        let is_found = |row: &MatrixRow| row.severity >= Some(wanted.level);
        // What seemed to be lacking, and is told by way of another version, is no difference.
        let is_wanted = |row: &MatrixRow| is_found(row) || wanted.all_figures && is_reference_figure(row);
        let rows: Vec<MatrixRow> = drafts.iter().copied().filter(|row| is_wanted(row)).cloned().collect();
        let low = drafts.iter().filter(|row| row.severity.is_some() && !is_wanted(row)).count();
        let with_outlier =
            |row: MatrixRow| MatrixRow { outlier: row.find_outlier().filter(|_| is_found(&row)), ..row };
        Matrix { below_level: low, filter: wanted, rows: rows.into_iter().map(with_outlier).collect() }
    }

    /// For each sentence of a version the end of that sentence of the first version that goes with it, or else with the
    /// nearest one before it.
    fn reference_positions(&self, version: usize) -> Vec<usize> {
        let mut last = 0;
        let end = |sentence: usize| {
            if let Some(partner) = self.comparison_view(version, 0).partner_sentences(sentence).pop() {
                last = self.versions[0].sentences[partner].span.end;
            }
            last
        };
        (0..self.versions[version].sentences.len()).map(end).collect()
    }
}

/// Whether a row is about a value or a quotation of the first version.
fn is_reference_figure(row: &MatrixRow) -> bool {
    matches!(&row.cells[0], MatrixCell::Present { place, .. } if place.value.is_some())
        && row.kind != FindingKind::Name
}

/// Where a row stands: where the first version tells the claim, or else behind that sentence of the first version that
/// goes with the claim's own or with the nearest one before it.
fn row_position(
    row: &MatrixRow,
    positions: &[Vec<usize>],
) -> Option<(usize, usize, usize, Reverse<usize>, FindingKind)> {
    let (version, place) = row.first_place()?;
    let at = if version == 0 { place.span.start } else { positions[version][place.sentence] };
    Some((at, version, place.span.start, Reverse(place.span.end), row.kind))
}

impl MatrixRow {
    /// Whether two versions do not have the same of the claim.
    fn versions_differ(&self, x: usize, y: usize) -> bool {
        match [x, y].map(|version| &self.cells[version]) {
            [MatrixCell::Present { same_as: x, .. }, MatrixCell::Present { same_as: y, .. }] => x != y,
            [x, y] => x != y,
        }
    }

    fn add_finding(&mut self, finding: &Finding, own: usize, other: usize) {
        let named = FindingRef { a: own.min(other), b: own.max(other), id: finding.id.clone() };
        if let Err(at) = self.findings.binary_search(&named) {
            self.findings.insert(at, named);
            self.severity = self.severity.max(Some(finding.severity));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Outlier, OutlierKind};
    use super::*;
    use crate::align::{Evidence, Relation};
    use crate::divergence::RULES;
    use crate::divergence::{AlignedGroup, Change, DivergenceScores, Severity};
    use crate::text::{Lang, Sides};

    const LOW: RowFilter = RowFilter { level: Severity::Low, all_figures: false };

    fn version(text: &str) -> Version {
        Version::read("article.txt", text.as_bytes(), Some(Lang::EN)).unwrap()
    }

    /// The place of words, with their value where they are a claim.
    fn place(version: &Version, words: &str) -> ClaimPlace {
        let start = version.article.text.find(words).unwrap();
        let span = crate::text::Span::new(start, start + words.len());
        let sentence = version.sentences.iter().position(|s| s.span.contains_span(span)).unwrap();
        let value = version.claims.iter().find(|c| c.claim.span == span).map(|c| c.claim.value.clone());
        ClaimPlace { sentence, span, value }
    }

    /// A comparison in which sentences of one number go together, with findings on the words of either side.
    fn comparison(
        [a, b]: [&Version; 2],
        together: &[[usize; 2]],
        findings: &[(FindingKind, Option<&str>, Option<&str>)],
    ) -> Comparison {
        let evidence = Evidence {
            cosine: 0.8,
            margin: 0.5,
            lexical_coverage_a: 0.9,
            lexical_coverage_b: 0.9,
            anchors: 0,
        };
        let group = |[i, j]: &[usize; 2]| AlignedGroup {
            a: vec![*i],
            b: vec![*j],
            evidence,
            relation: Relation::Equivalent,
            moved: false,
            divergence: 0.1,
        };
        let finding = |(kind, x, y): &(FindingKind, Option<&str>, Option<&str>)| Finding {
            id: format!("{x:?} {y:?}"),
            change: match (x, y) {
                (None, _) => Change::Added,
                (_, None) => Change::Dropped,
                _ => Change::Altered,
            },
            kind: *kind,
            severity: Severity::High,
            confidence: 0.9,
            rule: &RULES[0],
            a: x.map(|words| place(a, words)),
            b: y.map(|words| place(b, words)),
            message: String::new(),
            measurements: Vec::new(),
        };
        Comparison {
            scores: DivergenceScores { divergence: 0.0, content: 0.0, claims: 0.0, order: 0.0 },
            is_parallel: true,
            parallel_share: 1.0,
            groups: together.iter().map(group).collect(),
            findings: findings.iter().map(finding).collect(),
            unclear: Vec::new(),
            words: Sides::default(),
            notes: Vec::new(),
        }
    }

    /// A row in short: its kind, for each version the first that tells it in this way, and who stands alone.
    type Short = (FindingKind, Vec<Option<usize>>, Option<(usize, OutlierKind)>);

    fn rows(versions: &[Version], comparisons: &[Comparison], wanted: RowFilter) -> Vec<Short> {
        let like = |cell: &MatrixCell| match cell {
            MatrixCell::Present { same_as: like, .. } => Some(*like),
            MatrixCell::Absent => None,
            MatrixCell::Unclear => Some(99),
        };
        let short = |row: &MatrixRow| {
            let alone = row.outlier.map(|Outlier { version, kind: how }| (version, how));
            (row.kind, row.cells.iter().map(like).collect(), alone)
        };
        join_comparisons(versions, comparisons, &Glossary::default(), wanted).rows.iter().map(short).collect()
    }

    #[test]
    fn findings_on_one_claim_are_one_row() {
        let versions = ["3", "5", "3"].map(|sum| version(&format!("The pier cost {sum} million euros.")));
        let [a, b, c] = &versions;
        let differ = [(FindingKind::Money, Some("3 million euros"), Some("5 million euros"))];
        let back = [(FindingKind::Money, Some("5 million euros"), Some("3 million euros"))];
        let all = [
            comparison([a, b], &[[0, 0]], &differ),
            comparison([a, c], &[[0, 0]], &[]),
            comparison([b, c], &[[0, 0]], &back),
        ];
        let row = (FindingKind::Money, vec![Some(0), Some(1), Some(0)], Some((1, OutlierKind::Differs)));
        assert_eq!(rows(&versions, &all, LOW), [row]);
        // The same versions in another order.
        let [a, b, c] = versions;
        let swapped = [a, c, b];
        let [x, y, z] = &swapped;
        let all = [
            comparison([x, y], &[[0, 0]], &[]),
            comparison([x, z], &[[0, 0]], &differ),
            comparison([y, z], &[[0, 0]], &differ),
        ];
        let row = (FindingKind::Money, vec![Some(0), Some(0), Some(2)], Some((2, OutlierKind::Differs)));
        assert_eq!(rows(&swapped, &all, LOW), [row]);
    }

    #[test]
    fn what_others_tell_otherwise_in_the_same_way_is_said_so() {
        let versions =
            ["3", "5", "5", "9"].map(|sum| version(&format!("The pier cost {sum} million euros.")));
        let [a, b, c, d] = &versions;
        let differ = |x: &'static str, y: &'static str| [(FindingKind::Money, Some(x), Some(y))];
        let (three, five, nine) = ("3 million euros", "5 million euros", "9 million euros");
        let all = [
            comparison([a, b], &[[0, 0]], &differ(three, five)),
            comparison([a, c], &[[0, 0]], &differ(three, five)),
            comparison([a, d], &[[0, 0]], &differ(three, nine)),
            comparison([b, c], &[[0, 0]], &[]),
            comparison([b, d], &[[0, 0]], &differ(five, nine)),
            comparison([c, d], &[[0, 0]], &differ(five, nine)),
        ];
        let row = (FindingKind::Money, vec![Some(0), Some(1), Some(1), Some(3)], None);
        assert_eq!(rows(&versions, &all, LOW), [row]);
    }

    #[test]
    fn what_two_add_is_one_row_behind_what_stands_before_it() {
        let lead = "The pier was opened on Monday.";
        let added = "Gulls nested in the crane for 3 weeks.";
        let last = "The mayor gave a speech.";
        let versions = [
            version(&format!("{lead} {last}")),
            version(&format!("{lead} {added} {last}")),
            version(&format!("{lead} {last} {}", added.replace('3', "5"))),
        ];
        let [a, b, c] = &versions;
        let more = "Gulls nested in the crane for 5 weeks.";
        let dropped = (FindingKind::Statement, Some(last), None);
        let all = [
            comparison([a, b], &[[0, 0]], &[dropped, (FindingKind::Statement, None, Some(added))]),
            comparison([a, c], &[[0, 0], [1, 1]], &[(FindingKind::Statement, None, Some(more))]),
            comparison(
                [b, c],
                &[[0, 0], [1, 2]],
                &[(FindingKind::Duration, Some("3 weeks"), Some("5 weeks"))],
            ),
        ];
        let expected = [
            (FindingKind::Statement, vec![None, Some(1), Some(1)], Some((0, OutlierKind::Lacks))),
            // The reference tells neither, so that the two others are compared.
            (FindingKind::Duration, vec![None, Some(1), Some(2)], None),
            (FindingKind::Statement, vec![Some(0), None, Some(0)], Some((1, OutlierKind::Lacks))),
        ];
        assert_eq!(rows(&versions, &all, LOW), expected);
    }

    #[test]
    fn what_the_reference_tells_is_judged_by_its_own_comparisons() {
        let versions =
            ["", "", ""].map(|_| version("The pier was opened on Monday. The mayor gave a speech."));
        let [a, b, c] = &versions;
        let strange = [(FindingKind::Statement, Some("The mayor gave a speech."), None)];
        let all = [
            comparison([a, b], &[[0, 0], [1, 1]], &[]),
            comparison([a, c], &[[0, 0], [1, 1]], &[]),
            comparison([b, c], &[[0, 0]], &strange),
        ];
        assert_eq!(rows(&versions, &all, LOW), []);
    }

    #[test]
    fn a_claim_of_a_missing_statement_is_missing() {
        let sum = "The pier cost 3 million euros.";
        let versions = [
            version(&format!("The pier was opened on Monday. {sum}")),
            version(&format!("The pier was opened on Monday. {}", sum.replace('3', "5"))),
            version("The pier was opened on Monday."),
        ];
        let [a, b, c] = &versions;
        let differ = [(FindingKind::Money, Some("3 million euros"), Some("5 million euros"))];
        let changed = "The pier cost 5 million euros.";
        let all = [
            comparison([a, b], &[[0, 0], [1, 1]], &differ),
            comparison([a, c], &[[0, 0]], &[(FindingKind::Statement, Some(sum), None)]),
            comparison([b, c], &[[0, 0]], &[(FindingKind::Statement, Some(changed), None)]),
        ];
        let expected = [
            (FindingKind::Statement, vec![Some(0), Some(0), None], Some((2, OutlierKind::Lacks))),
            (FindingKind::Money, vec![Some(0), Some(1), None], None),
        ];
        assert_eq!(rows(&versions, &all, LOW), expected);
    }

    #[test]
    fn a_clause_that_two_lack_is_one_row() {
        let versions = [
            version("The pier, which gulls love, was opened."),
            version("The pier, which seabirds love, was opened."),
            version("The pier was opened."),
        ];
        let [a, b, c] = &versions;
        let all = [
            comparison([a, b], &[[0, 0]], &[]),
            comparison([a, c], &[[0, 0]], &[(FindingKind::Statement, Some("which gulls love"), None)]),
            comparison([b, c], &[[0, 0]], &[(FindingKind::Statement, Some("which seabirds love"), None)]),
        ];
        let expected = (FindingKind::Statement, vec![Some(0), Some(0), None], Some((2, OutlierKind::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [expected]);
        // Where the reference is the one that lacks it, both others name it; the clause itself is shown of each.
        let [a, b, c] = versions;
        let swapped = [c, a, b];
        let [x, y, z] = &swapped;
        let all = [
            comparison([x, y], &[[0, 0]], &[(FindingKind::Statement, None, Some("which gulls love"))]),
            comparison([x, z], &[[0, 0]], &[(FindingKind::Statement, None, Some("which seabirds love"))]),
            comparison([y, z], &[[0, 0]], &[]),
        ];
        let expected = (FindingKind::Statement, vec![None, Some(1), Some(1)], Some((0, OutlierKind::Lacks)));
        assert_eq!(rows(&swapped, &all, LOW), [expected]);
        let row = &join_comparisons(&swapped, &all, &Glossary::default(), LOW).rows[0];
        let MatrixCell::Present { place, .. } = &row.cells[2] else { panic!("{row:?}") };
        assert_eq!(place.span.slice(&swapped[2].article.text), "which seabirds love");
    }

    #[test]
    fn a_translation_is_a_witness() {
        let versions =
            ["", "", ""].map(|_| version("The pier was opened on Monday. The mayor gave a speech."));
        let [a, b, c] = &versions;
        let speech = "The mayor gave a speech.";
        let mut all = [
            comparison([a, b], &[[0, 0], [1, 1]], &[]),
            comparison([a, c], &[[0, 0]], &[(FindingKind::Statement, Some(speech), None)]),
            comparison([b, c], &[[0, 0], [1, 1]], &[]),
        ];
        all[0].is_parallel = false;
        // That a comparison of two versions of one text finds something missing, no third text changes.
        let lacks = (FindingKind::Statement, vec![Some(0), Some(0), None], Some((2, OutlierKind::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [lacks]);
        // Two newsrooms' texts may tell the same without being aligned; a translation is aligned.
        all[1].is_parallel = false;
        assert_eq!(rows(&versions, &all, LOW), []);
        // A third newsroom's text is none.
        all[2].is_parallel = false;
        let lacks = (FindingKind::Statement, vec![Some(0), Some(0), None], Some((2, OutlierKind::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [lacks]);
    }

    #[test]
    fn a_clause_that_a_sentence_is_found_without_has_no_witness() {
        let versions = [
            version("The pier, which gulls love, was opened."),
            version("The pier, which seabirds love, was opened."),
            version("The pier was opened."),
        ];
        let [a, b, c] = &versions;
        let mut all = [
            comparison([a, b], &[[0, 0]], &[]),
            comparison([a, c], &[[0, 0]], &[(FindingKind::Statement, Some("which gulls love"), None)]),
            comparison([b, c], &[[0, 0]], &[]),
        ];
        all[1].is_parallel = false;
        let lacks = (FindingKind::Statement, vec![Some(0), Some(0), None], Some((2, OutlierKind::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [lacks]);
    }

    #[test]
    fn versions_that_agree_make_rows_on_request_alone() {
        let text = "The pier cost 3 million euros. It took 3 years. The crane cost 3 million euros too.";
        let versions = [version(text), version(text)];
        let [a, b] = &versions;
        let all = [comparison([a, b], &[[0, 0], [1, 1], [2, 2]], &[])];
        assert_eq!(rows(&versions, &all, LOW), []);
        let same = |kind| (kind, vec![Some(0), Some(0)], None);
        let agreed = rows(&versions, &all, RowFilter { all_figures: true, ..LOW });
        assert_eq!(agreed, [same(FindingKind::Money), same(FindingKind::Duration)]);
    }

    #[test]
    fn a_level_leaves_out_and_counts() {
        let versions = ["3", "5"].map(|sum| version(&format!("The pier cost {sum} million euros.")));
        let [a, b] = &versions;
        let mut all = [comparison(
            [a, b],
            &[[0, 0]],
            &[(FindingKind::Money, Some("3 million euros"), Some("5 million euros"))],
        )];
        // Two versions have no odd one.
        assert_eq!(rows(&versions, &all, LOW), [(FindingKind::Money, vec![Some(0), Some(1)], None)]);
        all[0].findings[0].severity = Severity::Low;
        let matrix = join_comparisons(
            &versions,
            &all,
            &Glossary::default(),
            RowFilter { level: Severity::Medium, ..LOW },
        );
        assert_eq!((matrix.rows.len(), matrix.below_level), (0, 1));
        // All figures are shown on request, also such a one, which is no finding then.
        let all_figures = RowFilter { level: Severity::Medium, all_figures: true };
        let matrix = join_comparisons(&versions, &all, &Glossary::default(), all_figures);
        assert_eq!((matrix.rows.len(), matrix.rows_at_level().count(), matrix.below_level), (1, 0, 0));
        assert_eq!(matrix.rows[0].severity, Some(Severity::Low));
    }

    #[test]
    fn a_compatible_value_elsewhere_is_none() {
        let versions = [
            version("The firm bought hundreds of millions of euros in ads. Rain fell."),
            version("The firm bought many ads. Rain fell. A bridge cost 750 million euros."),
        ];
        let [a, b] = &versions;
        let all = [comparison([a, b], &[[0, 0], [1, 1]], &[])];
        let agreed = rows(&versions, &all, RowFilter { all_figures: true, ..LOW });
        assert_eq!(agreed, [(FindingKind::Money, vec![Some(0), Some(99)], None)]);
    }
}
