//! Calendars, tables and map lines of a plan, read back by others.

#![cfg(feature = "exchange")]

use calcard::icalendar::{ICalendar, ICalendarComponentType};
use icalendar::{Calendar, CalendarComponent, Component};
use kring::data::exchange::calendar::Calendars;
use kring::data::exchange::lines::geojson;
use kring::data::exchange::table::{COLUMNS, TableOptions, visits};
use kring::model::Plan;
use kring::model::document::Document;
use kring::model::plan::{PlannedVisit, Stop};
use serde_json::Value;
use std::collections::BTreeMap;

fn document() -> Document {
    serde_json::from_str(include_str!("../golden/report/neighbourhood.json")).expect("a document")
}

fn plan() -> Plan {
    serde_json::from_str(include_str!("../golden/report/plan.json")).expect("a plan")
}

fn calendars<'a>(document: &'a Document, plan: &'a Plan) -> Calendars<'a> {
    let stamp = "2026-02-20T09:00:00Z".parse().expect("a time");
    Calendars::new(document, plan, stamp).expect("calendars")
}

fn visit(plan: &mut Plan) -> &mut PlannedVisit {
    let stops = plan.tours.iter_mut().flat_map(|tour| &mut tour.stops);
    let mut visits = stops.filter_map(|stop| match stop {
        Stop::Visit(visit) => Some(visit),
        Stop::Break(_) | Stop::Meeting(_) => None,
    });
    visits.next().expect("a visit")
}

/// UID, start, end, sequence and status of each event, as the crate `icalendar` reads them.
fn first_reader(text: &str) -> BTreeMap<String, (String, u32, bool)> {
    let read: Calendar = text.parse().expect("a calendar");
    let events = read.components.iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    events
        .map(|event| {
            let time = |name: &str| event.property_value(name).expect("a time").to_owned();
            let is_cancelled = event.property_value("STATUS") == Some("CANCELLED");
            assert!(event.get_start().is_some() && event.get_end().is_some());
            let sequence = event.get_sequence().expect("a sequence");
            let times = format!("{}-{}", time("DTSTART"), time("DTEND"));
            (event.get_uid().expect("a UID").to_owned(), (times, sequence, is_cancelled))
        })
        .collect()
}

/// Kinds of components and their number, as the crate `calcard` reads them.
fn second_reader(text: &str) -> (usize, usize) {
    let read = ICalendar::parse(text).expect("a calendar");
    let of =
        |kind: ICalendarComponentType| read.components.iter().filter(|c| c.component_type == kind).count();
    (of(ICalendarComponentType::VEvent), of(ICalendarComponentType::VTimezone))
}

#[test]
fn two_readers_find_every_visit() {
    let (document, plan) = (document(), plan());
    let all = calendars(&document, &plan);
    let zones = usize::from(document.horizon.time_zone.as_deref() != Some("UTC"));
    for nurse in &document.nurses {
        let text = all.of_nurse(&nurse.id).expect("a calendar");
        let made =
            plan.tours.iter().filter(|tour| tour.nurse == nurse.id).flat_map(|tour| tour.visits()).count();
        assert_eq!(first_reader(&text).len(), made);
        assert_eq!(second_reader(&text), (made, zones));
    }
    for client in &document.clients {
        let text = all.of_client(&client.id).expect("a calendar");
        let made = plan.tours.iter().flat_map(|tour| tour.visits()).filter(|v| v.client == client.id).count();
        assert_eq!((first_reader(&text).len(), second_reader(&text).0), (made, made));
    }
    assert!(all.of_nurse("nobody").is_err() && all.of_client("nobody").is_err());
}

#[test]
fn calendars_have_the_form_of_the_standard() {
    let (mut document, plan) = (document(), plan());
    document.horizon.time_zone = Some("Europe/Amsterdam".to_owned());
    document.clients[0].label = Some(format!("a,b;c\\d {}", "é👩‍⚕️".repeat(30)));
    let text = calendars(&document, &plan).of_nurse(&plan.tours[0].nurse).expect("a calendar");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])), "{text}");
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    assert!(text.contains("DTSTART;TZID=Europe/Amsterdam:2026"), "{text}");
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains("SUMMARY:a\\,b\\;c\\\\d "));
    for line in
        ["METHOD:PUBLISH", "CLASS:PRIVATE", "STATUS:CONFIRMED", "SEQUENCE:0", "DTSTAMP:20260220T090000Z"]
    {
        assert!(unfolded.contains(&format!("{line}\r\n")), "{line}");
    }
    assert_eq!(second_reader(&text).1, 1);
    let plain =
        calendars(&document, &plan).without_labels().of_nurse(&plan.tours[0].nurse).expect("a calendar");
    assert!(!plain.contains("a\\,b"));
}

// 08:07 in the plan is 08:07 in the calendar, whatever the zone of who reads it.
#[test]
fn without_a_time_zone_calendars_have_local_times() {
    let (mut document, plan) = (document(), plan());
    document.horizon.time_zone = None;
    let nurse = &plan.tours[0].nurse;
    let text = calendars(&document, &plan).of_nurse(nurse).expect("a calendar");
    assert_eq!(second_reader(&text).1, 0);
    for visit in plan.tours.iter().filter(|tour| tour.nurse == *nurse).flat_map(|tour| tour.visits()) {
        let start = visit.start.date().to_datetime(visit.start.time()).strftime("%Y%m%dT%H%M%S");
        assert!(text.contains(&format!("\r\nDTSTART:{start}\r\n")), "{start} in {text}");
    }
    let bundle = kring::data::exchange::fhir::bundle(&document, &plan, Default::default());
    assert_eq!(bundle.expect_err("no zone").mistakes()[0].path, "horizon.time_zone");
}

#[test]
fn changes_raise_the_sequence_and_lost_visits_are_cancelled() {
    let document = document();
    let published = plan();
    let mut now = plan();
    let lost = now.tours.pop().expect("a tour");
    let moved = visit(&mut now);
    std::mem::swap(&mut moved.start, &mut moved.end);
    let moved = moved.clone();
    let all = calendars(&document, &now).since(&published, 3);
    let before = calendars(&document, &published);
    let (mut changed, mut cancelled) = (0, 0);
    for client in &document.clients {
        let events = first_reader(&all.of_client(&client.id).expect("a calendar"));
        let old = first_reader(&before.of_client(&client.id).expect("a calendar"));
        assert_eq!(events.keys().collect::<Vec<_>>(), old.keys().collect::<Vec<_>>(), "UIDs are stable");
        for (uid, (times, sequence, is_cancelled)) in &events {
            let (then, ..) = &old[uid];
            changed += usize::from(times != then);
            cancelled += usize::from(*is_cancelled);
            assert_eq!(*sequence, if *is_cancelled || times != then { 3 } else { 0 }, "{uid}");
        }
    }
    assert_eq!((changed, cancelled), (1, lost.visits().count()));
    // In the calendars of two nurses a visit that changed hands is cancelled in one and new in the other.
    let mut handed = plan();
    let from = handed.tours[0].nurse.clone();
    let to = document.nurses.iter().find(|nurse| nurse.id != from).expect("another nurse").id.clone();
    handed.tours[0].nurse.clone_from(&to);
    let visits = handed.tours[0].visits().count();
    let all = calendars(&document, &handed).since(&published, 1);
    let of = |nurse: &str| first_reader(&all.of_nurse(nurse).expect("a calendar"));
    assert_eq!(of(&from).values().filter(|(.., is_cancelled)| *is_cancelled).count(), visits);
    assert_eq!(
        of(&to).values().filter(|(_, sequence, cancelled)| *sequence == 1 && !cancelled).count(),
        visits
    );
    assert!(!moved.client.is_empty());
}

#[test]
fn a_table_has_a_row_for_each_visit() {
    let (mut document, plan) = (document(), plan());
    document.clients[0].label = Some("=HYPERLINK(\"x\"); \"a\", b".to_owned());
    for (options, separator) in
        [(TableOptions::default(), b','), (TableOptions { has_semicolons: true, ..Default::default() }, b';')]
    {
        let text = visits(&document, &plan, options);
        let body = text.strip_prefix('\u{feff}').expect("a mark");
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(body.as_bytes());
        assert_eq!(reader.headers().expect("headings"), COLUMNS.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        let made: usize = plan.tours.iter().map(|tour| tour.visits().count()).sum();
        assert_eq!(rows.len(), made + plan.unplanned.len());
        assert_eq!(rows.iter().filter(|row| &row[11] == "left out").count(), plan.unplanned.len());
        let labelled = rows.iter().find(|row| row[5] == document.clients[0].id).expect("a visit");
        assert_eq!(&labelled[6], "'=HYPERLINK(\"x\"); \"a\", b");
        assert!(rows.iter().flat_map(|row| row.iter()).all(|cell| !cell.starts_with('=')));
    }
}

#[test]
fn tours_are_lines_and_visits_are_points() {
    let text = include_str!("../../examples/neighbourhoods/village.json");
    let document = kring::read_document(text).expect("a document");
    let problem = kring::prepare(&document, "examples/neighbourhoods".as_ref()).expect("a problem");
    let options = kring::Options::default().with_iterations(20).with_threads(1);
    let plan = kring::solve(&problem, &options).expect("a plan").plan;
    let roads = kring::travel::RoadLines::new(&document, "".as_ref()).expect("roads");
    let lines = geojson(&document, &plan, Some(&roads), true).expect("lines");
    let read: Value = serde_json::from_str(&lines).expect("JSON");
    assert_eq!(read["type"], "FeatureCollection");
    let features = read["features"].as_array().expect("features");
    let of = |kind: &str| features.iter().filter(|f| f["geometry"]["type"] == kind).count();
    let made: usize = plan.tours.iter().map(|tour| tour.visits().count()).sum();
    assert_eq!((of("Point"), of("LineString")), (made, plan.tours.len()));
    for feature in features {
        let numbers = feature["geometry"]["coordinates"].to_string();
        assert!(!numbers.contains("null"));
        if feature["geometry"]["type"] == "LineString" {
            let line = feature["geometry"]["coordinates"].as_array().expect("a line");
            assert_eq!(line.first(), line.last(), "from home and home again");
            assert!(line.len() > 4, "along the roads");
            assert_eq!(feature["properties"]["is_on_roads"], true);
        }
    }
    // Without coordinates there is nothing to draw.
    let (document, plan) = (self::document(), self::plan());
    let error = geojson(&document, &plan, None, true).expect_err("a matrix has no places");
    assert!(error.mistakes()[0].path.ends_with(".home"));
}
