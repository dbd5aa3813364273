//! Any bytes as a neutral home-care instance: an error, or a document without mistakes.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run homecare -- -max_total_time=300`

#![no_main]

use kring::data::literature::homecare::{looks_like, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = looks_like(text);
    match read(text) {
        Ok(document) => assert_eq!(document.validate(), Ok(())),
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
