//! For reading in a terminal: the aligned sentences, those that stand alone, the findings, the scores.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::slice::from_ref;

use super::layout::{BOLD, DIM, Look, Style, StyledLine};
use super::{Report, ReportPart, escape, garble_text, theme};
use crate::align::Relation;
use crate::article::Role;
use crate::divergence::{
    AlignedGroup, ClaimPlace, Comparison, DivergenceScores, Finding, FindingKind, Severity, Unclear,
    UnclearReason, Version,
};
use crate::text::{Span, Which};
use crate::words::WordDifference;

/// Words that differ at least this much are marked.
const MIN_DIFFERENCE: f32 = 0.5;

pub(super) fn write_report(
    report: &Report<'_>,
    only: Option<ReportPart>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style.with_min_width();
    for (k, comparison) in report.comparisons.iter().enumerate() {
        if k > 0 {
            writeln!(out)?;
        }
        ComparisonPrinter { report, style, comparison, a: &report.versions[0], b: &report.versions[k + 1] }
            .write_comparison(k + 1, only, out)?;
    }
    Ok(())
}

struct ComparisonPrinter<'r> {
    report: &'r Report<'r>,
    style: Style,
    comparison: &'r Comparison,
    a: &'r Version,
    b: &'r Version,
}

impl ComparisonPrinter<'_> {
    fn write_comparison(&self, b: usize, only: Option<ReportPart>, out: &mut dyn Write) -> io::Result<()> {
        self.write_head(b, out)?;
        if ReportPart::Alignment.is_in(only) {
            self.write_alignment(out)?;
            self.write_left_out(out)?;
        }
        if only.is_none() {
            writeln!(out)?;
        }
        if ReportPart::Findings.is_in(only) {
            self.write_findings(out)?;
        }
        if only == Some(ReportPart::Summary) {
            writeln!(
                out,
                "{}",
                summarize_findings(self.report.level, self.report.findings_at_level(self.comparison))
            )?;
            self.write_below_level(out)?;
            self.write_unclear(out)?;
        }
        if only == Some(ReportPart::Alignment) { Ok(()) } else { self.write_scores(out) }
    }

    fn write_head(&self, b: usize, out: &mut dyn Write) -> io::Result<()> {
        for (name, path, version) in
            [("A", &self.report.paths[0], self.a), ("B", &self.report.paths[b], self.b)]
        {
            write_version_head(name, path, version, self.style, out)?;
        }
        for note in &self.comparison.notes {
            writeln!(out, "{}", self.style.paint_text(DIM, &format!("note: {note}")))?;
        }
        for line in garbled_lines(self.report, b) {
            writeln!(out, "{line}")?;
        }
        let relation = relation_text(self.comparison.is_parallel);
        writeln!(out, "{}\n", self.style.paint_text(DIM, relation))
    }

    fn write_alignment(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in alignment_rows(self.comparison, self.a, self.b) {
            let [left, right] = marked_sides(self.comparison, [self.a, self.b], row.sentence_numbers());
            self.style.write_row(&left, &right, &row.row_note(), out)?;
        }
        Ok(())
    }

    /// What takes no part is named, never silently gone.
    fn write_left_out(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, version) in [("A", self.a), ("B", self.b)] {
            if let Some(reasons) = left_out_reasons(version) {
                let line = format!("left out of {name}: {reasons}");
                writeln!(out, "{}", self.style.paint_text(DIM, &line))?;
            }
        }
        Ok(())
    }

    fn write_findings(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<&Finding> = self.report.findings_at_level(self.comparison).collect();
        if findings.is_empty() {
            writeln!(out, "{}", summarize_findings(self.report.level, findings.iter().copied()))?;
        } else {
            writeln!(out, "{}", self.style.paint_text(BOLD, "Findings"))?;
        }
        for passage in group_passages(&findings, [self.a, self.b]) {
            match passage[..] {
                [finding] => self.write_finding(finding, out)?,
                _ => self.write_passage(&passage, out)?,
            }
        }
        self.write_below_level(out)?;
        self.write_unclear(out)
    }

    fn write_below_level(&self, out: &mut dyn Write) -> io::Result<()> {
        let below = below_level_line(self.report, self.comparison);
        below.map_or(Ok(()), |line| writeln!(out, "{}", self.style.paint_text(DIM, &line)))
    }

    /// What cannot be told: each place at level low, else how many there are.
    fn write_unclear(&self, out: &mut dyn Write) -> io::Result<()> {
        for (reason, unclear) in unclear_by_reason(self.comparison) {
            let line = format!("Cannot {}", unclear_line(reason, &unclear));
            let each = self.report.level == Severity::Low;
            let more = if each { "" } else { "; --level low shows which" };
            writeln!(out, "{}", self.style.paint_text(DIM, &format!("{line}{more}")))?;
            for unclear in unclear.into_iter().filter(|_| each) {
                for (name, place, version) in [("A", &unclear.a, self.a), ("B", &unclear.b, self.b)] {
                    self.write_place(name, place.as_ref(), version, out)?;
                }
            }
        }
        Ok(())
    }

    fn write_place(
        &self,
        name: &str,
        place: Option<&ClaimPlace>,
        version: &Version,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Some(place) = place else { return Ok(()) };
        let line = vec![(place.span.slice(&version.article.text), Look::Plain)];
        self.style.write_labelled(&format!("       {name} {:>3}  ", place.sentence), &line, out)
    }

    fn write_finding(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", finding_head(finding, "", self.style))?;
        for (name, place, version) in [("A", &finding.a, self.a), ("B", &finding.b, self.b)] {
            self.write_place(name, place.as_ref(), version, out)?;
        }
        self.style.write_indented(&vec![(finding.message.as_str(), Look::Dim)], "       ", out)
    }

    /// Sentences in a row that the other version does not tell, each with its own id and severity.
    fn write_passage(&self, passage: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
        let gravest = passage.iter().max_by_key(|f| f.severity);
        let places: Vec<(&ClaimPlace, &Finding)> =
            passage.iter().filter_map(|f| Some((one_sided_place(f)?.1, *f))).collect();
        if let (Some(gravest), Some((first, _)), Some((last, _))) = (gravest, places.first(), places.last()) {
            let count = format!(", {} sentences, {}-{}", places.len(), first.sentence, last.sentence);
            writeln!(out, "{}", finding_head(gravest, &count, self.style))?;
        }
        let (own, other, version) =
            if passage[0].a.is_some() { ("A", "B", self.a) } else { ("B", "A", self.b) };
        for (place, finding) in places {
            let tail = format!(" {} {}", finding.severity.name(), finding.id);
            let line =
                vec![(place.span.slice(&version.article.text), Look::Plain), (tail.as_str(), Look::Dim)];
            self.style.write_labelled(&format!("       {own} {:>3}  ", place.sentence), &line, out)?;
        }
        self.style.write_indented(
            &vec![(format!("{other} tells none of them").as_str(), Look::Dim)],
            "       ",
            out,
        )
    }

    fn write_scores(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", scores_line(&self.comparison.scores, self.style))
    }
}

/// A version's short name, path, language, length and title, and what has to be known of how it was read.
pub(super) fn write_version_head(
    name: &str,
    path: &str,
    version: &Version,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = version.article.headline_text().map(escape::escape_terminal).unwrap_or_default();
    writeln!(
        out,
        "{} {} ({}, {} sentences) {}",
        style.paint_text(BOLD, name),
        escape::escape_terminal(path),
        version.article.lang,
        version.compared_sentences.len(),
        style.paint_text(DIM, &title)
    )?;
    for note in &version.article.notes {
        let line = format!("note on {name}: {}", escape::escape_terminal(note));
        writeln!(out, "{}", style.paint_text(DIM, &line))?;
    }
    Ok(())
}

/// The place of a finding that stands on one side alone, and whether that is A.
fn one_sided_place(finding: &Finding) -> Option<(bool, &ClaimPlace)> {
    match (&finding.a, &finding.b) {
        (Some(place), None) => Some((true, place)),
        (None, Some(place)) => Some((false, place)),
        _ => None,
    }
}

/// The findings in their order, where missing sentences that follow one another stand together, at the gravest.
fn group_passages<'f>(findings: &[&'f Finding], versions: [&Version; 2]) -> Vec<Vec<&'f Finding>> {
    // A missing sentence by its side and its number among those that take part.
    let missing = |f: &Finding| {
        let (is_a, place) = one_sided_place(f).filter(|_| f.kind == FindingKind::Statement)?;
        let version = versions[usize::from(!is_a)];
        let is_whole_sentence = version.sentences[place.sentence].span == place.span;
        Some((
            is_a,
            version.compared_sentences.binary_search(&place.sentence).ok().filter(|_| is_whole_sentence)?,
        ))
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
pub(super) fn finding_head(finding: &Finding, more: &str, style: Style) -> String {
    let severity = severity_label(finding.severity, style);
    let id = if more.is_empty() { format!("{} ", finding.id) } else { String::new() };
    let (change, kind) = (finding.change.name(), finding.kind.name());
    let sure = style.paint_text(DIM, &format!("{id}confidence {:.2}", finding.confidence));
    format!("{severity} {change} {kind}{more}  {sure}")
}

/// A severity, six columns wide.
pub(super) fn severity_label(severity: Severity, style: Style) -> String {
    let name = severity.name();
    format!("{}{}", style.paint_text(theme::severity_paint(severity), name), " ".repeat(6 - name.len()))
}

/// The scores of two versions, on one line.
pub(super) fn scores_line(scores: &DivergenceScores, style: Style) -> String {
    format!(
        "{} {:.2}  (content {:.2}, claims {:.2}, order {:.2})",
        style.paint_text(BOLD, "Divergence"),
        scores.divergence,
        scores.content,
        scores.claims,
        scores.order
    )
}

/// Which of the reference and version `b` read as garbled.
pub(super) fn garbled_lines(report: &Report<'_>, b: usize) -> Vec<String> {
    let garbles = [("A", &report.garbles[0]), ("B", &report.garbles[b])].into_iter();
    garbles
        .filter(|(_, garble)| garble.verdict.is_garbled())
        .map(|(name, garble)| {
            let verdict = garble_text::verdict_text(garble);
            format!("{name} reads as {verdict}; claimdiff garble shows the signs")
        })
        .collect()
}

/// What two texts are to each other.
pub(super) fn relation_text(parallel: bool) -> &'static str {
    if parallel { "two versions of one text" } else { "two texts that share some of what they tell" }
}

/// What is remarkable about a group.
pub(super) fn group_note(relation: Relation, moved: bool) -> String {
    let relation = (relation != Relation::Equivalent).then(|| relation.name());
    let notes: Vec<&str> = relation.into_iter().chain(moved.then_some("moved")).collect();
    notes.join(" ")
}

/// How many findings there are of each severity; they are all at or above the level.
pub(super) fn summarize_findings<'f>(level: Severity, findings: impl Iterator<Item = &'f Finding>) -> String {
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
pub(super) fn below_level_line(report: &Report<'_>, comparison: &Comparison) -> Option<String> {
    let below = comparison.findings.len() - report.findings_at_level(comparison).count();
    (below > 0).then(|| format!("{below} below {} not shown; --level low shows all", report.level.name()))
}

/// What cannot be told, by reason.
fn unclear_by_reason(comparison: &Comparison) -> BTreeMap<UnclearReason, Vec<&Unclear>> {
    let mut reasons: BTreeMap<UnclearReason, Vec<&Unclear>> = BTreeMap::new();
    comparison.unclear.iter().for_each(|unclear| reasons.entry(unclear.reason).or_default().push(unclear));
    reasons
}

/// The same in one line a reason.
pub(super) fn unclear_lines(comparison: &Comparison) -> impl Iterator<Item = String> {
    let reasons = unclear_by_reason(comparison).into_iter();
    reasons.map(|(reason, unclear)| format!("cannot {}", unclear_line(reason, &unclear)))
}

/// "tell about 3 claims: why".
fn unclear_line(reason: UnclearReason, unclear: &[&Unclear]) -> String {
    let claims = if unclear.len() == 1 { "claim" } else { "claims" };
    format!("tell about {} {claims}: {}", unclear.len(), reason.describe())
}

/// Why blocks of a version take no part, each reason once.
pub(super) fn left_out_reasons(version: &Version) -> Option<String> {
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
pub(super) fn marked_sides<'v>(
    comparison: &Comparison,
    versions: [&'v Version; 2],
    sentences: [&[usize]; 2],
) -> [StyledLine<'v>; 2] {
    // Every word of a sentence that stands alone differs; to mark them all says nothing.
    let mark = sentences.iter().all(|side| !side.is_empty());
    [(0, Look::InA), (1, Look::InB)].map(|(k, look)| {
        let text = &versions[k].article.text;
        let mut line = Vec::new();
        for sentence in sentences[k] {
            let span = versions[k].sentences[*sentence].span;
            let mut at = span.start;
            for run in
                if mark { differing_spans(&comparison.words[Which::BOTH_SIDES[k]], span) } else { Vec::new() }
            {
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
pub(super) fn alignment_rows<'c>(
    comparison: &'c Comparison,
    a: &Version,
    b: &Version,
) -> Vec<AlignmentRow<'c>> {
    let grouped_a: BTreeSet<usize> = comparison.groups.iter().flat_map(|g| &g.a).copied().collect();
    let grouped_b: BTreeSet<usize> = comparison.groups.iter().flat_map(|g| &g.b).copied().collect();
    let mut unmatched_b = b.compared_sentences.iter().copied().filter(|k| !grouped_b.contains(k)).peekable();
    let mut groups = comparison.groups.iter().peekable();
    let mut rows = Vec::new();
    for k in &a.compared_sentences {
        if !grouped_a.contains(k) {
            rows.push(AlignmentRow::OnlyA(*k));
        }
        while let Some(group) = groups.next_if(|g| g.a[0] <= *k) {
            while let Some(sentence) = unmatched_b.next_if(|b| !group.moved && *b < group.b[0]) {
                rows.push(AlignmentRow::OnlyB(sentence));
            }
            rows.push(AlignmentRow::Group(group));
        }
    }
    rows.extend(unmatched_b.map(AlignmentRow::OnlyB));
    rows
}

pub(super) enum AlignmentRow<'g> {
    Group(&'g AlignedGroup),
    OnlyA(usize),
    OnlyB(usize),
}

impl AlignmentRow<'_> {
    /// Of A, then of B.
    pub(super) fn sentence_numbers(&self) -> [&[usize]; 2] {
        match self {
            Self::Group(group) => [&group.a, &group.b],
            Self::OnlyA(k) => [from_ref(k), &[]],
            Self::OnlyB(k) => [&[], from_ref(k)],
        }
    }

    /// What is remarkable about it.
    pub(super) fn row_note(&self) -> String {
        match self {
            Self::Group(group) => group_note(group.relation, group.moved),
            Self::OnlyA(_) => "only in A".to_owned(),
            Self::OnlyB(_) => "only in B".to_owned(),
        }
    }
}

/// The marked words inside a sentence; neighbours are joined.
pub(super) fn differing_spans(marked: &[WordDifference], sentence: Span) -> Vec<Span> {
    let first = marked.partition_point(|m| m.span.start < sentence.start);
    let mut runs: Vec<Span> = Vec::new();
    let mut before_differs = false;
    for word in marked[first..].iter().take_while(|m| m.span.start < sentence.end) {
        let differs = word.difference >= MIN_DIFFERENCE;
        match runs.last_mut() {
            Some(run) if differs && before_differs => run.end = word.span.end,
            _ if differs => runs.push(word.span),
            _ => {}
        }
        before_differs = differs;
    }
    runs
}
