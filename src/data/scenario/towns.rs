//! The streets of each scenario, and where its clients live.

use super::draw::Draw;
use super::kinds::Scenario;
use super::map::{Map, Point, distance};
use crate::model::document::{ModeSpeed, ModeTable, StreetUse};

/// Draws the streets and one address a client.
pub(super) fn build(scenario: Scenario, clients: usize, draw: &mut Draw) -> Map {
    let mut map = match scenario {
        Scenario::Town => town(draw),
        Scenario::Village => village(draw),
        Scenario::Flats => flats(draw),
    };
    map.addresses = match scenario {
        // Two residences, some streets with many clients, the rest all over.
        Scenario::Town => {
            addresses(&map, clients, Living { houses: 2, in_house: 0.18, streets: 9, near: 160.0 }, draw)
        }
        // The village itself and its hamlets, and farms between them.
        Scenario::Village => {
            addresses(&map, clients, Living { houses: 1, in_house: 0.1, streets: 6, near: 500.0 }, draw)
        }
        // Towers of seven clients each.
        Scenario::Flats => {
            let houses = clients.div_ceil(7);
            addresses(&map, clients, Living { houses, in_house: 0.85, streets: 3, near: 150.0 }, draw)
        }
    };
    map
}

fn speeds(bicycle: f64, car: f64, walk_stop: u32) -> ModeTable {
    ModeTable {
        walk: ModeSpeed { kmh: 4.8, stop_seconds: walk_stop },
        bicycle: ModeSpeed { kmh: bicycle, stop_seconds: 60 },
        car: ModeSpeed { kmh: car, stop_seconds: 180 },
    }
}

/// A town within 1.5 km, cut in two by a canal with a bridge at every fourth street.
fn town(draw: &mut Draw) -> Map {
    let mut map = Map { modes: speeds(14.0, 30.0, 0), homes_within: 1_400.0, ..Map::default() };
    lattice(&mut map, Lattice { middle: (0.0, 0.0), radius: 1_500.0, spacing: 132.0, canal: true }, draw);
    map
}

/// Blocks of flats with paths between them, within 700 m.
fn flats(draw: &mut Draw) -> Map {
    // A minute and a half to the lift and up.
    let mut map = Map { modes: speeds(14.0, 30.0, 90), homes_within: 650.0, ..Map::default() };
    lattice(&mut map, Lattice { middle: (0.0, 0.0), radius: 700.0, spacing: 88.0, canal: false }, draw);
    map
}

/// A village with five hamlets 3 to 7.5 km away, joined by country roads.
fn village(draw: &mut Draw) -> Map {
    let mut map = Map { modes: speeds(18.0, 70.0, 0), homes_within: 6_000.0, ..Map::default() };
    let middles: [Point; 6] = [
        (0.0, 0.0),
        (3_400.0, 900.0),
        (-300.0, 5_200.0),
        (-5_600.0, 2_300.0),
        (-2_700.0, -4_100.0),
        (5_300.0, -4_700.0),
    ];
    let centres: Vec<usize> = middles
        .iter()
        .enumerate()
        .map(|(i, &middle)| {
            let first = map.nodes.len();
            let radius = if i == 0 { 650.0 } else { 260.0 };
            lattice(&mut map, Lattice { middle, radius, spacing: 120.0, canal: false }, draw);
            let far = |&node: &usize| distance(map.nodes[node], middle);
            (first..map.nodes.len()).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(first)
        })
        .collect();
    // A road from the village to each hamlet, and from each hamlet but the last to the next.
    for hamlet in 1..centres.len() {
        road(&mut map, centres[0], centres[hamlet], StreetUse::All, draw);
    }
    for (a, b, use_by) in [
        (1, 2, StreetUse::All),
        (2, 3, StreetUse::Cycleway),
        (3, 4, StreetUse::All),
        (4, 5, StreetUse::Cycleway),
    ] {
        road(&mut map, centres[a], centres[b], use_by, draw);
    }
    map
}

/// A winding country road with a bend every 400 m or so.
fn road(map: &mut Map, from: usize, to: usize, use_by: StreetUse, draw: &mut Draw) {
    let (a, b) = (map.nodes[from], map.nodes[to]);
    let pieces = (distance(a, b) / 400.0).round().max(1.0);
    let mut before = from;
    for i in 1..=pieces as usize {
        let part = i as f64 / pieces;
        let node = if i as f64 == pieces {
            to
        } else {
            let bend = (draw.around(70.0), draw.around(70.0));
            map.add_node((a.0 + (b.0 - a.0) * part + bend.0, a.1 + (b.1 - a.1) * part + bend.1))
        };
        map.add_street(before, node, 60.0).use_by = use_by;
        before = node;
    }
}

/// Crossings about `spacing` metres apart within a circle.
struct Lattice {
    middle: Point,
    radius: f64,
    spacing: f64,
    canal: bool,
}

/// Adds a lattice of streets that has lost its regularity: crossings moved, one street in five gone,
/// some of the others one-way, for cyclists or for walkers only. A tree of ordinary streets is kept
/// whole, main streets first, so that everyone can reach every crossing.
fn lattice(map: &mut Map, shape: Lattice, draw: &mut Draw) {
    let half = (shape.radius / shape.spacing) as i32;
    let first = map.nodes.len();
    let mut cells = Vec::new();
    for row in -half..=half {
        for column in -half..=half {
            let at = (f64::from(column) * shape.spacing, f64::from(row) * shape.spacing);
            if distance(at, (0.0, 0.0)) <= shape.radius {
                let moved = 0.26 * shape.spacing;
                let (dx, dy) = (draw.around(moved), draw.around(moved));
                map.add_node((shape.middle.0 + at.0 + dx, shape.middle.1 + at.1 + dy));
                cells.push((row, column));
            }
        }
    }
    let find = |row: i32, column: i32| cells.binary_search(&(row, column)).ok();
    let mut edges = Vec::new();
    for (i, &(row, column)) in cells.iter().enumerate() {
        let across = find(row, column + 1).map(|j| (i, j, row % 4 == 0));
        let bridge = !(shape.canal && row == 2) || column.rem_euclid(4) == 0;
        let up = find(row + 1, column).filter(|_| bridge).map(|j| (i, j, column % 4 == 0));
        edges.extend(across.into_iter().chain(up));
    }
    draw.shuffle(&mut edges);
    edges.sort_by_key(|&(_, _, main)| !main);

    let mut root: Vec<usize> = (0..cells.len()).collect();
    for (a, b, main) in edges {
        let joins = union(&mut root, a, b);
        if !joins && !main && draw.chance(0.2) {
            continue;
        }
        let street = map.add_street(first + a, first + b, if main { 50.0 } else { 30.0 });
        if !joins {
            match draw.below(100) {
                0..12 => street.one_way = true,
                12..22 => street.use_by = StreetUse::Cycleway,
                22..27 => street.use_by = StreetUse::Footway,
                _ => {}
            }
        }
    }
}

/// Joins the sets of two crossings; false if they were the same set already.
fn union(root: &mut [usize], a: usize, b: usize) -> bool {
    let mut find = |mut x: usize| {
        while root[x] != x {
            root[x] = root[root[x]];
            x = root[x];
        }
        x
    };
    let (a, b) = (find(a), find(b));
    root[a] = b;
    a != b
}

/// How clients live together.
struct Living {
    /// Buildings with many clients at one address.
    houses: usize,
    /// Share of the clients who live in them.
    in_house: f64,
    /// Streets with more clients than others.
    streets: usize,
    /// How far around such a street the clients live, in metres.
    near: f64,
}

fn addresses(map: &Map, clients: usize, living: Living, draw: &mut Draw) -> Vec<Point> {
    let anywhere = |draw: &mut Draw| {
        map.within_reach(draw, |draw| {
            let street = draw.below(map.streets.len());
            map.door(street, draw)
        })
    };
    let houses: Vec<Point> = (0..living.houses).map(|_| anywhere(draw)).collect();
    let streets: Vec<Point> = (0..living.streets).map(|_| anywhere(draw)).collect();
    let together = (clients as f64 * living.in_house).round() as usize;
    let mut addresses: Vec<Point> = Vec::with_capacity(clients);
    for i in 0..clients {
        let shared = houses.get(i % living.houses.max(1)).filter(|_| i < together);
        let address = match shared {
            Some(&house) => house,
            // Couples, and neighbours on one staircase.
            None if i > together && draw.chance(0.05) => addresses[i - 1],
            None => match draw.pick(&streets).copied().filter(|_| draw.chance(0.6)) {
                Some(street) => map.within_reach(draw, |draw| map.door_near(street, living.near, draw)),
                None => anywhere(draw),
            },
        };
        addresses.push(address);
    }
    // Ids must not tell where somebody lives.
    draw.shuffle(&mut addresses);
    addresses
}
