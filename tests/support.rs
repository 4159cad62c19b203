//! What several tests need: the installed encoder, and a record of what a test left out.

#![allow(dead_code, reason = "each test program uses its part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use claimdiff::corpus::Case;
use claimdiff::encode::Model;

/// The folder of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The stories of `corpus/` with their names, in order, read once a program.
pub(crate) fn stories() -> &'static [(String, Case)] {
    static STORIES: OnceLock<Vec<(String, Case)>> = OnceLock::new();
    STORIES.get_or_init(|| {
        let entries = fs::read_dir(repository().join("corpus")).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.is_dir());
        paths.sort();
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        paths.iter().map(|path| (name(path), Case::read_folder(path).unwrap())).collect()
    })
}

/// The Rust files of a folder and its folders with their text, in no order.
pub(crate) fn rust_sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources.extend(rust_sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            sources.push((path, text));
        }
    }
    sources
}

/// Folder of the encoder, under `target`; the first test installs it as a user would, through the command line.
pub(crate) fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("encoder");
        let output = Command::new(env!("CARGO_BIN_EXE_claimdiff"))
            .args(["model", "install", "--model-dir"])
            .arg(&folder)
            .env_remove("CLAIMDIFF_OFFLINE")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder
    })
}

/// The encoder itself, opened once a program.
pub(crate) fn encoder() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::open_folder(folder()).unwrap())
}

/// Where tests leave word of what they could not do here; `tests/zz_left_out.rs` prints it at the end.
pub(crate) fn left_out_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("left-out")
}

/// Records that `test` left something out, and why; without a reason, that it ran whole.
pub(crate) fn record_left_out(test: &str, reason: Option<&str>) {
    let file = left_out_folder().join(test);
    match reason {
        Some(reason) => {
            fs::create_dir_all(left_out_folder()).unwrap();
            fs::write(file, reason).unwrap();
        }
        None => {
            let _ = fs::remove_file(file);
        }
    }
}
