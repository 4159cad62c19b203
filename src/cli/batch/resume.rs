//! The results of an earlier run.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, ErrorKind, Result};

/// Half of the SHA-256 of an id: 16 bytes for an id of any length, without collisions in practice.
type IdHash = [u8; 16];

/// The ids that have a result.
#[derive(Debug, Default)]
pub(super) struct FinishedIds {
    /// In ascending order.
    id_hashes: Vec<IdHash>,
    /// Bytes up to the end of the last whole line.
    pub(super) complete_bytes: u64,
}

/// A result; the record of an error has no scores and does not parse as one.
#[derive(Deserialize)]
struct ResultRecord {
    id: Value,
    #[serde(rename = "scores")]
    _scores: IgnoredAny,
}

impl FinishedIds {
    /// Reads the output of an earlier run; no ids where the file is missing. The text after the last line end was
    /// truncated by a kill and is ignored, as is a line that is no result.
    pub(super) fn read_results(path: &Path) -> Result<Self> {
        let mut input = match File::open(path) {
            Ok(file) => BufReader::new(file),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(read_error(path, e)),
        };
        let (mut finished, mut line) = (Self::default(), Vec::new());
        while input.read_until(b'\n', &mut line).map_err(|e| read_error(path, e))? > 0
            && line.ends_with(b"\n")
        {
            finished.complete_bytes += line.len() as u64;
            finished
                .id_hashes
                .extend(serde_json::from_slice::<ResultRecord>(&line).ok().map(|answer| hash_id(&answer.id)));
            line.clear();
        }
        finished.id_hashes.sort_unstable();
        Ok(finished)
    }

    pub(super) fn contains_id(&self, id: &Value) -> bool {
        !self.id_hashes.is_empty() && self.id_hashes.binary_search(&hash_id(id)).is_ok()
    }
}

fn read_error(path: &Path, cause: io::Error) -> Error {
    Error::new(ErrorKind::Input, format!("{}: cannot be read", path.display())).with_cause(cause)
}

fn hash_id(id: &Value) -> IdHash {
    let hash = Sha256::digest(id.to_string());
    std::array::from_fn(|k| hash[k])
}
