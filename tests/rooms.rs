//! The one-way flow: a room uses rooms of lower floors only.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The rooms, floor by floor from the ground. Rooms of one floor do not know each other. Beside them lie `error`, which
/// all may use, and `atomic_file` and `compare_texts`, files of their own.
const FLOORS: [&[&str]; 11] = [
    &["text", "models"],
    &["lang", "encode"],
    &["article"],
    &["segment", "neighbours"],
    &["claims", "align"],
    &["words"],
    &["divergence"],
    &["garble", "matrix"],
    &["report"],
    &["corpus"],
    &["cli"],
];

fn rooms() -> impl Iterator<Item = &'static str> {
    FLOORS.into_iter().flatten().copied()
}

fn may_use(room: &str, other: &str) -> bool {
    let floor = |name| FLOORS.iter().position(|floor| floor.contains(&name)).unwrap();
    room == other || floor(other) < floor(room)
}

/// The Rust files of a folder; tests that are a file of their own left out.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The rooms that a source names in `crate::room` paths, also in `use crate::{a, b::C}`.
fn rooms_used(source: &str) -> Vec<&'static str> {
    let mut used = Vec::new();
    for part in source.split("crate::").skip(1) {
        let list = match part.strip_prefix('{') {
            Some(inner) => inner.split('}').next().unwrap().split(',').map(str::trim).collect(),
            None => vec![part],
        };
        for item in list {
            let name: String = item.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            used.extend(rooms().filter(|room| *room == name));
        }
    }
    used
}

#[test]
fn a_room_uses_lower_floors_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for room in rooms() {
        let mut files = Vec::new();
        let file = src.join(room).with_extension("rs");
        if file.exists() {
            files.push((file.display().to_string(), fs::read_to_string(&file).unwrap()));
        } else {
            sources(&src.join(room), &mut files);
        }
        for (path, source) in files {
            for other in rooms_used(&source) {
                if !may_use(room, other) {
                    wrong.push(format!("{path}: {room} uses {other}, which is on its own floor or above"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_is_a_room() {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let folders: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let unlisted: Vec<&String> =
        folders.iter().filter(|folder| !rooms().any(|room| room == *folder)).collect();
    assert!(unlisted.is_empty(), "on no floor: {unlisted:?}");
}

#[test]
fn lists_and_paths_are_read() {
    assert_eq!(
        rooms_used("use crate::{claims, segment::Sentence};\ncrate::cli::main()"),
        ["claims", "segment", "cli"]
    );
    assert!(!may_use("claims", "align") && !may_use("text", "cli") && may_use("report", "claims"));
}
