//! Any bytes as events, which happen to the team of `kring new`: an error, or a document that is valid or has mistakes that are told.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run events -- -max_total_time=300`

#![no_main]

#[path = "../common/mod.rs"]
mod common;

use kring::data::text::{Form, read_events};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read_events(text, Form::of_look(text)) {
        Ok(events) => {
            let (problem, plan) = common::planned();
            match events.apply(problem.document(), plan) {
                Ok((document, plan)) => {
                    let _ = document.validate();
                    assert!(document.accept(&plan).is_ok());
                }
                Err(error) => assert!(!error.mistakes().is_empty()),
            }
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
