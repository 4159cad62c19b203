//! The rows and the wording that formats for people share.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use super::contents::Report;
use super::layout::{Look, StyledLine};
use crate::align::Relation;
use crate::article::{ArticleBlock, Role};
use crate::claims::Value;
use crate::divergence::{
    AlignedGroup, Comparison, DivergencePart, DivergenceScores, ExplainedGroup, Finding, Rule, Severity,
    Unclear, UnclearReason, Version,
};
use crate::garble::{GarbleJudgement, GarbleVerdict};
use crate::text::{Span, Which};
use crate::words::WordDifference;

/// Names of the two versions of a pair.
pub(super) const SIDE_NAMES: [&str; 2] = ["A", "B"];

/// Difference from which a word is marked, 0 to 1.
const MIN_DIFFERENCE: f32 = 0.5;

/// Contribution to the log odds from which a part of a group's divergence is shown: a smaller one would print as zero.
const MIN_CONTRIBUTION: f32 = 0.005;

/// How two texts are related.
pub(super) fn relation_text(parallel: bool) -> &'static str {
    if parallel { "two versions of one text" } else { "two texts with part of their content in common" }
}

/// The parts of the scores, in parentheses after the divergence in most formats.
pub(super) fn score_parts_text(scores: &DivergenceScores) -> String {
    format!("content {:.2}, claims {:.2}, order {:.2}", scores.content, scores.claims, scores.order)
}

/// The verdict on a text, with its probability.
pub(super) fn verdict_text(garble: &GarbleJudgement) -> String {
    let from = garble.from_lang.map(|lang| format!(" from {lang}")).unwrap_or_default();
    match garble.verdict {
        GarbleVerdict::Clean => format!("clean, {:.2} that it was garbled", garble.score),
        GarbleVerdict::Spun => format!("spun, {:.2}", garble.spun),
        GarbleVerdict::MachineTranslated => format!("machine-translated{from}, {:.2}", garble.translated),
        GarbleVerdict::Undecided => "cannot tell: too short, or in a language without data".to_owned(),
    }
}

/// Which of the reference and version `b` read as garbled, a line for each.
pub(super) fn garbled_lines(report: &Report<'_>, b: usize) -> Vec<String> {
    let garbles = SIDE_NAMES.into_iter().zip([&report.garbles[0], &report.garbles[b]]);
    garbles
        .filter(|(_, garble)| garble.verdict.is_garbled())
        .map(|(name, garble)| {
            let verdict = verdict_text(garble);
            format!("{name} reads as {verdict}; claimdiff garble shows the signs")
        })
        .collect()
}

/// How many findings there are of each severity; all are at or above the level.
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

/// That `below` findings or claims are below the level, where there are any.
pub(super) fn below_level_line(below: usize, level: Severity) -> Option<String> {
    (below > 0).then(|| format!("{below} below {} not shown; --level low shows all", level.name()))
}

/// What a finding is, in words: `hedge changed modality`.
pub(super) fn finding_title(finding: &Finding) -> String {
    format!("{} {}", finding.change.name().replace('_', " "), finding.kind.name())
}

/// A place of a finding.
pub(super) struct PlaceQuote<'a> {
    /// 0 for A and 1 for B.
    pub(super) side: usize,
    pub(super) sentence: usize,
    pub(super) text: &'a str,
    /// Its value, where the text doesn't show it.
    pub(super) value: Option<String>,
}

/// The places of a finding, in A and in B.
pub(super) fn quote_places<'a>(finding: &'a Finding, versions: [&'a Version; 2]) -> Vec<PlaceQuote<'a>> {
    let places = [&finding.a, &finding.b].into_iter().zip(versions).enumerate();
    let quotes = places.filter_map(|(side, (place, version))| {
        let place = place.as_ref()?;
        let text = place.span.slice(&version.article.text);
        let value = place.value.as_ref().map(value_text).filter(|value| !value.ends_with(text));
        Some(PlaceQuote { side, sentence: place.sentence, text, value })
    });
    quotes.collect()
}

/// A value without braces: `amount 2400000, currency EUR`.
pub(super) fn value_text(value: &Value) -> String {
    match serde_json::to_value(value).unwrap_or_default() {
        serde_json::Value::Object(parts) => parts
            .iter()
            .map(|(name, part)| format!("{name} {}", json_text(part)))
            .collect::<Vec<_>>()
            .join(", "),
        whole => json_text(&whole),
    }
}

fn json_text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "unknown".to_owned(),
        other => other.to_string(),
    }
}

/// A rule's precision on the graded corpus.
pub(super) fn precision_text(rule: &Rule) -> String {
    let precision = rule.measured_precision();
    let (right, all) = (precision.right, precision.right + precision.wrong);
    format!(
        "On the graded corpus {right} of its {all} findings at medium and above are right. Confidence is \
         (right + 1) / (all + 2)."
    )
}

/// The parts of a group's divergence that contribute to it, each with its contribution in log odds.
pub(super) fn contributing_parts(explained: &ExplainedGroup) -> impl Iterator<Item = (&DivergencePart, f32)> {
    let weighed = explained.parts.iter().map(|part| (part, part.value * part.weight));
    weighed.filter(|(_, adds)| adds.abs() >= MIN_CONTRIBUTION)
}

/// The claims that cannot be judged, by reason.
pub(super) fn unclear_by_reason(comparison: &Comparison) -> BTreeMap<UnclearReason, Vec<&Unclear>> {
    let mut reasons: BTreeMap<UnclearReason, Vec<&Unclear>> = BTreeMap::new();
    comparison.unclear.iter().for_each(|unclear| reasons.entry(unclear.reason).or_default().push(unclear));
    reasons
}

/// The same in one line for each reason.
pub(super) fn unclear_lines(comparison: &Comparison) -> impl Iterator<Item = String> {
    let reasons = unclear_by_reason(comparison).into_iter();
    reasons.map(|(reason, unclear)| format!("not clear: {}", unclear_line(reason, &unclear)))
}

/// `3 claims: why`.
pub(super) fn unclear_line(reason: UnclearReason, unclear: &[&Unclear]) -> String {
    let claims = if unclear.len() == 1 { "claim" } else { "claims" };
    format!("{} {claims}: {}", unclear.len(), reason.describe())
}

/// Why a block is not compared.
pub(super) fn left_out_reason(block: &ArticleBlock) -> &str {
    block.reason.unwrap_or("not part of the article")
}

/// Why blocks of a version are not compared, each reason once; `None` where all are.
pub(super) fn left_out_reasons(version: &Version) -> Option<String> {
    let mut reasons: Vec<&str> = Vec::new();
    for block in &version.article.blocks {
        let reason = left_out_reason(block);
        if matches!(block.role, Role::Boilerplate | Role::Byline) && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    (!reasons.is_empty()).then(|| reasons.join(", "))
}

/// The relation of a group where it isn't equivalence, and whether the group moved.
pub(super) fn group_note(relation: Relation, moved: bool) -> String {
    let relation = (relation != Relation::Equivalent).then(|| relation.name());
    let notes: Vec<&str> = relation.into_iter().chain(moved.then_some("moved")).collect();
    notes.join(" ")
}

/// The note on an unaligned sentence; `side` is 0 for A and 1 for B.
pub(super) fn unaligned_note(side: usize) -> String {
    format!("only in {}", SIDE_NAMES[side])
}

/// A row of a sentence alignment.
pub(super) enum AlignmentRow<'g> {
    Group(&'g AlignedGroup),
    OnlyA(usize),
    OnlyB(usize),
}

impl AlignmentRow<'_> {
    /// Sentences of A, then of B.
    pub(super) fn sentence_numbers(&self) -> [&[usize]; 2] {
        match self {
            Self::Group(group) => [&group.a, &group.b],
            Self::OnlyA(k) => [from_ref(k), &[]],
            Self::OnlyB(k) => [&[], from_ref(k)],
        }
    }

    /// The note below or beside the row; empty for an equivalent group in order.
    pub(super) fn row_note(&self) -> String {
        match self {
            Self::Group(group) => group_note(group.relation, group.moved),
            Self::OnlyA(_) => unaligned_note(0),
            Self::OnlyB(_) => unaligned_note(1),
        }
    }
}

/// The rows of an alignment in the order of A; an unaligned sentence of B follows the sentence of B before it.
pub(super) fn alignment_rows<'c>(
    comparison: &'c Comparison,
    a: &Version,
    b: &Version,
) -> Vec<AlignmentRow<'c>> {
    let grouped_a: BTreeSet<usize> = comparison.groups.iter().flat_map(|g| &g.a).copied().collect();
    let grouped_b: BTreeSet<usize> = comparison.groups.iter().flat_map(|g| &g.b).copied().collect();
    let mut unaligned_b = b.compared_sentences.iter().copied().filter(|k| !grouped_b.contains(k)).peekable();
    let mut groups = comparison.groups.iter().peekable();
    let mut rows = Vec::new();
    for k in &a.compared_sentences {
        if !grouped_a.contains(k) {
            rows.push(AlignmentRow::OnlyA(*k));
        }
        while let Some(group) = groups.next_if(|g| g.a[0] <= *k) {
            while let Some(sentence) = unaligned_b.next_if(|b| !group.moved && *b < group.b[0]) {
                rows.push(AlignmentRow::OnlyB(sentence));
            }
            rows.push(AlignmentRow::Group(group));
        }
    }
    rows.extend(unaligned_b.map(AlignmentRow::OnlyB));
    rows
}

/// The sentences of A and of B in a row, with the words that differ marked.
pub(super) fn marked_sides<'v>(
    comparison: &Comparison,
    versions: [&'v Version; 2],
    sentences: [&[usize]; 2],
) -> [StyledLine<'v>; 2] {
    // Every word of an unaligned sentence differs, so marks would carry no information.
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

/// The spans of differing words in a sentence; adjacent ones are joined. `words` are those of the version, in order.
pub(super) fn differing_spans(words: &[WordDifference], sentence: Span) -> Vec<Span> {
    let first = words.partition_point(|word| word.span.start < sentence.start);
    let mut runs: Vec<Span> = Vec::new();
    let mut before_differs = false;
    for word in words[first..].iter().take_while(|word| word.span.start < sentence.end) {
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
