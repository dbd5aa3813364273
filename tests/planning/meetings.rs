//! Meetings, offices, other addresses and couples, from a document to the pages that people read.

use kring::data::text::{Form, read_document};
use kring::model::Term;
use kring::model::warnings::WarningKind;
use kring::{Cancel, Document, Options, Outcome, Planner, Problem, Report, check, prepare, solve};
use std::path::Path;

const TEAM: &str = r#"
kring: 1
horizon: {first_day: 2026-03-02, days: 7, time_zone: Europe/Amsterdam}
travel: {straight: {}}
office: {lat: 52.0930, lon: 5.1210}
nurses:
  - {id: ann, home: {lat: 52.0900, lon: 5.1200}, recurring: [{weekdays: [monday, tuesday], start: 7:00, end: 12:00}]}
  - {id: bea, home: {lat: 52.0950, lon: 5.1100}, leaves_from: office, recurring: [{weekdays: [tuesday], start: 7:00, end: 12:00}]}
clients:
  - id: c1
    location: {lat: 52.0910, lon: 5.1190}
    household: h
    care: [{id: wash, days: daily, window: {from: 7:00, to: 11:00}, minutes: 30}]
  - id: c2
    location: {lat: 52.0910, lon: 5.1190}
    household: h
    elsewhere: [{from: 2026-03-03, until: 2026-03-03, location: {lat: 52.1010, lon: 5.1190}}]
    care: [{id: drops, days: daily, window: {from: 7:00, to: 11:00}, minutes: 10}]
meetings:
  - {id: team, label: Team meeting, days: {weekdays: [tuesday]}, start: 9:30, minutes: 45}
  - {id: role, nurses: [ann], days: {per_week: {times: 1}}, window: {from: 7:00, to: 10:00}, minutes: 60, at: home}
"#;

fn document(text: &str) -> Document {
    read_document(text, Form::Yaml).unwrap_or_else(|error| panic!("{error}"))
}

fn planned(document: &Document) -> (Problem, Outcome) {
    let problem = prepare(document, Path::new(".")).unwrap_or_else(|error| panic!("{error}"));
    let outcome = solve(&problem, &Options::default().with_iterations(500)).expect("an outcome");
    (problem, outcome)
}

/// What the second opinion finds.
fn violations(problem: &Problem, outcome: &Outcome) -> Vec<String> {
    let checked = check(problem, &outcome.plan).expect("a plan of this document");
    assert_eq!(checked.cost, outcome.cost);
    checked.violations.iter().map(ToString::to_string).collect()
}

/// Each meeting of a plan as nurse, meeting, date and start.
fn meetings(outcome: &Outcome) -> Vec<String> {
    let mut found = Vec::new();
    for tour in &outcome.plan.tours {
        for meeting in tour.meetings() {
            let start = meeting.start.time().strftime("%H:%M").to_string();
            found.push(format!("{} {} {} {start}", tour.nurse, meeting.meeting, meeting.date));
        }
    }
    found.sort();
    found
}

#[test]
fn a_team_meets_and_cares() {
    let document = document(TEAM);
    assert_eq!(document.warnings(), []);
    let (problem, outcome) = planned(&document);
    assert_eq!(violations(&problem, &outcome), [""; 0]);
    let held = meetings(&outcome);
    // The fixed one on Tuesday, the other on either of the days that she works.
    assert_eq!(held.len(), 3, "{held:?}");
    assert!(held.contains(&"ann team 2026-03-03 09:30".to_owned()), "{held:?}");
    assert!(held.contains(&"bea team 2026-03-03 09:30".to_owned()), "{held:?}");
    assert!(held.iter().any(|meeting| meeting.starts_with("ann role")), "{held:?}");
    // Nobody works from Wednesday on.
    assert_eq!((outcome.plan.unplanned.len(), outcome.plan.missed.len()), (10, 0));
    // Only care makes faces.
    assert_eq!(
        outcome.plan.faces.iter().map(|client| client.client.as_str()).collect::<Vec<_>>(),
        ["c1", "c2"]
    );

    let report = Report::new(&problem, &outcome.plan).expect("a report");
    let time = &report.indicators().time;
    // Twice 45 minutes and an hour; two days of 30 and 10 minutes of care.
    assert_eq!((time.meetings, time.care), (9_000, 4_800));
    let (summary, tuesday) = (
        report.summary_view().to_string(),
        report.day_view(jiff::civil::date(2026, 3, 3)).expect("a day").to_string(),
    );
    assert!(summary.contains("meetings, training and role time"), "{summary}");
    assert!(tuesday.contains("team (Team meeting)") && tuesday.contains("leaves the office"), "{tuesday}");

    // From this plan on nothing is lost.
    let again = Planner::new(problem.clone())
        .solve(&Options::default().with_iterations(1), Some(&outcome.plan), &Cancel::new(), |_| {})
        .expect("an outcome");
    assert_eq!(again.broken, []);
    assert!(again.cost.total() <= outcome.cost.total());
}

#[test]
fn a_couple_has_one_nurse_a_day() {
    let mut document = document(TEAM);
    document.clients[1].elsewhere.clear();
    document.meetings.clear();
    // Different nurses are preferred, a little.
    document.clients[0].preferred_nurses = vec!["ann".into()];
    document.clients[1].preferred_nurses = vec!["bea".into()];
    (document.prices.face, document.prices.new_face) = (0.0, 0.0);
    let nurses_on_tuesday = |document: &Document| {
        let (problem, outcome) = planned(document);
        assert_eq!(violations(&problem, &outcome), [""; 0]);
        let of_day = outcome.plan.tours.iter().filter(|tour| tour.shift.date().day() == 3);
        (of_day.count(), outcome.cost[Term::Households])
    };
    document.prices.not_preferred = 200.0;
    document.prices.household = 0.0;
    assert_eq!(nurses_on_tuesday(&document), (2, 0));
    document.prices.household = 30.0;
    assert_eq!(nurses_on_tuesday(&document), (2, 30 * 60_000));
    document.prices.household = 500.0;
    assert_eq!(nurses_on_tuesday(&document), (1, 0));
}

#[test]
fn a_meeting_that_cannot_be_reached_is_said_to_be_missed() {
    let mut document = document(TEAM);
    // Two hundred kilometres away.
    document.meetings[0].location = Some(kring::model::document::Place::at(53.9, 5.12));
    let (problem, outcome) = planned(&document);
    let missed: Vec<&str> = outcome.plan.missed.iter().map(|missed| missed.nurse.as_str()).collect();
    assert_eq!(missed, ["ann", "bea"]);
    let found = violations(&problem, &outcome);
    assert!(
        found.len() == 2 && found.iter().all(|violation| violation.contains("misses meeting team")),
        "{found:?}"
    );
    let report = Report::new(&problem, &outcome.plan).expect("a report");
    let summary = report.summary_view().to_string();
    assert!(summary.contains("Meetings missed"), "{summary}");
}

#[test]
fn nurses_who_do_not_work_that_day_are_told() {
    let warning = |change: &dyn Fn(&mut Document)| {
        let mut document = document(TEAM);
        change(&mut document);
        document.validate().expect("still sound");
        let told = document.warnings().into_iter().filter(|w| w.kind == WarningKind::NotAtMeeting);
        told.map(|warning| warning.to_string()).collect::<Vec<String>>()
    };
    let on_monday = warning(&|document| {
        document.meetings[0].days = kring::model::document::Days::Daily;
    });
    assert_eq!(
        on_monday,
        [
            "meetings[0] (meeting \"team\"): \"ann\" has no shift with room for it on 2026-03-04, 2026-03-05, 2026-03-06, \
             and 2 more; she does not take part then; give her a shift, or name those who take part as nurses",
            "meetings[0] (meeting \"team\"): \"bea\" has no shift with room for it on 2026-03-02, 2026-03-04, 2026-03-05, \
             and 3 more; she does not take part then; give her a shift, or name those who take part as nurses",
        ]
    );
    let nobody = warning(&|document| document.meetings[0].start = "11:30".parse().ok());
    assert_eq!(nobody.len(), 1);
    assert!(nobody[0].contains("nobody takes part"), "{nobody:?}");
    // On leave is on leave.
    let leave = warning(&|document| {
        document.agreements.absences.push(kring::model::document::Absence::new(
            "bea",
            "2026-03-03".parse().expect("a date"),
            "2026-03-03".parse().expect("a date"),
        ));
    });
    assert_eq!(leave, [""; 0]);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let cases = [
        ("start: 9:30, ", "", "meetings[0].start (meeting \"team\")"),
        (
            "start: 9:30,",
            "start: 9:30, window: {from: 9:00, to: 10:00},",
            "meetings[0].window (meeting \"team\")",
        ),
        ("minutes: 45", "minutes: 0", "meetings[0].minutes (meeting \"team\")"),
        ("nurses: [ann]", "nurses: [cor]", "meetings[1].nurses[0] (meeting \"role\")"),
        ("nurses: [ann]", "nurses: [ann, ann]", "meetings[1].nurses[1] (meeting \"role\")"),
        ("id: role", "id: team", "meetings[1].id"),
        (
            "{weekdays: [tuesday]}, start",
            "{per_week: {times: 1}}, start",
            "meetings[0].days (meeting \"team\")",
        ),
        (
            "{weekdays: [tuesday]}, start",
            "{patterns: [[0], [1]]}, start",
            "meetings[0].days (meeting \"team\")",
        ),
        ("at: home", "at: home, location: {lat: 52.1, lon: 5.1}", "meetings[1].at (meeting \"role\")"),
        (
            "window: {from: 7:00, to: 10:00}, minutes: 60",
            "start: 9:45, minutes: 60, every_weeks: 2",
            "meetings[1].every_weeks",
        ),
        ("office: {lat: 52.0930, lon: 5.1210}", "", "nurses[1].leaves_from (nurse \"bea\")"),
        (
            "location: {lat: 52.1010, lon: 5.1190}",
            "location: {lat: 52.1010}",
            "clients[1].elsewhere[0].location (client \"c2\")",
        ),
        ("until: 2026-03-03,", "until: 2026-03-02,", "clients[1].elsewhere[0].until (client \"c2\")"),
        ("household: h", "household: ''", "clients[0].household (client \"c1\")"),
    ];
    for (before, after, place) in cases {
        assert!(TEAM.contains(before), "{before}");
        let error = read_document(&TEAM.replacen(before, after, 1), Form::Yaml).expect_err(after);
        assert!(error.to_string().contains(place), "{after}: {error}");
    }
    // Two fixed meetings at once.
    let clash = TEAM.replace(
        "{per_week: {times: 1}}, window: {from: 7:00, to: 10:00}",
        "{weekdays: [tuesday]}, start: 10:00",
    );
    let error = read_document(&clash, Form::Yaml).expect_err("a clash");
    assert!(error.to_string().contains("is still in meeting \"team\""), "{error}");
}

#[cfg(feature = "exchange")]
#[test]
fn exports_have_meetings() {
    use kring::data::exchange::{calendar::Calendars, lines::geojson, table};
    use kring::model::plan::Stop;
    let document = document(TEAM);
    let (_, outcome) = planned(&document);
    let stamp = "2026-02-20T09:00:00Z".parse().expect("a time");
    let calendars = Calendars::new(&document, &outcome.plan, stamp).expect("calendars");
    let bea = calendars.of_nurse("bea").expect("a calendar");
    assert!(
        bea.contains("UID:nurse-bea-meeting-team-2026-03-03@kring") && bea.contains("SUMMARY:Team meeting"),
        "{bea}"
    );
    assert!(!calendars.of_client("c1").expect("a calendar").contains("meeting"));
    let rows = table::visits(&document, &outcome.plan, table::TableOptions::default());
    assert_eq!(rows.matches(",meeting\r\n").count(), 3, "{rows}");
    let map: serde_json::Value =
        serde_json::from_str(&geojson(&document, &outcome.plan, None, true).expect("a map")).expect("JSON");
    let features = map["features"].as_array().expect("features");
    let lines = features.iter().filter(|feature| feature["geometry"]["type"] == "LineString");
    // Bea sets out from the office and goes home; both meet there on Tuesday.
    let office = serde_json::json!([5.121, 52.093]);
    for line in
        lines.filter(|line| line["properties"]["shift"].as_str().is_some_and(|at| at.contains("03-03")))
    {
        let points = line["geometry"]["coordinates"].as_array().expect("points");
        assert!(points[1..].contains(&office) || points[0] == office, "{line}");
        let home = if line["properties"]["nurse"] == "bea" { [5.11, 52.095] } else { [5.12, 52.09] };
        assert_eq!(points.last(), Some(&serde_json::json!(home)), "{line}");
        assert_eq!(points[0] == office, line["properties"]["nurse"] == "bea", "{line}");
    }
    // A meeting that the document does not have is a mistake, as a client is.
    let mut other = outcome.plan.clone();
    let stops = other.tours.iter_mut().flat_map(|tour| &mut tour.stops);
    for stop in stops {
        if let Stop::Meeting(meeting) = stop {
            meeting.meeting = "tea".to_owned();
        }
    }
    let error = geojson(&document, &other, None, true).expect_err("an unknown meeting");
    assert!(error.to_string().contains("\"tea\" is not in the document"), "{error}");
}
