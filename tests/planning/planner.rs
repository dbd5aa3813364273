//! A planner, as a service uses it: again and again, several at once, watched and stopped.

use crate::random;
use kring::error::ErrorKind;
use kring::rayon::ThreadPoolBuilder;
use kring::{BoundOptions, Cancel, Options, Plan, Planner, Progress, check, prepare, solve};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn planner(seed: u64) -> Planner {
    Planner::prepare(&random::document(seed), Path::new("."), &Cancel::new()).expect("a planner")
}

fn plan(planner: &Planner, options: &Options) -> Plan {
    planner.solve(options, None, &Cancel::new(), |_| {}).expect("an outcome").plan
}

#[test]
fn a_planner_gives_the_plan_that_one_search_gives_each_time() {
    for seed in 0..4 {
        let problem = prepare(&random::document(seed), Path::new(".")).expect("a problem");
        let options = Options::default().with_iterations(300).with_workers(2).with_threads(2);
        let once = solve(&problem, &options).expect("an outcome").plan;
        let planner = Planner::new(problem);
        assert_eq!(plan(&planner, &options), once);
        assert_eq!(plan(&planner.with_threads(1).expect("a thread"), &options), once);
    }
}

#[test]
fn two_planners_share_a_pool_and_each_gets_its_own_plan() {
    let pool = Arc::new(ThreadPoolBuilder::new().num_threads(2).build().expect("a pool"));
    let [one, two] = [1, 2].map(|seed| planner(seed).with_pool(pool.clone()));
    let options = Options::default().with_iterations(2_000).with_workers(3);
    let alone = [plan(&one, &options), plan(&two, &options)];
    let together = std::thread::scope(|scope| {
        let first = scope.spawn(|| plan(&one, &options));
        let second = plan(&two, &options);
        [first.join().expect("a plan"), second]
    });
    assert_eq!(alone, together);
    let outcome = one.solve(&options, None, &Cancel::new(), |_| {}).expect("an outcome");
    assert_eq!(outcome.run.threads, 2, "the pool says how many threads there are");
}

#[test]
fn progress_hands_over_a_plan_that_can_be_checked_while_the_search_goes_on() {
    let planner = planner(3);
    let mut kept: Option<Progress> = None;
    let options = Options::default().with_seconds(1.5).with_threads(1);
    let outcome = planner
        .solve(&options, None, &Cancel::new(), |progress| kept = Some(progress.clone()))
        .expect("an outcome");
    let progress = kept.expect("progress within a second and a half");
    let (plan, cost) = std::thread::spawn(move || progress.plan()).join().expect("a thread").expect("a plan");
    let problem = planner.problem();
    let checked = check(problem, &plan).expect("a plan that can be checked");
    assert!(checked.violations.is_empty(), "{:#?}", checked.violations);
    assert_eq!(checked.cost, cost);
    assert!(outcome.cost.total() <= cost.total(), "the search only improves");
}

#[test]
fn a_guided_search_hands_over_plans_at_the_prices_of_the_document() {
    let planner = planner(5);
    let circles = planner.circles(None, &Cancel::new()).expect("circles");
    let options = Options::default().with_seconds(1.5).with_threads(1).with_circles(circles);
    let mut found = Vec::new();
    planner.solve(&options, None, &Cancel::new(), |now| found.extend(now.plan())).expect("an outcome");
    assert!(!found.is_empty());
    let problem = planner.problem();
    for (plan, cost) in found {
        let checked = check(problem, &plan).expect("a plan that can be checked");
        assert_eq!(checked.cost, cost);
    }
}

#[test]
fn preparing_hears_a_cancel_and_the_end_of_its_time() {
    let cancel = Cancel::new();
    cancel.cancel();
    let document = random::document(1);
    let stopped = Planner::prepare(&document, Path::new("."), &cancel).expect_err("stopped at once");
    assert_eq!(stopped.kind(), ErrorKind::Cancelled);
    let late = Planner::prepare(&document, Path::new("."), &Cancel::after(Duration::ZERO));
    assert_eq!(late.expect_err("no time at all").kind(), ErrorKind::Cancelled);
    let soon = Cancel::after(Duration::from_millis(300));
    let planner = planner(1).with_threads(1).expect("a thread");
    let begin = Instant::now();
    planner.solve(&Options::default().with_seconds(60.0), None, &soon, |_| {}).expect("an outcome");
    assert!(begin.elapsed() < Duration::from_secs(30), "a search ends with the time of its token");
}

#[test]
fn a_bound_ends_after_its_rounds() {
    let planner = planner(2).with_threads(1).expect("a thread");
    let most = |rounds| BoundOptions::default().with_seconds(60.0).with_rounds(rounds);
    for rounds in [1, 2, 5] {
        let mut told = 0;
        let bound = planner.bound(&most(rounds), &Cancel::new(), |now| {
            told += 1;
            assert_eq!(now.rounds, told);
        });
        assert_eq!((bound.expect("a bound").rounds, told), (rounds, rounds));
    }
    assert!(planner.bound(&most(0), &Cancel::new(), |_| {}).is_err());
}

#[test]
fn what_is_found_becomes_json() {
    let planner = planner(4);
    let outcome = planner
        .solve(&Options::default().with_iterations(50), None, &Cancel::new(), |_| {})
        .expect("an outcome");
    let json = serde_json::to_value(&outcome).expect("JSON");
    assert_eq!(json["run"]["stop"], "iterations");
    assert_eq!(json["cost"]["total"], outcome.cost.total());
    let refused = planner.with_threads(0).expect_err("no threads");
    let json = serde_json::to_value(&refused).expect("JSON");
    assert_eq!((&json["kind"], &json["mistakes"][0]["path"]), (&"options".into(), &"threads".into()));
}
