//! Fleet reduction: finds a plan of all visits with as few tours as it can, before the search for the cheapest of such
//! plans.
//!
//! A tour is closed, and its visits become unplanned. The same ruin and recreate tries to plan them again in the tours that are
//! left. What counts is not how many visits are unplanned but how hard they are to plan: a visit that was unplanned often should be
//! planned, an easy one may wait in its place. Once all are planned, that plan is kept and the next tour is closed.
//!
//! J. Christiaens and G. Vanden Berghe (2020), "Slack induction by string removals for vehicle routing
//! problems", Transportation Science 54(2), the section on fleet minimization.

use super::portfolio::{self, Limits};
use super::reduction::Reduction;
use super::snapshot::Snapshot;
use super::worker::Worker;

/// Largest part of the search, in time or iterations, that is spent on reducing the number of tours.
const SHARE: f64 = 0.4;

/// Reduces the number of tours; then every worker stands at the plan with the fewest, and opens no more tours than it
/// has. If that plan leaves visits out, planning them comes first, and the number of tours is not bounded. Returns that
/// plan, and the limits of the search that is to follow.
pub(crate) fn reduce(
    workers: &mut [Worker<'_>],
    threads: &rayon::ThreadPool,
    limits: Limits,
    stop: &(dyn Fn() -> bool + Sync),
    watch: &mut dyn FnMut(&[Worker<'_>]),
) -> (Option<Snapshot>, Limits) {
    for worker in workers.iter_mut() {
        worker.reduction = Some(Reduction::new(worker.draft.problem));
    }
    portfolio::run(workers, threads, limits.part(SHARE), stop, watch, &mut |_, _| {});
    let used = workers.iter().map(|worker| worker.iterations).max().unwrap_or(0);
    let fewest = portfolio::best(workers).cloned();
    if let Some(fewest) = &fewest {
        let most_tours = if fewest.unplanned == 0 { fewest.tours_used } else { usize::MAX };
        for worker in workers {
            worker.draft.most_tours = most_tours;
            worker.begin(fewest);
        }
    }
    (fewest, Limits { iterations: limits.iterations.map(|n| n.saturating_sub(used)), ..limits })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::Facts;
    use crate::model::fleet::{Customer, Fleet, RoutingProblem, Service, Vehicles};
    use crate::rules::Evaluator;
    use crate::search::annealing::Annealing;
    use crate::search::candidates::Candidates;
    use crate::search::construct::construct;
    use crate::search::draft::Draft;
    use crate::search::reduction::least_tours;
    use proptest::prelude::*;
    use std::time::Instant;

    const DAY: i32 = 1_000;

    /// A few vehicles of each of some depots on each of some days.
    fn fleet(depots: usize, days: u16, capacity: i32, points: &[(u8, u8, u8, u8)]) -> Fleet {
        let vehicles = (0..depots as u32).flat_map(|depot| {
            (0..days).map(move |day| Vehicles {
                driver: depot,
                depot,
                day,
                count: 4,
                open: 0,
                close: DAY / 2,
                longest: i32::MAX,
                capacity,
            })
        });
        let customers = points[depots..].iter().map(|&(x, _, open, load)| Customer {
            visits: vec![Service { duration: 2, load: i32::from(load % 4) }],
            open: i32::from(open),
            close: i32::from(open) + 10 + i32::from(x),
            patterns: (0..days).map(|day| vec![day]).collect(),
            unplanned: 100_000_000,
        });
        let away = |a: &(u8, u8, u8, u8), b: &(u8, u8, u8, u8)| {
            let (x, y) = (f64::from(a.0) - f64::from(b.0), f64::from(a.1) - f64::from(b.1));
            x.hypot(y).ceil() as i32
        };
        Fleet {
            days,
            day_ticks: DAY,
            depots,
            drivers: depots,
            vehicles: vehicles.collect(),
            customers: customers.collect(),
            legs: points.iter().flat_map(|a| points.iter().map(move |b| away(a, b))).collect(),
            most_drivers: None,
            spread: None,
        }
    }

    /// Tours and unplanned visits of a constructed plan, and of what becomes of it; checked on the way.
    fn before_and_after(problem: &Facts, number_of_workers: usize) -> [(usize, usize); 2] {
        let evaluator = Evaluator::new(problem);
        let candidates = Candidates::new(problem, &evaluator);
        let mut draft = Draft::empty(problem, &evaluator, &candidates);
        construct(&mut draft, &mut |_| false);
        let before = (draft.used_tours(), draft.unplanned().len());
        let annealing = Annealing::from(&draft, false);
        let mut workers: Vec<Worker<'_>> =
            (0..number_of_workers).map(|n| Worker::new(draft.clone(), annealing, 1, n)).collect();
        let limits = Limits { start: Instant::now(), seconds: None, iterations: Some(300) };
        let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let (_, rest) = reduce(&mut workers, &threads, limits, &|| false, &mut |_| {});
        assert!((180..=300).contains(&rest.iterations.unwrap()));
        let reduced = (workers[0].best.tours_used, workers[0].best.unplanned);
        portfolio::run(&mut workers, &threads, rest, &|| false, &mut |_| {}, &mut |_, _| {});
        let after = workers.iter().map(|worker| {
            worker.draft.assert_sound();
            assert!(worker.best.unplanned > 0 || worker.best.tours_used <= worker.draft.most_tours);
            (worker.best.tours_used, worker.best.unplanned)
        });
        let after = after.max().unwrap();
        assert!(after.1 > 0 || (after.0 <= reduced.0 && after.0 >= least_tours(problem)));
        [before, after]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_plan_with_all_visits_never_gets_more_tours(
            depots in 1..3usize,
            days in 1..3u16,
            capacity in 4..20i32,
            points in prop::collection::vec((0..60u8, 0..60u8, 0..200u8, 0..8u8), 3..16),
            number_of_workers in 1..3usize,
        ) {
            let problem = RoutingProblem::new(&fleet(depots, days, capacity, &points)).unwrap().facts;
            let [before, after] = before_and_after(&problem, number_of_workers);
            prop_assert!(after.1 <= before.1, "{before:?} {after:?}");
            prop_assert!(before.1 > 0 || after.0 <= before.0, "{before:?} {after:?}");
        }
    }

    #[test]
    fn tours_are_closed_until_load_forbids() {
        // Ten customers in a row and all day, 3 to carry each, 7 in a vehicle: two in a tour.
        let points: Vec<(u8, u8, u8, u8)> =
            (0..11).map(|n| (if n == 0 { 30 } else { 5 * n }, 0, 30, 3)).collect();
        let mut fleet = fleet(1, 1, 7, &points);
        fleet.vehicles[0].count = 10;
        for customer in &mut fleet.customers {
            customer.close = DAY / 3;
        }
        let problem = RoutingProblem::new(&fleet).unwrap().facts;
        assert_eq!(least_tours(&problem), 5);
        let [before, after] = before_and_after(&problem, 1);
        assert_eq!((before.1, after), (0, (5, 0)));
    }

    #[test]
    fn nothing_to_do_has_no_tour() {
        let problem = RoutingProblem::new(&fleet(1, 1, 7, &[(1, 1, 0, 0)])).unwrap().facts;
        assert_eq!(least_tours(&problem), 0);
        assert_eq!(before_and_after(&problem, 1), [(0, 0), (0, 0)]);
    }
}
