//! A comparison for a terminal: the sentence alignment, the findings, the scores.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::divergence::{ClaimPlace, Comparison, Finding, FindingKind, Severity, Version};
use crate::report::contents::{Report, ReportPart};
use crate::report::layout::{BOLD, DIM, Look, Style};
use crate::report::terminal::{finding_head, scores_line, write_version_head};
use crate::report::view::{
    SIDE_NAMES, alignment_rows, below_level_line, garbled_lines, left_out_reasons, marked_sides,
    relation_text, summarize_findings, unclear_by_reason, unclear_line,
};

/// Room before the places and the message of a finding.
const INDENT: &str = "       ";

/// Writes the report, or only a part of it, for a terminal.
///
/// # Errors
/// If writing fails.
pub fn write_text(
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
        ComparisonPrinter { report, style, comparison, b: k + 1 }.write_comparison(only, out)?;
    }
    Ok(())
}

struct ComparisonPrinter<'r> {
    report: &'r Report<'r>,
    style: Style,
    comparison: &'r Comparison,
    /// Index of the version that is compared with the reference.
    b: usize,
}

impl ComparisonPrinter<'_> {
    /// The reference and the other version.
    fn compared_versions(&self) -> [&Version; 2] {
        [&self.report.versions[0], &self.report.versions[self.b]]
    }

    fn write_comparison(&self, only: Option<ReportPart>, out: &mut dyn Write) -> io::Result<()> {
        self.write_head(out)?;
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

    fn write_head(&self, out: &mut dyn Write) -> io::Result<()> {
        let paths = [&self.report.paths[0], &self.report.paths[self.b]];
        for ((name, path), version) in SIDE_NAMES.into_iter().zip(paths).zip(self.compared_versions()) {
            write_version_head(name, path, version, self.style, out)?;
        }
        for note in &self.comparison.notes {
            writeln!(out, "{}", self.style.paint_text(DIM, &format!("note: {note}")))?;
        }
        for line in garbled_lines(self.report, self.b) {
            writeln!(out, "{line}")?;
        }
        let relation = relation_text(self.comparison.is_parallel);
        writeln!(out, "{}\n", self.style.paint_text(DIM, relation))
    }

    fn write_alignment(&self, out: &mut dyn Write) -> io::Result<()> {
        let [a, b] = self.compared_versions();
        for row in alignment_rows(self.comparison, a, b) {
            let [left, right] = marked_sides(self.comparison, [a, b], row.sentence_numbers());
            self.style.write_row(&left, &right, &row.row_note(), out)?;
        }
        Ok(())
    }

    /// Names what is not compared, so that nothing is missing silently.
    fn write_left_out(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, version) in SIDE_NAMES.into_iter().zip(self.compared_versions()) {
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
        for passage in group_passages(&findings, self.compared_versions()) {
            match passage[..] {
                [finding] => self.write_finding(finding, out)?,
                _ => self.write_passage(&passage, out)?,
            }
        }
        self.write_below_level(out)?;
        self.write_unclear(out)
    }

    fn write_below_level(&self, out: &mut dyn Write) -> io::Result<()> {
        let below = self.comparison.findings.len() - self.report.findings_at_level(self.comparison).count();
        below_level_line(below, self.report.level)
            .map_or(Ok(()), |line| writeln!(out, "{}", self.style.paint_text(DIM, &line)))
    }

    /// The claims that cannot be judged: each place at level low, else their number.
    fn write_unclear(&self, out: &mut dyn Write) -> io::Result<()> {
        for (reason, unclear) in unclear_by_reason(self.comparison) {
            let line = format!("Not clear: {}", unclear_line(reason, &unclear));
            let each = self.report.level == Severity::Low;
            let more = if each { "" } else { "; --level low shows which" };
            writeln!(out, "{}", self.style.paint_text(DIM, &format!("{line}{more}")))?;
            for unclear in unclear.into_iter().filter(|_| each) {
                self.write_places([unclear.a.as_ref(), unclear.b.as_ref()], out)?;
            }
        }
        Ok(())
    }

    fn write_places(&self, places: [Option<&ClaimPlace>; 2], out: &mut dyn Write) -> io::Result<()> {
        for ((name, version), place) in SIDE_NAMES.into_iter().zip(self.compared_versions()).zip(places) {
            let Some(place) = place else { continue };
            let line = vec![(place.span.slice(&version.article.text), Look::Plain)];
            self.style.write_labelled(&format!("{INDENT}{name} {:>3}  ", place.sentence), &line, out)?;
        }
        Ok(())
    }

    fn write_finding(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", finding_head(finding, "", self.style))?;
        self.write_places([finding.a.as_ref(), finding.b.as_ref()], out)?;
        self.style.write_indented(&vec![(finding.message.as_str(), Look::Dim)], INDENT, out)
    }

    /// Consecutive sentences without a counterpart in the other version, each with its own id and severity.
    fn write_passage(&self, passage: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
        let gravest = passage.iter().max_by_key(|f| f.severity);
        let places: Vec<(&ClaimPlace, &Finding)> =
            passage.iter().filter_map(|f| Some((one_sided_place(f)?.1, *f))).collect();
        if let (Some(gravest), Some((first, _)), Some((last, _))) = (gravest, places.first(), places.last()) {
            let count = format!(", {} sentences, {}-{}", places.len(), first.sentence, last.sentence);
            writeln!(out, "{}", finding_head(gravest, &count, self.style))?;
        }
        let side = usize::from(passage[0].a.is_none());
        let (own, other, version) = (SIDE_NAMES[side], SIDE_NAMES[1 - side], self.compared_versions()[side]);
        for (place, finding) in places {
            let tail = format!(" {} {}", finding.severity.name(), finding.id);
            let line =
                vec![(place.span.slice(&version.article.text), Look::Plain), (tail.as_str(), Look::Dim)];
            self.style.write_labelled(&format!("{INDENT}{own} {:>3}  ", place.sentence), &line, out)?;
        }
        self.style.write_indented(
            &vec![(format!("none of them in {other}").as_str(), Look::Dim)],
            INDENT,
            out,
        )
    }

    fn write_scores(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", scores_line(&self.comparison.scores, self.style))
    }
}

/// The place of a finding that has one on one side only, and whether that is A.
fn one_sided_place(finding: &Finding) -> Option<(bool, &ClaimPlace)> {
    match (&finding.a, &finding.b) {
        (Some(place), None) => Some((true, place)),
        (None, Some(place)) => Some((false, place)),
        _ => None,
    }
}

/// The findings in their order, with consecutive missing sentences grouped at the position of the gravest.
fn group_passages<'f>(findings: &[&'f Finding], versions: [&Version; 2]) -> Vec<Vec<&'f Finding>> {
    let mut open: BTreeMap<(bool, usize), &Finding> =
        findings.iter().filter_map(|f| Some((missing_sentence(f, versions)?, *f))).collect();
    let mut passages = Vec::new();
    for finding in findings {
        let Some((is_a, at)) = missing_sentence(finding, versions) else {
            passages.push(vec![*finding]);
            continue;
        };
        // None where the passage is already in the list.
        if let Some(first) = (0..=at).rev().take_while(|k| open.contains_key(&(is_a, *k))).last() {
            passages.push((first..).map_while(|k| open.remove(&(is_a, k))).collect());
        }
    }
    passages
}

/// Whether a whole missing sentence is A's, and its position among the compared sentences of its version.
fn missing_sentence(finding: &Finding, versions: [&Version; 2]) -> Option<(bool, usize)> {
    let (is_a, place) = one_sided_place(finding).filter(|_| finding.kind == FindingKind::Statement)?;
    let version = versions[usize::from(!is_a)];
    let is_whole_sentence = version.sentences[place.sentence].span == place.span;
    let at = version.compared_sentences.binary_search(&place.sentence).ok()?;
    is_whole_sentence.then_some((is_a, at))
}
