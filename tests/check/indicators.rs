//! Indicators of the second opinion, each derived by hand: time, and continuity. (Costs: `check_figures`.)

use crate::cases::{Case, at, break_stop, minutes, morning, split_days, tour, visit, with_break};
use kring::model::Term;
use kring::model::indicators::Indicators;
use serde_json::{Value, json};

#[test]
fn paid_time_by_shift_and_by_span() {
    // A shift of 28800 s with a break of 1800 s; out from 08:55 to 11:27 = 9120 s with the break in
    // between; 300 s and 480 s from and to home.
    let paid = |rules: Value| with_break().document("/working_time", rules).accepted().indicators.time.paid;
    assert_eq!(paid(json!({})), 27_000);
    assert_eq!(paid(json!({"breaks_paid": true})), 28_800);
    assert_eq!(paid(json!({"paid": "span"})), 7320);
    assert_eq!(paid(json!({"paid": "span", "breaks_paid": true})), 9120);
    assert_eq!(paid(json!({"paid": "span", "home_legs_unpaid": true})), 7320 - 780);
    // Home legs are left out of spans only.
    assert_eq!(paid(json!({"home_legs_unpaid": true})), 27_000);
}

#[test]
fn an_unused_shift_is_paid_by_shift_and_not_by_span() {
    // All of it but the break, which an unused shift has too.
    let unused = |rules: Value| {
        let case = with_break().remove("/tours", 0).document("/working_time", rules);
        let case = case.unplanned("c1", "wash", "2026-03-02").unplanned("c2", "wound", "2026-03-02");
        case.accepted().indicators.time
    };
    assert_eq!(unused(json!({})).paid, 27_000);
    let time = unused(json!({"paid": "span"}));
    assert_eq!((time.paid, time.shift, time.other), (0, 28_800, 28_800));
    assert_eq!((time.client_facing_paid, time.client_facing_shift), (None, Some(0.0)));
}

#[test]
fn the_breakdown_adds_up_to_the_shift() {
    // Care 3600 + 2700, travel 1020, break 1800 on the way, of 28800 s: 19680 s are left.
    let time = with_break().accepted().indicators.time;
    assert_eq!((time.care, time.travel, time.waiting, time.breaks), (6300, 1020, 0, 1800));
    assert_eq!((time.other, time.shift, time.paid), (19_680, 28_800, 27_000));
    close(time.client_facing_paid, 100.0 * 6300.0 / 27_000.0);
    close(time.client_facing_shift, 100.0 * 6300.0 / 28_800.0);
    // A break at home is no break on the way: it is in `other`, of 28800 - 6300 - 1020.
    let at_home = with_break().plan(
        "/tours/0",
        tour(
            "n1",
            2,
            ["08:00", "08:55", "10:57"],
            1020,
            0,
            vec![
                visit("c1", "wash", 2, 300, "09:00", "10:00"),
                visit("c2", "wound", 2, 240, "10:04", "10:49"),
                break_stop(2, "10:57", "11:27"),
            ],
        ),
    );
    let time = at_home.accepted().indicators.time;
    assert_eq!((time.breaks, time.other), (0, 21_480));
}

fn close(value: Option<f64>, expected: f64) {
    let value = value.expect("a value");
    assert!((value - expected).abs() < 1e-12, "{value} instead of {expected}");
}

#[test]
fn continuity_of_a_client_over_the_plan_and_with_history() {
    let case = split_days()
        .document("/clients/0/circle", json!(["n1"]))
        .document("/clients/0/first_nurse", json!("n2"));
    let Indicators { clients, continuity, .. } = case.accepted().indicators;
    // Plan: n1 n1 n1 n2. COC = (9 + 1 - 4) / 12, SECON = 2 of 3, K = (4 - 2) / 3.
    let plan = clients[0].plan;
    assert_eq!((plan.visits, plan.faces), (4, Some(2)));
    close(plan.upc, 0.75);
    close(plan.coc, 0.5);
    close(plan.secon, 2.0 / 3.0);
    close(plan.k, 2.0 / 3.0);
    // With the visit of n1 before it: n1 n1 n1 n1 n2. COC = (16 + 1 - 5) / 20.
    let rolling = clients[0].rolling;
    assert_eq!((rolling.visits, rolling.faces), (5, Some(2)));
    close(rolling.upc, 0.8);
    close(rolling.coc, 0.6);
    close(rolling.secon, 0.75);
    close(rolling.k, 0.75);
    assert_eq!(clients[0].new_faces, Some(1));
    close(clients[0].circle_share, 0.75);
    close(clients[0].first_nurse_share, 0.25);
    // One client: mean, tenth and worst are hers.
    assert_eq!(continuity.faces.clients, 1);
    assert_eq!(
        (continuity.faces.mean, continuity.faces.tenth, continuity.faces.worst),
        (Some(2.0), Some(2.0), Some(2.0))
    );
    close(continuity.secon.worst, 2.0 / 3.0);
}

#[test]
fn the_history_is_read_by_date() {
    // Listed n1, n3, n1; by date n3, n1, n1, and then the plan n1 n1 n1 n2: 4 of 6 pairs are the same.
    let past = |nurse: &str, date: &str| json!({"client": "c1", "nurse": nurse, "date": date});
    let case = split_days().document(
        "/history/visits",
        json!([past("n1", "2026-02-20"), past("n3", "2026-02-18"), past("n1", "2026-02-27")]),
    );
    let rolling = case.accepted().indicators.clients[0].rolling;
    assert_eq!(rolling.faces, Some(3));
    close(rolling.secon, 4.0 / 6.0);
}

#[test]
fn visits_are_in_order_of_their_start_and_not_of_their_listing() {
    let mut case = split_days();
    // As listed, n1 n2 n1 n1: one pair of three is the same. By time n1 n1 n1 n2: two are.
    case.plan["tours"].as_array_mut().unwrap().swap(1, 3);
    close(case.accepted().indicators.clients[0].plan.secon, 2.0 / 3.0);
}

#[test]
fn a_client_with_no_visit_or_one_has_no_index() {
    let case = morning()
        .plan(
            "/tours/0",
            tour(
                "n1",
                2,
                ["07:00", "08:06", "08:47"],
                660,
                0,
                vec![visit("c1", "wash", 2, 300, "08:11", "08:41")],
            ),
        )
        .unplanned("c2", "wound", "2026-03-02")
        .document("/clients/1/circle", json!(["n1"]))
        .document("/clients/1/first_nurse", json!("n1"));
    let Indicators { clients, continuity, .. } = case.accepted().indicators;
    let [one, none] = [&clients[0], &clients[1]];
    assert_eq!((one.plan.visits, one.plan.faces, one.new_faces), (1, Some(1), Some(1)));
    assert_eq!((one.plan.upc, one.plan.coc, one.plan.secon, one.plan.k), (None, None, None, None));
    assert_eq!((none.plan.visits, none.plan.faces, none.new_faces), (0, None, None));
    assert_eq!((none.circle_share, none.first_nurse_share), (None, None));
    // Means are over c1 only, or over nobody.
    assert_eq!((continuity.faces.clients, continuity.faces.mean), (1, Some(1.0)));
    assert_eq!((continuity.coc.clients, continuity.coc.mean, continuity.coc.worst), (0, None, None));
}

#[test]
fn an_empty_plan_has_no_indices_and_no_shares() {
    let case = morning().remove("/tours", 0).document("/nurses/0/shifts", json!([]));
    let case = case.unplanned("c1", "wash", "2026-03-02").unplanned("c2", "wound", "2026-03-02");
    let checked = case.accepted();
    assert_eq!(checked.indicators.time, Default::default());
    assert_eq!(checked.indicators.continuity, Default::default());
    assert_eq!(checked.cost.total(), 2 * minutes(1500));
}

#[test]
fn a_night_in_which_the_clock_is_put_forward_counts_elapsed_time() {
    // 29 March 2026, Amsterdam: 02:00 becomes 03:00. The shift from 23:00 to 07:00 lasts seven hours;
    // a quarter is 6300 s, so the break at home is at 00:45. From 01:50 it is 10 minutes to 03:00:
    // the nurse waits 600 s and is out from 01:25 to 03:15, 3000 s.
    let local = |time: &str| {
        let (day, offset) = if time.starts_with('2') {
            (28, "+01:00")
        } else {
            (29, if time < "02" { "+01:00" } else { "+02:00" })
        };
        format!("2026-03-{day}T{time}:00{offset}")
    };
    let stop = |care: &str, travel: i64, start: &str, end: &str| {
        json!({"visit": {"client": "c1", "care": care, "date": "2026-03-29", "travel_seconds": travel,
            "start": local(start), "end": local(end)}})
    };
    let care = |id: &str, from: &str, to: &str, minutes: u32| json!({"id": id, "days": {"dates": ["2026-03-29"]}, "minutes": minutes, "window": {"from": from, "to": to}});
    let case = Case {
        document: json!({
            "kring": 1,
            "horizon": {"first_day": "2026-03-28", "days": 2, "time_zone": "Europe/Amsterdam"},
            "nurses": [{"id": "n1", "home": {"index": 0},
                "shifts": [{"date": "2026-03-28", "start": "23:00", "end": "07:00"}]}],
            "clients": [{"id": "c1", "location": {"index": 1},
                "care": [care("turn", "01:00", "02:00", 20), care("drops", "03:00", "04:00", 10)]}],
            "travel": {"matrix": {}}
        }),
        plan: json!({"kring_plan": 1, "tours": [{
            "nurse": "n1", "shift": local("23:00"), "leave": local("01:25"), "back": local("03:15"),
            "travel_seconds": 600, "waiting_seconds": 600, "stops": [
                {"break": {"start": local("00:45"), "end": local("01:15")}},
                stop("turn", 300, "01:30", "01:50"),
                stop("drops", 0, "03:00", "03:10")]}]}),
        times: vec![0, 300, 300, 0],
    };
    let time = case.accepted().indicators.time;
    assert_eq!((time.care, time.travel, time.waiting), (1800, 600, 600));
    assert_eq!((time.shift, time.paid), (25_200, 23_400));
    assert_eq!(case.cost(Term::Travel), 600_000);
    // By the wall clock the wait would be 70 minutes.
    assert!(!case.clone().plan("/tours/0/waiting_seconds", json!(4200)).check().is_clean());
    // The same instants written in UTC are the same plan.
    let utc = case.plan("/tours/0/leave", json!("2026-03-29T00:25:00Z"));
    utc.accepted();
    assert_eq!(at(29, "00:25"), "2026-03-29T00:25:00Z");
}
