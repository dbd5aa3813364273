//! Any bytes as a document: an error, or a document that is written and read again unchanged.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run document -- -dict=fuzz/json.dict -max_total_time=300`

#![no_main]

use kring::data::json::{read_document, write_document};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read_document(text) {
        Ok(document) => {
            let again = read_document(&write_document(&document));
            assert_eq!(again.as_ref(), Ok(&document));
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
