//! Any bytes as a road extract: an error, or roads of which a graph can be made for every mode.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run osm -- -max_total_time=300`

#![no_main]

use kring::model::document::{Mode, ModeTable};
use kring::travel::{RoadGraph, read_osm};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| match read_osm(bytes) {
    Ok(roads) => {
        for mode in Mode::ALL {
            let _ = RoadGraph::new(&roads.stretches(mode, &ModeTable::default()));
        }
    }
    Err(error) => assert!(!error.mistakes().is_empty()),
});
