//! Edits of a draft of a small random neighbourhood, compared with full recomputation after each.
//!
//! The first two bytes choose the neighbourhood, the others the edits, two bytes each.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run draft -- -max_total_time=300`

#![no_main]

#[path = "../../tests/common/random.rs"]
#[allow(dead_code)]
mod random;

use kring::internals::Lab;
use libfuzzer_sys::fuzz_target;
use std::path::Path;

fuzz_target!(|bytes: &[u8]| {
    let Some((seed, edits)) = bytes.split_first_chunk() else { return };
    let document = random::document(u64::from(u16::from_le_bytes(*seed)));
    let problem = kring::prepare(&document, Path::new(".")).expect("a neighbourhood without mistakes");
    Lab::with(&problem, 0, |lab| lab.edit(edits));
});
