//! Real extracts in every mode. They are found through `KRING_INSTANCES` (default `../shared`); without them
//! the tests say so and pass.
#![cfg(feature = "osm")]

use kring::error::ErrorKind;
use kring::model::document::{Document, Mode, ModeTable};
use kring::travel::{self, FAR, RoadGraph, Snap, read_osm};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::json;
use std::path::{Path, PathBuf};

const EXTRACTS: [&str; 4] =
    ["liechtenstein-2015", "andorra-2013", "helsinki-centre-2019", "kotka-helila-2019"];

fn folder() -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("KRING_INSTANCES").map_or(default, PathBuf::from).join("roads")
}

/// The path of an extract, if it is there.
fn extract(name: &str) -> Option<PathBuf> {
    let path = folder().join(format!("{name}.osm.pbf"));
    if !path.is_file() {
        eprintln!("skipped: {} is not there (set KRING_INSTANCES)", path.display());
        return None;
    }
    Some(path)
}

/// Points anywhere in the middle of the graph's box, near some road.
fn points(graph: &RoadGraph, count: usize) -> Vec<[f64; 2]> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let [low, high] = graph.bounds();
    let mut found = Vec::new();
    while found.len() < count {
        let [lat, lon] = [0, 1].map(|axis| random.random_range(low[axis]..high[axis]));
        if graph.snap(lat, lon).is_some_and(|snap| snap.metres < 500.0) {
            found.push([lat, lon]);
        }
    }
    found
}

fn snaps(graph: &RoadGraph, points: &[[f64; 2]]) -> Vec<Snap> {
    points.iter().filter_map(|&[lat, lon]| graph.snap(lat, lon)).collect()
}

#[test]
fn every_extract_gives_the_same_times_joined_or_not() {
    for name in EXTRACTS {
        let Some(path) = extract(name) else { continue };
        let roads = read_osm(&std::fs::read(&path).expect("readable")).expect("an extract");
        for mode in Mode::ALL {
            let stretches = roads.stretches(mode, &ModeTable::default());
            let graph = RoadGraph::new(&stretches).expect("roads");
            let twin = RoadGraph::unjoined(&stretches).expect("roads");
            let points = points(&graph, 20);
            let times = graph.matrix(&snaps(&graph, &points));
            assert!(times.iter().all(|&time| time != FAR), "{name}, {mode:?}: all in the largest part");
            for (a, b) in times.iter().zip(twin.matrix(&snaps(&twin, &points))) {
                assert!(a.abs_diff(b) <= 2, "{name}, {mode:?}: {a} joined, {b} not");
            }
            eprintln!(
                "{name}, {}: {} pieces, {} roads, {} crossings",
                mode.name(),
                graph.pieces(),
                graph.roads(),
                graph.crossings()
            );
        }
    }
}

#[test]
fn a_country_by_bicycle_matches_petgraph() {
    let Some(path) = extract("liechtenstein-2015") else { return };
    let roads = read_osm(&std::fs::read(path).expect("readable")).expect("an extract");
    let stretches = roads.stretches(Mode::Bicycle, &ModeTable::default());
    let graph = RoadGraph::new(&stretches).expect("roads");
    let both_ways = stretches.stretches.iter().flat_map(|stretch| {
        let (from, to) = (stretch.from, stretch.to);
        [stretch.ahead.map(|time| (from, to, time)), stretch.back.map(|time| (to, from, time))]
    });
    let directed = DiGraph::<(), u32, u32>::from_edges(both_ways.flatten());
    // Nodes of roads of the largest part, where a snap is the node itself.
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut chosen = Vec::new();
    while chosen.len() < 40 {
        let node = random.random_range(0..stretches.nodes.len());
        let [lat, lon] = stretches.nodes[node];
        let snap = graph.snap(lat, lon).expect("roads");
        if snap.metres < 1e-6 && node < directed.node_count() {
            chosen.push((node as u32, snap));
        }
    }
    let snaps: Vec<Snap> = chosen.iter().map(|&(_, snap)| snap).collect();
    let times = graph.matrix(&snaps);
    for (row, &(from, _)) in times.chunks(chosen.len()).zip(&chosen).step_by(4) {
        let expected = dijkstra(&directed, from.into(), None, |arc| *arc.weight());
        for (time, (to, _)) in row.iter().zip(&chosen) {
            assert_eq!(expected.get(&NodeIndex::new(*to as usize)), Some(time), "node {from} to node {to}");
        }
    }
}

#[test]
fn neighbouring_towns_are_as_far_as_they_are() {
    let Some(path) = extract("liechtenstein-2015") else { return };
    // The town halls of Vaduz and Schaan: 3.1 km by road.
    let towns = [[47.1393, 9.5228], [47.1650, 9.5094]];
    for (mode, least, most) in [(Mode::Walk, 2100, 2900), (Mode::Bicycle, 700, 1000), (Mode::Car, 340, 600)] {
        let graph = RoadGraph::from_osm(&path, mode, &ModeTable::default()).expect("roads");
        let times = graph.matrix(&snaps(&graph, &towns));
        for time in [times[1], times[2]].map(|time| time / 1000) {
            assert!((least..=most).contains(&time), "{mode:?}: {time} s");
        }
    }
}

fn document(file: &str, clients: &[[f64; 2]]) -> Document {
    let place = |[lat, lon]: [f64; 2]| json!({"lat": lat, "lon": lon});
    let nurse =
        |mode: &str| json!({"id": mode, "home": place([47.1393, 9.5228]), "mode": mode, "shifts": []});
    let client =
        |(i, &at): (usize, &[f64; 2])| json!({"id": i.to_string(), "location": place(at), "care": []});
    serde_json::from_value(json!({
        "kring": 1,
        "horizon": {"first_day": "2026-03-02", "days": 1},
        "nurses": [nurse("walk"), nurse("bicycle"), nurse("car")],
        "clients": clients.iter().enumerate().map(client).collect::<Vec<_>>(),
        "travel": {"osm": {"file": file}}
    }))
    .expect("a document of the documented form")
}

#[test]
fn a_document_names_its_extract_relative_to_itself() {
    let name = "liechtenstein-2015";
    if extract(name).is_none() {
        return;
    }
    let file = format!("{name}.osm.pbf");
    let times = travel::times(&document(&file, &[[47.1650, 9.5094]]), &folder()).expect("times");
    let seconds = Mode::ALL.map(|mode| times.seconds(mode, mode.index(), 3).expect("in use"));
    assert!(seconds[0] > seconds[1] && seconds[1] > seconds[2], "{seconds:?}");
    // Mountain tops and another country.
    let far = document(&file, &[[47.1650, 9.5094], [47.5, 9.9]]);
    let error = travel::times(&far, &folder()).expect_err("no road there");
    assert_eq!(error.kind(), ErrorKind::Travel);
    let paths: Vec<_> = error.mistakes().iter().map(|mistake| mistake.path.as_str()).collect();
    assert_eq!(paths, ["clients[1].location"; 3], "once a mode");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    for (file, kind) in
        [("no-such.osm.pbf", ErrorKind::File), (".", ErrorKind::File), ("Cargo.toml", ErrorKind::Format)]
    {
        let base = Path::new(env!("CARGO_MANIFEST_DIR"));
        let error = travel::times(&document(file, &[]), base).expect_err("no extract");
        assert_eq!((error.kind(), error.mistakes()[0].path.as_str()), (kind, "travel.osm.file"), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn only_plain_files_within_the_folder_of_the_document_are_read() {
    let folder = std::env::temp_dir().join(format!("kring-within-{}", std::process::id()));
    let inside = folder.join("inside");
    std::fs::create_dir_all(&inside).expect("a folder");
    std::fs::write(folder.join("outside.osm.pbf"), "x").expect("a file");
    std::os::unix::fs::symlink(folder.join("outside.osm.pbf"), inside.join("link")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", inside.join("zero")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(inside.join("pipe")).status().expect("mkfifo");
    assert!(made.success());
    for (file, part) in [
        ("../outside.osm.pbf", "leads out of the folder"),
        ("/dev/zero", "leads out of the folder"),
        ("link", "a link out of the folder"),
        ("zero", "a link out of the folder"),
        ("pipe", "not a plain file"),
    ] {
        let error = travel::times(&document(file, &[]), &inside).expect_err("no extract");
        assert_eq!(error.kind(), ErrorKind::File, "{file}");
        assert!(error.to_string().contains(part), "{file}: {error}");
    }
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn extracts_cut_off_or_spoilt_anywhere_end_in_an_answer() {
    let Some(path) = extract("kotka-helila-2019") else { return };
    let whole = std::fs::read(path).expect("readable");
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    for _ in 0..40 {
        let cut = random.random_range(0..whole.len());
        let mut spoilt = whole.clone();
        for _ in 0..3 {
            let at = random.random_range(0..spoilt.len());
            spoilt[at] = random.random();
        }
        for bytes in [&whole[..cut], &spoilt] {
            if let Ok(roads) = read_osm(bytes) {
                for mode in Mode::ALL {
                    let graph = RoadGraph::new(&roads.stretches(mode, &ModeTable::default()));
                    assert!(graph.is_none_or(|graph| graph.pieces() > 0));
                }
            }
        }
    }
}
