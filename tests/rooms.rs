//! The one-way flow: a room uses rooms of lower floors only.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{repository, rust_sources};

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
    let src = repository().join("src");
    let mut wrong = Vec::new();
    for room in rooms() {
        let file = src.join(room).with_extension("rs");
        let mut files = if file.exists() {
            let text = fs::read_to_string(&file).unwrap();
            vec![(file, text)]
        } else {
            rust_sources(&src.join(room))
        };
        // Tests that are a file of their own may use any room.
        files.retain(|(path, _)| !path.ends_with("tests.rs"));
        assert!(!files.is_empty(), "the room {room} is gone");
        for (path, source) in files {
            let path = path.display();
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
    let entries = fs::read_dir(repository().join("src")).unwrap();
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
