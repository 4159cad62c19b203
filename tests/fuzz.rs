//! The kept inputs of the fuzz targets, run as ordinary tests: see `fuzz/README.md`.
mod run;

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use crate::support::encoder;

fn entries(folder: &Path) -> BTreeSet<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn no_kept_input_breaks_anything() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let folders: Vec<PathBuf> = entries(&corpus).into_iter().collect();
    let names: Vec<&str> = folders.iter().map(|f| f.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, run::TARGETS.map(|(name, _)| name));
    let mut wrong = Vec::new();
    for (folder, name) in folders.iter().zip(names) {
        let inputs = entries(folder);
        assert!(inputs.len() > 1, "{name} has no inputs");
        for input in inputs {
            let bytes = fs::read(&input).unwrap();
            if panic::catch_unwind(|| run::run(name, &bytes, &encoder)).is_err() {
                wrong.push(input.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
