//! What recurs: shifts week by week with exceptions, care every other week or once a month, clients who are away. The plan
//! of each neighbourhood passes the second opinion, which expands the document by itself, at the same cost.

use crate::random::{self, Chance};
use jiff::ToSpan;
use jiff::civil::Date;
use kring::check::Rule;
use kring::model::Calendar;
use kring::model::document::*;
use kring::model::roster::{RosterPlace, shifts_of};
use kring::{Options, Outcome, check, prepare, solve};
use proptest::prelude::*;
use std::path::Path;

/// A random neighbourhood with everything that recurs; drawn apart from the rest of it.
fn document(seed: u64) -> Document {
    let chance = &mut Chance::new(seed ^ 0x0EC0);
    let mut document = random::document(seed);
    document.horizon.days = 9 + chance.below(25) as u16;
    let first = document.horizon.first_day;
    let near = |chance: &mut Chance| first.saturating_add((chance.below(40) as i64 - 20).days());
    let law = document.working_time.law;
    for nurse in &mut document.nurses {
        let hour = |hours: usize| TimeOfDay::from_seconds(3600 * hours as u32).expect("a time");
        let start = 7 + chance.below(3);
        // Shifts of one nurse at the same hours, so that they keep the rest between them and do not overlap.
        let mut days = WEEKDAYS.to_vec();
        nurse.recurring = (0..1 + chance.below(3))
            .map(|_| {
                let every_weeks = 1 + chance.below(3) as u8;
                let from = near(chance);
                let count = 1 + chance.below(2);
                let weekdays = (0..count).map(|_| days.remove(chance.below(days.len()))).collect();
                let first = (every_weeks > 1 || chance.one_in(2)).then_some(from);
                let until = chance.one_in(3).then(|| from.saturating_add((chance.below(40) as i64).days()));
                let except = (0..chance.below(3)).map(|_| near(chance)).collect();
                let end = hour(start + 3 + chance.below(5));
                RecurringShift::new(weekdays, hour(start), end).with(|shift| {
                    shift.every_weeks = every_weeks;
                    (shift.from, shift.until, shift.except) = (first, until, except);
                })
            })
            .collect();
        nurse.first_day = chance.one_in(4).then(|| near(chance));
        nurse.shifts.clear();
        let _ = law;
    }
    document.agreements.pins.clear();
    for client in &mut document.clients {
        client.away = (0..chance.below(3))
            .map(|_| {
                let from = near(chance);
                Away::new(from, from.saturating_add((chance.below(8) as i64).days()))
            })
            .collect();
        for care in &mut client.care {
            if chance.one_in(3) {
                care.days = match chance.below(2) {
                    0 => Days::Monthly(Monthly {
                        day: Some(1 + chance.below(31) as u8),
                        weekday: None,
                        nth: None,
                    }),
                    _ => Days::Monthly(Monthly {
                        day: None,
                        weekday: Some(WEEKDAYS[chance.below(7)]),
                        nth: Some(1 + chance.below(5) as u8),
                    }),
                };
            } else if !matches!(care.days, Days::Patterns(_)) {
                care.every_weeks = 1 + chance.below(3) as u8;
                care.from = Some(near(chance));
            }
        }
    }
    document
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

fn solved(document: &Document) -> Outcome {
    let problem = prepare(document, Path::new(".")).expect("a valid document");
    let outcome = solve(&problem, &Options::default().with_iterations(60).with_threads(1)).expect("a plan");
    let checked = check(&problem, &outcome.plan).expect("a plan that can be checked");
    // (A meeting that cannot be held breaks a rule, and the plan says so itself.)
    let broken: Vec<_> = checked.violations.iter().filter(|one| one.rule != Rule::MissedMeeting).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert_eq!(checked.cost, outcome.cost);
    outcome
}

/// The same shifts, each with its date.
fn written_out(document: &Document) -> Document {
    let calendar = Calendar::new(&document.horizon).expect("a calendar");
    let mut dated = document.clone();
    for nurse in &mut dated.nurses {
        let shifts = shifts_of(nurse, &calendar);
        assert!(shifts.iter().all(|rostered| matches!(rostered.place, RosterPlace::Recurring(_))));
        nurse.shifts = shifts.into_iter().map(|rostered| rostered.shift).collect();
        nurse.recurring.clear();
    }
    dated
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn plans_pass_the_second_opinion_and_equal_those_of_the_dates_written_out(seed in any::<u64>()) {
        let document = document(seed);
        prop_assume!(document.validate().is_ok());
        let recurring = solved(&document);
        let dated = solved(&written_out(&document));
        prop_assert_eq!(recurring.plan, dated.plan);
        prop_assert_eq!(recurring.cost, dated.cost);
    }
}

#[test]
fn most_of_the_random_neighbourhoods_are_valid_and_planned() {
    let valid = (0..40).map(document).filter(|document| document.validate().is_ok()).count();
    assert!(valid > 20, "{valid}");
    let visits: usize =
        (0..10).map(document).filter(|d| d.validate().is_ok()).map(|d| visits(&solved(&d)).len()).sum();
    assert!(visits > 100, "{visits}");
}

fn visits(outcome: &Outcome) -> Vec<(Date, String)> {
    let visits = outcome.plan.tours.iter().flat_map(|tour| tour.visits());
    let planned = visits.map(|visit| (visit.date, visit.care.clone()));
    let left_out = outcome.plan.unplanned.iter().map(|visit| (visit.date, visit.care.clone()));
    let mut all: Vec<_> = planned.chain(left_out).collect();
    all.sort();
    all
}

/// Four weeks from Monday 2 March 2026 of a nurse who works every second week, and a client with care of each kind.
fn small() -> Document {
    let text = r#"{
        "kring": 1, "horizon": {"first_day": "2026-03-02", "days": 28, "time_zone": "Europe/Amsterdam"},
        "nurses": [{"id": "n", "home": {"lat": 52.0, "lon": 5.0}, "recurring": [
            {"weekdays": ["monday", "tuesday"], "start": "7:00", "end": "12:00"},
            {"weekdays": ["saturday"], "every_weeks": 2, "from": "2026-02-28", "except": ["2026-03-14"],
             "start": "8:00", "end": "11:00"}]}],
        "clients": [{"id": "c", "location": {"lat": 52.0, "lon": 5.01},
            "away": [{"from": "2026-03-16", "until": "2026-03-16"}],
            "care": [
                {"id": "monthly", "days": {"monthly": {"weekday": "tuesday", "nth": 5}}, "minutes": 30,
                 "window": {"from": "8:00", "to": "9:00"}},
                {"id": "other week", "days": {"weekdays": ["monday"]}, "every_weeks": 2, "from": "2026-03-02",
                 "minutes": 30, "window": {"from": "8:00", "to": "9:00"}},
                {"id": "weekend", "days": {"weekdays": ["saturday"]}, "minutes": 30,
                 "window": {"from": "8:30", "to": "9:30"}}
            ]}],
        "travel": {"straight": {}}
    }"#;
    kring::read_document(text).expect("a document")
}

#[test]
fn what_recurs_is_planned_on_its_days() {
    let outcome = solved(&small());
    let expected = [
        (2, "other week"),
        // 16 March would be the next turn; the client is away.
        (7, "weekend"),
        (14, "weekend"),
        (21, "weekend"),
        (28, "weekend"),
    ];
    // The last Tuesday of March is the 31st, outside the horizon.
    let expected: Vec<(Date, String)> =
        expected.into_iter().map(|(day, care)| (jiff::civil::date(2026, 3, day), care.to_owned())).collect();
    assert_eq!(visits(&outcome), expected);
    // From the week of 28 February every second Saturday: 28 February, 14 March (excepted), 28 March.
    let left_out: Vec<i8> = outcome.plan.unplanned.iter().map(|visit| visit.date.day()).collect();
    assert_eq!(left_out, [7, 14, 21]);
}

#[test]
fn mistakes_of_what_recurs_are_told_once_each() {
    let mut document = small();
    let nurse = &mut document.nurses[0];
    nurse.recurring[0].end = nurse.recurring[0].start;
    nurse.recurring[0].weekdays = vec![Weekday::Monday, Weekday::Monday];
    nurse.recurring[1].every_weeks = 27;
    nurse.recurring[1].until = Some(jiff::civil::date(2026, 2, 1));
    document.clients[0].away[0].until = jiff::civil::date(2026, 3, 15);
    document.clients[0].care[1].from = None;
    let error = document.validate().expect_err("mistakes");
    let paths: Vec<&str> = error.mistakes().iter().map(|mistake| mistake.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "nurses[0].recurring[0].weekdays[1]",
            "nurses[0].recurring[1].every_weeks",
            "nurses[0].recurring[1].until",
            // 24 hours.
            "nurses[0].recurring[0]",
            "clients[0].away[0].until",
            "clients[0].care[1].every_weeks",
        ]
    );
    assert_eq!(error.mistakes()[5].of.as_deref(), Some("client \"c\", care \"other week\""));
}

#[test]
fn recurring_shifts_that_overlap_others_are_refused() {
    let mut document = small();
    let date = jiff::civil::date(2026, 3, 3);
    let shift = document.nurses[0].recurring[0].clone();
    document.nurses[0].shifts.push(Shift::new(date, shift.start, shift.end));
    let error = document.validate().expect_err("a mistake").to_string();
    assert_eq!(
        error,
        "nurses[0].recurring[0] (nurse \"n\"): the one of 2026-03-03 starts 5 h 0 min before shifts[0] is over at the \
         latest; give shifts that do not overlap"
    );
}
