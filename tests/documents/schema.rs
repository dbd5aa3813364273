//! The JSON Schemas in the repository are those of the types, and say what they should.
//!
//! `KRING_WRITE=1 cargo test --test documents schema` writes them anew after a change of the types.

use kring::data::json::{plan_schema, schema};
use serde_json::{Value, json};
use std::path::Path;

fn in_repository(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn assert_current(file: &str, schema: &str) {
    let path = in_repository(file);
    if std::env::var_os("KRING_WRITE").is_some() {
        std::fs::write(&path, schema).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == schema,
        "{file} is not current; write it with KRING_WRITE=1 cargo test --test documents schema"
    );
}

#[test]
fn the_kept_schemas_are_current() {
    assert_current("schema/document.schema.json", &schema());
    assert_current("schema/plan.schema.json", &plan_schema());
}

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

/// Using every kind of field once.
fn document() -> Value {
    json!({
        "kring": 1,
        "horizon": {"first_day": "2026-03-02", "days": 7, "time_zone": "Europe/Amsterdam"},
        "working_time": {"law": "netherlands", "paid": "span"},
        "prices": {"face": 20.0, "unplanned": {"vital": 6000.0}},
        "nurses": [{"id": "n1", "home": {"lat": 52.1, "lon": 5.1}, "mode": "walk", "shifts": [
            {"date": "2026-03-02", "start": "07:00", "end": "13:00:00", "latest_end": "13:30:00"}
        ]}],
        "clients": [{"id": "c1", "location": {"lat": 52.1, "lon": 5.1}, "max_faces": {"count": 3}, "care": [
            {"id": "a", "days": "daily", "window": {"from": "07:00", "to": "09:00"}, "minutes": 12.5},
            {"id": "b", "days": {"weekdays": ["monday"]}, "window": {"from": "07:00", "to": "09:00"}, "minutes": 9},
            {"id": "c", "days": {"per_week": {"times": 2}}, "window": {"from": "07:00", "to": "09:00"}, "minutes": 9},
            {"id": "d", "days": {"patterns": [[0, 2], [1, 3]]}, "window": {"from": "23:00", "to": "01:00"},
             "minutes": 9, "priority": "vital"}
        ]}],
        "agreements": {"pins": [{"client": "c1", "care": "a", "date": "2026-03-02", "nurse": "n1"}]},
        "history": {"visits": [{"client": "c1", "nurse": "n1", "date": "2026-03-01"}]},
        "travel": {"streets": {"nodes": [[52.1, 5.1]], "streets": []}}
    })
}

#[test]
fn the_schema_and_the_reader_accept_the_same_document() {
    let document = document();
    if let Err(error) = validator(&schema()).validate(&document) {
        panic!("{error} at {}", error.instance_path());
    }
    let read = kring::data::json::read_document(&document.to_string()).unwrap();
    // What is written follows the schema as well, with every default filled in.
    let written: Value = serde_json::from_str(&kring::data::json::write_document(&read)).unwrap();
    assert!(validator(&schema()).is_valid(&written));
}

#[test]
fn the_schema_and_the_reader_refuse_the_same_forms() {
    let schema = validator(&schema());
    let cases = [
        ("/kring", json!("1")),
        ("/horizon/first_day", json!(20260302)),
        ("/horizon/days", json!(-1)),
        ("/working_time/law", json!("atlantis")),
        ("/nurses/0/mode", json!("rocket")),
        ("/nurses/0/shifts/0/start", json!("7:0")),
        ("/nurses/0/shifts/0/end", json!("24:01")),
        (
            "/nurses/0/shifts/0",
            json!({"date": "2026-03-02", "start": "07:00", "end": "13:00", "colour": "red"}),
        ),
        ("/clients/0/care/0/minutes", json!("ten")),
        ("/clients/0/care/0/days", json!("sometimes")),
        ("/clients/0/care/1/days", json!({"weekdays": ["funday"]})),
        ("/clients/0/care/2/days", json!({"per_week": {"times": 2, "gap": 1}})),
        ("/travel", json!({"balloon": {}})),
        ("/travel/streets/nodes/0", json!([52.1])),
    ];
    for (pointer, value) in cases {
        let mut document = document();
        *document.pointer_mut(pointer).unwrap() = value;
        assert!(!schema.is_valid(&document), "{pointer}: the schema accepts {document}");
        let error = kring::data::json::read_document(&document.to_string()).unwrap_err();
        assert_eq!(error.kind(), kring::error::ErrorKind::Syntax, "{pointer}");
    }
}

#[test]
fn the_schema_of_plans_knows_visits_and_breaks() {
    let schema = validator(&plan_schema());
    let stop = |stop: Value| {
        json!({"kring_plan": 1, "tours": [{
            "nurse": "n1", "shift": "2026-03-02T07:00:00+01:00", "leave": "2026-03-02T07:00:00+01:00",
            "back": "2026-03-02T08:00:00+01:00", "travel_seconds": 60, "waiting_seconds": 0, "stops": [stop]
        }]})
    };
    let times = json!({"start": "2026-03-02T07:10:00+01:00", "end": "2026-03-02T07:40:00+01:00"});
    assert!(schema.is_valid(&stop(json!({"break": times}))));
    assert!(!schema.is_valid(&stop(json!({"nap": times}))));
    assert!(!schema.is_valid(&json!({"kring_plan": 1})));
}
