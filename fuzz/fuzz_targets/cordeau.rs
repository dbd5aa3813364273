//! Any bytes as an instance of Cordeau's form, and what follows a line of `%` as its solution: an error, or
//! routes that break nothing but what is said to be left out.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run cordeau -- -max_total_time=300`

#![no_main]

use kring::data::literature::cordeau::{evaluate, looks_like, read, read_routes, write};
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
    if let Ok(routes) = read_routes(&instance, solution) {
        evaluate(&instance, &routes);
        write(&instance, &routes);
    }
    let Ok(problem) = instance.problem() else { return };
    // Larger ones take long, and find nothing that smaller ones do not.
    if problem.visit_count().saturating_mul(instance.vehicles as usize * instance.limits.len()) <= 2_000 {
        let options = Options::default().with_iterations(3).with_threads(1);
        let found = solve_routes(&problem, &options, &Cancel::new(), |_| {}).unwrap();
        let worth = evaluate(&instance, &found.routes);
        assert_eq!(worth.violations.is_empty(), found.unplanned.is_empty(), "{worth:?}");
        assert_eq!(read_routes(&instance, &write(&instance, &found.routes)), Ok(found.routes));
    }
});
