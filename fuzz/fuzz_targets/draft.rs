//! Edits of a draft of a small random neighbourhood, compared with full recomputation after each.
//!
//! The first byte chooses the neighbourhood, the others the edits, two bytes each. `tests/planning/draft_edits.rs` does the same with random bytes.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run draft -- -max_total_time=300`

#![no_main]

#[path = "../../tests/common/random.rs"]
#[allow(dead_code)]
mod random;

use kring::internals::{Edits, Lab};
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

thread_local! {
    /// First plans by neighbourhood: making one takes longer than editing it.
    static PLANS: RefCell<HashMap<u8, Lab<'static>>> = RefCell::default();
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&seed, edits)) = bytes.split_first() else { return };
    PLANS.with_borrow_mut(|plans| {
        let lab = plans.entry(seed).or_insert_with(|| {
            let document = random::document(u64::from(seed));
            Lab::kept(kring::prepare(&document, Path::new(".")).expect("a neighbourhood without mistakes"))
        });
        lab.edit(edits, &mut Edits::new());
    });
});
