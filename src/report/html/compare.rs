//! Versions of one article: every two that were compared, side by side, with the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use askama::Template;

use super::articles::{Given, Pin, Side, State, lang, states, titles, value};
use super::strip::{Strip, sample};
use super::{Anchors, Frame, LONG};
use crate::divergence::{
    Comparison, Explanation, Finding, Kind, Nearest, Part, Place, RULES, Rule, Severity, Together, Version,
    Word,
};
use crate::matrix::Row;
use crate::report::{Compared, EVERY_TWO, Page, Table, rules, text};
use crate::text::Span;

/// Findings of a comparison that are explained in the page, the gravest first: an explanation is some three kilobytes,
/// and a page has to stay one that opens at once.
pub(crate) const MAX_EXPLAINED: usize = 400;

/// A part that adds less to the log odds is not shown: it would be a zero.
const LEAST: f32 = 0.005;

#[derive(Template)]
#[template(path = "compare.html")]
struct Document<'a> {
    frame: Frame,
    page: &'a Page<'a>,
    pairs: Vec<Pair<'a>>,
    claims: Vec<Claim<'a>>,
    /// What is to be said of the claims.
    remarks: Vec<String>,
    /// The rules that made a finding.
    rules: Vec<&'static Rule>,
}

/// One claim, and what each version has of it.
struct Claim<'a> {
    row: &'a Row,
    context: Option<String>,
    cells: Vec<Cell<'a>>,
    /// The anchor of its first finding that the page shows.
    anchor: Option<&'a str>,
}

/// What one version has of a claim.
struct Cell<'a> {
    text: String,
    lang: &'a str,
    /// Whether all others have something else.
    is_alone: bool,
}

/// Two versions.
struct Pair<'a> {
    /// Their numbers, from 1, as its anchors have them.
    key: &'a str,
    comparison: &'a Comparison,
    sides: [Side<'a>; 2],
    findings: Vec<Entry<'a>>,
    pins: &'a [Pin],
    /// Findings that are not shown, since they matter too little.
    below: usize,
    strip: Strip,
    /// Numbers of the groups in which something differs, and of those that moved.
    differing: String,
    moved: String,
}

/// One finding.
struct Entry<'a> {
    anchor: &'a str,
    finding: &'a Finding,
    told: Vec<Told<'a>>,
    explained: Option<&'a Explanation>,
}

/// What one version says of it.
struct Told<'a> {
    side: usize,
    sentence: usize,
    text: &'a str,
    value: Option<String>,
}

pub(in crate::report) fn write(page: &Page<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut anchors = Anchors::default();
    let keys: Vec<String> = page.pairs.iter().map(|pair| format!("{}-{}", pair.a + 1, pair.b + 1)).collect();
    let pins: Vec<Vec<Pin>> = page
        .pairs
        .iter()
        .zip(&keys)
        .map(|(pair, key)| page.findings(pair).map(|(finding, _)| pin(finding, key, &mut anchors)).collect())
        .collect();
    let titles: Vec<Vec<String>> = page.versions.iter().map(titles).collect();
    let pairs = page.pairs.iter().zip(&keys).zip(&pins);
    let pairs: Vec<Pair<'_>> =
        pairs.map(|((compared, key), pins)| Pair::new(page, compared, key, pins, &titles)).collect();
    let made: BTreeSet<&str> =
        pairs.iter().flat_map(|pair| &pair.findings).map(|entry| entry.finding.rule.name).collect();
    let rules = RULES.iter().filter(|rule| made.contains(rule.name)).collect();
    let table = page.matrix.map(|matrix| Table {
        paths: page.paths,
        versions: page.versions,
        matrix,
        encoder: page.encoder,
    });
    let claims = table.as_ref().map(|table| claims(table, page, &pins)).unwrap_or_default();
    let remarks = table.map(|table| table.summary(number)).unwrap_or_default();
    Document { frame: Frame::new(), page, pairs, claims, remarks, rules }.write_into(out)
}

/// How the page calls a version, so that it is not taken for a side of a pair.
fn number(version: usize) -> String {
    (version + 1).to_string()
}

fn claims<'a>(table: &Table<'a>, page: &'a Page<'a>, pins: &'a [Vec<Pin>]) -> Vec<Claim<'a>> {
    let shown: BTreeMap<(usize, usize, &str), &str> = page
        .pairs
        .iter()
        .zip(pins)
        .flat_map(|(pair, pins)| {
            let findings = page.findings(pair).zip(pins);
            findings.map(|((finding, _), pin)| ((pair.a, pair.b, finding.id.as_str()), pin.anchor.as_str()))
        })
        .collect();
    let cell = |row: &'a Row, version: usize| Cell {
        text: table.cell(row, version, number),
        lang: lang(&page.versions[version]),
        is_alone: row.alone.is_some_and(|alone| alone.version == version),
    };
    let claim = |row: &'a Row| Claim {
        row,
        context: table.context(row),
        cells: (0..page.versions.len()).map(|version| cell(row, version)).collect(),
        anchor: row.findings.iter().find_map(|f| shown.get(&(f.a, f.b, f.id.as_str())).copied()),
    };
    table.matrix.rows.iter().map(claim).collect()
}

fn pin(finding: &Finding, key: &str, anchors: &mut Anchors) -> Pin {
    let place = |place: &Option<Place>| place.as_ref().map(|place| (place.sentence, place.span));
    Pin {
        anchor: anchors.of(&finding.id, key),
        title: title(finding),
        severity: finding.severity.name(),
        places: [place(&finding.a), place(&finding.b)],
    }
}

/// What a finding is, in words: `altered money`.
fn title(finding: &Finding) -> String {
    format!("{} {}", finding.change.name().replace('_', " "), finding.kind.name())
}

/// Numbers with spaces between them.
fn listed(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|k| k.to_string()).collect::<Vec<_>>().join(" ")
}

impl<'a> Pair<'a> {
    fn new(
        page: &'a Page<'a>,
        compared: &'a Compared,
        key: &'a str,
        pins: &'a [Pin],
        titles: &'a [Vec<String>],
    ) -> Self {
        let comparison = &compared.comparison;
        let sides = [(0, compared.a), (1, compared.b)].map(|(side, version)| {
            let given = Given {
                key,
                path: &page.paths[version],
                version: &page.versions[version],
                titles: &titles[version],
                garble: &page.garbles[version],
            };
            Side::new(side, &given, comparison, pins)
        });
        let versions = [compared.a, compared.b].map(|version| &page.versions[version]);
        let findings = page.findings(compared).zip(pins).enumerate();
        let findings: Vec<Entry<'_>> = findings
            .map(|(k, ((finding, explanation), pin))| Entry {
                anchor: &pin.anchor,
                finding,
                told: told(finding, versions),
                explained: explanation.filter(|_| k < MAX_EXPLAINED),
            })
            .collect();
        let states = states(&comparison.groups, pins);
        let groups = comparison.groups.iter().zip(&states);
        let groups: Vec<(State, &[usize], &[usize])> =
            groups.map(|(group, state)| (*state, &group.a[..], &group.b[..])).collect();
        let moved = comparison.groups.iter().enumerate().filter(|(_, group)| group.moved);
        let differing = states.iter().enumerate().filter(|(_, state)| **state == State::Differs);
        Self {
            key,
            below: comparison.findings.len() - findings.len(),
            strip: Strip::new([&sides[0].lengths, &sides[1].lengths], &groups),
            differing: listed(differing.map(|(k, _)| k)),
            moved: listed(moved.map(|(k, _)| k)),
            comparison,
            sides,
            findings,
            pins,
        }
    }

    /// The side that one is shown beside.
    fn other(&self, side: &Side<'_>) -> &Side<'a> {
        &self.sides[usize::from(side.name == self.sides[0].name)]
    }

    fn is_long(&self) -> bool {
        let sentences = self.sides.iter().map(|side| side.lengths.len());
        sentences.chain([self.findings.len()]).any(|count| count > LONG)
    }

    fn relation(&self) -> &'static str {
        text::relation(self.comparison.parallel)
    }

    fn cannot_tell(&self) -> impl Iterator<Item = String> {
        text::cannot_tell(self.comparison)
    }

    /// The parts of the divergence: name, how much, what it is.
    fn parts(&self) -> [(&'static str, f32, &'static str); 3] {
        let scores = &self.comparison.scores;
        [
            ("content", scores.content, "told by one alone"),
            ("claims", scores.claims, "told differently"),
            ("order", scores.order, "told elsewhere"),
        ]
    }

    fn of_severity(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|entry| entry.finding.severity == severity).count()
    }

    /// The kinds that occur, each with its count.
    fn kinds(&self) -> Vec<(&'static str, usize)> {
        let count = |kind: Kind| self.findings.iter().filter(|entry| entry.finding.kind == kind).count();
        Kind::ALL.into_iter().map(|kind| (kind.name(), count(kind))).filter(|(_, count)| *count > 0).collect()
    }

    /// What the drawing shows, in words.
    fn drawn(&self) -> String {
        let said = self.sides.iter().map(|side| {
            let of = |state: State, name: &str| format!("{} {name}", side.count(state));
            let states = [
                of(State::Shared, "shared"),
                of(State::Moved, "moved"),
                of(State::Differs, "different"),
                of(State::Alone, "alone"),
            ];
            format!("{} has {} sentences: {}.", side.name, side.lengths.len(), states.join(", "))
        });
        said.collect::<Vec<_>>().join(" ")
    }

    fn count(&self, state: State) -> usize {
        self.sides.iter().map(|side| side.count(state)).sum()
    }
}

impl Document<'_> {
    fn title(&self) -> &str {
        let first = self.page.versions.first();
        first.and_then(|version| version.article.title()).unwrap_or("Versions of an article")
    }

    /// The pair of two versions, by their numbers from 0, whichever is the first.
    fn pair_of(&self, a: usize, b: usize) -> Option<&Pair<'_>> {
        let at = self.page.pairs.iter().position(|pair| (pair.a, pair.b) == (a.min(b), a.max(b)))?;
        self.pairs.get(at)
    }

    fn is_every_two(&self) -> bool {
        self.page.versions.len() <= EVERY_TWO
    }

    fn most() -> usize {
        EVERY_TWO
    }

    fn severities() -> [Severity; 3] {
        [Severity::High, Severity::Medium, Severity::Low]
    }

    fn states() -> [State; 4] {
        State::ALL
    }

    fn sample(state: State) -> String {
        sample(state)
    }

    fn meaning(state: State) -> &'static str {
        match state {
            State::Shared => "told the same",
            State::Moved => "the same, elsewhere",
            State::Differs => "told otherwise",
            State::Alone => "told by one alone",
        }
    }

    fn graded(rule: &Rule) -> String {
        rules::graded(rule)
    }

    fn numbers(numbers: &[usize]) -> String {
        numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The parts of a group's divergence that add something, each with what it adds.
    fn adding(together: &Together) -> Vec<(&Part, f32)> {
        let weighed = together.parts.iter().map(|part| (part, part.value * part.weight));
        weighed.filter(|(_, adds)| adds.abs() >= LEAST).collect()
    }

    /// What comes nearest to a sentence without a partner, by side.
    fn nearest(explanation: &Explanation) -> Vec<(usize, Nearest)> {
        explanation.nearest.iter().enumerate().filter_map(|(side, near)| Some((side, (*near)?))).collect()
    }

    fn near<'s>(side: &Side<'s>, near: &Nearest) -> &'s str {
        side.version.text_of(near.sentence)
    }

    /// The words of the places, by side.
    fn words(explanation: &Explanation) -> Vec<(usize, &[Word])> {
        let words = explanation.words.iter().map(Vec::as_slice).enumerate();
        words.filter(|(_, words)| !words.is_empty()).collect()
    }

    fn word<'p>(pair: &Pair<'p>, side: usize, span: Span) -> &'p str {
        span.of(&pair.sides[side].version.article.text)
    }
}

impl Entry<'_> {
    fn title(&self) -> String {
        title(self.finding)
    }

    /// On which side it stands: `a`, `b` or `both`.
    fn side(&self) -> &'static str {
        match (&self.finding.a, &self.finding.b) {
            (Some(_), None) => "a",
            (None, Some(_)) => "b",
            _ => "both",
        }
    }

    fn graded(&self) -> String {
        rules::graded(self.finding.rule)
    }
}

fn told<'a>(finding: &'a Finding, versions: [&'a Version; 2]) -> Vec<Told<'a>> {
    let places = [&finding.a, &finding.b].into_iter().zip(versions).enumerate();
    let told = places.filter_map(|(side, (place, version))| {
        let place = place.as_ref()?;
        let text = place.span.of(&version.article.text);
        let value = place.value.as_ref().map(value).filter(|value| !value.ends_with(text));
        Some(Told { side, sentence: place.sentence, text, value })
    });
    told.collect()
}
