//! Rooms depend one way: a room uses only those above it (see the list), `lib.rs` excepted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rooms from the top of the house down, and files that stand for a room of their own.
const ROOMS: [&str; 10] =
    ["error", "model", "travel", "check", "rules", "search", "exact", "solve", "report", "data"];

/// Rooms that may use less than what stands above them.
const ONLY: [(&str, &[&str]); 3] = [
    ("travel", &["error", "model"]),
    ("check", &["error", "model", "travel"]),
    ("report", &["error", "model", "travel", "check"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a source names after `crate::`, tests aside.
fn rooms_used(text: &str) -> Vec<String> {
    let body = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut used = Vec::new();
    for line in lines {
        for part in line.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            used.push(match name.as_str() {
                "Error" | "Result" => "error".to_owned(),
                "Document" | "Plan" | "Problem" => "model".to_owned(),
                _ => name,
            });
        }
    }
    used
}

#[test]
fn rooms_depend_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let order: BTreeMap<&str, usize> = ROOMS.iter().enumerate().map(|(i, room)| (*room, i)).collect();
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut looked_at = 0;
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&root).expect("below src");
        let first = inside.iter().next().expect("a name").to_string_lossy();
        let room = first.trim_end_matches(".rs").to_owned();
        if ["lib", "bin", "internals"].contains(&room.as_str()) {
            continue;
        }
        let Some(&at) = order.get(room.as_str()) else {
            wrong.push(format!("{room} is not in the list of rooms"));
            continue;
        };
        let only = ONLY.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
        for used in rooms_used(&std::fs::read_to_string(&file).expect("a source")) {
            looked_at += 1;
            let allowed = used == room
                || order
                    .get(used.as_str())
                    .is_some_and(|&u| u < at && only.is_none_or(|o| o.contains(&used.as_str())));
            if !allowed {
                wrong.push(format!("{} uses {used}", inside.display()));
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} uses found: the test looks in the wrong place");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn check_shares_no_code_with_what_it_checks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
    let mut files = Vec::new();
    sources(&folder, &mut files);
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source");
        for word in ["problem", "recurrence", "rules::", "search::", "Problem"] {
            let uses = text.lines().filter(|line| line.contains("use ") || line.contains("crate::"));
            for line in uses.filter(|line| !line.trim_start().starts_with("//")) {
                assert!(!line.contains(word), "{}: {line}", file.display());
            }
        }
    }
}
