//! Plans broken in exactly one way, where tours begin or end at the office, clients are elsewhere for some days, and nurses
//! have meetings.

use crate::cases::{Case, at, morning, tour, visit};
use kring::check::Rule;
use serde_json::json;

// Where tours begin and end, and where clients are.

/// [`morning`] with a fourth place, 120 s from everywhere, where somebody is on that day.
fn with_fourth_place() -> Case {
    let mut case = morning();
    case.times = vec![0, 300, 420, 120, 360, 0, 240, 120, 480, 180, 0, 120, 120, 120, 120, 0];
    case
}

/// c1 is at the fourth place on Monday.
fn with_family() -> Case {
    let stay = json!([{"from": "2026-03-02", "until": "2026-03-02", "location": {"index": 3}}]);
    with_fourth_place().document("/clients/0/elsewhere", stay)
}

#[test]
fn care_at_another_address_on_its_days_only() {
    // home 08:06 -120 s-> 08:08-08:38 -120 s-> 08:40, waits 1200 s, c2 09:00-09:45 -480 s-> home 09:53.
    let stops =
        vec![visit("c1", "wash", 2, 120, "08:08", "08:38"), visit("c2", "wound", 2, 120, "09:00", "09:45")];
    let there = tour("n1", 2, ["07:00", "08:06", "09:53"], 720, 1200, stops);
    with_family().plan("/tours/0", there.clone()).accepted();
    // The plan of somebody who goes to the usual address.
    with_family().rejected_in_part(Rule::TravelSeconds, "tours[0].stops[0].travel_seconds");
    // The day before, c1 is still at home.
    let early = json!([{"from": "2026-02-27", "until": "2026-03-01", "location": {"index": 3}}]);
    let case = with_family().document("/clients/0/elsewhere", early);
    case.accepted();
    let found: Vec<Rule> = case.plan("/tours/0", there).check().violations.iter().map(|v| v.rule).collect();
    assert!(found.contains(&Rule::TravelSeconds) && found.contains(&Rule::Arrival), "{found:?}");
}

#[test]
fn a_tour_that_ends_at_the_office() {
    let office = || {
        with_fourth_place()
            .document("/office", json!({"index": 3}))
            .document("/nurses/0/returns_to", json!("office"))
    };
    // The way from c2 is 120 s, not 480: at the office by 09:47, 660 s on the road.
    let at_office = |case: Case| {
        case.plan("/tours/0/back", json!(at(2, "09:47"))).plan("/tours/0/travel_seconds", json!(660))
    };
    at_office(office()).accepted();
    at_office(with_fourth_place().document("/office", json!({"index": 3})))
        .plan("/tours/0/travel_seconds", json!(1020))
        .rejected_by(Rule::Return, "tours[0].back", 360);
    // A shift may say otherwise.
    office().document("/nurses/0/shifts/0/returns_to", json!("home")).accepted();

    // Out from 08:06 to 09:47, 6060 s. Of the ways from and to the bases only that from home, 300 s, is left out of paid time.
    let spans = json!({"paid": "span", "home_legs_unpaid": true});
    let paid = |case: Case| case.document("/working_time", spans.clone()).accepted().indicators.time.paid;
    assert_eq!(paid(at_office(office())), 6060 - 300);
    assert_eq!(paid(morning()), 6420 - 300 - 480);
}

// Meetings.

/// A stop at a meeting.
fn meeting_stop(meeting: &str, day: u8, travel: i64, start: &str, end: &str) -> serde_json::Value {
    json!({"meeting": {"meeting": meeting, "date": format!("2026-03-{day:02}"),
        "travel_seconds": travel, "start": at(day, start), "end": at(day, end)}})
}

/// [`with_fourth_place`] with a team meeting there from 10:00 to 10:30.
///
/// ```text
/// home 08:06 .. c2 09:00-09:45 -120 s-> 09:47, waits 780 s, team 10:00-10:30 -120 s-> home 10:32
/// ```
/// Travel 300 + 240 + 120 + 120 = 780; care 4500; meeting 1800; 08:06 to 10:32 is 8760 = 780 + 4500 + 1800 + 1680.
fn with_meeting() -> Case {
    let team =
        json!({"id": "team", "days": "daily", "start": "10:00", "minutes": 30, "location": {"index": 3}});
    let stops = vec![
        visit("c1", "wash", 2, 300, "08:11", "08:41"),
        visit("c2", "wound", 2, 240, "09:00", "09:45"),
        meeting_stop("team", 2, 120, "10:00", "10:30"),
    ];
    with_fourth_place()
        .document("/meetings", json!([team]))
        .plan("/tours/0", tour("n1", 2, ["07:00", "08:06", "10:32"], 780, 1680, stops))
}

#[test]
fn a_meeting_is_work_and_no_care() {
    let checked = with_meeting().accepted();
    let time = checked.indicators.time;
    assert_eq!((time.care, time.meetings, time.travel, time.waiting), (4500, 1800, 780, 1680));
    assert_eq!(time.shift, time.care + time.travel + time.waiting + time.breaks + time.meetings + time.other);
    assert_eq!(checked.indicators.visits.planned, 2);
}

/// The tour of n1 without the meeting.
fn straight_home() -> serde_json::Value {
    let visits =
        vec![visit("c1", "wash", 2, 300, "08:11", "08:41"), visit("c2", "wound", 2, 240, "09:00", "09:45")];
    tour("n1", 2, ["07:00", "08:06", "09:53"], 1020, 900, visits)
}

#[test]
fn a_missed_meeting() {
    let missed = json!([{"meeting": "team", "nurse": "n1", "date": "2026-03-02"}]);
    let case = with_meeting().plan("/tours/0", straight_home()).plan("/missed", missed);
    case.rejected_by(Rule::MissedMeeting, "document.meetings[0]", 1);
    // It costs ten times the dearest visit left out: 60,000 minutes.
    assert_eq!(case.check().cost[kring::model::Term::Unplanned], 60_000 * 60_000);
    // Not listed, it breaks a second rule; listed though it was held, only that.
    let found = case.plan("/missed", json!([])).check().violations;
    assert!(found.iter().any(|violation| violation.rule == Rule::UnplannedList), "{found:?}");
    let listed = json!([{"meeting": "team", "nurse": "n1", "date": "2026-03-02"}]);
    with_meeting().plan("/missed", listed).rejected_by(Rule::UnplannedList, "missed", 1);
    let unknown = json!([{"meeting": "tea", "nurse": "n1", "date": "2026-03-02"}]);
    with_meeting().plan("/missed", unknown).rejected_by(Rule::UnplannedList, "missed[0]", 1);
}

#[test]
fn a_meeting_listed_as_missed_that_it_is_not() {
    let missed = |nurse: &str, date: &str| json!({"meeting": "team", "nurse": nurse, "date": date});
    let of_week = || {
        let away = json!([{"from": "2026-03-03", "until": "2026-03-08"}]);
        with_meeting()
            .document("/horizon/days", json!(7))
            .document("/clients/0/away", away.clone())
            .document("/clients/1/away", away)
            .push_document(
                "/nurses/0/shifts",
                json!({"date": "2026-03-03", "start": "07:00", "end": "12:00"}),
            )
    };
    // Tuesday's meeting is missed. That of another day is none in its place.
    let case = of_week().plan("/missed", json!([missed("n1", "2026-03-03")]));
    case.rejected_by(Rule::MissedMeeting, "document.meetings[0]", 1);
    let monday = of_week().plan("/missed", json!([missed("n1", "2026-03-02")]));
    monday.rejected_in_part(Rule::UnplannedList, "missed");
    // On Wednesday nobody works, and n2 has no part in it.
    let wednesday =
        of_week().plan("/missed", json!([missed("n1", "2026-03-03"), missed("n1", "2026-03-04")]));
    wednesday.rejected_in_part(Rule::UnplannedList, "missed[1]");
    let second = json!({"id": "n2", "home": {"index": 0}, "level": 3});
    let mut other = case
        .push_document("/nurses", second)
        .plan("/missed", json!([missed("n2", "2026-03-03"), missed("n1", "2026-03-03")]));
    // Next door to n1.
    let rows = [0, 0, 1, 2, 3];
    other.times =
        rows.iter().flat_map(|from| rows.map(|to| with_fourth_place().times[4 * from + to])).collect();
    other.rejected_in_part(Rule::UnplannedList, "missed[0]");
    let twice = of_week().plan("/missed", json!([missed("n1", "2026-03-03"), missed("n1", "2026-03-03")]));
    twice.rejected_in_part(Rule::UnplannedList, "missed[1]");
}

#[test]
fn of_a_number_of_times_a_week_any_day_may_be_the_missed_one() {
    // Once a week, on Monday or Tuesday; held on neither.
    let away = json!([{"from": "2026-03-03", "until": "2026-03-08"}]);
    let case = with_meeting()
        .document("/horizon/days", json!(7))
        .document("/clients/0/away", away.clone())
        .document("/clients/1/away", away)
        .push_document("/nurses/0/shifts", json!({"date": "2026-03-03", "start": "07:00", "end": "12:00"}))
        .document("/meetings/0/days", json!({"per_week": {"times": 1}}))
        .document("/meetings/0/start", json!(null))
        .document("/meetings/0/window", json!({"from": "10:00", "to": "11:00"}))
        .plan("/tours/0", straight_home());
    for day in ["2026-03-02", "2026-03-03"] {
        let missed = json!([{"meeting": "team", "nurse": "n1", "date": day}]);
        case.clone().plan("/missed", missed).rejected_by(Rule::MissedMeeting, "document.meetings[0]", 1);
    }
    let both = json!([{"meeting": "team", "nurse": "n1", "date": "2026-03-02"},
        {"meeting": "team", "nurse": "n1", "date": "2026-03-03"}]);
    case.plan("/missed", both).rejected_in_part(Rule::UnplannedList, "missed");
}

#[test]
fn who_has_no_room_for_a_meeting_misses_nothing() {
    // The shift ends at 12:00: over by then, and not a minute later.
    let case = with_meeting().plan("/tours/0", straight_home());
    case.clone().document("/meetings/0/start", json!("11:31")).accepted();
    let late = case.clone().document("/meetings/0/start", json!("11:30"));
    late.plan("/missed", json!([{"meeting": "team", "nurse": "n1", "date": "2026-03-02"}])).rejected_by(
        Rule::MissedMeeting,
        "document.meetings[0]",
        1,
    );
    case.document("/meetings/0/days", json!({"dates": ["2026-03-03"]})).accepted();
}

#[test]
fn a_meeting_that_is_not_what_the_document_says() {
    with_meeting()
        .plan("/tours/0/stops/2/meeting/date", json!("2026-03-03"))
        .rejected_in_part(Rule::Day, "tours[0].stops[2]");
    with_meeting()
        .plan("/tours/0/stops/2/meeting/meeting", json!("tea"))
        .rejected_in_part(Rule::UnknownMeeting, "tours[0].stops[2].meeting");
    with_meeting().document("/meetings/0/start", json!("10:01")).rejected_by(
        Rule::Window,
        "tours[0].stops[2].start",
        60,
    );
    with_meeting()
        .document("/meetings/0/minutes", json!(29))
        .rejected_in_part(Rule::Duration, "tours[0].stops[2].end");
    with_meeting().plan("/tours/0/stops/2/meeting/travel_seconds", json!(60)).rejected_by(
        Rule::TravelSeconds,
        "tours[0].stops[2].travel_seconds",
        60,
    );
    // At home it is 480 s from c2, and the nurse is home when it is over.
    with_meeting()
        .document("/office", json!({"index": 3}))
        .document("/meetings/0/at", json!("home"))
        .document("/meetings/0/location", json!(null))
        .check_has(Rule::TravelSeconds);
}

#[test]
fn a_meeting_held_twice() {
    let again = meeting_stop("team", 2, 0, "10:30", "11:00");
    let case = with_meeting()
        .document("/meetings/0/start", json!(null))
        .document("/meetings/0/window", json!({"from": "10:00", "to": "11:00"}))
        .push("/tours/0/stops", again)
        .plan("/tours/0/back", json!(at(2, "11:02")));
    case.rejected_by(Rule::VisitTwice, "tours[0].stops[3]", 1);
}
