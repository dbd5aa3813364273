//! Events: what they make of a document and of its published plan.

use crate::published::published;
use crate::random;
use kring::error::ErrorKind;
use kring::model::document::{Days, Kept, Lock};
use kring::model::plan::Plan;
use kring::model::{Event, Events, Published};
use kring::{Document, check, prepare};
use std::path::Path;

#[test]
fn each_kind_of_event_makes_a_document_that_can_be_planned() {
    let text = std::fs::read_to_string("examples/neighbourhoods/village.json").expect("a file");
    let document = kring::read_document(&text).expect("a document");
    let (_, plan) = published(&document, 1);
    let first = &plan.tours[0];
    let visit = first.visits().next().expect("a visit");
    let (nurse, date, client, care) = (&first.nurse, visit.date, &visit.client, &visit.care);
    let all = format!(
        "kring_events: 1
events:
  - nurse_absent: {{nurse: {nurse}, date: {date}, from_time: '10:00', to_time: '11:00'}}
  - nurse_late: {{nurse: {nurse}, date: {date}, start: '08:00'}}
  - nurse_back: {{nurse: {nurse}, date: {date}}}
  - visit_length: {{client: {client}, care: {care}, date: {date}, minutes: 17}}
  - visit_cancelled: {{client: {client}, care: '{care}@{date}', date: {date}}}
  - visit_added: {{client: {client}, care: {{id: fall, days: {{dates: [{date}]}}, minutes: 30,
                  window: {{from: '10:00', to: '14:00'}}, priority: vital}}}}
  - client_away: {{client: {client}, from: {date}, until: {date}}}
  - client_added: {{id: home, location: {{lat: 52.1, lon: 5.1}}, care: [{{id: intake, days: {{dates: [{date}]}},
                   minutes: 60, window: {{from: '10:00', to: '14:00'}}}}]}}
"
    );
    let events = kring::data::text::read_events(&all, kring::data::text::Form::Yaml).expect("events");
    assert_eq!(events.events.len(), 8);
    for event in &events.events {
        if matches!(event, Event::VisitCancelled { .. } | Event::ClientAdded(_)) {
            continue; // The first needs the event before it, the second a place on this map.
        }
        let one = Events::new(events.now, vec![event.clone()]);
        let (document, _) = one.apply(&document, &plan).unwrap_or_else(|e| panic!("{event:?}: {e}"));
        document.validate().unwrap_or_else(|e| panic!("{event:?}: {e}"));
    }
    let (after, _) = events.apply(&document, &plan).expect("all events");
    assert_eq!(after.clients.len(), document.clients.len() + 1);
    assert_ne!(after, document);
}

/// A pin of a visit that an event does away with goes with it.
#[test]
fn pins_of_visits_that_are_cancelled_go_with_them() {
    let mut document = random::document(1);
    document.agreements.pins.clear();
    let (_, plan) = published(&document, 1);
    let tour = &plan.tours[0];
    let daily = tour.visits().find(|visit| {
        let client = document.clients.iter().find(|client| client.id == visit.client);
        let care = client.and_then(|client| client.care.iter().find(|care| care.id == visit.care));
        care.is_some_and(|care| !matches!(care.days, Days::Patterns(_)))
    });
    let visit = daily.unwrap_or_else(|| tour.visits().next().expect("a visit")).clone();
    let (client, care, date) = (visit.client.clone(), visit.care.clone(), visit.date);
    let nurse = Some(tour.nurse.clone());
    let pin =
        kring::model::document::Pin::new(client.clone(), care.clone(), date).with(|pin| pin.nurse = nurse);
    document.agreements.pins = vec![pin];
    document.validate().expect("a pin");
    let after = |event: Event| {
        let events = Events::new(None, vec![event]);
        let (after, _) = events.apply(&document, &plan).expect("an event");
        after.validate().unwrap_or_else(|error| panic!("{error}"));
        after.agreements.pins
    };
    let away = Event::ClientAway { client: client.clone(), from: date, until: date };
    assert_eq!(after(away), []);
    assert_eq!(after(Event::VisitCancelled { client: client.clone(), care: care.clone(), date }), []);
    let longer = after(Event::VisitLength { client, care: care.clone(), date, minutes: 20.0 });
    assert_eq!(longer[0].care, format!("{care}@{date}"));
}

#[test]
fn events_that_name_what_is_not_there_are_refused_with_their_place() {
    let document = random::document(1);
    let event = Event::NurseLate {
        nurse: "nobody".to_owned(),
        date: document.horizon.first_day,
        start: "09:00".parse().expect("a time of day"),
    };
    let events = Events::new(None, vec![event]);
    let error = events.apply(&document, &Plan::default()).expect_err("nobody");
    assert_eq!(error.mistakes()[0].path, "events[0]");
    let wrong = |events: &str| {
        let document = amsterdam();
        let events: Vec<Event> = serde_json::from_str(events).expect("events");
        let error = Events::new(None, events).apply(&document, &published(&document, 1).1);
        error.expect_err("wrong").mistakes().iter().map(|one| one.problem.clone()).collect::<Vec<_>>()
    };
    let found = wrong(
        r#"[{"nurse_late": {"nurse": "m", "date": "2026-03-02", "start": "09:00"}},
            {"visit_cancelled": {"client": "c", "care": "wahs", "date": "2026-03-02"}},
            {"client_away": {"client": "c", "from": "2026-03-03", "until": "2026-03-02"}},
            {"visit_length": {"client": "c", "care": "wash", "date": "2026-03-02", "minutes": -5}},
            {"nurse_absent": {"nurse": "n", "date": "2026-03-02", "from_time": "12:00", "to_time": "10:00"}}]"#,
    );
    assert_eq!(
        found,
        [
            "\"m\" is not a nurse of the document (is \"n\" meant?)",
            "client \"c\" has no care \"wahs\" (is \"wash\" meant?)",
            "until 2026-03-02 is before from 2026-03-03",
            "-5 minutes",
            "to_time 10:00 is not after from_time 12:00",
        ]
    );
    let text = "kring_events: 1\nnow: 2026-03-03T06:30:00\nevents: []\n";
    let error = kring::data::text::read_events(text, kring::data::text::Form::Yaml).expect_err("no offset");
    assert_eq!((error.mistakes()[0].path.as_str(), error.mistakes()[0].line), ("now", Some(2)));
    let unknown =
        kring::data::text::read_events("{\"kring_events\": 1, \"evnts\": []}", kring::data::text::Form::Json);
    assert!(unknown.is_err());
}

// Every kind of event with all of its fields; of a client and a care line those that each must have.
const ALL_FIELDS: &str = r#"{"kring_events": 1, "now": "2026-03-03T06:30:00+01:00", "events": [
    {"nurse_absent": {"nurse": "n", "date": "2026-03-03", "until": "2026-03-04", "from_time": "08:00", "to_time": "09:00"}},
    {"nurse_late": {"nurse": "n", "date": "2026-03-03", "start": "08:00"}},
    {"nurse_back": {"nurse": "n", "date": "2026-03-03"}},
    {"visit_added": {"client": "c", "care": {"id": "fall", "days": {"dates": ["2026-03-03"]}, "minutes": 30,
                                             "window": {"from": "08:00", "to": "09:00"}}}},
    {"client_added": {"id": "new", "location": {"lat": 52.1, "lon": 5.1}, "care": []}},
    {"visit_cancelled": {"client": "c", "care": "wash", "date": "2026-03-03"}},
    {"visit_length": {"client": "c", "care": "wash", "date": "2026-03-03", "minutes": 30}},
    {"client_away": {"client": "c", "from": "2026-03-03", "until": "2026-03-03"}},
    {"street_closed": {"from": 1, "to": 2}}]}"#;

fn first_mistake(text: &str) -> Option<(String, String)> {
    let error = kring::data::text::read_events(text, kring::data::text::Form::Json).err()?;
    let mistake = &error.mistakes()[0];
    Some((mistake.path.clone(), format!("{}; {}", mistake.problem, mistake.mend)))
}

#[test]
fn a_moment_that_cannot_be_read_is_answered_with_one_that_can() {
    let with = |now: &str| first_mistake(&ALL_FIELDS.replace("\"2026-03-03T06:30:00+01:00\"", now));
    let example = "write day, time and offset from UTC: 2026-03-02T06:30:00+01:00";
    for (now, said) in [
        ("\"soon\"", format!("\"soon\" is not a moment; {example}")),
        ("\"2026-03-03\"", format!("\"2026-03-03\" is not a moment; {example}")),
        ("7", format!("\"7\" is not a moment; {example}")),
        (
            "\"2026-03-03T06:30\"",
            "\"2026-03-03T06:30\" is not a moment; add the offset from UTC: 2026-03-03T06:30:00+01:00, or 2026-03-03T06:30:00Z for UTC"
                .to_owned(),
        ),
        ("true", "expected a moment, found true; write it in quotes: 2026-03-02T06:30:00+01:00".to_owned()),
    ] {
        assert_eq!(with(now), Some(("now".to_owned(), said)), "{now}");
    }
    assert_eq!(with("\"2026-03-03T05:30:00Z\""), None);
}

#[test]
fn whatever_stands_in_place_of_a_value_is_told_in_the_words_of_the_form() {
    let whole: serde_json::Value = serde_json::from_str(ALL_FIELDS).expect("JSON");
    assert_eq!(first_mistake(ALL_FIELDS), None);
    let mut places = Vec::new();
    places_within(&whole, String::new(), &mut places);
    let others =
        ["\"soon\"", "\"\"", "7", "-1", "0.5", "1e300", "true", "null", "[]", "{}", "[1]", "{\"soon\": 1}"];
    let mut refused = 0;
    for place in &places {
        for other in others {
            let mut changed = whole.clone();
            *changed.pointer_mut(place).expect("a place") = serde_json::from_str(other).expect("JSON");
            let Some((_, said)) = first_mistake(&changed.to_string()) else { continue };
            refused += 1;
            for word in ["schema", "invalid", "u32", "f64", "struct", "enum", "variant", "sequence"] {
                assert!(!said.contains(word), "{place} = {other}: {said}");
            }
        }
    }
    assert!(refused > 5 * places.len(), "{refused} of {} places", places.len());
}

/// The places of all values within a value, as JSON pointers.
fn places_within(value: &serde_json::Value, at: String, places: &mut Vec<String>) {
    let mut inner = |name: String, value| {
        let place = format!("{at}/{name}");
        places.push(place.clone());
        places_within(value, place, places);
    };
    match value {
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| inner(name.clone(), value));
        }
        serde_json::Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| inner(i.to_string(), value));
        }
        _ => {}
    }
}

#[test]
fn a_closed_street_makes_a_longer_way_and_needs_a_street_graph() {
    let text = r#"{"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
        "nurses": [{"id": "n", "home": {"lat": 52.0, "lon": 5.0}, "mode": "walk",
                    "shifts": [{"date": "2026-03-02", "start": "07:00", "end": "12:00"}]}],
        "clients": [{"id": "c", "location": {"lat": 52.0, "lon": 5.003}, "care": [
            {"id": "wash", "days": "daily", "minutes": 30, "window": {"from": "08:00", "to": "10:00"}}]}],
        "travel": {"streets": {"nodes": [[52.0, 5.0], [52.0, 5.003], [52.002, 5.0015]],
            "streets": [{"from": 0, "to": 1}, {"from": 0, "to": 2}, {"from": 2, "to": 1}]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let (problem, plan) = published(&document, 1);
    let close = |from, to, now: Option<&str>| {
        let now = now.map(|now| now.parse().expect("a moment"));
        Events::new(now, vec![Event::StreetClosed { from, to }])
    };
    let (after, _) = close(1, 0, None).apply(&document, &plan).expect("a street");
    let way = |problem: &kring::Problem| problem.times().seconds(kring::model::document::Mode::Walk, 0, 1);
    let longer = prepare(&after, Path::new(".")).expect("a problem");
    assert!(way(&longer) > way(&problem), "{:?} {:?}", way(&longer), way(&problem));
    let refused = |document: &kring::Document, events: Events| {
        events.apply(document, &plan).expect_err("no such street").to_string()
    };
    let straight = random::document(1);
    let of_straight = published(&straight, 1).1;
    assert!(refused(&document, close(0, 7, None)).contains("no street between the nodes 0 and 7"));
    assert!(refused(&document, close(0, 1, Some("2026-03-02T11:00:00Z"))).contains("visits have begun"));
    let no_streets = close(0, 1, None).apply(&straight, &of_straight).expect_err("no streets");
    assert_eq!(no_streets.mistakes()[0].path, "events[0]");
}

/// A nurse with a morning and an evening shift in Amsterdam, and a daily visit in each.
fn amsterdam() -> Document {
    let text = r#"{"kring": 1,
        "horizon": {"first_day": "2026-03-02", "days": 2, "time_zone": "Europe/Amsterdam"},
        "nurses": [{"id": "n", "home": {"index": 0}, "shifts": [
            {"date": "2026-03-02", "start": "07:00", "end": "12:00"},
            {"date": "2026-03-02", "start": "16:00", "end": "20:00"},
            {"date": "2026-03-03", "start": "07:00", "end": "12:00"}]}],
        "clients": [{"id": "c", "location": {"index": 1}, "care": [
            {"id": "wash", "minutes": 30, "days": "daily", "window": {"from": "08:00", "to": "10:00"}}]}],
        "travel": {"matrix": {"bicycle": [[0, 300], [300, 0]]}}}"#;
    kring::read_document(text).expect("a document")
}

/// The document after one event that becomes known at a moment.
fn after(document: &Document, plan: &Plan, now: &str, event: Event) -> Document {
    let now = Some(now.parse().expect("a moment"));
    let events = Events::new(now, vec![event]);
    let (after, _) = events.apply(document, plan).expect("an event");
    after.validate().unwrap_or_else(|error| panic!("{error}"));
    after
}

fn ill(date: &str) -> Event {
    let date = date.parse().expect("a date");
    Event::NurseAbsent { nurse: "n".into(), date, until: None, from_time: None, to_time: None }
}

#[test]
fn now_may_be_written_with_any_offset() {
    let document = amsterdam();
    let (_, plan) = published(&document, 1);
    // Half past nine in Amsterdam: the morning ends then, and the evening falls out.
    for now in ["2026-03-02T09:30:00+01:00", "2026-03-02T08:30:00Z", "2026-03-01T20:30:00-12:00"] {
        let after = after(&document, &plan, now, ill("2026-03-02"));
        let shifts = after.nurses[0].shifts.iter();
        let shifts: Vec<_> =
            shifts.map(|shift| format!("{} {}-{}", shift.date, shift.start, shift.end)).collect();
        assert_eq!(shifts, ["2026-03-03 07:00-12:00", "2026-03-02 07:00-09:30"], "{now}");
    }
}

#[test]
fn who_is_ill_before_her_shift_is_on_leave_and_may_come_back() {
    let document = amsterdam();
    let (_, plan) = published(&document, 1);
    let now = "2026-03-02T06:30:00+01:00";
    let without = after(&document, &plan, now, ill("2026-03-02"));
    assert_eq!(without.nurses, document.nurses);
    assert_eq!(without.agreements.absences.len(), 1);
    let date = "2026-03-02".parse().expect("a date");
    let back = Event::NurseBack { nurse: "n".into(), date };
    let events = Events::new(Some(now.parse().expect("a moment")), vec![ill("2026-03-02"), back]);
    assert_eq!(events.apply(&document, &plan).expect("events").0, document);
}

/// The visit becomes a line of its own, and what was locked stays locked.
#[test]
fn locks_of_a_visit_go_with_it_when_it_takes_longer() {
    let mut document = amsterdam();
    let lock = |from: Option<&str>, until: Option<&str>| Lock {
        client: Some("c".into()),
        care: Some("wash".into()),
        date: from.map(|date| date.parse().expect("a date")),
        until: until.map(|date| date.parse().expect("a date")),
        keep: vec![Kept::Hour],
        ..Lock::default()
    };
    document.agreements.locks =
        vec![lock(None, None), lock(Some("2026-03-01"), Some("2026-03-03")), lock(Some("2026-03-03"), None)];
    let (problem, plan) = published(&document, 1);
    let date = "2026-03-02".parse().expect("a date");
    let longer = Event::VisitLength { client: "c".into(), care: "wash".into(), date, minutes: 45.0 };
    let events = Events::new(None, vec![longer]);
    let (after, told) = events.apply(&document, &plan).expect("an event");
    after.validate().expect("a document");
    let of_day = Lock { care: Some("wash@2026-03-02".into()), ..lock(Some("2026-03-02"), None) };
    assert_eq!(after.agreements.locks[3..], [of_day.clone(), of_day]);

    // An hour later than published: that is a change of what is locked.
    let mut moved = told.clone();
    for stop in moved.tours.iter_mut().flat_map(|tour| &mut tour.stops) {
        if let kring::model::plan::Stop::Visit(visit) = stop
            && visit.date == date
        {
            let later = |at: kring::model::Moment| {
                let calendar = problem.calendar();
                calendar.moment(calendar.elapsed(at) + 3600)
            };
            (visit.start, visit.end) = (later(visit.start), later(visit.end));
        }
    }
    let with = prepare(&after, Path::new(".")).expect("a problem");
    let with = with.with_published(&Published::new(told, None));
    let found = check(&with, &moved).expect("a plan").violations;
    assert!(found.iter().any(|one| one.rule == kring::check::Rule::Locked), "{found:#?}");
}

/// The night shift of the last day ends at 06:00 in Amsterdam; until then something may change.
#[test]
fn now_lies_within_the_horizon_or_a_shift_of_its_last_day() {
    let mut document = amsterdam();
    let (_, plan) = published(&document, 1);
    let apply = |document: &Document, now: &str| {
        let now = Some(now.parse().expect("a moment"));
        Events::new(now, Vec::new()).apply(document, &plan)
    };
    let refused = |document: &Document, now: &str| {
        let error = apply(document, now).expect_err("a moment after the horizon");
        assert_eq!((error.kind(), error.mistakes()[0].path.as_str()), (ErrorKind::Events, "now"));
        assert!(error.to_string().contains("from 2026-03-02 to 2026-03-03"), "{error}");
    };
    assert!(apply(&document, "2026-03-03T22:59:59Z").is_ok());
    refused(&document, "2026-03-03T23:00:00Z");
    refused(&document, "9999-01-01T00:00:00Z");
    let night = r#"{"date": "2026-03-03", "start": "22:00", "end": "05:30", "latest_end": "06:00"}"#;
    document.nurses[0].shifts.push(serde_json::from_str(night).expect("a shift"));
    assert!(apply(&document, "2026-03-04T05:59:59+01:00").is_ok());
    refused(&document, "2026-03-04T06:00:00+01:00");
}

/// Who is home before her shift is over goes out again from home and from now on, after the way from there.
#[test]
fn who_is_home_already_goes_out_again_from_home() {
    let text = r#"{"kring": 1,
        "horizon": {"first_day": "2026-03-02", "days": 1, "time_zone": "Europe/Amsterdam"},
        "nurses": [{"id": "n", "home": {"index": 0}, "recurring": [
            {"weekdays": ["monday"], "start": "07:00", "end": "15:00", "latest_end": "15:30"}]}],
        "clients": [
            {"id": "c", "location": {"index": 1}, "care": [
                {"id": "wash", "minutes": 30, "days": "daily", "window": {"from": "08:30", "to": "08:30"}}]},
            {"id": "d", "location": {"index": 2}, "care": []}],
        "travel": {"matrix": {"bicycle": [[0, 600, 1200], [600, 0, 1800], [1200, 1800, 0]]}}}"#;
    let document = kring::read_document(text).expect("a document");
    let (problem, plan) = published(&document, 20);
    assert_eq!(plan.tours[0].back, "2026-03-02T09:40:00+01:00".parse().expect("a moment"));
    let fall =
        r#"{"id": "fall", "minutes": 30, "days": "daily", "window": {"from": "08:00", "to": "14:30"}}"#;
    let fall: Event =
        Event::VisitAdded { client: "d".into(), care: serde_json::from_str(fall).expect("a care line") };
    let replan = |now: &str| {
        let now: kring::model::Moment = now.parse().expect("a moment");
        let events = Events::new(Some(now), vec![fall.clone()]);
        let options = kring::Options::default().with_iterations(50);
        let planner = kring::Planner::new(problem.clone());
        let again = planner.replan(&plan, &events, Path::new("."), &options, &kring::Cancel::new(), |_| {});
        let again = again.expect("a plan");
        let checked = check(again.planner.problem(), &again.outcome.plan).expect("a plan");
        assert!(checked.is_clean(), "{:#?}", checked.violations);
        let shifts = again.planner.problem().document().nurses[0].shifts.clone();
        (shifts.iter().map(|of| format!("{}-{}", of.start, of.end)).collect::<Vec<_>>(), again.outcome.plan)
    };
    for now in ["2026-03-02T12:00:00+01:00", "2026-03-02T11:00:00Z"] {
        let (shifts, plan) = replan(now);
        // Half an hour of break lies between them, as in the shift of eight hours.
        assert_eq!(shifts, ["07:00-11:30", "12:00-15:00"]);
        assert_eq!(plan.tours.len(), 2);
        let again = &plan.tours[1];
        assert_eq!(again.leave, "2026-03-02T12:00:00+01:00".parse().expect("a moment"));
        assert_eq!((again.travel_seconds, again.waiting_seconds), (2400, 0));
        assert!(plan.tours[0].stops.len() == 1 && plan.unplanned.is_empty());
    }
    // She is not home yet, or cannot be back in time.
    assert!(replan("2026-03-02T09:05:00+01:00").0.is_empty());
    let (shifts, plan) = replan("2026-03-02T14:30:00+01:00");
    assert_eq!((shifts.len(), plan.unplanned.len()), (2, 1));
}

fn warned(document: &Document, plan: &Plan, now: Option<&str>, events: &str) -> Vec<String> {
    let events: Vec<Event> = serde_json::from_str(events).expect("events");
    let now = now.map(|now| now.parse().expect("a moment"));
    let found = Events::new(now, events).warnings(document, plan).expect("warnings");
    found.iter().map(ToString::to_string).collect()
}

/// What was meant at 06:30 in Amsterdam, and programs that write UTC.
#[test]
fn an_offset_that_is_not_the_teams_is_said_with_both_hours() {
    let mut document = amsterdam();
    let (_, plan) = published(&document, 1);
    let said = |document: &Document, now: &str| warned(document, &plan, Some(now), "[]");
    assert!(said(&document, "2026-03-02T06:30:00+01:00").is_empty());
    assert!(said(&document, "2026-03-02T05:30:00Z").is_empty());
    assert_eq!(
        said(&document, "2026-03-02T06:30:00+05:00"),
        ["now: 2026-03-02T06:30:00+05:00 is 2026-03-02T02:30:00+01:00 in Europe/Amsterdam; \
          write 2026-03-02T06:30:00+01:00 if that hour is meant"]
    );
    // Three weeks ahead the plan may be published; before that another month is meant.
    assert!(said(&document, "2026-02-09T06:30:00+01:00").is_empty());
    assert_eq!(
        said(&document, "2026-02-02T06:30:00+01:00"),
        [
            "now: 2026-02-02 is 28 days before the plan, which begins on 2026-03-02; mend it, if another day is meant"
        ]
    );
    document.horizon.time_zone = None;
    assert!(said(&document, "2026-03-02T06:30:00Z").is_empty());
    let [one] = &said(&document, "2026-03-02T06:30:00+01:00")[..] else { panic!("no warning") };
    assert!(one.contains("is 2026-03-02T05:30:00+00:00 in UTC, which counts where"), "{one}");
}

#[test]
fn care_that_is_added_for_days_that_are_over_is_named() {
    let document = amsterdam();
    let (_, plan) = published(&document, 1);
    let added = |date: &str| {
        format!(
            r#"[{{"visit_added": {{"client": "c", "care": {{"id": "fall", "days": {{"dates": ["{date}"]}},
               "minutes": 20, "window": {{"from": "08:00", "to": "10:00"}}}}}}}}]"#
        )
    };
    let now = Some("2026-03-03T06:30:00+01:00");
    assert_eq!(
        warned(&document, &plan, now, &added("2026-03-02")),
        [
            "events[0] (client \"c\", care \"fall\"): no day of this care lies from 2026-03-03, the day of now, to \
          2026-03-03: nothing is added; mend its days, or now, or leave the event out"
        ]
    );
    assert!(warned(&document, &plan, now, &added("2026-03-03")).is_empty());
    assert!(warned(&document, &plan, None, &added("2026-03-02")).is_empty());
}

#[test]
fn events_that_change_nothing_or_make_a_shift_for_nobody_are_named() {
    let document = amsterdam();
    let (_, plan) = published(&document, 1);
    let events = r#"[
        {"nurse_late": {"nurse": "n", "date": "2026-03-02", "start": "06:00"}},
        {"nurse_back": {"nurse": "n", "date": "2026-03-02"}},
        {"client_away": {"client": "c", "from": "2026-04-01", "until": "2026-04-02"}},
        {"visit_length": {"client": "c", "care": "wash", "date": "2026-03-02", "minutes": 30}},
        {"nurse_absent": {"nurse": "n", "date": "2026-03-02", "from_time": "07:30"}},
        {"nurse_absent": {"nurse": "n", "date": "2026-03-03"}},
        {"nurse_absent": {"nurse": "n", "date": "2026-03-03", "from_time": "08:00"}}
    ]"#;
    let found = warned(&document, &plan, None, events);
    let starts: Vec<&str> = found.iter().map(|one| one.split(';').next().expect("a part")).collect();
    assert_eq!(
        starts,
        [
            "events[0] (nurse \"n\"): no shift of the nurse on 2026-03-02 begins before 06:00 and ends after it: nothing changes",
            "events[1] (nurse \"n\"): the nurse is not absent on 2026-03-02 or later on a day with a shift: nothing changes",
            "events[2] (client \"c\"): the client has no visit from 2026-04-01 to 2026-04-02: nothing changes",
            "events[3] (client \"c\", care \"wash\"): it takes 30 minutes already: nothing changes",
            "events[4] (nurse \"n\"): it makes a shift on 2026-03-02 from 07:00 to 07:30 that no time window of a visit reaches",
            "events[6] (nurse \"n\"): the nurse has no shift on 2026-03-03 in those hours: nothing changes",
        ]
    );
    let all = Events::new(None, serde_json::from_str(events).expect("events"));
    assert_eq!(all.without_effect(&document, &plan).expect("positions"), [0, 1, 2, 3, 6]);
    // Yesterday's visits were made.
    let ill = r#"[{"nurse_absent": {"nurse": "n", "date": "2026-03-02"}}, {"nurse_absent": {"nurse": "n", "date": "2026-03-03"}}]"#;
    let [one] = &warned(&document, &plan, Some("2026-03-03T06:30:00+01:00"), ill)[..] else { panic!("one") };
    assert!(one.starts_with("events[0] (nurse \"n\"): 2026-03-02 is before now, "), "{one}");
    let late = r#"[{"nurse_late": {"nurse": "n", "date": "2026-03-02", "start": "23:00"}}]"#;
    let [one] = &warned(&document, &plan, None, late)[..] else { panic!("one") };
    assert!(one.starts_with("events[0] (nurse \"n\"): her last shift on 2026-03-02 ends at "), "{one}");
    assert!(
        one.ends_with(
            "and she begins at 23:00: she does not come at all; mend its start, or say it as nurse_absent"
        ),
        "{one}"
    );
    let useful = r#"[{"nurse_absent": {"nurse": "n", "date": "2026-03-02", "from_time": "09:00"}}]"#;
    assert!(warned(&document, &plan, None, useful).is_empty());
}
