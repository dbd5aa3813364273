//! Who may use whom: the rooms of the library, the files within a room, and what some files may not name at all.
//!
//! The tables come first; whoever adds a file or a room writes it there. Lists of exceptions only become shorter: an
//! exception that is no longer needed fails, too.

mod graph;
mod shown;
mod sources;

use graph::Uses;
use sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms from the top of the house down, and files that stand for a room of their own.
const ROOMS: [&str; 10] =
    ["error", "model", "travel", "check", "rules", "search", "exact", "solve", "report", "data"];

/// Files of the root of `src` that may use every room.
const FRONT: [&str; 2] = ["lib", "internals"];

/// Rooms that may use less than what stands above them.
const ONLY: [(&str, &[&str]); 3] = [
    ("travel", &["error", "model"]),
    ("check", &["error", "model", "travel"]),
    ("report", &["error", "model", "travel", "check"]),
];

/// Layers inside rooms, from the lowest to the highest. A name without `.rs` is a folder and stands for all files in
/// it. A file may use files of lower layers and of its own folder.
const LAYERS: &[(&str, &[&[&str]])] = &[
    (
        "rules",
        &[
            &["schedule.rs", "journey.rs", "assignments.rs", "due_start.rs", "pairing"],
            &["segment.rs", "ledger.rs", "preferred_start.rs", "changed_hour.rs"],
            &[
                "stop.rs",
                "tour_cost.rs",
                "continuity.rs",
                "concentration.rs",
                "introduction.rs",
                "hours.rs",
                "household.rs",
                "regular_hour.rs",
            ],
            &["fair_load.rs"],
            &["ledgers.rs", "sequence.rs"],
            &["evaluator.rs"],
            &["relaxation.rs", "departure.rs"],
            &["tour.rs"],
            &["proposal.rs"],
            &["delta.rs"],
            &["mod.rs"],
        ],
    ),
    (
        "search",
        &[
            &["repair_bias.rs", "candidates.rs", "rng.rs", "insertion.rs"],
            &["insertion_cache.rs"],
            &["draft"],
            &["annealing.rs", "scan.rs", "breaks.rs", "penalty.rs", "pool.rs", "snapshot.rs"],
            &["best_insertion.rs"],
            &["joint_insertion.rs", "warm_start.rs", "restarts.rs"],
            &["construct.rs", "explain.rs", "recreate.rs", "removal", "reduction.rs", "revert.rs"],
            &["moves"],
            &["proposal_trial.rs"],
            &["output.rs", "worker.rs"],
            &["portfolio.rs"],
            &["fleet.rs"],
            &["mod.rs"],
        ],
    ),
];

/// Uses against the layers that stand for now.
const AGAINST_LAYERS: &[(&str, &str)] = &[];

/// Rooms that name no single rule, but only what `rules/mod.rs` offers.
const WITHOUT_RULES: [&str; 2] = ["search", "exact"];

/// Single rules named there that stand for now.
const RULES_NAMED: &[(&str, &str)] = &[];

/// Files and folders of `rules` that are one rule each. Nothing that they define may be shown to other rooms.
const SINGLE_RULES: [&str; 11] = [
    "pairing",
    "tour_cost.rs",
    "preferred_start.rs",
    "changed_hour.rs",
    "continuity.rs",
    "concentration.rs",
    "introduction.rs",
    "household.rs",
    "hours.rs",
    "fair_load.rs",
    "regular_hour.rs",
];

/// What other rooms see of them for now: methods, fields and names that `rules/mod.rs` offers, each with the file where it is shown.
/// (Whether a pair is allowed, and why not, is asked in one place: it is the question of all pairing rules together.)
const RULES_SEEN: &[(&str, &str)] = &[("mod.rs", "FORBIDDEN"), ("mod.rs", "judge")];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn library() -> Sources {
    Sources::read(&src(), "lib.rs")
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Compares findings with exceptions: neither may hold what the other does not.
fn assert_only<T: Ord + Clone + std::fmt::Debug>(found: BTreeSet<T>, excepted: &[T], what: &str) {
    let excepted: BTreeSet<T> = excepted.iter().cloned().collect();
    // A line each, as the lists of exceptions have them.
    let lines = |some: Vec<&T>| some.iter().map(|one| format!("    {one:?},\n")).collect::<String>();
    let new = lines(found.difference(&excepted).collect());
    assert!(new.is_empty(), "{what}:\n{new}");
    let gone = lines(excepted.difference(&found).collect());
    assert!(gone.is_empty(), "exceptions that are no longer needed, to be deleted ({what}):\n{gone}");
}

#[test]
fn every_source_file_belongs_to_a_crate() {
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
    let mut files = Vec::new();
    sources(&src(), &mut files);
    let mut known = BTreeSet::new();
    for (folder, root) in [(src(), "lib.rs"), (src().join("bin/kring"), "main.rs")] {
        let crate_ = Sources::read(&folder, root);
        known.extend(crate_.files.keys().map(|file| folder.join(file)));
        known.extend(crate_.tests.iter().map(|file| folder.join(file)));
    }
    let unknown: Vec<&PathBuf> = files.iter().filter(|file| !known.contains(*file)).collect();
    assert!(unknown.is_empty(), "in no module: {unknown:#?}");
    assert!(files.len() > 200, "only {} files found: the test looks in the wrong place", files.len());
}

#[test]
fn rooms_depend_one_way() {
    let order: BTreeMap<&str, usize> = ROOMS.iter().enumerate().map(|(at, room)| (*room, at)).collect();
    let library = library();
    let mut looked_at = 0;
    let mut wrong = Vec::new();
    for file in library.files.keys().filter(|file| !FRONT.contains(&room(file))) {
        let Some(&at) = order.get(room(file)) else {
            wrong.push(format!("{} is not in the list of rooms", room(file)));
            continue;
        };
        let only = ONLY.iter().find(|(name, _)| *name == room(file)).map(|(_, allowed)| *allowed);
        for used in library.used_by(file).into_iter().map(room).filter(|used| *used != room(file)) {
            looked_at += 1;
            let above = order.get(used).is_some_and(|&used| used < at);
            if !above || only.is_some_and(|only| !only.contains(&used)) {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(looked_at > 200, "only {looked_at} uses found: the test looks in the wrong place");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_use_only_lower_layers_of_their_room() {
    let library = library();
    let mut against = BTreeSet::new();
    for &(name, layers) in LAYERS {
        let entry = |file: &str| {
            let inside = file.strip_prefix(name).and_then(|file| file.strip_prefix('/')).unwrap_or_default();
            let mut found = Vec::new();
            for (height, layer) in layers.iter().enumerate() {
                let is_it = |entry: &&&str| inside == **entry || inside.starts_with(&format!("{entry}/"));
                found.extend(layer.iter().filter(is_it).map(|entry| (height, *entry)));
            }
            assert!(found.len() == 1, "{file} must stand in the layers of {name} once: {found:?}");
            found[0]
        };
        let files = || library.files.keys().filter(|file| room(file) == name);
        for (height, listed) in
            layers.iter().enumerate().flat_map(|(height, l)| l.iter().map(move |e| (height, *e)))
        {
            assert!(
                files().any(|file| entry(file) == (height, listed)),
                "layers of {name}: no file {listed}"
            );
        }
        for file in files() {
            let at = entry(file);
            for used in library.used_by(file).into_iter().filter(|used| room(used) == name) {
                let of = entry(used);
                if of != at && of.0 >= at.0 {
                    against.insert((file.as_str(), used));
                }
            }
        }
    }
    assert_only(against, AGAINST_LAYERS, "uses of a layer that is not lower");
}

#[test]
fn no_circle_runs_through_the_files_of_a_room() {
    let mut uses = Uses::default();
    let library = library();
    for file in library.files.keys() {
        let used = library.used_by(file).into_iter().filter(|used| room(used) == room(file));
        used.for_each(|used| uses.add(file, used));
    }
    let binary = Sources::read(&src().join("bin/kring"), "main.rs");
    for file in binary.files.keys() {
        let here = |file: &str| format!("bin/kring/{file}");
        binary.used_by(file).into_iter().for_each(|used| uses.add(&here(file), &here(used)));
    }
    let circles = uses.circles();
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn search_and_exact_name_no_single_rule() {
    let library = library();
    let mut named = BTreeSet::new();
    for (file, source) in library.files.iter().filter(|(file, _)| WITHOUT_RULES.contains(&room(file))) {
        for names in &source.written {
            if let [room, rule, ..] = &names[..]
                && room == "rules"
                && library.is_module(&names[..2])
            {
                named.insert((file.as_str(), rule.as_str()));
            }
        }
    }
    assert_only(named, RULES_NAMED, "single rules named");
}

/// A rule can be had without its name as well: through a method that returns it, as in `evaluator.hours()`, or a field.
#[test]
fn the_rules_room_shows_no_single_rule() {
    let library = library();
    let files: Vec<&str> = library.files.keys().filter_map(|file| file.strip_prefix("rules/")).collect();
    let is_single =
        |file: &str| SINGLE_RULES.iter().any(|rule| file == *rule || file.starts_with(&format!("{rule}/")));
    for rule in SINGLE_RULES {
        assert!(files.iter().any(|file| file.starts_with(rule)), "no rule {rule}");
    }
    let parse = |file: &&str| {
        let text = std::fs::read_to_string(src().join("rules").join(file)).expect("a source");
        syn::parse_file(&text).expect("Rust")
    };
    let of_rules = files.iter().filter(|file| is_single(file)).map(parse);
    let types: BTreeSet<String> = of_rules.flat_map(|file| shown::types(&file)).collect();
    assert!(types.contains("HoursRule") && types.contains("ContinuityRule"), "{types:?}");
    let mut seen = BTreeSet::new();
    let mut looked_at = 0;
    for file in files.iter().filter(|file| !is_single(file)) {
        for (name, ty) in shown::items(&parse(file)) {
            looked_at += 1;
            if shown::names(&ty).iter().any(|name| types.contains(name)) {
                seen.insert(((*file).to_owned(), name));
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} methods and fields: the test looks in the wrong place");
    let modules = SINGLE_RULES.map(|rule| rule.trim_end_matches(".rs"));
    let offered = shown::re_exports(&parse(&"mod.rs"));
    seen.extend(
        offered
            .into_iter()
            .filter(|(module, _)| modules.contains(&module.as_str()))
            .map(|(_, name)| ("mod.rs".to_owned(), name)),
    );
    let seen = seen.iter().map(|(file, name)| (file.as_str(), name.as_str())).collect();
    assert_only(seen, RULES_SEEN, "single rules that other rooms can see");
}

#[test]
fn check_shares_no_code_with_what_it_checks() {
    let library = library();
    let files: Vec<&String> = library.files.keys().filter(|file| room(file) == "check").collect();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        let used = library.used_by(file);
        for shared in ["model/problem.rs", "model/recurrence.rs"] {
            assert!(!used.contains(shared), "{file} uses {shared}");
        }
        // Nor do its tests.
        let text = std::fs::read_to_string(src().join(file)).expect("a source");
        for word in ["problem", "recurrence", "rules::", "search::", "Problem"] {
            let uses = text.lines().filter(|line| line.contains("use ") || line.contains("crate::"));
            for line in uses.filter(|line| !line.trim_start().starts_with("//")) {
                assert!(!line.contains(word), "{file}: {line}");
            }
        }
    }
}
