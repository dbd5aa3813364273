//! Documents at the edge of what is accepted: each is solved, and its plan passes the second opinion
//! with the same cost, whatever is missing or strange. Debug builds assert every step on the way.

use kring::model::reason::Why;
use kring::{Cancel, Document, Options, Outcome, Planner, check, prepare};
use serde_json::{Value, json};
use std::path::Path;

/// A nurse at home with shifts as (date, start, end).
fn nurse(id: &str, shifts: &[(&str, &str, &str)]) -> Value {
    let shifts: Vec<Value> =
        shifts.iter().map(|(date, start, end)| json!({"date": date, "start": start, "end": end})).collect();
    json!({"id": id, "home": {"lat": 52.0, "lon": 5.0}, "shifts": shifts})
}

fn care(id: &str, days: Value, from: &str, to: &str) -> Value {
    json!({"id": id, "days": days, "window": {"from": from, "to": to}, "minutes": 30})
}

fn client(id: &str, lon: f64, care: &[Value]) -> Value {
    json!({"id": id, "location": {"lat": 52.0, "lon": lon}, "care": care})
}

/// From Monday 2 March 2026, in straight lines.
fn document(days: u16, nurses: &[Value], clients: &[Value]) -> Value {
    json!({
        "kring": 1,
        "horizon": {"first_day": "2026-03-02", "days": days, "time_zone": "Europe/Amsterdam"},
        "nurses": nurses,
        "clients": clients,
        "travel": {"straight": {}}
    })
}

fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).expect("a parent");
    match parent {
        Value::Array(list) => list[field.parse::<usize>().expect("an index")] = value,
        other => other[field] = value,
    }
    document
}

/// Solves from nothing, then from its own plan, with several workers; checks both.
fn solved(document: Value) -> Outcome {
    let document: Document = serde_json::from_value(document).expect("of the documented form");
    let problem = prepare(&document, Path::new(".")).expect("a valid document");
    let options = Options::default().with_iterations(400).with_workers(3).with_threads(2);
    let search = |start| {
        let outcome =
            Planner::new(problem.clone()).solve(&options, start, &Cancel::new(), |_| {}).expect("an outcome");
        let checked = check(&problem, &outcome.plan).expect("a plan that can be checked");
        assert!(checked.is_clean(), "{:#?}", checked.violations);
        assert_eq!(checked.cost, outcome.cost);
        outcome
    };
    let first = search(None);
    let again = search(Some(&first.plan));
    assert!(again.broken.is_empty(), "{:?}", again.broken);
    assert!(again.cost.total() <= first.cost.total());
    first
}

/// Visits planned and left out.
fn counts(outcome: &Outcome) -> (usize, usize) {
    let planned = outcome.plan.tours.iter().map(|tour| tour.visits().count()).sum();
    (planned, outcome.plan.unplanned.len())
}

const DAY: (&str, &str, &str) = ("2026-03-02", "07:00", "15:00");

#[test]
fn nobody_works() {
    let daily = [care("a", json!("daily"), "08:00", "09:00")];
    let outcome = solved(document(2, &[nurse("n", &[])], &[client("c", 5.01, &daily)]));
    assert_eq!(counts(&outcome), (0, 2));
    assert_eq!(outcome.run.stop.name(), "nothing to plan");
    assert_eq!(outcome.plan.unplanned[0].reasons[0].why, Why::NoShift);
}

#[test]
fn everyone_is_away() {
    let daily = [care("a", json!("daily"), "08:00", "09:00")];
    let away = json!([{"nurse": "n", "from": "2026-03-01", "until": "2026-03-09"}]);
    let team = [nurse("n", &[DAY])];
    let outcome = solved(with(
        document(1, &team, &[client("c", 5.01, &daily)]),
        "/agreements",
        json!({ "absences": away }),
    ));
    assert_eq!(counts(&outcome), (0, 1));
}

#[test]
fn nobody_needs_care() {
    assert_eq!(counts(&solved(document(1, &[nurse("n", &[DAY])], &[]))), (0, 0));
    assert_eq!(counts(&solved(document(1, &[nurse("n", &[DAY])], &[client("c", 5.0, &[])]))), (0, 0));
    let never = [care("a", json!({"dates": ["2027-01-01"]}), "08:00", "09:00")];
    assert_eq!(counts(&solved(document(1, &[nurse("n", &[DAY])], &[client("c", 5.0, &never)]))), (0, 0));
}

#[test]
fn one_visit_fits_and_others_have_no_shift_at_all() {
    let lines = [
        care("fits", json!("daily"), "08:00", "08:00"),
        care("night", json!("daily"), "23:00", "01:00"),
        care("long", json!("daily"), "07:00", "14:45"),
    ];
    let document = document(1, &[nurse("n", &[DAY])], &[client("c", 5.01, &lines)]);
    let outcome = solved(with(document, "/clients/0/care/2/minutes", json!(1440)));
    assert_eq!(counts(&outcome), (1, 2));
    let why = &outcome.plan.unplanned[0].reasons[0].why;
    assert_eq!(*why, Why::OutsideWindow);
}

#[test]
fn everyone_lives_in_one_place() {
    let lines: Vec<Value> =
        (0..10).map(|i| care(&format!("l{i}"), json!("daily"), "07:00", "14:30")).collect();
    let outcome = solved(document(1, &[nurse("n", &[DAY])], &[client("c", 5.0, &lines)]));
    assert_eq!(counts(&outcome), (10, 0));
    assert!(outcome.plan.tours.iter().all(|tour| tour.travel_seconds == 0));
}

#[test]
fn patterns_of_which_pins_leave_one() {
    let lines = [
        care("p", json!({"patterns": [[0, 2], [1, 3], [0, 3]]}), "08:00", "12:00"),
        care("w", json!({"per_week": {"times": 2, "min_gap": 2}}), "08:00", "12:00"),
    ];
    let shifts: Vec<String> = (2..9).map(|day| format!("2026-03-0{day}")).collect();
    let shifts: Vec<_> = shifts.iter().map(|date| (date.as_str(), "07:00", "12:30")).collect();
    let pins = json!([
        {"client": "c", "care": "p", "date": "2026-03-03", "nurse": "n", "start": "09:00"},
        {"client": "c", "care": "p", "date": "2026-03-05", "start": "08:00"},
        {"client": "c", "care": "w", "date": "2026-03-02", "nurse": "m"},
        {"client": "c", "care": "w", "date": "2026-03-08", "start": "08:00"}
    ]);
    let team = [nurse("n", &shifts), nurse("m", &shifts)];
    let outcome = solved(with(
        document(7, &team, &[client("c", 5.01, &lines)]),
        "/agreements",
        json!({ "pins": pins }),
    ));
    let mut days: Vec<String> = outcome
        .plan
        .tours
        .iter()
        .flat_map(|tour| tour.visits())
        .map(|v| format!("{} {}", v.care, v.date))
        .collect();
    days.sort();
    assert_eq!(days, ["p 2026-03-03", "p 2026-03-05", "w 2026-03-02", "w 2026-03-08"]);
}

#[test]
fn days_that_kring_chooses_where_there_is_too_little_room() {
    // Six clients want three of seven days; the nurse works two mornings, with room for some.
    let days = json!({"per_week": {"times": 3, "min_gap": 1}});
    let clients: Vec<Value> = (0..6)
        .map(|i| {
            client(&format!("c{i}"), 5.0 + 0.01 * f64::from(i), &[care("a", days.clone(), "07:30", "08:30")])
        })
        .collect();
    let shifts = [
        ("2026-03-03", "07:00", "09:30"),
        ("2026-03-06", "07:00", "09:30"),
        ("2026-03-08", "07:00", "08:30"),
    ];
    let outcome = solved(document(7, &[nurse("n", &shifts)], &clients));
    let (planned, left_out) = counts(&outcome);
    assert_eq!(planned + left_out, 18);
    assert!(planned >= 4, "{planned}");
}

#[test]
fn nights_across_midnight_and_the_end_of_the_horizon() {
    let lines =
        [care("late", json!("daily"), "23:30", "00:30"), care("deep", json!("daily"), "02:00", "03:00")];
    let mut lines = lines.to_vec();
    lines[0]["preferred_start"] = json!("00:10");
    let nights = [("2026-03-02", "22:00", "06:00"), ("2026-03-03", "22:00", "06:00")];
    // "late" of both dates belongs to the nights; "deep" of 3 March to the first; of 2 March to none.
    let outcome = solved(document(2, &[nurse("n", &nights)], &[client("c", 5.01, &lines)]));
    assert_eq!(counts(&outcome), (3, 1));
}

#[test]
fn a_long_search_over_a_night_and_the_morning_after() {
    // Long enough for several starts and for tours to be recombined: those of the morning are of two days.
    let lines = [care("a", json!({"patterns": [[1]]}), "05:30", "05:40")];
    let clients: Vec<Value> =
        (0..3).map(|c| client(&format!("c{c}"), 5.01 + f64::from(c) / 100.0, &lines)).collect();
    let night = [("2026-03-02", "22:00", "07:00")];
    let team = [nurse("n", &night), nurse("m", &night), nurse("d", &[("2026-03-03", "05:00", "12:00")])];
    let document: Document = serde_json::from_value(document(2, &team, &clients)).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a valid document");
    let options = Options::default().with_iterations(60_000).with_workers(2);
    let [one, two] = [1, 2].map(|threads| {
        let options = options.clone().with_threads(threads);
        Planner::new(problem.clone()).solve(&options, None, &Cancel::new(), |_| {}).expect("an outcome")
    });
    assert_eq!(one.plan, two.plan, "threads never change the plan");
    assert_eq!(counts(&one), (3, 0));
    let again = Planner::new(problem.clone())
        .solve(&options, Some(&one.plan), &Cancel::new(), |_| {})
        .expect("an outcome");
    assert!(again.cost.total() <= one.cost.total());
}

#[test]
fn days_on_which_the_clock_changes() {
    // Forward on Sunday 29 March 2026, back on Sunday 25 October.
    for (first, sunday) in [("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25")] {
        let lines =
            [care("a", json!("daily"), "00:30", "04:00"), care("b", json!("daily"), "07:00", "09:00")];
        let shifts = [(first, "22:30", "05:00"), (sunday, "22:00", "23:59")];
        let team =
            [nurse("n", &shifts), nurse("m", &[(first, "06:30", "13:00"), (sunday, "06:30", "13:00")])];
        let document = document(2, &team, &[client("c", 5.01, &lines)]);
        let outcome = solved(with(document, "/horizon/first_day", json!(first)));
        assert_eq!(counts(&outcome), (3, 1), "{sunday}");
    }
}

#[test]
fn paid_spans_breaks_and_contracts_of_nothing() {
    let lines: Vec<Value> =
        (0..5).map(|i| care(&format!("l{i}"), json!("daily"), "07:00", "13:00")).collect();
    let mut team = [nurse("n", &[DAY]), nurse("m", &[DAY])];
    team[0]["contract_hours"] = json!(0);
    team[1]["contract_hours"] = json!(60);
    team[0]["shifts"][0]["break_minutes"] = json!(180);
    team[1]["shifts"][0]["latest_end"] = json!("19:00");
    let document = document(1, &team, &[client("c", 5.3, &lines)]);
    for (paid, unpaid) in [("span", true), ("span", false), ("shift", false)] {
        let times = json!({"paid": paid, "home_legs_unpaid": unpaid, "breaks_paid": !unpaid});
        let prices = json!({"waiting": 1.0, "over_contract": 2.0, "under_contract": 0.5, "overtime": 0.0});
        let document = with(with(document.clone(), "/working_time", times), "/prices", prices);
        assert_eq!(counts(&solved(document)), (5, 0));
    }
}

#[test]
fn prices_of_nothing_and_hard_faces() {
    let lines = [care("a", json!("daily"), "08:00", "08:10"), care("b", json!("daily"), "08:00", "08:10")];
    let mut someone = client("c", 5.01, &lines);
    someone["max_faces"] = json!({"count": 1, "hard": true});
    let free = json!({
        "unplanned": {"vital": 0, "needed": 0, "wished": 0}, "face": 0, "new_face": 0, "travel": 0, "waiting": 0
    });
    let team = [nurse("n", &[DAY]), nurse("m", &[DAY])];
    let document = document(1, &team, &[someone]);
    // Both at eight need two nurses, and one only may come.
    assert_eq!(counts(&solved(document.clone())), (1, 1));
    let nothing = solved(with(document, "/prices", free));
    assert_eq!(nothing.cost.total(), 0);
}

#[test]
fn roads_on_which_a_detour_is_shorter() {
    // From 0 to 2 takes 3,000 s, by way of 1 only 200: taking a visit out may break the next window.
    let ways = json!([[0, 100, 3000, 100], [100, 0, 100, 900], [3000, 100, 0, 100], [100, 900, 100, 0]]);
    let clients: Vec<Value> = (1..4)
        .map(|i| {
            json!({"id": format!("c{i}"), "location": {"index": i}, "care": [
                care("a", json!("daily"), "07:05", "07:50"), care("b", json!("daily"), "09:00", "11:00")]})
        })
        .collect();
    let mut team = [nurse("n", &[DAY]), nurse("m", &[DAY])];
    for one in &mut team {
        one["home"] = json!({"index": 0});
    }
    let document = with(document(1, &team, &clients), "/travel", json!({"matrix": {"bicycle": ways}}));
    let (planned, left_out) = counts(&solved(document));
    assert_eq!((planned, left_out), (6, 0));
}

#[test]
fn a_client_next_door_is_a_first_leg_of_no_time() {
    // Two nurses who are not paid for the way from and to home, and a client at their own door.
    let team = ["n1", "n2"].map(|id| {
        let shifts: Vec<Value> = ["2026-03-02", "2026-03-03", "2026-03-04"]
            .iter()
            .map(|date| json!({"date": date, "start": "07:00", "end": "15:00"}))
            .collect();
        json!({"id": id, "home": {"index": 0}, "contract_hours": 4.0, "shifts": shifts})
    });
    let clients: Vec<Value> = [1, 2, 3, 1, 2, 3]
        .iter()
        .enumerate()
        .map(|(number, index)| {
            let wash = care("wash", json!("daily"), "08:00", "12:00");
            json!({"id": format!("c{number}"), "location": {"index": index}, "care": [wash]})
        })
        .collect();
    let mut document = document(3, &team, &clients);
    document["working_time"] = json!({"law": "none", "paid": "span", "home_legs_unpaid": true});
    document["travel"] = json!({"matrix": {"bicycle":
        [[0, 0, 600, 600], [300, 0, 600, 600], [600, 600, 0, 600], [600, 600, 600, 0]]}});
    solved(document);
}
