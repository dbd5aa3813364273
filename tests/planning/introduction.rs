//! Stand-ins during planned leave: when an earlier visit introduces them, what strangers cost, what the plan says.

use kring::check::Rule;
use kring::model::{Document, Plan, Term};
use kring::{Options, Problem, Report, check, prepare, solve};
use serde_json::{Value, json};
use std::path::Path;

/// A client with care on each of five days; its first nurse is away on the last two, the other lives six minutes off.
fn document() -> Value {
    let shifts: Vec<Value> = (2..=6)
        .map(|day| json!({"date": format!("2026-03-0{day}"), "start": "08:00", "end": "12:00"}))
        .collect();
    json!({"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 5},
        "working_time": {"law": "none"},
        "nurses": [
            {"id": "first", "home": {"index": 0}, "shifts": shifts},
            {"id": "other", "home": {"index": 1}, "shifts": shifts}],
        "clients": [{"id": "c", "location": {"index": 2}, "first_nurse": "first", "care": [
            {"id": "a", "days": "daily", "minutes": 30, "window": {"from": "08:00", "to": "11:00"}}]}],
        "agreements": {"absences": [{"nurse": "first", "from": "2026-03-05", "until": "2026-03-20"}]},
        "prices": {"face": 0.0, "new_face": 0.0, "not_first_nurse": 2.0, "unintroduced": 12.0},
        "travel": {"matrix": {"bicycle": [[0, 600, 300], [600, 0, 360], [300, 360, 0]]}}})
}

struct Planned {
    problem: Problem,
    plan: Plan,
    unintroduced: i64,
}

fn planned(document: Value) -> Planned {
    let document: Document = serde_json::from_value(document).expect("a document");
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let outcome = solve(&problem, &Options::default().with_iterations(500)).expect("a plan");
    assert!(outcome.plan.unplanned.is_empty());
    let checked = check(&problem, &outcome.plan).expect("a check");
    assert!(checked.is_clean(), "{:?}", checked.violations);
    assert_eq!(checked.cost, outcome.cost);
    let report = Report::new(&problem, &outcome.plan).expect("a report");
    let page = report.summary_view().to_string();
    assert_eq!(page.contains("Stand-ins during planned leave"), !outcome.plan.stand_ins.is_empty(), "{page}");
    let unintroduced = outcome.cost[Term::Unintroduced] / 60_000;
    Planned { problem, plan: outcome.plan, unintroduced }
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut document = document();
    for (path, value) in changes {
        *document.pointer_mut(path).expect("a place") = value.clone();
    }
    document
}

#[test]
fn a_stand_in_is_introduced_where_that_is_cheaper() {
    // An earlier visit costs two minutes more on the road and two for not being the first nurse.
    let met = planned(document());
    let [stand_in] = met.plan.stand_ins.as_slice() else { panic!("{:?}", met.plan.stand_ins) };
    assert_eq!((stand_in.nurse.as_str(), stand_in.visits, met.unintroduced), ("other", 2, 0));
    assert_eq!(stand_in.away, ["first"]);
    assert_eq!(
        (stand_in.from.to_string(), stand_in.until.to_string()),
        ("2026-03-05".into(), "2026-03-06".into())
    );
    assert!(stand_in.introduced.is_some_and(|date| date < stand_in.from));
    assert_eq!(met.plan.tours.iter().filter(|tour| tour.nurse == "other").count(), 3);
    let report = Report::new(&met.problem, &met.plan).expect("a report");
    let page = report.summary_view().to_string();
    assert!(page.contains("other comes on"), "{page}");

    // At three minutes she comes as a stranger: once, for both visits.
    let stranger = planned(with(&[("/prices/unintroduced", json!(3.0))]));
    assert_eq!((stranger.plan.stand_ins[0].introduced, stranger.unintroduced), (None, 3));
    let page = Report::new(&stranger.problem, &stranger.plan);
    assert!(page.expect("a report").summary_view().to_string().contains("as a stranger"));
}

#[test]
fn who_is_known_needs_no_introduction() {
    let mut known = document();
    known["history"] = json!({"visits": [{"client": "c", "nurse": "other", "date": "2026-02-20"}]});
    let known = planned(known);
    assert_eq!((known.plan.stand_ins.len(), known.unintroduced), (0, 0));
    assert_eq!(known.plan.tours.iter().filter(|tour| tour.nurse == "other").count(), 2);
}

#[test]
fn a_leave_from_the_first_day_leaves_no_time() {
    let late = planned(with(&[("/agreements/absences/0/from", json!("2026-02-01"))]));
    assert_eq!((late.plan.stand_ins[0].introduced, late.unintroduced), (None, 12));
    assert_eq!(late.plan.stand_ins[0].from.to_string(), "2026-03-02");
}

#[test]
fn nobody_stands_in_for_somebody_the_client_does_not_count_on() {
    let mut other = document();
    // The other is away on the first day: no leave for this client.
    other["agreements"]["absences"] =
        json!([{"nurse": "other", "from": "2026-03-02", "until": "2026-03-02"}]);
    assert_eq!(planned(other.clone()).plan.stand_ins, []);
    // Nobody named and nobody met: nobody to miss. Somebody met: it is a leave.
    let mut nobody = with(&[("/clients/0/first_nurse", Value::Null)]);
    let stand_ins = planned(nobody.clone()).plan.stand_ins;
    assert_eq!(stand_ins, []);
    nobody["history"] = json!({"visits": [{"client": "c", "nurse": "first", "date": "2026-02-20"}]});
    assert_eq!(planned(nobody).plan.stand_ins.len(), 1);
}

#[test]
fn absences_in_a_row_are_one_leave_and_a_day_between_makes_two() {
    let absence = |from: &str, until: &str| json!({"nurse": "first", "from": from, "until": until});
    let row = json!([absence("2026-03-05", "2026-03-05"), absence("2026-03-04", "2026-03-04")]);
    let one = planned(with(&[("/agreements/absences", row), ("/prices/unintroduced", json!(1.0))]));
    assert_eq!((one.plan.stand_ins.len(), one.unintroduced), (1, 1));
    let apart = json!([absence("2026-03-03", "2026-03-03"), absence("2026-03-05", "2026-03-05")]);
    let two = planned(with(&[("/agreements/absences", apart), ("/prices/unintroduced", json!(1.0))]));
    // By the second she is known from the first.
    assert_eq!((two.plan.stand_ins.len(), two.unintroduced), (2, 1));
    assert_eq!(two.plan.stand_ins[1].introduced.map(|date| date.to_string()), Some("2026-03-03".into()));
}

#[test]
fn a_heavier_client_pays_more() {
    let heavy = with(&[("/prices/unintroduced", json!(1.0))]);
    let mut heavy = heavy;
    heavy["clients"][0]["weight"] = json!(3.0);
    assert_eq!(planned(heavy).unintroduced, 3);
}

#[test]
fn a_list_that_says_otherwise_is_refused() {
    let planned = planned(document());
    let refused = |change: &dyn Fn(&mut Plan)| {
        let mut plan = planned.plan.clone();
        change(&mut plan);
        let checked = check(&planned.problem, &plan).expect("a check");
        checked.violations.iter().map(|found| found.rule).collect::<Vec<_>>()
    };
    assert_eq!(refused(&|plan| plan.stand_ins[0].visits += 1), [Rule::FacesList]);
    assert_eq!(refused(&|plan| plan.stand_ins[0].introduced = None), [Rule::FacesList]);
    assert_eq!(refused(&|plan| plan.stand_ins.push(plan.stand_ins[0].clone())), [Rule::FacesList]);
    // A plan without a list is a plan.
    assert_eq!(refused(&|plan| plan.stand_ins.clear()), []);
}

#[test]
fn nobody_of_those_counted_on_is_a_stranger() {
    // Both are of the circle, without any history; one is away, then the other.
    let absence =
        |nurse: &str, from: &str, until: &str| json!({"nurse": nurse, "from": from, "until": until});
    let mut both = document();
    both["clients"][0]["circle"] = json!(["first", "other"]);
    both["agreements"]["absences"] =
        json!([absence("first", "2026-03-02", "2026-03-03"), absence("other", "2026-03-04", "2026-03-05")]);
    let both = planned(both);
    assert_eq!((both.plan.stand_ins.len(), both.unintroduced), (0, 0));
    // A circle without a first nurse is counted on as well.
    let mut circle = with(&[("/clients/0/first_nurse", Value::Null), ("/prices/unintroduced", json!(3.0))]);
    circle["clients"][0]["circle"] = json!(["first"]);
    circle["prices"]["not_circle"] = json!(2.0);
    let circle = planned(circle);
    assert_eq!((circle.plan.stand_ins.len(), circle.unintroduced), (1, 3));
}

#[test]
fn leaves_of_two_in_a_row_are_one() {
    let absence =
        |nurse: &str, from: &str, until: &str| json!({"nurse": nurse, "from": from, "until": until});
    let mut three = document();
    let third = json!({"id": "third", "home": {"index": 3}, "shifts": three["nurses"][0]["shifts"]});
    three["nurses"].as_array_mut().expect("a list").insert(1, third);
    three["travel"]["matrix"]["bicycle"] =
        json!([[0, 600, 300, 60], [600, 0, 360, 60], [300, 360, 0, 300], [60, 60, 300, 0]]);
    three["clients"][0]["circle"] = json!(["third"]);
    three["prices"]["unintroduced"] = json!(1.0);
    three["agreements"]["absences"] =
        json!([absence("first", "2026-03-04", "2026-03-05"), absence("third", "2026-03-04", "2026-03-06")]);
    let three = planned(three);
    let [stand_in] = three.plan.stand_ins.as_slice() else { panic!("{:?}", three.plan.stand_ins) };
    assert_eq!(stand_in.away, ["first", "third"]);
    assert_eq!(
        (stand_in.from.to_string(), stand_in.until.to_string()),
        ("2026-03-04".into(), "2026-03-06".into())
    );
}
