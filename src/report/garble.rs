//! `claimdiff.garble/1`: what garbled texts show.

use std::io;

use serde::Serialize;

use super::json::ToolRecord;
use super::{GarbledTexts, round_score};
use crate::divergence::Version;
use crate::garble::{self, CopyDirection, DirectionReason, GarbleJudgement};
use crate::text::{Lang, Span};

/// Version of the JSON document's form.
const SCHEMA: &str = "claimdiff.garble/1";

#[derive(Serialize)]
struct GarbleDocument<'a> {
    schema: &'static str,
    tool: ToolRecord<'a>,
    articles: Vec<ArticleRecord<'a>>,
    /// Only where two versions were named.
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<BetweenRecord<'a>>,
}

#[derive(Serialize)]
struct ArticleRecord<'a> {
    path: &'a str,
    language: &'a str,
    #[serde(flatten)]
    verdict: VerdictRecord,
    words: usize,
    from: Option<&'a str>,
    signs: Vec<SignRecord<'a>>,
}

/// What a text's signs come to.
#[derive(Serialize)]
pub(super) struct VerdictRecord {
    #[serde(rename = "verdict")]
    name: &'static str,
    score: f64,
    spun: f64,
    machine_translated: f64,
}

impl VerdictRecord {
    pub(super) fn from_garble(garble: &GarbleJudgement) -> Self {
        Self {
            name: garble.verdict.name(),
            score: round_score(garble.score),
            spun: round_score(garble.spun),
            machine_translated: round_score(garble.translated),
        }
    }
}

#[derive(Serialize)]
struct SignRecord<'a> {
    kind: &'static str,
    sentence: usize,
    #[serde(flatten)]
    place: SpanRecord<'a>,
    meant: &'a [String],
    from: Option<&'a str>,
}

#[derive(Serialize)]
struct SpanRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct BetweenRecord<'a> {
    direction: Option<DirectionRecord>,
    substitutions: Vec<SubstitutionRecord<'a>>,
    /// Groups of sentences that are too long to be looked at for them.
    passed_over: usize,
}

#[derive(Serialize)]
struct DirectionRecord {
    /// Index of the article that is the original, or nearer to it.
    original: usize,
    garbled: usize,
    reasons: Vec<ReasonRecord>,
}

#[derive(Serialize)]
struct ReasonRecord {
    kind: &'static str,
    /// The figure of the garbled version, or the one that there is.
    garbled: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<f64>,
}

#[derive(Serialize)]
struct SubstitutionRecord<'a> {
    garbled: &'a str,
    original: &'a str,
    meant: Option<&'a str>,
    basis: &'static str,
    similarity: f64,
    count: usize,
    places: Vec<SpanPairRecord<'a>>,
}

#[derive(Serialize)]
struct SpanPairRecord<'a> {
    garbled: SpanRecord<'a>,
    original: SpanRecord<'a>,
}

pub(super) fn write_garbled(garbled: &GarbledTexts<'_>, out: &mut dyn io::Write) -> io::Result<()> {
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
    let sign = |sign: &'a garble::GarbleSign| SignRecord {
        kind: sign.rule.name,
        sentence: sign.sentence,
        place: build_span(version, sign.span),
        meant: &sign.meant,
        from: sign.from_lang.as_ref().map(Lang::code),
    };
    ArticleRecord {
        path,
        language: version.article.lang.code(),
        verdict: VerdictRecord::from_garble(garble),
        words: garble.words,
        from: garble.from_lang.as_ref().map(Lang::code),
        signs: garble.signs.iter().map(sign).collect(),
    }
}

fn build_direction(direction: &CopyDirection) -> DirectionRecord {
    let why = |reason: &DirectionReason| {
        let with_original = |[garbled, original]: [f64; 2]| (garbled, Some(original));
        let (kind, (garbled, original)) = match *reason {
            DirectionReason::Scores(scores) => ("scores", with_original(scores.map(round_score))),
            DirectionReason::Leftovers(counts) => {
                ("leftovers", with_original(counts.map(|count| count as f64)))
            }
            DirectionReason::Names(count) => ("names", (count as f64, None)),
            DirectionReason::Known(count) => ("known", (count as f64, None)),
            DirectionReason::Aligned(count) => ("aligned", (count as f64, None)),
            DirectionReason::Lengths(counts) => ("lengths", with_original(counts.map(|count| count as f64))),
        };
        ReasonRecord { kind, garbled, original }
    };
    DirectionRecord {
        original: direction.original,
        garbled: 1 - direction.original,
        reasons: direction.reasons.iter().map(why).collect(),
    }
}

fn build_substitutions<'a>(
    versions: &'a [Version],
    between: &'a garble::GarbleComparison,
) -> Vec<SubstitutionRecord<'a>> {
    let side = between.garbled.unwrap_or(0);
    let row = |row: &'a garble::Substitution| SubstitutionRecord {
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
                garbled: build_span(&versions[side], *own),
                original: build_span(&versions[1 - side], *other),
            })
            .collect(),
    };
    between.substitutions.iter().map(row).collect()
}
