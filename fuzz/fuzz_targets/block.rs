//! A question up to a line feed, then any bytes as the block of a road extract whose frame is sound: an error, or roads, and the places
//! of that address.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run block -- -max_total_time=300`

#![no_main]

#[path = "../../tests/common/pbf.rs"]
#[allow(dead_code)]
mod pbf;

use kring::model::document::{Mode, ModeTable};
use kring::travel::{RoadGraph, locate, read_osm};
use libfuzzer_sys::fuzz_target;
use pbf::{bytes, frame};

fuzz_target!(|input: &[u8]| {
    let at = input.iter().position(|&byte| byte == b'\n').unwrap_or(0);
    let (asked, block) = input.split_at(at);
    let header = [bytes(4, b"OsmSchema-V0.6"), bytes(4, b"DenseNodes")].concat();
    let plain = |kind, contents: &[u8]| frame(kind, &bytes(1, contents));
    let file = [plain("OSMHeader", &header), plain("OSMData", block.get(1..).unwrap_or_default())].concat();
    match read_osm(&file) {
        Ok(roads) => {
            for mode in Mode::ALL {
                let _ = RoadGraph::new(&roads.stretches(mode, &ModeTable::default()));
            }
        }
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
    match locate(&file, &[String::from_utf8_lossy(asked).into_owned()]) {
        Ok(found) => assert_eq!(found.len(), 1),
        Err(error) => assert!(!error.mistakes().is_empty()),
    }
});
