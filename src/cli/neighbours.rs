//! `neighbours`: a folder to the pairs of articles in it that belong together.

use rayon::prelude::*;

use super::args::{Neighbours, NeighboursFormat};
use super::exit::Exit;
use super::{input, model, output};
use crate::corpus::{self, Config};
use crate::divergence::{beginning, neighbours};
use crate::encode::{Encoder, Vectors};
use crate::error::Result;
use crate::report::{write_neighbours_jsonl, write_neighbours_text};

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
