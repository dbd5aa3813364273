//! Any bytes as an instance of the ConVRP, and what follows a line of `%` as its solution: an error, or routes
//! that break nothing but what is said to be left out.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run convrp -- -max_total_time=300`

#![no_main]

use kring::data::literature::convrp::{Consistency, Plan, evaluate, looks_like, read, read_plan, write};
use kring::{Cancel, Options, solve_routes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = looks_like(text);
    let (text, solution) = text.split_once('%').unwrap_or((text, ""));
    let asked = Consistency::default();
    let instance = match read(text) {
        Ok(instance) => instance,
        Err(error) => return assert!(!error.mistakes().is_empty()),
    };
    if let Ok(plan) = read_plan(solution) {
        evaluate(&instance, &plan, &asked);
        assert_eq!(read_plan(&write(&plan)), Ok(plan));
    }
    let spread = Consistency { most_drivers: 2, arrival_spread: Some(text.len() as f64 / 100.0) };
    let _ = instance.problem(&spread);
    let Ok(problem) = instance.problem(&asked) else { return };
    // Larger ones take long, and find nothing that smaller ones do not.
    if problem.visit_count().saturating_mul(instance.customers.len()) <= 2_000 {
        let options = Options::default().with_iterations(3).with_threads(1);
        let found = solve_routes(&problem, &options, &Cancel::new(), |_| {}).unwrap();
        let plan = Plan::new(&instance, &found.routes);
        let worth = evaluate(&instance, &plan, &asked);
        assert_eq!(worth.violations.is_empty(), found.unplanned.is_empty(), "{worth:?}");
        assert_eq!(read_plan(&write(&plan)), Ok(plan));
    }
});
