//! Any bytes as a FHIR bundle, alone and beside the team of `kring new`: an error, or a document without mistakes.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run fhir -- -dict=fuzz/fhir.dict -max_total_time=300`

#![no_main]

#[path = "../common/mod.rs"]
mod common;

use kring::data::exchange::fhir::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let known = common::document();
    let mut horizon = known.horizon.clone();
    horizon.time_zone = Some("Europe/Amsterdam".to_owned());
    for known in [None, Some(known)] {
        match read(text, horizon.clone(), 30, known) {
            Ok(found) => assert_eq!(found.document.validate(), Ok(())),
            Err(error) => assert!(!error.mistakes().is_empty()),
        }
    }
});
