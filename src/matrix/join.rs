//! The findings of all comparisons joined to rows.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::comparison_view::{CellContent, ClaimMention, PlaceExactness, is_whole_sentence, same_place};
use super::pairwise::{self, PairwiseComparisons};
use super::row::{Matrix, MatrixCell, MatrixRow, RowFilter};
use crate::claims::Value;
use crate::divergence::glossary::Glossary;
use crate::divergence::{ClaimPlace, Comparison, FindingKind, Version, is_value, place_content};

/// Joins the comparisons of every two versions, in the order of [`pairwise::version_pairs`].
pub(super) fn join_comparisons<'m>(
    versions: &'m [Version],
    comparisons: impl IntoIterator<Item = &'m Comparison>,
    glossary: &Glossary,
    wanted: RowFilter,
) -> Matrix {
    let allowed = pairwise::match_glossary(versions, glossary);
    let in_sentence = versions.iter().map(|version| vec![Vec::new(); version.sentences.len()]).collect();
    let pairwise = PairwiseComparisons::new(versions, comparisons, glossary, &allowed);
    let mut builder = MatrixBuilder { pairwise, drafts: Vec::new(), in_sentence };
    builder.collect_rows(wanted);
    builder.into_matrix(wanted)
}

struct MatrixBuilder<'m> {
    pairwise: PairwiseComparisons<'m>,
    drafts: Vec<RowDraft>,
    /// For each sentence of each version the drafts whose cell has a place in it.
    in_sentence: Vec<Vec<Vec<usize>>>,
}

/// A row that is being made.
struct RowDraft {
    row: MatrixRow,
    /// Whether it is about whole sentences.
    covers_sentence: bool,
    /// Its index among several findings on one place.
    finding_number: usize,
    /// For each version the exactness of the place of its cell.
    exactness: Vec<PlaceExactness>,
}

impl<'m> MatrixBuilder<'m> {
    fn collect_rows(&mut self, wanted: RowFilter) {
        for own in 0..self.pairwise.versions.len() {
            let others = self.pairwise.other_versions(own);
            let mut mentions: Vec<(ClaimMention<'m>, usize)> =
                others.flat_map(|other| self.pairwise.judged_mentions(own, other)).collect();
            // A sentence comes before the claims in it.
            mentions.sort_by_key(|(m, other)| {
                (m.place.span.start, Reverse(m.place.span.end), m.kind, *other, m.finding_number)
            });
            for (mention, against) in mentions {
                let existing =
                    self.find_draft(own, mention).or_else(|| self.absorb_mention(own, mention, against));
                let draft = existing.unwrap_or_else(|| self.add_draft(self.draft_row(own, mention)));
                self.record_findings(draft, own, mention);
            }
        }
        if wanted.all_figures {
            self.add_agreed_rows();
        }
    }

    fn add_draft(&mut self, draft: RowDraft) -> usize {
        for (version, cell) in draft.row.cells.iter().enumerate() {
            if let MatrixCell::Present { place, .. } = cell {
                let sentences =
                    self.pairwise.versions[version].sentences.iter().enumerate().skip(place.sentence);
                for (sentence, _) in sentences.take_while(|(_, s)| s.span.start < place.span.end) {
                    self.in_sentence[version][sentence].push(self.drafts.len());
                }
            }
        }
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    /// The draft that already has a claim of a version.
    fn find_draft(&self, own: usize, mention: ClaimMention<'_>) -> Option<usize> {
        let version = &self.pairwise.versions[own];
        let mut here = self.in_sentence[own][mention.place.sentence].iter().copied();
        here.find(|draft| {
            let RowDraft { row, finding_number, .. } = &self.drafts[*draft];
            row.kind == mention.kind
                && *finding_number == mention.finding_number
                && row.cells[own].place().is_some_and(|place| same_place(version, place, mention.place))
        })
    }

    /// Assigns a claim to a draft in which only the sentences of the version are known, where it is in these sentences and
    /// the same other version differs on it.
    fn absorb_mention(&mut self, own: usize, mention: ClaimMention<'_>, against: usize) -> Option<usize> {
        let covers_sentence = is_whole_sentence(&self.pairwise.versions[own], mention.place);
        let mut here = self.in_sentence[own][mention.place.sentence].iter().copied();
        let draft_number = here.find(|draft| {
            let draft = &self.drafts[*draft];
            let place = draft.row.cells[own].place();
            draft.row.kind == mention.kind
                && draft.covers_sentence == covers_sentence
                && draft.exactness[own] == PlaceExactness::Sentences
                && place.is_some_and(|place| place.span.contains_span(mention.place.span))
                && draft.row.versions_differ(own, against)
        })?;
        let draft = &mut self.drafts[draft_number];
        if let (MatrixCell::Present { place, .. }, false) = (&mut draft.row.cells[own], covers_sentence) {
            *place = mention.place.clone();
            draft.exactness[own] = PlaceExactness::Claim;
        }
        Some(draft_number)
    }

    /// Adds to a row the findings on a claim of a version: those of its comparisons with versions whose content differs.
    fn record_findings(&mut self, draft: usize, own: usize, mention: ClaimMention<'_>) {
        for other in self.pairwise.other_versions(own) {
            let finding = self.pairwise.comparison_view(own, other).finding_for_mention(mention).cloned();
            let row = &mut self.drafts[draft].row;
            if let Some(finding) = finding.filter(|_| row.versions_differ(own, other)) {
                row.add_finding(&finding, own, other);
            }
        }
    }

    /// The row of a claim, by the comparisons of its version.
    fn draft_row(&self, own: usize, mention: ClaimMention<'m>) -> RowDraft {
        let contents = self.pairwise.claim_contents(own, mention);
        let mut cells = Vec::new();
        for (version, content) in contents.iter().enumerate() {
            cells.push(match content {
                CellContent::Same(place, _) | CellContent::Different(place) => {
                    let first = (0..version).find(|first| {
                        self.pairwise.is_same_content(mention.kind, &contents, *first, version)
                    });
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
        let covers_sentence = is_whole_sentence(&self.pairwise.versions[own], mention.place);
        RowDraft {
            row,
            covers_sentence,
            finding_number: mention.finding_number,
            exactness: exactness.collect(),
        }
    }

    /// Adds rows for the values and quotations of the first version that no finding is about, each once.
    fn add_agreed_rows(&mut self) {
        let first = &self.pairwise.versions[0];
        let mut listed = BTreeSet::new();
        for sentence_claim in &first.claims {
            let (sentence, claim) = (sentence_claim.sentence, &sentence_claim.claim);
            let kind = FindingKind::from_claim(claim.kind);
            let wanted = is_value(sentence_claim) || matches!(claim.value, Value::Quote { speech: true, .. });
            let place = ClaimPlace { sentence, span: claim.span, value: Some(claim.value.clone()) };
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
        let others = (1..self.pairwise.versions.len()).map(|k| self.pairwise.reference_positions(k));
        let positions: Vec<Vec<usize>> = first.chain(others).collect();
        let mut drafts: Vec<&MatrixRow> = self.drafts.iter().map(|draft| &draft.row).collect();
        drafts.sort_by_key(|row| row_position(row, &positions));
        // A claim that a witness shows not to be missing is no difference.
        let (shown, hidden): (Vec<&MatrixRow>, Vec<&MatrixRow>) = drafts.into_iter().partition(|row| {
            row.severity >= Some(wanted.level) || wanted.all_figures && is_reference_figure(row)
        });
        let rows = shown.into_iter().map(|row| {
            let outlier = row.find_outlier().filter(|_| row.severity >= Some(wanted.level));
            MatrixRow { outlier, ..row.clone() }
        });
        let below_level = hidden.iter().filter(|row| row.severity.is_some()).count();
        Matrix { below_level, filter: wanted, rows: rows.collect() }
    }
}

/// Whether a row is about a value or a quotation of the first version.
fn is_reference_figure(row: &MatrixRow) -> bool {
    matches!(&row.cells[0], MatrixCell::Present { place, .. } if place.value.is_some())
        && row.kind != FindingKind::Name
}

/// The sort key of a row: the place of the claim in the first version, or else the end of the sentence of the first version
/// that is aligned with the claim's own or with the nearest one before it.
fn row_position(
    row: &MatrixRow,
    positions: &[Vec<usize>],
) -> Option<(usize, usize, usize, Reverse<usize>, FindingKind)> {
    let (version, place) = row.first_place()?;
    let at = if version == 0 { place.span.start } else { positions[version][place.sentence] };
    Some((at, version, place.span.start, Reverse(place.span.end), row.kind))
}

#[cfg(test)]
mod tests {
    use super::super::row::{Outlier, OutlierKind};
    use super::*;
    use crate::align::{Evidence, Relation};
    use crate::divergence::RULES;
    use crate::divergence::{AlignedGroup, Change, DivergenceScores, Finding, Severity};
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

    /// A comparison in which pairs of sentences are aligned, with findings on the words of either side.
    fn comparison(
        [a, b]: [&Version; 2],
        aligned: &[[usize; 2]],
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
            groups: aligned.iter().map(group).collect(),
            findings: findings.iter().map(finding).collect(),
            unclear: Vec::new(),
            words: Sides::default(),
            notes: Vec::new(),
        }
    }

    /// A row in short: its kind, for each version the first with the same content, and the outlier.
    type RowSummary = (FindingKind, Vec<Option<usize>>, Option<(usize, OutlierKind)>);

    fn rows(versions: &[Version], comparisons: &[Comparison], wanted: RowFilter) -> Vec<RowSummary> {
        let same_as = |cell: &MatrixCell| match cell {
            MatrixCell::Present { same_as, .. } => Some(*same_as),
            MatrixCell::Absent => None,
            MatrixCell::Unclear => Some(99),
        };
        let short = |row: &MatrixRow| {
            let outlier = row.outlier.map(|Outlier { version, kind }| (version, kind));
            (row.kind, row.cells.iter().map(same_as).collect(), outlier)
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
    fn versions_with_the_same_different_value_are_the_same() {
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
    fn a_claim_that_two_add_is_one_row_after_the_sentence_before_it() {
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
            // The reference has neither, so that the two others are compared.
            (FindingKind::Duration, vec![None, Some(1), Some(2)], None),
            (FindingKind::Statement, vec![Some(0), None, Some(0)], Some((1, OutlierKind::Lacks))),
        ];
        assert_eq!(rows(&versions, &all, LOW), expected);
    }

    #[test]
    fn a_claim_of_the_reference_is_judged_by_its_own_comparisons() {
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
        // Where the reference is the one that lacks it, both others have it; the clause itself is the place in each.
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
        // Two newsrooms' texts may have the same content without being aligned; a translation is aligned.
        all[1].is_parallel = false;
        assert_eq!(rows(&versions, &all, LOW), []);
        // A third newsroom's text is none.
        all[2].is_parallel = false;
        let lacks = (FindingKind::Statement, vec![Some(0), Some(0), None], Some((2, OutlierKind::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [lacks]);
    }

    #[test]
    fn a_clause_that_an_aligned_sentence_lacks_has_no_witness() {
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
