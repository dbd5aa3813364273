//! Any bytes as a plan: an error, or a plan that is written and read again unchanged.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run plan -- -dict=fuzz/json.dict -max_total_time=300`

#![no_main]

use kring::data::json::{read_plan, write_plan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(plan) = read_plan(text) {
        let again = read_plan(&write_plan(&plan));
        assert_eq!(again.as_ref(), Ok(&plan));
    }
});
