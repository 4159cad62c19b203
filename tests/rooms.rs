//! The one-way flow: a room uses what stands to its left and never what stands to its right.

use std::fs;
use std::path::Path;

/// The rooms from left to right. `claims` and `encode`/`align` stand side by side: neither pair knows the other.
const ROOMS: [&str; 10] =
    ["text", "article", "segment", "encode", "align", "claims", "divergence", "report", "corpus", "cli"];

fn may_use(room: &str, other: &str) -> bool {
    let place = |name| ROOMS.iter().position(|r| *r == name).unwrap();
    let beside = room == "claims" && ["encode", "align"].contains(&other);
    place(other) <= place(room) && !beside
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
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
            used.extend(ROOMS.iter().filter(|r| **r == name));
        }
    }
    used
}

#[test]
fn a_room_uses_only_what_stands_to_its_left() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for room in ROOMS {
        let mut files = Vec::new();
        sources(&src.join(room), &mut files);
        assert!(!files.is_empty(), "the room {room} is gone");
        for (path, source) in files {
            for other in rooms_used(&source) {
                if !may_use(room, other) {
                    wrong.push(format!("{path}: {room} uses {other}, which stands to its right"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_rooms_sees_lists_and_paths() {
    assert_eq!(
        rooms_used("use crate::{claims, segment::Sentence};\ncrate::cli::main()"),
        ["claims", "segment", "cli"]
    );
    assert!(!may_use("claims", "align") && !may_use("text", "cli") && may_use("report", "claims"));
}
