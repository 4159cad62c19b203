//! Articles that belong together, a line a pair.

use std::io::{self, Write};

use serde::Serialize;

use super::{escape, round_score};
use crate::neighbours::NeighbourPair;

/// A pair as a record that `claimdiff batch` reads.
#[derive(Serialize)]
struct NeighbourRecord<'a> {
    id: String,
    a_path: &'a str,
    b_path: &'a str,
    likeness: f64,
    relation: &'a str,
}

/// One JSON record a pair; `paths` are those of the articles.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_neighbours_jsonl(
    pairs: &[NeighbourPair],
    paths: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    for pair in pairs {
        let (a_path, b_path) = (paths[pair.a].as_str(), paths[pair.b].as_str());
        let likeness = round_score(pair.likeness);
        let id = format!("{a_path} {b_path}");
        serde_json::to_writer(
            &mut *out,
            &NeighbourRecord { id, a_path, b_path, likeness, relation: pair.relation_name() },
        )?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One line a pair for people: likeness, what it says, both paths.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_neighbours_text(
    pairs: &[NeighbourPair],
    paths: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    for pair in pairs {
        let [a, b] = [pair.a, pair.b].map(|k| escape::escape_terminal(&paths[k]));
        writeln!(out, "{:.2} {:<8} {a}  {b}", pair.likeness, pair.relation_name())?;
    }
    Ok(())
}
