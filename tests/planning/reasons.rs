//! Why a visit is left out: each cause said as itself, on the day that came nearest, with what to change first.

use kring::data::json::{read_plan, write_plan};
use kring::data::text::{Form, read_document};
use kring::model::plan::Unplanned;
use kring::model::reason::Why;
use kring::{Document, Options, Outcome, Report, prepare, solve};
use std::path::Path;

/// One nurse who lives where the clients do, so that nothing is on the road, and one client with these care lines.
fn document(shifts: &str, care: &str) -> Document {
    let text = format!(
        "kring: 1
horizon: {{first_day: 2026-03-02, days: 7, time_zone: Europe/Amsterdam}}
travel: {{straight: {{}}}}
nurses:
  - {{id: ann, home: {{lat: 52.09, lon: 5.12}}, shifts: [{shifts}]}}
clients:
  - id: c1
    location: {{lat: 52.09, lon: 5.12}}
    care: [{care}]
"
    );
    read_document(&text, Form::Yaml).unwrap_or_else(|error| panic!("{error}"))
}

fn solved(document: &Document) -> Outcome {
    let problem = prepare(document, Path::new(".")).unwrap_or_else(|error| panic!("{error}"));
    solve(&problem, &Options::default().with_iterations(300)).expect("an outcome")
}

/// The only visit left out, and why ann cannot make it.
fn left_out(document: &Document) -> (Unplanned, Why) {
    let plan = solved(document).plan;
    let [unplanned] = &plan.unplanned[..] else { panic!("{:?}", plan.unplanned) };
    assert_eq!(unplanned.reasons.len(), document.nurses.len());
    // What is written is read.
    assert_eq!(read_plan(&write_plan(&plan)).expect("a plan"), plan);
    (unplanned.clone(), unplanned.reasons[0].why.clone())
}

const MORNING: &str = "{date: 2026-03-05, start: 7:00, end: 9:00}";

fn care(id: &str, days: &str, from: &str, to: &str, minutes: u32) -> String {
    format!("{{id: {id}, days: {days}, window: {{from: {from}, to: {to}}}, minutes: {minutes}}}")
}

fn thursday(id: &str, from: &str, to: &str, minutes: u32) -> String {
    care(id, "{dates: [2026-03-05]}", from, to, minutes)
}

#[test]
fn leave_is_said_as_leave_and_a_day_off_as_no_shift() {
    let mut away = document(MORNING, &thursday("wash", "7:00", "8:00", 30));
    let date = "2026-03-05".parse().expect("a date");
    away.agreements.absences = vec![kring::model::document::Absence::new("ann", date, date)];
    assert_eq!(left_out(&away).1, Why::OnLeave);
    let off = document(MORNING, &care("wash", "{dates: [2026-03-06]}", "7:00", "8:00", 30));
    assert_eq!(left_out(&off).1, Why::NoShift);
}

#[test]
fn home_too_late_says_by_how_much() {
    // 8:32 to 9:02.
    assert_eq!(
        left_out(&document(MORNING, &thursday("wash", "8:32", "8:50", 30))).1,
        Why::HomeLate { minutes: 2 }
    );
    // Half a minute is told as one.
    let half = thursday("wash", "8:30", "8:50", 30).replace("minutes: 30", "minutes: 30.5");
    assert_eq!(left_out(&document(MORNING, &half)).1, Why::HomeLate { minutes: 1 });
    // More than half an hour is another shift.
    assert_eq!(left_out(&document(MORNING, &thursday("wash", "8:32", "8:50", 59))).1, Why::OutsideWindow);
    // Behind the other visit: 7:00 to 8:00, then to 9:05.
    let both = [thursday("long", "7:00", "7:00", 60), thursday("other", "7:00", "9:00", 65)].join(", ");
    let (unplanned, why) = left_out(&document(MORNING, &both));
    assert_eq!(why, Why::HomeLate { minutes: 5 }, "{unplanned:?}");
    // With the minutes that are asked for there is room.
    let longer = MORNING.replace("end: 9:00", "end: 9:00, latest_end: 9:05");
    assert_eq!(solved(&document(&longer, &both)).plan.unplanned, []);
    let shorter = MORNING.replace("end: 9:00", "end: 9:00, latest_end: 9:04");
    assert_eq!(left_out(&document(&shorter, &both)).1, Why::HomeLate { minutes: 1 });
    // In between there is none, however late she is home.
    let tight = [thursday("long", "7:00", "7:00", 60), thursday("other", "7:00", "7:30", 50)].join(", ");
    assert!(matches!(left_out(&document(MORNING, &tight)).1, Why::NoGap { .. }));
}

#[test]
fn room_that_is_dearer_than_leaving_out_says_so() {
    let wished = thursday("walk", "7:00", "8:00", 30).replace("{id", "{priority: wished, id");
    let mut document = document(MORNING, &wished);
    document.clients[0].location = kring::model::document::Place::at(52.12, 5.12);
    assert_eq!(solved(&document).plan.unplanned, []);
    document.prices.unplanned.wished = 1.0;
    assert_eq!(left_out(&document).1, Why::Dearer);
}

#[test]
fn of_several_days_the_nearest_counts() {
    // Once a week, two hours; on Thursday, the only day that she works, it ends 20 minutes too late behind the other.
    let bath = care("bath", "{per_week: {times: 1}}", "7:00", "9:00", 120);
    let vital = thursday("wash", "7:00", "7:00", 30).replace("{id", "{priority: vital, id");
    let shift = MORNING.replace("end: 9:00", "end: 9:10");
    let mut document = document(&shift, &[bath, vital].join(", "));
    let (unplanned, why) = left_out(&document);
    assert_eq!((unplanned.care.as_str(), &why), ("bath", &Why::HomeLate { minutes: 20 }));
    let nearest = unplanned.nearest().expect("a reason");
    let day = nearest.date.unwrap_or(unplanned.date);
    assert_eq!(day.to_string(), "2026-03-05");
    assert_eq!(nearest.why.mend().as_deref(), Some("let the shift end 20 minutes later (latest_end)"));
    // On Friday a colleague has too little room for it at all.
    let mut bea = document.nurses[0].clone();
    bea.id = "bea".into();
    bea.shifts[0].date = "2026-03-06".parse().expect("a date");
    bea.shifts[0].end = "8:00".parse().expect("a time");
    document.nurses.push(bea);
    let plan = solved(&document).plan;
    let why: Vec<&Why> = plan.unplanned[0].reasons.iter().map(|reason| &reason.why).collect();
    assert_eq!(why, [&Why::HomeLate { minutes: 20 }, &Why::OutsideWindow]);
}

#[test]
fn days_with_the_same_reasons_share_a_paragraph_with_what_to_try_first() {
    let document = document(MORNING, &care("wash", "daily", "12:00", "13:00", 30));
    let outcome = solved(&document);
    assert_eq!(outcome.plan.unplanned.len(), 7);
    let problem = prepare(&document, Path::new(".")).expect("a problem");
    let report = Report::new(&problem, &outcome.plan).expect("a report");
    let summary = report.summary_view().to_string();
    let (_, list) = summary.split_once("Visits left out").expect("a list");
    // Six days without a shift, and one on which the shift is at another time.
    assert_eq!(list.matches("c1, wash (needed), start 12:00 to 13:00").count(), 2, "{list}");
    assert!(list.contains("Mon 2, Tue 3, Wed 4, Fri 6, Sat 7, Sun 8: c1"), "{list}");
    assert!(list.contains("first try (ann): give her a shift on that day"), "{list}");
    assert!(list.contains("first try (ann): give her a shift at that hour"), "{list}");
}
