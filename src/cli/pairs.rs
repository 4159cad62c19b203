//! `words` and `score`: records of two texts, one a line, answered one a line.

use std::io::Write;

use clap::Args as ClapArgs;
use serde::{Deserialize, Serialize};

use super::exit::Exit;
use super::options::ModelOptions;
use super::{input, model, output};
use crate::divergence;
use crate::error::{Error, ErrorKind, Result};
use crate::report::rounded;
use crate::words::{self, MAX_READ, WordFeatures};

/// Records of two texts.
#[derive(Debug, ClapArgs)]
pub(super) struct Pairs {
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
struct Record {
    id: serde_json::Value,
    a: String,
    b: String,
}

#[derive(Serialize)]
struct Score<'a> {
    id: &'a serde_json::Value,
    similarity: f64,
    divergence: f64,
    flags: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<Vec<f64>>,
}

#[derive(Serialize)]
struct Words<'a> {
    id: &'a serde_json::Value,
    a: Vec<f64>,
    b: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<[Vec<Vec<f64>>; 2]>,
}

fn all_rounded(values: &[f32]) -> Vec<f64> {
    values.iter().map(|value| rounded(*value)).collect()
}

pub(super) fn score(options: &Pairs) -> Result<Exit> {
    let records = read(&options.file)?;
    let encoder = model::open(&options.model)?;
    let pairs: Vec<(&str, &str)> = records.iter().map(|r| (r.a.as_str(), r.b.as_str())).collect();
    let scores = divergence::score_pairs(&encoder, &pairs)?;
    print(records.iter().zip(&scores).map(|(record, score)| Score {
        id: &record.id,
        similarity: rounded(score.similarity),
        divergence: rounded(score.divergence),
        flags: &score.flags,
        features: options.features.then(|| all_rounded(&score.features)),
    }))
}

pub(super) fn words(options: &Pairs) -> Result<Exit> {
    let records = read(&options.file)?;
    let encoder = model::open(&options.model)?;
    let pairs: Vec<(&str, &str)> = records.iter().map(|r| (r.a.as_str(), r.b.as_str())).collect();
    let tokens = words::token_features(&encoder, &pairs)?;
    print(records.iter().zip(&tokens).map(|(record, sides)| Words {
        id: &record.id,
        a: all_rounded(&words::differences(&sides[0])),
        b: all_rounded(&words::differences(&sides[1])),
        features: options.features.then(|| {
            let of_token = |t: &Option<WordFeatures>| {
                // Which model comes first.
                let values =
                    |f: &WordFeatures| [&[if f.brief { 1.0 } else { 0.0 }], f.values.as_slice()].concat();
                t.as_ref().map_or_else(Vec::new, |f| all_rounded(&values(f)))
            };
            [0, 1].map(|side| sides[side].iter().map(of_token).collect())
        }),
    }))
}

fn read(path: &str) -> Result<Vec<Record>> {
    let text = input::text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let records: Vec<Record> = lines
        .map(|(k, line)| {
            serde_json::from_str(line).map_err(|e| {
                Error::new(ErrorKind::Input, format!("{}: line {} is no record", input::name(path), k + 1))
                    .advise(r#"a line looks like {"id": "p0", "a": "one text", "b": "the other"}"#)
                    .because(e)
            })
        })
        .collect::<Result<_>>()?;
    for record in records.iter().filter(|r| r.a.len().max(r.b.len()) > MAX_READ) {
        output::note(&format!("{}: what follows {MAX_READ} bytes of a text is not looked at", record.id));
    }
    Ok(records)
}

fn print<R: Serialize>(records: impl Iterator<Item = R>) -> Result<Exit> {
    output::print(|out| {
        for record in records {
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}
