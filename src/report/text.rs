//! For reading in a terminal: the aligned sentences, those that stand alone, the findings, the scores.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::slice::from_ref;

use super::layout::{BOLD, DIM, Line, Look, Style};
use super::{Part, Report, escape, garble_text, theme};
use crate::align::Relation;
use crate::article::Role;
use crate::divergence::{
    Aligned, Comparison, Finding, Kind, Place, Reason, Scores, Severity, Unclear, Version,
};
use crate::text::{Span, Which};
use crate::words::Marked;

/// Words that differ at least this much are marked.
const MARKED: f32 = 0.5;

pub(super) fn write(
    report: &Report<'_>,
    only: Option<Part>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style.readable();
    for (k, comparison) in report.comparisons.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        View { report, style, comparison, a: &report.versions[0], b: &report.versions[k + 1] }.write(
            k + 1,
            only,
            out,
        )?;
    }
    Ok(())
}

struct View<'r> {
    report: &'r Report<'r>,
    style: Style,
    comparison: &'r Comparison,
    a: &'r Version,
    b: &'r Version,
}

impl View<'_> {
    fn write(&self, b: usize, only: Option<Part>, out: &mut dyn Write) -> io::Result<()> {
        self.head(b, out)?;
        if Part::Alignment.is_in(only) {
            self.alignment(out)?;
            self.left_out(out)?;
        }
        if only.is_none() {
            writeln!(out)?;
        }
        if Part::Findings.is_in(only) {
            self.findings(out)?;
        }
        if only == Some(Part::Summary) {
            writeln!(out, "{}", count(self.report.level, self.report.findings(self.comparison)))?;
            self.below(out)?;
            self.unclear(out)?;
        }
        if only == Some(Part::Alignment) { Ok(()) } else { self.scores(out) }
    }

    fn head(&self, b: usize, out: &mut dyn Write) -> io::Result<()> {
        for (name, path, version) in
            [("A", &self.report.paths[0], self.a), ("B", &self.report.paths[b], self.b)]
        {
            introduce(name, path, version, self.style, out)?;
        }
        for note in &self.comparison.notes {
            writeln!(out, "{}", self.style.paint(DIM, &format!("note: {note}")))?;
        }
        for line in garbled(self.report, b) {
            writeln!(out, "{line}")?;
        }
        let relation = relation(self.comparison.parallel);
        writeln!(out, "{}\n", self.style.paint(DIM, relation))
    }

    fn alignment(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in rows(self.comparison, self.a, self.b) {
            let [left, right] = sides(self.comparison, [self.a, self.b], row.sentences());
            self.style.row(&left, &right, &row.note(), out)?;
        }
        Ok(())
    }

    /// What takes no part is named, never silently gone.
    fn left_out(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, version) in [("A", self.a), ("B", self.b)] {
            if let Some(reasons) = left_out(version) {
                let line = format!("left out of {name}: {reasons}");
                writeln!(out, "{}", self.style.paint(DIM, &line))?;
            }
        }
        Ok(())
    }

    fn findings(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<&Finding> = self.report.findings(self.comparison).collect();
        if findings.is_empty() {
            writeln!(out, "{}", count(self.report.level, findings.iter().copied()))?;
        } else {
            writeln!(out, "{}", self.style.paint(BOLD, "Findings"))?;
        }
        for passage in passages(&findings, [self.a, self.b]) {
            match passage[..] {
                [finding] => self.finding(finding, out)?,
                _ => self.passage(&passage, out)?,
            }
        }
        self.below(out)?;
        self.unclear(out)
    }

    fn below(&self, out: &mut dyn Write) -> io::Result<()> {
        let below = below(self.report, self.comparison);
        below.map_or(Ok(()), |line| writeln!(out, "{}", self.style.paint(DIM, &line)))
    }

    /// What cannot be told: each place at level low, else how many there are.
    fn unclear(&self, out: &mut dyn Write) -> io::Result<()> {
        for (reason, unclear) in unclear(self.comparison) {
            let line = format!("Cannot {}", tell(reason, &unclear));
            let each = self.report.level == Severity::Low;
            let more = if each { "" } else { "; --level low shows which" };
            writeln!(out, "{}", self.style.paint(DIM, &format!("{line}{more}")))?;
            for unclear in unclear.into_iter().filter(|_| each) {
                for (name, place, version) in [("A", &unclear.a, self.a), ("B", &unclear.b, self.b)] {
                    self.place(name, place.as_ref(), version, out)?;
                }
            }
        }
        Ok(())
    }

    fn place(
        &self,
        name: &str,
        place: Option<&Place>,
        version: &Version,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Some(place) = place else { return Ok(()) };
        let line = vec![(place.span.of(&version.article.text), Look::Plain)];
        self.style.labelled(&format!("       {name} {:>3}  ", place.sentence), &line, out)
    }

    fn finding(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", head(finding, "", self.style))?;
        for (name, place, version) in [("A", &finding.a, self.a), ("B", &finding.b, self.b)] {
            self.place(name, place.as_ref(), version, out)?;
        }
        self.style.indented(&vec![(finding.message.as_str(), Look::Dim)], "       ", out)
    }

    /// Sentences in a row that the other version does not tell, each with its own id and severity.
    fn passage(&self, passage: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
        let gravest = passage.iter().max_by_key(|f| f.severity);
        let places: Vec<(&Place, &Finding)> =
            passage.iter().filter_map(|f| Some((alone(f)?.1, *f))).collect();
        if let (Some(gravest), Some((first, _)), Some((last, _))) = (gravest, places.first(), places.last()) {
            let count = format!(", {} sentences, {}-{}", places.len(), first.sentence, last.sentence);
            writeln!(out, "{}", head(gravest, &count, self.style))?;
        }
        let (own, other, version) =
            if passage[0].a.is_some() { ("A", "B", self.a) } else { ("B", "A", self.b) };
        for (place, finding) in places {
            let tail = format!(" {} {}", finding.severity.name(), finding.id);
            let line = vec![(place.span.of(&version.article.text), Look::Plain), (tail.as_str(), Look::Dim)];
            self.style.labelled(&format!("       {own} {:>3}  ", place.sentence), &line, out)?;
        }
        self.style.indented(
            &vec![(format!("{other} tells none of them").as_str(), Look::Dim)],
            "       ",
            out,
        )
    }

    fn scores(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", divergence(&self.comparison.scores, self.style))
    }
}

/// A version's short name, path, language, length and title, and what has to be known of how it was read.
pub(super) fn introduce(
    name: &str,
    path: &str,
    version: &Version,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = version.article.title().map(escape::terminal).unwrap_or_default();
    writeln!(
        out,
        "{} {} ({}, {} sentences) {}",
        style.paint(BOLD, name),
        escape::terminal(path),
        version.article.lang,
        version.told.len(),
        style.paint(DIM, &title)
    )?;
    for note in &version.article.notes {
        let line = format!("note on {name}: {}", escape::terminal(note));
        writeln!(out, "{}", style.paint(DIM, &line))?;
    }
    Ok(())
}

/// The place of a finding that stands on one side alone, and whether that is A.
fn alone(finding: &Finding) -> Option<(bool, &Place)> {
    match (&finding.a, &finding.b) {
        (Some(place), None) => Some((true, place)),
        (None, Some(place)) => Some((false, place)),
        _ => None,
    }
}

/// The findings in their order, where missing sentences that follow one another stand together, at the gravest.
fn passages<'f>(findings: &[&'f Finding], versions: [&Version; 2]) -> Vec<Vec<&'f Finding>> {
    // A missing sentence by its side and its number among those that take part.
    let missing = |f: &Finding| {
        let (is_a, place) = alone(f).filter(|_| f.kind == Kind::Statement)?;
        let version = versions[usize::from(!is_a)];
        let whole = version.sentences[place.sentence].span == place.span;
        Some((is_a, version.told.binary_search(&place.sentence).ok().filter(|_| whole)?))
    };
    let mut open: BTreeMap<(bool, usize), &Finding> =
        findings.iter().filter_map(|f| Some((missing(f)?, *f))).collect();
    let mut passages = Vec::new();
    for finding in findings {
        let Some((is_a, at)) = missing(finding) else {
            passages.push(vec![*finding]);
            continue;
        };
        // None where the passage stands already.
        if let Some(first) = (0..=at).rev().take_while(|k| open.contains_key(&(is_a, *k))).last() {
            passages.push((first..).map_while(|k| open.remove(&(is_a, k))).collect());
        }
    }
    passages
}

/// The first line of a finding; `more` follows its kind.
pub(super) fn head(finding: &Finding, more: &str, style: Style) -> String {
    let severity = severity(finding.severity, style);
    let id = if more.is_empty() { format!("{} ", finding.id) } else { String::new() };
    let (change, kind) = (finding.change.name(), finding.kind.name());
    let sure = style.paint(DIM, &format!("{id}confidence {:.2}", finding.confidence));
    format!("{severity} {change} {kind}{more}  {sure}")
}

/// A severity, six columns wide.
pub(super) fn severity(severity: Severity, style: Style) -> String {
    let name = severity.name();
    format!("{}{}", style.paint(theme::severity(severity), name), " ".repeat(6 - name.len()))
}

/// The scores of two versions, on one line.
pub(super) fn divergence(scores: &Scores, style: Style) -> String {
    format!(
        "{} {:.2}  (content {:.2}, claims {:.2}, order {:.2})",
        style.paint(BOLD, "Divergence"),
        scores.divergence,
        scores.content,
        scores.claims,
        scores.order
    )
}

/// Which of the reference and version `b` read as garbled.
pub(super) fn garbled(report: &Report<'_>, b: usize) -> Vec<String> {
    let garbles = [("A", &report.garbles[0]), ("B", &report.garbles[b])].into_iter();
    garbles
        .filter(|(_, garble)| garble.verdict.is_garbled())
        .map(|(name, garble)| {
            let verdict = garble_text::verdict(garble);
            format!("{name} reads as {verdict}; claimdiff garble shows the signs")
        })
        .collect()
}

/// What two texts are to each other.
pub(super) fn relation(parallel: bool) -> &'static str {
    if parallel { "two versions of one text" } else { "two texts that share some of what they tell" }
}

/// What is remarkable about a group.
pub(super) fn note(relation: Relation, moved: bool) -> String {
    let relation = (relation != Relation::Equivalent).then(|| relation.name());
    let notes: Vec<&str> = relation.into_iter().chain(moved.then_some("moved")).collect();
    notes.join(" ")
}

/// How many findings there are of each severity; they are all at or above the level.
pub(super) fn count<'f>(level: Severity, findings: impl Iterator<Item = &'f Finding>) -> String {
    let mut counts: BTreeMap<Reverse<Severity>, usize> = BTreeMap::new();
    findings.for_each(|finding| *counts.entry(Reverse(finding.severity)).or_default() += 1);
    let parts: Vec<String> =
        counts.iter().map(|(severity, n)| format!("{n} {}", severity.0.name())).collect();
    match counts.values().sum() {
        0 => format!("No findings at or above {}.", level.name()),
        1 => format!("1 finding: {}", parts.join(", ")),
        all => format!("{all} findings: {}", parts.join(", ")),
    }
}

/// That there are findings below the level, where there are.
pub(super) fn below(report: &Report<'_>, comparison: &Comparison) -> Option<String> {
    let below = comparison.findings.len() - report.findings(comparison).count();
    (below > 0).then(|| format!("{below} below {} not shown; --level low shows all", report.level.name()))
}

/// What cannot be told, by reason.
fn unclear(comparison: &Comparison) -> BTreeMap<Reason, Vec<&Unclear>> {
    let mut reasons: BTreeMap<Reason, Vec<&Unclear>> = BTreeMap::new();
    comparison.unclear.iter().for_each(|unclear| reasons.entry(unclear.reason).or_default().push(unclear));
    reasons
}

/// The same in one line a reason.
pub(super) fn cannot_tell(comparison: &Comparison) -> impl Iterator<Item = String> {
    let reasons = unclear(comparison).into_iter();
    reasons.map(|(reason, unclear)| format!("cannot {}", tell(reason, &unclear)))
}

/// "tell about 3 claims: why".
fn tell(reason: Reason, unclear: &[&Unclear]) -> String {
    let claims = if unclear.len() == 1 { "claim" } else { "claims" };
    format!("tell about {} {claims}: {}", unclear.len(), reason.told())
}

/// Why blocks of a version take no part, each reason once.
pub(super) fn left_out(version: &Version) -> Option<String> {
    let mut reasons: Vec<&str> = Vec::new();
    for block in &version.article.blocks {
        let reason = block.reason.unwrap_or("not part of the article");
        if matches!(block.role, Role::Boilerplate | Role::Byline) && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    (!reasons.is_empty()).then(|| reasons.join(", "))
}

/// The sentences of both sides of a row, with the words that differ marked.
pub(super) fn sides<'v>(
    comparison: &Comparison,
    versions: [&'v Version; 2],
    sentences: [&[usize]; 2],
) -> [Line<'v>; 2] {
    // Every word of a sentence that stands alone differs; to mark them all says nothing.
    let mark = sentences.iter().all(|side| !side.is_empty());
    [(0, Look::InA), (1, Look::InB)].map(|(k, look)| {
        let text = &versions[k].article.text;
        let mut line = Vec::new();
        for sentence in sentences[k] {
            let span = versions[k].sentences[*sentence].span;
            let mut at = span.start;
            for run in if mark { runs(&comparison.words[Which::BOTH[k]], span) } else { Vec::new() } {
                line.push((&text[at..run.start], Look::Plain));
                line.push((&text[run.start..run.end], look));
                at = run.end;
            }
            line.push((&text[at..span.end], Look::Plain));
            line.push((" ", Look::Plain));
        }
        line
    })
}

/// The rows in the order of A; what stands in B alone follows the sentence of B before it.
pub(super) fn rows<'c>(comparison: &'c Comparison, a: &Version, b: &Version) -> Vec<Row<'c>> {
    let grouped_a: BTreeSet<usize> = comparison.groups.iter().flat_map(|g| &g.a).copied().collect();
    let grouped_b: BTreeSet<usize> = comparison.groups.iter().flat_map(|g| &g.b).copied().collect();
    let mut alone_b = b.told.iter().copied().filter(|k| !grouped_b.contains(k)).peekable();
    let mut groups = comparison.groups.iter().peekable();
    let mut rows = Vec::new();
    for k in &a.told {
        if !grouped_a.contains(k) {
            rows.push(Row::OnlyA(*k));
        }
        while let Some(group) = groups.next_if(|g| g.a[0] <= *k) {
            while let Some(alone) = alone_b.next_if(|b| !group.moved && *b < group.b[0]) {
                rows.push(Row::OnlyB(alone));
            }
            rows.push(Row::Group(group));
        }
    }
    rows.extend(alone_b.map(Row::OnlyB));
    rows
}

pub(super) enum Row<'g> {
    Group(&'g Aligned),
    OnlyA(usize),
    OnlyB(usize),
}

impl Row<'_> {
    /// Of A, then of B.
    pub(super) fn sentences(&self) -> [&[usize]; 2] {
        match self {
            Self::Group(group) => [&group.a, &group.b],
            Self::OnlyA(k) => [from_ref(k), &[]],
            Self::OnlyB(k) => [&[], from_ref(k)],
        }
    }

    /// What is remarkable about it.
    pub(super) fn note(&self) -> String {
        match self {
            Self::Group(group) => note(group.relation, group.moved),
            Self::OnlyA(_) => "only in A".to_owned(),
            Self::OnlyB(_) => "only in B".to_owned(),
        }
    }
}

/// The marked words inside a sentence; neighbours are joined.
pub(super) fn runs(marked: &[Marked], sentence: Span) -> Vec<Span> {
    let first = marked.partition_point(|m| m.span.start < sentence.start);
    let mut runs: Vec<Span> = Vec::new();
    let mut before_differs = false;
    for word in marked[first..].iter().take_while(|m| m.span.start < sentence.end) {
        let differs = word.difference >= MARKED;
        match runs.last_mut() {
            Some(run) if differs && before_differs => run.end = word.span.end,
            _ if differs => runs.push(word.span),
            _ => {}
        }
        before_differs = differs;
    }
    runs
}
