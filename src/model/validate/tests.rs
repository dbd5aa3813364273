//! Each mistake alone in a sound document is found at its path, and nothing else is.

use crate::error::ErrorKind;
use crate::model::Document;
use serde_json::{Value, json};

/// Two nurses, two clients and two weeks around the night of 29 March 2026, in which the clock of
/// Amsterdam skips from 02:00 to 03:00.
fn sound() -> Value {
    json!({
        "kring": 1,
        "horizon": {"first_day": "2026-03-23", "days": 14, "time_zone": "Europe/Amsterdam"},
        "nurses": [
            {"id": "n1", "home": {"lat": 52.0, "lon": 5.0}, "level": 3, "competences": ["insulin"],
             "contract_hours": 24.0, "first_day": "2026-03-24", "forbidden_clients": ["c2"],
             "shifts": [
                {"date": "2026-03-24", "start": "07:00", "end": "13:00", "latest_end": "13:30", "break_minutes": 30},
                {"date": "2026-03-25", "start": "16:30", "end": "22:30"},
                {"date": "2026-03-27", "start": "07:00", "end": "12:00"}
             ]},
            {"id": "n2", "home": {"lat": 52.01, "lon": 5.0}, "level": 5, "mode": "car", "shifts": []}
        ],
        "clients": [
            {"id": "c1", "location": {"lat": 52.0, "lon": 5.01}, "first_nurse": "n1", "circle": ["n1", "n2"],
             "preferred_nurses": ["n2"], "max_faces": {"count": 1, "hard": true},
             "care": [
                {"id": "a", "days": "daily", "window": {"from": "07:00", "to": "10:00"},
                 "preferred_start": "08:00", "minutes": 12.5, "level": 3, "competences": ["insulin"]},
                {"id": "b", "days": {"per_week": {"times": 2, "min_gap": 3}},
                 "window": {"from": "22:00", "to": "01:00"}, "minutes": 40}
             ]},
            {"id": "c2", "location": {"lat": 52.0, "lon": 5.02}, "forbidden_nurses": ["n1"], "care": [
                {"id": "a", "days": "daily", "window": {"from": "07:00", "to": "10:00"}, "minutes": 10, "level": 5}
             ]}
        ],
        "agreements": {
            "pins": [{"client": "c1", "care": "a", "date": "2026-03-24", "nurse": "n1", "start": "09:00"}],
            "absences": [{"nurse": "n1", "from": "2026-04-01", "until": "2026-04-02"}]
        },
        "history": {"visits": [{"client": "c1", "nurse": "gone", "date": "2026-03-22"}]},
        "travel": {"straight": {}}
    })
}

fn paths(value: Value) -> Vec<String> {
    let document: Document = serde_json::from_value(value).unwrap();
    match document.validate() {
        Ok(()) => Vec::new(),
        Err(error) => error.mistakes().iter().map(|m| m.path.clone()).collect(),
    }
}

/// Replaces the value at a JSON pointer; a last part `-` appends to the list before it, and a field
/// that is not there yet is added.
fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap_or_else(|| panic!("{parent} exists")) {
        Value::Array(list) if last == "-" => list.push(value),
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = value,
        Value::Object(fields) => {
            fields.insert(last.to_owned(), value);
        }
        other => panic!("{other} has no {last}"),
    }
}

#[test]
fn a_sound_document_has_no_mistake() {
    assert_eq!(paths(sound()), Vec::<String>::new());
}

#[test]
fn each_mistake_is_found_at_its_path() {
    let shift = |date: &str, start: &str, end: &str| json!({"date": date, "start": start, "end": end});
    let pin = |care: &str, date: &str, nurse: &str| json!({"client": "c1", "care": care, "date": date, "nurse": nurse});
    let long = "x".repeat(65);
    let cases: Vec<(&str, Value, &str)> = vec![
        ("/kring", json!(2), "kring"),
        ("/label", json!("two\nlines"), "label"),
        // Prices.
        ("/prices", json!({"face": -1.0}), "prices.face"),
        ("/prices", json!({"unplanned": {"vital": 1e7}}), "prices.unplanned.vital"),
        ("/prices", json!({"preferred_start_tolerance": 1441.0}), "prices.preferred_start_tolerance"),
        // Ids.
        ("/nurses/0/id", json!(""), "nurses[0].id"),
        ("/nurses/0/id", json!(" \u{a0}"), "nurses[0].id"),
        ("/nurses/0/id", json!("n1\u{200f}"), "nurses[0].id"),
        ("/nurses/1/id", json!("n1"), "nurses[1].id"),
        ("/clients/1/id", json!("c1"), "clients[1].id"),
        ("/nurses/0/label", json!("x".repeat(201)), "nurses[0].label"),
        // Nurses.
        ("/nurses/1/level", json!(0), "nurses[1].level"),
        ("/nurses/1/level", json!(10), "nurses[1].level"),
        ("/nurses/0/competences", json!(["insulin", "insulin"]), "nurses[0].competences[1]"),
        ("/nurses/0/competences", json!(["insulin", long]), "nurses[0].competences[1]"),
        ("/nurses/0/contract_hours", json!(61.0), "nurses[0].contract_hours"),
        ("/nurses/0/forbidden_clients", json!(["c3"]), "nurses[0].forbidden_clients[0]"),
        ("/nurses/0/home", json!({"lat": 91.0, "lon": 5.0}), "nurses[0].home.lat"),
        ("/nurses/0/home", json!({"lat": 52.0, "lon": -181.0}), "nurses[0].home.lon"),
        ("/nurses/0/home", json!({"lat": 52.0}), "nurses[0].home"),
        ("/nurses/0/home", json!({"index": 0}), "nurses[0].home"),
        // Shifts.
        ("/nurses/0/shifts/-", shift("2026-04-06", "07:00", "08:00"), "nurses[0].shifts[3].date"),
        ("/nurses/0/shifts/-", shift("2026-03-23", "07:00", "08:00"), "nurses[0].shifts[3].date"),
        ("/nurses/0/shifts/0/latest_end", json!("12:59"), "nurses[0].shifts[0].latest_end"),
        ("/nurses/0/shifts/0/break_minutes", json!(29), "nurses[0].shifts[0].break_minutes"),
        ("/nurses/0/shifts/0/break_minutes", json!(181), "nurses[0].shifts[0].break_minutes"),
        // The middle half of 5 hours has 150 minutes.
        ("/nurses/0/shifts/2/break_minutes", json!(151), "nurses[0].shifts[2].break_minutes"),
        ("/nurses/0/shifts/-", shift("2026-03-24", "13:29", "14:00"), "nurses[0].shifts[3]"),
        // More than 12 hours.
        ("/nurses/0/shifts/-", shift("2026-03-30", "07:00", "19:01"), "nurses[0].shifts[3]"),
        // 22:30 to 09:29 is one minute short of 11 hours.
        ("/nurses/0/shifts/-", shift("2026-03-26", "09:29", "12:00"), "nurses[0].shifts[3]"),
        // A night shift into the day of the next shift.
        ("/nurses/0/shifts/-", shift("2026-03-26", "23:00", "06:00"), "nurses[0].shifts[2]"),
        // 02:15 does not exist and becomes 03:15, which is after 03:10.
        ("/nurses/0/shifts/-", shift("2026-03-29", "02:15", "03:10"), "nurses[0].shifts[3].end"),
        // Clients.
        ("/clients/1/first_nurse", json!("n3"), "clients[1].first_nurse"),
        ("/clients/1/first_nurse", json!("n1"), "clients[1].first_nurse"),
        ("/clients/0/circle", json!(["n1", "n3"]), "clients[0].circle[1]"),
        ("/clients/0/circle", json!(["n1", "n1"]), "clients[0].circle[1]"),
        ("/clients/1/preferred_nurses", json!(["n1"]), "clients[1].preferred_nurses[0]"),
        ("/clients/1/forbidden_nurses", json!(["n3"]), "clients[1].forbidden_nurses[0]"),
        ("/clients/0/max_faces", json!({"count": 0}), "clients[0].max_faces.count"),
        ("/clients/0/known_faces_under_minutes", json!(-1), "clients[0].known_faces_under_minutes"),
        ("/clients/0/known_faces_under_minutes", json!(1441), "clients[0].known_faces_under_minutes"),
        ("/clients/0/weight", json!(-0.5), "clients[0].weight"),
        ("/clients/0/weight", json!(100.5), "clients[0].weight"),
        ("/clients/0/location", json!({}), "clients[0].location"),
        // Care.
        ("/clients/0/care/1/id", json!("c\u{7}"), "clients[0].care[1].id"),
        ("/clients/1/care/0/minutes", json!(0.0), "clients[1].care[0].minutes"),
        ("/clients/1/care/0/minutes", json!(0.005), "clients[1].care[0].minutes"),
        ("/clients/1/care/0/minutes", json!(1440.5), "clients[1].care[0].minutes"),
        ("/clients/0/care/1/level", json!(10), "clients[0].care[1].level"),
        ("/clients/0/care/1/competences", json!([""]), "clients[0].care[1].competences[0]"),
        ("/clients/0/care/0/preferred_start", json!("10:01"), "clients[0].care[0].preferred_start"),
        ("/clients/0/care/1/preferred_start", json!("01:01"), "clients[0].care[1].preferred_start"),
        ("/clients/0/care/1/days", json!({"weekdays": []}), "clients[0].care[1].days.weekdays"),
        ("/clients/1/care/0/window", json!({"from": "02:30", "to": "03:15"}), "clients[1].care[0].window"),
        // Pins.
        ("/agreements/pins/0/nurse", json!("n3"), "agreements.pins[0].nurse"),
        ("/agreements/pins/0/client", json!("c3"), "agreements.pins[0].client"),
        ("/agreements/pins/0/care", json!("c"), "agreements.pins[0].care"),
        ("/agreements/pins/0/date", json!("2026-04-06"), "agreements.pins[0].date"),
        ("/agreements/pins/0/start", json!("10:01"), "agreements.pins[0].start"),
        ("/agreements/pins/-", pin("a", "2026-03-24", "n1"), "agreements.pins[1]"),
        (
            "/agreements/pins/-",
            json!({"client": "c1", "care": "a", "date": "2026-03-25"}),
            "agreements.pins[1]",
        ),
        // Hard max_faces is 1.
        ("/agreements/pins/-", pin("b", "2026-03-25", "n2"), "agreements.pins[1].nurse"),
        (
            "/agreements/pins/-",
            json!({"client": "c2", "care": "a", "date": "2026-03-25", "start": "06:59"}),
            "agreements.pins[1].start",
        ),
        // Locks.
        ("/agreements/locks", json!([{}]), "agreements.locks[0]"),
        ("/agreements/locks", json!([{"nurse": "n3"}]), "agreements.locks[0].nurse"),
        ("/agreements/locks", json!([{"client": "c3"}]), "agreements.locks[0].client"),
        ("/agreements/locks", json!([{"client": "c1", "care": "c"}]), "agreements.locks[0].care"),
        ("/agreements/locks", json!([{"nurse": "n1", "care": "a"}]), "agreements.locks[0].care"),
        ("/agreements/locks", json!([{"nurse": "n1", "until": "2026-03-24"}]), "agreements.locks[0].until"),
        (
            "/agreements/locks",
            json!([{"date": "2026-03-25", "until": "2026-03-24"}]),
            "agreements.locks[0].until",
        ),
        ("/agreements/locks", json!([{"nurse": "n1", "factor": 101}]), "agreements.locks[0].factor"),
        // Absences and history.
        ("/agreements/absences/0/nurse", json!("n3"), "agreements.absences[0].nurse"),
        ("/agreements/absences/0/until", json!("2026-03-31"), "agreements.absences[0].until"),
        ("/history/weeks", json!(521), "history.weeks"),
        ("/history/half_life_days", json!(0.0), "history.half_life_days"),
        ("/history/half_life_days", json!(3651.0), "history.half_life_days"),
        ("/history/visits/0/client", json!("c3"), "history.visits[0].client"),
        ("/history/visits/0/nurse", json!(""), "history.visits[0].nurse"),
        ("/history/visits/0/date", json!("2026-03-23"), "history.visits[0].date"),
        // Travel.
        ("/travel", json!({"straight": {"detour": 0.9}}), "travel.straight.detour"),
        ("/travel", json!({"straight": {"modes": {"car": {"kmh": 0.0}}}}), "travel.straight.modes.car.kmh"),
        (
            "/travel",
            json!({"straight": {"modes": {"walk": {"kmh": 5.0, "stop_seconds": 3601}}}}),
            "travel.straight.modes.walk.stop_seconds",
        ),
        ("/travel", json!({"osm": {"file": ""}}), "travel.osm.file"),
        ("/travel", json!({"osm": {"file": "a.osm.pbf", "snap_metres": 0.0}}), "travel.osm.snap_metres"),
        ("/travel", json!({"streets": {"nodes": [], "streets": []}}), "travel.streets.nodes"),
        (
            "/travel",
            json!({"streets": {"nodes": [[99.0, 5.0]], "streets": []}}),
            "travel.streets.nodes[0][0]",
        ),
        (
            "/travel",
            json!({"streets": {"nodes": [[52.0, 5.0]], "streets": [{"from": 0, "to": 1}]}}),
            "travel.streets.streets[0].to",
        ),
    ];
    for (pointer, value, expected) in cases {
        let mut document = sound();
        set(&mut document, pointer, value.clone());
        let found = paths(document);
        assert!(
            found.iter().any(|path| path == expected),
            "{pointer} = {value}: {expected} not in {found:?}"
        );
        // Renaming or moving something may break what refers to it; nothing unrelated may.
        let renames = pointer.ends_with("/id");
        assert!(renames || found.len() == 1, "{pointer} = {value}: {found:?}");
    }
}

#[test]
fn a_pin_cannot_bring_a_nurse_who_may_not_come() {
    let mut document = sound();
    let pin = json!({"client": "c2", "care": "a", "date": "2026-03-25", "nurse": "n1"});
    set(&mut document, "/agreements/pins/-", pin);
    // Forbidden, and level 3 where 5 is asked.
    assert_eq!(paths(document), ["agreements.pins[1].nurse", "agreements.pins[1].nurse"]);
}

#[test]
fn pins_of_a_line_must_fit_one_pattern() {
    let pin = |date: &str| json!({"client": "c1", "care": "b", "date": date});
    let mut document = sound();
    set(&mut document, "/agreements/pins", json!([pin("2026-03-23"), pin("2026-03-26"), pin("2026-04-01")]));
    assert_eq!(paths(document.clone()), Vec::<String>::new());
    // Tuesday is a day after Monday; the line asks for three between two visits.
    set(&mut document, "/agreements/pins/1", pin("2026-03-24"));
    assert_eq!(paths(document), ["agreements.pins[1].date"]);
}

#[test]
fn shifts_dropped_by_an_absence_do_not_count() {
    let mut document = sound();
    // Directly after the late shift of the 25th, but away on the 26th.
    let early = json!({"date": "2026-03-26", "start": "07:00", "end": "12:00"});
    set(&mut document, "/nurses/0/shifts/-", early);
    assert_eq!(paths(document.clone()), ["nurses[0].shifts[3]"]);
    let absence = json!({"nurse": "n1", "from": "2026-03-26", "until": "2026-03-26"});
    set(&mut document, "/agreements/absences/-", absence);
    assert_eq!(paths(document), Vec::<String>::new());
}

#[test]
fn without_a_law_only_overlap_counts() {
    let mut document = sound();
    set(&mut document, "/working_time", json!({"law": "none"}));
    set(&mut document, "/nurses/0/shifts/-", json!({"date": "2026-03-26", "start": "00:00", "end": "16:00"}));
    assert_eq!(paths(document), Vec::<String>::new());
}

#[test]
fn matrices_are_square_and_cover_every_place() {
    let mut document = sound();
    for (pointer, index) in [("/nurses/0/home", 0), ("/nurses/1/home", 1), ("/clients/0/location", 2)] {
        set(&mut document, pointer, json!({"index": index}));
    }
    set(&mut document, "/clients/1/location", json!({"index": 3}));
    let square = vec![vec![0u32; 4]; 4];
    set(&mut document, "/travel", json!({"matrix": {"bicycle": square, "car": square}}));
    assert_eq!(paths(document.clone()), Vec::<String>::new());

    let with = |pointer: &str, value: Value| {
        let mut wrong = document.clone();
        set(&mut wrong, pointer, value);
        paths(wrong)
    };
    assert_eq!(with("/travel", json!({"matrix": {"bicycle": square}})), ["travel.matrix.car"]);
    assert_eq!(with("/travel/matrix/car/2", json!([0, 0, 0])), ["travel.matrix.car[2]"]);
    assert_eq!(with("/travel/matrix/car/2/2", json!(1)), ["travel.matrix.car[2][2]"]);
    assert_eq!(with("/travel/matrix/car/2/3", json!(86_401)), ["travel.matrix.car[2][3]"]);
    assert_eq!(
        with("/travel/matrix/walk", json!([[0]])),
        [
            "nurses[1].home.index",
            "clients[0].location.index",
            "clients[1].location.index",
            "travel.matrix.bicycle",
            "travel.matrix.car",
        ]
    );
    assert_eq!(with("/clients/1/location", json!({"lat": 52.0, "lon": 5.0})), ["clients[1].location"]);
}

#[test]
fn all_mistakes_come_at_once_and_a_wrong_horizon_hides_only_days() {
    let mut document = sound();
    set(
        &mut document,
        "/horizon",
        json!({"first_day": "1500-01-01", "days": 0, "time_zone": "Mars/Olympus"}),
    );
    set(&mut document, "/nurses/1/level", json!(0));
    set(&mut document, "/clients/0/first_nurse", json!("n9"));
    set(&mut document, "/history/visits", json!([]));
    assert_eq!(
        paths(document),
        [
            "horizon.time_zone",
            "horizon.days",
            "horizon.first_day",
            "nurses[1].level",
            "clients[0].first_nurse",
        ]
    );
}

#[test]
fn prices_that_could_overflow_are_refused() {
    let mut document = sound();
    let highest = json!({"preferred_start": 1e6, "waiting": 1e6, "travel": 1e6, "overtime": 1e6});
    set(&mut document, "/prices", highest.clone());
    assert_eq!(paths(document.clone()), Vec::<String>::new(), "a small document may have any price");
    // 1,000 clients x 10 lines x 14 days x 93,600 s x 1e9 is 1.3e19: more than an i64 holds.
    let mut care = document["clients"][1]["care"][0].clone();
    let lines: Vec<Value> = (0..10)
        .map(|i| {
            care["id"] = json!(format!("l{i}"));
            care.clone()
        })
        .collect();
    let clients = (0..1000)
        .map(|i| json!({"id": format!("k{i}"), "location": {"lat": 52.0, "lon": 5.0}, "care": lines}));
    set(&mut document, "/clients", clients.collect());
    set(&mut document, "/nurses/0/forbidden_clients", json!([]));
    set(&mut document, "/agreements", json!({}));
    set(&mut document, "/history", json!({}));
    assert_eq!(paths(document.clone()), ["prices"]);
    set(&mut document, "/prices", json!({}));
    assert_eq!(paths(document), Vec::<String>::new());
}

#[test]
fn lists_that_are_too_long_are_refused_before_anything_else() {
    let mut document = sound();
    set(&mut document, "/kring", json!(2));
    let nurse = document["nurses"][0].clone();
    set(&mut document, "/nurses", vec![nurse; 101].into());
    let document: Document = serde_json::from_value(document).unwrap();
    let error = document.validate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.to_string(), "nurses: 101 entries; give at most 100");
}

#[test]
fn the_number_of_mistakes_is_bounded() {
    let mut document = sound();
    let wrong = json!({"client": "x".repeat(100_000), "nurse": "n", "date": "2026-01-01"});
    set(&mut document, "/history/visits", vec![wrong; 1_500].into());
    let document: Document = serde_json::from_value(document).unwrap();
    let error = document.validate().unwrap_err();
    assert_eq!(error.mistakes().len(), 1_001);
    assert_eq!(error.mistakes()[1_000].problem, "500 more mistakes");
    // The offending value is cut: the message does not grow with the document.
    assert!(error.mistakes()[0].problem.len() < 200);
}

#[test]
fn too_many_visits_are_refused() {
    let mut document = sound();
    set(&mut document, "/horizon/days", json!(60));
    let mut care = document["clients"][1]["care"][0].clone();
    let lines: Vec<Value> = (0..4)
        .map(|i| {
            care["id"] = json!(format!("l{i}"));
            care.clone()
        })
        .collect();
    let client =
        |i: usize| json!({"id": format!("k{i}"), "location": {"lat": 52.0, "lon": 5.0}, "care": lines});
    set(&mut document, "/clients", (0..834).map(client).collect());
    set(&mut document, "/nurses/0/forbidden_clients", json!([]));
    set(&mut document, "/agreements", json!({}));
    set(&mut document, "/history", json!({}));
    // 834 x 4 x 60 = 200,160.
    assert_eq!(paths(document.clone()), ["clients"]);
    document["clients"].as_array_mut().unwrap().pop();
    assert_eq!(paths(document), Vec::<String>::new());
}
