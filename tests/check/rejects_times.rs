//! For every rule about times and breaks a plan broken in exactly that way, rejected by exactly that rule.

use crate::cases::{at, break_stop, morning, split_days, tour, visit, with_break, with_break_taken};
use kring::check::Rule;
use serde_json::json;

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
