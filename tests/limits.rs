//! What is too much ends in time, and is told in a bounded number of words.

use kring::data::starter::starter;
use kring::data::text::Form;
use kring::jiff::civil::date;
use kring::model::plan::Stop;
use kring::{Cancel, Document, Options, Planner, Problem, StopReason, check, prepare, read_document};
use serde_json::{Value, json};
use std::path::Path;

fn team() -> Problem {
    let text = starter(Form::Json, date(2026, 3, 2)).expect("a starter");
    prepare(&read_document(&text).expect("a document"), Path::new(".")).expect("a problem")
}

#[test]
fn the_stops_of_a_start_plan_repeated_are_named_up_to_a_thousand() {
    let planner = Planner::new(team());
    let options = Options::default().with_iterations(20).with_workers(1);
    let plan = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan").plan;
    let mut repeated = plan.clone();
    let stops: Vec<Stop> = repeated.tours.iter().flat_map(|tour| tour.stops.clone()).collect();
    repeated.tours[0].stops = stops.into_iter().cycle().take(5_000).collect();
    let checked = check(planner.problem(), &repeated).expect("a second opinion");
    assert!(checked.violations.len() > 1_000);
    let again = planner.solve(&options, Some(&repeated), &Cancel::new(), |_| {}).expect("a plan");
    assert_eq!(again.broken.len(), 1_001);
    assert!(again.broken[1_000].problem.ends_with(" more such parts"), "{}", again.broken[1_000]);
    assert!(check(planner.problem(), &again.plan).expect("a second opinion").is_clean());
}

#[test]
fn a_plan_has_no_more_than_twenty_thousand_reasons() {
    let nurses: Vec<Value> = (0..100)
        .map(|number| json!({"id": format!("n{number}"), "home": {"index": 0}, "shifts": []}))
        .collect();
    let lines: Vec<Value> = (0..8)
        .map(|number| json!({"id": format!("{number}"), "days": "daily", "minutes": 5, "window": {"from": "08:00", "to": "09:00"}}))
        .collect();
    let document = json!({
        "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 60}, "nurses": nurses,
        "clients": [{"id": "c", "location": {"index": 0}, "care": lines}], "travel": {"matrix": {"bicycle": [[0]]}}
    });
    let document: Document = serde_json::from_value(document).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let plan = kring::solve(&problem, &Options::default().with_iterations(1)).expect("a plan").plan;
    assert_eq!(plan.unplanned.len(), 480);
    let reasons: usize = plan.unplanned.iter().map(|visit| visit.reasons.len()).sum();
    assert_eq!(reasons, 20_000);
}

#[test]
fn a_limit_that_is_over_at_once_leaves_every_visit_out() {
    let planner = Planner::new(team());
    let options = Options::default().with_seconds(1e-9);
    let outcome = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan");
    assert_eq!(outcome.run.stop, StopReason::Time);
    assert_eq!(outcome.plan.unplanned.len(), planner.problem().visit_count());
    assert!(check(planner.problem(), &outcome.plan).expect("a second opinion").is_clean());
    // Nothing of it stays with the planner.
    let options = Options::default().with_iterations(50).with_workers(1);
    let outcome = planner.solve(&options, None, &Cancel::new(), |_| {}).expect("a plan");
    assert!(outcome.plan.unplanned.is_empty());
}
