//! Travel times of whole documents: what is computed, and what is refused.

use kring::error::{Error, ErrorKind};
use kring::model::document::{Document, Mode};
use kring::model::validate::sizes;
use kring::travel;
use serde_json::{Value, json};
use std::path::Path;

/// Two nurses (bicycle and car) and the given places of clients.
fn document(travel: Value, homes: [Value; 2], clients: &[Value]) -> Document {
    let clients: Vec<Value> = clients
        .iter()
        .enumerate()
        .map(|(i, location)| json!({"id": format!("c{i}"), "location": location, "care": []}))
        .collect();
    let [first, second] = homes;
    serde_json::from_value(json!({
        "kring": 1,
        "horizon": {"first_day": "2026-03-02", "days": 1},
        "nurses": [
            {"id": "n0", "home": first, "mode": "bicycle", "shifts": []},
            {"id": "n1", "home": second, "mode": "car", "shifts": []}
        ],
        "clients": clients,
        "travel": travel
    }))
    .expect("a document of the documented form")
}

fn at(lat: f64, lon: f64) -> Value {
    json!({"lat": lat, "lon": lon})
}

fn refused(document: &Document) -> Error {
    travel::times(document, Path::new(".")).expect_err("a document with mistakes")
}

fn paths(error: &Error) -> Vec<&str> {
    error.mistakes().iter().map(|mistake| mistake.path.as_str()).collect()
}

#[test]
fn straight_lines_fill_the_modes_in_use_only() {
    let clients = [at(52.01, 4.36), at(52.00, 4.36)];
    let document = document(json!({"straight": {}}), [at(52.00, 4.36), at(52.00, 4.36)], &clients);
    let times = travel::times(&document, Path::new(".")).expect("sound");
    assert_eq!(times.places(), 4);
    // 1,111.9508 m * 1.3 at 14 km/h: 371.7, so 372 s, and 60 s to lock; at 30 km/h: 173.5, so 174 s, and 180 s.
    assert_eq!(times.seconds(Mode::Bicycle, 0, 2), Some(432));
    assert_eq!(times.seconds(Mode::Car, 1, 2), Some(354));
    assert_eq!(times.seconds(Mode::Bicycle, 0, 3), Some(0), "equal coordinates");
    assert_eq!(times.matrix(Mode::Walk), None, "nobody walks");
}

#[test]
fn all_mistakes_of_places_and_speeds_come_at_once() {
    let straight = json!({"straight": {
        "detour": 0.5,
        "modes": {"walk": {"kmh": 0.0}, "bicycle": {"kmh": 14.0, "stop_seconds": 4000}}
    }});
    let clients = [at(91.0, 4.36), json!({"lat": 52.0}), json!({"index": 3}), at(52.0, 181.0)];
    let error = refused(&document(straight, [at(52.0, 4.3), json!({"lon": 4.0})], &clients));
    assert_eq!(error.kind(), ErrorKind::Document);
    assert_eq!(
        paths(&error),
        [
            "nurses[1].home",
            "clients[0].location.lat",
            "clients[1].location",
            "clients[2].location",
            "clients[3].location.lon",
            "travel.straight.detour",
            "travel.straight.modes.walk.kmh",
            "travel.straight.modes.bicycle.stop_seconds",
        ]
    );
}

#[test]
fn ways_of_more_than_a_day_name_both_places() {
    // By bicycle 90 degrees take far more than a day; nobody rides from home to home.
    let homes = [at(0.0, 0.0), at(0.0, 90.0)];
    let error = refused(&document(json!({"straight": {}}), homes, &[at(0.0, 90.0)]));
    assert_eq!(error.kind(), ErrorKind::Travel);
    assert_eq!(paths(&error), ["nurses[0].home", "clients[0].location"]);
    assert!(error.mistakes()[0].problem.contains("clients[0].location"), "{error}");
    assert!(error.mistakes()[1].problem.contains("nurses[0].home"), "{error}");
}

#[test]
fn matrices_are_read_by_index() {
    let rows = json!([[0, 5, 6], [7, 0, 8], [9, 10, 0]]);
    let matrix = json!({"matrix": {"bicycle": rows, "car": rows}});
    let clients = [json!({"index": 0}), json!({"index": 2}), json!({"index": 2})];
    let document = document(matrix, [json!({"index": 1}), json!({"index": 0})], &clients);
    let times = travel::times(&document, Path::new(".")).expect("sound");
    assert_eq!(times.seconds(Mode::Bicycle, 0, 2), Some(7), "row 1, column 0");
    assert_eq!(times.seconds(Mode::Bicycle, 3, 0), Some(10), "row 2, column 1");
    assert_eq!(times.seconds(Mode::Car, 3, 4), Some(0), "one row for both");
}

#[test]
fn all_mistakes_of_matrices_come_at_once() {
    let matrix = json!({"matrix": {"bicycle": [[0, 86_401, 90_000], [1, 2], [1, 2, 0]]}});
    let clients = [json!({"index": 3}), at(52.0, 4.3), json!({"index": 1, "lat": 99.0, "lon": 0.0})];
    let error = refused(&document(matrix, [json!({"index": 1}), json!({"index": 0})], &clients));
    assert_eq!(error.kind(), ErrorKind::Document);
    assert_eq!(
        paths(&error),
        [
            "clients[0].location.index",
            "clients[1].location",
            "clients[2].location.lat",
            "travel.matrix.bicycle[0][1]",
            "travel.matrix.bicycle[1]",
            "travel.matrix.bicycle[1][1]",
            "travel.matrix.car",
        ]
    );
}

/// A street of 1,000 m west to east along the equator, and back round the north by two more.
fn block(streets: Value) -> Value {
    let east = 0.01;
    json!({"streets": {
        "nodes": [[0.0, 0.0], [0.0, east], [east, east], [east, 0.0]],
        "streets": streets,
        "modes": {
            "walk": {"kmh": 3.6}, "bicycle": {"kmh": 18.0}, "car": {"kmh": 36.0, "stop_seconds": 100}
        }
    }})
}

#[test]
fn streets_are_one_way_for_cars_only() {
    let streets = json!([
        {"from": 0, "to": 1, "metres": 1000.0, "one_way": true},
        {"from": 1, "to": 2, "metres": 1000.0},
        {"from": 2, "to": 3, "metres": 1000.0, "kmh": 18.0},
        {"from": 3, "to": 0, "metres": 1000.0}
    ]);
    let homes = [at(0.0, 0.0025), at(0.0, 0.0075)];
    let document = document(block(streets), homes, &[at(0.0, 0.0075), at(0.0, 0.0025)]);
    let times = travel::times(&document, Path::new(".")).expect("sound");
    // By bicycle 500 m at 5 m/s, both ways.
    assert_eq!(times.seconds(Mode::Bicycle, 0, 2), Some(100));
    assert_eq!(times.seconds(Mode::Bicycle, 2, 0), Some(100));
    // By car 500 m at 10 m/s with the one-way street; against it round the block: 250 + 1,000 + 1,000 (at
    // half speed) + 1,000 + 250 m. And 100 s to park.
    assert_eq!(times.seconds(Mode::Car, 3, 1), Some(150));
    assert_eq!(times.seconds(Mode::Car, 1, 3), Some(25 + 100 + 200 + 100 + 25 + 100));
}

#[test]
fn the_way_to_the_street_is_walked() {
    let streets = json!([{"from": 0, "to": 1, "metres": 1000.0}]);
    // 0.001 degrees off the street: 111.195 m at 1 m/s; 500 m at 5 m/s.
    let homes = [at(0.0, 0.0025), at(0.0, 0.005)];
    let document = document(block(streets), homes, &[at(0.001, 0.0075)]);
    let times = travel::times(&document, Path::new(".")).expect("sound");
    assert_eq!(times.seconds(Mode::Bicycle, 0, 2), Some(212), "211.195 rounded up");
    assert_eq!(times.seconds(Mode::Bicycle, 2, 0), Some(212));
}

#[test]
fn places_far_from_every_street_are_named_for_the_modes_that_go_there() {
    let streets = json!([{"from": 0, "to": 1, "metres": 1000.0, "use_by": "cycleway"}]);
    // The driver lives beyond the streets, but no bicycle goes there; a car has no street at all.
    let document = document(block(streets), [at(0.0, 0.0), at(1.0, 1.0)], &[at(0.1, 0.0), at(0.0, 0.01)]);
    let error = refused(&document);
    assert_eq!(error.kind(), ErrorKind::Travel);
    assert_eq!(paths(&error), ["clients[0].location", "travel.streets"]);
    assert!(error.mistakes()[0].problem.contains("bicycle is 11120 m"), "{error}");
}

#[test]
fn all_mistakes_of_streets_come_at_once() {
    let streets = json!({"streets": {
        "nodes": [[0.0, 0.0], [0.0, 0.01], [100.0, 0.0], [0.0, 90.0]],
        "streets": [
            {"from": 0, "to": 4},
            {"from": 7, "to": 1, "metres": 0.0},
            {"from": 1, "to": 1, "kmh": -1.0},
            {"from": 0, "to": 1, "metres": 2e6},
            {"from": 0, "to": 2}
        ]
    }});
    let error = refused(&document(streets, [at(0.0, 0.0), at(0.0, 0.0)], &[]));
    assert_eq!(error.kind(), ErrorKind::Document);
    assert_eq!(
        paths(&error),
        [
            "travel.streets.nodes[2][0]",
            "travel.streets.streets[0].to",
            "travel.streets.streets[1].from",
            "travel.streets.streets[1].metres",
            "travel.streets.streets[2].to",
            "travel.streets.streets[2].kmh",
            "travel.streets.streets[3].metres",
        ]
    );
}

#[test]
fn streets_of_more_than_a_day_are_named_for_the_modes_in_use() {
    // 90 degrees by bicycle and by car; nobody walks.
    let streets =
        json!([{"from": 0, "to": 1}, {"from": 0, "to": 2}, {"from": 0, "to": 2, "use_by": "footway"}]);
    let nodes = json!([[0.0, 0.0], [0.0, 0.01], [0.0, 90.0]]);
    let error = refused(&document(
        json!({"streets": {"nodes": nodes, "streets": streets}}),
        [at(0.0, 0.0), at(0.0, 0.0)],
        &[],
    ));
    assert_eq!(error.kind(), ErrorKind::Travel);
    assert_eq!(paths(&error), ["travel.streets.streets[1]", "travel.streets.streets[1]"]);
}

#[test]
fn too_many_places_are_refused_before_any_matrix() {
    let places = vec![at(0.0, 0.0); sizes::CLIENTS + 1];
    let error = refused(&document(json!({"straight": {}}), [at(0.0, 0.0), at(0.0, 0.0)], &places));
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn a_document_without_anyone_has_no_times() {
    let mut empty = document(json!({"straight": {}}), [at(0.0, 0.0), at(0.0, 0.0)], &[]);
    empty.nurses.clear();
    let times = travel::times(&empty, Path::new(".")).expect("sound");
    assert_eq!((times.places(), times.matrix(Mode::Bicycle)), (0, None));
}

#[cfg(not(feature = "osm"))]
#[test]
fn extracts_need_the_feature() {
    let error = refused(&document(json!({"osm": {"file": "any"}}), [at(0.0, 0.0), at(0.0, 0.0)], &[]));
    assert_eq!(error.kind(), ErrorKind::Feature);
}
