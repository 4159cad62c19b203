//! `claimdiff.explain/1`: findings with the evidence for them.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::divergence::{
    ClaimPlace, ExplainedGroup, ExplainedWord, Explanation, NearestSentence, NearestWord, Version,
};
use crate::report::contents::ExplainedFindings;
use crate::report::records::{FindingRecord, GroupRecord, RuleHead, ScoresRecord, ToolRecord, round_score};
use crate::text::Span;

pub(in crate::report) const SCHEMA: &str = "claimdiff.explain/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ExplainDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    explanations: Vec<ExplanationRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ExplanationRecord<'a> {
    articles: [ArticleRecord<'a>; 2],
    parallel: bool,
    scores: ScoresRecord,
    finding: FindingRecord<'a>,
    sentences: PerSide<Option<SentenceRecord<'a>>>,
    rule: RuleHead<'a>,
    measured: Vec<MeasurementRecord<'a>>,
    alignment: Vec<GroupEvidenceRecord<'a>>,
    nearest: PerSide<Option<NearestRecord<'a>>>,
    words: PerSide<Vec<WordRecord<'a>>>,
}

#[derive(Serialize, JsonSchema)]
struct PerSide<T> {
    a: T,
    b: T,
}

#[derive(Serialize, JsonSchema)]
struct ArticleRecord<'a> {
    path: &'a str,
    language: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct SentenceRecord<'a> {
    id: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct MeasurementRecord<'a> {
    what: &'a str,
    value: f64,
    line: f64,
}

#[derive(Serialize, JsonSchema)]
struct GroupEvidenceRecord<'a> {
    #[serde(flatten)]
    group: GroupRecord<'a>,
    covered_a: f64,
    covered_b: f64,
    /// Anchors: figures with rare values that occur on both sides.
    figures: u8,
    parts: Vec<FeatureRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct FeatureRecord<'a> {
    name: &'a str,
    means: &'a str,
    value: f64,
    weight: f64,
}

#[derive(Serialize, JsonSchema)]
struct NearestRecord<'a> {
    sentence: usize,
    text: &'a str,
    similarity: f64,
    covered: f64,
}

#[derive(Serialize, JsonSchema)]
struct WordRecord<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    inside: bool,
    difference: f64,
    nearest: Option<NearestWordRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct NearestWordRecord<'a> {
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
    similarity: f64,
    mutual: bool,
}

/// Writes explanations as one JSON document, schema `claimdiff.explain/1`.
///
/// # Errors
/// If writing fails.
pub fn write_explanations_json(explained: &ExplainedFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entries =
        explained.explanations.iter().map(|(b, explanation)| build_entry(explained, *b, explanation));
    let document = ExplainDocument {
        schema: SCHEMA,
        tool: ToolRecord::with_encoder(explained.encoder),
        explanations: entries.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn build_entry<'a>(
    explained: &'a ExplainedFindings<'_>,
    b: usize,
    explanation: &'a Explanation,
) -> ExplanationRecord<'a> {
    let Explanation {
        finding,
        aligned_groups,
        nearest_sentences: [nearest_a, nearest_b],
        place_words: [words_a, words_b],
        ..
    } = explanation;
    let [version_a, version_b] = [&explained.versions[0], &explained.versions[b]];
    let measured = finding.measurements.iter().map(|m| MeasurementRecord {
        what: m.what,
        value: round_score(m.value),
        line: round_score(m.threshold),
    });
    ExplanationRecord {
        articles: [0, b].map(|k| ArticleRecord {
            path: &explained.paths[k],
            language: explained.versions[k].article.lang.code(),
        }),
        parallel: explanation.is_parallel,
        scores: ScoresRecord::from_scores(&explanation.scores),
        finding: FindingRecord::from_finding(finding, [version_a, version_b]),
        sentences: PerSide {
            a: finding.a.as_ref().map(|place| build_sentence(version_a, place)),
            b: finding.b.as_ref().map(|place| build_sentence(version_b, place)),
        },
        rule: RuleHead::from_rule(finding.rule),
        measured: measured.collect(),
        alignment: aligned_groups.iter().map(build_group).collect(),
        nearest: PerSide {
            a: nearest_a.map(|nearest| build_nearest(version_b, nearest)),
            b: nearest_b.map(|nearest| build_nearest(version_a, nearest)),
        },
        words: PerSide {
            a: words_a.iter().map(|w| build_word([version_a, version_b], w)).collect(),
            b: words_b.iter().map(|w| build_word([version_b, version_a], w)).collect(),
        },
    }
}

fn build_sentence<'a>(version: &'a Version, place: &ClaimPlace) -> SentenceRecord<'a> {
    let Span { start, end } = version.sentences[place.sentence].span;
    SentenceRecord { id: place.sentence, start, end, text: version.sentence_text(place.sentence) }
}

fn build_group(explained: &ExplainedGroup) -> GroupEvidenceRecord<'_> {
    let evidence = explained.group.evidence;
    let parts = explained.parts.iter().map(|part| FeatureRecord {
        name: part.name,
        means: part.means,
        value: round_score(part.value),
        weight: round_score(part.weight),
    });
    GroupEvidenceRecord {
        group: GroupRecord::from_group(&explained.group),
        covered_a: round_score(evidence.lexical_coverage_a),
        covered_b: round_score(evidence.lexical_coverage_b),
        figures: evidence.anchors,
        parts: parts.collect(),
    }
}

fn build_nearest(other: &Version, nearest: NearestSentence) -> NearestRecord<'_> {
    NearestRecord {
        sentence: nearest.sentence,
        text: other.sentence_text(nearest.sentence),
        similarity: round_score(nearest.similarity),
        covered: round_score(nearest.lexical_coverage),
    }
}

fn build_word<'a>([own, other]: [&'a Version; 2], word: &ExplainedWord) -> WordRecord<'a> {
    WordRecord {
        sentence: word.sentence,
        start: word.span.start,
        end: word.span.end,
        text: word.span.slice(&own.article.text),
        inside: word.inside,
        difference: round_score(word.difference),
        nearest: word.nearest_word.map(|nearest| build_nearest_word(other, nearest)),
    }
}

fn build_nearest_word(other: &Version, nearest: NearestWord) -> NearestWordRecord<'_> {
    NearestWordRecord {
        sentence: nearest.sentence,
        start: nearest.span.start,
        end: nearest.span.end,
        text: nearest.span.slice(&other.article.text),
        similarity: round_score(nearest.similarity),
        mutual: nearest.mutual,
    }
}
