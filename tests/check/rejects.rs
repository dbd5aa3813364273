//! For every rule a plan broken in exactly that way, rejected by exactly that rule. (Times and breaks: `check_rejects_times`.)

use crate::cases::{Case, at, break_stop, morning, split_days, tour, visit, with_break};
use kring::check::Rule;
use kring::error::ErrorKind;
use serde_json::json;

#[test]
fn the_unbroken_plans_are_accepted() {
    morning().accepted();
    split_days().accepted();
    with_break().accepted();
}

#[test]
fn every_rule_has_its_own_name_in_json() {
    for &rule in Rule::ALL {
        assert_eq!(serde_json::to_value(rule).unwrap(), json!(rule.name()));
    }
    let names: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), Rule::ALL.len());
}

#[test]
fn a_violation_says_where_who_and_how_much() {
    let found = morning().plan("/tours/0/stops/0/visit/start", json!(at(2, "08:10"))).check().violations;
    // Arrival at 08:11; the printed end is then 60 s too late as well.
    let text = "tours[0].stops[0]: arrival: client c1, care wash: starts at 2026-03-02T08:10:00+00:00, \
                60 s before arrival at 2026-03-02T08:11:00+00:00";
    assert_eq!(found[0].to_string(), text);
    assert_eq!(serde_json::to_value(&found[0]).unwrap()["rule"], json!("arrival"));
}

// What the plan speaks of.

#[test]
fn an_unknown_nurse() {
    morning().plan("/tours/0/nurse", json!("n9")).rejected_by(Rule::UnknownNurse, "tours[0].nurse", 1);
}

#[test]
fn an_unknown_client() {
    let case =
        morning().plan("/tours/0/stops/0/visit/client", json!("c9")).unplanned("c1", "wash", "2026-03-02");
    case.rejected_by(Rule::UnknownClient, "tours[0].stops[0].client", 1);
    morning().unplanned("c9", "wash", "2026-03-02").rejected_by(
        Rule::UnknownClient,
        "unplanned[0].client",
        1,
    );
    let faces = json!([{"client": "c9", "faces": []}, face("c1", &[("n1", 1, true)]), face("c2", &[("n1", 1, true)])]);
    morning().plan("/faces", faces).rejected_by(Rule::UnknownClient, "faces[0]", 1);
}

#[test]
fn an_unknown_care_line() {
    let case =
        morning().plan("/tours/0/stops/0/visit/care", json!("sing")).unplanned("c1", "wash", "2026-03-02");
    case.rejected_by(Rule::UnknownCare, "tours[0].stops[0].care", 1);
    morning().unplanned("c1", "sing", "2026-03-02").rejected_by(Rule::UnknownCare, "unplanned[0].care", 1);
}

#[test]
fn a_shift_that_does_not_exist() {
    morning().plan("/tours/0/shift", json!(at(2, "06:00"))).rejected_by(
        Rule::UnknownShift,
        "tours[0].shift",
        1,
    );
}

#[test]
fn a_tour_without_a_visit() {
    let empty = tour("n1", 2, ["07:00", "07:00", "07:00"], 0, 0, vec![]);
    morning().push("/tours", empty).rejected_by(Rule::Form, "tours[1].stops", 1);
    let only_a_break =
        tour("n1", 2, ["07:00", "07:00", "07:30"], 0, 0, vec![break_stop(2, "07:00", "07:30")]);
    morning().push("/tours", only_a_break).rejected_by(Rule::Form, "tours[1].stops", 1);
}

#[test]
fn a_moment_between_seconds() {
    morning().plan("/tours/0/leave", json!("2026-03-02T08:06:00.5Z")).rejected_by(
        Rule::Form,
        "tours[0].leave",
        1,
    );
}

#[test]
fn two_tours_of_one_shift() {
    // One long shift on Monday instead of two; without the law it needs no break.
    split_days()
        .document("/working_time/law", json!("none"))
        .document("/nurses/0/shifts/0/end", json!("21:00"))
        .document("/nurses/0/shifts/1", json!({"date": "2026-03-03", "start": "13:00", "end": "14:00"}))
        .plan("/tours/1/shift", json!(at(2, "07:00")))
        .rejected_by(Rule::ShiftTwice, "tours[1].shift", 1);
}

// Every visit once, on its days.

#[test]
fn a_visit_made_twice() {
    // On Tuesday morning n2 comes as well.
    let stops = vec![visit("c1", "early", 3, 600, "08:40", "09:10")];
    split_days()
        .document("/nurses/1/shifts/0/start", json!("07:00"))
        .document("/nurses/1/shifts/0/end", json!("12:00"))
        .plan("/tours/3", tour("n2", 3, ["07:00", "08:30", "09:20"], 1200, 0, stops))
        .unplanned("c1", "late", "2026-03-03")
        .rejected_by(Rule::VisitTwice, "tours[3].stops[0]", 1);
}

#[test]
fn a_visit_on_a_day_that_its_line_never_has() {
    let ended = split_days().document("/clients/0/care/1/until", json!("2026-03-02"));
    ended.rejected_by(Rule::Day, "tours[3].stops[0]", 1);
    let mondays = split_days().document("/clients/0/care/1/days", json!({"weekdays": ["monday"]}));
    mondays.rejected_by(Rule::Day, "tours[3].stops[0]", 1);
    let dates =
        split_days().document("/clients/0/care/1/days", json!({"dates": ["2026-03-02", "2026-05-01"]}));
    dates.rejected_by(Rule::Day, "tours[3].stops[0]", 1);
    let before = split_days().document("/clients/0/care/1/from", json!("2026-03-03"));
    before.rejected_by(Rule::Day, "tours[1].stops[0]", 1);
}

#[test]
fn a_visit_outside_the_horizon() {
    // Monday's early visit is given the date of Sunday, and Monday's listed as left out.
    split_days()
        .plan("/tours/0/stops/0/visit/date", json!("2026-03-01"))
        .unplanned("c1", "early", "2026-03-02")
        .rejected_by(Rule::Day, "tours[0].stops[0]", 1);
}

#[test]
fn days_that_form_no_pattern() {
    let either = split_days().document("/clients/0/care/0/days", json!({"patterns": [[0], [1]]}));
    either.rejected_by(Rule::DayPattern, "tours[2].stops[0]", 1);
    // Seven times a week over two days: 7 * 2 / 7 = 2, both days; four times: 8 / 7 = 1 of them.
    let week =
        |times: u8| split_days().document("/clients/0/care/0/days", json!({"per_week": {"times": times}}));
    week(7).accepted();
    week(4).rejected_by(Rule::DayPattern, "tours[2].stops[0]", 1);
}

#[test]
fn an_unplanned_visit_that_is_not_listed() {
    split_days().remove("/tours", 2).rejected_by(Rule::UnplannedList, "unplanned", 1);
}

#[test]
fn a_week_of_visits_that_are_not_listed_is_told_with_its_days() {
    let weeks = split_days()
        .document("/horizon/days", json!(14))
        .document("/clients/0/care/1/until", json!("2026-03-03"))
        .document("/clients/0/care/0/days", json!({"per_week": {"times": 2}}));
    let found = weeks.check().violations;
    let [second] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        second.message,
        "care early of client c1 from 2026-03-09 to 2026-03-15: planned on none, 2 left out, but listed as unplanned: none"
    );
}

#[test]
fn a_planned_visit_listed_as_unplanned() {
    morning().unplanned("c1", "wash", "2026-03-02").rejected_by(Rule::UnplannedList, "unplanned", 1);
}

#[test]
fn an_unplanned_visit_listed_wrongly() {
    let left_out = split_days().remove("/tours", 2).unplanned("c1", "early", "2026-03-03");
    left_out.accepted();
    left_out.clone().unplanned("c1", "early", "2026-03-03").rejected_by(
        Rule::UnplannedList,
        "unplanned[1]",
        1,
    );
    left_out.unplanned("c1", "early", "2026-04-01").rejected_by(Rule::UnplannedList, "unplanned[1]", 1);
}

#[test]
fn an_unplanned_visit_of_a_flexible_line_may_be_on_any_day_that_completes_a_pattern() {
    // The Tuesday visit is left out of a line that has days 0 and 1, or 0 and 2 of three.
    let case = split_days()
        .remove("/tours", 2)
        .document("/horizon/days", json!(3))
        .document("/clients/0/care/1/until", json!("2026-03-03"))
        .document("/clients/0/care/0/days", json!({"patterns": [[0, 1], [0, 2]]}));
    case.clone().unplanned("c1", "early", "2026-03-03").accepted();
    case.clone().unplanned("c1", "early", "2026-03-04").accepted();
    case.rejected_by(Rule::UnplannedList, "unplanned", 1);
}

fn face(client: &str, nurses: &[(&str, u32, bool)]) -> serde_json::Value {
    let faces: Vec<_> = nurses
        .iter()
        .map(|(nurse, visits, new)| json!({"nurse": nurse, "visits": visits, "new": new}))
        .collect();
    json!({"client": client, "faces": faces})
}

#[test]
fn a_list_of_faces_that_contradicts_the_tours() {
    let with = |faces: serde_json::Value| split_days().plan("/faces", faces);
    with(json!([face("c1", &[("n1", 3, false), ("n2", 1, true)])])).accepted();
    let wrong = [
        vec![("n1", 2, false), ("n2", 1, true)],
        vec![("n1", 3, true), ("n2", 1, true)],
        vec![("n1", 3, false)],
        vec![("n1", 3, false), ("n2", 1, true), ("n2", 1, true)],
    ];
    for nurses in wrong {
        with(json!([face("c1", &nurses)])).rejected_by(Rule::FacesList, "faces[0]", 1);
    }
    let twice = face("c1", &[("n1", 3, false), ("n2", 1, true)]);
    with(json!([twice, twice])).rejected_by(Rule::FacesList, "faces[1]", 1);
    // c2 is missing.
    morning().plan("/faces", json!([face("c1", &[("n1", 1, true)])])).rejected_by(
        Rule::FacesList,
        "faces",
        1,
    );
}

// Who may come.

#[test]
fn a_nurse_who_is_away() {
    let away = json!([{"nurse": "n1", "from": "2026-03-03", "until": "2026-03-03"}]);
    split_days().document("/agreements/absences", away).rejected_by(Rule::Absence, "tours[2].shift", 1);
}

#[test]
fn a_level_too_low() {
    morning().document("/clients/0/care/0/level", json!(3)).accepted();
    morning().document("/clients/0/care/0/level", json!(5)).rejected_by(Rule::Level, "tours[0].stops[0]", 2);
}

#[test]
fn a_competence_that_is_missing() {
    let asks = |what: serde_json::Value| morning().document("/clients/1/care/0/competences", what);
    asks(json!(["wounds"])).accepted();
    asks(json!(["wounds", "pumps"])).rejected_by(Rule::Competence, "tours[0].stops[1]", 1);
}

#[test]
fn a_forbidden_pair_from_either_side() {
    let client = split_days().document("/clients/0/forbidden_nurses", json!(["n2"]));
    client.rejected_by(Rule::ForbiddenPair, "tours[3].stops[0]", 1);
    let nurse = split_days().document("/nurses/1/forbidden_clients", json!(["c1"]));
    nurse.rejected_by(Rule::ForbiddenPair, "tours[3].stops[0]", 1);
}

fn pinned(case: Case, pin: serde_json::Value) -> Case {
    case.document("/agreements/pins", json!([pin]))
}

#[test]
fn a_visit_pinned_to_another_nurse() {
    let pin = |nurse: &str| json!({"client": "c1", "care": "late", "date": "2026-03-03", "nurse": nurse});
    pinned(split_days(), pin("n2")).accepted();
    pinned(split_days(), pin("n1")).rejected_by(Rule::PinnedNurse, "tours[3].stops[0]", 1);
}

#[test]
fn a_visit_pinned_to_another_start() {
    let pin = |start: &str| json!({"client": "c1", "care": "wash", "date": "2026-03-02", "start": start});
    pinned(morning(), pin("08:11")).accepted();
    pinned(morning(), pin("08:12")).rejected_by(Rule::PinnedStart, "tours[0].stops[0]", 60);
}

#[test]
fn a_pinned_day_of_a_flexible_line_that_is_not_visited() {
    // Day 0 or day 1, pinned to day 1, but made on day 0.
    let case =
        split_days().remove("/tours", 2).document("/clients/0/care/0/days", json!({"patterns": [[0], [1]]}));
    case.accepted();
    pinned(case, json!({"client": "c1", "care": "early", "date": "2026-03-03"}))
        .unplanned("c1", "early", "2026-03-03")
        .rejected_by(Rule::Day, "tours[0].stops[0]", 1);
}

#[test]
fn a_stranger_in_a_short_visit() {
    // Visits of half an hour; n1 came ten days before, n2, in the last tour, never.
    let case = |minutes: f64| split_days().document("/clients/0/known_faces_under_minutes", json!(minutes));
    case(30.0).accepted();
    case(30.5).rejected_by(Rule::KnownFace, "tours[3].stops[0]", 1);
    case(30.5).document("/clients/0/first_nurse", json!("n2")).accepted();
    case(30.5).document("/clients/0/circle", json!(["n2"])).accepted();
    let before = |date: &str| {
        let past = |nurse: &str, date: &str| json!({"client": "c1", "nurse": nurse, "date": date});
        case(30.5).document("/history/visits", json!([past("n1", "2026-02-20"), past("n2", date)]))
    };
    before("2026-01-05").accepted();
    // A day before the window of eight weeks.
    before("2026-01-04").rejected_by(Rule::KnownFace, "tours[3].stops[0]", 1);
}

#[test]
fn more_faces_than_the_hard_limit() {
    let most = |count: u32, hard: bool| {
        split_days().document("/clients/0/max_faces", json!({"count": count, "hard": hard}))
    };
    most(2, true).accepted();
    most(1, false).accepted();
    most(1, true).rejected_by(Rule::MaxFaces, "document.clients[0]", 1);
}

// What is no plan or no document at all.

#[test]
fn what_cannot_be_checked_is_an_error() {
    let kind = |case: Case| case.try_check().unwrap_err().kind();
    assert_eq!(kind(morning().plan("/kring_plan", json!(2))), ErrorKind::Plan);
    let wrong = [
        ("/kring", json!(2)),
        ("/horizon/days", json!(0)),
        ("/horizon/time_zone", json!("Nowhere")),
        ("/nurses/0/shifts/0/date", json!("2026-03-05")),
        ("/nurses/0/shifts/0/latest_end", json!("11:00")),
        ("/clients/1/id", json!("c1")),
        ("/clients/0/care/0/minutes", json!(0)),
        ("/clients/0/care/0/minutes", json!(1e300)),
        ("/clients/0/care/0/days", json!({"patterns": []})),
        ("/clients/0/care/0/days", json!({"patterns": [[0], []]})),
        ("/clients/0/care/0/days", json!({"patterns": [[60000]]})),
        ("/clients/0/care/0/days", json!({"patterns": [[0, 0]]})),
        ("/clients/0/care/0/days", json!({"per_week": {"times": 7, "weekdays": ["friday"]}})),
        ("/agreements/pins", json!([{"client": "c1", "care": "sing", "date": "2026-03-02"}])),
        ("/agreements/pins", json!([{"client": "c1", "care": "wash", "date": "2026-03-03"}])),
        ("/agreements/pins", json!([{"client": "c1", "care": "wash", "date": "2026-03-02", "nurse": "n9"}])),
        (
            "/agreements/pins",
            json!([{"client": "c1", "care": "wash", "date": "2026-03-02", "start": "11:00"}]),
        ),
        ("/agreements/absences", json!([{"nurse": "n9", "from": "2026-03-02", "until": "2026-03-02"}])),
    ];
    for (pointer, value) in wrong {
        let case = morning().document(pointer, value.clone());
        assert_eq!(kind(case), ErrorKind::Document, "{pointer} {value}");
    }
    assert_eq!(kind(morning().document("/nurses/0/mode", json!("car"))), ErrorKind::Travel);
}

#[test]
fn hostile_numbers_are_violations_and_no_overflow() {
    let far = "9999-12-30T22:00:00Z";
    let long_ago = "-009999-01-02T02:00:00Z";
    let mut case = with_break()
        .document(
            "/prices",
            json!({"travel": 1e300, "waiting": 1e6, "overtime": 1e6, "preferred_start": 1e6}),
        )
        .document("/clients/0/care/0/preferred_start", json!("09:00"))
        .document("/nurses/0/contract_hours", json!(1e300));
    for (pointer, value) in [
        ("/tours/0/leave", json!(long_ago)),
        ("/tours/0/back", json!(far)),
        ("/tours/0/travel_seconds", json!(i64::MIN)),
        ("/tours/0/waiting_seconds", json!(i64::MAX)),
        ("/tours/0/stops/0/visit/start", json!(far)),
        ("/tours/0/stops/0/visit/end", json!(long_ago)),
        ("/tours/0/stops/0/visit/travel_seconds", json!(i64::MIN)),
        ("/tours/0/stops/1/break/start", json!(far)),
        ("/tours/0/stops/2/visit/date", json!("9999-12-31")),
    ] {
        case = case.plan(pointer, value);
        let checked = case.check();
        assert!(!checked.is_clean());
        assert!(checked.cost.total() > 0);
    }
    let breaks: Vec<_> = (0..50).map(|_| json!({"break": {"start": long_ago, "end": far}})).collect();
    let mut stops = breaks.clone();
    stops.push(visit("c1", "wash", 2, 300, "09:00", "10:00"));
    stops.extend(breaks);
    assert!(!case.plan("/tours/0/stops", json!(stops)).check().is_clean());
}
