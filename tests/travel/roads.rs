//! Road graphs against oracles: petgraph's Dijkstra, the unjoined twin, and the nearest of all pieces.

// Tests compare with what the platform computes.
#![allow(clippy::disallowed_methods)]

use kring::model::document::{Mode, Streets};
use kring::travel::{FAR, RoadGraph, Snap, Stretch, Stretches};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Up to 25 nodes within two kilometres, never at one place (they lie along a spiral, somewhat shaken), and some
/// stretches between them, no two alike.
fn stretches() -> impl Strategy<Value = Stretches> {
    let shaken = prop::array::uniform2(-0.0005..0.0005f64);
    let time = || prop::option::weighted(0.8, 1..100_000u32);
    let stretch = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        time(),
        time(),
        prop::bool::weighted(0.9),
    );
    (prop::collection::vec(shaken, 2..25), prop::collection::vec(stretch, 1..60)).prop_map(
        |(nodes, drawn)| {
            let mut pairs = BTreeSet::new();
            let mut all = Stretches { seconds_per_metre: 0.75, ..Stretches::default() };
            for (from, to, ahead, back, has_doors) in drawn {
                let (from, to) = (from.index(nodes.len()) as u32, to.index(nodes.len()) as u32);
                if from != to && pairs.insert((from.min(to), from.max(to))) {
                    all.stretches.push(Stretch { from, to, ahead, back, has_doors });
                }
            }
            let spiral = |(i, [lat, lon]): (usize, [f64; 2])| {
                let (radius, angle) = (0.002 * (i as f64).sqrt(), 2.4 * i as f64);
                [52.01 + radius * angle.sin() + lat, 4.31 + radius * angle.cos() + lon]
            };
            all.nodes = nodes.into_iter().enumerate().map(spiral).collect();
            all
        },
    )
}

/// Every way of the stretches, in petgraph's form.
fn oracle(all: &Stretches) -> DiGraph<(), u32> {
    let mut graph = DiGraph::new();
    for _ in &all.nodes {
        graph.add_node(());
    }
    for stretch in &all.stretches {
        let (from, to) = (NodeIndex::new(stretch.from as usize), NodeIndex::new(stretch.to as usize));
        stretch.ahead.map(|time| graph.add_edge(from, to, time));
        stretch.back.map(|time| graph.add_edge(to, from, time));
    }
    graph
}

/// The point at a share of the straight line between two points of the Mercator map.
fn on_map_line(a: [f64; 2], b: [f64; 2], share: f64) -> [f64; 2] {
    let northing = |lat: f64| lat.to_radians().tan().asinh();
    let north = northing(a[0]) + (northing(b[0]) - northing(a[0])) * share;
    [north.sinh().atan().to_degrees(), a[1] + (b[1] - a[1]) * share]
}

/// Splits some stretches at a share of their length; the split nodes come back as places to be asked for.
fn split(all: &Stretches, cuts: &[(prop::sample::Index, f64)]) -> (Stretches, Vec<usize>) {
    let (mut more, mut places) = (all.clone(), Vec::new());
    let mut done = BTreeSet::new();
    for (which, share) in cuts {
        let which = which.index(all.stretches.len().max(1));
        if which >= all.stretches.len() || !done.insert(which) {
            continue;
        }
        let old = all.stretches[which];
        let [a, b] = [old.from, old.to].map(|node| all.nodes[node as usize]);
        let middle = more.nodes.len() as u32;
        more.nodes.push(on_map_line(a, b, *share));
        places.push(middle as usize);
        let part = |time: Option<u32>, share: f64| time.map(|time| (f64::from(time) * share).round() as u32);
        let rest =
            |time: Option<u32>, share: f64| time.zip(part(time, share)).map(|(time, part)| time - part);
        more.stretches[which] =
            Stretch { to: middle, ahead: part(old.ahead, *share), back: part(old.back, *share), ..old };
        more.stretches.push(Stretch {
            from: middle,
            ahead: rest(old.ahead, *share),
            back: rest(old.back, *share),
            ..old
        });
    }
    (more, places)
}

/// The snaps of those nodes that lie on a road of the graph, with their numbers.
fn on_road(
    graph: &RoadGraph,
    all: &Stretches,
    nodes: impl Iterator<Item = usize>,
) -> (Vec<Snap>, Vec<usize>) {
    nodes
        .filter_map(|node| {
            let [lat, lon] = all.nodes[node];
            graph.snap(lat, lon).filter(|snap| snap.metres < 1e-6).map(|snap| (snap, node))
        })
        .unzip()
}

fn assert_matches(
    found: &[u32],
    nodes: &[usize],
    oracle: &DiGraph<(), u32>,
    tolerance: u32,
) -> Result<(), TestCaseError> {
    for (row, &from) in found.chunks(nodes.len().max(1)).zip(nodes) {
        let expected = dijkstra(oracle, NodeIndex::new(from), None, |arc| *arc.weight());
        for (&time, &to) in row.iter().zip(nodes) {
            let expected = expected.get(&NodeIndex::new(to)).copied().unwrap_or(FAR);
            prop_assert!(time.abs_diff(expected) <= tolerance, "{from} to {to}: {time}, expected {expected}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn times_between_nodes_are_those_of_petgraph(all in stretches()) {
        for graph in [RoadGraph::new(&all), RoadGraph::unjoined(&all)].into_iter().flatten() {
            let (snaps, nodes) = on_road(&graph, &all, 0..all.nodes.len());
            prop_assert!(!snaps.is_empty());
            assert_matches(&graph.matrix(&snaps), &nodes, &oracle(&all), 0)?;
        }
    }

    #[test]
    fn a_place_on_a_road_is_a_node_that_splits_it(
        all in stretches(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0.01..0.99f64), 1..20),
    ) {
        if let Some(graph) = RoadGraph::new(&all) {
            let (more, places) = split(&all, &cuts);
            let (snaps, nodes) = on_road(&graph, &more, places.into_iter());
            // A millisecond of rounding at either end.
            assert_matches(&graph.matrix(&snaps), &nodes, &oracle(&more), 2)?;
        }
    }

    #[test]
    fn joining_bends_changes_no_time(
        all in stretches(),
        points in prop::collection::vec(prop::array::uniform2(0.0..0.02f64), 1..12),
    ) {
        let (joined, unjoined) = (RoadGraph::new(&all), RoadGraph::unjoined(&all));
        prop_assert_eq!(joined.is_some(), unjoined.is_some());
        if let Some((joined, unjoined)) = joined.zip(unjoined) {
            prop_assert!(joined.crossings() <= unjoined.crossings());
            prop_assert_eq!(joined.pieces(), unjoined.roads());
            let times = [&joined, &unjoined].map(|graph| {
                let snap = |&[lat, lon]: &[f64; 2]| graph.snap(52.0 + lat, 4.3 + lon);
                graph.matrix(&points.iter().filter_map(snap).collect::<Vec<_>>())
            });
            for (a, b) in times[0].iter().zip(&times[1]) {
                prop_assert!(a.abs_diff(*b) <= 2, "{a} joined, {b} not");
            }
        }
    }

    #[test]
    fn the_nearest_piece_is_found(
        nodes in prop::collection::vec(prop::array::uniform2(0.0..0.02f64), 2..12),
        point in prop::array::uniform2(-0.01..0.03f64),
    ) {
        // A path through all nodes, so that everything is connected.
        let nodes: Vec<[f64; 2]> = nodes.iter().map(|[lat, lon]| [52.0 + lat, 4.3 + lon]).collect();
        let streets: Streets = serde_json::from_value(serde_json::json!({
            "nodes": nodes,
            "streets": (1..nodes.len()).map(|to| serde_json::json!({"from": to - 1, "to": to})).collect::<Vec<_>>(),
        })).expect("streets");
        let graph = RoadGraph::from_streets(&streets, Mode::Walk).expect("roads");
        let point = [52.0 + point[0], 4.3 + point[1]];
        let snap = graph.snap(point[0], point[1]).expect("near");
        // Metres on the plane that touches the earth at the point.
        let flat = |[lat, lon]: [f64; 2]| {
            let metres = 6_371_008.8f64.to_radians();
            [(lat - point[0]) * metres, (lon - point[1]) * metres * point[0].to_radians().cos()]
        };
        let nearest = nodes.windows(2).map(|pair| from_origin(flat(pair[0]), flat(pair[1]))).fold(f64::INFINITY, f64::min);
        prop_assert!((snap.metres - nearest).abs() <= 0.5 + nearest * 0.001, "{} found, {nearest} is nearest", snap.metres);
    }
}

/// Distance of the origin from the line between two points.
fn from_origin(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    let share = (-(a[0] * x + a[1] * y) / (x * x + y * y).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    (a[0] + share * x).hypot(a[1] + share * y)
}

#[test]
fn a_ring_without_crossings_is_one_road() {
    let nodes = vec![[52.0, 4.3], [52.0, 4.31], [52.01, 4.31], [52.01, 4.3]];
    let ring =
        |from: u32| Stretch { from, to: (from + 1) % 4, ahead: Some(1000), back: None, has_doors: true };
    let all = Stretches { nodes, stretches: (0..4).map(ring).collect(), seconds_per_metre: 1.0 };
    let graph = RoadGraph::new(&all).expect("a ring");
    assert_eq!((graph.crossings(), graph.roads(), graph.pieces()), (1, 1, 4));
    let snaps: Vec<Snap> = all.nodes.iter().filter_map(|&[lat, lon]| graph.snap(lat, lon)).collect();
    let times = graph.matrix(&snaps);
    // Ahead 1 s a side; back only by the whole ring.
    assert_eq!(times[..4], [0, 1000, 2000, 3000]);
    assert_eq!(times[4..8], [3000, 0, 1000, 2000]);
}

#[test]
fn dead_ends_that_cannot_be_left_are_no_part_of_the_graph() {
    let nodes = vec![[52.0, 4.3], [52.0, 4.31], [52.0, 4.32]];
    let two_way = Stretch { from: 0, to: 1, ahead: Some(1000), back: Some(1000), has_doors: true };
    let trap = Stretch { from: 1, to: 2, ahead: Some(1000), back: None, has_doors: true };
    let all = Stretches { nodes, stretches: vec![two_way, trap], seconds_per_metre: 1.0 };
    let graph = RoadGraph::new(&all).expect("one street");
    assert_eq!(graph.pieces(), 1);
    let snap = graph.snap(52.0, 4.32).expect("the nearest end");
    assert_eq!(snap.on_road, [52.0, 4.31]);
}

#[test]
fn hostile_stretches_are_left_out() {
    let nodes = vec![[52.0, 4.3], [52.0, 4.31], [f64::NAN, 4.3], [52.0, 181.0]];
    let sound = Stretch { from: 0, to: 1, ahead: Some(1000), back: Some(1000), has_doors: true };
    let long = Some(Stretch::LONGEST + 1);
    let strange = [
        Stretch { to: 7, ..sound },
        Stretch { to: 2, ..sound },
        Stretch { to: 3, ..sound },
        Stretch { to: 0, ..sound },
        Stretch { ahead: long, back: long, ..sound },
        Stretch { ahead: None, back: None, ..sound },
    ];
    let alone = Stretches { nodes: nodes.clone(), stretches: strange.to_vec(), seconds_per_metre: 1.0 };
    assert!(RoadGraph::new(&alone).is_none());
    let with = Stretches { nodes, stretches: [&strange[..], &[sound]].concat(), seconds_per_metre: 1.0 };
    let graph = RoadGraph::new(&with).expect("the sound one");
    assert_eq!(graph.pieces(), 1);
    assert_eq!(graph.snap(f64::NAN, 0.0), None);
    assert_eq!(graph.matrix(&[]), Vec::<u32>::new());
}

#[test]
fn a_way_of_more_than_a_day_is_far() {
    let nodes: Vec<[f64; 2]> = (0..4).map(|i| [52.0, 4.3 + 0.01 * f64::from(i)]).collect();
    let half = Some(Stretch::LONGEST / 2 + 1);
    let stretch = |from| Stretch { from, to: from + 1, ahead: half, back: half, has_doors: true };
    let all = Stretches { nodes, stretches: (0..3).map(stretch).collect(), seconds_per_metre: 1.0 };
    let graph = RoadGraph::new(&all).expect("a street");
    let snaps: Vec<Snap> = all.nodes.iter().filter_map(|&[lat, lon]| graph.snap(lat, lon)).collect();
    let times = graph.matrix(&snaps);
    assert_eq!(times[..4], [0, Stretch::LONGEST / 2 + 1, FAR, FAR]);
}
