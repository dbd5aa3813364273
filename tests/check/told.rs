//! What people were told: for each rule about a published plan a plan broken in exactly that way.

use crate::cases::{Case, at, tour, visit};
use kring::check::Rule;
use kring::error::ErrorKind;
use kring::model::{Plan, Published};
use serde_json::{Value, json};

fn meeting(day: u8, start: &str, end: &str) -> Value {
    json!({"meeting": {"meeting": "talk", "date": format!("2026-03-{day:02}"), "travel_seconds": 0,
        "start": at(day, start), "end": at(day, end)}})
}

/// Two nurses who both work on Monday and Tuesday morning. A client is washed on both days and has a bath on one of them; n1 has a
/// talk at home on one of them. All places are 300 s apart.
///
/// ```text
/// Monday  n1  home 07:55 -> wash 08:00-08:30, bath 08:30-08:50 -> home 08:55, talk 09:00-09:30
/// Tuesday n2  home 07:55 -> wash 08:00-08:30 -> home 08:35
/// ```
fn told() -> Case {
    let shift = |day: &str| json!({"date": day, "start": "07:00", "end": "12:00"});
    let shifts = json!([shift("2026-03-02"), shift("2026-03-03")]);
    let window = json!({"from": "08:00", "to": "11:00"});
    Case {
        document: json!({
            "kring": 1,
            "horizon": {"first_day": "2026-03-02", "days": 2},
            "nurses": [
                {"id": "n1", "home": {"index": 0}, "shifts": shifts.clone()},
                {"id": "n2", "home": {"index": 1}, "shifts": shifts}],
            "clients": [{"id": "c1", "location": {"index": 2}, "care": [
                {"id": "wash", "days": "daily", "minutes": 30, "window": window.clone()},
                {"id": "bath", "days": {"patterns": [[0], [1]]}, "minutes": 20, "window": window}]}],
            "meetings": [{"id": "talk", "nurses": ["n1"], "days": {"per_week": {"times": 4}}, "at": "home",
                "window": {"from": "07:00", "to": "11:00"}, "minutes": 30}],
            "agreements": {"locks": []},
            "travel": {"matrix": {}}
        }),
        plan: json!({"kring_plan": 1, "unplanned": [], "faces": [], "tours": [
            tour("n1", 2, ["07:00", "07:55", "09:30"], 600, 300, vec![
                wash(2, "08:00", "08:30"), bath(2, 0, "08:30", "08:50"), home(2, "09:00", "09:30")]),
            tour("n2", 3, ["07:00", "07:55", "08:35"], 600, 0, vec![wash(3, "08:00", "08:30")]),
        ]}),
        times: vec![0, 300, 300, 300, 0, 300, 300, 300, 0],
    }
}

fn wash(day: u8, start: &str, end: &str) -> Value {
    visit("c1", "wash", day, 300, start, end)
}

fn bath(day: u8, way: i64, start: &str, end: &str) -> Value {
    visit("c1", "bath", day, way, start, end)
}

/// The talk, to which she comes from the client.
fn home(day: u8, start: &str, end: &str) -> Value {
    let mut stop = meeting(day, start, end);
    stop["meeting"]["travel_seconds"] = json!(300);
    stop
}

/// On Monday the wash and the talk; on Tuesday the bath, behind the wash.
fn bath_on_tuesday() -> Case {
    let monday = vec![wash(2, "08:00", "08:30"), home(2, "09:00", "09:30")];
    let tuesday = vec![wash(3, "08:00", "08:30"), bath(3, 0, "08:30", "08:50")];
    told()
        .plan("/tours/0", tour("n1", 2, ["07:00", "07:55", "09:30"], 600, 1500, monday))
        .plan("/tours/1", tour("n2", 3, ["07:00", "07:55", "08:55"], 600, 0, tuesday))
}

/// The talk on Tuesday, in a tour of its own, and not on Monday.
fn talk_on_tuesday() -> Case {
    let monday = vec![wash(2, "08:00", "08:30"), bath(2, 0, "08:30", "08:50")];
    let talk = tour("n1", 3, ["07:00", "09:00", "09:30"], 0, 0, vec![meeting(3, "09:00", "09:30")]);
    told().plan("/tours/0", tour("n1", 2, ["07:00", "07:55", "08:55"], 600, 0, monday)).push("/tours", talk)
}

/// The second nurse makes the tour of Tuesday later: the wash at a time, half an hour long.
fn wash_on_tuesday(case: Case, [leave, start, end, back]: [&str; 4], waiting: i64) -> Case {
    case.plan("/tours/1", tour("n2", 3, ["07:00", leave, back], 600, waiting, vec![wash(3, start, end)]))
}

fn locked(case: Case, keep: &str) -> Case {
    let care = if keep == "day" { "bath" } else { "wash" };
    case.document("/agreements/locks", json!([{"client": "c1", "care": care, "keep": [keep]}]))
}

/// Asserts that the plan alone keeps every rule, and that beside the published one it breaks exactly one, at these places and by
/// these amounts.
fn rejected(case: &Case, published: &Case, now: Option<&str>, rule: Rule, found: &[(&str, i64)]) {
    case.accepted();
    let violations = case.beside(published, now).violations;
    let places: Vec<(&str, i64)> = violations.iter().map(|one| (one.place.as_str(), one.amount)).collect();
    assert_eq!(places, found, "{violations:#?}");
    assert!(violations.iter().all(|one| one.rule == rule), "{violations:#?}");
}

#[test]
fn a_plan_that_changes_nothing_is_accepted_at_any_time() {
    for now in
        [None, Some("2026-03-02T08:10:00Z"), Some("2026-03-03T08:10:00Z"), Some("2026-03-09T00:00:00Z")]
    {
        for case in [told(), locked(told(), "nurse"), locked(told(), "hour"), locked(told(), "day")] {
            assert_eq!(case.beside(&told(), now).violations, [], "{now:?}");
        }
    }
}

#[test]
fn what_lies_ahead_and_is_not_locked_may_change() {
    let now = Some("2026-03-02T07:30:00Z");
    for case in [bath_on_tuesday(), talk_on_tuesday(), told().plan("/tours/1/nurse", json!("n1"))] {
        case.accepted();
        assert_eq!(case.beside(&told(), now).violations, []);
    }
}

#[test]
fn a_visit_that_has_begun_with_another_nurse() {
    // n2 was not under way either, so her tour may not leave before now.
    let case = told().plan("/tours/1/nurse", json!("n1"));
    let found = [("tours[1].stops[0]", 1), ("tours[1]", 900)];
    rejected(&case, &told(), Some("2026-03-03T08:10:00Z"), Rule::Frozen, &found);
}

#[test]
fn a_visit_that_has_begun_at_another_time() {
    let case = wash_on_tuesday(told(), ["08:00", "08:05", "08:35", "08:40"], 0);
    let found = [("tours[1].stops[0]", 300)];
    rejected(&case, &told(), Some("2026-03-03T08:10:00Z"), Rule::Frozen, &found);
    // At 07:56 she is on the way.
    rejected(&case, &told(), Some("2026-03-03T07:56:00Z"), Rule::Frozen, &found);
}

#[test]
fn a_visit_that_has_begun_on_another_day() {
    let now = Some("2026-03-02T08:40:00Z");
    rejected(&bath_on_tuesday(), &told(), now, Rule::Frozen, &[("tours", 1)]);
}

#[test]
fn a_visit_before_now_that_was_not_published() {
    // The bath was to be on Tuesday; it is 08:40, and it would have begun at 08:30.
    let found = [("tours[0].stops[1]", 600)];
    rejected(&told(), &bath_on_tuesday(), Some("2026-03-02T08:40:00Z"), Rule::Frozen, &found);
}

#[test]
fn a_tour_that_leaves_before_now() {
    // She leaves half an hour early, and it is 07:30.
    let case = wash_on_tuesday(told(), ["07:25", "08:00", "08:30", "08:35"], 1800);
    rejected(&case, &told(), Some("2026-03-03T07:30:00Z"), Rule::Frozen, &[("tours[1]", 300)]);
}

#[test]
fn a_meeting_that_has_begun_at_another_time() {
    let stops = vec![wash(2, "08:00", "08:30"), bath(2, 0, "08:30", "08:50"), home(2, "09:10", "09:40")];
    let case = told().plan("/tours/0", tour("n1", 2, ["07:00", "07:55", "09:40"], 600, 900, stops));
    let found = [("tours[0].stops[2]", 600)];
    rejected(&case, &told(), Some("2026-03-02T09:15:00Z"), Rule::Frozen, &found);
}

#[test]
fn a_meeting_that_has_begun_on_another_day() {
    let now = Some("2026-03-02T09:15:00Z");
    rejected(&talk_on_tuesday(), &told(), now, Rule::Frozen, &[("tours", 1)]);
}

#[test]
fn a_meeting_before_now_that_was_not_published() {
    // The talk was to be on Tuesday; it is 09:15, and it would have begun at 09:00.
    let found = [("tours[0].stops[2]", 900)];
    rejected(&told(), &talk_on_tuesday(), Some("2026-03-02T09:15:00Z"), Rule::Frozen, &found);
}

#[test]
fn a_shift_that_begins_when_another_one_is_over() {
    // A talk at home at 09:00 belongs to the tour that it was published in, and that tour has begun.
    let talk = tour("n1", 2, ["09:00", "09:00", "09:30"], 0, 0, vec![meeting(2, "09:00", "09:30")]);
    let monday = vec![wash(2, "08:00", "08:30"), bath(2, 0, "08:30", "08:50")];
    let case = told()
        .document("/nurses/0/shifts/0/end", json!("09:00"))
        .push_document("/nurses/0/shifts", json!({"date": "2026-03-02", "start": "09:00", "end": "12:00"}))
        .plan("/tours/0", tour("n1", 2, ["07:00", "07:55", "08:55"], 600, 0, monday))
        .push("/tours", talk);
    case.accepted();
    assert_eq!(case.beside(&case, Some("2026-03-02T09:10:00Z")).violations, []);
}

#[test]
fn a_visit_locked_to_its_nurse_with_another_one() {
    let case = locked(told(), "nurse").plan("/tours/1/nurse", json!("n1"));
    rejected(&case, &told(), None, Rule::Locked, &[("tours[1].stops[0]", 1)]);
    // Not where she is away.
    let absence = json!([{"nurse": "n2", "from": "2026-03-03", "until": "2026-03-03"}]);
    let away = case.document("/agreements/absences", absence);
    assert_eq!(away.beside(&told(), None).violations, []);
}

#[test]
fn a_visit_locked_to_its_hour_at_another_one() {
    // 20 minutes later, 5 more than the tolerance.
    let case = wash_on_tuesday(locked(told(), "hour"), ["08:15", "08:20", "08:50", "08:55"], 0);
    rejected(&case, &told(), None, Rule::Locked, &[("tours[1].stops[0]", 300)]);
    let within = wash_on_tuesday(locked(told(), "hour"), ["08:10", "08:15", "08:45", "08:50"], 0);
    assert_eq!(within.beside(&told(), None).violations, []);
}

#[test]
fn a_visit_locked_to_its_day_on_another_one() {
    rejected(&locked(bath_on_tuesday(), "day"), &told(), None, Rule::Locked, &[("tours", 1)]);
}

#[test]
fn a_published_plan_of_another_document() {
    let mut plan: Plan = serde_json::from_value(told().plan).expect("a plan");
    plan.document = serde_json::from_value(json!({"id": "town", "digest": "0000000000000000"})).ok();
    let case = told().document("/id", json!("village"));
    let error = case.try_beside(Some(&Published::new(plan, None))).expect_err("another document");
    assert_eq!(error.kind(), ErrorKind::Plan);
}
