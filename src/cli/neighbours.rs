//! `neighbours`: a folder to the pairs of articles in it that belong together.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use rayon::prelude::*;

use super::exit::Exit;
use super::options::ModelOptions;
use super::{input, model, output};
use crate::corpus::{self, Config};
use crate::encode::{Encoder, Vectors};
use crate::error::Result;
use crate::neighbours::{EVENT, beginning, neighbours};
use crate::report::{write_neighbours_jsonl, write_neighbours_text};

const AFTER_NEIGHBOURS: &str = "\
Examples:
  claimdiff neighbours archive
          List the pairs of articles that belong together
  claimdiff neighbours archive --least 0.75 --format jsonl | claimdiff batch -
          Compare those that are likely to be versions of one text

The likeness is the cosine of the first 120 words of both, in any of the languages. From 0.75 on two
articles are likely to be versions of one text, from 0.55 on to tell of one event; two newsrooms on one
event can reach the first. Of each article the 20 nearest are kept. Files are found as check finds them.

Exit status:
  0  looked through, whatever was found
  2  could not run: no such folder, wrong arguments, no encoder";

/// Articles of which nobody has said which belong together.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_NEIGHBOURS)]
pub(super) struct Neighbours {
    /// Folder to look through
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Likeness from which two articles are shown, -1 to 1
    #[arg(long, value_name = "COSINE", default_value_t = EVENT, value_parser = cosine, allow_negative_numbers = true)]
    pub(super) least: f32,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = NeighboursFormat::Text)]
    pub(super) format: NeighboursFormat,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

fn cosine(text: &str) -> std::result::Result<f32, String> {
    let value: f32 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    if (-1.0..=1.0).contains(&value) { Ok(value) } else { Err("a likeness is from -1 to 1".to_owned()) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NeighboursFormat {
    /// A line a pair: likeness, what that says, both paths
    Text,
    /// A JSON record a pair, for claimdiff batch
    Jsonl,
}

/// Articles that are held in memory at once.
const TOGETHER: usize = 1024;

pub(super) fn run(options: &Neighbours) -> Result<Exit> {
    let config = Config::find(&options.folder)?;
    let articles = corpus::articles(&options.folder, &config)?;
    let encoder = model::open(&options.model)?;
    let bar = output::bar("reading");
    let (mut paths, mut values, mut dim, mut short) = (Vec::new(), Vec::new(), 0, 0);
    for (done, some) in articles.chunks(TOGETHER).enumerate() {
        let read = |path: &String| input::article_only(path, None).map(|article| beginning(&article));
        let read: Vec<Result<Option<String>>> = some.par_iter().map(read).collect();
        let mut texts = Vec::new();
        for (path, beginning) in some.iter().zip(read) {
            match beginning {
                Ok(Some(text)) => {
                    paths.push(path.clone());
                    texts.push(text);
                }
                Ok(None) => short += 1,
                Err(error) => output::note(&format!("left out: {error}")),
            }
        }
        let vectors = encoder.encode(&texts.iter().map(String::as_str).collect::<Vec<_>>())?;
        dim = dim.max(vectors.dim());
        values.extend_from_slice(vectors.values());
        bar.set_position(((done * TOGETHER + some.len()) * 100 / articles.len()) as u64);
    }
    bar.finish_and_clear();
    if short > 0 {
        output::note(&format!("{short} left out: too short to tell"));
    }
    let found = neighbours(&Vectors::new(dim, values), options.least);
    output::print(|out| match options.format {
        NeighboursFormat::Text => write_neighbours_text(&found, &paths, out),
        NeighboursFormat::Jsonl => write_neighbours_jsonl(&found, &paths, out),
    })?;
    Ok(Exit::Clean)
}
