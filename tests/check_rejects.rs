//! For every rule a plan broken in exactly that way, rejected by exactly that rule.

mod check_cases;

use check_cases::{Case, at, break_stop, morning, split_days, tour, visit, with_break, with_break_taken};
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
    for rule in Rule::ALL {
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

// Times.

#[test]
fn a_start_outside_the_window() {
    let late = morning().document("/clients/0/care/0/window/to", json!("08:10"));
    late.rejected_by(Rule::Window, "tours[0].stops[0].start", 60);
    let early = morning().document("/clients/0/care/0/window/from", json!("08:12"));
    early.rejected_by(Rule::Window, "tours[0].stops[0].start", 60);
    // A window of one moment is no window of a whole day.
    let only = |time: &str| morning().document("/clients/0/care/0/window", json!({"from": time, "to": time}));
    only("08:11").accepted();
    only("08:10").rejected_by(Rule::Window, "tours[0].stops[0].start", 60);
}

#[test]
fn an_end_that_is_not_start_and_duration() {
    let end = |time: &str| morning().plan("/tours/0/stops/0/visit/end", json!(at(2, time)));
    end("08:40").rejected_by(Rule::Duration, "tours[0].stops[0].end", 60);
    end("08:42").rejected_by(Rule::Duration, "tours[0].stops[0].end", 60);
}

#[test]
fn a_start_before_arrival() {
    // 60 s too early after leaving home, the rest of the tour as it was.
    morning().plan("/tours/0/stops/0", visit("c1", "wash", 2, 300, "08:10", "08:40")).rejected_by(
        Rule::Arrival,
        "tours[0].stops[0]",
        60,
    );
    // c1 until 08:57, 240 s: c2 from 09:01, not 09:00. The sum stays as it was.
    morning().plan("/tours/0/stops/0", visit("c1", "wash", 2, 300, "08:27", "08:57")).rejected_by(
        Rule::Arrival,
        "tours[0].stops[1]",
        60,
    );
}

#[test]
fn being_back_too_early_or_too_late() {
    morning().plan("/tours/0/back", json!(at(2, "09:52"))).rejected_by(Rule::Return, "tours[0].back", 60);
    morning().plan("/tours/0/back", json!(at(2, "09:54"))).rejected_by(Rule::Return, "tours[0].back", 60);
}

#[test]
fn leaving_before_the_shift() {
    // 08:06 against 08:10.
    morning()
        .document("/nurses/0/shifts/0/start", json!("08:10"))
        .plan("/tours/0/shift", json!(at(2, "08:10")))
        .rejected_by(Rule::ShiftStart, "tours[0].leave", 240);
}

#[test]
fn being_back_after_the_latest_end() {
    // 09:53 against 09:50; until the latest end it is overtime.
    let short = morning().document("/nurses/0/shifts/0/end", json!("09:50"));
    short.rejected_by(Rule::LatestEnd, "tours[0].back", 180);
    short.document("/nurses/0/shifts/0/latest_end", json!("09:53")).accepted();
}

#[test]
fn two_tours_at_the_same_time() {
    // The second shift of Monday starts at 08:00 and its tour at 08:20; the first is back at 08:35.
    split_days()
        .document("/nurses/0/shifts/1", json!({"date": "2026-03-02", "start": "08:00", "end": "12:00"}))
        .document("/clients/0/care/1/window/from", json!("08:00"))
        .plan(
            "/tours/1",
            tour(
                "n1",
                2,
                ["08:00", "08:20", "09:00"],
                600,
                0,
                vec![visit("c1", "late", 2, 300, "08:25", "08:55")],
            ),
        )
        .rejected_by(Rule::Overlap, "tours[1]", 900);
}

#[test]
fn tours_may_be_listed_in_any_order() {
    let mut case = split_days();
    case.plan["tours"].as_array_mut().unwrap().reverse();
    case.accepted();
}

#[test]
fn a_short_tour_within_a_long_one_does_not_hide_the_next() {
    // n1 is out for c1 from 08:06 until 09:53, for c2 from 08:30 until 09:30, for c1 again from 09:45:
    // the third leaves after the second is back, but 480 s before the first is.
    let shift = |start: &str| json!({"date": "2026-03-02", "start": start, "end": "12:00"});
    let care = |id: &str, minutes: u32| json!({"id": id, "days": "daily", "minutes": minutes, "window": {"from": "08:00", "to": "11:00"}});
    // There and back: 300 + 360 s for c1, 420 + 480 s for c2.
    let tours = json!([
        tour(
            "n1",
            2,
            ["08:00", "08:06", "09:53"],
            660,
            0,
            vec![visit("c1", "long", 2, 300, "08:11", "09:47")]
        ),
        tour(
            "n1",
            2,
            ["08:30", "08:30", "09:30"],
            900,
            0,
            vec![visit("c2", "wound", 2, 420, "08:37", "09:22")]
        ),
        tour(
            "n1",
            2,
            ["09:45", "09:45", "10:26"],
            660,
            0,
            vec![visit("c1", "wash", 2, 300, "09:50", "10:20")]
        ),
    ]);
    let case = morning()
        .document("/nurses/0/shifts", json!([shift("08:00"), shift("08:30"), shift("09:45")]))
        .document("/clients/0/care", json!([care("long", 96), care("wash", 30)]))
        .document("/clients/1/care", json!([care("wound", 45)]))
        .plan("/tours", tours);
    let found = case.check().violations;
    let amounts: Vec<_> =
        found.iter().map(|found| (found.rule, found.place.as_str(), found.amount)).collect();
    // The second leaves at 08:30, 83 minutes before the first is back.
    assert_eq!(amounts, [(Rule::Overlap, "tours[1]", 4980), (Rule::Overlap, "tours[2]", 480)]);
}

#[test]
fn too_little_rest() {
    // Back at 21:00 on Monday and off again at 07:55 on Tuesday: 10 h 55 min of 11 h.
    let evening = tour(
        "n1",
        2,
        ["16:00", "20:20", "21:00"],
        600,
        0,
        vec![visit("c1", "late", 2, 300, "20:25", "20:55")],
    );
    let case = split_days().plan("/tours/1", evening);
    case.rejected_by(Rule::Rest, "tours[2].leave", 300);
    case.document("/working_time/law", json!("none")).accepted();
}

#[test]
fn travel_printed_wrongly() {
    morning().plan("/tours/0/travel_seconds", json!(1021)).rejected_by(
        Rule::TravelSeconds,
        "tours[0].travel_seconds",
        1,
    );
    morning().plan("/tours/0/stops/1/visit/travel_seconds", json!(180)).rejected_by(
        Rule::TravelSeconds,
        "tours[0].stops[1].travel_seconds",
        60,
    );
}

#[test]
fn waiting_printed_wrongly() {
    morning().plan("/tours/0/waiting_seconds", json!(0)).rejected_by(
        Rule::WaitingSeconds,
        "tours[0].waiting_seconds",
        900,
    );
}

// Breaks. Shift 08:00 to 16:00: from 10:00, at the latest from 13:30, 30 minutes.

#[test]
fn a_break_may_be_taken_in_four_places() {
    let c1 = |start: &str, end: &str| visit("c1", "wash", 2, 300, start, end);
    let c2 = |start: &str, end: &str| visit("c2", "wound", 2, 240, start, end);
    // Before leaving: from 10:00 exactly.
    let stops = vec![break_stop(2, "10:00", "10:30"), c1("10:35", "11:35"), c2("11:39", "12:24")];
    with_break_taken(["10:30", "12:32"], 0, stops).accepted();
    // At c1, waiting from 09:30 for the break to begin.
    let stops = vec![c1("08:30", "09:30"), break_stop(2, "10:00", "10:30"), c2("10:34", "11:19")];
    with_break_taken(["08:25", "11:27"], 1800, stops).accepted();
    // At c2, before the way home.
    let stops = vec![c1("09:00", "10:00"), c2("10:04", "10:49"), break_stop(2, "10:49", "11:19")];
    with_break_taken(["08:55", "11:27"], 0, stops).accepted();
    // At home, after being back.
    let stops = vec![c1("09:00", "10:00"), c2("10:04", "10:49"), break_stop(2, "10:57", "11:27")];
    with_break_taken(["08:55", "10:57"], 0, stops).accepted();
    // At home, some time after being back: of a shift of ten hours the middle half begins at 10:30.
    let stops = vec![c1("08:05", "09:05"), c2("09:09", "09:54"), break_stop(2, "10:30", "11:00")];
    with_break_taken(["08:00", "10:02"], 0, stops)
        .document("/nurses/0/shifts/0/end", json!("18:00"))
        .accepted();
}

#[test]
fn a_break_too_few_or_too_many() {
    // Without the break its half hour is waiting.
    let none = with_break().remove("/tours/0/stops", 1).plan("/tours/0/waiting_seconds", json!(1800));
    none.rejected_by(Rule::BreakCount, "tours[0]", 1);
    let two = with_break().push("/tours/0/stops", break_stop(2, "11:27", "11:57"));
    two.rejected_by(Rule::BreakCount, "tours[0]", 1);
    let undue = with_break().document("/working_time/law", json!("none"));
    undue.rejected_by(Rule::BreakCount, "tours[0]", 1);
}

#[test]
fn a_break_of_another_length() {
    let case = with_break().plan("/tours/0/stops/1", break_stop(2, "10:00", "10:29"));
    case.rejected_by(Rule::BreakLength, "tours[0].stops[1]", 60);
    // A shift may ask for more than the law: taken at home at the end, 15 minutes are missing.
    let stops = vec![
        visit("c1", "wash", 2, 300, "09:00", "10:00"),
        visit("c2", "wound", 2, 240, "10:04", "10:49"),
        break_stop(2, "10:57", "11:27"),
    ];
    let case = with_break_taken(["08:55", "10:57"], 0, stops);
    let asked = |minutes: u32| case.clone().document("/nurses/0/shifts/0/break_minutes", json!(minutes));
    asked(30).accepted();
    asked(45).rejected_by(Rule::BreakLength, "tours[0].stops[2]", 900);
}

#[test]
fn a_break_before_its_earliest_start() {
    // Right after c1 at 09:30, although the middle half begins at 10:00.
    let stops = vec![
        visit("c1", "wash", 2, 300, "08:30", "09:30"),
        break_stop(2, "09:30", "10:00"),
        visit("c2", "wound", 2, 240, "10:34", "11:19"),
    ];
    with_break_taken(["08:25", "11:27"], 1800, stops).rejected_by(Rule::BreakTime, "tours[0].stops[1]", 1800);
}

#[test]
fn a_break_later_than_its_place_puts_it() {
    // c1 ends at 10:00, the break begins at 10:10; c2 from 10:44 leaves room: 600 s of waiting.
    let stops = vec![
        visit("c1", "wash", 2, 300, "09:00", "10:00"),
        break_stop(2, "10:10", "10:40"),
        visit("c2", "wound", 2, 240, "10:44", "11:29"),
    ];
    with_break_taken(["08:55", "11:37"], 600, stops).rejected_by(Rule::BreakTime, "tours[0].stops[1]", 600);
}

#[test]
fn a_break_after_its_latest_start() {
    // Back at 13:31 is 60 s past 13:30. c2 ends 480 s before, c1 60 + 45 + 4 minutes before that.
    let stops = vec![
        visit("c1", "wash", 2, 300, "11:34", "12:34"),
        visit("c2", "wound", 2, 240, "12:38", "13:23"),
        break_stop(2, "13:31", "14:01"),
    ];
    with_break_taken(["11:29", "13:31"], 0, stops).rejected_by(Rule::BreakTime, "tours[0].stops[2]", 60);
}

#[test]
fn a_break_at_home_that_is_not_over_when_the_nurse_leaves() {
    // Leaves at 10:20, arrives at 10:25 and waits 600 s for c1.
    let stops = vec![
        break_stop(2, "10:00", "10:30"),
        visit("c1", "wash", 2, 300, "10:35", "11:35"),
        visit("c2", "wound", 2, 240, "11:39", "12:24"),
    ];
    with_break_taken(["10:20", "12:32"], 600, stops).rejected_by(Rule::BreakTime, "tours[0].stops[0]", 600);
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
