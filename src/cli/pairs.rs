//! `words` and `score`: records of two texts to results, one a line.

use std::io::Write;

use clap::Args as ClapArgs;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::exit::Exit;
use super::options::ModelOptions;
use super::{input, model, output};
use crate::divergence;
use crate::error::{Error, ErrorKind, Result};
use crate::report::round_score;
use crate::words::{self, MAX_SCORED_BYTES, WordFeatures};

/// Records of two texts.
#[derive(Debug, ClapArgs)]
pub(super) struct PairsOptions {
    /// Lines such as {"id": "p0", "a": "...", "b": "..."}; - for standard input
    #[arg(value_name = "PAIRS")]
    pub(super) file: String,
    /// Print what the scores are computed from as well
    #[arg(long, hide = true)]
    pub(super) features: bool,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

#[derive(Deserialize)]
struct TextPairRecord {
    id: serde_json::Value,
    a: String,
    b: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ScoreRecord<'a> {
    id: &'a serde_json::Value,
    similarity: f64,
    divergence: f64,
    flags: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<Vec<f64>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct WordsRecord<'a> {
    id: &'a serde_json::Value,
    a: Vec<f64>,
    b: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<[Vec<Vec<f64>>; 2]>,
}

fn round_values(values: &[f32]) -> Vec<f64> {
    values.iter().map(|value| round_score(*value)).collect()
}

pub(super) fn print_scores(options: &PairsOptions) -> Result<Exit> {
    let records = read_records(&options.file)?;
    let encoder = model::open_encoder(&options.model)?;
    let pairs: Vec<(&str, &str)> = records.iter().map(|r| (r.a.as_str(), r.b.as_str())).collect();
    let scores = divergence::score_pairs(&encoder, &pairs)?;
    print_jsonl(records.iter().zip(&scores).map(|(record, score)| ScoreRecord {
        id: &record.id,
        similarity: round_score(score.similarity),
        divergence: round_score(score.divergence),
        flags: &score.flags,
        features: options.features.then(|| round_values(&score.features)),
    }))
}

pub(super) fn print_word_differences(options: &PairsOptions) -> Result<Exit> {
    let records = read_records(&options.file)?;
    let encoder = model::open_encoder(&options.model)?;
    let pairs: Vec<(&str, &str)> = records.iter().map(|r| (r.a.as_str(), r.b.as_str())).collect();
    let tokens = words::token_features(&encoder, &pairs)?;
    print_jsonl(records.iter().zip(&tokens).map(|(record, sides)| WordsRecord {
        id: &record.id,
        a: round_values(&words::token_differences(&sides[0])),
        b: round_values(&words::token_differences(&sides[1])),
        features: options.features.then(|| {
            [0, 1].map(|side| sides[side].iter().map(|token| token_values(token.as_ref())).collect())
        }),
    }))
}

/// 1 or 0 for the model of sentence pairs or the other one, then the features of a token; none without features.
fn token_values(token: Option<&WordFeatures>) -> Vec<f64> {
    token.map_or_else(Vec::new, |f| {
        round_values(&[&[if f.is_sentence_pair { 1.0 } else { 0.0 }], f.values.as_slice()].concat())
    })
}

fn read_records(path: &str) -> Result<Vec<TextPairRecord>> {
    let text = input::read_text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let records: Vec<TextPairRecord> = lines
        .map(|(k, line)| {
            serde_json::from_str(line).map_err(|e| {
                Error::new(
                    ErrorKind::Input,
                    format!("{}: line {} is no record", input::input_name(path), k + 1),
                )
                .with_advice(r#"a line looks like {"id": "p0", "a": "one text", "b": "the other"}"#)
                .with_cause(e)
            })
        })
        .collect::<Result<_>>()?;
    for record in records.iter().filter(|r| r.a.len().max(r.b.len()) > MAX_SCORED_BYTES) {
        output::print_note(&format!(
            "{}: what follows {MAX_SCORED_BYTES} bytes of a text is not looked at",
            record.id
        ));
    }
    Ok(records)
}

fn print_jsonl<R: Serialize>(records: impl Iterator<Item = R>) -> Result<Exit> {
    output::write_stdout(|out| {
        for record in records {
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}
