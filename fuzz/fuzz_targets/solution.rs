//! Any bytes as a solution of a small instance of the neutral home-care form: an error, or a plan on which there is a second opinion, and
//! which is written and read again unchanged.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run solution -- -max_total_time=300`

#![no_main]

use kring::data::literature::homecare::{read, read_plan, write};
use kring::{Problem, check, prepare};
use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::OnceLock;

fuzz_target!(|bytes: &[u8]| {
    static PROBLEM: OnceLock<Problem> = OnceLock::new();
    let problem = PROBLEM.get_or_init(|| {
        let document = read(include_str!("../seeds/homecare/two_days.json")).expect("an instance");
        prepare(&document, Path::new(".")).expect("an instance that can be planned")
    });
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read_plan(problem, text) {
        Ok(plan) => {
            check(problem, &plan).expect("a second opinion");
            let again = write(&plan).and_then(|text| read_plan(problem, &text));
            assert_eq!(again, Ok(plan));
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
