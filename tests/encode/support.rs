//! The installed encoder, for every test that needs it: `#[path = "encode/support.rs"] mod support;`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

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
