//! What the repository promises of how it is built: one version of Rust, no build script, nothing of the clock.
use std::fs;
use std::path::PathBuf;

use crate::support::{repository, rust_sources};

fn manifest() -> toml::Table {
    fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap()
}

#[test]
fn the_readme_names_the_version_of_rust_that_is_needed() {
    let version = manifest()["package"]["rust-version"].as_str().unwrap().to_owned();
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    assert!(readme.contains(&format!("You need Rust {version},")), "rust-version is {version}");
    let clippy: toml::Table = fs::read_to_string(repository().join("clippy.toml")).unwrap().parse().unwrap();
    assert!(clippy.get("msrv").is_none_or(|msrv| msrv.as_str() == Some(&version)));
}

#[test]
fn nothing_is_run_while_it_is_built() {
    assert!(!repository().join("build.rs").exists());
    let manifest = manifest();
    let package = manifest["package"].as_table().unwrap();
    assert!(!package.contains_key("build") && !manifest.contains_key("build-dependencies"));
}

/// The clock gives the day from which suppressions expire, unless `--today` does, and the rate of a batch, which is
/// said on standard error.
#[test]
fn no_output_depends_on_the_clock() {
    let files = rust_sources(&repository().join("src"));
    assert!(files.len() > 100);
    let asks = |source: &str| source.contains("::now()") || source.contains(".elapsed()");
    let clocks: Vec<&PathBuf> =
        files.iter().filter(|(_, source)| asks(source)).map(|(path, _)| path).collect();
    assert_eq!(clocks.len(), 2, "{clocks:?}");
    assert!(clocks.contains(&&repository().join("src/cli/batch/mod.rs")));
    let check = fs::read_to_string(repository().join("src/cli/check.rs")).unwrap();
    assert_eq!(check.matches("::now()").count(), 1);
    let today = &check[check.find("fn today_utc()").unwrap()..];
    assert!(today[..today.find("\n}\n").unwrap()].contains("SystemTime::now()"));
}
