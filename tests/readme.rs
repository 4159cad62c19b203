//! What the README shows is what the program prints.

use std::path::Path;
use std::process::Command;

use claimdiff::divergence::{Change, FindingKind, RULES};

/// What a command prints at the root of the repository, where it finds something.
fn printed(command: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_claimdiff"))
        .args(command.split(' '))
        .current_dir(root)
        .env("CLAIMDIFF_MODEL_DIR", crate::support::folder())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn the_example_is_real() {
    let readme = readme();
    let command = readme.lines().find_map(|line| line.strip_prefix("$ cargo run --release -- ")).unwrap();
    let printed = printed(command);
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(printed.ends_with(shown), "{printed}");
}

#[test]
fn the_table_is_real() {
    let readme = readme();
    let part = readme.split("\n## Several versions\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let command = part.split('`').find_map(|code| code.strip_prefix("claimdiff matrix corpus")).unwrap();
    let printed = printed(&format!("matrix corpus{command}"));
    let shown: Vec<&str> =
        part.split("```text\n").skip(1).map(|shown| shown.split("```").next().unwrap()).collect();
    let [row, last] = shown[..] else { panic!("{shown:?}") };
    assert!(printed.contains(&format!("\n\n{row}\n")) && printed.ends_with(last), "{printed}");
}

#[test]
fn the_docs_name_every_kind_change_and_rule() {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md")).unwrap();
    let kinds = FindingKind::ALL.iter().map(|kind| kind.name());
    let changes = Change::ALL.iter().map(|change| change.name());
    let rules = RULES.iter().map(|rule| rule.name);
    let missing: Vec<&str> =
        kinds.chain(changes).chain(rules).filter(|name| !docs.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "not in docs/output.md: {missing:?}");
}
