//! Any bytes as visits that took place (CSV or JSON), with which the team of `kring new` goes on: an error, or the next document.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run visits -- -max_total_time=300`

#![no_main]

#[path = "../common/mod.rs"]
mod common;

use kring::data::visits::read_visits;
use kring::model::roll::roll;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read_visits(text) {
        Ok(visits) => {
            let (problem, plan) = common::planned();
            match roll(problem.document(), plan, Some(&visits), None) {
                Ok(next) => assert_eq!(next.validate(), Ok(())),
                Err(error) => assert!(!error.mistakes().is_empty()),
            }
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
