//! The fixture of this room and its pages, byte for byte.
//!
//! `KRING_WRITE=1 cargo test --lib report::` writes the pages anew; look at the difference before
//! committing it.
//!
//! The neighbourhood: every way from a home to a client takes 5 minutes, between clients 4. Ten days
//! from Monday 2 March. nurse-1 works three mornings of 6 hours (a break of 30 minutes each), nurse-2
//! one evening of 4 (and is away on the next), nurse-3 a morning of 5 hours, an evening of 1:10
//! with 10 minutes of overtime, and a night of 8 (a break of 30). Seven tours:
//!
//! | tour | leave-back | care | travel | waiting | break |
//! | --- | --- | --- | --- | --- | --- |
//! | nurse-1 Mon 2 | 07:55-10:45 | 30 + 40 | 5 + 4 + 5 | 09:04-10:00 | 30 on tour |
//! | nurse-1 Tue 3, Mon 9 | 07:25-08:05 | 30 | 10 | | 30 after the return |
//! | nurse-2 Mon 2 | 17:55-18:20 | 15 | 10 | | |
//! | nurse-3 Tue 3 | 09:55-10:45 | 40 | 10 | | |
//! | nurse-3 Tue 3 | 17:55-18:20 | 15 | 10 | | |
//! | nurse-3 Mon 9 | 00:35-01:15 | 30 | 10 | | 30 before leaving |

use super::Report;
use crate::check::Checked;
use crate::model::attainable::{Attainable, ClientAttainable, Regret};
use crate::model::cost::cost_of_minutes;
use crate::model::document::Document;
use crate::model::{CostByTerm, Plan, Term};
use jiff::civil::date;
use std::path::PathBuf;

pub(super) fn document() -> Document {
    let text = include_str!("../../tests/golden/report/neighbourhood.json");
    serde_json::from_str(text).expect("the fixture is a document")
}

pub(super) fn plan() -> Plan {
    serde_json::from_str(include_str!("../../tests/golden/report/plan.json")).expect("the fixture is a plan")
}

/// A check without violations, with the cost below.
fn checked() -> Checked {
    Checked { cost: cost(), ..Checked::default() }
}

/// The cost of the plan at the default prices, worked out by hand.
pub(super) fn cost() -> CostByTerm {
    let mut cost = CostByTerm::default();
    cost[Term::Unplanned] = cost_of_minutes(6000.0); // one vital visit
    cost[Term::Faces] = cost_of_minutes(60.0); // client-1: 3 faces, client-2: 2; 20 for each further one
    cost[Term::NewFaces] = cost_of_minutes(48.0); // 2 of client-1, 1 of client-2, 1 of client-3; 12 each
    cost[Term::NotFirstNurse] = cost_of_minutes(6.0); // client-1: 2 visits, client-3: 1; 2 each
    cost[Term::FacesOverMax] = cost_of_minutes(60.0); // client-1: 3 faces, agreed were 2
    cost[Term::NotPreferred] = cost_of_minutes(5.0); // client-2: one visit by nurse-3
    cost[Term::PreferredStart] = cost_of_minutes(1.5); // 08:00 for 07:30: 15 minutes beyond the tolerance
    cost[Term::Overtime] = cost_of_minutes(30.0); // 10 minutes at 3
    cost[Term::OverContract] = 1_286 * 500; // nurse-1, second week: 19,800 s for 18,514 s
    cost[Term::UnderContract] = (3_600 + 6_171) * 100; // nurse-1, first week; nurse-2, second week
    cost[Term::Travel] = cost_of_minutes(74.0); // 14 and six times 10
    cost[Term::Waiting] = cost_of_minutes(28.0); // 56 minutes at 0.5
    cost
}

/// What no plan can beat, worked out by hand: client-1 needs nurse-1 in the morning, nurse-2 on Monday and
/// nurse-3 on Tuesday evening (nurse-2 is away); nurse-1 could make both visits of client-2; nobody works when
/// client-4 needs her insulin.
fn attainable() -> Attainable {
    let of = |number: usize, visits, impossible, faces, minutes: [f64; 2]| ClientAttainable {
        client: format!("client-{number}"),
        visits,
        impossible,
        faces,
        proven: true,
        face_cost: cost_of_minutes(minutes[0]),
        left_out: cost_of_minutes(minutes[1]),
    };
    let clients = vec![
        of(1, 5, 0, Some(3), [2.0 * 20.0 + 2.0 * 12.0 + 60.0, 0.0]),
        of(2, 2, 0, Some(1), [0.0, 0.0]),
        of(3, 1, 0, Some(1), [12.0, 0.0]),
        of(4, 0, 1, None, [0.0, 6000.0]),
    ];
    Attainable { clients, face_cost: cost_of_minutes(136.0), left_out: cost_of_minutes(6000.0) }
}

fn compare(file: &str, page: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/report").join(file);
    if std::env::var_os("KRING_WRITE").is_some() {
        std::fs::write(&path, page).expect("the golden folder can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(page, expected, "{file} differs; KRING_WRITE=1 writes it anew");
}

#[test]
fn the_pages_are_as_they_were() {
    let (document, plan) = (document(), plan());
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    let report = report.with_attainable(attainable());
    let day = |day| report.day_view(date(2026, 3, day)).expect("within the horizon").to_string();
    let week = |week| report.week_view(week).expect("within the horizon").to_string();
    compare("monday.txt", &day(2));
    compare("tuesday.txt", &day(3));
    compare("night.txt", &day(9));
    compare("first_week.txt", &week(1));
    compare("second_week.txt", &week(2));
    compare("summary.txt", &report.summary_view().to_string());
    let json = serde_json::to_string_pretty(&report).expect("a report is JSON");
    compare("report.json", &(json + "\n"));
}

#[test]
fn what_is_attainable_was_worked_out_by_hand() {
    let problem = kring::prepare(&document(), std::path::Path::new(".")).expect("a problem");
    assert_eq!(kring::attainable(&problem), attainable());
}

// The plan has 3, 2 and 1 faces; 3, 1 and 1 are possible. client-4 is not compared, because nobody can make its visit.
#[test]
fn regret_compares_clients_with_everything_planned() {
    let (document, mut plan) = (document(), plan());
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    assert_eq!(report.regret(), None);
    let regret = Regret {
        clients: 3,
        faces: Some(2.0),
        possible: Some(5.0 / 3.0),
        at_least: 2,
        with_visits_left_out: 0,
        cost: cost_of_minutes(168.0),
        least_cost: cost_of_minutes(136.0),
    };
    assert_eq!(report.with_attainable(attainable()).regret(), Some(&regret));
    // Without its first tour client-1 and client-2 miss visits that could be made.
    plan.tours.remove(0);
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    let report = report.with_attainable(attainable());
    let regret = report.regret().expect("a regret");
    assert_eq!((regret.clients, regret.with_visits_left_out, regret.at_least), (1, 2, 1));
    assert!(report.summary_view().to_string().contains("2 clients with visits left out"));
    // What was computed for other clients is ignored.
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    let mut others = attainable();
    others.clients.remove(0);
    assert_eq!(report.with_attainable(others).regret().map(|regret| regret.clients), Some(0));
}

#[test]
fn days_and_weeks_beyond_the_horizon_have_no_page() {
    let (document, plan) = (document(), plan());
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    assert!(report.day_view(date(2026, 3, 1)).is_none());
    assert!(report.day_view(date(2026, 3, 12)).is_none());
    assert_eq!(report.weeks(), 2);
    assert!(report.week_view(0).is_none() && report.week_view(3).is_none());
}

// Costs are sums of many terms: the total of the fixture is 6,312.5 minutes and the contract terms.
#[test]
fn json_holds_every_term_and_their_total() {
    let (document, plan) = (document(), plan());
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    let json = report.to_json();
    let total =
        60 * (6_000_000 + 60_000 + 48_000 + 6_000 + 60_000 + 5_000 + 1_500 + 30_000 + 74_000 + 28_000);
    assert_eq!(json["cost"]["total"], total + 643_000 + 977_100);
    assert_eq!(json["cost"]["unit"], "ms");
    assert_eq!(json["cost"]["terms"].as_object().map(serde_json::Map::len), Some(Term::ALL.len()));
    assert_eq!(json["cost"]["terms"]["waiting"], 1_680_000);
    assert_eq!(json["unplanned"], 1);
    assert_eq!(json["indicators"]["clients"][2]["plan"]["coc"], serde_json::Value::Null);
}

// Care lines for single visits would fill a page with dots: they share lines, by their order in the
// day. Without any history every face is new, and no star says so.
#[test]
fn single_visits_share_the_lines_of_a_week() {
    let (mut document, mut plan) = (document(), plan());
    document.history.visits.clear();
    let [wash, evening] = &document.clients[0].care[..] else { panic!("client-1 has two care lines") };
    let mut single = Vec::new();
    for (i, tour) in plan.tours.iter_mut().enumerate() {
        for stop in &mut tour.stops {
            if let crate::model::plan::Stop::Visit(visit) = stop
                && visit.client == "client-1"
            {
                let line = if visit.care == wash.id { wash } else { evening };
                visit.care = format!("{}-{i}", visit.care);
                single.push(crate::model::document::Care { id: visit.care.clone(), ..line.clone() });
            }
        }
    }
    single.push(crate::model::document::Care { id: "lunch".to_owned(), ..wash.clone() });
    document.clients[0].care = single;
    plan.unplanned[0].client = "client-1".to_owned();
    plan.unplanned[0].care = "lunch".to_owned();
    plan.unplanned[0].date = date(2026, 3, 6);
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    compare("single_visits.txt", &report.week_view(1).expect("within the horizon").to_string());
}

#[test]
fn no_page_is_wider_than_a_terminal() {
    let (mut document, plan) = (document(), plan());
    for (i, client) in document.clients.iter_mut().enumerate() {
        client.label = Some(format!("a label that never seems to come to its end {i}").repeat(3));
    }
    document.nurses[0].label = Some("n".repeat(60));
    let report = Report::of(&document, &plan, checked()).expect("the plan belongs to the document");
    let report = report.with_attainable(attainable());
    let day = report.day_view(date(2026, 3, 2)).expect("within the horizon").to_string();
    let week = report.week_view(1).expect("within the horizon").to_string();
    for line in [day, week, report.summary_view().to_string()].concat().lines() {
        assert!(line.chars().count() <= 120, "{line}");
    }
}
