//! Bundles of FHIR R4: what goes out comes in again, what comes in from others, what is wrong with it.

#![cfg(feature = "exchange")]

use kring::data::exchange::fhir::{BundleOptions, ImportedBundle, LONGEST, bundle, read};
use kring::data::scenario::{Scenario, ScenarioOptions, generate};
use kring::error::{ErrorKind, Result};
use kring::model::document::{Care, Days, Horizon, Weekday};
use kring::model::{Document, Plan};
use kring::{prepare, solve};
use proptest::prelude::*;
use serde_json::{Value, json};

fn document() -> Document {
    serde_json::from_str(include_str!("../golden/report/neighbourhood.json")).expect("a document")
}

fn plan() -> Plan {
    serde_json::from_str(include_str!("../golden/report/plan.json")).expect("a plan")
}

fn horizon() -> Horizon {
    let first_day = "2026-03-02".parse().expect("a date");
    Horizon::new(first_day, 14).with(|horizon| horizon.time_zone = Some("Europe/Amsterdam".to_owned()))
}

fn resources(text: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(text).expect("JSON");
    let entries = bundle["entry"].as_array().expect("entries");
    entries.iter().map(|entry| entry["resource"].clone()).collect()
}

fn of<'a>(all: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    all.iter().filter(move |resource| resource["resourceType"] == kind)
}

/// Two people of a record system, with places, and what is said about them.
fn said(more: &[Value]) -> String {
    let place = |lat: f64| {
        json!([{"line": ["Secret street 1"], "extension": [{
            "url": "http://hl7.org/fhir/StructureDefinition/geolocation",
            "extension": [{"url": "latitude", "valueDecimal": lat}, {"url": "longitude", "valueDecimal": 5.1}]
        }]}])
    };
    let mut all = vec![
        json!({"resourceType": "Patient", "id": "p1", "name": [{"family": "Secret"}], "birthDate": "1940-01-01",
               "identifier": [{"system": "http://example.org/citizen", "value": "Secret-number"}],
               "address": place(52.1)}),
        json!({"resourceType": "Practitioner", "id": "n1", "address": place(52.2)}),
    ];
    all.extend_from_slice(more);
    let entries: Vec<Value> = all.into_iter().map(|resource| json!({"resource": resource})).collect();
    json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}).to_string()
}

fn request(timing: Value) -> Value {
    json!({"resourceType": "ServiceRequest", "id": "wash", "status": "active", "intent": "order",
           "reasonCode": [{"text": "Secret diagnosis"}],
           "subject": {"reference": "Patient/p1"}, "occurrenceTiming": timing})
}

fn import(more: &[Value]) -> Result<ImportedBundle> {
    read(&said(more), horizon(), 30, None)
}

fn lines(repeat: Value) -> Vec<Care> {
    let read = import(&[request(json!({"repeat": repeat}))]).expect("a document");
    read.document.clients[0].care.clone()
}

/// The mistakes of a request with a timing.
fn wrong(timing: Value) -> String {
    import(&[request(timing)]).expect_err("a mistake").to_string()
}

#[test]
fn every_visit_is_an_appointment_within_a_slot() {
    let (document, plan) = (document(), plan());
    let all = resources(&bundle(&document, &plan, BundleOptions::default()).expect("a bundle"));
    let visits: usize = plan.tours.iter().map(|tour| tour.visits().count()).sum();
    assert_eq!(of(&all, "Appointment").count(), visits);
    assert_eq!(of(&all, "Patient").count(), document.clients.len());
    for appointment in of(&all, "Appointment") {
        assert_eq!(appointment["status"], "proposed");
        assert_eq!(appointment["participant"][0]["status"], "needs-action");
        let slot = appointment["slot"][0]["reference"].as_str().expect("a slot");
        let slot = of(&all, "Slot").find(|of| format!("Slot/{}", of["id"].as_str().expect("an id")) == slot);
        let slot = slot.expect("the slot is in the bundle");
        assert_eq!((&slot["start"], &slot["end"]), (&appointment["start"], &appointment["end"]));
        assert_eq!(slot["status"], "busy-tentative");
        let request = appointment["basedOn"][0]["reference"].as_str().expect("a request");
        assert!(of(&all, "ServiceRequest").any(|of| request.ends_with(of["id"].as_str().expect("an id"))));
    }
    let options = BundleOptions { is_booked: true, ..BundleOptions::default() };
    let booked = resources(&bundle(&document, &plan, options).expect("a bundle"));
    assert!(of(&booked, "Appointment").all(|of| of["status"] == "booked"));
    assert!(of(&booked, "Slot").all(|of| of["status"] != "busy-tentative"));
    assert!(of(&booked, "CareTeam").all(|of| of["status"] == "active"));
}

#[test]
fn circles_are_care_teams_with_periods() {
    let (mut document, plan) = (document(), plan());
    let (first, second) = (document.nurses[0].id.clone(), document.nurses[1].id.clone());
    document.clients[0].first_nurse = Some(second.clone());
    document.clients[0].circle = vec![first.clone()];
    let all = resources(&bundle(&document, &plan, BundleOptions::default()).expect("a bundle"));
    let team = of(&all, "CareTeam").next().expect("a team");
    let members = team["participant"].as_array().expect("members");
    let said: Vec<(&str, &str)> = members
        .iter()
        .map(|of| (of["member"]["reference"].as_str().unwrap(), of["role"][0]["text"].as_str().unwrap()))
        .filter(|(_, role)| *role != "stand-in")
        .collect();
    let (first, second) = (format!("Practitioner/{first}"), format!("Practitioner/{second}"));
    assert_eq!(said, [(second.as_str(), "first nurse"), (first.as_str(), "circle")]);
    assert!(members.iter().all(|of| of["period"]["start"].is_string() && of["period"]["end"].is_string()));
}

#[test]
fn nothing_but_ids_goes_out_unless_asked() {
    let mut document = document();
    document.label = Some("Secret town".to_owned());
    document.nurses.iter_mut().for_each(|nurse| {
        nurse.label = Some("Secret nurse".to_owned());
        nurse.competences = vec!["secret-skill".to_owned()];
    });
    document.clients.iter_mut().for_each(|client| client.label = Some("Secret client\u{7}".to_owned()));
    let text = bundle(&document, &plan(), BundleOptions::default()).expect("a bundle");
    assert!(!text.to_lowercase().contains("secret"));
    assert!(!text.contains("52.") && !text.contains("geolocation"), "no places");
    let options = BundleOptions { has_labels: true, ..BundleOptions::default() };
    let text = bundle(&document, &plan(), options).expect("a bundle");
    assert!(text.contains("Secret nurse") && text.contains("\"Secret client \""), "control characters go");
    assert!(!text.contains("secret-skill") && !text.contains("Secret town"));
}

#[test]
fn care_lines_and_shifts_come_in_as_they_went_out() {
    for seed in 1..=3 {
        let options = ScenarioOptions { nurses: Some(5), clients: Some(12), seed, ..small(Scenario::Town) };
        let document = generate(&options).expect("a document");
        let problem = prepare(&document, "".as_ref()).expect("a problem");
        let limits = kring::Options::default().with_iterations(100).with_threads(1);
        let plan = solve(&problem, &limits).expect("a plan").plan;
        let text = bundle(&document, &plan, BundleOptions::default()).expect("a bundle");
        let read = read(&text, document.horizon.clone(), 30, Some(&document)).expect("a document").document;
        assert_eq!(read.clients.len(), document.clients.len());
        for (now, before) in read.clients.iter().zip(&document.clients) {
            assert_eq!(now.care, before.care);
            assert_eq!((&now.id, &now.location), (&before.id, &before.location));
            assert_eq!(now.first_nurse, before.first_nurse);
        }
        for (now, before) in read.nurses.iter().zip(&document.nurses) {
            let key = |shift: &kring::model::document::Shift| (shift.date, shift.start, shift.end);
            let absent = |date| {
                let away = &document.agreements.absences;
                away.iter().any(|of| of.nurse == before.id && (of.from..=of.until).contains(&date))
            };
            let mut starts: Vec<_> = before.shifts.iter().map(key).collect();
            starts.retain(|(date, ..)| !absent(*date));
            starts.sort();
            assert_eq!(now.shifts.iter().map(key).collect::<Vec<_>>(), starts);
        }
        // Without a plan as well.
        let none = Plan::new(Vec::new());
        let text = bundle(&document, &none, BundleOptions::default()).expect("a bundle");
        assert_eq!(resources(&text).iter().filter(|of| of["resourceType"] == "Appointment").count(), 0);
    }
}

fn small(scenario: Scenario) -> ScenarioOptions {
    ScenarioOptions { scenario, nurses: None, clients: None, days: None, seed: 1 }
}

fn care(fields: Value) -> Care {
    let mut line =
        json!({"id": "wash", "window": {"from": "07:00", "to": "11:00"}, "minutes": 30, "days": "daily"});
    for (name, value) in fields.as_object().expect("fields") {
        line[name] = value.clone();
    }
    serde_json::from_value(line).expect("a care line")
}

/// A care line goes out and comes in, where nobody knows it.
fn there_and_back(line: &Care) -> Vec<Care> {
    there_and_back_beside(line, &line.clone().with(|line| line.id = "other".to_owned()))
}

/// The same beside a document that has another line.
fn there_and_back_beside(line: &Care, known: &Care) -> Vec<Care> {
    let mut document = document();
    document.horizon = horizon();
    document.agreements = Default::default();
    document.history = Default::default();
    document.clients.truncate(1);
    document.clients[0].care = vec![line.clone()];
    let none = Plan::new(Vec::new());
    let text = bundle(&document, &none, BundleOptions::default()).expect("a bundle");
    document.clients[0].care = vec![known.clone()];
    let read = read(&text, horizon(), 30, Some(&document)).expect("a document");
    read.document.clients[0].care.clone()
}

#[test]
fn days_of_every_kind_go_out_and_come_in() {
    for fields in [
        json!({"days": "daily"}),
        json!({"days": "daily", "every_weeks": 2, "from": "2026-02-25"}),
        json!({"days": {"weekdays": ["monday", "thursday"]}, "preferred_start": "08:15"}),
        json!({"days": {"weekdays": ["sunday"]}, "every_weeks": 3, "from": "2026-02-01", "until": "2026-04-01"}),
        json!({"days": {"per_week": {"times": 2}}}),
        json!({"days": {"per_week": {"times": 1, "weekdays": ["monday", "tuesday", "friday"]}}}),
        json!({"days": {"dates": ["2026-03-04", "2026-03-09"]}, "minutes": 7.5}),
        json!({"days": "daily", "window": {"from": "22:30", "to": "01:00"}, "priority": "vital"}),
    ] {
        let line = care(fields);
        assert_eq!(there_and_back(&line), [line]);
    }
    // What FHIR does not say of a line comes from the document that knows it, else it is left out.
    let full =
        care(json!({"days": {"per_week": {"times": 2, "min_gap": 3}}, "level": 3, "competences": ["wound"],
        "priority": "wished", "regular_hour": {"within_minutes": 60}}));
    let plain = care(json!({"days": {"per_week": {"times": 2}}}));
    assert_eq!(there_and_back(&full), [plain]);
    assert_eq!(there_and_back_beside(&full, &full), [full]);
    // FHIR has no words for these: the dates of the horizon go out.
    let monthly = there_and_back(&care(json!({"days": {"monthly": {"weekday": "tuesday", "nth": 2}}})));
    assert!(
        matches!(&monthly[0].days, Days::Dates(dates) if dates.len() == 1 && dates[0].to_string() == "2026-03-10")
    );
}

#[test]
fn timings_of_others_become_care_lines() {
    let day = json!({"duration": 30, "durationUnit": "min", "frequency": 1, "period": 1, "periodUnit": "d"});
    let with = |fields: Value| {
        let mut repeat = day.clone();
        for (name, value) in fields.as_object().expect("fields") {
            repeat[name] = value.clone();
        }
        lines(repeat)
    };
    let hours = |line: &Care| format!("{} {}", line.window.from, line.window.to);
    // A time of the day is the client's own hour, with half an hour before and after.
    let one = &with(json!({"timeOfDay": ["08:00:00"]}))[0];
    assert_eq!((hours(one).as_str(), one.id.as_str(), &one.days), ("07:30 08:30", "wash", &Days::Daily));
    assert_eq!(one.preferred_start.map(|time| time.to_string()).as_deref(), Some("08:00"));
    // Two times are two lines.
    let two =
        with(json!({"frequency": 2, "timeOfDay": ["20:00:00", "08:00:00"], "dayOfWeek": ["sat", "sun"]}));
    assert_eq!(two.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["wash-1", "wash-2"]);
    assert_eq!(two.iter().map(hours).collect::<Vec<_>>(), ["07:30 08:30", "19:30 20:30"]);
    assert_eq!(two[0].days, Days::Weekdays(vec![Weekday::Saturday, Weekday::Sunday]));
    // Parts of the day.
    let parts = with(json!({"frequency": 2, "when": ["MORN", "EVE"]}));
    assert_eq!(parts.iter().map(hours).collect::<Vec<_>>(), ["07:00 12:00", "18:00 22:00"]);
    // Hours, weeks, months, every third day.
    let weekly = &with(json!({"duration": 1.5, "durationUnit": "h", "frequency": 3, "periodUnit": "wk"}))[0];
    assert_eq!((weekly.minutes, hours(weekly).as_str()), (90.0, "07:00 22:00"));
    assert!(matches!(&weekly.days, Days::PerWeek(of) if of.times == 3 && of.weekdays.is_empty()));
    let start = json!({"start": "2026-02-28T23:30:00Z"});
    let third = &with(json!({"period": 3, "boundsPeriod": start}))[0];
    let days = ["2026-03-04", "2026-03-07", "2026-03-10", "2026-03-13"];
    assert!(
        matches!(&third.days, Days::Dates(of) if of.iter().map(ToString::to_string).eq(days)),
        "{:?}",
        third.days
    );
    let monthly = &with(json!({"periodUnit": "mo", "boundsPeriod": {"start": "2026-01-09"}}))[0];
    assert!(matches!(&monthly.days, Days::Monthly(of) if of.day == Some(9)));
}

#[test]
fn only_what_planning_needs_comes_in() {
    let timing = json!({"repeat": {"duration": 30, "durationUnit": "min", "timeOfDay": ["08:00:00"]}});
    let other = json!({"resourceType": "Condition", "id": "x", "code": {"text": "Secret"}});
    let mut revoked = request(timing.clone());
    (revoked["id"], revoked["status"]) = (json!("old"), json!("revoked"));
    let mut never = request(timing.clone());
    (never["id"], never["doNotPerform"]) = (json!("never"), json!(true));
    let mut needed = request(timing.clone());
    (needed["id"], needed["asNeededBoolean"]) = (json!("needed"), json!(true));
    let read = import(&[request(timing), other, revoked, never, needed]).expect("a document");
    assert!(!kring::write_document(&read.document).contains("Secret"));
    assert_eq!(read.document.clients[0].care.len(), 1);
    let notes = read.notes.join("\n");
    for note in ["1 of Condition", "not to be carried out: 2", "as needed: 1"] {
        assert!(notes.contains(note), "{note}: {notes}");
    }
}

#[test]
fn care_plans_roles_and_slots_come_in() {
    let activity = |status: &str| {
        json!({"detail": {"status": status, "scheduledTiming": {"repeat": {
            "duration": 20, "durationUnit": "min", "frequency": 1, "period": 1, "periodUnit": "d"}}}})
    };
    let plan = json!({"resourceType": "CarePlan", "id": "cp", "status": "active", "intent": "plan",
        "subject": {"reference": "https://records.example.org/fhir/Patient/p1/_history/3"},
        "activity": [activity("scheduled"), activity("stopped"), {"reference": {"reference": "ServiceRequest/x"}}]});
    let role = json!({"resourceType": "PractitionerRole", "id": "r1", "practitioner": {"reference": "Practitioner/n1"},
        "availableTime": [{"daysOfWeek": ["mon", "tue"], "availableStartTime": "07:00:00", "availableEndTime": "13:00:00"}],
        "notAvailable": [{"description": "holiday", "during": {"start": "2026-03-09", "end": "2026-05-01"}}]});
    let read = import(&[plan.clone(), role.clone()]).expect("a document").document;
    assert_eq!(read.clients[0].care[0].id, "cp-1");
    assert_eq!(read.clients[0].care.len(), 1);
    assert_eq!((read.nurses[0].recurring.len(), read.nurses[0].shifts.len()), (1, 0));
    assert_eq!(read.agreements.absences[0].until.to_string(), "2026-03-15");
    // Slots that touch are one shift, and come before hours of availability.
    let slot = |id: &str, status: &str, start: &str, end: &str| {
        json!({"resourceType": "Slot", "id": id, "schedule": {"reference": "Schedule/s"}, "status": status,
               "start": format!("2026-03-02T{start}:00Z"), "end": format!("2026-03-02T{end}:00Z")})
    };
    let schedule =
        json!({"resourceType": "Schedule", "id": "s", "actor": [{"reference": "Practitioner/n1"}]});
    let all = [
        slot("b", "busy", "08:00", "08:30"),
        slot("a", "free", "06:00", "08:00"),
        slot("c", "free", "10:00", "12:00"),
        slot("d", "busy-unavailable", "08:30", "10:00"),
        schedule,
        role,
        plan,
    ];
    let read = import(&all).expect("a document").document;
    let shifts: Vec<String> =
        read.nurses[0].shifts.iter().map(|of| format!("{} {} {}", of.date, of.start, of.end)).collect();
    assert_eq!(shifts, ["2026-03-02 07:00 09:30", "2026-03-02 11:00 13:00"]);
    assert!(read.nurses[0].recurring.is_empty());
}

#[test]
fn mistakes_name_path_resource_and_mend() {
    let repeat = |fields: Value| json!({"repeat": fields});
    for (timing, expected) in [
        (repeat(json!({"frequency": 1, "period": 1, "periodUnit": "d"})), "repeat.duration"),
        (repeat(json!({"duration": 30, "durationUnit": "min"})), "repeat.periodUnit"),
        (
            repeat(json!({"duration": 30, "durationUnit": "mo", "timeOfDay": ["08:00"]})),
            "repeat.durationUnit",
        ),
        (repeat(json!({"duration": -3, "durationUnit": "min", "timeOfDay": ["08:00"]})), "repeat.duration"),
        (
            repeat(json!({"duration": 30, "durationUnit": "min", "timeOfDay": ["25:00:00"]})),
            "repeat.timeOfDay",
        ),
        (repeat(json!({"duration": 30, "durationUnit": "min", "when": ["PHS"]})), "repeat.when"),
        (repeat(json!({"duration": 30, "durationUnit": "min", "dayOfWeek": ["monday"]})), "repeat.dayOfWeek"),
        (
            repeat(json!({"duration": 30, "count": 3})),
            "repeat.count (ServiceRequest \"wash\"): is not understood",
        ),
        (
            repeat(
                json!({"duration": 30, "durationUnit": "min", "frequency": 3, "period": 1, "periodUnit": "d"}),
            ),
            "repeat.frequency (ServiceRequest \"wash\"): 3 a day, at 1 times",
        ),
        (
            repeat(
                json!({"duration": 30, "durationUnit": "min", "frequency": 1, "period": 4, "periodUnit": "h"}),
            ),
            "repeat.periodUnit",
        ),
        (
            repeat(
                json!({"duration": 30, "durationUnit": "min", "frequency": 1, "period": 2, "periodUnit": "wk"}),
            ),
            "repeat.boundsPeriod.start",
        ),
        (json!({"code": {"text": "BID"}}), "occurrenceTiming.code"),
        (
            json!({"event": ["2026"], "repeat": {"duration": 30, "durationUnit": "min"}}),
            "occurrenceTiming.event (ServiceRequest \"wash\"): \"2026\" is no day",
        ),
    ] {
        let said = wrong(timing.clone());
        assert!(said.contains(expected), "{timing}: {said}");
        assert!(
            said.starts_with("entry[2].resource.occurrenceTiming.")
                && said.contains("(ServiceRequest \"wash\")"),
            "{said}"
        );
    }
    let said = wrong(json!({"repeat": {"duration": "thirty"}}));
    assert!(
        said.starts_with(
            "entry[2].resource.occurrenceTiming.repeat.duration (ServiceRequest \"wash\"): invalid type"
        ),
        "{said}"
    );
    let mut nobody = request(json!({}));
    nobody["subject"] = json!({"reference": "Patient/nobody"});
    let said = import(&[nobody]).expect_err("a mistake").to_string();
    assert!(
        said.contains("subject.reference (ServiceRequest \"wash\"): \"Patient/nobody\" is not in the bundle"),
        "{said}"
    );
    let patient = json!({"resourceType": "Patient", "id": "p2"});
    let said = import(std::slice::from_ref(&patient)).expect_err("a mistake").to_string();
    assert!(said.starts_with("entry[2].resource.address (Patient \"p2\"): no place is given"), "{said}");
    let said = import(&[patient.clone(), patient]).expect_err("a mistake").to_string();
    assert!(said.contains("entry[3].resource.id (Patient \"p2\"): is that of entry[2], too"), "{said}");
    let modified =
        json!({"resourceType": "Slot", "id": "x", "schedule": {"modifierExtension": [{"url": "urn:not"}]}});
    assert!(
        import(&[modified]).expect_err("a mistake").to_string().contains("modifierExtension (Slot \"x\")")
    );
}

#[test]
fn any_text_is_an_error_or_a_document() {
    for text in [
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"resourceType\": \"Patient\"}",
        "{\"resourceType\": \"Bundle\"}",
        "\u{feff}{\"resourceType\": \"Bundle\", \"entry\": [{}, {\"resource\": 3}, {\"resource\": {\"resourceType\": [1]}}]}",
    ] {
        assert!(read(text, horizon(), 30, None).is_err(), "{text}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep, horizon(), 30, None).expect_err("deep").kind(), ErrorKind::Syntax);
    let long = " ".repeat(LONGEST + 1);
    assert_eq!(read(&long, horizon(), 30, None).expect_err("long").kind(), ErrorKind::TooLarge);
    let entries = vec!["{}"; kring::data::exchange::fhir::MOST_ENTRIES + 1].join(",");
    let many = format!("{{\"resourceType\": \"Bundle\", \"entry\": [{entries}]}}");
    assert_eq!(read(&many, horizon(), 30, None).expect_err("many").kind(), ErrorKind::TooLarge);
    // A hundred mistakes are told, however many there are, and each is short.
    let wrong: Vec<Value> = (0..5_000)
        .map(|at| json!({"resourceType": "Patient", "id": format!("{at}{}", "x".repeat(900))}))
        .collect();
    let error = import(&wrong).expect_err("mistakes");
    assert_eq!(error.mistakes().len(), 101);
    assert!(error.to_string().len() < 40_000, "{}", error.to_string().len());
    // Hostile ids and labels go out in the form of FHIR and come in again.
    let mut document = document();
    document.clients[0].id = "<b>'\"👩\u{200d}⚕️ &".to_owned();
    document.agreements = Default::default();
    document.history = Default::default();
    let none = Plan::new(Vec::new());
    let text = bundle(&document, &none, BundleOptions::default()).expect("a bundle");
    let read = read(&text, document.horizon.clone(), 30, Some(&document)).expect("a document");
    assert_eq!(read.document.clients[0].id, document.clients[0].id);
    assert_eq!(read.document.clients.len(), document.clients.len());
}

#[test]
fn a_plan_of_another_document_is_refused() {
    let mut plan = plan();
    plan.tours[0].nurse = "nobody".to_owned();
    let error = bundle(&document(), &plan, BundleOptions::default()).expect_err("unknown");
    assert_eq!((error.kind(), error.mistakes()[0].path.as_str()), (ErrorKind::Plan, "tours[0].nurse"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    // Any timing is an error with a place, or care lines that a document may have.
    #[test]
    fn any_timing_is_an_error_or_care(
        frequency in prop::option::of(0u32..12), period in prop::option::of(-1.0f64..40.0), whole in any::<bool>(),
        unit in prop::option::of(prop::sample::select(vec!["s", "min", "h", "d", "wk", "mo", "a", "?"])),
        days in prop::collection::vec(prop::sample::select(vec!["mon", "wed", "sun", "sat"]), 0..4),
        times in prop::collection::vec(prop::sample::select(vec!["00:00:00", "08:00:00", "23:59:59"]), 0..4),
        when in prop::collection::vec(prop::sample::select(vec!["MORN", "NIGHT", "CM"]), 0..3),
        start in prop::option::of(prop::sample::select(vec!["1970-01-01", "2026-03-04", "2026-03-10T23:30:00Z", "9999-12-31"])),
    ) {
        let mut repeat = json!({"duration": 15, "durationUnit": "min", "dayOfWeek": days, "timeOfDay": times, "when": when});
        if let Some(frequency) = frequency { repeat["frequency"] = json!(frequency); }
        if let Some(period) = period { repeat["period"] = json!(if whole { period.round() } else { period }); }
        if let Some(unit) = unit { repeat["periodUnit"] = json!(unit); }
        if let Some(start) = start { repeat["boundsPeriod"] = json!({"start": start}); }
        match import(&[request(json!({"repeat": repeat}))]) {
            Ok(read) => prop_assert!(!read.document.clients[0].care.is_empty()),
            Err(error) => prop_assert!(!error.mistakes().is_empty()),
        }
    }
}

#[test]
fn without_a_time_zone_nothing_is_read() {
    let error =
        read(&said(&[]), horizon().with(|horizon| horizon.time_zone = None), 30, None).expect_err("no clock");
    assert_eq!(error.mistakes()[0].path, "horizon.time_zone");
    assert!(error.to_string().contains("--time-zone"), "{error}");
}
