//! Any bytes as an instance of Solomon's form, and what follows a line of `%` as its solution: an error, or
//! routes that break nothing but what is said to be left out, by both conventions.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run solomon -- -max_total_time=300`

#![no_main]

use kring::data::literature::solomon::{Rounding, evaluate, looks_like, read, read_routes, write};
use kring::{Cancel, Options, solve_routes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = looks_like(text);
    let (text, solution) = text.split_once('%').unwrap_or((text, ""));
    let instance = match read(text) {
        Ok(instance) => instance,
        Err(error) => return assert!(!error.mistakes().is_empty()),
    };
    for rounding in [Rounding::Dimacs, Rounding::Double] {
        if let Ok(routes) = read_routes(&instance, solution) {
            evaluate(&instance, rounding, &routes);
            write(&instance, rounding, &routes);
        }
        let Ok(problem) = instance.problem(rounding) else { continue };
        // Larger ones take long, and find nothing that smaller ones do not.
        if problem.visit_count().saturating_mul(instance.vehicles as usize) <= 2_000 {
            let options = Options::default().with_iterations(3).with_threads(1);
            let found = solve_routes(&problem, &options, &Cancel::new(), |_| {}).unwrap();
            let worth = evaluate(&instance, rounding, &found.routes);
            assert_eq!(worth.violations.is_empty(), found.unplanned.is_empty(), "{worth:?}");
            assert_eq!(read_routes(&instance, &write(&instance, rounding, &found.routes)), Ok(found.routes));
        }
    }
});
