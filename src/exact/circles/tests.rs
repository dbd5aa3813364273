//! Circles against every way to look after small neighbourhoods.

use super::choice::{Choice, choose};
use super::circles;
use super::demand::{Demand, TOO_FULL};
use super::listing::list;
use crate::exact::programme::Limits;
use crate::model::cost::Cost;
use crate::model::facts::Facts;
use crate::model::problem::Problem;
use crate::rules::Evaluator;
use proptest::prelude::*;
use serde_json::json;
use std::time::{Duration, Instant};

/// Two days, a nurse for each length of shift, a client for each length of visit.
fn problem(shifts: &[(i64, i64)], visits: &[(i64, i64)], face: i64) -> Problem {
    let time = |minutes: i64| format!("{:02}:{:02}", 8 + minutes / 60, minutes % 60);
    let nurses: Vec<_> = shifts
        .iter()
        .enumerate()
        .map(|(at, &(first, second))| {
            let lengths = [("2026-03-02", first), ("2026-03-03", second)];
            let shift =
                |(date, minutes): (&str, i64)| json!({"date": date, "start": "08:00", "end": time(minutes)});
            let worked: Vec<_> = lengths.into_iter().filter(|&(_, minutes)| minutes > 0).map(shift).collect();
            json!({"id": format!("n{at}"), "home": {"index": 0}, "shifts": worked})
        })
        .collect();
    let clients: Vec<_> = visits
        .iter()
        .enumerate()
        .map(|(at, &(minutes, until))| {
            json!({"id": format!("c{at}"), "location": {"index": 1}, "care": [{"id": "a", "days": "daily",
               "minutes": minutes, "window": {"from": "08:00", "to": time(until)}}]})
        })
        .collect();
    let (nurse_count, all) = (nurses.len(), nurses.len() + clients.len());
    let leg = |from: usize, to: usize| if from == to { 0 } else { 60 * (1 + (from + to) % 3) };
    let matrix: Vec<Vec<usize>> = (0..all).map(|from| (0..all).map(|to| leg(from, to)).collect()).collect();
    let mut document = json!({"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 2},
        "working_time": {"law": "none"}, "prices": {"face": face, "unplanned": {"needed": 400.0}},
        "nurses": nurses, "clients": clients, "travel": {"matrix": {"bicycle": matrix}}});
    for nurse in 0..nurse_count {
        document["nurses"][nurse]["home"]["index"] = json!(nurse);
    }
    for client in 0..visits.len() {
        document["clients"][client]["location"]["index"] = json!(nurse_count + client);
    }
    let document = serde_json::from_value(document).expect("a document");
    kring::prepare(&document, std::path::Path::new(".")).expect("a problem")
}

/// The least cost over all ways to give every visit to a nurse, or to nobody: the slow twin.
fn slow(problem: &Facts, demand: &Demand) -> Cost {
    let evaluator = Evaluator::new(problem);
    let visits: Vec<(usize, &Vec<u32>, Cost)> = demand
        .clients
        .iter()
        .enumerate()
        .flat_map(|(client, part)| part.days.iter().map(move |day| (client, &day.prices, day.unplanned)))
        .collect();
    let mut least = Cost::MAX;
    let ways = visits.iter().map(|(_, prices, _)| prices.len() + 1).product::<usize>();
    'ways: for way in 0..ways {
        let mut rest = way;
        let mut load = vec![0i64; demand.capacity.len()];
        let mut faces: Vec<Vec<u32>> = vec![Vec::new(); demand.clients.len()];
        let mut cost = 0;
        for &(client, prices, unplanned) in &visits {
            let chosen = rest % (prices.len() + 1);
            rest /= prices.len() + 1;
            match prices.get(chosen) {
                None => cost += unplanned,
                Some(&group) if group == u32::MAX => continue 'ways,
                Some(&group) => {
                    let slot = &demand.slots[demand.groups[group as usize].start as usize];
                    cost += slot.cost;
                    slot.shift_parts().for_each(|part| load[part as usize] += i64::from(slot.seconds));
                    if !faces[client].contains(&slot.nurse) {
                        let known = faces[client].len();
                        let prices = evaluator.face_prices(client as u32);
                        cost += prices.new_face(slot.nurse);
                        cost += prices.further(known + 1).get(known).expect("no hard bound");
                        faces[client].push(slot.nurse);
                    }
                }
            }
        }
        let over =
            load.iter().zip(&demand.capacity).map(|(&load, &capacity)| (load - i64::from(capacity)).max(0));
        least = least.min(cost + TOO_FULL * over.sum::<i64>());
    }
    least
}

/// The cheapest choice of listed circles: every choice.
fn of_listed(demand: &Demand, circles: &[super::listing::Circle]) -> Cost {
    let of_client: Vec<Vec<usize>> = (0..demand.clients.len() as u32)
        .map(|client| (0..circles.len()).filter(|&at| circles[at].client == client).collect())
        .collect();
    let ways: usize = of_client.iter().map(Vec::len).product();
    let choice = |way: usize| {
        let mut rest = way;
        let pick = |mine: &Vec<usize>| {
            let at = mine[rest % mine.len()];
            rest /= mine.len();
            at
        };
        Choice::new(demand, circles, of_client.iter().map(pick).collect()).cost()
    };
    (0..ways).map(choice).min().expect("a choice")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn circles_stand_between_the_bound_and_the_best_of_those_listed(
        shifts in prop::collection::vec((0i64..5, 0i64..5), 2..4),
        visits in prop::collection::vec((1i64..6, 1i64..4), 2..4),
        face in 0i64..50,
    ) {
        let shifts: Vec<_> = shifts.into_iter().map(|(a, b)| (45 * a, 45 * b)).collect();
        let visits: Vec<_> = visits.into_iter().map(|(minutes, until)| (20 * minutes, 40 * until)).collect();
        let problem = problem(&shifts, &visits, face);
        let demand = Demand::new(&problem.facts, &Evaluator::new(&problem.facts));
        let listed = list(&demand, &|| false);
        let best = slow(&problem.facts, &demand);
        prop_assert!(listed.bound <= best, "{} {best}", listed.bound);
        let end = Instant::now() + Duration::from_secs(60);
        let limits = Limits { end, nodes: u64::MAX, stop: &|| false };
        let chosen = choose(&demand, &listed.circles, &limits);
        prop_assert_eq!(chosen.cost(), of_listed(&demand, &listed.circles));
        prop_assert!(best <= chosen.cost());
        let agreed = choose(&demand, &listed.circles, &Limits { stop: &|| true, ..limits });
        prop_assert!(chosen.cost() <= agreed.cost());
    }
}

#[test]
fn a_full_shift_sends_the_cheaper_client_elsewhere() {
    // n0 lives nearest to both clients and has time for one of them a day.
    let problem = problem(&[(90, 90), (180, 180)], &[(60, 30), (60, 30)], 20);
    let found = circles(&problem, None, &|| false);
    let nurses: Vec<usize> = found.clients.iter().map(|circle| circle.nurses.len()).collect();
    assert_eq!(nurses, [1, 1], "{found:?}");
    assert_ne!(found.clients[0].nurses, found.clients[1].nurses, "{found:?}");
    assert!(found.nurses.iter().all(|nurse| nurse.seconds <= nurse.capacity), "{found:?}");
    assert_eq!((found.left_out, found.clients[0].visits.as_slice()), (0, &[2][..]));
}

#[test]
fn who_is_on_duty_decides_how_many_a_circle_has() {
    // Each nurse works one of the two days: two nurses for everybody.
    let problem = problem(&[(180, 0), (0, 180)], &[(30, 60), (30, 60)], 20);
    let found = circles(&problem, None, &|| false);
    assert!(found.clients.iter().all(|circle| circle.nurses.len() == 2), "{found:?}");
    assert_eq!(found.gap(), Some(0.0), "{found:?}");
}

#[test]
fn a_visit_that_nobody_can_make_is_counted() {
    let problem = problem(&[(180, 0)], &[(30, 60)], 20);
    let found = circles(&problem, None, &|| false);
    assert_eq!((found.left_out, found.clients[0].nurses.len()), (1, 1), "{found:?}");
}

#[test]
fn stopped_at_once_there_are_circles_all_the_same() {
    let problem = problem(&[(180, 180)], &[(30, 60), (30, 90)], 20);
    let found = circles(&problem, Some(1e-9), &|| true);
    assert!(found.clients.iter().all(|circle| circle.nurses == ["n0"]), "{found:?}");
}

#[test]
fn the_second_shift_of_a_day_counts() {
    // The only nurse works twice a day; each shift holds one of the visits.
    let shift = |date: &str, start: &str, end: &str| json!({"date": date, "start": start, "end": end});
    let client = |id: &str, at: usize| {
        json!({"id": id, "location": {"index": at}, "care": [{"id": "a", "days": "daily", "minutes": 60,
               "window": {"from": "08:00", "to": "20:00"}}]})
    };
    let document = json!({"kring": 1, "horizon": {"first_day": "2026-03-02", "days": 1},
        "working_time": {"law": "none"},
        "nurses": [{"id": "n", "home": {"index": 0}, "shifts": [
            shift("2026-03-02", "08:00", "09:30"), shift("2026-03-02", "17:00", "18:30")]}],
        "clients": [client("a", 1), client("b", 2)],
        "travel": {"matrix": {"bicycle": [[0, 60, 60], [60, 0, 60], [60, 60, 0]]}}});
    let document = serde_json::from_value(document).expect("a document");
    let problem = kring::prepare(&document, std::path::Path::new(".")).expect("a problem");
    let demand = Demand::new(&problem.facts, &Evaluator::new(&problem.facts));
    let listed = list(&demand, &|| false);
    let end = Instant::now() + Duration::from_secs(60);
    let limits = Limits { end, nodes: u64::MAX, stop: &|| false };
    let chosen = choose(&demand, &listed.circles, &limits);
    let shifts = [0, 1].map(|client| demand.slots[chosen.of_client(client).slots[0] as usize].shift);
    assert_ne!(shifts[0], shifts[1]);
}
