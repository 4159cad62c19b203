//! What the README shows is what the program prints.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "encode/support.rs"]
mod support;

use std::path::Path;
use std::process::Command;

#[test]
fn the_example_is_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let command = readme.lines().find_map(|line| line.strip_prefix("$ cargo run --release -- ")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_claimdiff"))
        .args(command.split(' '))
        .current_dir(root)
        .env("CLAIMDIFF_MODEL_DIR", support::folder())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(printed.ends_with(shown), "{printed}");
}
