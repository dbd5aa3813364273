//! From fortnight to fortnight: what becomes history, what is dropped, what stays; and continuity over the whole time.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kring::data::starter::starter;
use kring::data::text::{Form, read_document};
use kring::error::ErrorKind;
use kring::model::document::*;
use kring::model::plan::Stop;
use kring::model::roll::{roll, visits_of};
use kring::{Options, Plan, check, prepare, solve};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FIRST: Date = date(2026, 3, 2);

fn document() -> Document {
    read_document(&starter(Form::Yaml, FIRST).expect("a text"), Form::Yaml).expect("a document")
}

fn plan(document: &Document) -> Plan {
    let problem = prepare(document, Path::new(".")).expect("a valid document");
    let options = Options::default().with_iterations(400).with_threads(1);
    let outcome = solve(&problem, &options).expect("a plan");
    let checked = check(&problem, &outcome.plan).expect("a plan that can be checked");
    assert!(checked.is_clean(), "{:#?}", checked.violations);
    assert_eq!(checked.cost, outcome.cost);
    outcome.plan
}

fn day(after: i64) -> Date {
    FIRST.saturating_add(after.days())
}

#[test]
fn ten_fortnights_in_a_row_keep_the_same_few_faces() {
    let mut document = document();
    let mut faces: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut first_fortnight, mut half_way) = (0, 0);
    for fortnight in 0..10 {
        assert_eq!(document.horizon.first_day, day(14 * fortnight));
        let plan = plan(&document);
        assert!(plan.unplanned.is_empty(), "fortnight {fortnight}: {:?}", plan.unplanned);
        for visit in visits_of(&plan) {
            faces.entry(visit.client).or_default().insert(visit.nurse);
        }
        if fortnight == 0 {
            first_fortnight = faces.values().map(BTreeSet::len).sum();
        }
        if fortnight == 4 {
            half_way = faces.values().map(BTreeSet::len).sum();
        }
        document = roll(&document, &plan, None, None).expect("the next document");
        let history = &document.history.visits;
        assert!(history.iter().all(|visit| visit.date < day(14 * fortnight + 14)));
        // Eight weeks at most: what planning looks at.
        assert!(history.iter().all(|visit| visit.date >= day(14 * fortnight + 14 - 56)));
    }
    // Twenty weeks, and hardly anybody whom the client did not meet in the first two; nobody new in the second ten weeks.
    let all: usize = faces.values().map(BTreeSet::len).sum();
    assert_eq!(all, half_way);
    assert!(
        all <= first_fortnight + 2,
        "{first_fortnight} faces in the first fortnight, {all} in ten: {faces:#?}"
    );
    assert!(faces.values().all(|faces| faces.len() <= 3), "{faces:#?}");
    // Seen from the document, the same team and clients: only the holiday has passed.
    assert_eq!((document.nurses.len(), document.clients.len()), (3, 8));
    assert!(document.clients[7].away.is_empty());
}

#[test]
fn what_has_passed_goes_and_what_recurs_stays() {
    let mut before = document();
    let n2 = &mut before.nurses[1];
    let time = |text: &str| text.parse().expect("a time");
    let shift = |after| Shift::new(day(after), time("13:30"), time("16:00"));
    n2.shifts = vec![shift(2), shift(9)];
    n2.recurring[0].except = vec![day(2), day(9)];
    n2.wished_off = WishedOff { weekdays: vec![Weekday::Sunday], dates: vec![day(3), day(9)] };
    (n2.recurring[1].from, n2.recurring[1].until) = (Some(day(-7)), Some(day(6)));
    let absence = |from, until| Absence::new("n1", day(from), day(until));
    before.agreements.absences = vec![absence(1, 1), absence(5, 7)];
    let pin = |after| Pin::new("c1", "bed", day(after)).with(|pin| pin.nurse = Some("n3".into()));
    before.agreements.pins = vec![pin(0), pin(7)];
    let line = before.clients[1].care[0].clone();
    let ended = line.clone().with(|line| (line.id, line.until) = ("ended".into(), Some(day(6))));
    let dates = |id: &str, dates: &[i64]| {
        let days = Days::Dates(dates.iter().map(|&after| day(after)).collect());
        line.clone().with(|line| (line.id, line.days) = (id.into(), days))
    };
    before.clients[1].care.extend([ended, dates("past", &[0, 3]), dates("both", &[3, 9])]);
    let meeting = |id: &str, days: Days, until: Option<i64>| {
        let written =
            serde_json::json!({"id": id, "days": "daily", "nurses": ["n1"], "start": "08:00", "minutes": 15});
        let meeting: Meeting = serde_json::from_value(written).expect("a meeting");
        meeting.with(|meeting| (meeting.days, meeting.until) = (days, until.map(day)))
    };
    before.meetings = vec![
        meeting("ended", Days::Weekdays(vec![Weekday::Monday]), Some(6)),
        meeting("past", Days::Dates(vec![day(4)]), None),
        meeting("both", Days::Dates(vec![day(1), day(8)]), None),
        meeting("stays", Days::Weekdays(vec![Weekday::Wednesday]), Some(7)),
    ];
    let stay = |from, until| Elsewhere::new(day(from), day(until), before.clients[0].location.clone());
    let stays = vec![stay(0, 6), stay(7, 8)];
    before.clients[1].elsewhere.clone_from(&stays);
    let plan = plan(&before);

    let after = roll(&before, &plan, None, Some(day(7))).expect("the next document");
    let meetings: Vec<&str> = after.meetings.iter().map(|meeting| meeting.id.as_str()).collect();
    assert_eq!(meetings, ["both", "stays"]);
    assert_eq!(after.meetings[0].days, Days::Dates(vec![day(8)]));
    assert_eq!(after.clients[1].elsewhere, stays[1..]);
    assert_eq!(after.horizon, before.horizon.clone().with(|horizon| horizon.first_day = day(7)));
    let n2 = &after.nurses[1];
    assert_eq!(n2.shifts, [shift(9)]);
    assert_eq!(n2.recurring.len(), 1);
    assert_eq!(n2.recurring[0].except, [day(9)]);
    assert_eq!(n2.wished_off, WishedOff { weekdays: vec![Weekday::Sunday], dates: vec![day(9)] });
    assert_eq!(after.agreements.absences, [absence(5, 7)]);
    assert_eq!(after.agreements.pins, [pin(7)]);
    let lines: Vec<&str> = after.clients[1].care.iter().map(|care| care.id.as_str()).collect();
    assert_eq!(lines, ["stockings", "both"]);
    assert_eq!(after.clients[1].care[1].days, Days::Dates(vec![day(9)]));
    // The first week of the plan, no more.
    let planned = visits_of(&plan).into_iter().filter(|visit| visit.date < day(7)).count();
    assert_eq!(after.history.visits.len(), planned);
}

#[test]
fn hours_and_circles_carry_over() {
    let before = document();
    let mut plan = plan(&before);
    let circle = kring::model::circles::ClientCircle {
        client: "c2".into(),
        first_nurse: Some("n2".into()),
        nurses: vec!["n2".into(), "gone".into(), "n1".into()],
        visits: vec![9, 0, 5],
    };
    plan.circles = vec![circle];
    let after = roll(&before, &plan, None, None).expect("the next document");
    let drops = &after.clients[5].care[0];
    let hour = drops.preferred_start.expect("the hour of the drops");
    assert!((drops.window.from..=drops.window.to).contains(&hour), "{hour}");
    assert_eq!(after.clients[1].circle, ["n2", "n1"]);
    assert_eq!(after.clients[1].first_nurse.as_deref(), Some("n2"));
    // Named circles and hours stay.
    let again = roll(&after, &self::plan(&after), None, None).expect("the next document");
    assert_eq!(again.clients[5].care[0].preferred_start, Some(hour));
    assert_eq!(again.clients[1].circle, after.clients[1].circle);
}

#[test]
fn what_happened_counts_instead_of_what_was_planned() {
    let before = document();
    let plan = plan(&before);
    let happened = [PastVisit::new("c1", "stand-in", day(3)), PastVisit::new("c1", "n1", day(14))];
    let after = roll(&before, &plan, Some(&happened), None).expect("the next document");
    assert_eq!(after.history.visits, happened[..1]);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let before = document();
    let mut plan = plan(&before);
    for to in [FIRST, day(-1)] {
        assert_eq!(roll(&before, &plan, None, Some(to)).expect_err("too early").kind(), ErrorKind::Options);
    }
    let mut patterns = before.clone();
    patterns.clients[1].care[0].days = Days::Patterns(vec![vec![0, 3]]);
    assert_eq!(roll(&patterns, &plan, None, Some(day(7))).expect_err("patterns").kind(), ErrorKind::Options);
    assert!(roll(&patterns, &plan, None, None).is_ok());
    for stop in &mut plan.tours[0].stops {
        if let Stop::Visit(visit) = stop {
            visit.client = "nobody".to_owned();
        }
    }
    let error = roll(&before, &plan, None, None).expect_err("another plan");
    assert_eq!(error.kind(), ErrorKind::Plan);
    assert!(error.to_string().contains("no client has the id \"nobody\""), "{error}");
}
