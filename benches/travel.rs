//! One matrix: straight lines, a grid of streets, and a country's bicycle graph for a village and as a
//! whole, with petgraph's unbounded Dijkstra on the same nodes beside it.
//!
//! The extract is found through `KRING_INSTANCES` (default `../shared`). Building the graph and snapping are not
//! part of the figures of `matrix`; they have their own.

// No plan hangs on these.
#![allow(clippy::disallowed_methods)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use kring::model::document::{Document, Mode, ModeTable, Streets};
use kring::travel::{self, RoadGraph, Snap};
use petgraph::algo::dijkstra;
use petgraph::graph::DiGraph;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::json;
use std::hint::black_box;
use std::path::{Path, PathBuf};

/// Places a matrix: ten nurses and fifty clients.
const PLACES: usize = 60;

fn generator() -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(1)
}

/// Random points within metres of a centre (a square, sides north and east), near a road.
fn points(graph: &RoadGraph, centre: [f64; 2], metres: f64) -> Vec<Snap> {
    let mut random = generator();
    let degrees = metres / 111_195.0;
    let mut found = Vec::new();
    while found.len() < PLACES {
        let lat = centre[0] + random.random_range(-degrees..degrees);
        let lon = centre[1] + random.random_range(-degrees..degrees) / centre[0].to_radians().cos();
        found.extend(graph.snap(lat, lon).filter(|snap| snap.metres < 300.0));
    }
    found
}

fn straight(criterion: &mut Criterion) {
    let mut random = generator();
    let mut place = || json!({"lat": 52.0 + random.random_range(0.0..0.03), "lon": 4.36 + random.random_range(0.0..0.05)});
    let nurses: Vec<_> =
        (0..10).map(|i| json!({"id": i.to_string(), "home": place(), "shifts": []})).collect();
    let clients: Vec<_> =
        (0..PLACES - 10).map(|i| json!({"id": i.to_string(), "location": place(), "care": []})).collect();
    let document: Document = serde_json::from_value(json!({
        "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
        "nurses": nurses, "clients": clients, "travel": {"straight": {}}
    }))
    .expect("a document");
    criterion.bench_function("travel/straight/60", |bench| {
        bench.iter(|| travel::times(black_box(&document), Path::new(".")));
    });
}

/// A grid of streets 100 m apart.
fn grid(side: usize) -> Streets {
    let node = |row: usize, column: usize| row * side + column;
    let nodes: Vec<[f64; 2]> = (0..side * side)
        .map(|i| [52.0 + (i / side) as f64 * 0.0009, 4.3 + (i % side) as f64 * 0.00146])
        .collect();
    let mut streets = Vec::new();
    for row in 0..side {
        for column in 0..side {
            if column + 1 < side {
                streets.push(json!({"from": node(row, column), "to": node(row, column + 1)}));
            }
            if row + 1 < side {
                streets.push(json!({"from": node(row, column), "to": node(row + 1, column)}));
            }
        }
    }
    serde_json::from_value(json!({"nodes": nodes, "streets": streets})).expect("streets")
}

fn streets(criterion: &mut Criterion) {
    let grid = grid(60);
    criterion.bench_function("travel/streets/build/3600 nodes", |bench| {
        bench.iter(|| RoadGraph::from_streets(black_box(&grid), Mode::Bicycle));
    });
    let graph = RoadGraph::from_streets(&grid, Mode::Bicycle).expect("streets");
    let points = points(&graph, [52.027, 4.3438], 2_400.0);
    criterion.bench_function("travel/streets/matrix/3600 nodes", |bench| {
        bench.iter(|| graph.matrix(black_box(&points)));
    });
}

fn liechtenstein() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("KRING_INSTANCES").map_or(default, PathBuf::from);
    let path = folder.join("roads/liechtenstein-2015.osm.pbf");
    if !path.is_file() {
        eprintln!("skipped: {} is not there (set KRING_INSTANCES)", path.display());
        return None;
    }
    Some(path)
}

fn country(criterion: &mut Criterion) {
    let Some(path) = liechtenstein() else { return };
    let bytes = std::fs::read(path).expect("readable");
    let roads = travel::read_osm(&bytes).expect("an extract");
    let stretches = roads.stretches(Mode::Bicycle, &ModeTable::default());
    let graph = RoadGraph::new(&stretches).expect("roads");
    let unjoined = RoadGraph::unjoined(&stretches).expect("roads");
    let directed = DiGraph::<(), u32, u32>::from_edges(unjoined.arcs());
    eprintln!(
        "bicycle graph: {} nodes, {} arcs; joined {} crossings, {} roads",
        unjoined.crossings(),
        unjoined.arcs().count(),
        graph.crossings(),
        graph.roads()
    );
    let mut group = criterion.benchmark_group("travel/liechtenstein");
    group.sample_size(10);
    group.bench_function("read", |bench| bench.iter(|| travel::read_osm(black_box(&bytes))));
    group.bench_function("build", |bench| bench.iter(|| RoadGraph::new(black_box(&stretches))));
    // Vaduz and its surroundings; then the country from end to end.
    for (name, metres) in [("village", 1_700.0), ("country", 9_200.0)] {
        let centre = [47.141, 9.5215];
        let joined_points = points(&graph, centre, metres);
        let unjoined_points = points(&unjoined, centre, metres);
        group.bench_function(BenchmarkId::new("matrix", name), |bench| {
            bench.iter(|| graph.matrix(black_box(&joined_points)));
        });
        group.bench_function(BenchmarkId::new("matrix unjoined", name), |bench| {
            bench.iter(|| unjoined.matrix(black_box(&unjoined_points)));
        });
    }
    // One unbounded search a source, from as many nodes spread over the file.
    group.bench_function("petgraph unbounded", |bench| {
        bench.iter(|| {
            let step = unjoined.crossings() / PLACES;
            let sources = (0..PLACES).map(|i| ((i * step) as u32).into());
            let reached = sources.map(|from| dijkstra(&directed, from, None, |arc| *arc.weight()).len());
            black_box(reached.sum::<usize>())
        });
    });
    group.finish();
}

criterion_group!(benches, straight, streets, country);
criterion_main!(benches);
