//! Articles that belong together, a line a pair.

use std::io::{self, Write};

use serde::Serialize;

use super::{escape, rounded};
use crate::neighbours::Neighbours;

/// A pair as a record that `claimdiff batch` reads.
#[derive(Serialize)]
struct Record<'a> {
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
pub fn write_neighbours_jsonl(found: &[Neighbours], paths: &[String], out: &mut dyn Write) -> io::Result<()> {
    for pair in found {
        let (a_path, b_path) = (paths[pair.a].as_str(), paths[pair.b].as_str());
        let likeness = rounded(pair.likeness);
        let id = format!("{a_path} {b_path}");
        serde_json::to_writer(
            &mut *out,
            &Record { id, a_path, b_path, likeness, relation: pair.relation() },
        )?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One line a pair for people: likeness, what it says, both paths.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_neighbours_text(found: &[Neighbours], paths: &[String], out: &mut dyn Write) -> io::Result<()> {
    for pair in found {
        let [a, b] = [pair.a, pair.b].map(|k| escape::terminal(&paths[k]));
        writeln!(out, "{:.2} {:<8} {a}  {b}", pair.likeness, pair.relation())?;
    }
    Ok(())
}
