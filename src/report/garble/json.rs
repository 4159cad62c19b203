//! `claimdiff.garble/1`: the signs of spinning and of machine translation.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use crate::divergence::Version;
use crate::garble::{
    CopyDirection, DirectionReason, GarbleComparison, GarbleJudgement, GarbleSign, Substitution,
};
use crate::report::contents::GarbledTexts;
use crate::report::records::{ToolRecord, VerdictRecord, round_score};
use crate::text::{Lang, Span, Which};

pub(in crate::report) const SCHEMA: &str = "claimdiff.garble/1";

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct GarbleDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    articles: Vec<ArticleRecord<'a>>,
    /// Only where there are two texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<BetweenRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ArticleRecord<'a> {
    path: &'a str,
    language: &'a str,
    #[serde(flatten)]
    verdict: VerdictRecord,
    words: usize,
    from: Option<&'a str>,
    signs: Vec<SignRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct SignRecord<'a> {
    kind: &'static str,
    sentence: usize,
    #[serde(flatten)]
    place: SpanRecord<'a>,
    meant: &'a [String],
    from: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct SpanRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct BetweenRecord<'a> {
    direction: Option<DirectionRecord>,
    substitutions: Vec<SubstitutionRecord<'a>>,
    /// Groups of sentences that are too long to be searched for substitutions.
    passed_over: usize,
}

#[derive(Serialize, JsonSchema)]
struct DirectionRecord {
    /// Index of the article that is the original, or closer to it.
    original: usize,
    garbled: usize,
    reasons: Vec<ReasonRecord>,
}

#[derive(Serialize, JsonSchema)]
struct ReasonRecord {
    kind: &'static str,
    /// The figure of the garbled version, or the only figure.
    garbled: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct SubstitutionRecord<'a> {
    garbled: &'a str,
    original: &'a str,
    meant: Option<&'a str>,
    basis: &'static str,
    similarity: f64,
    count: usize,
    places: Vec<SpanPairRecord<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct SpanPairRecord<'a> {
    garbled: SpanRecord<'a>,
    original: SpanRecord<'a>,
}

/// Writes the judgement of garbled texts as one JSON document, schema `claimdiff.garble/1`.
///
/// # Errors
/// If writing fails.
pub fn write_garbled_json(garbled: &GarbledTexts<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let texts = garbled.paths.iter().zip(garbled.versions).zip(garbled.garbles);
    let document = GarbleDocument {
        schema: SCHEMA,
        tool: ToolRecord::with_optional_encoder(garbled.encoder),
        articles: texts.map(|((path, version), garble)| build_article(path, version, garble)).collect(),
        between: garbled.between.map(|between| BetweenRecord {
            direction: between.direction.as_ref().map(build_direction),
            substitutions: build_substitutions(garbled.versions, between),
            passed_over: between.passed_over,
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn build_span(version: &Version, span: Span) -> SpanRecord<'_> {
    SpanRecord { start: span.start, end: span.end, text: span.slice(&version.article.text) }
}

fn build_article<'a>(path: &'a str, version: &'a Version, garble: &'a GarbleJudgement) -> ArticleRecord<'a> {
    ArticleRecord {
        path,
        language: version.article.lang.code(),
        verdict: VerdictRecord::from_garble(garble),
        words: garble.words,
        from: garble.from_lang.as_ref().map(Lang::code),
        signs: garble.signs.iter().map(|sign| build_sign(version, sign)).collect(),
    }
}

fn build_sign<'a>(version: &'a Version, sign: &'a GarbleSign) -> SignRecord<'a> {
    SignRecord {
        kind: sign.rule.name,
        sentence: sign.sentence,
        place: build_span(version, sign.span),
        meant: &sign.meant,
        from: sign.from_lang.as_ref().map(Lang::code),
    }
}

fn build_direction(direction: &CopyDirection) -> DirectionRecord {
    DirectionRecord {
        original: direction.original.list_index(),
        garbled: direction.original.other_side().list_index(),
        reasons: direction.reasons.iter().map(build_reason).collect(),
    }
}

fn build_reason(reason: &DirectionReason) -> ReasonRecord {
    let (kind, garbled, original) = match *reason {
        DirectionReason::Scores([own, other]) => ("scores", round_score(own), Some(round_score(other))),
        DirectionReason::Leftovers([own, other]) => ("leftovers", own as f64, Some(other as f64)),
        DirectionReason::Names(count) => ("names", count as f64, None),
        DirectionReason::Known(count) => ("known", count as f64, None),
        DirectionReason::Aligned(count) => ("aligned", count as f64, None),
        DirectionReason::Lengths([own, other]) => ("lengths", own as f64, Some(other as f64)),
    };
    ReasonRecord { kind, garbled, original }
}

fn build_substitutions<'a>(
    versions: &'a [Version],
    between: &'a GarbleComparison,
) -> Vec<SubstitutionRecord<'a>> {
    let side = between.garbled.unwrap_or(Which::A);
    let ordered = [side, side.other_side()].map(|which| &versions[which.list_index()]);
    between.substitutions.iter().map(|row| build_substitution(ordered, row)).collect()
}

/// `versions` are the garbled one and the original.
fn build_substitution<'a>(versions: [&'a Version; 2], row: &'a Substitution) -> SubstitutionRecord<'a> {
    let [garbled, original] = versions;
    SubstitutionRecord {
        garbled: &row.garbled,
        original: &row.original,
        meant: row.meant.as_deref(),
        basis: row.basis.name(),
        similarity: round_score(row.similarity),
        count: row.places.len(),
        places: row
            .places
            .iter()
            .map(|[own, other]| SpanPairRecord {
                garbled: build_span(garbled, *own),
                original: build_span(original, *other),
            })
            .collect(),
    }
}
