//! Properties of whole searches on small random neighbourhoods that use every rule. Debug builds
//! assert after every step that cost after = cost before + delta.

use crate::random;
use kring::{Cancel, Document, Options, Outcome, Planner, Problem, check, prepare, solve};
use std::path::Path;

fn problem(seed: u64) -> (Document, Problem) {
    let document = random::document(seed);
    let problem = prepare(&document, Path::new(".")).unwrap_or_else(|e| panic!("neighbourhood {seed}: {e}"));
    (document, problem)
}

fn assert_checked(seed: u64, document: &Document, problem: &Problem, outcome: &Outcome) {
    let checked = check(problem, &outcome.plan).expect("a plan that can be checked");
    let (found, missed) = (&checked.violations, &outcome.plan.missed);
    assert!(found.is_empty(), "neighbourhood {seed}: {found:#?}, {missed:?}");
    assert_eq!(checked.cost, outcome.cost, "neighbourhood {seed}: cost by term");
    let reported = kring::report::indicators(document, &outcome.plan).expect("indicators");
    assert_eq!(checked.indicators, reported, "neighbourhood {seed}: indicators");
}

#[test]
fn every_plan_passes_the_second_opinion_with_the_same_cost_and_indicators() {
    for seed in 0..150 {
        let (document, problem) = problem(seed);
        let outcome =
            solve(&problem, &Options::default().with_iterations(300).with_seed(seed)).expect("an outcome");
        assert_checked(seed, &document, &problem, &outcome);
    }
}

#[test]
fn threads_never_change_the_plan() {
    for seed in 0..6 {
        let (_, problem) = problem(seed);
        let options = Options::default().with_iterations(500).with_workers(3);
        let plans: Vec<_> = [1, 2, 8]
            .map(|threads| solve(&problem, &options.clone().with_threads(threads)).expect("an outcome").plan)
            .into();
        assert_eq!(plans[0], plans[1]);
        assert_eq!(plans[0], plans[2]);
    }
}

#[test]
fn a_warm_start_from_a_good_plan_keeps_it_or_improves_it() {
    for seed in 0..40 {
        let (document, problem) = problem(seed);
        let options = Options::default().with_iterations(200);
        let first = solve(&problem, &options).expect("an outcome");
        let second = Planner::new(problem.clone())
            .solve(&options, Some(&first.plan), &Cancel::new(), |_| {})
            .expect("an outcome");
        assert!(second.broken.is_empty(), "neighbourhood {seed}: {:?}", second.broken);
        assert!(second.cost.total() <= first.cost.total(), "neighbourhood {seed}");
        assert_checked(seed, &document, &problem, &second);
    }
}

#[test]
fn a_broken_warm_start_is_repaired_and_says_what_was_broken() {
    for seed in 0..40 {
        let (document, problem) = problem(seed);
        let options = Options::default().with_iterations(50);
        let mut plan = solve(&problem, &options).expect("an outcome").plan;
        let Some(tour) = plan.tours.first_mut() else { continue };
        tour.nurse = "nobody".to_owned();
        let second = Planner::new(problem.clone())
            .solve(&options, Some(&plan), &Cancel::new(), |_| {})
            .expect("an outcome");
        assert!(second.broken.iter().any(|mistake| mistake.path == "tours[0]"), "{:?}", second.broken);
        assert_checked(seed, &document, &problem, &second);
    }
}

#[test]
fn a_reversed_warm_start_is_repaired() {
    for seed in 0..40 {
        let (document, problem) = problem(seed);
        let options = Options::default().with_iterations(50);
        let mut plan = solve(&problem, &options).expect("an outcome").plan;
        for tour in &mut plan.tours {
            tour.stops.reverse();
        }
        let second = Planner::new(problem.clone())
            .solve(&options, Some(&plan), &Cancel::new(), |_| {})
            .expect("an outcome");
        assert_checked(seed, &document, &problem, &second);
    }
}

#[test]
fn a_cancelled_search_returns_its_best_at_once() {
    let (document, problem) = problem(3);
    let cancel = Cancel::new();
    cancel.cancel();
    let start = std::time::Instant::now();
    let options = Options::default().with_seconds(60.0).with_threads(2);
    let outcome = Planner::new(problem.clone()).solve(&options, None, &cancel, |_| {}).expect("an outcome");
    assert_eq!(outcome.run.stop, kring::StopReason::Cancelled);
    assert!(start.elapsed().as_secs() < 20);
    assert_checked(3, &document, &problem, &outcome);
}

#[test]
fn options_out_of_range_are_named() {
    let (_, problem) = problem(1);
    let wrong = Options::default().with_seconds(-1.0).with_threads(0).with_iterations(0);
    let error = solve(&problem, &wrong).expect_err("an error");
    assert_eq!(error.kind(), kring::error::ErrorKind::Options);
    let paths: Vec<_> = error.mistakes().iter().map(|m| m.path.as_str()).collect();
    assert_eq!(paths, ["seconds", "iterations", "threads"]);
}

#[test]
fn a_warm_start_says_which_times_were_broken() {
    let (document, problem) = problem(0);
    let options = Options::default().with_iterations(50);
    let mut plan = solve(&problem, &options).expect("an outcome").plan;
    plan.tours[0].leave = plan.tours[0].back;
    let second = Planner::new(problem.clone())
        .solve(&options, Some(&plan), &Cancel::new(), |_| {})
        .expect("an outcome");
    assert!(second.broken.iter().any(|mistake| mistake.path.starts_with("tours[0]")), "{:?}", second.broken);
    assert_checked(0, &document, &problem, &second);
}
