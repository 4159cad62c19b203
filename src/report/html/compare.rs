//! The page of a comparison: every pair of versions side by side, with the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use askama::Template;

use super::articles::{ArticleSide, FindingPin, SideInput, article_lang, claim_titles, group_states};
use super::frame::{MAX_EAGER_ITEMS, PageAnchors, PageFrame, SEVERITIES};
use super::overview::{Overview, sample_path};
use super::state::SentenceState;
use crate::divergence::{
    Comparison, ExplainedWord, Explanation, Finding, FindingKind, NearestSentence, RULES, Rule, Severity,
};
use crate::matrix::MatrixRow;
use crate::report::contents::{ComparedPair, ComparisonPage, MAX_PAIRWISE_VERSIONS, MatrixTable};
use crate::report::view::{
    PlaceQuote, contributing_parts, finding_title, precision_text, quote_places, relation_text, unclear_lines,
};
use crate::text::Span;

/// Most findings of a pair that a page explains, the gravest first: an explanation takes about three kilobytes, and a
/// page has to open at once.
pub(crate) const MAX_EXPLAINED: usize = 400;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage<'a> {
    frame: PageFrame,
    page: &'a ComparisonPage<'a>,
    pairs: Vec<PairSection<'a>>,
    claims: Vec<ClaimRow<'a>>,
    /// The last lines of the table of claims.
    remarks: Vec<String>,
    /// The rules that made a finding.
    rules: Vec<&'static Rule>,
}

/// One claim, with a cell for each version.
struct ClaimRow<'a> {
    row: &'a MatrixRow,
    context: Option<String>,
    cells: Vec<ClaimCell<'a>>,
    /// The anchor of its first finding that the page shows.
    anchor: Option<&'a str>,
}

/// The cell of one version.
struct ClaimCell<'a> {
    text: String,
    lang: &'a str,
    /// Whether the version is the outlier of the row.
    is_outlier: bool,
}

/// Two versions and their findings.
struct PairSection<'a> {
    /// The numbers of the versions, from 1, as in anchors: `1-2`.
    key: &'a str,
    comparison: &'a Comparison,
    sides: [ArticleSide<'a>; 2],
    findings: Vec<FindingEntry<'a>>,
    pins: &'a [FindingPin],
    /// The number of findings below the level.
    below_level: usize,
    overview: Overview,
    /// Numbers of the groups that differ, separated by spaces.
    differing: String,
    /// The same of those that moved.
    moved: String,
}

/// One finding.
struct FindingEntry<'a> {
    anchor: &'a str,
    finding: &'a Finding,
    place_quotes: Vec<PlaceQuote<'a>>,
    explanation: Option<&'a Explanation>,
}

/// Writes versions of an article as one HTML file that loads nothing else.
///
/// # Errors
/// If writing fails.
pub fn write_html(page: &ComparisonPage<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut anchors = PageAnchors::default();
    let keys: Vec<String> = page.pairs.iter().map(|pair| format!("{}-{}", pair.a + 1, pair.b + 1)).collect();
    let pins: Vec<Vec<FindingPin>> = page
        .pairs
        .iter()
        .zip(&keys)
        .map(|(pair, key)| {
            page.findings_at_level(pair).map(|(finding, _)| build_pin(finding, key, &mut anchors)).collect()
        })
        .collect();
    let titles: Vec<Vec<String>> = page.versions.iter().map(claim_titles).collect();
    let pairs = page.pairs.iter().zip(&keys).zip(&pins);
    let pairs: Vec<PairSection<'_>> =
        pairs.map(|((compared, key), pins)| PairSection::new(page, compared, key, pins, &titles)).collect();
    let rule_names: BTreeSet<&str> =
        pairs.iter().flat_map(|pair| &pair.findings).map(|entry| entry.finding.rule.name).collect();
    let rules = RULES.iter().filter(|rule| rule_names.contains(rule.name)).collect();
    let table = page.matrix.map(|matrix| MatrixTable {
        paths: page.paths,
        versions: page.versions,
        matrix,
        encoder: page.encoder,
    });
    let claims = table.as_ref().map(|table| build_claims(table, page, &pins)).unwrap_or_default();
    let remarks = table.map(|table| table.summary_lines(version_number)).unwrap_or_default();
    ComparePage { frame: PageFrame::new(), page, pairs, claims, remarks, rules }.write_into(out)
}

/// A version's name on the page: a number, since letters name the sides of a pair.
fn version_number(version: usize) -> String {
    (version + 1).to_string()
}

fn build_claims<'a>(
    table: &MatrixTable<'a>,
    page: &'a ComparisonPage<'a>,
    pins: &'a [Vec<FindingPin>],
) -> Vec<ClaimRow<'a>> {
    let anchors: BTreeMap<(usize, usize, &str), &str> = page
        .pairs
        .iter()
        .zip(pins)
        .flat_map(|(pair, pins)| {
            let findings = page.findings_at_level(pair).zip(pins);
            findings.map(|((finding, _), pin)| ((pair.a, pair.b, finding.id.as_str()), pin.anchor.as_str()))
        })
        .collect();
    table
        .matrix
        .rows
        .iter()
        .map(|row| ClaimRow {
            row,
            context: table.claim_context(row),
            cells: (0..page.versions.len()).map(|version| build_cell(table, row, version)).collect(),
            anchor: row.findings.iter().find_map(|f| anchors.get(&(f.a, f.b, f.id.as_str())).copied()),
        })
        .collect()
}

fn build_cell<'a>(table: &MatrixTable<'a>, row: &MatrixRow, version: usize) -> ClaimCell<'a> {
    ClaimCell {
        text: table.cell_text(row, version, version_number),
        lang: article_lang(&table.versions[version]),
        is_outlier: row.outlier.is_some_and(|outlier| outlier.version == version),
    }
}

fn build_pin(finding: &Finding, key: &str, anchors: &mut PageAnchors) -> FindingPin {
    FindingPin {
        anchor: anchors.unique_anchor(&finding.id, key),
        title: finding_title(finding),
        severity: finding.severity.name(),
        places: [&finding.a, &finding.b]
            .map(|place| place.as_ref().map(|place| (place.sentence, place.span))),
    }
}

/// Numbers separated by spaces.
fn join_numbers(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|k| k.to_string()).collect::<Vec<_>>().join(" ")
}

impl<'a> PairSection<'a> {
    fn new(
        page: &'a ComparisonPage<'a>,
        compared: &'a ComparedPair,
        key: &'a str,
        pins: &'a [FindingPin],
        titles: &'a [Vec<String>],
    ) -> Self {
        let comparison = &compared.comparison;
        let sides = [(0, compared.a), (1, compared.b)].map(|(side, version)| {
            let input = SideInput {
                key,
                path: &page.paths[version],
                version: &page.versions[version],
                titles: &titles[version],
                garble: &page.garbles[version],
            };
            ArticleSide::new(side, &input, comparison, pins)
        });
        let versions = [compared.a, compared.b].map(|version| &page.versions[version]);
        let findings = page.findings_at_level(compared).zip(pins).enumerate();
        let findings: Vec<FindingEntry<'_>> = findings
            .map(|(k, ((finding, explanation), pin))| FindingEntry {
                anchor: &pin.anchor,
                finding,
                place_quotes: quote_places(finding, versions),
                explanation: explanation.filter(|_| k < MAX_EXPLAINED),
            })
            .collect();
        let states = group_states(&comparison.groups, pins);
        let groups = comparison.groups.iter().zip(&states);
        let groups: Vec<(SentenceState, &[usize], &[usize])> =
            groups.map(|(group, state)| (*state, &group.a[..], &group.b[..])).collect();
        let moved = comparison.groups.iter().enumerate().filter(|(_, group)| group.moved);
        let differing = states.iter().enumerate().filter(|(_, state)| **state == SentenceState::Differs);
        Self {
            key,
            below_level: comparison.findings.len() - findings.len(),
            overview: Overview::new([&sides[0].lengths, &sides[1].lengths], &groups),
            differing: join_numbers(differing.map(|(k, _)| k)),
            moved: join_numbers(moved.map(|(k, _)| k)),
            comparison,
            sides,
            findings,
            pins,
        }
    }

    /// The other side of the pair.
    fn other_side(&self, side: &ArticleSide<'_>) -> &ArticleSide<'a> {
        &self.sides[usize::from(side.name == self.sides[0].name)]
    }

    fn is_long(&self) -> bool {
        let sentences = self.sides.iter().map(|side| side.lengths.len());
        sentences.chain([self.findings.len()]).any(|count| count > MAX_EAGER_ITEMS)
    }

    /// The parts of the divergence: name, value 0 to 1, meaning.
    fn divergence_parts(&self) -> [(&'static str, f32, &'static str); 3] {
        let scores = &self.comparison.scores;
        [
            ("content", scores.content, "in one version only"),
            ("claims", scores.claims, "different in aligned sentences"),
            ("order", scores.order, "in another order"),
        ]
    }

    fn count_of_severity(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|entry| entry.finding.severity == severity).count()
    }

    /// The kinds that occur, each with its count.
    fn kind_counts(&self) -> Vec<(&'static str, usize)> {
        FindingKind::ALL
            .iter()
            .copied()
            .map(|kind| (kind, self.findings.iter().filter(|entry| entry.finding.kind == kind).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| (kind.name(), count))
            .collect()
    }

    /// The drawing in words.
    fn overview_text(&self) -> String {
        let side_texts = self.sides.iter().map(|side| {
            let states = [
                (SentenceState::Shared, "shared"),
                (SentenceState::Moved, "moved"),
                (SentenceState::Differs, "different"),
                (SentenceState::Unmatched, "alone"),
            ]
            .map(|(state, name)| format!("{} {name}", side.count_sentences(state)));
            format!("{} has {} sentences: {}.", side.name, side.lengths.len(), states.join(", "))
        });
        side_texts.collect::<Vec<_>>().join(" ")
    }

    fn count_sentences(&self, state: SentenceState) -> usize {
        self.sides.iter().map(|side| side.count_sentences(state)).sum()
    }
}

impl ComparePage<'_> {
    fn page_title(&self) -> &str {
        let first = self.page.versions.first();
        first.and_then(|version| version.article.headline_text()).unwrap_or("Versions of an article")
    }

    /// The pair of two versions, by their indices in either order.
    fn pair_of(&self, a: usize, b: usize) -> Option<&PairSection<'_>> {
        let at = self.page.pairs.iter().position(|pair| (pair.a, pair.b) == (a.min(b), a.max(b)))?;
        self.pairs.get(at)
    }

    fn compares_every_pair(&self) -> bool {
        self.page.versions.len() <= MAX_PAIRWISE_VERSIONS
    }

    fn list_numbers(numbers: &[usize]) -> String {
        numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The nearest sentences of the other version to unaligned sentences, by the side of the unaligned one.
    fn nearest_by_side(explanation: &Explanation) -> Vec<(usize, NearestSentence)> {
        explanation
            .nearest_sentences
            .iter()
            .enumerate()
            .filter_map(|(side, nearest)| Some((side, (*nearest)?)))
            .collect()
    }

    fn nearest_text<'s>(side: &ArticleSide<'s>, nearest: &NearestSentence) -> &'s str {
        side.version.sentence_text(nearest.sentence)
    }

    /// The words of the places, by side.
    fn words_by_side(explanation: &Explanation) -> Vec<(usize, &[ExplainedWord])> {
        let words = explanation.place_words.iter().map(Vec::as_slice).enumerate();
        words.filter(|(_, words)| !words.is_empty()).collect()
    }

    fn word_text<'p>(pair: &PairSection<'p>, side: usize, span: Span) -> &'p str {
        span.slice(&pair.sides[side].version.article.text)
    }
}

impl FindingEntry<'_> {
    /// The sides that it has a place on: `a`, `b` or `both`.
    fn finding_side(&self) -> &'static str {
        match (&self.finding.a, &self.finding.b) {
            (Some(_), None) => "a",
            (None, Some(_)) => "b",
            _ => "both",
        }
    }
}
