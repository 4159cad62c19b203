//! The findings of all comparisons to rows.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::between::{Between, Exactness, Mention, Seen, Side, Told, is_whole, same_place};
use super::{Cell, Matrix, Named, Row, Wanted, pairs};
use crate::claims::Value;
use crate::divergence::glossary::{Allowed, Glossary};
use crate::divergence::{Comparison, Finding, Kind, Place, Version, content, is_value};

/// Joins the comparisons of every two versions, in the order of [`pairs`].
pub(super) fn join<'m>(
    versions: &'m [Version],
    comparisons: impl IntoIterator<Item = &'m Comparison>,
    glossary: &Glossary,
    wanted: Wanted,
) -> Matrix {
    let allowed: Vec<Allowed> = versions.iter().map(|version| Allowed::of(version, glossary)).collect();
    let sides: Vec<Side<'_>> =
        versions.iter().zip(&allowed).map(|(version, allowed)| Side { version, allowed }).collect();
    let between = pairs(versions.len())
        .iter()
        .zip(comparisons)
        .map(|([a, b], comparison)| Between::new(comparison, [sides[*a], sides[*b]], glossary))
        .collect();
    let in_sentence = versions.iter().map(|version| vec![Vec::new(); version.sentences.len()]).collect();
    let mut join = Join { versions, between, drafts: Vec::new(), in_sentence };
    join.all(wanted);
    join.matrix(wanted)
}

struct Join<'m> {
    versions: &'m [Version],
    /// In the order of [`pairs`].
    between: Vec<Between<'m>>,
    drafts: Vec<Draft>,
    /// For each sentence of each version the drafts whose cell has a place in it.
    in_sentence: Vec<Vec<Vec<usize>>>,
}

/// A row that is being made.
struct Draft {
    row: Row,
    /// Whether it is about whole sentences.
    whole: bool,
    /// Which of several findings on one place it is about.
    nth: usize,
    /// For each version how exactly the place of its cell is known.
    exactness: Vec<Exactness>,
}

impl<'m> Join<'m> {
    fn seen(&self, own: usize, other: usize) -> Seen<'_, 'm> {
        let (first, second) = (own.min(other), own.max(other));
        let before = first * (2 * self.versions.len() - first - 1) / 2;
        self.between[before + second - first - 1].seen(usize::from(own > other))
    }

    fn others(&self, own: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.versions.len()).filter(move |other| *other != own)
    }

    fn all(&mut self, wanted: Wanted) {
        for own in 0..self.versions.len() {
            let mut mentions: Vec<(Mention<'m>, usize)> =
                self.others(own).flat_map(|other| self.mentions(own, other)).collect();
            // A sentence before what stands in it.
            mentions.sort_by_key(|(m, other)| {
                (m.place.span.start, Reverse(m.place.span.end), m.kind, *other, m.nth)
            });
            for (mention, against) in mentions {
                let known = self.with(own, mention).or_else(|| self.absorbing(own, mention, against));
                let draft = known.unwrap_or_else(|| self.add(self.draft(own, mention)));
                self.rest(draft, own, mention);
            }
        }
        if wanted.all {
            self.agreed();
        }
    }

    /// The claims of a version that its comparison with another one names, as far as that one is to judge them: what
    /// the first version tells is judged by its own comparisons.
    fn mentions(&self, own: usize, other: usize) -> Vec<(Mention<'m>, usize)> {
        let is_new = |version: usize, mention: Mention<'m>| {
            version == 0 || matches!(self.seen(version, 0).told(mention), Told::Lacks)
        };
        let named = self.seen(own, other).mentions().filter(|(mention, facing)| {
            own == 0 || is_new(own, *mention) && facing.is_none_or(|facing| is_new(other, facing))
        });
        named.map(|(mention, _)| (mention, other)).collect()
    }

    fn add(&mut self, draft: Draft) -> usize {
        for (version, cell) in draft.row.cells.iter().enumerate() {
            if let Cell::Tells { place, .. } = cell {
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
    fn with(&self, own: usize, mention: Mention<'_>) -> Option<usize> {
        let mut here = self.in_sentence[own][mention.place.sentence].iter().copied();
        here.find(|draft| {
            let Draft { row, nth, .. } = &self.drafts[*draft];
            let at = |place| same_place(&self.versions[own], place, mention.place);
            row.kind == mention.kind
                && *nth == mention.nth
                && matches!(&row.cells[own], Cell::Tells { place, .. } if at(place))
        })
    }

    /// Where a row knows only in which sentences a version tells its claim, a claim in them on which the same other
    /// version differs is that claim.
    fn absorbing(&mut self, own: usize, mention: Mention<'_>, against: usize) -> Option<usize> {
        let whole = is_whole(&self.versions[own], mention.place);
        let is = |draft: &Draft| {
            let Cell::Tells { place, .. } = &draft.row.cells[own] else { return false };
            draft.row.kind == mention.kind
                && draft.whole == whole
                && draft.exactness[own] == Exactness::Sentences
                && place.span.contains(mention.place.span)
                && draft.row.differ(own, against)
        };
        let mut here = self.in_sentence[own][mention.place.sentence].iter().copied();
        let found = here.find(|draft| is(&self.drafts[*draft]))?;
        let draft = &mut self.drafts[found];
        if let (Cell::Tells { place, .. }, false) = (&mut draft.row.cells[own], whole) {
            *place = mention.place.clone();
            draft.exactness[own] = Exactness::Claim;
        }
        Some(found)
    }

    /// Notes on which findings on a claim of a version a row rests: those on versions that have it otherwise.
    fn rest(&mut self, draft: usize, own: usize, mention: Mention<'_>) {
        for other in self.others(own) {
            let finding = self.seen(own, other).finding(mention).cloned();
            let row = &mut self.drafts[draft].row;
            if let Some(finding) = finding.filter(|_| row.differ(own, other)) {
                row.rest_on(&finding, own, other);
            }
        }
    }

    /// The row of a claim, as its version's comparisons tell.
    fn draft(&self, own: usize, mention: Mention<'m>) -> Draft {
        let mut told: Vec<Told> = (0..self.versions.len())
            .map(|other| {
                if other == own {
                    Told::Same(mention.place.clone(), Exactness::Claim)
                } else {
                    self.seen(own, other).told(mention)
                }
            })
            .collect();
        let by_way: Vec<(usize, Told)> = self
            .others(own)
            .filter_map(|version| Some((version, self.by_way_of_another(own, mention, &told, version)?)))
            .collect();
        for (version, better) in by_way {
            told[version] = better;
        }
        let mut cells = Vec::new();
        for (version, of) in told.iter().enumerate() {
            cells.push(match of {
                Told::Same(place, _) | Told::Otherwise(place) => {
                    let first = (0..version).find(|first| self.alike(mention.kind, &told, *first, version));
                    Cell::Tells { place: place.clone(), like: first.unwrap_or(version) }
                }
                Told::Lacks => Cell::Lacks,
                Told::Unclear => Cell::Unclear,
            });
        }
        let row = Row { kind: mention.kind, severity: None, cells, alone: None, findings: Vec::new() };
        let exactness = told.iter().map(|told| match told {
            Told::Same(_, exactness) => *exactness,
            _ => Exactness::Claim,
        });
        let whole = is_whole(&self.versions[own], mention.place);
        Draft { row, whole, nth: mention.nth, exactness: exactness.collect() }
    }

    /// What a version has of a claim by way of a third one, where its comparison with the claim's own finds nothing and
    /// is one of two newsrooms' texts: of their common sentences that finds half. A translation or a copy of either text
    /// is a witness; none of that a clause or a word is there which its sentence was found without.
    fn by_way_of_another(
        &self,
        own: usize,
        mention: Mention<'_>,
        told: &[Told],
        version: usize,
    ) -> Option<Told> {
        let (seen, kind) = (self.seen(own, version), mention.kind);
        let is_found = seen.finding(mention).is_some() && !is_whole(&self.versions[own], mention.place);
        if seen.is_parallel() || is_found || matches!(told[version], Told::Same(..) | Told::Otherwise(_)) {
            return None;
        }
        self.others(own).filter(|third| *third != version).find_map(|third| {
            let seen = self.seen(third, version);
            let is_witness = seen.is_parallel() || self.seen(own, third).is_parallel();
            let Told::Same(place, exactness) = &told[third] else { return None };
            let told = match exactness {
                Exactness::Claim => seen.told(Mention { kind, place, nth: 0 }),
                Exactness::Sentences => seen.told_around(kind, place.sentence),
            };
            (is_witness && matches!(told, Told::Same(..))).then_some(told)
        })
    }

    /// Whether two versions tell a claim in the same way: both as the row's own one, or both otherwise and alike.
    fn alike(&self, kind: Kind, told: &[Told], x: usize, y: usize) -> bool {
        match (&told[x], &told[y]) {
            (Told::Same(..), Told::Same(..)) => true,
            (Told::Otherwise(at_x), Told::Otherwise(at_y)) => !self.seen(x, y).differ(kind, at_x, at_y),
            _ => false,
        }
    }

    /// Rows for the values and quotations of the first version that no finding names, each once.
    fn agreed(&mut self) {
        let first = &self.versions[0];
        let mut listed = BTreeSet::new();
        for stated in &first.claims {
            let (kind, value) = (Kind::of(stated.claim.kind), &stated.claim.value);
            let wanted = is_value(stated) || matches!(value, Value::Quote { speech: true, .. });
            let place =
                Place { sentence: stated.sentence, span: stated.claim.span, value: Some(value.clone()) };
            let mention = Mention { kind, place: &place, nth: 0 };
            if wanted
                && self.with(0, mention).is_none()
                && listed.insert((kind, content(&place, &first.article.text)))
            {
                self.add(self.draft(0, mention));
            }
        }
    }

    fn matrix(self, wanted: Wanted) -> Matrix {
        let first = std::iter::once(Vec::new());
        let behind: Vec<_> =
            first.chain((1..self.versions.len()).map(|version| self.behind(version))).collect();
        let mut drafts: Vec<&Row> = self.drafts.iter().map(|draft| &draft.row).collect();
        drafts.sort_by_key(|row| position(row, &behind));
        let is_found = |row: &Row| row.severity >= Some(wanted.level);
        // What seemed to be lacking, and is told by way of another version, is no difference.
        let is_wanted = |row: &Row| is_found(row) || wanted.all && is_figure_of_first(row);
        let rows: Vec<Row> = drafts.iter().copied().filter(|row| is_wanted(row)).cloned().collect();
        let low = drafts.iter().filter(|row| row.severity.is_some() && !is_wanted(row)).count();
        let with_odd_one = |row: Row| Row { alone: row.alone().filter(|_| is_found(&row)), ..row };
        Matrix { below: low, wanted, rows: rows.into_iter().map(with_odd_one).collect() }
    }

    /// For each sentence of a version the end of that sentence of the first version that goes with it, or else with the
    /// nearest one before it.
    fn behind(&self, version: usize) -> Vec<usize> {
        let mut last = 0;
        let end = |sentence: usize| {
            if let Some(partner) = self.seen(version, 0).partners(sentence).pop() {
                last = self.versions[0].sentences[partner].span.end;
            }
            last
        };
        (0..self.versions[version].sentences.len()).map(end).collect()
    }
}

/// Whether a row is about a value or a quotation of the first version.
fn is_figure_of_first(row: &Row) -> bool {
    matches!(&row.cells[0], Cell::Tells { place, .. } if place.value.is_some()) && row.kind != Kind::Name
}

/// Where a row stands: where the first version tells the claim, or else behind that sentence of the first version that
/// goes with the claim's own or with the nearest one before it.
fn position(row: &Row, behind: &[Vec<usize>]) -> Option<(usize, usize, usize, Reverse<usize>, Kind)> {
    let (version, place) = row.first()?;
    let at = if version == 0 { place.span.start } else { behind[version][place.sentence] };
    Some((at, version, place.span.start, Reverse(place.span.end), row.kind))
}

impl Row {
    /// Whether two versions do not have the same of the claim.
    fn differ(&self, x: usize, y: usize) -> bool {
        match [x, y].map(|version| &self.cells[version]) {
            [Cell::Tells { like: x, .. }, Cell::Tells { like: y, .. }] => x != y,
            [x, y] => x != y,
        }
    }

    fn rest_on(&mut self, finding: &Finding, own: usize, other: usize) {
        let named = Named { a: own.min(other), b: own.max(other), id: finding.id.clone() };
        if let Err(at) = self.findings.binary_search(&named) {
            self.findings.insert(at, named);
            self.severity = self.severity.max(Some(finding.severity));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Alone, How};
    use super::*;
    use crate::align::{Evidence, Relation};
    use crate::divergence::RULES;
    use crate::divergence::{Aligned, Change, Scores, Severity};
    use crate::text::{Lang, Sides};

    const LOW: Wanted = Wanted { level: Severity::Low, all: false };

    fn version(text: &str) -> Version {
        Version::read("article.txt", text.as_bytes(), Some(Lang::EN)).unwrap()
    }

    /// The place of words, with their value where they are a claim.
    fn place(version: &Version, words: &str) -> Place {
        let start = version.article.text.find(words).unwrap();
        let span = crate::text::Span::new(start, start + words.len());
        let sentence = version.sentences.iter().position(|s| s.span.contains(span)).unwrap();
        let value = version.claims.iter().find(|c| c.claim.span == span).map(|c| c.claim.value.clone());
        Place { sentence, span, value }
    }

    /// A comparison in which sentences of one number go together, with findings on the words of either side.
    fn comparison(
        [a, b]: [&Version; 2],
        together: &[[usize; 2]],
        findings: &[(Kind, Option<&str>, Option<&str>)],
    ) -> Comparison {
        let evidence = Evidence { cosine: 0.8, margin: 0.5, covered_a: 0.9, covered_b: 0.9, anchors: 0 };
        let group = |[i, j]: &[usize; 2]| Aligned {
            a: vec![*i],
            b: vec![*j],
            evidence,
            relation: Relation::Equivalent,
            moved: false,
            divergence: 0.1,
        };
        let finding = |(kind, x, y): &(Kind, Option<&str>, Option<&str>)| Finding {
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
            measured: Vec::new(),
        };
        Comparison {
            scores: Scores { divergence: 0.0, content: 0.0, claims: 0.0, order: 0.0 },
            parallel: true,
            parallel_share: 1.0,
            groups: together.iter().map(group).collect(),
            findings: findings.iter().map(finding).collect(),
            unclear: Vec::new(),
            words: Sides::default(),
            notes: Vec::new(),
        }
    }

    /// A row in short: its kind, for each version the first that tells it in this way, and who stands alone.
    type Short = (Kind, Vec<Option<usize>>, Option<(usize, How)>);

    fn rows(versions: &[Version], comparisons: &[Comparison], wanted: Wanted) -> Vec<Short> {
        let like = |cell: &Cell| match cell {
            Cell::Tells { like, .. } => Some(*like),
            Cell::Lacks => None,
            Cell::Unclear => Some(99),
        };
        let short = |row: &Row| {
            let alone = row.alone.map(|Alone { version, how }| (version, how));
            (row.kind, row.cells.iter().map(like).collect(), alone)
        };
        join(versions, comparisons, &Glossary::default(), wanted).rows.iter().map(short).collect()
    }

    #[test]
    fn findings_on_one_claim_are_one_row() {
        let versions = ["3", "5", "3"].map(|sum| version(&format!("The pier cost {sum} million euros.")));
        let [a, b, c] = &versions;
        let differ = [(Kind::Money, Some("3 million euros"), Some("5 million euros"))];
        let back = [(Kind::Money, Some("5 million euros"), Some("3 million euros"))];
        let all = [
            comparison([a, b], &[[0, 0]], &differ),
            comparison([a, c], &[[0, 0]], &[]),
            comparison([b, c], &[[0, 0]], &back),
        ];
        let row = (Kind::Money, vec![Some(0), Some(1), Some(0)], Some((1, How::Otherwise)));
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
        let row = (Kind::Money, vec![Some(0), Some(0), Some(2)], Some((2, How::Otherwise)));
        assert_eq!(rows(&swapped, &all, LOW), [row]);
    }

    #[test]
    fn what_others_tell_otherwise_in_the_same_way_is_said_so() {
        let versions =
            ["3", "5", "5", "9"].map(|sum| version(&format!("The pier cost {sum} million euros.")));
        let [a, b, c, d] = &versions;
        let differ = |x: &'static str, y: &'static str| [(Kind::Money, Some(x), Some(y))];
        let (three, five, nine) = ("3 million euros", "5 million euros", "9 million euros");
        let all = [
            comparison([a, b], &[[0, 0]], &differ(three, five)),
            comparison([a, c], &[[0, 0]], &differ(three, five)),
            comparison([a, d], &[[0, 0]], &differ(three, nine)),
            comparison([b, c], &[[0, 0]], &[]),
            comparison([b, d], &[[0, 0]], &differ(five, nine)),
            comparison([c, d], &[[0, 0]], &differ(five, nine)),
        ];
        let row = (Kind::Money, vec![Some(0), Some(1), Some(1), Some(3)], None);
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
        let dropped = (Kind::Statement, Some(last), None);
        let all = [
            comparison([a, b], &[[0, 0]], &[dropped, (Kind::Statement, None, Some(added))]),
            comparison([a, c], &[[0, 0], [1, 1]], &[(Kind::Statement, None, Some(more))]),
            comparison([b, c], &[[0, 0], [1, 2]], &[(Kind::Duration, Some("3 weeks"), Some("5 weeks"))]),
        ];
        let expected = [
            (Kind::Statement, vec![None, Some(1), Some(1)], Some((0, How::Lacks))),
            // The reference tells neither, so that the two others are compared.
            (Kind::Duration, vec![None, Some(1), Some(2)], None),
            (Kind::Statement, vec![Some(0), None, Some(0)], Some((1, How::Lacks))),
        ];
        assert_eq!(rows(&versions, &all, LOW), expected);
    }

    #[test]
    fn what_the_reference_tells_is_judged_by_its_own_comparisons() {
        let versions =
            ["", "", ""].map(|_| version("The pier was opened on Monday. The mayor gave a speech."));
        let [a, b, c] = &versions;
        let strange = [(Kind::Statement, Some("The mayor gave a speech."), None)];
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
        let differ = [(Kind::Money, Some("3 million euros"), Some("5 million euros"))];
        let changed = "The pier cost 5 million euros.";
        let all = [
            comparison([a, b], &[[0, 0], [1, 1]], &differ),
            comparison([a, c], &[[0, 0]], &[(Kind::Statement, Some(sum), None)]),
            comparison([b, c], &[[0, 0]], &[(Kind::Statement, Some(changed), None)]),
        ];
        let expected = [
            (Kind::Statement, vec![Some(0), Some(0), None], Some((2, How::Lacks))),
            (Kind::Money, vec![Some(0), Some(1), None], None),
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
            comparison([a, c], &[[0, 0]], &[(Kind::Statement, Some("which gulls love"), None)]),
            comparison([b, c], &[[0, 0]], &[(Kind::Statement, Some("which seabirds love"), None)]),
        ];
        let expected = (Kind::Statement, vec![Some(0), Some(0), None], Some((2, How::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [expected]);
        // Where the reference is the one that lacks it, both others name it; the clause itself is shown of each.
        let [a, b, c] = versions;
        let swapped = [c, a, b];
        let [x, y, z] = &swapped;
        let all = [
            comparison([x, y], &[[0, 0]], &[(Kind::Statement, None, Some("which gulls love"))]),
            comparison([x, z], &[[0, 0]], &[(Kind::Statement, None, Some("which seabirds love"))]),
            comparison([y, z], &[[0, 0]], &[]),
        ];
        let expected = (Kind::Statement, vec![None, Some(1), Some(1)], Some((0, How::Lacks)));
        assert_eq!(rows(&swapped, &all, LOW), [expected]);
        let row = &join(&swapped, &all, &Glossary::default(), LOW).rows[0];
        let Cell::Tells { place, .. } = &row.cells[2] else { panic!("{row:?}") };
        assert_eq!(place.span.of(&swapped[2].article.text), "which seabirds love");
    }

    #[test]
    fn a_translation_is_a_witness() {
        let versions =
            ["", "", ""].map(|_| version("The pier was opened on Monday. The mayor gave a speech."));
        let [a, b, c] = &versions;
        let speech = "The mayor gave a speech.";
        let mut all = [
            comparison([a, b], &[[0, 0], [1, 1]], &[]),
            comparison([a, c], &[[0, 0]], &[(Kind::Statement, Some(speech), None)]),
            comparison([b, c], &[[0, 0], [1, 1]], &[]),
        ];
        all[0].parallel = false;
        // That a comparison of two versions of one text finds something missing, no third text changes.
        let lacks = (Kind::Statement, vec![Some(0), Some(0), None], Some((2, How::Lacks)));
        assert_eq!(rows(&versions, &all, LOW), [lacks]);
        // Two newsrooms' texts may tell the same without being aligned; a translation is aligned.
        all[1].parallel = false;
        assert_eq!(rows(&versions, &all, LOW), []);
        // A third newsroom's text is none.
        all[2].parallel = false;
        let lacks = (Kind::Statement, vec![Some(0), Some(0), None], Some((2, How::Lacks)));
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
            comparison([a, c], &[[0, 0]], &[(Kind::Statement, Some("which gulls love"), None)]),
            comparison([b, c], &[[0, 0]], &[]),
        ];
        all[1].parallel = false;
        let lacks = (Kind::Statement, vec![Some(0), Some(0), None], Some((2, How::Lacks)));
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
        let agreed = rows(&versions, &all, Wanted { all: true, ..LOW });
        assert_eq!(agreed, [same(Kind::Money), same(Kind::Duration)]);
    }

    #[test]
    fn a_level_leaves_out_and_counts() {
        let versions = ["3", "5"].map(|sum| version(&format!("The pier cost {sum} million euros.")));
        let [a, b] = &versions;
        let mut all = [comparison(
            [a, b],
            &[[0, 0]],
            &[(Kind::Money, Some("3 million euros"), Some("5 million euros"))],
        )];
        // Two versions have no odd one.
        assert_eq!(rows(&versions, &all, LOW), [(Kind::Money, vec![Some(0), Some(1)], None)]);
        all[0].findings[0].severity = Severity::Low;
        let matrix = join(&versions, &all, &Glossary::default(), Wanted { level: Severity::Medium, ..LOW });
        assert_eq!((matrix.rows.len(), matrix.below), (0, 1));
        // All figures are shown on request, also such a one, which is no finding then.
        let all_figures = Wanted { level: Severity::Medium, all: true };
        let matrix = join(&versions, &all, &Glossary::default(), all_figures);
        assert_eq!((matrix.rows.len(), matrix.found().count(), matrix.below), (1, 0, 0));
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
        let agreed = rows(&versions, &all, Wanted { all: true, ..LOW });
        assert_eq!(agreed, [(Kind::Money, vec![Some(0), Some(99)], None)]);
    }
}
