//! Forms of vehicle routing: what the search finds on small random instances breaks no rule of the
//! definition and is worth what the search says; and so on every file of the literature that is there.
//!
//! Files are found through `KRING_INSTANCES` (default `../shared`); without them the tests say so and pass.

use crate::routing;
use kring::data::literature::{Evaluation, cordeau, solomon};
use kring::model::cost::Term;
use kring::{Cancel, Objective, Options, Routes, RoutingProblem, solve_routes};
use std::path::{Path, PathBuf};

fn search(problem: &RoutingProblem, iterations: u64) -> Routes {
    let options = Options::default().with_iterations(iterations).with_threads(1);
    solve_routes(problem, &options, &Cancel::new(), |_| {}).expect("options in their ranges")
}

/// Whether routes break nothing but leaving visits out, as many as the search says, and are as long as the
/// search says: a tick is rounded away for each of at most `legs` legs.
fn assert_sound(name: &str, found: &Routes, worth: &Evaluation, ticks: f64) {
    let incomplete = |found: &&String| found.contains("is not served") || found.contains("not a combination");
    let (left_out, wrong): (Vec<&String>, Vec<&String>) = worth.violations.iter().partition(incomplete);
    assert!(wrong.is_empty(), "{name}: {wrong:?}");
    assert_eq!(left_out.is_empty(), found.unplanned.is_empty(), "{name}: {left_out:?} {:?}", found.unplanned);
    assert_eq!(worth.unplanned, found.unplanned.len(), "{name}");
    assert_eq!(worth.vehicles, found.routes.len(), "{name}");
    let legs: usize = found.routes.iter().map(|route| route.customers.len() + 1).sum();
    let more = found.cost[Term::Travel] as f64 / 1000.0 - worth.distance * ticks;
    assert!((-1e-3..legs as f64 + 1e-3).contains(&more), "{name}: {more} ticks more than {}", worth.distance);
}

fn assert_sound_cordeau(name: &str, text: &str, iterations: u64) -> Evaluation {
    assert!(cordeau::looks_like(text) && !solomon::looks_like(text), "{name}");
    let instance = cordeau::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let found = search(&instance.problem().expect("not too large"), iterations);
    let worth = cordeau::evaluate(&instance, &found.routes);
    assert_sound(name, &found, &worth, instance.ticks_per_unit());
    let written = cordeau::write(&instance, &found.routes);
    assert_eq!(cordeau::read_routes(&instance, &written).expect("its own solution"), found.routes, "{name}");
    worth
}

fn assert_sound_solomon(name: &str, text: &str, rounding: solomon::Rounding, iterations: u64) -> Evaluation {
    assert!(solomon::looks_like(text) && !cordeau::looks_like(text), "{name}");
    let instance = solomon::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let found = search(&instance.problem(rounding).expect("not too large"), iterations);
    let worth = solomon::evaluate(&instance, rounding, &found.routes);
    assert_sound(name, &found, &worth, instance.ticks_per_unit(rounding));
    let written = solomon::write(&instance, rounding, &found.routes);
    assert_eq!(solomon::read_routes(&instance, &written).expect("its own solution"), found.routes, "{name}");
    worth
}

#[test]
fn small_instances_of_every_type_are_planned_by_the_definition() {
    for kind in [1, 2, 5, 6, 8] {
        let (mut whole, mut waiting) = (0, 0);
        for seed in 0..60 {
            let text = routing::cordeau(kind, seed);
            let worth = assert_sound_cordeau(&format!("type {kind}, {seed}:\n{text}"), &text, 60);
            whole += usize::from(worth.unplanned == 0);
            waiting += usize::from(worth.unplanned > 0);
        }
        // Instances that can be planned whole, and instances that cannot.
        assert!(whole >= 5 && waiting >= 5, "type {kind}: {whole} planned whole, {waiting} not");
    }
}

#[test]
fn small_instances_with_windows_and_load_are_planned_by_the_definition() {
    let (mut whole, mut waiting) = (0, 0);
    for seed in 0..150 {
        let text = routing::solomon(seed);
        for rounding in [solomon::Rounding::Dimacs, solomon::Rounding::Double] {
            let worth = assert_sound_solomon(&format!("{rounding:?}, {seed}:\n{text}"), &text, rounding, 60);
            whole += usize::from(worth.unplanned == 0);
            waiting += usize::from(worth.unplanned > 0);
        }
    }
    assert!(whole >= 10 && waiting >= 10, "{whole} planned whole, {waiting} not");
}

/// The texts of a folder of instances, by name; none where it is not there.
fn files(folder: &str) -> Vec<(String, String)> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root =
        std::env::var_os("KRING_INSTANCES").map_or(default, PathBuf::from).join("instances").join(folder);
    let Ok(entries) = std::fs::read_dir(&root) else {
        eprintln!("skipped: {} is not there (set KRING_INSTANCES)", root.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let read = |path: &PathBuf| (path.display().to_string(), std::fs::read_to_string(path).expect("text"));
    paths.iter().map(read).collect()
}

#[test]
fn files_of_several_days_and_depots_are_read_and_planned() {
    let folders = ["mdvrptw/cordeau", "mdvrptw/vidal", "pvrptw/pvrp", "pvrptw/pvrptw", "pvrptw/mdpvrp"];
    for (name, text) in folders.into_iter().flat_map(files) {
        let instance = cordeau::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(instance.ticks_per_unit() >= 1_000.0, "{name}");
        // Larger ones only cost time: what they have, smaller ones have too.
        if instance.customers.len() <= 150 {
            assert_sound_cordeau(&name, &text, 100);
        }
    }
}

#[test]
fn files_of_one_depot_and_windows_are_read_and_planned() {
    for (name, text) in ["vrptw/solomon", "vrptw/gehring_homberger"].into_iter().flat_map(files) {
        let instance = solomon::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        if instance.customers() <= 100 {
            let worth = assert_sound_solomon(&name, &text, solomon::Rounding::Dimacs, 100);
            assert_eq!(worth.unplanned, 0, "{name}");
            assert_sound_solomon(&name, &text, solomon::Rounding::Double, 100);
        }
    }
}

#[test]
fn files_of_one_depot_need_fewer_vehicles_where_these_count_first() {
    let (mut few, mut short, mut instances) = (0, 0, 0);
    for (name, text) in files("vrptw/solomon") {
        let instance = solomon::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let problem = instance.problem(solomon::Rounding::Double).expect("not too large");
        let options = Options::default().with_iterations(150).with_threads(1);
        let found =
            solve_routes(&problem, &options.with_objective(Objective::Vehicles), &Cancel::new(), |_| {})
                .expect("options in their ranges");
        let worth = solomon::evaluate(&instance, solomon::Rounding::Double, &found.routes);
        assert_sound(&name, &found, &worth, instance.ticks_per_unit(solomon::Rounding::Double));
        assert_eq!(worth.unplanned, 0, "{name}");
        few += worth.vehicles;
        short += search(&problem, 150).routes.len();
        instances += 1;
    }
    assert!(few + instances / 2 <= short, "{few} vehicles in {instances} instances, otherwise {short}");
}
