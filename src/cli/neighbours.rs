//! `neighbours`: the pairs of articles in a folder that belong together.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use rayon::prelude::*;

use super::exit::Exit;
use super::options::ModelOptions;
use super::{input, model, output};
use crate::corpus::{self, CorpusConfig};
use crate::encode::{Encoder, Vectors};
use crate::error::Result;
use crate::neighbours::{MIN_EVENT_COSINE, beginning_text, find_neighbours};
use crate::report::{write_neighbours_jsonl, write_neighbours_text};

const AFTER_NEIGHBOURS: &str = "\
Examples:
  claimdiff neighbours archive
          List the pairs of articles that belong together
  claimdiff neighbours archive --least 0.75 --format jsonl | claimdiff batch -
          Compare those that are likely to be versions of one text

The likeness is the cosine of the first 120 words of both, in any of the languages. From 0.75 on two
articles are likely to be versions of one text, from 0.55 on on one event; two newsrooms on one
event can reach the first. Of each article the 20 nearest are kept. Files are found as check finds them.

Exit status:
  0  looked through, whatever was found
  2  could not run: no such folder, wrong arguments, no encoder";

/// Articles of which nobody has said which belong together.
#[derive(Debug, ClapArgs)]
#[command(after_help = AFTER_NEIGHBOURS)]
pub(super) struct NeighboursOptions {
    /// Folder to look through
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Likeness from which two articles are shown, -1 to 1
    #[arg(long, value_name = "COSINE", default_value_t = MIN_EVENT_COSINE, value_parser = parse_cosine, allow_negative_numbers = true)]
    pub(super) least: f32,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = NeighboursFormat::Text)]
    pub(super) format: NeighboursFormat,
    #[command(flatten)]
    pub(super) model: ModelOptions,
}

fn parse_cosine(text: &str) -> std::result::Result<f32, String> {
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

/// Number of articles in memory at once.
const ARTICLES_AT_ONCE: usize = 1024;

pub(super) fn run(options: &NeighboursOptions) -> Result<Exit> {
    let config = CorpusConfig::find_nearest(&options.folder)?;
    let articles = corpus::list_articles(&options.folder, &config)?;
    let encoder = model::open_encoder(&options.model)?;
    let bar = output::progress_bar("reading");
    let (mut paths, mut values, mut dim, mut short_count) = (Vec::new(), Vec::new(), 0, 0);
    for (chunk_index, chunk) in articles.chunks(ARTICLES_AT_ONCE).enumerate() {
        let beginnings: Vec<Result<Option<String>>> = chunk
            .par_iter()
            .map(|path| input::read_article_quietly(path, None).map(|article| beginning_text(&article)))
            .collect();
        let mut texts = Vec::new();
        for (path, beginning) in chunk.iter().zip(beginnings) {
            match beginning {
                Ok(Some(text)) => {
                    paths.push(path.clone());
                    texts.push(text);
                }
                Ok(None) => short_count += 1,
                Err(error) => output::print_note(&format!("left out: {error}")),
            }
        }
        let vectors = encoder.encode_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>())?;
        dim = dim.max(vectors.vector_dim());
        values.extend_from_slice(vectors.all_values());
        bar.set_position(((chunk_index * ARTICLES_AT_ONCE + chunk.len()) * 100 / articles.len()) as u64);
    }
    bar.finish_and_clear();
    if short_count > 0 {
        output::print_note(&format!("{short_count} left out: too short to judge"));
    }
    let neighbour_pairs = find_neighbours(&Vectors::new(dim, values), options.least);
    output::write_stdout(|out| match options.format {
        NeighboursFormat::Text => write_neighbours_text(&neighbour_pairs, &paths, out),
        NeighboursFormat::Jsonl => write_neighbours_jsonl(&neighbour_pairs, &paths, out),
    })?;
    Ok(Exit::Clean)
}
