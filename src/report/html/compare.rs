//! Versions of one article: every two that were compared, side by side, with the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use askama::Template;

use super::articles::{
    ArticleSide, FindingPin, SentenceState, SideInput, article_lang, claim_titles, group_states, value_text,
};
use super::overview::{Overview, sample_path};
use super::{MAX_EAGER_ITEMS, PageAnchors, PageFrame};
use crate::divergence::{
    ClaimPlace, Comparison, DivergencePart, ExplainedGroup, ExplainedWord, Explanation, Finding, FindingKind,
    NearestSentence, RULES, Rule, Severity, Version,
};
use crate::matrix::MatrixRow;
use crate::report::{ComparedPair, ComparisonPage, MAX_PAIRWISE_VERSIONS, MatrixTable, rules, text};
use crate::text::Span;

/// Findings of a comparison that are explained in the page, the gravest first: an explanation is some three kilobytes,
/// and a page has to stay one that opens at once.
pub(crate) const MAX_EXPLAINED: usize = 400;

/// A part that adds less to the log odds is not shown: it would be a zero.
const MIN_CONTRIBUTION: f32 = 0.005;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage<'a> {
    frame: PageFrame,
    page: &'a ComparisonPage<'a>,
    pairs: Vec<PairSection<'a>>,
    claims: Vec<ClaimRow<'a>>,
    /// What is to be said of the claims.
    remarks: Vec<String>,
    /// The rules that made a finding.
    rules: Vec<&'static Rule>,
}

/// One claim, and what each version has of it.
struct ClaimRow<'a> {
    row: &'a MatrixRow,
    context: Option<String>,
    cells: Vec<ClaimCell<'a>>,
    /// The anchor of its first finding that the page shows.
    anchor: Option<&'a str>,
}

/// What one version has of a claim.
struct ClaimCell<'a> {
    text: String,
    lang: &'a str,
    /// Whether all others have something else.
    is_outlier: bool,
}

/// Two versions.
struct PairSection<'a> {
    /// Their numbers, from 1, as its anchors have them.
    key: &'a str,
    comparison: &'a Comparison,
    sides: [ArticleSide<'a>; 2],
    findings: Vec<FindingEntry<'a>>,
    pins: &'a [FindingPin],
    /// Findings that are not shown, since they matter too little.
    below_level: usize,
    overview: Overview,
    /// Numbers of the groups in which something differs, and of those that moved.
    differing: String,
    moved: String,
}

/// One finding.
struct FindingEntry<'a> {
    anchor: &'a str,
    finding: &'a Finding,
    place_quotes: Vec<PlaceQuote<'a>>,
    explanation: Option<&'a Explanation>,
}

/// What one version says of it.
struct PlaceQuote<'a> {
    side: usize,
    sentence: usize,
    text: &'a str,
    value: Option<String>,
}

pub(in crate::report) fn write_compare_page(
    page: &ComparisonPage<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
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

/// How the page calls a version, so that it is not taken for a side of a pair.
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
    let cell = |row: &'a MatrixRow, version: usize| ClaimCell {
        text: table.cell_text(row, version, version_number),
        lang: article_lang(&page.versions[version]),
        is_outlier: row.outlier.is_some_and(|alone| alone.version == version),
    };
    let claim = |row: &'a MatrixRow| ClaimRow {
        row,
        context: table.claim_context(row),
        cells: (0..page.versions.len()).map(|version| cell(row, version)).collect(),
        anchor: row.findings.iter().find_map(|f| anchors.get(&(f.a, f.b, f.id.as_str())).copied()),
    };
    table.matrix.rows.iter().map(claim).collect()
}

fn build_pin(finding: &Finding, key: &str, anchors: &mut PageAnchors) -> FindingPin {
    let place = |place: &Option<ClaimPlace>| place.as_ref().map(|place| (place.sentence, place.span));
    FindingPin {
        anchor: anchors.unique_anchor(&finding.id, key),
        title: finding_title(finding),
        severity: finding.severity.name(),
        places: [place(&finding.a), place(&finding.b)],
    }
}

/// What a finding is, in words: `altered money`.
fn finding_title(finding: &Finding) -> String {
    format!("{} {}", finding.change.name().replace('_', " "), finding.kind.name())
}

/// Numbers with spaces between them.
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

    /// The side that one is shown beside.
    fn other_side(&self, side: &ArticleSide<'_>) -> &ArticleSide<'a> {
        &self.sides[usize::from(side.name == self.sides[0].name)]
    }

    fn is_long(&self) -> bool {
        let sentences = self.sides.iter().map(|side| side.lengths.len());
        sentences.chain([self.findings.len()]).any(|count| count > MAX_EAGER_ITEMS)
    }

    fn relation_text(&self) -> &'static str {
        text::relation_text(self.comparison.is_parallel)
    }

    fn unclear_lines(&self) -> impl Iterator<Item = String> {
        text::unclear_lines(self.comparison)
    }

    /// The parts of the divergence: name, how much, what it is.
    fn divergence_parts(&self) -> [(&'static str, f32, &'static str); 3] {
        let scores = &self.comparison.scores;
        [
            ("content", scores.content, "told by one alone"),
            ("claims", scores.claims, "told differently"),
            ("order", scores.order, "told elsewhere"),
        ]
    }

    fn count_of_severity(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|entry| entry.finding.severity == severity).count()
    }

    /// The kinds that occur, each with its count.
    fn kind_counts(&self) -> Vec<(&'static str, usize)> {
        let count =
            |kind: FindingKind| self.findings.iter().filter(|entry| entry.finding.kind == kind).count();
        FindingKind::ALL
            .into_iter()
            .map(|kind| (kind.name(), count(kind)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// What the drawing shows, in words.
    fn overview_text(&self) -> String {
        let side_texts = self.sides.iter().map(|side| {
            let count_text =
                |state: SentenceState, name: &str| format!("{} {name}", side.count_sentences(state));
            let states = [
                count_text(SentenceState::Shared, "shared"),
                count_text(SentenceState::Moved, "moved"),
                count_text(SentenceState::Differs, "different"),
                count_text(SentenceState::Unmatched, "alone"),
            ];
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

    /// The pair of two versions, by their numbers from 0, whichever is the first.
    fn pair_of(&self, a: usize, b: usize) -> Option<&PairSection<'_>> {
        let at = self.page.pairs.iter().position(|pair| (pair.a, pair.b) == (a.min(b), a.max(b)))?;
        self.pairs.get(at)
    }

    fn compares_every_pair(&self) -> bool {
        self.page.versions.len() <= MAX_PAIRWISE_VERSIONS
    }

    fn max_pairwise_versions() -> usize {
        MAX_PAIRWISE_VERSIONS
    }

    fn all_severities() -> [Severity; 3] {
        [Severity::High, Severity::Medium, Severity::Low]
    }

    fn all_states() -> [SentenceState; 4] {
        SentenceState::ALL
    }

    fn sample_path(state: SentenceState) -> String {
        sample_path(state)
    }

    fn state_meaning(state: SentenceState) -> &'static str {
        match state {
            SentenceState::Shared => "told the same",
            SentenceState::Moved => "the same, elsewhere",
            SentenceState::Differs => "told otherwise",
            SentenceState::Unmatched => "told by one alone",
        }
    }

    fn precision_text(rule: &Rule) -> String {
        rules::precision_text(rule)
    }

    fn list_numbers(numbers: &[usize]) -> String {
        numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The parts of a group's divergence that add something, each with what it adds.
    fn contributing_parts(together: &ExplainedGroup) -> Vec<(&DivergencePart, f32)> {
        let weighed = together.parts.iter().map(|part| (part, part.value * part.weight));
        weighed.filter(|(_, adds)| adds.abs() >= MIN_CONTRIBUTION).collect()
    }

    /// What comes nearest to a sentence without a partner, by side.
    fn nearest_by_side(explanation: &Explanation) -> Vec<(usize, NearestSentence)> {
        explanation
            .nearest_sentences
            .iter()
            .enumerate()
            .filter_map(|(side, near)| Some((side, (*near)?)))
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
    fn finding_title(&self) -> String {
        finding_title(self.finding)
    }

    /// On which side it stands: `a`, `b` or `both`.
    fn finding_side(&self) -> &'static str {
        match (&self.finding.a, &self.finding.b) {
            (Some(_), None) => "a",
            (None, Some(_)) => "b",
            _ => "both",
        }
    }

    fn precision_text(&self) -> String {
        rules::precision_text(self.finding.rule)
    }
}

fn quote_places<'a>(finding: &'a Finding, versions: [&'a Version; 2]) -> Vec<PlaceQuote<'a>> {
    let places = [&finding.a, &finding.b].into_iter().zip(versions).enumerate();
    let quotes = places.filter_map(|(side, (place, version))| {
        let place = place.as_ref()?;
        let text = place.span.slice(&version.article.text);
        let value = place.value.as_ref().map(value_text).filter(|value| !value.ends_with(text));
        Some(PlaceQuote { side, sentence: place.sentence, text, value })
    });
    quotes.collect()
}
