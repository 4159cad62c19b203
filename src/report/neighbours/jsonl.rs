//! One line of JSON for each pair: a record that `claimdiff batch` reads.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::neighbours::NeighbourPair;
use crate::report::records::round_score;

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct NeighbourRecord<'a> {
    id: String,
    a_path: &'a str,
    b_path: &'a str,
    likeness: f64,
    relation: &'a str,
}

/// Writes one JSON record for each pair; `paths` are those of the articles.
///
/// # Errors
/// If writing fails.
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
