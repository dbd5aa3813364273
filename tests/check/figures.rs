//! Costs of the second opinion and the hours behind them, each derived by hand. (Other indicators: `check_indicators`.)

use crate::cases::{Case, minutes, morning, split_days, tour, visit};
use kring::model::Term;
use serde_json::{Value, json};

fn priced(case: Case, price: &str, minutes: f64) -> Case {
    case.document(&format!("/prices/{price}"), json!(minutes))
}

#[test]
fn the_terms_add_up() {
    // Defaults. c1 and c2 see n1 only, who is new to both: 2 * 12 min. 1020 s of travel at 1 and
    // 900 s of waiting at 0.5.
    let cost = morning().accepted().cost;
    assert_eq!(cost[Term::NewFaces], minutes(24));
    assert_eq!(cost[Term::Travel], 1_020_000);
    assert_eq!(cost[Term::Waiting], 450_000);
    assert_eq!(cost.total(), minutes(24) + 1_470_000);
}

#[test]
fn coming_in_at_all_and_for_a_short_while_have_their_prices() {
    // Four tours, of 40, 40, 40 and 50 minutes: three are 5 minutes short of 45.
    let case = priced(priced(split_days(), "used_shift", 3.0), "short_tour", 2.0);
    let case = priced(case, "least_tour", 45.0);
    assert_eq!(case.cost(Term::UsedShifts), minutes(4 * 3));
    assert_eq!(case.cost(Term::ShortTours), minutes(3 * 5 * 2));
}

#[test]
fn coming_in_on_a_day_wished_off_has_its_price() {
    // 2 March 2026 is a Monday, 3 March a Tuesday. n1 has three tours on them, n2 one.
    let wished = |days: Value| {
        let case = priced(split_days(), "wished_off", 3.0).document("/nurses/0/wished_off", days);
        case.cost(Term::WishedOff)
    };
    let monday = wished(json!({"weekdays": ["monday"]}));
    assert_eq!(wished(json!({"dates": ["2026-03-02"]})), monday);
    // A day that is wished twice counts once; a day without a tour not at all.
    assert_eq!(wished(json!({"weekdays": ["monday"], "dates": ["2026-03-02", "2026-03-04"]})), monday);
    assert_eq!(wished(json!({"weekdays": ["monday", "tuesday"]})), minutes(3 * 3));
    assert_eq!(monday + wished(json!({"weekdays": ["tuesday"]})), minutes(3 * 3));
    assert!(monday > 0 && monday < minutes(3 * 3));
    assert_eq!(wished(json!({"weekdays": ["friday"]})), 0);
}

#[test]
fn hours_beyond_a_fair_share_have_their_price() {
    // The week has two days, so contracts of 35 and 17.5 hours are 10 and 5. Paid from leaving to being back, n1 works 120
    // minutes, n2 50: of 170, fair are 113 minutes and 20 seconds and 56:40. n1 has 6:40 beyond, 400 seconds at 3.
    let case = priced(split_days(), "fair_load", 3.0)
        .document("/nurses/0/contract_hours", json!(35.0))
        .document("/nurses/1/contract_hours", json!(17.5))
        .document("/working_time/paid", json!("span"));
    assert_eq!(case.cost(Term::FairLoad), 400 * 3_000);
    // Of one alone all is fair.
    let alone = case.document("/nurses/1/contract_hours", Value::Null);
    assert_eq!(alone.cost(Term::FairLoad), 0);
}

#[test]
fn a_visit_left_out_costs_its_priority() {
    let left_out = |priority: &str| {
        split_days()
            .remove("/tours", 2)
            .unplanned("c1", "early", "2026-03-03")
            .document("/clients/0/care/0/priority", json!(priority))
            .document("/prices/unplanned", json!({"vital": 500.0, "needed": 70.0, "wished": 9.0}))
    };
    assert_eq!(left_out("vital").cost(Term::Unplanned), minutes(500));
    assert_eq!(left_out("needed").cost(Term::Unplanned), minutes(70));
    assert_eq!(left_out("wished").cost(Term::Unplanned), minutes(9));
    let visits = left_out("wished").accepted().indicators.visits;
    assert_eq!((visits.planned, visits.unplanned_wished, visits.unplanned_needed), (3, 1, 0));
}

#[test]
fn a_missing_visit_is_priced_from_the_tours_and_not_from_the_list() {
    let case = priced(split_days().remove("/tours", 2), "face", 0.0);
    let checked = case.check();
    assert_eq!(checked.violations.len(), 1, "it is not listed");
    assert_eq!(checked.cost[Term::Unplanned], minutes(1500));
    assert_eq!(checked.indicators.visits.unplanned_needed, 1);
}

#[test]
fn visits_of_a_flexible_line_are_counted_by_pattern() {
    // Three times a week at least two days apart, over nine days: three visits in the first block,
    // 3 * 2 / 7 = 0 in the second. Two are planned, on days 0 and 1, of which only one can stay in a
    // pattern: two of three are missing.
    let line = json!({"per_week": {"times": 3, "min_gap": 2}});
    let case = split_days().document("/horizon/days", json!(9)).document("/clients/0/care/0/days", line);
    let case = case.document("/clients/0/care/1/until", json!("2026-03-03"));
    let checked = case.check();
    assert_eq!(checked.cost[Term::Unplanned], 2 * minutes(1500));
    // With Tuesday's visit moved to Wednesday: {0, 2} is part of {0, 2, 4}, {0, 2, 5} and {0, 2, 6}.
    let stops = vec![visit("c1", "early", 4, 300, "08:00", "08:30")];
    let case = case
        .document("/nurses/0/shifts/2/date", json!("2026-03-04"))
        .plan("/tours/2", tour("n1", 4, ["07:00", "07:55", "08:35"], 600, 0, stops));
    for date in ["2026-03-06", "2026-03-07", "2026-03-08"] {
        let cost = case.clone().unplanned("c1", "early", date).accepted().cost;
        assert_eq!(cost[Term::Unplanned], minutes(1500));
    }
    assert!(!case.unplanned("c1", "early", "2026-03-05").check().is_clean());
}

#[test]
fn faces_beyond_the_first() {
    // n1 and n2: one beyond the first.
    assert_eq!(priced(split_days(), "face", 7.0).cost(Term::Faces), minutes(7));
    assert_eq!(priced(morning(), "face", 7.0).cost(Term::Faces), 0);
}

#[test]
fn new_faces_are_those_outside_the_history_window() {
    let case = priced(split_days(), "new_face", 5.0);
    // n1 came ten days before; n2 never.
    assert_eq!(case.cost(Term::NewFaces), minutes(5));
    // A window of one week, from 23 February: both are new.
    assert_eq!(case.clone().document("/history/weeks", json!(1)).cost(Term::NewFaces), minutes(10));
    // Of two weeks, from 16 February: it counts again, and so would the first day of the window.
    let two = case.document("/history/weeks", json!(2));
    assert_eq!(two.cost(Term::NewFaces), minutes(5));
    let edge = |date: &str| two.clone().document("/history/visits/0/date", json!(date)).cost(Term::NewFaces);
    assert_eq!((edge("2026-02-16"), edge("2026-02-15")), (minutes(5), minutes(10)));
    // Without any history every face is new and priced alike.
    assert_eq!(two.document("/history/visits", json!([])).cost(Term::NewFaces), minutes(10));
}

#[test]
fn a_face_is_as_new_as_the_client_has_forgotten_it() {
    let case = |half_life: f64, dates: &[&str]| {
        let past: Vec<Value> =
            dates.iter().map(|date| json!({"client": "c1", "nurse": "n1", "date": date})).collect();
        let case = priced(split_days(), "new_face", 8.0).document("/history/visits", json!(past));
        let case = case.document("/history/half_life_days", json!(half_life));
        assert_eq!(
            case.accepted().indicators.clients[0].new_faces,
            Some(1),
            "n2 only, whatever is forgotten"
        );
        case.cost(Term::NewFaces)
    };
    // n2 never came: 8 minutes. n1 came ten days before Monday 2 March: half is forgotten after ten days,
    // three quarters where five are enough.
    assert_eq!(case(10.0, &["2026-02-20"]), minutes(8 + 4));
    assert_eq!(case(5.0, &["2026-02-20"]), minutes(8 + 6));
    // Ten and twenty days before: 1 - 1/2 - 1/4. Many visits make a face wholly familiar.
    assert_eq!(case(10.0, &["2026-02-10", "2026-02-20"]), minutes(8 + 2));
    assert_eq!(case(10.0, &["2026-02-20", "2026-02-20", "2026-02-10"]), minutes(8));
    // The day before the window of eight weeks does not count, its first day (56 days) does.
    assert_eq!(case(56.0, &["2026-02-20", "2026-01-04"]), case(56.0, &["2026-02-20"]));
    assert_eq!(case(56.0, &["2026-01-05"]), minutes(8 + 4));
}

#[test]
fn visits_not_by_the_first_nurse() {
    let case = |first: &str| {
        priced(split_days(), "not_first_nurse", 2.0).document("/clients/0/first_nurse", json!(first))
    };
    assert_eq!(case("n1").cost(Term::NotFirstNurse), minutes(2));
    assert_eq!(case("n2").cost(Term::NotFirstNurse), minutes(6));
    assert_eq!(split_days().cost(Term::NotFirstNurse), 0, "none is named");
}

#[test]
fn visits_by_nurses_outside_the_circle() {
    let case = |circle: Value| priced(split_days(), "not_circle", 4.0).document("/clients/0/circle", circle);
    // Of four visits three are by n1.
    assert_eq!(case(json!(["n1"])).cost(Term::NotCircle), minutes(4));
    assert_eq!(case(json!(["n2"])).cost(Term::NotCircle), minutes(12));
    assert_eq!(case(json!(["n1", "n2"])).cost(Term::NotCircle), 0);
    assert_eq!(case(json!([])).cost(Term::NotCircle), 0, "none is named");
}

#[test]
fn faces_over_a_soft_limit() {
    let case = |hard: bool, count: u32| {
        priced(split_days(), "face_over_max", 60.0)
            .document("/clients/0/max_faces", json!({"count": count, "hard": hard}))
            .cost(Term::FacesOverMax)
    };
    assert_eq!((case(false, 1), case(false, 2), case(true, 2)), (minutes(60), 0, 0));
}

#[test]
fn faces_of_a_client_weigh_as_much_as_the_client() {
    // n1 is known, n2 is new, a second face, and one beyond a soft limit of one.
    let case = |weight: f64| {
        let case = priced(priced(split_days(), "face", 7.0), "new_face", 5.0);
        let case = priced(priced(case, "face_over_max", 60.0), "not_first_nurse", 2.0)
            .document("/clients/0/max_faces", json!({"count": 1}))
            .document("/clients/0/first_nurse", json!("n1"))
            .document("/clients/0/weight", json!(weight));
        let cost = case.accepted().cost;
        [Term::Faces, Term::NewFaces, Term::FacesOverMax, Term::NotFirstNurse].map(|term| cost[term])
    };
    assert_eq!(case(1.0), [7, 5, 60, 2].map(minutes));
    assert_eq!(case(3.0), [21, 15, 180, 2].map(minutes));
    assert_eq!(case(0.0), [0, 0, 0, 2].map(minutes));
    // Rounded once: 7 minutes and a third are 440,000 / 3 thousandths of a second.
    assert_eq!(case(1.0 / 3.0)[0], 140_000);
}

#[test]
fn visits_of_a_client_divided_among_nurses() {
    // n1 n1 n1 n2: of six pairs three are by two nurses; one visit of four is not by the usual nurse.
    let of = |case: &Case| {
        let cost = case.accepted().cost;
        [Term::Coc, Term::Upc, Term::Handovers].map(|term| cost[term])
    };
    let case = priced(priced(priced(split_days(), "coc", 60.0), "upc", 10.0), "handover", 3.0);
    assert_eq!(of(&case), [30.0, 2.5, 3.0].map(|m| (m * 60_000.0) as i64));
    assert_eq!(of(&case.clone().document("/clients/0/weight", json!(2))), [60, 5, 6].map(minutes));
    assert_eq!(of(&split_days()), [0; 3], "no price by default");
    // Rounded down, once: 3 / 6 of 2 thousandths of a second, 1 / 4 of 3.
    assert_eq!(of(&priced(priced(split_days(), "coc", 0.00003), "upc", 0.00005)), [1, 0, 0]);
    // With the third visit left out: 2 pairs of 6, still one of 4, and n1 n1 n2.
    let case = case.remove("/tours", 2).unplanned("c1", "early", "2026-03-03");
    assert_eq!(of(&case), [20.0, 2.5, 3.0].map(|m| (m * 60_000.0) as i64));
    // A client with one visit to plan has nothing to divide.
    let one = priced(priced(morning(), "coc", 60.0), "upc", 10.0);
    assert_eq!(of(&priced(one, "handover", 3.0)), [0; 3]);
}

#[test]
fn hand_overs_go_by_windows_and_not_by_starts() {
    // Both windows are open all day, the later line begins first: what counts is the line.
    let mut case = priced(split_days(), "handover", 3.0);
    assert_eq!(case.cost(Term::Handovers), minutes(3));
    for line in ["0", "1"] {
        let window = json!({"from": "08:00", "to": "20:30"});
        case = case.document(&format!("/clients/0/care/{line}/window"), window);
    }
    assert_eq!(case.cost(Term::Handovers), minutes(3));
    // With the lines the other way round: late early late early, n1 n1 n2 n1.
    let lines = &mut case.document["clients"][0]["care"];
    lines.as_array_mut().unwrap().reverse();
    assert_eq!(case.cost(Term::Handovers), minutes(6));
    // A window that begins later moves it back to the end.
    let case = case.document("/clients/0/care/0/window/from", json!("08:01"));
    assert_eq!(case.cost(Term::Handovers), minutes(3));
}

#[test]
fn visits_by_nurses_who_are_not_preferred() {
    let case = |wish: Value| {
        priced(split_days(), "not_preferred", 3.0)
            .document("/clients/0/preferred_nurses", wish)
            .cost(Term::NotPreferred)
    };
    assert_eq!(case(json!(["n2"])), minutes(9));
    assert_eq!(case(json!(["n1", "n2"])), 0);
    assert_eq!(case(json!([])), 0);
}

#[test]
fn starting_away_from_the_preferred_start() {
    let case = |preferred: &str, tolerance: f64| {
        priced(priced(morning(), "preferred_start", 0.5), "preferred_start_tolerance", tolerance)
            .document("/clients/0/care/0/preferred_start", json!(preferred))
            .cost(Term::PreferredStart)
    };
    // 08:11 is 540 s before 08:20 and 660 s after 08:00; 500 a second.
    assert_eq!(case("08:20", 0.0), 540 * 500);
    assert_eq!(case("08:00", 0.0), 660 * 500);
    assert_eq!(case("08:00", 10.0), 60 * 500);
    assert_eq!(case("08:00", 11.0), 0);
}

#[test]
fn a_preferred_start_past_midnight_belongs_to_the_window_that_goes_on_past_it() {
    // Window 08:00 to 06:00 of the next day: 01:00 is on Tuesday, 16 h 49 min = 60540 s after 08:11.
    let case = priced(priced(morning(), "preferred_start", 1.0), "preferred_start_tolerance", 0.0)
        .document("/clients/0/care/0/window/to", json!("06:00"))
        .document("/clients/0/care/0/preferred_start", json!("01:00"));
    assert_eq!(case.cost(Term::PreferredStart), 60_540_000);
}

#[test]
fn overtime_is_what_lies_after_the_end() {
    // Back at 09:53, end 09:40, possible until 10:00: 780 s at 3.
    let case = morning()
        .document("/nurses/0/shifts/0/end", json!("09:40"))
        .document("/nurses/0/shifts/0/latest_end", json!("10:00"));
    assert_eq!(priced(case.clone(), "overtime", 3.0).cost(Term::Overtime), 780 * 3000);
    let time = case.accepted().indicators.time;
    // Shift 07:00 to 09:40 = 9600 s, and the overtime.
    assert_eq!((time.overtime, time.shift, time.paid), (780, 10_380, 10_380));
}

#[test]
fn an_end_at_the_start_is_a_day_later() {
    let case = morning().document("/working_time/law", json!("none"));
    let case = case.document("/nurses/0/shifts/0/end", json!("07:00"));
    assert_eq!(case.accepted().indicators.time.shift, 86_400);
}

#[test]
fn hours_above_and_below_the_contract() {
    // Two days of a week. n1: 20 h * 2 / 7 = 20571.4 s, three shifts of 18000 s: 33429 s above.
    // n2: 40 h * 2 / 7 = 41142.9 s, one shift: 23143 s below.
    let case = split_days()
        .document("/nurses/0/contract_hours", json!(20))
        .document("/nurses/1/contract_hours", json!(40));
    let cost = priced(priced(case.clone(), "over_contract", 0.5), "under_contract", 0.1).accepted().cost;
    assert_eq!(cost[Term::OverContract], 33_429 * 500);
    assert_eq!(cost[Term::UnderContract], 23_143 * 100);
    let hours = case.accepted().indicators.hours;
    let rows: Vec<_> =
        hours.iter().map(|row| (row.nurse.as_str(), row.week, row.paid, row.contract)).collect();
    assert_eq!(rows, [("n1", 1, 54_000, Some(20_571)), ("n2", 1, 18_000, Some(41_143))]);
}

#[test]
fn hours_are_counted_in_weeks_from_the_first_day() {
    // Ten days: a week and a block of three. A shift on day 7 is in the second; absent shifts in none.
    let case = morning()
        .document("/horizon/days", json!(10))
        .document("/clients/0/care/0/until", json!("2026-03-02"))
        .document("/clients/1/care/0/until", json!("2026-03-02"))
        .document("/nurses/0/contract_hours", json!(28))
        .document(
            "/nurses/0/shifts",
            json!([
            {"date": "2026-03-02", "start": "07:00", "end": "12:00"},
            {"date": "2026-03-08", "start": "07:00", "end": "11:00"},
            {"date": "2026-03-09", "start": "07:00", "end": "10:00"}]),
        );
    let hours = case.accepted().indicators.hours;
    assert_eq!(hours.iter().map(|row| row.paid).collect::<Vec<_>>(), [9 * 3600, 3 * 3600]);
    // 28 h, and 28 * 3 / 7 = 12 h.
    assert_eq!(hours.iter().map(|row| row.contract).collect::<Vec<_>>(), [Some(28 * 3600), Some(12 * 3600)]);
    let away = json!([{"nurse": "n1", "from": "2026-03-08", "until": "2026-03-08"}]);
    let hours = case.document("/agreements/absences", away).accepted().indicators.hours;
    assert_eq!(hours.iter().map(|row| row.paid).collect::<Vec<_>>(), [5 * 3600, 3 * 3600]);
}
