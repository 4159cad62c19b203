//! `align`: two files to groups of sentences.

use std::io::Write;

use super::args::Align;
use super::exit::Exit;
use super::{input, model, output};
use crate::align;
use crate::divergence::{self, Version};
use crate::encode::Model;
use crate::error::Result;

/// Sentences of A, sentences of B, how strongly they belong together.
type Row = (Vec<usize>, Vec<usize>, f32);

pub(super) fn run(options: &Align) -> Result<Exit> {
    input::only_once(&[&options.a, &options.b])?;
    let rows = if options.lines { lines(options)? } else { articles(options)? };
    output::print(|out| {
        for (a, b, score) in rows {
            writeln!(out, "{a:?}:{b:?}:{score:.4}")?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn lines(options: &Align) -> Result<Vec<Row>> {
    let (text_a, text_b) = (input::text(&options.a)?, input::text(&options.b)?);
    let (a, b): (Vec<&str>, Vec<&str>) = (text_a.lines().collect(), text_b.lines().collect());
    let encoder = model::open(&options.model)?;
    let (side_a, side_b, lexicon) = align::encode(&encoder, &a, &b)?;
    Ok(align::align(&side_a, &side_b, &lexicon).disjoint(side_a.len(), side_b.len()))
}

/// The groups are those of `compare`, which knows the figures of both articles; two views of one pair must not differ.
fn articles(options: &Align) -> Result<Vec<Row>> {
    let a = Version::new(input::article(&options.a, options.lang_a)?);
    let b = Version::new(input::article(&options.b, options.lang_b)?);
    let encoder: Model = model::open(&options.model)?;
    let groups = divergence::compare(&a, &b, &encoder)?.groups;
    let alone_a = a.told.iter().filter(|k| !groups.iter().any(|g| g.a.contains(k)));
    let alone_b = b.told.iter().filter(|k| !groups.iter().any(|g| g.b.contains(k)));
    let mut rows: Vec<Row> = alone_a.map(|k| (vec![*k], Vec::new(), 0.0)).collect();
    rows.extend(groups.iter().map(|g| (g.a.clone(), g.b.clone(), g.evidence.strength())));
    rows.sort_by(|x, y| (&x.0, &x.1).cmp(&(&y.0, &y.1)));
    rows.extend(alone_b.map(|k| (Vec::new(), vec![*k], 0.0)));
    Ok(rows)
}
